"""A child of the warm parent as nbclient sees it: a kernel's manager, and the client that speaks to it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.popen_forkserver import Popen
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.client import KernelClient

from speckit.jupyter.engine.frames import as_bytes, receive_frames
from speckit.jupyter.engine.parent import fork

GRACE = 2.0  # seconds that a child has to end by itself


class NotStartedError(Exception):
    """The child ended before it answered; no cell has run."""


class ForkedKernel:
    """The manager of one child.

    Args:
        memory_limit: bytes of address space, for it and for each process that it starts.
    """

    def __init__(self, memory_limit: int | None = None) -> None:
        self.memory_limit = memory_limit
        self._child: Popen | None = None
        self._channel, self._theirs = socket.socketpair()

    @property
    def has_kernel(self) -> bool:
        """Whether the child has been started."""
        return self._child is not None

    @property
    def ending(self) -> str:
        """How the child ended, in words."""
        code = self._child.returncode if self._child else None
        if code is None or code >= 0:
            return f"with exit code {code}"
        return f"by signal {-code} ({signal.Signals(-code).name})"

    def start_kernel(self, cwd: str | None = None, **_: Any) -> None:
        """Fork it, with the environment of this process, in its working directory or in another."""
        folder = cwd or str(Path.cwd())
        with self._theirs:
            self._child = fork(self._theirs, dict(os.environ), folder, self.memory_limit)

    def client(self) -> PipeClient:
        """The client that speaks to it."""
        return PipeClient(self._channel, self.is_alive)

    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._child is not None and self._child.poll() is None

    def shutdown_kernel(self, now: bool = False) -> None:
        """End it and all that its cells have started; unless `now`, it may write what it holds open first."""
        if self._child is None:
            return
        if not now:
            self._channel.shutdown(socket.SHUT_WR)
            self._child.wait(GRACE)
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)
        with suppress(ProcessLookupError):  # before it had a group of its own
            os.kill(self._child.pid, signal.SIGKILL)
        self._child.wait()

    def cleanup_resources(self) -> None:
        """Let go of what is held for it."""
        self.shutdown_kernel(now=True)
        if self._child is not None:
            self._child.close()
        self._channel.close()


class PipeClient(KernelClient):
    """A client whose channels are one socket.

    Args:
        channel: the socket.
        is_alive: whether the kernel behind it runs.
    """

    def __init__(self, channel: socket.socket, is_alive: Callable[[], bool]) -> None:
        super().__init__()
        self.session.key = b""  # who else could write to the socket?
        self.is_alive = is_alive
        self.info: dict[str, Any] = {}  # how the kernel described itself
        self._socket = channel
        self._shell = _Channel(self)
        self._iopub = _Channel(self)

    @property
    def shell_channel(self) -> _Channel:
        """Where requests go and replies come from."""
        return self._shell

    @property
    def iopub_channel(self) -> _Channel:
        """Where outputs come from."""
        return self._iopub

    async def start_channels(self, **_: Any) -> None:  # type: ignore[override]  # nbclient awaits either
        """Begin to receive."""
        reader, self.writer = await asyncio.open_connection(sock=self._socket)
        self._receiving = asyncio.create_task(self._receive(reader))

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for a first reply.

        Raises:
            NotStartedError: there will be none.
        """
        self.kernel_info()
        for _ in range(int(timeout or 60)):
            with suppress(Empty):
                self.info = await self._shell.get_msg(1)
                return
            if not self.is_alive():
                break
        raise NotStartedError("the child did not start")

    async def stop_channels(self) -> None:  # type: ignore[override]  # nbclient awaits either
        """Receive nothing more; who still waits for a message, as after a time limit, waits no longer."""
        pending = {self._receiving, *self._shell.readers, *self._iopub.readers} - {asyncio.current_task()}
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        self.writer.close()

    async def _receive(self, reader: asyncio.StreamReader) -> None:
        """Sort what comes into the channels, until the other side has gone."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                _identities, frames = self.session.feed_identities(await receive_frames(reader))
                message = self.session.deserialize(frames)
                channel = self._shell if message["msg_type"].endswith("_reply") else self._iopub
                channel.messages.put_nowait(message)


class _Channel:
    """One channel of a client."""

    def __init__(self, client: PipeClient) -> None:
        self.messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.readers: set[asyncio.Task[Any]] = set()
        self._client = client

    def send(self, message: dict[str, Any]) -> None:
        """Send a request."""
        self._client.writer.write(as_bytes(self._client.session.serialize(message)))

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Return the next message.

        Raises:
            Empty: none came within `timeout` seconds.
        """
        reader = asyncio.current_task()
        assert reader is not None  # noqa: S101 - a coroutine runs in a task
        self.readers.add(reader)
        try:
            return await asyncio.wait_for(self.messages.get(), timeout)
        except TimeoutError:
            raise Empty from None
        finally:
            self.readers.discard(reader)

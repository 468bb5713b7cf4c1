"""A kernel in a forked child: ipykernel's own, its five sockets replaced by one.

Nothing of IPython is imitated, so outputs, errors, counts and widgets are a kernel's. What is written to a
file descriptor is read in full before the kernel says that it is idle; ipykernel's own watcher may be late.
"""

from __future__ import annotations

import asyncio
import codecs
import gc
import logging
import os
import resource
import select
import socket
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import zmq
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets.config import Config

os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
import ipykernel.debugger  # noqa: F401 - every kernel imports it: the warm parent does so once

from speckit.jupyter.engine.frames import as_bytes, read_frames

# As `ipykernel_launcher` leaves it: plots become outputs.
MPLBACKEND = "module://matplotlib_inline.backend_inline"
GRACE = 5.0  # seconds that a cell may go on after its client has gone


def run_kernel(
    channel: socket.socket, environment: Mapping[str, str], folder: str, memory_limit: int | None
) -> None:
    """Serve one client until it hangs up; what a child of the warm parent runs.

    Args:
        channel: where requests come from and every message of the kernel goes.
        environment: the client's; the warm parent's may be older.
        folder: the working directory.
        memory_limit: bytes of address space, for this process and what it starts, each.
    """
    gc.freeze()  # to look through what the parent loaded would be to copy it
    os.setsid()  # Ctrl-C in a terminal is the client's to handle; one signal ends all that cells start
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    os.environ.setdefault("MPLBACKEND", MPLBACKEND)
    if memory_limit is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))
    if "" not in sys.path:
        sys.path.insert(0, "")
    asyncio.run(_serve(channel))


async def _serve(channel: socket.socket) -> None:
    pipe = _Pipe(channel)
    session = Session(key=b"")
    publisher = IOPubThread(pipe)
    publisher.start()
    sys.stdout = _Stream(session, publisher, "stdout")
    sys.stderr = _Stream(session, publisher, "stderr")
    user_names: dict[str, Any] = {}
    kernel = _Kernel.instance(
        user_ns=user_names,
        session=session,
        iopub_thread=publisher,
        iopub_socket=publisher.background_socket,
        log=logging.getLogger("ipykernel"),
        config=Config(HistoryManager={"enabled": False}),
    )
    kernel.io_loop = IOLoop.current()
    kernel.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())
    requests: asyncio.Queue[list[bytes]] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    threading.Thread(target=_read, args=(channel, loop, requests), daemon=True).start()
    while frames := await requests.get():
        _identities, parts = session.feed_identities(frames)
        await _handle(kernel, pipe, session.deserialize(parts))
    user_names.clear()  # what cells left open is written


async def _handle(kernel: IPythonKernel, pipe: _Pipe, message: dict[str, Any]) -> None:
    """Do what a request asks, and say when it is done."""
    kernel.set_parent([], message, "shell")
    kernel._publish_status("busy", "shell")
    handled = kernel.shell_handlers[message["header"]["msg_type"]](pipe, [], message)
    if asyncio.iscoroutine(handled):
        await handled
    sys.stdout.flush()
    sys.stderr.flush()
    kernel._publish_status("idle", "shell")


def _read(
    channel: socket.socket, loop: asyncio.AbstractEventLoop, requests: asyncio.Queue[list[bytes]]
) -> None:
    """Hand requests to the kernel; a client that has gone takes it along, whatever a cell is doing."""
    with suppress(OSError), channel.makefile("rb") as stream:  # reset, where it went with messages unread
        while frames := read_frames(stream):
            loop.call_soon_threadsafe(requests.put_nowait, frames)
    loop.call_soon_threadsafe(requests.put_nowait, [])
    time.sleep(GRACE)
    os._exit(1)


class _Kernel(IPythonKernel):
    """A kernel without sockets."""

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Do nothing: the client sends no cell after one that failed."""


class _Pipe:
    """What stands for the kernel's sockets."""

    def __init__(self, channel: socket.socket) -> None:
        self.context = zmq.Context()  # ipykernel's threads wake each other through it
        self._channel = channel
        self._lock = threading.Lock()

    def send_multipart(self, frames: list[bytes], **_: Any) -> None:
        """Send a message; the client may be gone, which `_read` sees."""
        with self._lock, suppress(OSError):
            self._channel.sendall(as_bytes(frames))


class _Stream(OutStream):
    """A standard stream and its file descriptor, read together: no write is left behind by a flush."""

    def __init__(self, session: Session, publisher: IOPubThread, name: str) -> None:
        super().__init__(session, publisher, name, watchfd=False)
        self._written, number = os.pipe()
        os.dup2(number, {"stdout": 1, "stderr": 2}[name])
        os.close(number)
        os.set_blocking(self._written, False)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._reading = threading.Lock()
        threading.Thread(target=self._watch, daemon=True).start()

    def flush(self) -> None:
        """Take in what went to the descriptor, then send all."""
        self._take_in()
        super().flush()

    def _watch(self) -> None:
        while select.select([self._written], [], []):
            self._take_in()

    def _take_in(self) -> None:
        with self._reading, suppress(BlockingIOError):
            while data := os.read(self._written, 65536):
                self.write(self._decoder.decode(data))

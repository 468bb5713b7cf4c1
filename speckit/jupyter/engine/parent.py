"""The warm parent: the standard library's forkserver, which holds what children need and does no more."""

from __future__ import annotations

import multiprocessing
import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.popen_forkserver import Popen
from types import ModuleType
from typing import Any

# What it imports: a kernel, the desk, and what the desk loads when first used. None of them starts a thread,
# which a fork would leave behind.
WARM = (
    "speckit.jupyter.engine.parent",
    "speckit.jupyter.engine.child",
    "speckit.jupyter.desk",
    "git",
    "jinja2.sandbox",
    "markdown_it",
    "nh3",
    "speckit.jupyter.engine.warm",
)
_STARTING = threading.Lock()


def warm_up() -> None:
    """Start the parent, unless it runs; it takes a second to be warm, in which this process can go on."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(list(WARM))
    forkserver.ensure_running()


def fork(
    channel: socket.socket, environment: Mapping[str, str], folder: str, memory_limit: int | None
) -> Popen:
    """Have the parent fork a child that runs a kernel; the arguments are those of `child.run_kernel`.

    Not by `Process.start`: it is refused in daemonic processes (the workers of a Dask cluster), lest a child
    outlives them, and ours end when their channel does.
    """
    warm_up()
    arguments = (channel, environment, folder, memory_limit)
    process = multiprocessing.get_context("forkserver").Process(target=_run, args=arguments, daemon=False)
    with _STARTING, _without_main():
        return Popen(process)


def _run(*arguments: Any) -> None:
    """Run in the child, which alone loads a kernel."""
    from speckit.jupyter.engine.child import run_kernel

    run_kernel(*arguments)


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the caller's script from multiprocessing, which would run it once more in the child."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main

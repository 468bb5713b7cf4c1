"""What a deck costs a hub: memory beyond a plain kernel, and processor time while nobody answers.

    python tests/benchmarks/decks.py [USERS] [SECONDS]

Starts a kernel for each user on this project's research, opens the panels of one spec in each as the notebook
does, and looks at the others' answers as often as a deck in a browser does. Prints one JSON value. The bars:
less than 60 MB a user beyond a plain kernel, and less than 1 % of a core for an idle deck.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

REPOSITORY = Path(__file__).resolve().parent.parent.parent
POLL = 1.5  # seconds between two looks of a deck
PLAIN = "import ipykernel"
DECK = """
from speckit.jupyter import Desk
desk = Desk(topic="A papermill engine that forks a warm parent", as_of="2026-11-22")
panels = desk.start(), desk.research(), desk.draft(), desk.questions(), desk.checks(), desk.export()
"""
FIND = "print(panels[3].widget.children[0].model_id)"


class Kernel:
    """A kernel in the project, as a notebook has one."""

    def __init__(self, folder: Path, code: str) -> None:
        self.manager = KernelManager()
        self.manager.start_kernel(cwd=str(folder))
        self.client: BlockingKernelClient = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)
        self.run(code)

    def run(self, code: str) -> str:
        """Run a cell that somebody looks at, and return what it printed."""
        printed: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            printed.extend([message["content"]["text"]] if message["msg_type"] == "stream" else [])

        reply = self.client.execute_interactive(code, timeout=120, allow_stdin=True, output_hook=hear)
        assert reply["content"]["status"] == "ok", reply["content"]
        return "".join(printed)

    @property
    def process(self) -> psutil.Process:
        """The kernel's process."""
        return psutil.Process(self.manager.provisioner.pid)  # type: ignore[union-attr]

    @property
    def megabytes(self) -> float:
        """Memory that is the kernel's own."""
        return float(self.process.memory_full_info().uss) / 1e6

    @property
    def seconds(self) -> float:
        """Processor time so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def poll(self, comm: str) -> None:
        """What a deck in a browser sends to see the others' answers."""
        content = {"comm_id": comm, "data": {"method": "custom", "content": {"kind": "poll"}}}
        self.client.shell_channel.send(self.client.session.msg("comm_msg", content))


def main(users: int = 10, seconds: int = 20) -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(REPOSITORY / "research", folder / "research")
        plain = Kernel(folder, PLAIN)
        kernels = [Kernel(folder, DECK) for _ in range(users)]
        try:
            comms = [kernel.run(FIND).strip() for kernel in kernels]
            time.sleep(2)
            before, began = [plain.seconds, *(kernel.seconds for kernel in kernels)], time.monotonic()
            while time.monotonic() - began < seconds:
                for kernel, comm in zip(kernels, comms, strict=True):
                    kernel.poll(comm)
                time.sleep(POLL)
            took = time.monotonic() - began
            after = [plain.seconds, *(kernel.seconds for kernel in kernels)]
            idle = [100 * (late - early) / took for early, late in zip(before, after, strict=True)]
            beyond = [kernel.megabytes - plain.megabytes for kernel in kernels]
            told = {
                "users": users,
                "plain_kernel_mb": round(plain.megabytes, 1),
                "beyond_mb_median": round(statistics.median(beyond), 1),
                "beyond_mb_most": round(max(beyond), 1),
                "idle_percent_of_a_core_plain": round(idle[0], 2),
                "idle_percent_of_a_core_median": round(statistics.median(idle[1:]), 2),
                "idle_percent_of_a_core_most": round(max(idle[1:]), 2),
            }
            print(json.dumps(told, indent=1))
        finally:
            for kernel in [plain, *kernels]:
                kernel.manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

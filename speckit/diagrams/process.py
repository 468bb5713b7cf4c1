"""The process that draws: started for a first diagram, kept for the next, killed when one takes too long.

It ends itself when nothing has come for a while (`worker.IDLE`), and with the process that started it.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Lock, Thread, Timer

SECONDS = 15.0  # for one diagram; a plain one takes half a second


class Process:
    """One drawing process at a time, for all threads.

    Args:
        script: what it runs; a line of JSON goes in, and one comes back.
    """

    def __init__(self, script: Path) -> None:
        self._script = script
        self._lock = Lock()
        self._running: subprocess.Popen[str] | None = None
        self._owner = 0  # a fork must not talk through what its parent started

    def ask(self, source: str) -> dict[str, str] | None:
        """Have a diagram drawn; None when the process had to be killed, or died of it."""
        with self._lock:
            kept = self._running if self._owner == os.getpid() else None
            if kept and kept.poll() is not None:
                kept = None
            answer = _answer(kept or self._start(), source)
            if answer is None and self._end() == 0 and kept:  # idle for too long, it ended as this was sent
                answer = _answer(self._start(), source)
                if answer is None:
                    self._end()
            return answer

    def _start(self) -> subprocess.Popen[str]:
        # -P: no module of the working directory may stand in for one of ours.
        self._owner = os.getpid()
        self._running = subprocess.Popen(
            [sys.executable, "-P", str(self._script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        atexit.register(self._end)
        Thread(target=self._running.wait, daemon=True).start()  # whenever it ends, it leaves no zombie
        return self._running

    def _end(self) -> int | None:
        """Kill it; gives the exit code, 0 where it had ended by itself."""
        atexit.unregister(self._end)
        ended, self._running = self._running, None
        if ended is None or self._owner != os.getpid():
            return None
        ended.kill()
        ended.communicate()
        return ended.returncode


def _answer(process: subprocess.Popen[str], source: str) -> dict[str, str] | None:
    assert process.stdin and process.stdout  # noqa: S101, PT018 - narrows types: both are pipes
    timer = Timer(SECONDS, process.kill)
    timer.start()
    try:
        process.stdin.write(json.dumps(source) + "\n")
        process.stdin.flush()
        answer: dict[str, str] = json.loads(process.stdout.readline())
    except (OSError, ValueError):
        return None
    else:
        return answer
    finally:
        timer.cancel()

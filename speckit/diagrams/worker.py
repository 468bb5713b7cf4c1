"""Draw diagrams in a process of its own, which can be stopped: run as a script, not imported.

A line of standard input is a diagram's source as JSON; the line that answers it is `{"svg": …}` or
`{"error": …}`. It imports nothing of speckit, so that it starts as fast as it can.
"""

from __future__ import annotations

import json
import os
import sys
from threading import Timer

import mermaidx

IDLE = 20.0  # seconds without a diagram, after which it ends: it holds a hundred megabytes


def main() -> None:
    """Answer line by line, until nothing comes."""
    idle = _idle()
    for line in sys.stdin:
        idle.cancel()
        print(json.dumps(_draw(json.loads(line))), flush=True)
        idle = _idle()


def _draw(source: str) -> dict[str, str]:
    try:
        return {"svg": mermaidx.render(source).svg()}
    except Exception as problem:  # whatever the engine raises, the source is at fault or too big
        return {"error": str(problem).removeprefix("Mermaid rendering failed: ")}


def _idle() -> Timer:
    timer = Timer(IDLE, os._exit, (0,))
    timer.daemon = True
    timer.start()
    return timer


if __name__ == "__main__":
    main()

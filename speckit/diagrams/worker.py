"""Draw diagrams in a process of its own, which can be stopped: run as a script, not imported.

A line of standard input is a diagram's source as JSON; the line that answers it is `{"svg": …}` or
`{"error": …}`. It imports nothing of speckit, so that it starts as fast as it can.
"""

from __future__ import annotations

import json
import sys

import mermaidx


def _draw(source: str) -> dict[str, str]:
    try:
        return {"svg": mermaidx.render(source).svg()}
    except Exception as problem:  # whatever the engine raises, the source is at fault or too big
        return {"error": str(problem).removeprefix("Mermaid rendering failed: ")}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(_draw(json.loads(line))), flush=True)

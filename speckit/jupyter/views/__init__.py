"""What the widgets of the kit share in the browser, and how plain modules become one.

A widget's code has no address to load its parts from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

SHARED = Path(__file__).parent
_BETWEEN = re.compile(r'^import .+ from "[./\w]+\.js";\n|^export (?!default)', re.MULTILINE)


def module(parts: Iterable[Path]) -> str:
    """One module of several, each behind those that it imports."""
    return "\n".join(_BETWEEN.sub("", part.read_text("utf-8")) for part in parts)


def styles(parts: Iterable[Path]) -> str:
    """One style sheet of several."""
    return "\n".join(part.read_text("utf-8") for part in parts)

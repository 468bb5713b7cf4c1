"""What the widgets of the kit share in the browser, and how plain modules become one.

A widget's code has no address to load its parts from.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from speckit.paths import Project

SHARED = Path(__file__).parent
_BETWEEN = re.compile(r'^import .+ from "[./\w]+\.js";\n|^export (?!default)', re.MULTILINE)


def place_of(path: str, line: int = 1) -> str:
    """Where a line of a document is, as a link from the project root: `research/x.md#L12`."""
    return f"{quote(path)}#L{line}"


def opens_beside() -> bool:
    """Whether the front end can open a document beside the notebook: JupyterLab can, Voila cannot."""
    return not os.environ.get("SERVER_SOFTWARE", "").startswith("voila")


def way_to_root(project: Project) -> str:
    """The way from the notebook's folder, which is the working directory, to the project root.

    Empty also where there is none, as between two drives.
    """
    try:
        way = os.path.relpath(project.root, Path.cwd())
    except ValueError:
        return ""
    return "" if way == "." else f"{Path(way).as_posix()}/"


def module(parts: Iterable[Path]) -> str:
    """One module of several, each behind those that it imports; what all views share comes first."""
    shared = (SHARED / "dom.js", SHARED / "pace.js")
    return "\n".join(_BETWEEN.sub("", part.read_text("utf-8")) for part in (*shared, *parts))


def styles(parts: Iterable[Path]) -> str:
    """One style sheet of several."""
    return "\n".join(part.read_text("utf-8") for part in parts)

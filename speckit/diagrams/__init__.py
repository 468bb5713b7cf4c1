"""Mermaid diagrams: parsed and drawn offline by mermaid's own code, with limits on size and time.

A source is untrusted, so it is drawn in a process of its own that is killed when it takes too long, and so
is the SVG: show it by `diagram_image` alone, as an image, which can neither run a script nor load a file.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

from speckit.diagrams import process
from speckit.errors import SpeckitError
from speckit.paths import cache_folder

PATIENCE = 3  # diagrams given up before the rest are left
SOURCE_LIMIT = 50_000  # characters, mermaid's own limit
SVG_LIMIT = 2_000_000  # characters

_PROCESS = process.Process(Path(__file__).with_name("worker.py"))

_COMMENT = re.compile(r"^[ \t]*%%(?!\{).+$", re.MULTILINE)
# Frontmatter, directives and blank lines, which mermaid takes off before it counts lines.
_PREAMBLE = re.compile(r"(?:---[ \t]*\n.*?\n---[ \t]*\n)?(?:\s*%%\{.*?\}%%)*\s*", re.DOTALL)
_REFUSED = re.compile(r"(?:Parse|Lexical|Parser|Lexer) error on line (\d+)|^UnknownDiagramError")
# The grammar's own report: a stretch of the source, and a caret below the place.
_POINTED = re.compile(r"^(?P<stretch>.*)\n(?P<dashes>-*)\^", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What came of a diagram: its SVG, or the error in one line.

    `line` is the line of the source that mermaid refuses, 0 where it parses but cannot be drawn.
    """

    svg: str = field(default="", repr=False)
    error: str = ""
    line: int = 0


def parse_diagram(source: str) -> str | None:
    """Tell why mermaid refuses a source.

    Returns:
        None when it parses, else the error with its line, such as `line 3: unexpected "(" in "C[foo (bar)]"`.
    """
    drawing = draw_diagrams([source])[source]
    return drawing.error if drawing.line else None


def draw_diagram(source: str) -> str:
    """Draw a diagram as SVG, which is as untrusted as its source.

    Raises:
        SpeckitError: it does not parse, or cannot be drawn within the limits.
    """
    drawing = draw_diagrams([source])[source]
    if drawing.error:
        raise SpeckitError(f"the diagram cannot be drawn: {drawing.error}")
    return drawing.svg


def diagram_image(source: str) -> str:
    """Draw a diagram as a `data:` URI for an `<img>`, where its markup is inert.

    Raises:
        SpeckitError: as for `draw_diagram`.
    """
    svg = draw_diagram(source).encode(errors="replace")
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def draw_diagrams(sources: Iterable[str]) -> dict[str, Drawing]:
    """Draw many diagrams; those not seen before one by one, in the process that draws.

    Returns:
        By source. What took too long is told as an error and tried again next time.
    """
    drawings = {source: _recall(source) for source in sources}
    unseen = [source for source, drawing in drawings.items() if drawing is None]
    drawn = dict(_draw(unseen)) if unseen else {}
    return {source: drawing or drawn[source] for source, drawing in drawings.items()}


def _draw(sources: Iterable[str]) -> Iterator[tuple[str, Drawing]]:
    lost = 0
    for source in sources:
        if len(source) > SOURCE_LIMIT:
            yield source, Drawing(error=f"{len(source):,} characters, at most {SOURCE_LIMIT:,} are drawn")
        elif lost == PATIENCE:
            yield source, Drawing(error=f"it was not tried, after {PATIENCE} others took too long")
        elif answer := _PROCESS.ask(_without_comments(source)):
            drawing = _read(answer, source)
            _remember(source, drawing)
            yield source, drawing
        else:
            lost += 1
            error = f"it takes longer than {process.SECONDS:g} seconds, or too much memory: make it smaller"
            yield source, Drawing(error=error)


def _without_comments(source: str) -> str:
    """Blank out comments, which mermaid would remove with their lines: its line numbers must hold."""
    return _COMMENT.sub("", source)


def _read(answer: dict[str, str], source: str) -> Drawing:
    if "svg" in answer:
        svg = answer["svg"]
        if len(svg) <= SVG_LIMIT:
            return Drawing(svg)
        return Drawing(error=f"its SVG has {len(svg):,} characters, at most {SVG_LIMIT:,} are taken")
    error = answer["error"]
    refused = _REFUSED.search(error)
    if not refused:
        return Drawing(error=" ".join(error.split())[:200])
    preamble = _PREAMBLE.match(_without_comments(source))
    line = int(refused[1] or 1) + (preamble[0].count("\n") if preamble else 0)
    lines = source.rstrip().split("\n")
    line = min(line, len(lines))
    return Drawing(error=f"line {line}: {_reason(error, lines[line - 1].strip())}", line=line)


def _reason(error: str, at: str) -> str:
    """What mermaid's grammars say, in words."""
    if error.startswith("UnknownDiagramError"):
        return f"{at!r} names no kind of diagram: begin with `flowchart TD` or another kind"
    pointed = _POINTED.search(error)
    if not pointed:
        return " ".join(error.partition("Parsing failed: ")[2].split() or error.split())[:200]
    found = pointed["stretch"][len(pointed["dashes"]) :].split()
    return f'unexpected "{found[0][:20]}" in "{at}"' if found else f'something is missing after "{at}"'


def _remember(source: str, drawing: Drawing) -> None:
    """Keep a drawing, where there is a place to keep it."""
    path = _place(source)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            file = Path(folder, path.name)
            file.write_text(json.dumps(asdict(drawing)), "utf-8")
            file.replace(path)


def _recall(source: str) -> Drawing | None:
    """The drawing kept of a source; a file that is none, for whatever reason, is drawn anew."""
    try:
        kept = json.loads(_place(source).read_text("utf-8"))
        drawing = Drawing(str(kept["svg"]), str(kept["error"]), int(kept["line"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return drawing if drawing.svg.startswith("<svg") or drawing.error else None


def _place(source: str) -> Path:
    key = hashlib.sha256(source.encode(errors="backslashreplace")).hexdigest()
    return _folder() / f"{key}.json"


@cache
def _folder() -> Path:
    """Where drawings are kept: one folder for each version of the drawing library."""
    return cache_folder() / f"diagrams-{version('mermaidx')}"

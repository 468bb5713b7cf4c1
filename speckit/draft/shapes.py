"""The shapes in which a section shows a finding: each a small function from a finding to passages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from speckit.model import Finding, Passage

# A fence with what leads into it: "caption", then the fence's language and its lines.
_FENCE = re.compile(r"(?P<lead>.*?)^```(?P<info>[^\n]*)\n(?P<code>.*)\n```\s*\Z", re.DOTALL | re.MULTILINE)
# What an item is about: bold words, a code span, or a link, before the dash or colon behind it.
_NAMED = re.compile(
    r"(?P<name>\*\*[^*\n]+\*\*|`[^`\n]+`(?: ?\([^)\n]*\))?|\[[^\]\n]+\]\([^)\s]*\))"
    r"\s*(?:[-\u2013\u2014:\u2192|]+\s*)?(?P<rest>.*)",
    re.DOTALL,
)
_CELL_END = re.compile(r"(?<!\\)\|")
_ONLY_LINES = re.compile(r"[\s`L:,0-9\u2013-]+")


def quoted(finding: Finding) -> Iterator[Passage]:
    """The finding as it stands; places in the code make a list."""
    if is_fence(finding):
        yield from fenced(finding)
    elif finding.kind in {"reference", "component"}:
        yield from listed(finding)
    else:
        yield Passage("prose", finding.text, citations=(finding.citation,))


def listed(finding: Finding) -> Iterator[Passage]:
    """The finding as an item; what has several lines stands as it is."""
    if "\n" in finding.text:
        yield Passage("prose", finding.text, citations=(finding.citation,))
    else:
        text = " — ".join(row_cells(finding.text)) if finding.text.startswith("|") else finding.text
        yield Passage("bullet", text, citations=(finding.citation,))


def fenced(finding: Finding) -> Iterator[Passage]:
    """A code block, with the sentence that leads into it."""
    found = _FENCE.match(finding.text)
    if found is None:
        yield Passage("prose", finding.text, citations=(finding.citation,))
        return
    if found["lead"].strip():
        yield Passage("prose", found["lead"].strip(), citations=(finding.citation,))
    yield Passage("fence", found["code"], citations=(finding.citation,), info=found["info"].strip())


def tabled(finding: Finding, columns: int) -> Iterator[Passage]:
    """A row of a table with so many columns: what it is about, then what is said of it."""
    cells = row_cells(finding.text) if finding.text.startswith("|") else _split(finding.text)
    if len(cells) > columns:
        cells = (*cells[: columns - 1], " · ".join(cells[columns - 1 :]))
    yield Passage("row", citations=(finding.citation,), cells=cells)


def row_cells(line: str) -> tuple[str, ...]:
    """The cells of a table row; line numbers in a cell of their own go to the name before them."""
    cells = [cell.strip() for cell in _CELL_END.split(line.strip().strip("|"))]
    if len(cells) > 2 and _ONLY_LINES.fullmatch(cells[1]):
        cells[:2] = [f"{cells[0]} {cells[1]}"]
    return tuple(cells)


def is_fence(finding: Finding) -> bool:
    """Whether a finding is a code block."""
    return finding.kind in {"code", "diagram"}


def mermaid_of(finding: Finding) -> str:
    """The source of a mermaid diagram, or nothing."""
    found = _FENCE.match(finding.text)
    return found["code"] if found and found["info"].strip() == "mermaid" else ""


def _split(text: str) -> tuple[str, ...]:
    found = _NAMED.match(text)
    if found and found["rest"].strip():
        return found["name"], found["rest"].strip()
    return (text,)

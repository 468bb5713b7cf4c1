"""The shapes in which a section shows a finding: each a small function from a finding to passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from speckit.model import Citation, Finding, FindingKind, Passage

PLACES: set[FindingKind] = {"reference", "component"}

# A fence with what leads into it: "caption", then the fence's language and its lines.
_FENCE = re.compile(r"(?P<lead>.*?)^```(?P<info>[^\n]*)\n(?P<code>.*)\n```\s*\Z", re.DOTALL | re.MULTILINE)
# What an item is about: bold words, a code span, or a link, before the dash or colon behind it.
_NAMED = re.compile(
    r"(?P<name>\*\*[^*\n]+\*\*|`[^`\n]+`(?: ?\([^)\n]*\))?|\[[^\]\n]+\]\([^)\s]*\))"
    r"\s*(?:[-\u2013\u2014:\u2192|]+\s*)?(?P<rest>.*)",
    re.DOTALL,
)
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s+(?P<text>.*)")  # of a list that is not nested
_CELL_END = re.compile(r"(?<!\\)\|")
_ONLY_LINES = re.compile(r"[\s`L:,0-9\u2013-]+")


def quoted(chosen: Sequence[Finding]) -> Iterator[Passage]:
    """The findings as they stand; neighbouring places in the code make one list with one citation."""
    for run in _neighbours(chosen):
        first, last = run[0].citation, run[-1].citation
        if len(run) > 1:
            quote = "\n".join(item.citation.quote for item in run)
            text = "\n".join(f"- {item.text}" for item in run)
            yield Passage("prose", text, citations=(Citation(first.path, first.start, last.end, quote),))
        elif is_fence(run[0]):
            yield from fenced(run[0])
        elif run[0].kind in PLACES or is_row(run[0]):
            yield listed(run[0])
        else:
            yield Passage("prose", run[0].text, citations=(first,))


def is_row(finding: Finding) -> bool:
    """Whether a finding is a row out of a table, which is no table without its header."""
    return finding.text.startswith("|") and "\n" not in finding.text


def listed(finding: Finding) -> Passage:
    """The finding as an item; what has several lines stands as it is."""
    if "\n" in finding.text:
        return Passage("prose", finding.text, citations=(finding.citation,))
    text = " — ".join(row_cells(finding.text)) if is_row(finding) else finding.text
    return Passage("bullet", text, citations=(finding.citation,))


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
    """Rows of a table with so many columns: what each is about, then what is said of it.

    Only what was weighed is told column by column: no other table of the research has those of the pack.
    """
    for citation, (name, *said) in _rows(finding):
        weighed = finding.kind == "alternative" and len(said) < columns
        told = said if weighed else [" — ".join(filter(None, said))]
        yield Passage("row", citations=(citation,), cells=(name, *told))


def makes_rows(finding: Finding) -> bool:
    """Whether each line of a finding names something and says something of it."""
    return bool(_rows(finding))


def row_cells(line: str) -> tuple[str, ...]:
    """The cells of a table row; line numbers in a cell of their own go to the name before them."""
    cells = [cell.strip() for cell in _CELL_END.split(line.strip().strip("|"))]
    if len(cells) > 2 and _ONLY_LINES.fullmatch(cells[1]):
        cells[:2] = [f"{cells[0]} {cells[1]}"]
    return tuple(cells)


def is_fence(finding: Finding) -> bool:
    """Whether a finding is a code block."""
    return finding.kind in {"code", "diagram"}


def is_bare(finding: Finding) -> bool:
    """Whether a finding is code that nothing introduces: too little for a heading of its own."""
    return finding.text.startswith("```")


def mermaid_of(finding: Finding) -> str:
    """The source of a mermaid diagram, or nothing."""
    found = _FENCE.match(finding.text)
    return found["code"] if found and found["info"].strip() == "mermaid" else ""


def _rows(finding: Finding) -> list[tuple[Citation, tuple[str, ...]]]:
    """The rows that a finding makes, each with its line; none where a line makes none."""
    cited = finding.citation
    if "\n" not in finding.text:
        cells = _cells(finding.text)
        return [(cited, cells)] if len(cells) > 1 else []
    lines = cited.quote.split("\n")
    found = [
        (Citation(cited.path, number, number, line), _cells(item["text"]))
        for number, line in enumerate(lines, cited.start)
        if (item := _ITEM.match(line))
    ]
    return found if len(found) == len(lines) and all(len(cells) > 1 for _, cells in found) else []


def _cells(line: str) -> tuple[str, ...]:
    if line.startswith("|"):
        return row_cells(line)
    found = _NAMED.match(line)
    if found and found["rest"].strip():
        return found["name"], found["rest"].strip()
    return (line,)


def _neighbours(chosen: Sequence[Finding]) -> Iterator[list[Finding]]:
    """Findings in their order, those items together that stand line below line."""
    run: list[Finding] = []
    for item in chosen:
        if run and not (_is_item(item) and _is_item(run[-1]) and _below(run[-1], item)):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _is_item(finding: Finding) -> bool:
    return finding.kind in PLACES and "\n" not in finding.text and not finding.text.startswith("|")


def _below(upper: Finding, lower: Finding) -> bool:
    above, below = upper.citation, lower.citation
    return above.path == below.path and below.start == above.end + 1

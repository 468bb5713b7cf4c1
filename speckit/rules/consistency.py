"""K: one part of the spec says what the others say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from speckit.rules.drafted import quoted
from speckit.rules.page import PHASE, Page
from speckit.rules.rule import Found, at, rule
from speckit.rules.wording import words

# A node of a flowchart with its label: A[Label], A("Label"), A{{Label}}, A[(Label)].
_NODE = re.compile(
    r"\b\w+(?:\[\(|\(\[|\[\[|\(\(|\{\{|[\[({])(?P<label>\"[^\"\n]{1,200}\"|[^\"\[\](){}|\n]{1,200})[\])}]"
)
_GROUP = re.compile(r"\s*(?:subgraph|%%|classDef|style|linkStyle|click)\b")
_MARKUP = re.compile(r"<[^>]*>|\\n|[*_`]")
_COMMON = {
    "user",
    "users",
    "developer",
    "person",
    "external",
    "system",
    "start",
    "done",
    "else",
    "true",
    "false",
}

_HEADING = re.compile(r"[ \t]*(?:#+|\*\*)[ \t]*(?P<number>\d+(?:\.\d+)*)\b")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]|[ \t]{2,}")  # or what continues one
_REFERENCE = re.compile(r"(?:§ ?|\b[Ss]ections? )(?P<numbers>\d+(?:\.\d+)+)\b")
_WROTE = re.compile(
    r"→ (?P<numbers>\d+(?:\.\d+)*(?:, \d+(?:\.\d+)*)*)\s*(?:\[|$)"
)  # what a decision says last
# A section of another document.
_ELSEWHERE = re.compile(r"\.md\b|\bRFC|\b[Rr]esearch\b|\bspec\b|\bdocs?\b|\bguide|https?:", re.IGNORECASE)

_PLEDGE = re.compile(r"\b(?:we )?(?:will|must|shall|do|does|can)(?: not|n't)?\b|\bnot?\b", re.IGNORECASE)


@rule("K001", "note")
def component_unknown(page: Page) -> Iterator[Found]:
    """A component of the architecture diagram is told of in the text.

    A box that nothing explains is either a part that was forgotten or a box too many.

    Message: the diagram shows {label!r}, which nothing else mentions
    Hint: add it to the table of components, or take it out of the diagram
    """
    part = page.of_role("diagram")
    for fence in page.within(part, page.fences):
        if not fence.text.lstrip().startswith(("flowchart", "graph", "%%", "---")):
            continue
        told = _squeezed("\n".join((*page.lines[: fence.line - 1], *page.lines[fence.end :])))
        for number, line in enumerate(fence.text.split("\n"), fence.line + 1):
            for node in _NODE.finditer(line) if not _GROUP.match(line) else ():
                label = _MARKUP.sub(" ", node["label"]).strip('" ')
                telling = {word for word in words(label).split() if len(word) > 3} - _COMMON
                names = telling.union(name for part in label.split() if len(name := _squeezed(part)) > 3)
                if telling and not any(name in told for name in names):
                    yield at(number, label=label)


def _squeezed(text: str) -> str:
    """A text's letters and digits alone: `LoadingSpinner` is a loading spinner, and `loading-spinner`."""
    return words(text).replace(" ", "")


@rule("K002", "warning")
def reference_dead(page: Page) -> Iterator[Found]:
    """A section that is referred to exists.

    Sections are renumbered; what points at them is not.

    Message: section {number} is referred to, and does not exist
    Hint: point to the section that says it now
    """
    # Also what stands in a code block: specs quote other documents, with fences inside fences.
    numbers = {match["number"] for line in page.lines if (match := _HEADING.match(line))}
    questions = page.of_role("questions")
    for line, text in enumerate(page.plain, 1):
        found = list(_REFERENCE.finditer(text))
        aside = found and (_HEADING.match(text) or quoted(page, line) or _ELSEWHERE.search(_lead(page, line)))
        named = [match for match in found if not (aside or _ELSEWHERE.search(_around(text, match)))]
        if questions and questions.line < line <= questions.end:
            named += _WROTE.finditer(text)
        for number in (number for match in named for number in match["numbers"].split(", ")):
            if number not in numbers:
                yield at(line, number=number)


def _lead(page: Page, line: int) -> str:
    """The line that introduces the list which a line stands in; empty where it stands in none."""
    if not _ITEM.match(page.plain[line - 1]):
        return ""
    above = (text for text in reversed(page.plain[: line - 1]) if text.strip() and not _ITEM.match(text))
    return next(above, "")


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 200) : match.end() + 40]


@rule("K003", "warning")
def phase_skipped(page: Page) -> Iterator[Found]:
    """The phases are numbered without a gap.

    A reader looks for the phase that is not there, and so does whoever works on it.

    Message: phase {number} follows phase {before}
    Hint: number the phases one by one
    """
    part = page.of_role("phases")
    before: int | None = None
    for line in range(part.line, part.end) if part else ():
        match = PHASE.match(page.prose[line])
        if match and match["number"]:
            number = int(match["number"])
            if before is not None and number > before + 1:
                yield at(line + 1, number=number, before=before)
            before = max(number, before or 0)


@rule("K004", "error")
def goal_and_non_goal(page: Page) -> Iterator[Found]:
    """Nothing is both a goal and a non-goal.

    The two lists are the contract; here it contradicts itself.

    Message: the goal on line {line} is a non-goal here
    Hint: decide which of the two it is
    """
    goals = {_pledge(item.body): item.line for item in page.within(page.of_role("goals"), page.items)}
    for item in page.within(page.of_role("non-goals"), page.items):
        pledge = _pledge(item.body)
        if pledge.count(" ") >= 2 and pledge in goals:
            yield at(item.line, line=goals[pledge])


def _pledge(text: str) -> str:
    """A goal without the words that make it one, or none."""
    return words(_PLEDGE.sub(" ", text.partition("[")[0]))


@rule("K005", "note")
def not_stated(page: Page) -> Iterator[Found]:
    """The alternatives are weighed.

    An option whose price nobody knows was not compared.

    Message: the option {option!r} has cells that say nothing: {columns}
    Hint: replace “not stated” with what is known
    """
    for table in page.within(page.of_role("alternatives"), page.tables):
        for line, cells in table.rows:
            named = zip(table.columns, cells, strict=False)
            bare = [column for column, cell in named if words(cell).startswith("not stated")]
            if bare:
                yield at(line, option=cells[0], columns=", ".join(bare))

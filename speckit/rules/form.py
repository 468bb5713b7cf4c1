"""F: the forms that a section must have: diagrams, tables, checkboxes, fences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from speckit.diagrams import Drawing, draw_diagrams
from speckit.rules.drafted import gap_told, undecided
from speckit.rules.page import Fence, Page, Table
from speckit.rules.rule import Found, at, rule
from speckit.rules.wording import kindred

# What an item says that holds no open question, and what begins a line below such a one.
_SAID = re.compile(r"~~|\b(?:[Aa]nswer(?:ed)?|[Rr]esolved|RESOLVED|[Dd]ecision|[Dd]ecided)\b")
_SAID_BELOW = re.compile(
    r"\W*(?:(?:current|final) )?(?:answer|resolution|resolved|decision|decided)\b", re.IGNORECASE
)
_MARKS = re.compile(r"`{3,}|~{3,}")  # of a code fence


def _drawings(page: Page) -> Iterator[tuple[Fence, Drawing]]:
    """The diagrams of a page, with what came of each."""
    fences = [fence for fence in page.diagrams if fence.closed]
    drawings = _draw(tuple(fence.text for fence in fences))
    return ((fence, drawings[fence.text]) for fence in fences)


@lru_cache(maxsize=8)
def _draw(sources: tuple[str, ...]) -> dict[str, Drawing]:
    """Draw once for all rules: what took too long is not to be tried by each of them."""
    return draw_diagrams(sources)


@rule("F001", "error")
def diagram_missing(page: Page) -> Iterator[Found]:
    """A section that must show a diagram shows one.

    A reader who is new to the system sees its parts and its edges at once, or not at all.

    Message: {title!r} has no mermaid diagram
    Hint: draw one in a fence that begins with ```mermaid
    """
    part = page.of_role("diagram")
    if part and not any(page.within(part, page.diagrams)) and not gap_told(page, part):
        yield at(part.line, title=part.title)


@rule("F002", "error")
def diagram_refused(page: Page) -> Iterator[Found]:
    """Every mermaid diagram parses.

    One that does not is shown as an error box, or as its source.

    Message: the diagram does not parse: {error}
    Hint: mend this line; labels that hold brackets or quotes go into double quotes
    """
    for fence, drawing in _drawings(page):
        if drawing.line:
            yield at(fence.line + drawing.line, error=drawing.error.partition(": ")[2])


@rule("F003", "warning")
def diagram_not_drawn(page: Page) -> Iterator[Found]:
    """Every mermaid diagram can be drawn.

    One that is too big for the kit is too big for a reader.

    Message: the diagram cannot be drawn: {error}
    Hint: draw less, or draw two
    """
    for fence, drawing in _drawings(page):
        if drawing.error and not drawing.line:
            yield at(fence.line, error=drawing.error)


@rule("F004", "warning")
def table_columns(page: Page) -> Iterator[Found]:
    """A table that the pack asks for has the pack's columns.

    Each column is a question; a column that is left out leaves it open for every row.

    Message: the table of {title!r} has no column {missing}
    Hint: add what is missing; the pack asks for {columns}
    """
    for section in page.pack.sections:
        tables = page.within(page.find(section) if section.columns else None, page.tables)
        lacking = [(table, _lacking(table, section.columns)) for table in tables]
        # A section may hold other tables: one without the pack's first column is not meant.
        meant = [(table, lack) for table, lack in lacking if section.columns[0] not in lack]
        # One column for one: it bears another name, as `Decision` for `Reason for Rejection`.
        meant = [(t, lack) for t, lack in meant if len(lack) > 1 or len(t.columns) < len(section.columns)]
        if meant and all(lack for _, lack in meant):
            table, lack = meant[0]
            missing = ", ".join(repr(column) for column in lack)
            yield at(table.line, title=section.title, missing=missing, columns=" | ".join(section.columns))


def _lacking(table: Table, columns: tuple[str, ...]) -> list[str]:
    """The columns that a table does not have, in other words neither."""
    return [column for column in columns if not any(kindred(column, own) for own in table.columns)]


@rule("F005", "warning")
def row_cells(page: Page) -> Iterator[Found]:
    r"""A row of a table has as many cells as the table has columns.

    What stands in a cell too many is not shown at all; a bar inside a cell is the usual cause.

    Message: the row has {count} cells, the table {columns} columns
    Hint: write a bar inside a cell as \|
    """
    for table in page.tables:
        for line, cells in table.rows:
            if len(cells) > len(table.columns):
                yield at(line, count=len(cells), columns=len(table.columns))


@rule("F006", "warning")
def goals_are_boxes(page: Page) -> Iterator[Found]:
    """Goals and non-goals are checkboxes.

    They are a contract: each is ticked off on its own.

    Message: {title!r} has an item without a checkbox
    Hint: begin each with `- [ ] `
    """
    for role in ("goals", "non-goals"):
        part = page.of_role(role)
        if part is None or undecided(page, part):
            continue
        for item in page.within(part, page.items):
            if item.indent < 2 and item.ticked is None:
                yield at(item.line, title=part.title)
                break


@rule("F007", "warning")
def questions_are_boxes(page: Page) -> Iterator[Found]:
    """Open questions are checkboxes.

    A tick is what tells a settled question from an open one.

    Message: this question has no checkbox
    Hint: begin it with `- [ ] `, and tick it once it is settled
    """
    for item in page.within(page.of_role("questions"), page.items):
        first = item.body.partition("\n")[0]
        boxes = any(box.ticked is not None for box in item.nested)
        said = _SAID.search(first) or any(_SAID_BELOW.match(below.body) for below in item.nested)
        if item.indent < 2 and item.ticked is None and not boxes and "?" in first and not said:
            yield at(item.line)


@rule("F008", "error")
def fence_open(page: Page) -> Iterator[Found]:
    """Every code fence is closed.

    Behind an open one the rest of the document is code: its headings, tables and questions are gone.

    Message: this code fence is never closed
    Hint: end the code with a line that holds {marks} alone
    """
    for fence in page.fences:
        if not fence.closed:
            yield at(fence.line, marks=_MARKS.findall(page.lines[fence.line - 1])[0])

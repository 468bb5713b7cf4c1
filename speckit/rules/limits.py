"""L: how much of something there may be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from speckit.rules.drafted import undecided
from speckit.rules.page import Page, Table
from speckit.rules.rule import Found, at, rule
from speckit.rules.wording import kindred, words

_CITED = re.compile(r"\[[^\]\n]{,400}\]\([^)\s]{,400}\.md[^)\s]{,40}\)")
_LINK_TARGET = re.compile(r"\]\([^)\s]{,400}\)")
_SELECTED = re.compile(
    r"\b(?:selected|chosen|adopted|accepted|preferred|recommended|decision)\b|[✅✓✔]", re.IGNORECASE
)


@rule("L001", "error")
def too_many_words(page: Page) -> Iterator[Found]:
    """A section keeps to the pack's limit of words.

    The executive summary is for people with two minutes: what does not fit there is not read.

    Message: {title!r} has {count} words, and must have fewer than {limit}
    Hint: move details to the sections they belong to
    """
    for section in page.pack.sections:
        part = page.find(section) if section.words else None
        if part and section.words:
            text = "\n".join(page.prose[part.line : part.end])
            count = sum(1 for word in _LINK_TARGET.sub("] ", _CITED.sub("", text)).split() if words(word))
            if count >= section.words:
                yield at(part.line, title=section.title, count=count, limit=section.words)


@rule("L002", "warning")
def few_alternatives(page: Page) -> Iterator[Found]:
    """Alternatives were weighed.

    A choice without a second option is no choice; the reviewer will name the one that was left out.

    Message: the table of alternatives has {count}
    Hint: name the options that were rejected, and why
    """
    part = page.of_role("alternatives")
    tables = _of_options(page)
    count = sum(len(table.rows) for table in tables)
    if part and tables and count < 2 and not undecided(page, part):
        yield at(tables[0].line, count="one option" if count else "no option")


def _of_options(page: Page) -> list[Table]:
    """The tables with an option a row: others compare by aspects, or list files."""
    section = next((section for section in page.pack.sections if section.role == "alternatives"), None)
    tables = page.within(page.find(section) if section else None, page.tables)
    named = f"{section.title} {' '.join(section.columns[:1])}" if section else ""
    return [table for table in tables if kindred(table.columns[0], named)]


def _rejected(cells: tuple[str, ...]) -> bool:
    """Whether the last cell of an alternative gives a reason against it."""
    return len(words(cells[-1]).split()) > 2


@rule("L003", "note")
def none_selected(page: Page) -> Iterator[Found]:
    """The selected alternative is marked.

    Else the table shows what could be done, and not what will be.

    Message: no option of the table is marked as selected
    Hint: write (selected) behind the option that was taken, and why
    """
    part = page.of_role("alternatives")
    tables = _of_options(page)
    if part and len(tables) == 1 and len(tables[0].rows) > 1:
        text = "\n".join(page.prose[part.line : part.end])
        if not _SELECTED.search(text) and not all(_rejected(cells) for _, cells in tables[0].rows):
            yield at(tables[0].line)

"""S: title, file name, metadata, and the sections of the pack in their order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from speckit.rules.page import Page, Part
from speckit.rules.rule import Found, at, rule
from speckit.rules.wording import words

if TYPE_CHECKING:
    from speckit.template import PackSection

_FILE_NAME = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-[a-z0-9]+(?:-[a-z0-9]+)*\.md")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNFILLED = re.compile(r"(?i:tbd|todo|n/?a|unknown|none|-+|—|\?+|author|name|your name)?|[\[<{].*[\]>}]")


@rule("S001", "error")
def title(page: Page) -> Iterator[Found]:
    """The document begins with a title.

    Lists of specs and the tabs of editors show it; without one, a reader sees a file name.

    Message: the document has no title
    Hint: begin with `# Topic {rest}`
    """
    if page.title is None:
        yield at(1, rest=page.pack.title.replace("{topic}", "").strip())


@rule("S002", "warning")
def file_name(page: Page) -> Iterator[Found]:
    """The file is named YYYY-MM-DD-topic.md.

    The date sorts specs by age and the topic finds them: both are read from the name alone.

    Message: the file name {name!r} is not a date and a topic in lower case
    Hint: rename it to YYYY-MM-DD-topic.md
    """
    name = page.path.rpartition("/")[2]
    match = _FILE_NAME.fullmatch(name)
    if match is None or _day(match["date"]) is None:
        yield at(1, name=name)


@rule("S003", "error")
def metadata(page: Page) -> Iterator[Found]:
    """The metadata table has every row of the pack.

    Who wrote it, where it stands and who owns it is what a reviewer asks first.

    Message: the metadata table has no row {row!r}
    Hint: add `| {row} | … |` to the table below the title
    """
    line = page.title.start if page.title else 1
    for row in page.pack.metadata:
        if page.metadata(row) is None:
            yield at(line, row=row)


@rule("S004", "error")
def author(page: Page) -> Iterator[Found]:
    """The author is named.

    A spec that nobody signs is a spec that nobody answers for.

    Message: the row {row!r} names nobody: {value!r}
    Hint: write the author's name
    """
    for row in page.pack.metadata:
        found = page.metadata(row) if words(row).startswith("author") else None
        if found and _UNFILLED.fullmatch(found[1].strip()):
            yield at(found[0], row=row, value=found[1])


@rule("S005", "error")
def status(page: Page) -> Iterator[Found]:
    """The status is one that the pack knows.

    Lists, gates and readers go by it, so it has to be spelled one way.

    Message: the status {value!r} is none of the pack's
    Hint: write one of {statuses}
    """
    found = page.metadata("Status")
    if found and found[1].strip("*_` ") not in page.pack.statuses:
        yield at(found[0], value=found[1], statuses=", ".join(page.pack.statuses))


@rule("S006", "warning")
def dates(page: Page) -> Iterator[Found]:
    """The dates of the metadata are dates, and in order.

    How old the evidence is, and what was decided since, is told from them.

    Message: {row!r} says {value!r}: {wrong}
    Hint: write `YYYY-MM-DD / YYYY-MM-DD`, the day of creation first
    """
    for row in page.pack.metadata:
        found = page.metadata(row) if words(row).startswith("created") else None
        if found is None:
            continue
        days = [_day(date) for date in _DATE.findall(found[1])]
        if not days or None in days:
            yield at(found[0], row=row, value=found[1], wrong="no such day" if days else "no date")
        elif any(first > second for first, second in pairwise(day for day in days if day)):
            yield at(found[0], row=row, value=found[1], wrong="updated before it was created")


@rule("S007", "error")
def section_missing(page: Page) -> Iterator[Found]:
    """Every section of the pack that others rest on is there.

    A reader looks for each thing in its place; a section that is left out is a question that nobody asked.

    Message: section {number} {title!r} is missing{instead}
    Hint: add `{wanted}`, with what is known or why it does not apply{renumber}
    """
    return _missing(page, vital=True)


@rule("S008", "warning")
def subsection_missing(page: Page) -> Iterator[Found]:
    """Every subsection of the pack is there.

    The same as for sections; but a design names its own subsections, so that those of the detailed design
    count only where it has none at all.

    Message: subsection {number} {title!r} is missing{instead}
    Hint: add `{wanted}`, with what is known or why it does not apply{renumber}
    """
    return _missing(page, vital=False)


def _missing(page: Page, *, vital: bool) -> Iterator[Found]:
    design = page.of_role("design")
    own = {part.number.rpartition(".")[0] for part in page.parts if design and part.line > design.line}
    for section in page.pack.sections:
        rested_on = "." not in section.number or section.role not in {"", "phases"}
        if rested_on is not vital or page.find(section):
            continue
        parent = section.number.rpartition(".")[0]
        if design and parent == design.number and parent in own:
            continue
        holder = next((part for part in page.parts if part.number == section.number), None)
        above = [part.line for part in page.parts if _order(part) < _key(section.number)]
        line = holder.line if holder else max(above, default=page.title.start if page.title else 1)
        yield at(
            line,
            number=section.number,
            title=section.title,
            wanted=_wanted(section),
            instead=f": {section.number} is titled {holder.title!r}" if holder else "",
            renumber=f"; give {holder.title!r} another number" if holder else "",
        )


@rule("S009", "error")
def section_misnumbered(page: Page) -> Iterator[Found]:
    """A section of the pack bears the pack's number.

    Answers, reviews and other specs point at sections by number.

    Message: {title!r} {numbered}; the pack's number is {number}
    Hint: write `{wanted}`, and renumber what stands in its way
    """
    for section in page.pack.sections:
        part = page.find(section)
        if (
            part
            and section.number[0].isdigit()
            and part.number != section.number
            and "." not in section.number
        ):
            yield at(
                part.line,
                title=part.title,
                numbered=f"is section {part.number}" if part.number else "has no number",
                number=section.number,
                wanted=_wanted(section),
            )


@rule("S010", "error")
def section_out_of_order(page: Page) -> Iterator[Found]:
    """The sections stand in the order of the pack.

    The order is that of the questions a reader asks: why, what, how, what else, what next.

    Message: {later!r} stands before {earlier!r}
    Hint: move it behind {earlier!r}
    """
    found = [part for section in page.pack.sections if (part := page.find(section))]
    for earlier, later in pairwise(found):
        if later.line < earlier.line:
            yield at(later.line, later=_name(later), earlier=_name(earlier))


@rule("S011", "error")
def number_twice(page: Page) -> Iterator[Found]:
    """No two sections bear one number.

    A reference to that number has two meanings.

    Message: number {number} is taken by {first!r} on line {line}
    Hint: give {title!r} the next free number
    """
    seen: dict[str, Part] = {}
    for part in page.parts:
        if part.number and (first := seen.setdefault(part.number, part)) is not part:
            yield at(part.line, number=part.number, first=first.title, line=first.line, title=part.title)


@rule("S012", "warning")
def number_misplaced(page: Page) -> Iterator[Found]:
    """A subsection stands under the section whose number it bears.

    Else it is found neither by its number nor by its subject.

    Message: {number} {title!r} stands under section {parent}
    Hint: move it, or number it {parent}.N
    """
    chapter = ""
    for part in page.parts:
        if "." not in part.number:
            chapter = part.number or (chapter if part.level > 2 else "")
        elif chapter and part.number.partition(".")[0] != chapter:
            yield at(part.line, number=part.number, title=part.title, parent=chapter)


@rule("S013", "warning")
def section_empty(page: Page) -> Iterator[Found]:
    """A section holds something.

    A bare heading tells neither that there is nothing to say nor that nobody has looked.

    Message: the section {title!r} is empty
    Hint: fill it, or say in one line what is not known
    """
    for part in page.parts:
        bare = not any(line.strip(" -_*") for line in page.lines[part.line : part.own_end])
        if bare and part.end == part.own_end and part.line == _heading_end(page, part):
            yield at(part.line, title=_name(part))


def _heading_end(page: Page, part: Part) -> int:
    """A heading's own line, or a line behind it where it is underlined."""
    return part.line if page.lines[part.line - 1].lstrip().startswith("#") else part.line + 1


@rule("S014", "note")
def title_of_pack(page: Page) -> Iterator[Found]:
    """The title says what kind of document it is.

    A search across documents tells a design from its research by it.

    Message: the title {title!r} does not say {kind!r}
    Hint: end it with {kind!r}
    """
    kind = page.pack.title.replace("{topic}", "").strip(" -:")
    heading = page.title
    if heading and kind:
        title = heading.text.lstrip("# ").strip()
        said = set(words(title).split())
        if not any(set(words(name).split()) <= said for name in kind.split("/")):
            yield at(heading.start, title=title, kind=kind)


@rule("S015", "error")
def status_unrecorded(page: Page) -> Iterator[Found]:
    """A status was given by somebody.

    Typed into the document it says neither by whom, nor that the spec had earned it.

    Message: nobody gave the status {value!r}: its ledger says {status!r}
    Hint: put {status!r} back, and run `speckit approve SPEC --as {value!r}`
    """
    found = page.metadata("Status")
    value = found[1].strip("*_` ") if found else ""
    status = (page.kept.status if page.kept else "") or page.pack.statuses[0]
    if page.kept and found and value in page.pack.statuses and value != status:
        yield at(found[0], value=value, status=status)


def _name(part: Part) -> str:
    return f"{part.number} {part.title}".strip()


def _wanted(section: PackSection) -> str:
    """The heading that the pack asks for."""
    number = section.number if section.number[0].isdigit() else ""
    dot = "." if number and "." not in number else ""
    return f"{'#' * (number.count('.') + 2)} {number}{dot} {section.title}".replace("  ", " ")


def _key(number: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in number.split(".") if digits.isdigit())


def _order(part: Part) -> tuple[int, ...]:
    return _key(part.number) if part.number else (10**6,)


def _day(date: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(date)
    except ValueError:
        return None

"""E: what the spec rests on. Only documents of the research folder can be read, so only those are judged."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator

from speckit.markdown import frontmatter
from speckit.model import FindingKind
from speckit.rules.drafted import quoted
from speckit.rules.page import Cited, Page
from speckit.rules.rule import Found, at, rule
from speckit.rules.wording import words

AGED_DAYS = 90  # the tier `aged` of locate

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LABEL = re.compile(r"(?P<name>[^:\s`]+\.md):(?P<start>\d+)(?:-(?P<end>\d+))?")
_LOCAL = re.compile(r"(?:file:|/(?:home|Users|root|tmp|work|mnt|var)/|[A-Za-z]:[\\/])")
# Of the code, src/cli.ts:12 or `src/cli.ts`; a note, [R1]; a link; the research by its section.
_OTHER_CITATION = re.compile(
    r"\w\.\w{1,5}:\d+|`[\w.@-]*/[\w./@-]*\.\w{1,5}`|\[[A-Z]{0,2}\d{1,3}\]|\]\("
    r"|\b[Rr]esearch\b[^.\n]{,40}(?:§ ?|\b[Ss]ections? )\d"
)
_LONG_SECTION = 150  # words
_FACTS: set[FindingKind] = {"current", "problem"}


@rule("E001", "error")
def source_missing(page: Page) -> Iterator[Found]:
    """A cited document exists.

    Evidence that cannot be opened is none.

    Message: the cited document {path} does not exist
    Hint: mend the path, or cite what replaced it
    """
    for cited in _to_research(page):
        if page.read(cited.path) is None:
            yield at(cited.line, path=cited.path)


@rule("E002", "error")
def lines_missing(page: Page) -> Iterator[Found]:
    """The cited lines exist.

    A reader who follows them finds the end of the file.

    Message: {path}:{lines} is cited, and the document ends at line {last}
    Hint: cite the lines that say it
    """
    for cited in _to_research(page):
        text = page.read(cited.path)
        if text is not None and cited.start:
            last = len(_lines(text))
            if cited.end > last or cited.end < cited.start:
                yield at(cited.line, path=cited.path, lines=_span(cited.start, cited.end), last=last)


@rule("E003", "warning")
def lines_blank(page: Page) -> Iterator[Found]:
    """The cited lines say something.

    Blank lines are a citation that has slipped.

    Message: {path}:{lines} is blank
    Hint: cite the lines that say it
    """
    for cited in _to_research(page):
        text = page.read(cited.path)
        if text is not None and 0 < cited.start <= cited.end:
            lines = _lines(text)[cited.start - 1 : cited.end]
            if lines and not any(line.strip() for line in lines):
                yield at(cited.line, path=cited.path, lines=_span(cited.start, cited.end))


@rule("E004", "error")
def label_differs(page: Page) -> Iterator[Found]:
    """A citation shows the lines that its link leads to.

    One of the two is wrong, and a reader on paper has only the label.

    Message: the label says {label}, the link leads to {target}
    Hint: make them say the same
    """
    for cited in page.citations:
        label = _LABEL.fullmatch(cited.label.strip("`"))
        if label and cited.start:
            start = int(label["start"])
            name = cited.path.rpartition("/")[2]
            said = (label["name"].rpartition("/")[2], start, int(label["end"] or start))
            if said != (name, cited.start, cited.end):
                yield at(cited.line, label=label[0], target=f"{name}:{_span(cited.start, cited.end)}")


@rule("E005", "warning")
def cites_nothing(page: Page) -> Iterator[Found]:
    """The spec cites research.

    A design without evidence is an opinion.

    Message: no research is cited
    Hint: cite the documents that it rests on, with lines
    """
    if page.parts and not page.citations:
        yield at(page.title.start if page.title else 1)


@rule("E006", "note")
def section_uncited(page: Page) -> Iterator[Found]:
    """A long chapter on how things are cites something.

    What is said of today's code was read somewhere, and a reviewer will ask where.

    Message: {title!r} has {count} words and cites nothing
    Hint: cite the research or the code that it rests on, with lines
    """
    factual = {
        section.number.partition(".")[0]
        for section in page.pack.sections
        if any(evidence.kinds[0] in _FACTS for evidence in section.evidence)
    }
    for section in page.pack.sections:
        part = page.find(section) if section.number in factual else None
        if part and page.citations and not any(page.within(part, page.citations)):
            told = page.prose[part.line : part.end]
            count = sum(len(words(line).split()) for line in told)
            if count >= _LONG_SECTION and not any(_OTHER_CITATION.search(line) for line in told):
                yield at(part.line, title=section.title, count=count)


@rule("E007", "note")
def source_superseded(page: Page) -> Iterator[Found]:
    """A cited document was not superseded.

    Its successor may say otherwise.

    Message: {path} is superseded{by}
    Hint: cite its successor, or say why the old one still holds
    """
    for cited in _once(page):
        text = page.read(cited.path)
        matter = frontmatter(text)[0] if text else {}
        by = matter.get("superseded_by") or matter.get("superseded-by")
        if by or "superseded" in str(matter.get("status", "")).casefold():
            yield at(cited.line, path=cited.path, by=f" by {by}" if by else "")


@rule("E008", "note")
def source_aged(page: Page) -> Iterator[Found]:
    """A cited document is not much older than the spec.

    What it says of the code was true then.

    Message: {path} is {days} days older than the spec
    Hint: look whether it still holds, or cite newer research
    """
    created = _date(next((row[1] for name in page.pack.metadata if (row := _created(page, name))), ""))
    for cited in _once(page) if created else ():
        text = page.read(cited.path)
        dated = _date(str(frontmatter(text)[0].get("date", ""))) or _date(cited.path) if text else None
        if created and dated and (created - dated).days > AGED_DAYS:
            yield at(cited.line, path=cited.path, days=(created - dated).days)


@rule("E009", "warning")
def local_link(page: Page) -> Iterator[Found]:
    """No link leads into one person's machine.

    It is dead for everybody else, and tells a user name besides.

    Message: the link {target} works on one machine only
    Hint: link relative to this file
    """
    for line, target in page.links:
        if _LOCAL.match(target):
            yield at(line, target=target)


@rule("E010", "warning")
def quote_changed(page: Page) -> Iterator[Found]:
    """A cited passage says what it said when the spec was exported.

    Research is corrected, too; what rests on the old wording may not hold.

    Message: {path}:{lines} has changed since it was cited{now}
    Hint: read it again; `speckit export` takes the new wording
    """
    for cited in _to_research(page):
        quoted = page.kept.quotes.get(f"{cited.path}#L{cited.start}-L{cited.end}") if page.kept else None
        text = page.read(cited.path) if quoted else None
        if quoted and text is not None:
            lines, count = text.split("\n"), cited.end - cited.start + 1
            if quoted != _quote(lines, cited.start, count):
                places = (n for n in range(1, len(lines) - count + 2) if _quote(lines, n, count) == quoted)
                moved = next(places, 0)
                now = f": it moved to line {moved}" if moved else ""
                yield at(cited.line, path=cited.path, lines=_span(cited.start, cited.end), now=now)


def _quote(lines: list[str], start: int, count: int) -> str:
    """What a ledger keeps of quoted lines."""
    return hashlib.sha256("\n".join(lines[start - 1 : start - 1 + count]).encode()).hexdigest()


def _to_research(page: Page) -> Iterator[Cited]:
    """The citations of documents in a research folder: `research`, or one that holds what could be read."""
    folders = {"research"} | {
        _top(cited.path) for cited in page.citations if page.read(cited.path) is not None
    }
    # What a quoted passage names without a link is its own source's business.
    return (
        cited
        for cited in page.citations
        if _top(cited.path) in folders and (cited.label or not quoted(page, cited.line))
    )


def _once(page: Page) -> Iterator[Cited]:
    """The first citation of each document."""
    first: dict[str, Cited] = {}
    for cited in _to_research(page):
        first.setdefault(cited.path, cited)
    return iter(first.values())


def _span(start: int, end: int) -> str:
    return f"{start}-{end}" if end != start else f"{start}"


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n")


def _top(path: str) -> str:
    return path.partition("/")[0]


def _created(page: Page, name: str) -> tuple[int, str] | None:
    return page.metadata(name) if words(name).startswith("created") else None


def _date(text: str) -> dt.date | None:
    found = _DATE.search(text)
    try:
        return dt.date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None

"""A spec as the rules see it: parsed once, by lines."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import unquote

from speckit.markdown import content, frontmatter, outline, table_rows
from speckit.model import Block, Role, Spec
from speckit.rules.wording import kindred, same_title, words

if TYPE_CHECKING:
    from speckit.template import Pack, PackSection

_NUMBERED = re.compile(r"(?P<number>\d+(?:\.\d+)*)\.?\s+(?P<title>.+)")

# A phase as a heading, an item, a row or a line of its own: `**Phase 1:** wick`, `Phase A`.
PHASE = re.compile(
    r"(?:^[ \t]*(?:#+|[-*+]|\d+[.)]|\|)?[ \t]*(?:\[[ xX]\][ \t]+)?[*_]*)Phase (?:(?P<number>\d+)|[A-Z])\b"
)

_FENCE = re.compile(
    r"(?P<lead>[ \t]*(?:(?:[-*+]|\d{1,9}[.)]|>)[ \t]+)*)(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$"
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")

_DELIMITER_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[(?P<box>[ xX])\][ \t]+)?(?P<text>.*)")

# Bounded, as all patterns here: a spec is written by others, and a line of brackets must not stall the check.
_LINK = re.compile(r"(?<!!)\[(?P<label>[^\]\n]{,400})\]\((?P<target>[^)\s]{1,400})\)")
_ANCHOR = re.compile(r"L(\d+)(?:-L?(\d+))?")
# A research document named without a link, as people write it: `research/docs/x.md:12-14`.
_NAMED = re.compile(
    r"(?<![\w/.(\[-])(?P<path>research/[\w./-]+\.md)(?::(?P<start>\d+)(?:[-\u2013](?P<end>\d+))?)?"
)


class _Placed(Protocol):
    @property
    def line(self) -> int: ...


_P = TypeVar("_P", bound=_Placed)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the document: its heading's line, its last line, and the last before a subsection."""

    number: str
    title: str
    level: int
    line: int
    end: int
    own_end: int


@dataclass(frozen=True, slots=True)
class Fence:
    """A code block; `line` is that of its opening fence."""

    line: int
    end: int
    info: str
    text: str = field(repr=False)
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, and its rows with their lines."""

    line: int
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A list item; `ticked` is None where it has no box. `body` is its text to the next item or heading."""

    line: int
    end: int
    indent: int
    ticked: bool | None
    body: str
    nested: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A research document that is named: by a link, or by its path. Lines are 0 where none are given."""

    line: int
    path: str
    start: int = 0
    end: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the ledger keeps of a spec: its status, and the SHA-256 of what it quoted, by `path#L1-L2`."""

    status: str
    quotes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A spec.

    `lines` are the source, from line 1 at index 0. In `prose` fences, comments and frontmatter are blank, and
    in `plain` code spans as well. `read` gives a research document's text by its path from the project root,
    None where there is none; `kept` is None where speckit did not write the document.
    """

    path: str
    pack: Pack
    read: Callable[[str], str | None]
    kept: Kept | None
    spec: Spec | None
    lines: tuple[str, ...] = field(repr=False)
    prose: tuple[str, ...] = field(repr=False)
    plain: tuple[str, ...] = field(repr=False)
    title: Block | None
    parts: tuple[Part, ...]
    fences: tuple[Fence, ...]
    tables: tuple[Table, ...]
    items: tuple[Item, ...]
    citations: tuple[Cited, ...]
    links: tuple[tuple[int, str], ...]

    @property
    def diagrams(self) -> tuple[Fence, ...]:
        """The fences of mermaid diagrams."""
        return tuple(fence for fence in self.fences if fence.info.split()[:1] == ["mermaid"])

    def find(self, section: PackSection) -> Part | None:
        """The part that is this section of the pack: by its title, or by its number and a kindred title."""
        named = [part for part in self.parts if same_title(part.title, section.title)]
        numbered = [part for part in self.parts if part.number == section.number]
        alike = [
            part
            for part in numbered
            if kindred(part.title, f"{section.title} {section.role}")
            or (section.role == "diagram" and any(self.within(part, self.diagrams)))
            or (section.role == "phases" and any(map(PHASE.match, self.prose[part.line : part.end])))
        ]
        return next((part for part in named if part in numbered), next(iter(named or alike), None))

    def of_role(self, role: Role) -> Part | None:
        """The part that plays a role."""
        return next((self.find(section) for section in self.pack.sections if section.role == role), None)

    def within(self, part: Part | None, things: Iterable[_P]) -> Iterator[_P]:
        """The fences, tables, items or citations that stand in a part, its subsections included."""
        return (thing for thing in things if part and part.line <= thing.line <= part.end)

    def metadata(self, name: str) -> tuple[int, str] | None:
        """The line and value of a row of the metadata table, or None."""
        first = min((part.line for part in self.parts), default=len(self.lines) + 1)
        rows = (row for table in self.tables if table.line < first for row in table.rows)
        return next(((n, " ".join(cells[1:2])) for n, cells in rows if words(cells[0]) == words(name)), None)

    def number_at(self, line: int) -> str:
        """The number of the innermost section that a line stands in."""
        inner = [part.number for part in self.parts if part.line <= line <= part.end and part.number]
        return inner[-1] if inner else ""


def read_page(
    text: str,
    path: str,
    pack: Pack,
    read: Callable[[str], str | None],
    spec: Spec | None = None,
    kept: Kept | None = None,
) -> Page:
    """Parse a spec, once for all rules.

    Args:
        text: the spec's markdown.
        path: where it lies, from the project root.
        pack: the template pack it follows.
        read: gives a research document's text by path from the project root, None where there is none.
        spec: the value it was rendered from, where there is one.
        kept: what its ledger keeps of it, where speckit wrote it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    skip = frontmatter(text)[1]
    fences, prose = _fences(lines, skip)
    prose = _COMMENT.sub(_blank, "\n".join(prose)).split("\n")
    plain = tuple(_CODE_SPAN.sub(_blank, line) if "`" in line else line for line in prose)
    headings = outline(text)
    parts = tuple(_parts(headings, len(lines)))
    links = tuple((n, link) for n, line in enumerate(plain, 1) for link in _LINK.finditer(line))
    return Page(
        path=path,
        pack=pack,
        read=cache(read),
        kept=kept,
        spec=spec,
        lines=tuple(lines),
        prose=tuple(prose),
        plain=plain,
        title=next((heading for heading in headings if heading.level == 1), None),
        parts=parts,
        fences=tuple(fences),
        tables=tuple(_tables(prose)),
        items=_nest(_items(prose, {heading.start for heading in headings})),
        citations=tuple(_citations(prose, path)),
        links=tuple((n, link["target"]) for n, link in links),
    )


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _parts(headings: tuple[Block, ...], last: int) -> Iterator[Part]:
    for at, heading in enumerate(headings):
        if heading.level == 1:
            continue
        title = content(heading)
        numbered = _NUMBERED.fullmatch(title)
        # A number that does not fit the level belongs to a list of steps, not to the outline.
        number = numbered["number"] if numbered and numbered["number"].count(".") == heading.level - 2 else ""
        after = headings[at + 1 :]
        own_end = after[0].start - 1 if after else last
        end = next((later.start - 1 for later in after if later.level <= heading.level), last)
        yield Part(
            number,
            numbered["title"] if numbered and number else title,
            heading.level,
            heading.start,
            end,
            own_end,
        )


def _fences(lines: list[str], skip: int) -> tuple[list[Fence], list[str]]:
    """The code blocks, and the lines with those and the first `skip` lines blanked."""
    fences: list[Fence] = []
    prose: list[str] = []
    opened, mark, info = 0, "", ""
    for number, line in enumerate(lines, 1):
        if opened:
            prose.append("")
            stripped = line.strip()
            if stripped.startswith(mark) and not stripped.strip(mark[0]):
                fences.append(Fence(opened, number, info, "\n".join(lines[opened : number - 1])))
                opened = 0
        elif number > skip and (opening := _FENCE.match(line)):
            opened, mark, info = number, opening["mark"], opening["info"].strip()
            prose.append("")
        else:
            prose.append(line if number > skip else "")
    if opened:
        fences.append(Fence(opened, len(lines), info, "\n".join(lines[opened:]), closed=False))
    return fences, prose


def _tables(prose: list[str]) -> Iterator[Table]:
    """Tables by their delimiter row, which stands below the columns."""
    for at in range(1, len(prose)):
        if "|" in prose[at - 1] and "-" in prose[at] and "|" in prose[at] and _DELIMITER_ROW.match(prose[at]):
            end = next((n for n in range(at + 1, len(prose)) if "|" not in prose[n]), len(prose))
            block = Block("table", at, end, "\n".join(prose[at - 1 : end]))
            (line, columns), *rows = table_rows(block)
            yield Table(line, columns, tuple(rows))


def _items(prose: list[str], headings: set[int]) -> Iterator[Item]:
    """The list items one after another, each with the text up to the next item or heading."""
    opened: tuple[int, re.Match[str]] | None = None
    body: list[str] = []
    for number, line in enumerate([*prose, ""], 1):
        match = _ITEM.match(line)
        if match or number in headings or number > len(prose):
            if opened:
                yield _item(*opened, number - 1, body)
            opened, body = (
                ((number, match), [match["text"]]) if match and number <= len(prose) else (None, [])
            )
        elif opened:
            body.append(line.strip())


def _item(line: int, match: re.Match[str], end: int, body: list[str]) -> Item:
    ticked = match["box"] in "xX" if match["box"] else None
    return Item(line, end, len(match["indent"].expandtabs(4)), ticked, "\n".join(body).strip())


def _nest(items: Iterable[Item]) -> tuple[Item, ...]:
    """Put items that are indented further under the item before them, one level deep."""
    tops: list[tuple[Item, list[Item]]] = []
    end = 0
    for item in items:
        # A heading parts the item from those before it.
        if tops and item.indent > tops[-1][0].indent and item.line == end + 1:
            tops[-1][1].append(item)
        else:
            tops.append((item, []))
        end = item.end
    return tuple(replace(top, nested=tuple(nested)) for top, nested in tops)


def _citations(prose: list[str], path: str) -> Iterator[Cited]:
    folder = posixpath.dirname(path)
    for number, line in enumerate(prose, 1):
        if ".md" not in line:
            continue
        linked = list(_LINK.finditer(line))
        for link in linked:
            target, _, anchor = link["target"].partition("#")
            if target.endswith(".md") and "://" not in target and not target.startswith("/"):
                cited = posixpath.normpath(posixpath.join(folder, unquote(target)))
                lines = _ANCHOR.fullmatch(anchor)
                start = int(lines[1]) if lines else 0
                yield Cited(number, cited, start, int(lines[2] or start) if lines else 0, link["label"])
        for named in _NAMED.finditer(line):
            if not any(link.start() <= named.start() < link.end() for link in linked):
                start = int(named["start"] or 0)
                yield Cited(number, named["path"], start, int(named["end"] or start))

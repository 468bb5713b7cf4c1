"""Where open questions stand: the sections of a document that hold them, taken apart into entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from speckit.markdown import blocks, content, outline, table_rows
from speckit.model import Block

_NUMBERING = re.compile(
    r"^[\W_]*(?:(?:section|appendix|part)\s)?(?:\d+(?:\.\d+)*[.):]?\s|[A-Z][.):]\s)?[\W_]*", re.IGNORECASE
)
_SECTION = re.compile(
    r"""^(?:(?:the|all|some|other|key|resolved|current|major|design|technical|known|still)\s)*
    (?: (?:open|unresolved|unanswered|outstanding|remaining|pending|undecided)\s(?:[\w-]+\s){0,2}?
        (?:questions?|issues?|decisions?|items?|points?|matters?|topics?|problems?)
      | (?:questions?|decisions?)\s(?:(?:still\s)?
        (?:to\s\w+|open|remaining|outstanding|unresolved|needed|pending|required) | for\s[\w\s-]{1,40})
      | resolved\s(?:open\s)?questions? | questions? | open\sq(?:uestion)?s? | unknowns
      | (?:tbd|to\sbe\s(?:decided|determined))
    )\b (?=\s*(?:$|[/(:&,;.\u2013\u2014-]|and\b|or\b|from\b|for\b|remaining\b))""",
    re.IGNORECASE | re.VERBOSE,
)
_NO_QUESTIONS = re.compile(
    r"^(?:recommendations?|follow[- ]?ups?|references?|related|next\ssteps?|links?|sources?|see\salso|"
    r"(?:immediate\s)?actions?\b|appendix|changelog|summary|future\swork)\b",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"^(?:previously\s|already\s|now\s|recently\s)?(?:resolved|answered|decided|closed|settled)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[\W_]*(?:O?Q|Question|Issue|Decision)[\s-]?\d+\b", re.IGNORECASE)
_ASKS = re.compile(r"\?(?:[\s*_~)\]\"”]|$)|^\W*whether\b", re.IGNORECASE)
_LED = re.compile(r"^(?:\[[ xX]\]\s+)?(?:[^\w\s*`]\s*)?(?:~~)?\*\*(?P<lead>[^*\n]{1,200})\*\*")
_FACT = re.compile(
    r"^(?:option|alternative|approach|pros?|cons?|current|currently|decision|recommend|answer|resol|proposed|impact|"
    r"context|status|trade-?offs?|note|default)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that stands under a question. `depth` counts from 0; -1 is a paragraph behind its item."""

    block: Block
    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a section of open questions as one.

    `lead` is the markdown that asks, `settled` tells that the heading above calls it resolved.
    """

    start: int
    end: int
    lead: str
    notes: tuple[Note, ...] = ()
    settled: bool = False


def entries(text: str) -> Iterator[Entry]:
    """Take the sections of open questions apart, in order; lines are those of the whole text."""
    lines = text.split("\n")
    headings = outline(text)
    last = 0
    for number, heading in enumerate(headings):
        if heading.start <= last or not _SECTION.match(bare_title(content(heading))):
            continue
        after = next((h for h in headings[number + 1 :] if h.level <= heading.level), None)
        last = after.start - 1 if after else len(lines)
        within = blocks("\n".join(lines[heading.start - 1 : last]))
        shift = heading.start - 1
        moved = [replace(block, start=block.start + shift, end=block.end + shift) for block in within]
        settled = bool(_SETTLED.match(bare_title(content(heading))))
        yield from _Section(settled).read(moved[1:])


def bare_title(title: str) -> str:
    """A heading's words without its number and marks."""
    return _NUMBERING.sub("", title, count=1)


@dataclass(slots=True)
class _Section:
    settled: bool
    entry: Entry | None = None
    found: list[Entry] = field(default_factory=list)

    def read(self, within: Sequence[Block]) -> list[Entry]:
        at = 0
        while at < len(within):
            block = within[at]
            if block.kind != "heading":
                self._take(block)
                at += 1
                continue
            self._close()
            body = _below(within, at)
            title = bare_title(content(block))
            if _NO_QUESTIONS.match(title):
                at += len(body) + 1
            elif _is_question(content(block), body):
                notes = tuple(Note(b, content(b), b.level) for b in body)
                end = body[-1].end if body else block.end
                self.found.append(Entry(block.start, end, content(block), notes, self.settled))
                at += len(body) + 1
            else:
                self.settled = bool(_SETTLED.match(title))
                at += 1
        self._close()
        return self.found

    def _take(self, block: Block) -> None:
        said = content(block)
        if block.kind == "item" and block.level == 0:
            self._close()
            self.entry = Entry(block.start, block.end, said, (), self.settled)
        elif self.entry and block.kind != "table":
            depth = block.level - 1
            note = Note(block, said, depth)
            self.entry = replace(self.entry, end=block.end, notes=(*self.entry.notes, note))
        elif block.kind == "paragraph" and (_ASKS.search(said) or _LABEL.match(said)):
            self.entry = Entry(block.start, block.end, said, (), self.settled)
        elif block.kind == "table":
            self._close()
            self.found += _rows(block, self.settled)

    def _close(self) -> None:
        if self.entry:
            self.found.append(self.entry)
        self.entry = None


def _below(within: Sequence[Block], at: int) -> Sequence[Block]:
    """The blocks under the heading at this place."""
    level = within[at].level
    after = next(
        (i for i in range(at + 1, len(within)) if within[i].kind == "heading" and within[i].level <= level),
        len(within),
    )
    return within[at + 1 : after]


def _is_question(title: str, body: Sequence[Block]) -> bool:
    """Whether a heading asks, rather than gathers questions."""
    if _ASKS.search(title) or _LABEL.match(title):
        return True
    if any(block.kind in {"heading", "table"} for block in body):
        return False
    if any(_asks_itself(content(block)) for block in body if block.kind == "item" and block.level == 0):
        return False
    return any(_ASKS.search(content(block)) for block in body if block.kind == "paragraph")


def _asks_itself(item: str) -> bool:
    led = _LED.match(item)
    return bool(_ASKS.search(item) or (led and not _FACT.match(led["lead"])))


def _rows(table: Block, settled: bool) -> Iterator[Entry]:
    (_, header), *rows = table_rows(table)
    for line, cells in rows:
        yield Entry(line, line, cells[0] if cells else "", (), settled)
    del header

"""Documents cut into passages: what can stand in another document without what is around it.

A passage is a paragraph, a list with the sentence that leads into it, a table with its caption, or a code
block with its caption. A lead-in never stands without its list, nor the list without its lead-in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from speckit.markdown import blocks, content, table_rows
from speckit.model import Block, Document

Form = Literal["prose", "list", "item", "table", "code"]

WORDS = 90  # of a passage; a reader takes in no longer quotation
LEAD = 45  # words of a paragraph that can lead into a list

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`*\"(])")
_WORD = re.compile(r"\w+")
# A path in backticks or as a link's label, perhaps with its lines, at the start of an item or a cell.
PATH = re.compile(
    r"[\s*]*(?:`|\[`?)(?P<path>[\w.@~-]*(?:/[\w.@~()\[\]-]+)+/?|[\w-]+\.[A-Za-z]{1,5})"
    r"(?P<lines>:L?\d+(?:[-,]L?\d+)*)?`?(?:\]\([^)\s]*\)|`)?"
)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage of a document: its lines, and its text dedented.

    `info` is the language of its code. `lead` is the sentence that leads into it, where there is one. `rows`
    are all rows of a table with their lines, its header first.
    """

    form: Form
    start: int
    end: int
    text: str
    headings: tuple[str, ...]
    info: str = ""
    lead: str = ""
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()


def excerpts(document: Document) -> tuple[Excerpt, ...]:
    """Cut a document into passages, in reading order."""
    return tuple(_excerpts(blocks(document.text)))


def count_words(text: str) -> int:
    """The words of a text, as letters, digits and underscores run."""
    return len(_WORD.findall(text))


def _excerpts(found: Sequence[Block]) -> Iterator[Excerpt]:
    lead: Block | None = None
    at = 0
    while at < len(found):
        block = found[at]
        at += 1
        if block.kind == "item":
            run = [block]
            while at < len(found) and (found[at].kind == "item" or _inside(found[at], run)):
                run.append(found[at])
                at += 1
            if at < len(found) and found[at].kind == "code" and _leads(run[-1]) and found[at].level:
                run, tail = run[:-1], run[-1]
                yield from _list(lead, run)
                lead = tail
            else:
                yield from _list(lead, run)
                lead = None
        elif block.kind == "paragraph" and _leads(block) and at < len(found) and _led(found[at]):
            if lead:
                yield _whole("prose", [lead])
            lead = block
        elif block.kind == "paragraph":
            yield _whole("prose", [block])
            lead = None
        elif block.kind in {"table", "code"}:
            yield _whole("table" if block.kind == "table" else "code", [lead, block] if lead else [block])
            lead = None
        else:
            lead = None


def _inside(block: Block, run: Sequence[Block]) -> bool:
    """A paragraph that goes on with the item above."""
    return block.kind == "paragraph" and block.level > run[0].level


def _leads(block: Block) -> bool:
    text = block.text.rstrip(" *_")
    return text.endswith(":") and count_words(text) <= LEAD


def _led(block: Block) -> bool:
    return block.kind in {"item", "table", "code"}


def _list(lead: Block | None, run: Sequence[Block]) -> Iterator[Excerpt]:
    """A list whole if it is short, else in as many pieces as it takes."""
    if not run:
        return
    entries: list[list[Block]] = []
    for block in run:
        if block.level <= run[0].level or not entries:
            entries.append([])
        entries[-1].append(block)
    if len(entries) > 1 and sum(bool(PATH.match(content(entry[0]))) for entry in entries) > len(entries) / 2:
        yield from (_whole("item", entry) for entry in entries)
        return
    piece: list[Block] = [lead] if lead else []
    size = _size(piece)
    for entry in entries:
        if len(piece) > bool(lead) and size + _size(entry) > WORDS:
            yield _whole("list", piece)
            piece, size = [], 0
            lead = None
        piece += entry
        size += _size(entry)
    form: Form = "item" if piece == entries[-1] else "list"
    yield _whole(form, piece)


def _size(run: Iterable[Block]) -> int:
    return sum(count_words(block.text) for block in run)


def _whole(form: Form, run: Sequence[Block]) -> Excerpt:
    """The passage that these blocks make."""
    first, last = run[0], run[-1]
    lead = content(first) if len(run) > 1 and first.kind != "table" and _leads(first) else ""
    if form == "item":
        text = "\n".join([content(first), *(block.text for block in run[1:])])
    elif form == "code":
        text = content(last)
    else:
        text = "\n".join(_dedented(run))
    info = last.info if form == "code" else ""
    rows = table_rows(last) if form == "table" else ()
    whole = Excerpt(form, first.start, last.end, text, first.headings, info, lead, rows)
    return whole if form == "code" or count_words(text) <= WORDS else _shortened(whole, run)


def _dedented(run: Sequence[Block]) -> list[str]:
    lines = [line for block in run for line in block.text.split("\n") if line.strip()]
    margin = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    return [line[margin:].rstrip() for line in lines]


def _shortened(whole: Excerpt, run: Sequence[Block]) -> Excerpt:
    """A passage that is too long, cut behind its last whole line or sentence; the lines cited go with it."""
    lines = whole.text.split("\n")
    kept: list[str] = []
    for line in lines:
        if kept and count_words("\n".join([*kept, line])) > WORDS:
            break
        kept.append(line)
    while len(kept) > 1 and kept[-1].rstrip(" *").endswith(":"):
        kept.pop()
    if count_words(kept[0]) > WORDS:
        return replace(whole, text=_sentences(kept[0]), end=whole.start)
    placed = [(block.start + n, line) for block in run for n, line in enumerate(block.text.split("\n"))]
    numbers = [number for number, line in placed if line.strip()]
    return replace(whole, text="\n".join(kept), end=numbers[len(kept) - 1])


def _sentences(text: str) -> str:
    """The first sentences of a paragraph; one that is too long stays whole."""
    taken = ""
    for end in [*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]:
        if taken and count_words(text[:end]) > WORDS:
            break
        taken = text[:end].rstrip()
    return taken

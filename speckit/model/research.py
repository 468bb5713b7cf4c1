"""What was read: documents, their blocks, what they say, and where."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from speckit.shelf import Shelf

Tier = Literal["recent", "moderate", "aged"]
BlockKind = Literal["heading", "paragraph", "item", "table", "code", "quote", "html", "rule"]
FindingKind = Literal[
    "question",  # what the research set out to find
    "summary",
    "current",  # how things are today
    "problem",
    "decision",
    "recommendation",
    "requirement",
    "constraint",
    "exclusion",  # said to be out of scope
    "risk",
    "alternative",
    "component",
    "reference",  # a code reference, `path:line`
    "diagram",
    "code",  # an interface, a schema, an example
    "test",
    "detail",  # technical detail that no other kind names
    "conflict",  # two documents that say different things
]


@dataclass(frozen=True, slots=True)
class Citation:
    """Lines of a research document, with the text that they held when they were read.

    `quote` is those lines, whole and joined by a newline: what must still be there for it to hold.
    """

    path: str
    start: int
    end: int
    quote: str = field(repr=False)

    @property
    def label(self) -> str:
        """`x.md:12-14`, the short form a reader sees."""
        return f"{self.path.rpartition('/')[2]}:{self.lines}"

    @property
    def lines(self) -> str:
        """`12` or `12-14`."""
        return str(self.start) if self.start == self.end else f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines of a document that belong together.

    `text` is the source of those lines. `level` is a heading's level, or an item's depth from 0.
    `info` is a fence's language or a list's marker. `headings` are the titles above, outermost first.
    """

    kind: BlockKind
    start: int
    end: int
    text: str
    headings: tuple[str, ...] = ()
    level: int = 0
    info: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A research document. `text` has LF line ends and no byte order mark, so that lines can be cited."""

    path: str
    text: str = field(repr=False)
    title: str
    date: dt.date | None
    category: str
    tags: tuple[str, ...] = ()
    topic: str = ""
    commit: str = ""
    links: tuple[str, ...] = ()  # research documents that it cites, as paths from the project root
    superseded_by: str = ""  # the name of the file that it says it is superseded by

    def cite(self, start: int, end: int) -> Citation:
        """Cite lines `start` to `end`, with their text."""
        return Citation(self.path, start, end, "\n".join(self.text.split("\n")[start - 1 : end]))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A research file that was not taken in, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """What the research folder holds, ordered by path.

    Where that is too much for memory, `shelf` has the documents' text, and an index of it on disk.
    """

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...] = ()
    shelf: Shelf | None = None

    def whole(self, document: Document) -> Document:
        """One of the documents, with its text."""
        return self.shelf.whole(document) if self.shelf else document


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that bears on the topic, with the reasons in words. Scores compare within one search."""

    document: Document
    score: float
    tier: Tier
    reasons: tuple[str, ...]
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a document says, in its own words.

    `text` is markdown that can stand in another document: whole lines of the source, dedented, without
    the list marker. `subject` is the nearest bold lead-in or heading. `rank` orders findings of a kind:
    the primary document first, then reading order. `planned` is code of what is proposed, not of today.
    """

    kind: FindingKind
    text: str
    citation: Citation
    subject: str = ""
    headings: tuple[str, ...] = ()
    rank: int = 0
    planned: bool = False
    against: Citation | None = None  # the other side of a conflict

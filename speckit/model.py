"""The values that the stages hand to each other: frozen, typed, without a clock, a host or an absolute path.

Lines count from 1 and ends are inclusive. Paths are POSIX paths that start at the project root.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from speckit.load.shelf import Shelf

Tier = Literal["recent", "moderate", "aged"]
Origin = Literal["research", "template", "computed", "answer", "author"]
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
QuestionKind = Literal["explicit-options", "either-or", "yes-no", "open", "statement"]
Group = Literal["scope", "decide", "confirm", "standing", "statements"]
State = Literal["open", "answered", "provisional", "disputed", "confirm"]
Policy = Literal["ask", "recommended", "defer", "fail"]
PassageKind = Literal["prose", "bullet", "checkbox", "option", "row", "fence", "gap", "decide"]
Role = Literal[
    "", "summary", "goals", "non-goals", "diagram", "design", "alternatives", "phases", "questions"
]
Stance = Literal["bears", "for", "against"]
Severity = Literal["error", "warning", "note"]


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
    the primary document first, then reading order.
    """

    kind: FindingKind
    text: str
    citation: Citation
    subject: str = ""
    headings: tuple[str, ...] = ()
    rank: int = 0
    against: Citation | None = None  # the other side of a conflict


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that is offered. `tradeoff` is empty where no source states one."""

    label: str
    tradeoff: str = ""
    origin: Origin = "research"
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the research that bears on an option, or speaks for or against it."""

    text: str
    citation: Citation
    stance: Stance = "bears"


@dataclass(frozen=True, slots=True)
class Question:
    """A question to be put to a person.

    Args:
        id: `q` and eight hex digits of the normalised text (`questions.question_id`).
        text: the question, readable alone.
        topic: its bold lead-in, or a few words of it.
        citations: every place it stands in; the first is the source of `text`.
        recommended: what the research recommends, in its words; an option's label where the words agree.
        resolved: the research answers it itself; `answer` has the words.
        target: number of the section its answer writes into.
        ids: ids of the duplicates merged into it, its own among them.
    """

    id: str
    text: str
    kind: QuestionKind
    group: Group = "decide"
    topic: str = ""
    citations: tuple[Citation, ...] = ()
    options: tuple[Option, ...] = ()
    recommended: str | None = None
    resolved: bool = False
    answer: str | None = None
    target: str = ""
    ids: tuple[str, ...] = ()
    origin: Origin = "research"
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What the research says: findings, and the questions that it leaves open or settles."""

    items: tuple[Finding, ...]
    questions: tuple[Question, ...]

    def of(self, *kinds: FindingKind) -> tuple[Finding, ...]:
        """The findings of these kinds, kind by kind in the order given."""
        return tuple(item for kind in kinds for item in self.items if item.kind == kind)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided about one question.

    Exactly one of `choices`, `text` and `later` says it: labels chosen, an answer in one's own words, or the
    owner who decides later. `detail` makes a choice exact ("15,000"); `target` is the number of the section
    it writes into, where that was changed. `provisional` answers come from a policy, never from a person.
    """

    question: str
    choices: tuple[str, ...] = ()
    text: str = ""
    later: str = ""
    because: str = ""
    note: str = ""
    detail: str = ""
    target: str = ""
    by: str = ""
    on: dt.date | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Dispute:
    """Answers to one question that differ, each by whoever gave it; open until somebody settles it."""

    question: str
    sides: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the spec that stands or falls as one.

    `text` is markdown without its list marker. A `row` has `cells` in place of text, a `fence` its
    language in `info`; an `option` is a box nested under the `checkbox` before it. `question` names the
    question whose answer wrote it.
    """

    kind: PassageKind
    text: str = ""
    origin: Origin = "research"
    citations: tuple[Citation, ...] = ()
    cells: tuple[str, ...] = ()
    info: str = ""
    question: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What an answer writes: a passage, at the end of a section."""

    section: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Change:
    """What an answer changes in one section: markdown lines that go, and lines that come."""

    section: str
    title: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the spec. `columns` head the table that its rows make.

    `role` says what of an answer is written here, so that no code knows a pack's numbers: a design decision
    becomes a subsection of its own at the end of the section whose role is `design`.
    """

    number: str
    title: str
    role: Role = ""
    instruction: str = ""
    passages: tuple[Passage, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """The design spec. `questions` are ordered as they are asked; `answers` are by question id."""

    topic: str
    title: str
    template: str
    created: dt.date
    updated: dt.date
    author: str
    owner: str
    status: str
    sections: tuple[Section, ...]
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    sources: tuple[str, ...] = ()

    def state(self, question: Question) -> State:
        """Where a question stands."""
        if any(dispute.question in question.ids for dispute in self.disputes):
            return "disputed"
        answer = next((a for a in self.answers if a.question in question.ids), None)
        if answer is None:
            return "confirm" if question.resolved else "open"
        return "provisional" if answer.provisional else "answered"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a spec: where, what, and what to do about it."""

    path: str
    line: int
    code: str
    severity: Severity
    message: str
    hint: str = ""
    section: str = ""

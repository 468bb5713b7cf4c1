"""What is written: the spec, its sections and passages, and what is wrong in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from speckit.model.questions import Answer, Dispute, Origin, Question, State
from speckit.model.research import Citation

PassageKind = Literal["prose", "bullet", "checkbox", "option", "row", "fence", "gap", "decide"]
Role = Literal[
    "", "summary", "goals", "non-goals", "diagram", "design", "alternatives", "phases", "questions"
]
Severity = Literal["error", "warning", "note"]


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

    @property
    def told(self) -> str:
        """Its text; that of a row, cell by cell."""
        return " | ".join(self.cells) or self.text


@dataclass(frozen=True, slots=True)
class Pick:
    """A passage of the research that somebody takes into a section of the draft, or leaves out of it.

    The section is named by its key, as `keyed` has it; the passage by its document, the text of the lines
    that it cites, and its own, since several passages may rest on the same lines.
    """

    section: str
    path: str
    quote: str
    text: str
    taken: bool


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


def keyed(sections: Iterable[Section]) -> dict[str, Section]:
    """Sections by a key that stays when another comes in before: the title, counted where it comes again."""
    found: dict[str, Section] = {}
    for section in sections:
        title, count = section.title or section.number, 1
        while title in found:
            count += 1
            title = f"{section.title} ({count})"
        found[title] = section
    return found

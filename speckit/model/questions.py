"""What is asked, what is offered, and what people answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from speckit.model.research import Citation, Finding, FindingKind

Origin = Literal["research", "template", "computed", "answer", "author"]
QuestionKind = Literal["explicit-options", "either-or", "yes-no", "open", "statement"]
Group = Literal["scope", "decide", "confirm", "standing", "statements"]
State = Literal["open", "answered", "provisional", "disputed", "confirm"]
Policy = Literal["ask", "recommended", "defer", "fail"]
Stance = Literal["bears", "for", "against"]


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

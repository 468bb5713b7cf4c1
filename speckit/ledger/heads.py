"""What holds of a ledger's records: those that no other names as replaced, told as answers and disputes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from speckit.ledger.asked import Asked
from speckit.ledger.records import OWN, PICK, TAKEN, Reading, Record
from speckit.model import Answer, Dispute, Pick, Question


@dataclass(frozen=True, slots=True)
class State:
    """What a ledger says now.

    Args:
        answers: the current answers, by question id.
        disputes: questions whose current answers differ.
        notices: one line on each record that was skipped or is missing.
        heads: the ids of the records behind them, by question id: what somebody who sees this state replaces.
        own: what people ask themselves or offer besides, by the id of the question.
        put: the questions as they were put when the current answers were given, by question id.
        picks: passages that people take into the draft or leave out of it.
    """

    answers: tuple[Answer, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    notices: tuple[str, ...] = ()
    heads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    own: tuple[Question, ...] = ()
    put: dict[str, Asked] = field(default_factory=dict)
    picks: tuple[Pick, ...] = ()


def state_of(reading: Reading) -> State:
    """Work out what holds from all records of a ledger."""
    by_question = sorted(reading.records, key=lambda record: (record.question, record.id))
    answers: list[Answer] = []
    disputes: list[Dispute] = []
    missing: list[str] = []
    own: list[Question] = []
    picks: list[Pick] = []
    heads: dict[str, tuple[str, ...]] = {}
    put: dict[str, Asked] = {}
    for question, group in groupby(by_question, key=lambda record: record.question):
        records = tuple(group)
        current = heads_of(records)
        heads[question] = tuple(record.id for record in current)
        missing += _missing(records, reading)
        if question.startswith(OWN):
            asked = (record.asked for record in current if record.asked and record.asked.text.strip())
            own += [one.question(question.removeprefix(OWN)) for one in asked]
            continue
        if question.startswith(PICK):
            picks += _pick(current)
            continue
        put.update((question, record.asked) for record in current if record.asked)
        sides = _sides(current)
        if len(sides) > 1:
            disputes.append(Dispute(question, sides))
        else:
            answers += sides
    notices = (*reading.notices, *missing)
    return State(tuple(answers), tuple(disputes), notices, heads, tuple(own), put, tuple(picks))


def _pick(heads: Iterable[Record]) -> list[Pick]:
    """What holds of a passage: what was said last, where two differ; both are a click away from the other."""
    said = [(record, record.asked) for record in heads if record.asked and not record.taken_back]
    return [
        Pick(asked.topic, asked.path, asked.quote, asked.text, TAKEN in record.choices)
        for record, asked in said[-1:]
    ]


def only_reasons(given: Answer, disputes: Iterable[Dispute]) -> bool:
    """Whether an answer is its author's side of a dispute, with nothing new but its reason or note."""
    sides = [side for dispute in disputes if dispute.question == given.question for side in dispute.sides]
    own = [side for side in sides if given.by in side.by.split(", ")]
    return any(_bare(side) == _bare(given) and _reasons(side) != _reasons(given) for side in own)


def _bare(answer: Answer) -> Answer:
    return replace(answer, because="", note="", by="", on=None)


def _reasons(answer: Answer) -> tuple[str, str]:
    return answer.because, answer.note


def heads_of(records: Iterable[Record]) -> tuple[Record, ...]:
    """The records of one question that no other record names as replaced."""
    known = tuple(records)
    replaced = {parent for record in known for parent in record.parents}
    return tuple(record for record in known if record.id not in replaced)


def _sides(heads: Iterable[Record]) -> tuple[Answer, ...]:
    """The differing decisions among the heads, each said once.

    A taking back opposes nothing: it replaces what it names, and an answer beside it, which whoever took back
    had not seen, holds.
    """
    sides: dict[object, list[Answer]] = {}
    for record in heads:
        if not record.taken_back:
            sides.setdefault(_decision(record), []).append(record.answer)
    return tuple(_together(answers) for answers in sides.values())


def _decision(record: Record) -> object:
    """What two records have in common that agree: the decision, not its reason."""
    words = (record.text, record.later, record.detail, record.target)
    return frozenset(record.choices), *map(_words, words)


def _words(text: str) -> str:
    return " ".join(text.split())


def _together(answers: list[Answer]) -> Answer:
    """Answers that agree, as one: by all of them, for all their reasons, on the latest day."""
    first = answers[0]
    days = [answer.on for answer in answers if answer.on]
    return Answer(
        first.question,
        first.choices,
        first.text,
        first.later,
        "; ".join(_distinct(answer.because for answer in answers)),
        "; ".join(_distinct(answer.note for answer in answers)),
        first.detail,
        first.target,
        by=", ".join(_distinct(answer.by for answer in answers)),
        on=max(days, default=None),
    )


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, texts)))


def _missing(records: tuple[Record, ...], reading: Reading) -> list[str]:
    """One line on each record that is named as replaced and not there, unless a notice tells why."""
    known = {record.id for record in records}
    lost = sorted({parent for record in records for parent in record.parents} - known)
    return [
        f"{records[0].question}.{parent}.json is missing: a later answer names it as replaced"
        for parent in lost
        if not any(parent in notice for notice in reading.notices)
    ]

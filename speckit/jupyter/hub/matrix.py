"""Who chose what, and why: the answers that stand, a person a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speckit.contrast import topic_of
from speckit.jupyter.panels import plain
from speckit.ledger.heads import heads_of

if TYPE_CHECKING:
    from speckit.authoring import Authoring
    from speckit.ledger import Record
    from speckit.model import Question

NOBODY = "*Nobody has answered a question yet.*"


def matrix(authoring: Authoring) -> str:
    """The answers that stand, as a markdown table: a question a row, a person a column.

    A person's answer stands until somebody replaces it, themselves or whoever settles the dispute: each side
    of a dispute is in the column of those who hold it.
    """
    rows = [(question, _standing(authoring, question)) for question in authoring.spec.questions]
    answered = [(question, records) for question, records in rows if records]
    people = sorted({record.by for _, records in answered for record in records})
    if not people:
        return NOBODY
    lines = [
        "| Question | State | " + " | ".join(plain(name) or "nobody named" for name in people) + " |",
        "| --- | --- |" + " --- |" * len(people),
    ]
    for question, records in answered:
        cells = ["; ".join(_told(record) for record in records if record.by == name) for name in people]
        state = authoring.spec.state(question)
        lines.append(f"| {plain(topic_of(question))} | {state} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _standing(authoring: Authoring, question: Question) -> list[Record]:
    """The records of a question and its duplicates that nobody has replaced and that decide something."""
    return [
        record
        for name in question.ids or (question.id,)
        for record in heads_of(authoring.ledger.history(name))
        if not record.taken_back
    ]


def _told(record: Record) -> str:
    decision = "; ".join(record.choices) or record.text or f"later, by {record.later}"
    because = f" *because {plain(record.because)}*" if record.because else ""
    return f"**{plain(decision)}**{because}"

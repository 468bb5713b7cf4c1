"""Passages that people take into the draft or leave out of it, as records."""

from __future__ import annotations

import datetime as dt

from speckit.ledger.asked import Asked
from speckit.ledger.folder import Ledger
from speckit.ledger.records import LEFT_OUT, PICK, TAKEN
from speckit.model import Answer, Pick
from speckit.questions import question_id


def record_pick(ledger: Ledger, pick: Pick, by: str, on: dt.date) -> str:
    """Record that somebody takes a passage into the draft, or leaves it out; returns the record's id."""
    choice = TAKEN if pick.taken else LEFT_OUT
    asked = Asked(text=choice, topic=pick.section, path=pick.path, quote=pick.quote)
    return ledger.record(Answer(_subject(pick), (choice,), by=by, on=on), asked=asked)


def take_back_pick(ledger: Ledger, pick: Pick, by: str, on: dt.date) -> str | None:
    """Leave a passage to the draft again; None where nobody picked it."""
    return ledger.take_back(_subject(pick), by, on)


def _subject(pick: Pick) -> str:
    """What names a pick among the records: the same passage in the same section has one name."""
    return PICK + question_id(f"{pick.section}\n{pick.path}\n{pick.quote}")

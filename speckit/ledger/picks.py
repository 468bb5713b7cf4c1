"""Passages that people take into the draft or leave out of it, as records."""

from __future__ import annotations

import datetime as dt

from speckit.ledger.asked import Asked
from speckit.ledger.folder import Ledger
from speckit.ledger.records import LEFT_OUT, PICK, TAKEN
from speckit.model import Answer, Pick
from speckit.questions import question_id


def record_pick(ledger: Ledger, pick: Pick, by: str, on: dt.date, *, back: bool = False) -> str | None:
    """Record that somebody takes a passage into the draft, leaves it out, or (`back`) leaves it to the draft.

    Returns:
        The record's id; None where there is nothing to take back.
    """
    if back:
        return ledger.take_back(_subject(pick), by, on)
    choice = TAKEN if pick.taken else LEFT_OUT
    asked = Asked(text=pick.text, topic=pick.section, path=pick.path, quote=pick.quote)
    return ledger.record(Answer(_subject(pick), (choice,), by=by, on=on), asked=asked)


def _subject(pick: Pick) -> str:
    """What names a pick among the records: the same passage in the same section has one name."""
    return PICK + question_id(f"{pick.section}\n{pick.path}\n{pick.quote}\n{pick.text}")

"""Boxes ticked in the document, told as answers by whoever ticked them; which of them are recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from speckit.boxes import Item, Tick, judge, put_back
from speckit.ledger.asked import Asked
from speckit.ledger.bases import Page
from speckit.ledger.records import Record
from speckit.model import Answer, Problem
from speckit.provenance import line_author

Newest = Callable[[str], Record | None]  # the newest record of a question that came from the document's boxes


@dataclass(frozen=True, slots=True)
class Ticked:
    """An answer by a tick, and the question as it was put."""

    answer: Answer
    asked: Asked | None


def read_ticks(
    page: Page, put: Callable[[str], Asked | None], newest: Newest, by: str, on: dt.date
) -> tuple[list[Ticked], list[Problem]]:
    """Tell what the ticks of a document mean that are not recorded, and which of them are no answers.

    Args:
        page: the document.
        put: gives a question as it is put, by its id.
        newest: gives the newest record of a question's ticks.
        by: who ticked what is not committed.
        on: the day of the answers.
    """
    ticks, problems = [], []
    for item in page.ticked:
        asked = put(item.question)
        labels = [option.label for option in asked.options] if asked else []
        judged = judge(item, page.path.name, labels, several=bool(asked and asked.multiple))
        if isinstance(judged, Problem):
            problems.append(judged)
            continue
        author = line_author(page.path, judged.line) or by
        answer = Answer(item.question, judged.choices, by=author, on=on)
        earlier = newest(item.question)
        if not (earlier and earlier.says(answer)):
            ticks.append(Ticked(answer, asked))
    return ticks, problems


def without_answers(page: Page, newest: Newest) -> str | None:
    """The document without the ticks that are recorded; others are a person's edit like any."""
    if page.text is None:
        return None
    return put_back(page.text, [item for item in page.ticked if _is_recorded(item, newest(item.question))])


def _is_recorded(item: Item, earlier: Record | None) -> bool:
    """Whether what is ticked is what the newest record of these ticks says."""
    if earlier is None:
        return False
    tick = judge(item, "", earlier.choices, several=True)
    return isinstance(tick, Tick) and set(tick.choices) == set(earlier.choices)

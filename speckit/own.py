"""What people put beside what the research asks: questions of their own, and options to others' questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from speckit.contrast import label_key, offered
from speckit.model import Question


def with_own(questions: Iterable[Question], own: Iterable[Question]) -> tuple[Question, ...]:
    """Add people's own questions to those that are asked.

    Args:
        questions: what is asked, in order.
        own: own questions; one that is asked already gives it its options besides, and its target.

    Returns:
        The questions in order, the new ones last.
    """
    by_id = {question.id: question for question in questions}
    known = {one: question.id for question in by_id.values() for one in question.ids}
    for question in own:
        if question.id in known:
            identity = known[question.id]
            by_id[identity] = _besides(by_id[identity], question)
        else:
            by_id[question.id] = question
            known[question.id] = question.id
    return tuple(by_id.values())


def _besides(question: Question, own: Question) -> Question:
    """A question with the options that somebody adds to those that it is put with."""
    there = {label_key(option.label) for option in offered(question)}
    added = tuple(option for option in own.options if label_key(option.label) not in there)
    options = (*offered(question), *added) if added else question.options
    return replace(question, options=options, target=own.target or question.target)

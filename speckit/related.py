"""Questions that speak of the same thing: those that share an identifier which few others name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from speckit.model import Question
from speckit.quotes import identifiers

FEW = 4  # questions; what more of them name is the subject of the spec, not what joins two of them


def related(questions: Iterable[Question]) -> dict[str, tuple[str, ...]]:
    """Find for each question those that share a distinguishing identifier with it.

    Args:
        questions: what is asked, in order.

    Returns:
        By question id the ids of the others, in order; questions without any are left out.
    """
    asked = [question for question in questions if question.group in {"decide", "confirm", "standing"}]
    naming: dict[str, list[str]] = defaultdict(list)
    for question in asked:
        told = " ".join((question.text, *(option.label for option in question.options)))
        for name in identifiers(told):
            naming[name].append(question.id)
    near: dict[str, set[str]] = defaultdict(set)
    for ids in naming.values():
        if len(ids) <= FEW:
            for one in ids:
                near[one].update(other for other in ids if other != one)
    return {
        question.id: tuple(other.id for other in asked if other.id in near[question.id])
        for question in asked
        if near[question.id]
    }

"""Questions that share what few others name are related."""

from __future__ import annotations

from speckit.model import Question
from speckit.questions import question_id
from speckit.related import FEW, related


def asked(*texts: str) -> list[Question]:
    return [Question(question_id(text), text, "open", ids=(question_id(text),)) for text in texts]


def test_a_shared_identifier_relates_two_questions_both_ways():
    """In the order in which they are asked; words in common are not enough."""
    port, retry, colour = asked("Which port has `serve()`?", "Does `serve()` retry?", "Which colour?")
    assert related([port, retry, colour]) == {port.id: (retry.id,), retry.id: (port.id,)}


def test_what_many_questions_name_relates_none():
    """It is the subject of the spec."""
    questions = asked(*(f"Question {n} about `serve()`?" for n in range(FEW + 1)))
    assert related(questions) == {}
    assert len(related(questions[:FEW])) == FEW


def test_a_question_is_not_related_to_itself():
    """However often it names a thing."""
    assert related(asked("Is `serve()` called before `serve()`?")) == {}

"""What people put beside what the research asks: questions of their own, and options to others' questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from speckit.contrast import IN_SCOPE, NOT_NOW, label_key, offered
from speckit.errors import AnswersError
from speckit.model import Answer, Option, Question, QuestionKind
from speckit.questions import question_id

Kind = Literal["question", "goal", "non-goal", "decision"]


def own_question(text: str, options: Iterable[Option] = (), topic: str = "", target: str = "") -> Question:
    """A question of one's own."""
    stated, identity = tuple(options), question_id(text)
    kind: QuestionKind = "explicit-options" if stated else "open"
    return Question(
        identity, text, kind, topic=topic, options=stated, target=target, ids=(identity,), origin="author"
    )


def own_option(line: str) -> Option:
    """An option of one's own, from `label — tradeoff`.

    Raises:
        AnswersError: it has no label.
    """
    label, _, tradeoff = f" {line.strip()}".partition(" — ")
    if not label.strip():
        raise AnswersError(f"{line!r} names no option: write it as `label — tradeoff`")
    return Option(label.strip(), tradeoff.strip(), "author")


def own_item(text: str) -> Question:
    """An item of one's own for the scope."""
    identity = question_id(text)
    return Question(identity, text, "statement", "scope", ids=(identity,), origin="author")


def added(kind: Kind, text: str, options: Iterable[str] = ()) -> tuple[Question, Answer | None]:
    """What somebody adds in a line, and the answer that it is itself.

    Args:
        kind: a question waits for an answer; a goal, a non-goal and a decision are answered as they stand.
        text: in one's own words.
        options: of a question, each as `label — tradeoff`.
    """
    if kind in {"question", "decision"}:
        asked = own_question(text, map(own_option, options))
        return asked, Answer(asked.id, text=text) if kind == "decision" else None
    item = own_item(text)
    return item, Answer(item.id, (IN_SCOPE if kind == "goal" else NOT_NOW,))


def with_option(question: Question, option: Option, own: Iterable[Question]) -> Question:
    """A question with all that people add to it: what they did so far, and one more option.

    Args:
        question: the question as it is asked.
        option: the option to add.
        own: what people have added so far, to any question.
    """
    earlier = next((one for one in own if one.id == question.id), None)
    so_far, target = (earlier.options, earlier.target) if earlier else ((), "")
    return replace(question, options=(*so_far, option), target=target, origin="author")


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

"""Answers that come as a mapping or a YAML file: reading them, and matching them with the questions asked."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from speckit.contrast import FIXED, IN_SCOPE, LEAVE, NOT_NOW, PREMISE, REMOVE, label_key, offered
from speckit.errors import AnswersError
from speckit.model import Answer, Option, Question
from speckit.own import own_item, own_question
from speckit.questions import question_id
from speckit.safe_yaml import load_yaml

_SCOPE = {"goals": IN_SCOPE, "non-goals": NOT_NOW}  # one's own, each with the answer that it is
_OWN = {"questions", *_SCOPE}


class _Given(BaseModel):
    """One answer as a file has it: labels chosen, own words or a later decision, and what goes with it."""

    model_config = ConfigDict(extra="forbid")

    choose: tuple[str, ...] = ()
    text: str = ""
    later: str = ""
    because: str = ""
    note: str = ""
    detail: str = Field("", alias="with")
    target: str = ""

    @field_validator("choose", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return value if isinstance(value, list) else [value]


class _OwnOption(BaseModel):
    model_config = ConfigDict(extra="forbid")

    label: str
    tradeoff: str = ""


class _OwnQuestion(BaseModel):
    """A question that the research does not ask."""

    model_config = ConfigDict(extra="forbid")

    text: str
    topic: str = ""
    options: tuple[_OwnOption, ...] = ()
    target: str = ""


class AnswersFile(BaseModel):
    """What an answers file says: answers by question id, one's own questions, goals and non-goals."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answers: dict[str, _Given]
    questions: tuple[_OwnQuestion, ...] = ()
    scope: tuple[str, ...] = ()

    def own_questions(self) -> tuple[Question, ...]:
        """One's own questions, and one's own goals and non-goals as items of the scope."""
        asked = tuple(
            own_question(
                own.text,
                (Option(option.label, option.tradeoff, "author") for option in own.options),
                own.topic,
                own.target,
            )
            for own in self.questions
        )
        return asked + tuple(own_item(text) for text in self.scope)


def read_answers(answers: dict[str, Any] | str, root: Path) -> AnswersFile:
    """Read answers from a mapping, or from the YAML file that a path names (from the project root).

    Raises:
        AnswersError: no such file, or it does not hold answers; names the key and value at fault.
    """
    where, values = "answers", answers
    if isinstance(answers, str):
        path = root / Path(answers).expanduser()
        where = path.name
        try:
            values = load_yaml(path.read_text("utf-8"), where, AnswersError) or {}
        except (OSError, UnicodeDecodeError):
            raise AnswersError(f"the answers file {answers!r} cannot be read: check its path") from None
    if not isinstance(values, dict):
        raise AnswersError(f"{where} holds {type(values).__name__}, not `question id: label` lines")
    given = {str(key): value for key, value in values.items() if key not in _OWN}
    for key in _SCOPE:
        if not isinstance(values.get(key) or [], list):
            raise AnswersError(f"{where}: {key} = {values[key]!r}: give a list, a line each")
    scope = {str(text): label for key, label in _SCOPE.items() for text in values.get(key) or ()}
    given |= {question_id(text): label for text, label in scope.items()}
    shaped = {key: value if isinstance(value, dict) else {"choose": value} for key, value in given.items()}
    try:
        own = {"questions": values.get("questions") or (), "scope": tuple(scope)}
        return AnswersFile.model_validate({"answers": shaped} | own)
    except ValidationError as problem:
        fault = problem.errors()[0]
        name = ".".join(str(part) for part in fault["loc"] if part != "answers")
        raise AnswersError(f"{where}: {name} = {fault['input']!r}: {fault['msg']}") from None


def match_answers(
    file: AnswersFile, questions: Iterable[Question], by: str, on: dt.date
) -> tuple[Answer, ...]:
    """Match answers with the questions asked.

    Labels match without regard to case, markup and spacing, and come out as the question has them.

    Raises:
        AnswersError: no such question, or no such option; names the nearest.
    """
    known = {one: question for question in questions for one in question.ids}
    answers = []
    for key, given in file.answers.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]}?" if near else "`speckit new` lists the ids of the questions"
            raise AnswersError(f"no question {key!r} is asked: {hint}")
        labels = tuple(_label(str(choice), known[key]) for choice in given.choose if str(choice).strip())
        if sum(map(bool, (labels, given.text, given.later))) > 1:
            raise AnswersError(f"{key}: give one of choose, text and later, not several")
        if len(labels) > 1 and not (known[key].multiple or _is_premise(labels)):
            raise AnswersError(f"{key}: {'; '.join(labels)} exclude each other: choose one")
        if given.detail and not labels:
            raise AnswersError(
                f"{key}: `with: {given.detail}` goes with an option: choose one, or use `text:` alone"
            )
        answers.append(
            Answer(
                known[key].id,
                labels,
                given.text,
                given.later,
                given.because,
                given.note,
                given.detail,
                given.target,
                by=by,
                on=on,
            )
        )
    return tuple(answers)


def _is_premise(labels: tuple[str, ...]) -> bool:
    """Whether two labels say that the premise does not hold, and what that leaves."""
    return len(labels) == 2 and PREMISE in labels and bool({REMOVE, LEAVE} & set(labels))


def _label(choice: str, question: Question) -> str:
    """The label that a choice names, as the question has it."""
    labels = [option.label for option in offered(question)] + list(FIXED)
    for label in labels:
        if label_key(label) == label_key(choice):
            return label
    shown = "; ".join(repr(label) for label in labels)
    raise AnswersError(
        f"{question.id} has no option {choice!r}; it has {shown}, or use `text:` for your own words"
    )


def answers_as_yaml(answers: Iterable[Answer], own: Iterable[Question] = ()) -> dict[str, Any]:
    """Answers, and people's own questions, as an answers file holds them."""
    rows: dict[str, Any] = {}
    for answer in answers:
        choose = list(answer.choices) if len(answer.choices) > 1 else "".join(answer.choices)
        row = {
            "choose": choose,
            "text": answer.text,
            "later": answer.later,
            "because": answer.because,
            "note": answer.note,
            "with": answer.detail,
            "target": answer.target,
        }
        full = {name: value for name, value in row.items() if value}
        rows[answer.question] = choose if set(full) == {"choose"} else full
    if questions := [_as_own(question) for question in own]:
        rows["questions"] = questions
    return rows


def _as_own(question: Question) -> dict[str, Any]:
    options = [
        {"label": o.label} | ({"tradeoff": o.tradeoff} if o.tradeoff else {}) for o in question.options
    ]
    row = {"text": question.text, "topic": question.topic, "options": options, "target": question.target}
    return {name: value for name, value in row.items() if value}

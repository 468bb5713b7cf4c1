"""What a run tells of its spec: an output of the executed notebook, and a row of the board."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from speckit.answers import match_answers, read_answers
from speckit.authoring import Authoring
from speckit.contrast import offered, topic_of
from speckit.errors import AnswersError, ProjectError, SpeckitError
from speckit.ledger import open_ledger
from speckit.model import Answer, Question, Spec, State
from speckit.recipe import make_recipe


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands in one spec; `decided` is what was answered, in words."""

    id: str
    topic: str
    text: str
    state: State
    options: tuple[str, ...]
    decided: str
    by: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a spec stands.

    Args:
        name: of the spec, `2026-11-22-topic`.
        path: of its document, from the project root.
        evidence: the date of each research document that it rests on, ISO; empty where it has none.
        problems: how many there are of each severity.
        conflicts: edits that meet a changed passage, so that nothing was written.
        error: why it could not be drafted; all else is empty then.
    """

    name: str
    path: str
    topic: str = ""
    status: str = ""
    questions: tuple[Asked, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    problems: tuple[tuple[str, int], ...] = ()
    conflicts: int = 0
    error: str = ""

    def count(self, *states: State) -> int:
        """How many of its questions stand so."""
        return sum(asked.state in states for asked in self.questions)


def outcome_of(authoring: Authoring, conflicts: int = 0) -> Outcome:
    """Tell where a spec stands."""
    spec = authoring.spec
    asked = tuple(_asked(question, spec) for question in spec.questions if question.group != "statements")
    dates = tuple((d.path, d.date.isoformat() if d.date else "") for d in authoring.documents)
    problems = tuple(Counter(problem.severity for problem in authoring.problems).items())
    return Outcome(
        authoring.ledger.name, authoring.path, spec.topic, spec.status, asked, dates, problems, conflicts
    )


def read_outcomes(specs: Path) -> Iterator[Outcome]:
    """Draft each spec of a folder that has a recipe, write none, and tell where it stands today.

    Raises:
        ProjectError: there is no such spec.
    """
    for name in _names(specs):
        try:
            yield outcome_of(_open(specs, name))
        except SpeckitError as problem:
            yield Outcome(name, f"{specs.name}/{name}.md", error=str(problem))


def answer_everywhere(specs: Path, question: str, label: str) -> tuple[str, ...]:
    """Record one answer in every spec of a folder that asks the question.

    Returns:
        The paths of their documents, none of which is written.

    Raises:
        AnswersError: no spec asks it, or one does not offer such an option; nothing has been recorded then.
    """
    asking = [made for name in _names(specs) if _asks(made := _open(specs, name), question)]
    if not asking:
        raise AnswersError(f"no spec in {specs} asks {question!r}: `speckit board` lists what waits")
    file = read_answers({question: label}, specs)
    given = [match_answers(file, made.spec.questions, made.by, made.recipe.day) for made in asking]
    for made, answers in zip(asking, given, strict=True):
        for answer in answers:
            made.answer(answer)
    return tuple(made.path for made in asking)


def _names(specs: Path) -> list[str]:
    """The names of the specs that have a recipe."""
    names = sorted(path.parent.name for path in specs.glob(".speckit/*/recipe.yaml"))
    if not names:
        raise ProjectError(f"{specs} holds no spec that speckit drafted: name the folder of specs")
    return names


def _open(specs: Path, name: str) -> Authoring:
    ledger = open_ledger(specs.absolute(), name)
    recipe = make_recipe(ledger.read_recipe() | {"specs": str(specs.absolute())}, name)
    return Authoring(recipe, specs.absolute(), ledger=ledger)


def _asks(authoring: Authoring, question: str) -> bool:
    return any(question in one.ids for one in authoring.spec.questions)


def _asked(question: Question, spec: Spec) -> Asked:
    answers = [answer for answer in spec.answers if answer.question in question.ids]
    sides = [side for d in spec.disputes if d.question in question.ids for side in d.sides]
    return Asked(
        question.id,
        topic_of(question),
        question.text,
        spec.state(question),
        tuple(option.label for option in offered(question)),
        " / ".join(_decided(answer) for answer in sides or answers),
        ", ".join(dict.fromkeys(answer.by for answer in sides or answers if answer.by)),
    )


def _decided(answer: Answer) -> str:
    return "; ".join(answer.choices) or answer.text or f"later, by {answer.later}"

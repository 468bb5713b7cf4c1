"""What an answer writes, and where: the statement, the non-goal it implies, the alternatives weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from speckit.contrast.answers import quoted
from speckit.contrast.asked import asks_fact
from speckit.contrast.options import (
    FIXED,
    IN_SCOPE,
    LATER,
    LEAVE,
    MOOT,
    NOT_NOW,
    PREMISE,
    REMOVE,
    VERIFY,
    YES,
    offered,
)
from speckit.contrast.topics import lead_of, topic_of
from speckit.contrast.wording import (
    decided,
    decision_of,
    finding_of,
    goal_of,
    left_out,
    postponed,
    split_exclusion,
    unasking,
    verdict_of,
)
from speckit.model import Answer, Effect, Option, Passage, PassageKind, Question, Role, Section

UNSAID = "not stated"  # in a table of alternatives, where no source and nobody says it
_SHAPES: dict[Role, PassageKind] = {"goals": "checkbox", "non-goals": "checkbox", "design": "prose"}

_COST = re.compile(
    r"^(?:but|however|costs?|slow|risk|requires?|needs?|loses?|adds?|harder|complex|breaks?|not|cannot)\b",
    re.IGNORECASE,
)


def target_of(
    question: Question, sections: tuple[Section, ...], answer: Answer | None = None
) -> Section | None:
    """The section an answer writes into: the one that it or the question names, else by what is offered."""
    labels = {option.label for option in offered(question)}
    asks_scope = question.kind == "yes-no" and not labels & {YES, VERIFY}
    role: Role = "goals" if IN_SCOPE in labels or asks_scope or question.group == "scope" else "design"
    numbered = {section.number: section for section in sections}
    named = numbered.get(answer.target if answer else "") or numbered.get(question.target)
    return named or next((section for section in sections if section.role == role), None)


def effects(question: Question, answer: Answer, sections: tuple[Section, ...]) -> tuple[Effect, ...]:
    """What an answer writes outside the list of questions.

    Args:
        question: what was asked.
        answer: what was decided.
        sections: the sections of the spec, to find those that hold goals, phases and the like.

    Returns:
        Effects by section number; a design decision's section is the `design` section itself, whose caller
        gives it a subsection.
    """
    if answer.later or MOOT in answer.choices:
        return ()
    by_role = {section.role: section for section in sections}
    told: list[Effect] = []
    for role, statement in _statements(question, answer):
        fixed = role in {"non-goals", "phases"} or (role and not (answer.target or question.target))
        section = by_role.get(role) if fixed else target_of(question, sections, answer)
        if section is not None:
            shape = _SHAPES.get(section.role, "bullet")
            told.append(Effect(section.number, _wrote(question, shape, statement)))
    if "alternatives" in by_role and _weighed(question, answer):
        rows = (
            _wrote(question, "row", cells=_row(question, option, answer))
            for option in _weighed_options(question, answer)
        )
        told += [Effect(by_role["alternatives"].number, row) for row in rows]
    return tuple(told)


def _statements(question: Question, answer: Answer) -> Iterator[tuple[Role, str]]:
    """What an answer says, with the role of the section that says it; none for the question's own target."""
    verdict = verdict_of(answer)
    if PREMISE in answer.choices:
        yield from _left_by_premise(question, answer)
    elif VERIFY in answer.choices:
        yield "phases", f"**{VERIFY}.** {postponed(question)}"
    elif verdict and asks_fact(question):
        yield "design", finding_of(question, verdict)
    elif verdict == "no":
        yield "non-goals", goal_of(question, negated=True)
    elif NOT_NOW in answer.choices:
        yield "non-goals", left_out(question)
    elif LATER in answer.choices:
        yield "phases", f"**{LATER}.** {postponed(question)}"
    elif verdict == "yes" or IN_SCOPE in answer.choices:
        yield "goals", goal_of(question)
    else:
        kept, excluded = split_exclusion(decision_of(answer))
        if kept:
            yield "", decided(question, answer)
        if excluded:
            yield "non-goals", excluded


def _left_by_premise(question: Question, answer: Answer) -> Iterator[tuple[Role, str]]:
    """What becomes of what a question takes for granted and is not so."""
    reason = f"{PREMISE}: {answer.because.rstrip('.')}. " if answer.because else f"{PREMISE}. "
    if REMOVE in answer.choices:
        told = f"We will remove what this asks about: {quoted(question.text)}"
        yield "goals", f"{lead_of(question)} {reason}{told}"
    elif LEAVE in answer.choices:
        yield "non-goals", f"{lead_of(question)} {reason}We will NOT change this: {quoted(question.text)}"


def _wrote(question: Question, kind: PassageKind, text: str = "", cells: tuple[str, ...] = ()) -> Passage:
    """A passage that the answer to a question wrote, cited where the question stands."""
    return Passage(kind, text, "answer", question.citations[:1], cells, question=question.id)


def _weighed(question: Question, answer: Answer) -> bool:
    """Whether the alternatives table tells of it: options were compared, or a yes or no has its reason.

    What is found out about a fact is no choice.
    """
    if question.group == "scope" or asks_fact(question):
        return False
    return len(question.options) >= 2 or bool(answer.because)


def _weighed_options(question: Question, answer: Answer) -> list[Option]:
    options = [
        option
        for option in offered(question)
        if option.label not in (*FIXED, VERIFY) or option.label in answer.choices
    ]
    chosen = [option for option in options if option.label in answer.choices]
    if not chosen:
        chosen = [Option(decision_of(answer), origin="author")]
    return chosen + [option for option in options if option not in chosen]


def _row(question: Question, option: Option, answer: Answer) -> tuple[str, ...]:
    """Option, Pros, Cons, Reason for Rejection: nothing that no source or person states."""
    pros, cons = weigh(option.tradeoff)
    label = unasking(option.label.rstrip("."))
    topic = topic_of(question)
    if option.label in answer.choices or option.label == decision_of(answer):
        because = f"Selected: {answer.because.rstrip('.')}" if answer.because else "Selected"
        return (f"**{topic}: {label}** (selected)", pros, cons, because)
    return (f"{topic}: {label}", pros, cons, answer.because.rstrip(".") or UNSAID)


def weigh(tradeoff: str) -> tuple[str, str]:
    """A stated tradeoff as (pros, cons), each "not stated" where the text does not say it."""
    gain, but, cost = re.sub(r"\s+", " ", tradeoff).partition(" but ")
    if but:
        return gain.strip(" ,;."), cost.strip(" ,;.")
    if not tradeoff.strip():
        return UNSAID, UNSAID
    return (UNSAID, tradeoff.strip()) if _COST.match(tradeoff.strip()) else (tradeoff.strip(), UNSAID)

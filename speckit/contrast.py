"""The contrast of a question: the options it is put with, and what each of them writes into the spec.

Pure functions over questions, answers and sections. What is shown before choosing is computed by the same
functions that write after it, so the two cannot differ.
"""

from __future__ import annotations

import re

from speckit.model import Answer, Effect, Option, Passage, PassageKind, Question, Role, Section

NOT_NOW = "Not in this version"
LATER = "Later phase"
IN_SCOPE = "In scope"
PREMISE = "The premise does not hold"
FIXED = (NOT_NOW, LATER, PREMISE)
CONTRAST = (IN_SCOPE, NOT_NOW, LATER)  # the same for every question that is put so, and without a letter

_SHAPES: dict[Role, PassageKind] = {"goals": "checkbox", "non-goals": "checkbox", "design": "prose"}

_MARKUP = re.compile(r"[`*_~]+|\s+")
_WE = re.compile(r"^(?:should|do|can|will) we (?P<act>[^?;:]+)\?$", re.IGNORECASE)
_PASSIVE = re.compile(r"^(?:should|can|will) (?P<subject>[^?;:,]+?) be (?P<act>[^?;:]+)\?$", re.IGNORECASE)
_TWO_CLAUSES = re.compile(
    r"\b(?:or|and|but|it|they|this|that|these|those|if|when|instead)\b|, ", re.IGNORECASE
)
_COST = re.compile(
    r"^(?:but|however|costs?|slow|risk|requires?|needs?|loses?|adds?|harder|complex|breaks?|not|cannot)\b",
    re.IGNORECASE,
)


def label_key(label: str) -> str:
    """A label without case, markup and spacing: what makes two labels the same."""
    return _MARKUP.sub(" ", label).strip(" .").casefold()


def offered(question: Question) -> tuple[Option, ...]:
    """The options of a question: its own where it has two or more, else the computed contrast.

    A yes/no question is a question of scope; one with only a recommendation is taken as recommended or not.
    The fixed answers (`FIXED`, own words, later with an owner) stand on every card besides.
    """
    if len(question.options) >= 2:
        return question.options
    if question.recommended and label_key(question.recommended) not in {"yes", "no"}:
        return (Option(question.recommended, origin="research"), *_deferrals())
    if question.kind == "yes-no" or question.group == "scope":
        return (Option(IN_SCOPE, origin="computed"), *_deferrals())
    return (*question.options, *_deferrals())


def _deferrals() -> tuple[Option, ...]:
    return (Option(NOT_NOW, origin="computed"), Option(LATER, origin="computed"))


def topic_of(question: Question) -> str:
    """The bold lead-in of a question, or its first words."""
    if question.topic:
        return question.topic.strip(" .:*")
    words = question.text.rstrip("?. ").split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")


def goal_of(question: Question, *, negated: bool = False) -> str:
    """What a yes or no to a question says, as a statement.

    Only `Should we VERB …?` and `Should SUBJECT be VERBed …?` with one clause and no pronoun are inverted;
    anything else is the topic with the answer, and the question stays quoted beside it.
    """
    text = " ".join(question.text.split())
    clause = not _TWO_CLAUSES.search(text)
    will = "will NOT" if negated else "will"
    if clause and (match := _WE.match(text)):
        return f"We {will} {match['act']}."
    if clause and (match := _PASSIVE.match(text)):
        subject = match["subject"]
        return f"{subject[:1].upper()}{subject[1:]} {will} be {match['act']}."
    verdict = "We will NOT do this in this version" if negated else "Yes"
    return f"**{topic_of(question)}.** {verdict}: “{text}”"


def decision_of(answer: Answer) -> str:
    """The decision in the words it was chosen by."""
    return answer.text or (f"Later: {answer.later}" if answer.later else "; ".join(answer.choices))


def target_of(question: Question, sections: tuple[Section, ...]) -> Section | None:
    """The section an answer writes into: the question's own target, else by its kind."""
    role: Role = "goals" if question.kind == "yes-no" or question.group == "scope" else "design"
    named = next((section for section in sections if section.number == question.target), None)
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
    if answer.later:
        return ()
    role, statement = _statement(question, answer)
    by_role = {section.role: section for section in sections}
    section = by_role.get(role) if role else target_of(question, sections)
    told = (
        []
        if section is None
        else [(section, _wrote(question, _SHAPES.get(section.role, "bullet"), statement))]
    )
    if "alternatives" in by_role and _weighed(question, answer):
        rows = (
            _wrote(question, "row", cells=_row(question, option, answer))
            for option in _weighed_options(question, answer)
        )
        told += [(by_role["alternatives"], row) for row in rows]
    return tuple(Effect(section.number, passage) for section, passage in told)


def _statement(question: Question, answer: Answer) -> tuple[Role, str]:
    """What an answer says, and the role of the section that says it; none for the question's own target."""
    verdict = label_key(decision_of(answer))
    if verdict == "no" or {NOT_NOW, PREMISE} & set(answer.choices):
        return "non-goals", goal_of(question, negated=True)
    if LATER in answer.choices:
        return "phases", f"**Later phase.** {_quoted(question)}"
    if verdict == "yes" or IN_SCOPE in answer.choices:
        return "goals", goal_of(question)
    return "", f"**{topic_of(question)}.** {_sentence(decision_of(answer))}"


def _wrote(question: Question, kind: PassageKind, text: str = "", cells: tuple[str, ...] = ()) -> Passage:
    """A passage that the answer to a question wrote, cited where the question stands."""
    return Passage(kind, text, "answer", question.citations[:1], cells, question=question.id)


def _weighed(question: Question, answer: Answer) -> bool:
    """Whether the alternatives table tells of it: options were compared, or a yes or no has its reason."""
    if question.group == "scope":
        return False
    return len(question.options) >= 2 or bool(answer.because)


def _weighed_options(question: Question, answer: Answer) -> list[Option]:
    options = [
        option for option in offered(question) if option.label not in FIXED or option.label in answer.choices
    ]
    chosen = [option for option in options if option.label in answer.choices]
    if not chosen:
        chosen = [Option(decision_of(answer), origin="author")]
    return chosen + [option for option in options if option not in chosen]


def _row(question: Question, option: Option, answer: Answer) -> tuple[str, ...]:
    """Option, Pros, Cons, Reason for Rejection: nothing that no source or person states."""
    pros, cons = weigh(option.tradeoff)
    label = option.label.rstrip(".")
    topic = topic_of(question)
    if option.label in answer.choices or option.label == decision_of(answer):
        because = f"Selected: {answer.because.rstrip('.')}" if answer.because else "Selected"
        return (f"**{topic}: {label}** (selected)", pros, cons, because)
    return (f"{topic}: {label}", pros, cons, answer.because.rstrip(".") or "not stated")


def weigh(tradeoff: str) -> tuple[str, str]:
    """A stated tradeoff as (pros, cons), each "not stated" where the text does not say it."""
    gain, but, cost = re.sub(r"\s+", " ", tradeoff).partition(" but ")
    if but:
        return gain.strip(" ,;."), cost.strip(" ,;.")
    if not tradeoff.strip():
        return "not stated", "not stated"
    return (
        ("not stated", tradeoff.strip())
        if _COST.match(tradeoff.strip())
        else (tradeoff.strip(), "not stated")
    )


def _quoted(question: Question) -> str:
    return f"“{' '.join(question.text.split())}”"


def _sentence(text: str) -> str:
    stripped = " ".join(text.split())
    return stripped if stripped.endswith((".", "!", "?", "`", "”")) else stripped + "."

"""Clarify: write the answers into the spec, and list every question with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

from speckit.contrast import CONTRAST, decision_of, effects, label_key, lead_of, offered, target_of, topic_of
from speckit.errors import UnansweredError
from speckit.model import Answer, Dispute, Effect, Passage, Policy, Question, Section, Spec

PROVISIONAL = "*(provisional)*"
FEW = 3  # words; a shorter topic does not tell what is asked
POINTERS = 5  # of a section that waits for answers
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_MARKER = re.compile(r"\s*(?:[-*+]|#{1,6}|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?")  # of an item or a heading
_WORD = re.compile(r"\w+")
_ID = re.compile(r"\bq[0-9a-f]{8}\b")


def clarify(
    spec: Spec, answers: Iterable[Answer], disputes: Iterable[Dispute] = (), policy: Policy = "ask"
) -> Spec:
    """Write answers into a drafted spec.

    Args:
        spec: as drafted, without answers.
        answers: the current answers, by people.
        disputes: questions that have differing answers; they count as open.
        policy: what happens to what nobody answered: `ask` leaves it open, `recommended` takes what the
            research recommends, `defer` leaves it to the owner, `fail` refuses. What a policy takes is
            marked provisional and is nobody's answer.

    Returns:
        The spec with its sections, questions and date as the answers make them.

    Raises:
        UnansweredError: questions are open under `fail`.
    """
    disputed = tuple(disputes)
    by_people = tuple(answers)
    told = replace(spec, answers=by_people, disputes=disputed)
    if policy == "fail" and (left := unanswered(told)):
        ids = ", ".join(question.id for question in left[:5])
        raise UnansweredError(
            f"{len(left)} questions are unanswered ({ids}{' …' if len(left) > 5 else ''}): "
            "answer them in the notebook or an answers file, or run with `unanswered: ask`"
        )
    told = replace(told, answers=by_people + tuple(_by_policy(told, policy)))
    told = _with_updated(told)
    for question in told.questions:
        answer = answer_of(told, question)
        if answer is not None:
            told = _with_effects(told, question, answer)
    sections = tuple(_finished(section, told) for section in told.sections)
    return replace(told, sections=sections)


def unanswered(spec: Spec) -> tuple[Question, ...]:
    """The questions that wait for a person: open or disputed. What is offered for the scope may be left."""
    return tuple(
        question
        for question in spec.questions
        if question.group not in {"scope", "statements"} and spec.state(question) in {"open", "disputed"}
    )


def answer_of(spec: Spec, question: Question) -> Answer | None:
    """The answer to a question, also where it was given to a duplicate; none while it is disputed."""
    if spec.state(question) == "disputed":
        return None
    return next((answer for answer in spec.answers if answer.question in question.ids), None)


def _by_policy(spec: Spec, policy: Policy) -> Iterable[Answer]:
    for question in unanswered(spec):
        if spec.state(question) != "open":
            continue
        if policy == "recommended" and question.recommended:
            labels = tuple(o.label for o in offered(question) if o.label == question.recommended)
            text = "" if labels else question.recommended
            yield Answer(question.id, labels, text, because="the research recommends it", provisional=True)
        elif policy == "defer":
            yield Answer(question.id, later=spec.owner or "the owner", provisional=True)


def _with_updated(spec: Spec) -> Spec:
    """`Last Updated` is the later of creation and the newest answer, never the clock."""
    days = [answer.on for answer in spec.answers if answer.on is not None]
    return replace(spec, updated=max([spec.created, *days]))


def _with_effects(spec: Spec, question: Question, answer: Answer) -> Spec:
    for effect in effects(question, answer, spec.sections):
        spec = _with_effect(spec, question, effect, provisional=answer.provisional)
    return spec


def _with_effect(spec: Spec, question: Question, effect: Effect, *, provisional: bool) -> Spec:
    passage = _marked(effect.passage) if provisional else effect.passage
    at = next(i for i, section in enumerate(spec.sections) if section.number == effect.section)
    section = spec.sections[at]
    if section.role == "design":
        return _with_subsection(spec, section, question, passage)
    grown = replace(section, passages=(*(p for p in section.passages if p.kind != "gap"), passage))
    return replace(spec, sections=(*spec.sections[:at], grown, *spec.sections[at + 1 :]))


def _with_subsection(spec: Spec, parent: Section, question: Question, passage: Passage) -> Spec:
    """A design decision gets a heading of its own, after the pack's subsections and the earlier decisions."""
    prefix = parent.number.rstrip(".") + "."
    inner = [i for i, section in enumerate(spec.sections) if section.number.startswith(prefix)]
    last = inner[-1] if inner else spec.sections.index(parent)
    count = int(spec.sections[last].number.rpartition(".")[2]) if inner else 0
    added = Section(f"{prefix}{count + 1}", topic_of(question), passages=(passage,))
    return replace(spec, sections=(*spec.sections[: last + 1], added, *spec.sections[last + 1 :]))


def _marked(passage: Passage) -> Passage:
    if passage.kind == "row":
        return replace(passage, cells=(f"{passage.cells[0]} {PROVISIONAL}", *passage.cells[1:]))
    return replace(passage, text=f"{passage.text} {PROVISIONAL}")


def _finished(section: Section, spec: Spec) -> Section:
    """What depends on all answers: the proposal of the summary, what is to be decided, the questions."""
    if section.role == "summary":
        return replace(section, passages=(*section.passages, _proposal(spec)))
    if section.role == "questions":
        asked = [q for q in spec.questions if q.group != "scope" or spec.state(q) != "open"]
        return replace(section, passages=tuple(p for q in asked for p in _item(spec, q)))
    if section.role in {"goals", "non-goals", "alternatives", "phases"} and not _decided(section):
        pointers = [_to_decide(q) for q in unanswered(spec) if _concerns(q, section, spec)]
        return replace(section, passages=(*section.passages, *pointers[:POINTERS]))
    return section


def _decided(section: Section) -> bool:
    return any(passage.origin == "answer" for passage in section.passages)


def _concerns(question: Question, section: Section, spec: Spec) -> bool:
    if section.role == "alternatives":
        return len(question.options) >= 2 and question.origin != "template"
    target = target_of(question, spec.sections)
    return target is not None and target.number == section.number


def _to_decide(question: Question) -> Passage:
    """A pointer to an open question: its topic, with the candidates of a source, else with what it asks."""
    told = "; ".join(option.label for option in question.options)
    if not told and len(topic_of(question).split()) < FEW:
        told = " ".join(question.text.split())
    return Passage("decide", f"{lead_of(question)} {told}".rstrip(), "computed")


def _proposal(spec: Spec) -> Passage:
    """The Solution sentence: what was decided, by topic, and how much is open."""
    taken = [(q, a) for q in spec.questions if (a := answer_of(spec, q)) and not a.later]
    left = len(unanswered(spec))
    still_open = f"{left} {'decision' if left == 1 else 'decisions'} open" if left else "no decision open"
    if not taken:
        return Passage("prose", f"**Proposal:** {still_open}.", "computed")
    told = "; ".join(f"{topic_of(q)}: {_short(decision_of(a))}" for q, a in taken[:4])
    more = f"; and {len(taken) - 4} more" if len(taken) > 4 else ""
    return Passage("prose", f"**Solution:** {told}{more}; {still_open}.", "answer")


def _short(text: str, words: int = 12) -> str:
    parts = text.rstrip(".").split()
    return " ".join(parts[:words]) + (" …" if len(parts) > words else "")


def _item(spec: Spec, question: Question) -> Iterable[Passage]:
    """A question with where it stands: its options as boxes while it is open, its decision after."""
    mark = f"<!-- {question.id} -->"
    state = spec.state(question)
    answer = answer_of(spec, question)
    cited = question.citations
    asked = " ".join(question.text.split())
    says_topic = not question.topic or label_key(asked).startswith(label_key(question.topic))
    lead = "" if says_topic else f"{lead_of(question)} "
    folded = question.origin == "research" and not _is_primary(spec, question)
    if answer is not None and not answer.later:
        decision = _by_topic(spec, _decision(question, answer))
        text = f"{lead_of(question)} {decision}{_where(spec, question)} {mark}"
        yield Passage(
            "checkbox", text, "answer", cited[:1], question=question.id, checked=not answer.provisional
        )
    elif answer is not None:
        note = f" {PROVISIONAL}" if answer.provisional else ""
        text = f"{lead}{asked} Later: {answer.later}.{_because(answer)}{note} {mark}"
        yield Passage("checkbox", text, "answer", cited, question=question.id)
    elif state == "confirm":
        put = lead if label_key(asked.rstrip(":")) == label_key(question.answer or "") else f"{lead}{asked} "
        text = f"{put}The research answers: “{question.answer}” {PROVISIONAL} {mark}"
        yield Passage("checkbox", text, "research", cited, question=question.id)
    elif question.group == "statements" or (folded and state == "open"):
        note = " *(to settle)*" if question.group == "statements" else ""
        text = f"**{question.topic}**" if folded and question.topic else f"{lead}{asked}"
        yield Passage("checkbox", f"{text}{note} {mark}", "research", cited, question=question.id)
    elif question.origin == "template":
        labels = "; ".join(_written(question))
        text = f"Not in the research: {lead}{asked} {labels}.{_sides(spec, question)} {mark}"
        yield Passage("checkbox", text, "template", question=question.id)
    else:
        text = f"{_in_full(question) or lead + asked}{_sides(spec, question)} {mark}"
        yield Passage("checkbox", text, question.origin, cited, question=question.id)
        for option, text in zip(offered(question), _written(question), strict=False):
            yield Passage("option", text, option.origin, question=question.id)


def _is_primary(spec: Spec, question: Question) -> bool:
    """Whether the document that the spec rests on most asks this; what only others ask stands folded."""
    return any(citation.path == spec.sources[0] for citation in question.citations) if spec.sources else True


def _in_full(question: Question) -> str:
    """The question with what the research says beside it, as it stands there; empty where that is no item."""
    lines = question.citations[0].quote.split("\n") if question.citations else [""]
    below = list(takewhile(lambda line: line.strip() and not _MARKER.match(line), lines[1:]))
    whole = " ".join(" ".join([_MARKER.sub("", lines[0], count=1), *below]).split())
    asked, told = (" ".join(_WORD.findall(text)) for text in (question.text, whole))
    return whole if asked in told and not whole.startswith("|") else ""


def _written(question: Question) -> Iterable[str]:
    """The options as they are written: `(A) Label — tradeoff`; the computed contrast bears no letters."""
    for letter, option in zip(LETTERS, offered(question), strict=False):
        label = option.label if option.label in CONTRAST else f"({letter}) {option.label}"
        yield f"{label} — {' '.join(option.tradeoff.split())}" if option.tradeoff else label


def _sides(spec: Spec, question: Question) -> str:
    """Who says what, where answers differ."""
    sides = [side for dispute in spec.disputes if dispute.question in question.ids for side in dispute.sides]
    told = "; ".join(f"{side.by or 'somebody'} “{decision_of(side)}”{_because(side)}" for side in sides)
    return f" *Disputed:* {told}." if told else ""


def _decision(question: Question, answer: Answer) -> str:
    decision = decision_of(answer).rstrip(".")
    others = [o.label for o in question.options if o.label not in answer.choices]
    rejected = f" Rejected: {'; '.join(label.rstrip('.') for label in others)}." if others else ""
    by = f" Decided by {answer.by}." if answer.by and not answer.provisional else ""
    mark = f" {PROVISIONAL}" if answer.provisional else ""
    return f"{decision}.{_because(answer)}{rejected}{by}{mark}"


def _because(answer: Answer) -> str:
    return f" Because: {answer.because.rstrip('.')}." if answer.because else ""


def _by_topic(spec: Spec, text: str) -> str:
    """A text that names questions by their ids, with their topics instead."""
    topics = {name: f"“{topic_of(question)}”" for question in spec.questions for name in question.ids}
    return _ID.sub(lambda found: topics.get(found[0], found[0]), text)


def _where(spec: Spec, question: Question) -> str:
    """The sections that the answer wrote into, `→ 5.4, 6`."""
    numbers = [s.number for s in spec.sections if any(p.question == question.id for p in s.passages)]
    return f" → {', '.join(numbers)}" if numbers else ""

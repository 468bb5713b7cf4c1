"""Taking in a spec that was written elsewhere, and writing answers into its text and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from speckit.contrast import decision_of, effects, topic_of
from speckit.errors import LedgerError
from speckit.ledger import Asked, Ledger, open_ledger, spec_topic
from speckit.model import Answer, Effect, Question, Spec
from speckit.reading import Place, places, read_answers, read_spec
from speckit.template import Pack, load_pack

_OPEN_BOX = re.compile(r"^(\s*(?:[-*+]|\d{1,9}[.)])\s+)\[ \]")
_MARK = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+")  # of a list's item, up to its text
_DIGITS = re.compile(r"\d+")
_BULLET = re.compile(r"^\s{0,3}(?P<mark>[-*+])\s+(?P<box>\[[ xX]\]\s+)?")


@dataclass(frozen=True, slots=True)
class Adopted:
    """A spec that was taken in: its ledger, and what was read in it."""

    ledger: Ledger
    spec: Spec


def adopt(path: Path, pack: Pack | None = None) -> Adopted:
    """Take in a spec: its text becomes its base, the answers that it has become records.

    The document is not touched. Adopting it again changes nothing.

    Args:
        path: the spec.
        pack: the template pack whose titles tell the role of a section; `rfc`.

    Raises:
        LedgerError: it cannot be read, its name is not a day and a topic, or speckit wrote it.
    """
    folder = path.parent.resolve()
    ledger = open_ledger(folder, path.name)
    if ledger.adopted is None and ledger.bases.is_dir():
        raise LedgerError(f"{path} has its ledger already: `speckit new` or `speckit lab` go on with it")
    spec = adopted_spec(ledger, ledger.adopt(), pack or load_pack("rfc", folder.parent / "templates"))
    asked = {question.id: question for question in spec.questions}
    for answer in spec.answers:
        ledger.record_adopted(answer, Asked.of(asked[answer.question]))
    return Adopted(ledger, spec)


def adopted_spec(ledger: Ledger, text: str, pack: Pack) -> Spec:
    """Read a spec as it was taken in."""
    return read_spec(text, ledger.document.name, pack, spec_topic(ledger), ledger.created)


def rewritten(text: str, spec: Spec, pack: Pack) -> Spec:
    """A spec that was taken in, with its answers in the sections.

    Args:
        text: the text as it was taken in.
        spec: what was read in it, with the current answers.
        pack: the template pack whose titles tell the role of a section.
    """
    written = write_answers(text, spec, spec.answers, pack)
    return replace(spec, sections=tuple(place.section for place in places(written, pack)))


def write_answers(text: str, spec: Spec, answers: Iterable[Answer], pack: Pack) -> str:
    """Write answers into the text of a spec that was taken in.

    Each marks its question's box, tells the decision below it, and puts its statement at the end of the
    section that it belongs to, where the spec has one. Nothing else changes, no line is wrapped anew.

    Args:
        text: the text as it was taken in.
        spec: what is asked in it; a question without a place in the text is added to its questions.
        answers: the current answers by people; what the text says already is not written again.
        pack: the template pack whose titles tell the role of a section.
    """
    lines = text.split("\n")
    added: dict[int, list[str]] = {}
    there = places(text, pack)
    by_id = {answer.question: answer for answer in answers if not answer.provisional}
    told = {answer.question: answer for answer in read_answers(spec.questions)}
    new_headings = 0
    for question in spec.questions:
        answer = next((by_id[one] for one in question.ids if one in by_id), None)
        if not question.citations:
            _append(question, answer, there, lines, added)
        if answer is None or _is_told(answer, told.get(answer.question)):
            continue
        if question.citations:
            _mark(question, answer, lines, added)
        for effect in effects(question, answer, tuple(place.section for place in there)):
            new_headings += _state(effect, question, there, lines, added, new_headings)
    return "\n".join(line for number, own in enumerate(lines) for line in (own, *added.get(number + 1, ())))


def _is_told(answer: Answer, told: Answer | None) -> bool:
    """Whether an answer is what the text said when it was taken in."""
    return told is not None and replace(answer, by="", on=None) == told


def _append(
    question: Question,
    answer: Answer | None,
    there: Sequence[Place],
    lines: Sequence[str],
    added: dict[int, list[str]],
) -> None:
    """Put a question that somebody asked since behind the others."""
    last = next((place.end for place in there if place.section.role == "questions"), len(lines))
    box = "[x]" if answer and not answer.later else "[ ]"
    item = f"- {box} **{topic_of(question)}.** {question.text}"
    told = [f"  - {_told(question, answer)}"] if answer else []
    added.setdefault(_trimmed(last, lines), []).extend([item, *told])


def _mark(question: Question, answer: Answer, lines: list[str], added: dict[int, list[str]]) -> None:
    """Tick the box of a question, and put the decision below it: in a row, into its last cell."""
    first, last = question.citations[0].start, question.citations[0].end
    while last > first and not lines[last - 1].strip():
        last -= 1
    head, told = lines[first - 1], _told(question, answer)
    if not answer.later:
        lines[first - 1] = _OPEN_BOX.sub(r"\1[x]", head)
    if head.lstrip().startswith("|"):
        row, _, _ = lines[last - 1].rstrip().rpartition("|")
        cell = told.replace("|", "\\|")
        lines[last - 1] = f"{row.rstrip()} {cell} |"
    elif mark := _MARK.match(head):
        added.setdefault(last, []).append(f"{' ' * len(mark[0])}- {told}")
    else:
        added.setdefault(last, []).extend(["", told])


def _told(question: Question, answer: Answer) -> str:
    """The decision as a line of its own, its reason and the options that it leaves behind it."""
    if answer.later:
        return f"**Later:** {answer.later}." + (f" Because: {answer.because}." if answer.because else "")
    rejected = [option.label.rstrip(".") for option in question.options if option.label not in answer.choices]
    parts = [
        f"**Decision:** {decision_of(answer).rstrip('.')}.",
        f"Because: {answer.because.rstrip('.')}." if answer.because else "",
        f"Rejected: {'; '.join(rejected)}." if rejected else "",
        f"Decided by {answer.by}." if answer.by else "",
    ]
    return " ".join(" ".join(filter(None, parts)).split())


def _state(
    effect: Effect,
    question: Question,
    there: Sequence[Place],
    lines: Sequence[str],
    added: dict[int, list[str]],
    new_headings: int,
) -> int:
    """Put what an answer states at the end of its section; how many headings that adds."""
    place = next(place for place in there if place.section.number == effect.section)
    statement = " ".join(effect.passage.text.split())
    if effect.passage.kind == "row" or not statement:
        return 0  # the table of alternatives is the author's own: its columns have names of their own
    if place.section.role == "design":
        last, number = _end_of_design(place, there)
        heading = f"### {place.section.number}.{number + new_headings + 1} {topic_of(question)}"
        added.setdefault(_trimmed(last, lines), []).extend(["", heading, "", statement])
        return 1
    bullets = [n for n in range(place.start, place.end + 1) if _BULLET.match(lines[n - 1])]
    if bullets:
        style = _BULLET.match(lines[bullets[-1] - 1])
        box = "[ ] " if style and style["box"] else ""
        added.setdefault(_trimmed(place.end, lines), []).append(
            f"{style['mark'] if style else '-'} {box}{statement}"
        )
    else:
        added.setdefault(_trimmed(place.end, lines), []).extend(["", f"- {statement}"])
    return 0


def _end_of_design(place: Place, there: Sequence[Place]) -> tuple[int, int]:
    """The last line of a section with its subsections, and the number of the last of them."""
    prefix = f"{place.section.number}."
    inner = [one for one in there if one.section.number.startswith(prefix)]
    numbers = [int(found[0]) for one in inner if (found := _DIGITS.match(one.section.number[len(prefix) :]))]
    following = [one.end for one in there if one.start >= place.start and one in (place, *inner)]
    return max(following), max(numbers, default=0)


def _trimmed(last: int, lines: Sequence[str]) -> int:
    """The last line of a section that is neither blank nor a rule between sections."""
    while last > 1 and lines[last - 1].strip() in {"", "---", "***", "___"}:
        last -= 1
    return last

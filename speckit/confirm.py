"""The second day: answers and citations whose ground has moved, with what the research said and says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from speckit.contrast import FIXED, decision_of, label_key, offered
from speckit.ledger import Asked
from speckit.ledger.bases import Trace
from speckit.model import Answer, Question

ALIKE = 0.5  # share of words in common from which a question may be another one reworded
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Shaken:
    """An answer that needs confirmation.

    Args:
        answer: the answer, by whoever gave it.
        reason: what is no longer as it was, in words.
        before: the lines that asked when it was given.
        now: the lines that ask now; empty where none do.
        question: the question that it is offered to: its own, or the most similar one that is open.
    """

    answer: Answer
    reason: str
    before: str
    now: str = ""
    question: str = ""

    def __str__(self) -> str:
        """One line: whose answer to what, and why."""
        said = f"{self.answer.by or 'somebody'} answered {self.answer.question} “{decision_of(self.answer)}”"
        return f"needs confirmation: {said}; {self.reason}"


def shaken(
    answers: Iterable[Answer], put: Mapping[str, Asked], questions: Iterable[Question]
) -> tuple[Shaken, ...]:
    """Find the answers whose question is gone, or asked differently, or no longer offers what was chosen.

    Args:
        answers: the current answers.
        put: each question as it was put when it was answered, as far as that is known.
        questions: what is asked now.
    """
    given = tuple(answers)
    asked = {one: question for question in questions for one in question.ids}
    answered = {answer.question for answer in given}
    left = [q for q in asked.values() if answered.isdisjoint(q.ids) and q.kind != "statement"]
    found = (
        _moved(answer, put.get(answer.question), asked[answer.question])
        if answer.question in asked
        else _orphaned(answer, put.get(answer.question), left)
        for answer in given
    )
    return tuple(one for one in found if one)


@dataclass(frozen=True, slots=True)
class Moved:
    """A citation of the exported document whose lines say something else now, or are gone.

    Args:
        trace: where it pointed.
        before: the lines as they were; empty where git does not have them.
        now: the lines that stand there now; None where the document is gone.
    """

    trace: Trace
    before: str
    now: str | None

    @property
    def lines(self) -> str:
        """`12` or `12-14`."""
        start, end = self.trace.start, self.trace.end
        return str(start) if start == end else f"{start}-{end}"


def moved(
    traces: Iterable[Trace], read: Callable[[str], str | None], was: Callable[[str, str], str]
) -> tuple[Moved, ...]:
    """Find the citations whose text is no longer anywhere in its document.

    Args:
        traces: where the citations of the export pointed.
        read: gives the text of a research document by its path, None where it is gone.
        was: gives the text of a document at a commit.
    """
    documents: dict[str, list[str] | None] = {}
    found = []
    for trace in traces:
        if trace.path not in documents:
            text = read(trace.path)
            documents[trace.path] = None if text is None else text.split("\n")
        lines = documents[trace.path]
        if lines is None or not _stands(trace, lines):
            committed = _lines(trace, was(trace.path, trace.commit).split("\n") if trace.commit else [])
            before = committed if _hash(committed) == trace.quote else ""
            found.append(Moved(trace, before, None if lines is None else _lines(trace, lines)))
    return tuple(found)


def told_of(found: Iterable[Moved]) -> tuple[str, ...]:
    """One line on each document that citations moved in, but those that are gone: that is told apart."""
    there = sorted((m for m in found if m.now is not None), key=lambda m: (m.trace.path, m.trace.start))
    by_path = groupby(there, lambda m: m.trace.path)
    lines = []
    for path, group in by_path:
        spans = [m.lines for m in group]
        more = f" and {len(spans) - 5} more" if len(spans) > 5 else ""
        where = ", ".join(spans[:5]) + more
        lines.append(f"needs confirmation: {path} no longer says what the spec cites at {where}")
    return tuple(lines)


def _stands(trace: Trace, lines: Sequence[str]) -> bool:
    """Whether the lines that were cited are still there, at their place or at another."""
    count = trace.end - trace.start + 1
    if _hash(_lines(trace, lines)) == trace.quote:
        return True
    return any(
        _hash("\n".join(lines[at : at + count])) == trace.quote for at in range(len(lines) - count + 1)
    )


def _lines(trace: Trace, lines: Sequence[str]) -> str:
    return "\n".join(lines[trace.start - 1 : trace.end])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _moved(answer: Answer, was: Asked | None, question: Question) -> Shaken | None:
    """An answer to a question that is still asked, but not as it was."""
    now = question.citations[0].quote if question.citations else ""
    before = was.quote if was else ""
    offers = {label_key(label) for label in (*FIXED, *(option.label for option in offered(question)))}
    lost = [label for label in answer.choices if label_key(label) not in offers]
    if lost:
        return Shaken(answer, f"{lost[0]!r} is no longer offered", before, now, question.id)
    quotes = {_words(citation.quote) for citation in question.citations}
    if was and was.quote and _words(was.quote) not in quotes:
        return Shaken(answer, "what the research says there has changed", before, now, question.id)
    return None


def _orphaned(answer: Answer, was: Asked | None, left: Iterable[Question]) -> Shaken:
    """An answer to a question that nobody asks any more."""
    gone = "the question is no longer asked"
    if was is None:
        return Shaken(answer, gone, "")
    near = max(left, key=lambda question: _likeness(was, question), default=None)
    if near is None or _likeness(was, near) < ALIKE:
        return Shaken(answer, f"{gone}: “{was.text}”", was.quote or was.text)
    now = near.citations[0].quote if near.citations else near.text
    reason = f"{gone}, but it may answer {near.id}: “{near.text}”"
    return Shaken(answer, reason, was.quote or was.text, now, near.id)


def _likeness(was: Asked, question: Question) -> float:
    """How much of their words two questions of one source share, from 0 to 1."""
    paths = {citation.path for citation in question.citations} or {""}
    one, other = set(_words(was.text)), set(_words(question.text))
    return 2 * len(one & other) / (len(one) + len(other) or 1) if was.path in paths else 0.0


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))

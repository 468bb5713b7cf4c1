"""What the research has for a spec that the spec does not rest on: told on each later run, never added."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from speckit.model import Corpus, Hit, Question
from speckit.pipeline import MOST, SHARE, Drafted
from speckit.questions import find_questions


@dataclass(frozen=True, slots=True)
class Newer:
    """Documents that are new or rank above what was taken in, and what they ask that the spec does not."""

    hits: tuple[Hit, ...] = ()
    questions: tuple[Question, ...] = ()

    def __str__(self) -> str:
        """`2 new documents, 1 new question`; empty where there is none."""
        counts = ((len(self.hits), "new document"), (len(self.questions), "new question"))
        return ", ".join(f"{count} {name}{'s' * (count > 1)}" for count, name in counts if count)


def find_newer(corpus: Corpus, drafted: Drafted, since: dt.date) -> Newer:
    """Find what a spec would take in, or might, if it were begun today.

    That is what ranks close to the best and is either dated after `since`, or would be taken in unasked.

    Args:
        corpus: what was loaded.
        drafted: the hits, and the documents that were taken in.
        since: the day that the spec was begun.
    """
    taken = {document.path for document in drafted.documents}
    close = [hit for hit in drafted.hits if hit.score >= SHARE * drafted.hits[0].score]
    hits = tuple(
        hit
        for rank, hit in enumerate(close)
        if hit.document.path not in taken
        and (rank < MOST or (hit.document.date is not None and hit.document.date > since))
    )
    asked = {name for question in drafted.spec.questions for name in question.ids}
    questions = {
        question.id: question
        for hit in hits
        for question in find_questions(corpus.whole(hit.document))
        if not (question.resolved or question.kind == "statement" or asked.intersection(question.ids))
    }
    return Newer(hits, tuple(questions.values()))

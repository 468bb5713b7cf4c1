"""Analyze: what the documents say, each finding with the lines it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from speckit.analyze.conflicts import conflicts
from speckit.analyze.findings import findings
from speckit.analyze.passages import excerpts
from speckit.model import Document, Finding, Findings, Question
from speckit.questions import find_questions

__all__ = ["analyze"]


def analyze(documents: Sequence[Document]) -> Findings:
    """Find what the documents say, and what they leave open.

    Args:
        documents: the primary one first.

    Returns:
        The findings, the primary document's first and in reading order, and the questions, each once.
    """
    found = [finding for document in documents for finding in findings(document, excerpts(document))]
    said = _unrepeated(found)
    dates = {document.path: document.date for document in documents}
    ranked = enumerate([*said, *conflicts(said, dates)])
    questions = [question for document in documents for question in find_questions(document)]
    return Findings(tuple(replace(finding, rank=rank) for rank, finding in ranked), _merged(questions))


def _unrepeated(found: Sequence[Finding]) -> list[Finding]:
    """Findings without those that say word for word what an earlier one says."""
    seen: dict[str, Finding] = {}
    for finding in found:
        seen.setdefault(" ".join(finding.text.split()), finding)
    return list(seen.values())


def _merged(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Questions without duplicates; the first keeps the ids and the places of the others."""
    merged: dict[str, Question] = {}
    for question in questions:
        first = merged.get(question.id)
        if first is None:
            merged[question.id] = question
        else:
            ids = dict.fromkeys((*first.ids, *question.ids))
            merged[question.id] = replace(
                first, ids=tuple(ids), citations=(*first.citations, *question.citations)
            )
    return tuple(merged.values())

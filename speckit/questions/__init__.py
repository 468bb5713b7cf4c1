"""Questions that a document leaves open or settles itself, with what it says about their answers."""

from __future__ import annotations

import re

from speckit.model import Document, Question, QuestionKind
from speckit.questions.identity import question_id
from speckit.questions.sections import entries

__all__ = ["find_questions", "question_id"]

_YES_NO = re.compile(r"\b(?:Should|Do|Does|Is|Are|Can|Will|Could|Would)\b[^?]*\?")


def find_questions(document: Document) -> tuple[Question, ...]:
    """Find the items of a document's sections of open questions, in order.

    Args:
        document: any markdown: research, a spec, an RFC.

    Returns:
        Open and resolved questions, and statements filed among them.
    """
    found: dict[str, Question] = {}
    for entry in entries(document.text):
        text = " ".join(entry.lead.split())
        identity = question_id(text)
        kind: QuestionKind = "open" if "?" in text else "statement"
        if kind == "open" and _YES_NO.search(text):
            kind = "yes-no"
        found.setdefault(
            identity,
            Question(
                identity,
                text,
                kind,
                "statements" if kind == "statement" else "decide",
                citations=(document.cite(entry.start, entry.end),),
                ids=(identity,),
            ),
        )
    return tuple(found.values())

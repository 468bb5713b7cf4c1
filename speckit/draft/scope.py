"""What the research asks for, item by item, to be taken into scope or left out of it.

Candidates are the rows and items of lists that say what is to hold or to be done, the outcomes that the
research question names, and what the research calls out of scope, which is read as a non-goal at first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from speckit.draft.choosing import count_words
from speckit.draft.schedule import tells_schedule
from speckit.draft.shapes import row_cells
from speckit.model import Citation, Finding, FindingKind, Findings, Question
from speckit.questions import question_id

MOST = 12  # items; real specs take up two or three of them, and more than five offered for one is a flood
FEWEST_WORDS, MOST_WORDS = 4, 40  # of an item that can be judged alone
KINDS: tuple[FindingKind, ...] = ("requirement", "exclusion", "question", "recommendation")

_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?(?P<text>\S.*)")  # of a list that is not nested
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`*])")
_LABEL = re.compile(
    r"^\*\*(?:goals?|requirements?|outcomes?|expected(?: \w+)?|scope|note)\s*:?\*\*:?\s*", re.IGNORECASE
)
# What a researcher is told to do says nothing about what is to be built.
_TASK = re.compile(
    r"^\W*(?:analy[sz]e|assess|check|compare|determine|document|examine|explore|figure out|find|identify"
    r"|investigate|list|look|map|research|review|study|trace|understand|verify"
    r"|also|additionally|specifically|how|what|when|where|which|who|why|whether)\b",
    re.IGNORECASE,
)
_EXCLUDES = re.compile(
    r"^\W*(?:no|not|do not|don't|never|keep|leave|avoid)\b"
    r"|\b(?:must|should|will) (?:stay|remain|not)\b|\b(?:out of|not in) scope\b|\bun(?:changed|affected)\b",
    re.IGNORECASE,
)


def scope_questions(findings: Findings) -> tuple[Question, ...]:
    """Offer what the primary document asks for, each once, the items of one list or table together.

    Args:
        findings: what the documents say, the primary document's first.

    Returns:
        Questions of the group `scope` whose text is the item, in the words of the research; `topic` is the
        heading they stand under. What the research excludes is recommended with `no`.
    """
    asked = {identity for question in findings.questions for identity in question.ids}
    primary = findings.items[0].citation.path if findings.items else ""
    offered: dict[str, Question] = {}
    for finding in findings.of(*KINDS):
        for citation, text in _items(finding) if finding.citation.path == primary else ():
            identity = question_id(text)
            if identity not in asked and identity not in offered and len(offered) < MOST:
                offered[identity] = _question(identity, text, citation, finding)
    return tuple(offered.values())


def _question(identity: str, text: str, citation: Citation, finding: Finding) -> Question:
    excluded = finding.kind == "exclusion" or bool(_EXCLUDES.search(text))
    return Question(
        identity,
        text,
        "yes-no",
        "scope",
        topic=finding.headings[-1] if finding.headings else finding.subject,
        citations=(citation,),
        recommended="no" if excluded else None,
        ids=(identity,),
    )


def _items(finding: Finding) -> Iterator[tuple[Citation, str]]:
    """What a finding asks for, each with the line that says it; compounds are split."""
    cited = finding.citation
    for number, line in enumerate(cited.quote.split("\n"), cited.start):
        place = Citation(cited.path, number, number, line)
        for text in _asked(finding, line):
            plain = _LABEL.sub("", text).strip()
            whole = not plain.endswith((":", "?", ",")) and FEWEST_WORDS <= count_words(plain) <= MOST_WORDS
            if whole and not _TASK.match(plain) and not tells_schedule(plain):
                yield place, plain


def _asked(finding: Finding, line: str) -> Iterator[str]:
    if item := _ITEM.match(line):
        yield from item["text"].split("; ")
    elif finding.text.startswith("|") and "\n" not in finding.text:
        yield " — ".join(filter(None, row_cells(finding.text)))
    elif finding.kind != "recommendation" and not line.startswith(("|", " ", "\t", "#", "```")):
        yield from _SENTENCE.split(line)

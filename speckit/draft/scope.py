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
EACH = 6  # of one list or table
FEWEST_WORDS, MOST_WORDS = 4, 50  # of an item that can be judged alone
KINDS: tuple[FindingKind, ...] = ("requirement", "exclusion", "question", "recommendation")
# Findings of other kinds ask for something only where they prescribe it.
OTHERS: tuple[FindingKind, ...] = ("summary", "reference", "decision", "problem", "detail", "current", "code")

_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?(?P<text>\S.*)")  # of a list that is not nested
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`*])")
_LABEL = re.compile(
    r"^\*\*(?:goals?|requirements?|outcomes?|expected(?: \w+)?|scope|note)\s*:?\*\*:?\s*", re.IGNORECASE
)
# What a researcher is told to do says nothing about what is to be built.
_TASK = re.compile(
    r"^\W*(?:analy[sz]e|assess|check|compare|determine|document|examine|explore|figure out|find|identify"
    r"|investigate|list|look|map|research|review|study|trace|understand|verify"
    r"|audit|reference|thoroughly|for each|tries|also|additionally|specifically"
    r"|how|what|when|where|which|who|why|whether)\b",
    re.IGNORECASE,
)
_PRESCRIBES = re.compile(
    r"(?:^|— |: |:\*\* )\W*(?:add|update|modify|create|remove|delete|replace|extend|reorder|keep|pass|move"
    r"|rename|convert|implement|support|introduce|drop|wire|migrate|invert)\b"
    r"|\b(?:needs? to|need updating|must|has to|have to|should|one would|key change|simplified approach"
    r"|follows? (?:a|the) (?:\w+ )?(?:convention|pattern)|pattern to (?:follow|replicate)"
    r"|would allow|do(?:es)? not need)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(r"\b(?:chang|modif|edit|creat|delet|remov|add)", re.IGNORECASE)
_ACTIONS = re.compile(
    r"\|[^|]*\b(?:proposed|changes?|new|should|actions?|needed|replacement)\b", re.IGNORECASE
)
_POINTS_BACK = re.compile(r"\W*(?:adding|doing|this|that|these|those|it|they)\b", re.IGNORECASE)
_EXCLUDES = re.compile(
    r"^\W*(?:no\b(?! [^,;:]*\b(?:is|are|may|can|must)\b)|(?:not|do not|don't|never|keep|leave|avoid)\b)"
    r"|\b(?:must|should|will) (?:stay|remain)\b|\bwill not\b|\b(?:out of|not in) scope\b"
    r"|\bkeep(?:\*\*)? as-is\b|\bno (?:\w+ ){0,3}changes? (?:are |is )?(?:needed|required)\b"
    r"|\bun(?:changed|affected)\b",
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
    for finding in findings.of(*KINDS, *OTHERS):
        for citation, text in _items(finding) if finding.citation.path == primary else ():
            if finding.kind in OTHERS and not _tells_actions(finding) and not _prescribes(finding, text):
                continue
            identity = question_id(text)
            question = _question(identity, text, citation, finding)
            together = sum(other.topic == question.topic for other in offered.values())
            if identity not in asked and identity not in offered and together < EACH and len(offered) < MOST:
                offered[identity] = question
    return tuple(offered.values())


def _prescribes(finding: Finding, text: str) -> bool:
    """Whether a text tells what is to be done; a list of files does where its heading says so."""
    lists_files = finding.kind == "reference" and not _CHANGES.search("".join(finding.headings[-1:]))
    return bool(_PRESCRIBES.search(text)) and not lists_files and not _POINTS_BACK.match(text)


def _tells_actions(finding: Finding) -> bool:
    """Whether a finding is a table with a column of what is to be."""
    rows = _rows(finding)
    return len(rows) > 2 and bool(_ACTIONS.search(rows[0]))


def _rows(finding: Finding) -> list[str]:
    return [line for line in finding.text.split("\n") if line.startswith("|")]


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
        if line.startswith("```"):
            break
        place = Citation(cited.path, number, number, line)
        for text in _asked(finding, line):
            plain = _LABEL.sub("", text).strip()
            plain = plain.rstrip(":") if finding.kind == "code" else plain
            whole = not plain.endswith((":", "?", ",")) and FEWEST_WORDS <= count_words(plain) <= MOST_WORDS
            if whole and not _TASK.match(plain) and not tells_schedule(plain):
                yield place, plain


def _asked(finding: Finding, line: str) -> Iterator[str]:
    if item := _ITEM.match(line):
        yield from item["text"].split("; ")
    elif finding.text.startswith("|") and "\n" not in finding.text:
        yield " — ".join(filter(None, row_cells(finding.text)))
    elif line.startswith("|") and _tells_actions(finding):
        if line not in _rows(finding)[:2]:
            yield " — ".join(filter(None, row_cells(line)))
    elif finding.kind != "recommendation" and not line.startswith(("|", " ", "\t", "#", "```")):
        yield from _SENTENCE.split(line)

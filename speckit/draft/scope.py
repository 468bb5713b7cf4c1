"""What the research asks for, item by item, to be taken into scope or left out of it.

Candidates are the rows and items of lists that say what is to hold or to be done, the outcomes that the
research question names, and what the research calls out of scope, which is read as a non-goal at first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from operator import itemgetter

from speckit.contrast import tells_fault
from speckit.draft.choosing import count_words
from speckit.draft.outcomes import RESEARCH, outcomes
from speckit.draft.schedule import tells_schedule
from speckit.draft.shapes import row_cells
from speckit.model import Citation, Finding, FindingKind, Findings, Question
from speckit.questions import question_id

MOST = 16  # items, of which real specs take up three or four; more than five offered for one is a flood
EACH = 6  # of one list or table
FEWEST_WORDS, MOST_WORDS = 4, 50  # of an item that can be judged alone
KINDS: tuple[FindingKind, ...] = ("question", "requirement", "recommendation", "exclusion")
# Findings of other kinds ask for something only where they prescribe it, or say that it is missing.
OTHERS: tuple[FindingKind, ...] = ("summary", "reference", "decision", "problem", "detail", "current", "code")

_ITEM = re.compile(r"(?P<nested>\s*)(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?(?P<text>\S.*)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`*])")
_LABEL = re.compile(
    r"^\*\*(?:goals?|requirements?|outcomes?|expected(?: \w+)?|scope|note)\s*:?\*\*:?\s*", re.IGNORECASE
)
# What a researcher is told to do says nothing about what is to be built.
_TASK = re.compile(
    rf"^\W*(?:{'|'.join(sorted(RESEARCH))}|thoroughly|for each|tries|also|additionally|specifically"
    r"|how|what|when|where|which|who|why|whether)\b",
    re.IGNORECASE,
)
_PRESCRIBES = re.compile(
    r"(?:^|— |: |:\*\* )\W*(?:add|update|modify|create|remove|delete|replace|extend|reorder|keep|pass|move"
    r"|rename|convert|implement|support|introduce|drop|wire|migrate|invert|use|consider|extract)\b"
    r"|\b(?:needs? to|need updating|must|has to|have to|should|one would|key change|simplified approach"
    r"|follows? (?:a|the) (?:\w+ )?(?:convention|pattern)|pattern to (?:follow|replicate)"
    r"|would allow|do(?:es)? not need|(?:better|recommended) (?:approach|way|fix))\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(r"\b(?:chang|modif|edit|creat|delet|remov|add)", re.IGNORECASE)
_ACTIONS = re.compile(
    r"\|[^|]*\b(?:proposed|changes?|new|should|actions?|needed|replacement)\b", re.IGNORECASE
)
_GAPS = re.compile(r"\|\W*(?P<name>(?:[\w-]+ )?(?:gap|issue|problem|bug|limitation)s?)\W*\|", re.IGNORECASE)
_STATES = re.compile(r"\|[^|]*\b(?:status|state)\b", re.IGNORECASE)
_RECOMMENDED = re.compile(r"\brecommended\b", re.IGNORECASE)
# Before code, what is not whole without it.
_WAITS = re.compile(r"\b(?:should|must|to|be|is|are|as|with|include|following|like)\W*$", re.IGNORECASE)
# Parts of an item that can be judged apart: none that only makes sense behind the one before it.
_COMPOUND = re.compile(
    r"; (?!(?:it|they|this|that|these|those|which|so|and|but|or|its|their)\b)", re.IGNORECASE
)
_POINTS_BACK = re.compile(
    r"\W*(?:(?:but|however)\W+)?(?:adding|doing|this|that|these|those|it|they)\b", re.IGNORECASE
)
_EXCLUDES = re.compile(
    r"^\W*(?:no\b(?! [^,;:]*\b(?:is|are|may|can|must)\b)|(?:not|do not|don't|never|keep|leave|avoid)\b)"
    r"|\b(?:must|should|will) (?:stay|remain)\b|\bwill not\b|\b(?:out of|not in) scope\b"
    r"|\bkeep(?:\*\*)? as-is\b|\bno (?:\w+ ){0,3}changes? (?:are |is )?(?:needed|required)\b"
    r"|\bun(?:changed|affected)\b",
    re.IGNORECASE,
)


def scope_questions(findings: Findings) -> tuple[Question, ...]:
    """Offer what the research asks for, each once, the items of one list or table together.

    The primary document may say it anywhere, others only where they state requirements, as a ticket does.

    Args:
        findings: what the documents say, the primary document's first.

    Returns:
        Questions of the group `scope` whose text is the item, in the words of the research; `topic` is the
        heading they stand under. What the research excludes is recommended with `no`.
    """
    asked = {identity for question in findings.questions for identity in question.ids}
    primary = findings.items[0].citation.path if findings.items else ""
    offered: dict[str, Question] = {}
    own = [finding for finding in findings.of(*KINDS, *OTHERS) if finding.citation.path == primary]
    others = [finding for finding in findings.of("requirement") if finding.citation.path != primary]
    first = sorted(chain.from_iterable(map(_candidates, own)), key=itemgetter(0))
    for _, question in chain(first, chain.from_iterable(map(_candidates, others))):
        together = sum(other.topic == question.topic for other in offered.values())
        if asked.isdisjoint(question.ids) and question.id not in offered and together < EACH:
            offered[question.id] = question
    return tuple(offered.values())[:MOST]


def _candidates(finding: Finding) -> Iterator[tuple[int, Question]]:
    """What a finding may offer, each with its place in the order.

    What is asked for outright is first (0), what is left out next (1), and what is told from the text last.
    """
    outright = finding.kind in KINDS or len(_rows(finding)) > 2
    for citation, text in _items(finding):
        if finding.kind in KINDS or _asks(finding, text):
            question = _question(question_id(text), text, citation, finding)
            yield int(bool(question.recommended)) if outright else 2, question


def _asks(finding: Finding, text: str) -> bool:
    """Whether a text tells what is to be done, or what is missing today.

    A row of a table does where its header says so, a list of files where its heading does, and an item of
    any list where the line that leads to it asks for something.
    """
    if len(_rows(finding)) > 2:
        return True
    if _POINTS_BACK.match(text):
        return False
    if finding.kind == "reference" and not _CHANGES.search("".join(finding.headings[-1:])):
        return tells_fault(text)
    lead, _, rest = finding.text.partition("\n")
    led = lead.endswith(":") and text in rest and bool(_PRESCRIBES.search(lead))
    return led or bool(_PRESCRIBES.search(text)) or tells_fault(text)


def _rows(finding: Finding) -> list[str]:
    return [line for line in finding.text.split("\n") if line.startswith("|")]


def _row(finding: Finding, line: str) -> Iterator[str]:
    """What a row asks for, by the header of its table: an action, a gap, or a state that is none."""
    rows = _rows(finding)
    told = " — ".join(filter(None, row_cells(line)))
    if len(rows) == 1:
        yield told
    elif rows and line not in rows[:2]:
        if _ACTIONS.search(rows[0]):
            yield told
        elif gap := _GAPS.match(rows[0]):
            yield f"{gap['name']}: {told}"
        elif _STATES.search(rows[0]) and tells_fault(told):
            yield told


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
    label_only = False  # the item that nested ones stand under says too little to be judged without them
    for number, line in enumerate(cited.quote.split("\n"), cited.start):
        if line.startswith("```"):
            break
        if item := _ITEM.match(line):
            if not item["nested"]:
                label_only = count_words(item["text"]) < FEWEST_WORDS
            elif not label_only:
                continue
        place = Citation(cited.path, number, number, line)
        for text in _asked(finding, line):
            plain = _LABEL.sub("", text).strip()
            plain = plain.rstrip(":") if finding.kind == "code" and not _WAITS.search(plain) else plain
            task = finding.kind != "question" and _TASK.match(plain)
            if _is_whole(plain) and not task and not tells_schedule(plain):
                yield place, plain


def _is_whole(text: str) -> bool:
    """Whether a text can be judged alone."""
    goes_on = text.rstrip("*_ ").endswith((":", "?", ","))
    return not goes_on and FEWEST_WORDS <= count_words(text) <= MOST_WORDS


def _asked(finding: Finding, line: str) -> Iterator[str]:
    item = _ITEM.match(line)
    if line.startswith("|"):
        yield from _row(finding, line)
    elif not item and line.startswith((" ", "\t", "#", "```")):
        return
    elif finding.kind == "question":
        for sentence in _SENTENCE.split(item["text"] if item else line):
            yield from outcomes(sentence)
    elif item:
        yield from _COMPOUND.split(item["text"]) if finding.kind in KINDS else [item["text"]]
    else:
        marked = _RECOMMENDED.search("".join(finding.headings[-1:]))
        for sentence in _SENTENCE.split(line):
            if finding.kind != "recommendation" or marked or _RECOMMENDED.search(sentence):
                yield sentence

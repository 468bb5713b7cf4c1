"""What a research question wants to be so in the end, less what its researcher is told to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from speckit.questions.vocabulary import VERBS

# Verbs that tell a researcher what to do; nothing is built by them.
RESEARCH = frozenset(
    (
        *("analyze", "analyse", "assess", "audit", "catalog", "check", "compare", "determine", "discover"),
        *("document", "evaluate", "examine", "explore", "figure", "find", "identify", "investigate", "list"),
        *("look", "map", "reference", "research", "review", "study", "trace", "understand", "verify"),
    )
)
_MAKING = (VERBS | {"design", "plan", "modify", "incorporate", "improve", "optimize", "redesign"}) - (
    RESEARCH | {"be", "become", "follow", "have", "report"}
)
_ANY = "|".join(sorted(_MAKING | RESEARCH))
_MAKE = "|".join(sorted(_MAKING))
_MAKES = re.compile(rf"(?:{_MAKE})\b", re.IGNORECASE)
_TASK = "|".join(sorted(RESEARCH))
# Where a researcher's task ends and what it is good for begins.
_AIM = re.compile(
    rf"\bhow (?:to|(?:can|could|should|do) we)\s+(?=(?:{_MAKE})\b)"
    rf"|(?<!need )(?<!needs )\bto\s+(?=(?:{_MAKE})\b)",
    re.IGNORECASE,
)
_STARTS_AS_TASK = re.compile(
    rf"\W*(?:(?:also|additionally|then|specifically|thoroughly|comprehensive\w*)\W+)*(?:(?:{_TASK}|how)\b"
    r"|(?:be (?:very )?thorough|pay attention|focus on|(?:deliver|produce) (?:an?|the)|for (?:each|example)"
    r"|evidence|this will require you|use (?:multiple|parallel|the following))\b)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"(?:;|,)\s+(?:and\s+|then\s+)*(?=(?:how\s+to\s+)?(?:{_ANY})\b)"
    rf"|\s+(?:and|then)\s+(?=how\s+to\s+(?:{_ANY})\b|(?:{_TASK})\b)|,\s+(?:and\s+)?(?=how\b)"
    r"|(?:[,;]|(?<=:))\s+(?:and\s+)?(?=\(\w\)\s)|(?=,\s+(?:covering|specifically)\b)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:how\s+to|to|how\s+(?:can|could|should|do)\s+we)\s+", re.IGNORECASE)
_COUNTED = re.compile(r"^\(\w\)\s+")
_WHY = re.compile(
    rf"\b(?:why|causes?(?! of\b))\s+[^;?]+?"
    rf"(?=[,;]\s+(?:and\s+)?(?:why|what|{_TASK})\b|[.;?]?\s*$|[.;?]\s)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r",\s+(?:and\s+)?(?![^()]*\))")
_FEWEST = 4  # words of a clause that says something alone


def outcomes(sentence: str) -> Iterator[str]:
    """The outcomes that a sentence of a research question names, in its words.

    "Research X to build A, and document B" names the building of A; "why X fails" and "causes X to fail"
    name a fault; a sentence that tells no researcher what to do is an outcome itself.
    """
    asks = sentence.rstrip().endswith("?") or bool(_STARTS_AS_TASK.match(sentence))
    faults = [match[0].rstrip(" .") for match in _WHY.finditer(sentence)]
    if not asks:
        yield sentence
    elif faults:
        yield from faults
    elif aim := _AIM.search(sentence):
        for part in map(str.strip, _NEXT.split(sentence[aim.start() :])):
            wanted = _COUNTED.match(part) or _MAKES.match(_LEAD.sub("", part))
            if wanted and not part.endswith(":"):  # what waits for a list is said by its items
                yield from _clauses(_stated(part))


def _stated(part: str) -> str:
    return _capital(_LEAD.sub("", _COUNTED.sub("", part)).rstrip(" ?.,"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _clauses(wanted: str) -> Iterator[str]:
    """The clauses that stand behind "so that", where there are several, else all of it."""
    _, _, purpose = wanted.partition(" so that ")
    clauses = _CLAUSE.split(purpose)
    several = len(clauses) > 2 and all(len(clause.split()) >= _FEWEST for clause in clauses)
    yield from map(_capital, clauses) if several else [wanted]

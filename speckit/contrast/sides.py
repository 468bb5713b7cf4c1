"""What each side of an either-or says, as a clause of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from speckit.contrast.clauses import (
    ADVERB,
    ADVERBS,
    DECIDED,
    WHETHER,
    Clause,
    capital,
    read_clause,
    unnumbered,
    verbal,
)
from speckit.questions.vocabulary import AUXILIARY, PREPOSITIONS
from speckit.questions.wording import outside

_MEANS = re.compile(r"^whether\s(?P<subject>[^,;:]+?)\smeans\s", re.IGNORECASE)
_ASKS = re.compile(rf"\b{AUXILIARY}\s", re.IGNORECASE)
_SECOND = re.compile(rf",?\s+or\s+(?P<clause>{AUXILIARY}\s)", re.IGNORECASE)
_COMMA_OR = re.compile(r",\s+(?:or\s+)?|\s+or\s+", re.IGNORECASE)
_OR = re.compile(r",?\s+or\s+(?:else\s+|rather\s+|instead\s+)?", re.IGNORECASE)
_PARTICIPLE = re.compile(
    r"(?:re-)?(?:\w{2,}ed|\w{3,}en|kept|left|put|set|built|rebuilt|shown|held|made|done|read|split|sent|run|cut)",
    re.IGNORECASE,
)
_HEAD = re.compile(rf"(?:be\s)?[\w-]+\s(?:(?:{'|'.join(sorted(PREPOSITIONS))})\s)?")
_ARTICLE = re.compile(r"an?\s")
_BARE = re.compile(r"[a-z][a-z-]*[a-rt-z]")  # a noun that is not several


def sides(sentence: str, labels: Sequence[str]) -> list[Clause | None]:
    """What each option of a question says, as a clause; None where words leave doubt.

    Args:
        sentence: the question that puts the options, or ends in a colon before them.
        labels: the options, in its order.
    """
    if sentence.rstrip().endswith(":"):
        stem = sentence.rstrip(": ")
        return [read_clause(f"{stem} {_small(label)}") for label in labels]
    text = WHETHER.sub(r"should \g<subject> \g<predicate>", unnumbered(sentence.strip()).rstrip("?. "))
    text = _MEANS.sub(r"does \g<subject> mean ", text)
    plain = outside(text)
    if second := _SECOND.search(plain):
        return _two_clauses(text[: second.start()], text[second.start("clause") :])
    members = _members(text, plain)
    first = read_clause(members[0]) if len(members) > 1 else None
    if first is None:
        return []
    told = [_beside(first.predicate, member) for member in members[1:]]
    whole = first.predicate.rpartition(" ")[2] not in PREPOSITIONS
    return [first if whole else None, *(replace(first, predicate=one) if one else None for one in told)]


def _two_clauses(one: str, other: str) -> list[Clause | None]:
    """Two questions joined by "or": the second has the condition of the first, and "it" means its subject."""
    first, second = read_clause(one), read_clause(other)
    same = bool(second and second.subject.lower() in {"it", "they"})
    if first and second:
        case = second.case or (first.case if second.auxiliary in DECIDED else "")
        second = replace(second, subject=first.subject if same else second.subject, case=case)
    elif same:
        second = None
    alone = second and not same and second.subject.lower() in {"this", "these", "that", "those"}
    return [first, None if alone else second]


def _small(label: str) -> str:
    return label if capital(label[:1].lower() + label[1:]) != label else label[:1].lower() + label[1:]


def _members(text: str, plain: str) -> list[str]:
    asks = _ASKS.search(plain)
    start = asks.end() if asks else 0
    joints = list(_OR.finditer(plain, start))
    if not joints:
        return []
    best = next((joint for joint in joints if joint[0].startswith(",")), joints[-1])
    before = text[: best.start()]
    if best[0].startswith(",") and ", " in outside(before)[start:]:
        cuts = list(_COMMA_OR.finditer(outside(before), start))
        edges = [0, *(cut.end() for cut in cuts)]
        ends = [*(cut.start() for cut in cuts), len(before)]
        return [*(before[a:b] for a, b in zip(edges, ends, strict=True)), text[best.end() :]]
    return [before, text[best.end() :]]


def _beside(predicate: str, other: str) -> str:
    """The predicate with its end replaced by the other side of an "or"; empty where doubt is left."""
    adverbs = ADVERBS.match(outside(predicate))
    own = ADVERBS.match(outside(other))
    base = predicate[adverbs.end() :] if adverbs else predicate
    first = outside(other[own.end() :] if own else other).lower().split(" ", 1)[0].strip(",")
    if (verbal(first) or first == "be") and (" " in other or " " not in base):
        return other
    if base.startswith("be "):
        second = base.split(" ")[1].strip(",")
        if _PARTICIPLE.fullmatch(first) or not _PARTICIPLE.fullmatch(second):
            part = second == "part" and not _PARTICIPLE.fullmatch(first)
            return f"be part of {other}" if part else f"be {_with_article(base[3:], other)}"
    plain = outside(base)
    if own and "only" in own[0].lower():
        return ""
    if own and (adverb := re.search(rf"\b{ADVERB}\b(?!\s\()", plain)) and first in PREPOSITIONS | {""}:
        return f"{base[: adverb.start()]}{other}"
    if first in PREPOSITIONS:
        held = [one for one in re.finditer(r"(?<=\s)[a-z]+(?=\s|$)", plain) if one[0] in PREPOSITIONS]
        same = [one for one in held if one[0] == first]
        return f"{base[: (same or held)[-1].start()]}{other}" if held else ""
    head = _HEAD.match(plain)
    bare = head and not PREPOSITIONS.intersection(plain[head.end() :].split())
    return f"{base[: head.end()]}{_with_article(base[head.end() :], other)}" if head and bare else ""


def _with_article(one: str, other: str) -> str:
    """A bare name with the article of the one that it stands beside."""
    bare = _BARE.fullmatch(other) if _ARTICLE.match(one) else None
    return f"{'an' if other[0] in 'aeiou' else 'a'} {other}" if bare else other

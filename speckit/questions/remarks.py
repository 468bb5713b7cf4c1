"""What the sentences behind a question say of one of its options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from speckit.questions.offer import Offer
from speckit.questions.stance import Part
from speckit.questions.wording import Lead, asks, masked, outside, sentences

_WORD = re.compile(r"[a-z][\w-]*", re.IGNORECASE)
_CLAUSE = re.compile(
    r";\s|,\s(?:but|while|whereas|and)\s(?=\w+(?:\s\w+)?\s(?:would|is|are|could|allows?|gives?)\b)"
)
_ARTICLE = re.compile(r"^an?\s", re.IGNORECASE)  # "the …" is what is known, and seldom an option
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_DENIED = re.compile(
    r"\b(?:no|not|without|never)\b.*", re.IGNORECASE
)  # what is said of that is for the others
_ENDING = re.compile(r"(?:ing|ed|es|e|s)$")
_SAME = re.compile(
    r"\b(?:the same|this|that|existing|similar) (?:pattern|approach|way|behaviou?r|strategy|model)\b",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    ("the", "a", "an", "to", "be", "as", "in", "on", "of", "for", "with", "and", "or", "it", "use")
)


def remarked(offers: Sequence[Offer], lead: Lead, told: Sequence[Part]) -> tuple[Offer, ...]:
    """Options with the remark on each as its tradeoff.

    Behind the question it is a clause that begins with a word of that one alone, before it one that begins
    with the option.
    """
    ahead, behind = _around(lead, told)
    own = _own([_DENIED.sub("", offer.label) for offer in offers])
    found: dict[int, str] = {}
    for clause in _clauses(behind):
        first = next(iter(_stems(_ARTICLE.sub("", outside(clause)).split(" ", 1)[0])), "")
        named = [at for at, stems in enumerate(own) if first and first in stems]
        if len(named) == 1:
            found.setdefault(named[0], clause)
    for clause in _clauses(ahead):
        for at, offer in enumerate(offers):
            if clause.casefold().startswith(f"{offer.label.casefold()} "):
                found.setdefault(at, clause)
    return tuple(
        replace(offer, tradeoff="; ".join(filter(None, (offer.tradeoff, found.get(at, "")))))
        for at, offer in enumerate(offers)
    )


def pointed_at(recommended: str, labels: Sequence[str], told: Sequence[Part]) -> str | None:
    """The option meant by "the same pattern": the one whose own words the sentence before has."""
    if not _SAME.search(recommended):
        return None
    said = [clause for part in told for sentence in sentences(part.text) for clause in _unwrapped(sentence)]
    at = next((at for at, sentence in enumerate(said) if recommended.rstrip(".") in sentence), 0)
    before = set(_stems(said[at - 1])) if at and not asks(said[at - 1]) else set()
    named = [label for label, stems in zip(labels, _own(labels), strict=True) if stems & before]
    return named[0] if len(named) == 1 else None


def _around(lead: Lead, told: Sequence[Part]) -> tuple[list[str], list[str]]:
    """The sentences before what asks and behind it, in the question's own lines."""
    own = [part.text for part in told if part.note is None and part.said in {"asked", "about"}]
    said = [one for text in own for sentence in sentences(text) for one in _unwrapped(sentence)]
    asking = [at for at, sentence in enumerate(said) if asks(sentence)]
    behind = asking[-1] + 1 if asking else 0 if asks(lead.topic) else 1
    return said[: asking[0] if asking else 0], said[behind:]


def _clauses(said: Sequence[str]) -> Iterator[str]:
    """The clauses of sentences that can each tell of another option."""
    for sentence in said:
        start = 0
        for joint in _CLAUSE.finditer(masked(sentence)):
            yield sentence[start : joint.start()].strip(" .")
            start = joint.end()
        yield sentence[start:].strip(" .")


def _unwrapped(sentence: str) -> list[str]:
    """The sentences within a sentence that stands in parentheses."""
    return sentences(sentence[1:].rstrip(").")) if sentence.startswith("(") else [sentence]


def _own(labels: Sequence[str]) -> list[set[str]]:
    """The words of each label that no other has."""
    stems = [set(_stems(label)) for label in labels]
    return [one - set().union(*(other for other in stems if other is not one)) for one in stems]


def _stems(text: str) -> list[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return [_DOUBLED.sub(r"\1", _ENDING.sub("", word)) for word in words if word not in _EMPTY]

"""Locate: which research documents bear on a topic, best first, and why.

Three things speak for a document, in the order of what they proved to be worth on the citations of real
specs: the topic's words in its name and its body, being cited by documents that match, and being recent.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from heapq import nlargest

from speckit.index import FUNCTION, called, subject
from speckit.model import Corpus, Document, Hit, Tier
from speckit.shelf import Shelf, shelve

BODY_WEIGHT = 2  # of the best body match against the best match of a name
LENDERS = 15  # how many of the best hits lend score to what they cite
LENT_CAP = 0.9  # a cited document stays below this part of the best hit that cites it
RECENCY = 0.3  # what a document of today gains; the best match has 1
HALF_LIFE = 30  # days, in which that gain halves
LATER = 2  # more than any score: what documents lose that are dated after the day that is asked about

_WORD = re.compile(r"[^\W_]+")

Found = Mapping[str, Mapping[int, float]]  # word, document, score


def locate(corpus: Corpus, topic: str, as_of: dt.date, limit: int = 30) -> tuple[Hit, ...]:
    """Rank the documents of a corpus by what they have to say about a topic.

    Documents dated after `as_of` come last, and lend nothing to what they cite unless they are of the next
    day: dates are written in UTC here and in local time there.

    Args:
        corpus: what was loaded.
        topic: a title or a few sentences.
        as_of: the day from which age is counted.
        limit: at most so many hits.

    Returns:
        The documents that match or are cited by one that does, best first.
    """
    shelf = shelve(corpus)
    documents = shelf.documents
    names, bodies = shelf.index.search("name", topic), shelf.index.search("body", topic)
    tomorrow = as_of + min(dt.timedelta(days=1), dt.date.max - as_of)
    late = shelf.later(tomorrow)
    lexical = _sum(names, bodies, documents.keys(), late)
    scores, citing = _lend(lexical, shelf, late)
    best = _highest(scores, late)
    # What recency cannot lift over the last of the best is not looked at.
    least = _last(_known(scores, late), limit) - RECENCY * best
    total = {n: s / best + _recency(documents[n].date, as_of) for n, s in scores.items() if s >= least}
    ranked = _best(total, documents, limit)
    successor = _successors([documents[n] for n in ranked], shelf, as_of)
    return tuple(
        Hit(
            document=documents[n],
            score=total[n],
            tier=_tier(documents[n], as_of),
            reasons=_reasons(n, names, bodies, citing.get(n, ()), documents, as_of),
            superseded_by=successor.get(documents[n].path),
        )
        for n in ranked
    )


def most_called(documents: Iterable[Document], topic: str) -> tuple[Document, ...]:
    """Documents with those first whose names hold most of the topic's words; equal ones stay as they are.

    Whoever names documents to draft from rarely ranks them: of several, the one called like the spec is what
    it rests on most.
    """
    wanted = set(_WORD.findall(topic.casefold())) - FUNCTION

    def lacking(document: Document) -> int:
        return len(wanted.difference(_WORD.findall(called(document).casefold())))

    return tuple(sorted(documents, key=lacking))


def _age(document: Document, as_of: dt.date) -> int:
    """Days since the document's date; 0 where it has none."""
    return (as_of - document.date).days if document.date else 0


def _recency(date: dt.date | None, as_of: dt.date) -> float:
    """What its age adds to a document's score; what being dated later takes off."""
    if date is None:
        return 0.0
    age = (as_of - date).days
    return RECENCY * 0.5 ** (age / HALF_LIFE) if age >= 0 else -LATER


def _best(scores: Mapping[int, float], documents: Mapping[int, Document], limit: int) -> list[int]:
    """The documents with the best scores, in that order; equal ones by path."""
    least = _last(scores, limit)
    best = [n for n, score in scores.items() if score >= least]
    return sorted(best, key=lambda n: (-scores[n], documents[n].path))[:limit]


def _last(scores: Mapping[int, float], limit: int) -> float:
    """The score of the last of the best; less than any score where there are fewer."""
    return nlargest(limit, scores.values())[-1] if len(scores) >= limit else -LATER


def _known(scores: Mapping[int, float], late: AbstractSet[int]) -> Mapping[int, float]:
    """The scores of the documents that are not late."""
    return {n: score for n, score in scores.items() if n not in late} if late else scores


def _highest(scores: Mapping[int, float], late: AbstractSet[int]) -> float:
    """The best score of those; 1 where there is none, to divide by."""
    return max(_known(scores, late).values(), default=0.0) or 1.0


def _tier(document: Document, as_of: dt.date) -> Tier:
    age = _age(document, as_of)
    if document.date is None or age > 90:
        return "aged"
    return "recent" if age <= 30 else "moderate"


def _sum(names: Found, bodies: Found, there: AbstractSet[int], late: AbstractSet[int]) -> dict[int, float]:
    """The scores of names and bodies together, each against the best that is not late; of what is there."""
    body, name = (_added((1.0, scores) for scores in found.values()) for found in (bodies, names))
    for field in (body, name):
        for n in [n for n in field if n not in there]:
            del field[n]
    return _added([(BODY_WEIGHT / _highest(body, late), body), (1 / _highest(name, late), name)])


def _added(parts: Iterable[tuple[float, Mapping[int, float]]]) -> dict[int, float]:
    """The sum of scores, each times a factor."""
    total: dict[int, float] = {}
    for factor, scores in parts:
        for n, score in scores.items():
            total[n] = total.get(n, 0.0) + factor * score
    return total


def _lend(
    lexical: Mapping[int, float], shelf: Shelf, late: AbstractSet[int]
) -> tuple[dict[int, float], dict[int, list[int]]]:
    """Let the best hits lend score to the documents that they cite, never the other way.

    A hit's score is divided by the root of how many documents it cites: a list of everything says little.

    Returns:
        The scores, and for each document that was lent something the hits that cite it.
    """
    lenders = _best(_known(lexical, late), shelf.documents, LENDERS)
    citing: dict[int, list[int]] = {}
    lent: dict[int, float] = {}
    for lender in lenders:
        links = (shelf.numbers.get(path, -1) for path in shelf.documents[lender].links)
        cited = [n for n in links if n >= 0 and n not in late]
        for n in cited:
            citing.setdefault(n, []).append(lender)
            lent[n] = lent.get(n, 0.0) + lexical[lender] / len(cited) ** 0.5
    scores = dict(lexical)
    for n, score in lent.items():
        own = lexical.get(n, 0.0)
        scores[n] = max(own, min(own + score, LENT_CAP * lexical[citing[n][0]]))
    return scores, citing


def _reasons(
    n: int,
    names: Found,
    bodies: Found,
    citing: Sequence[int],
    documents: Mapping[int, Document],
    as_of: dt.date,
) -> tuple[str, ...]:
    """Why a document was found, in words."""
    reasons = []
    in_name = _telling(n, names)
    if in_name:
        reasons.append(f"in title or tags: {', '.join(in_name)}")
    if in_body := [word for word in _telling(n, bodies) if word not in in_name]:
        reasons.append(f"in text: {', '.join(in_body)}")
    reasons += [f"cited by {documents[lender].path.rpartition('/')[2]}" for lender in citing[:2]]
    if _age(documents[n], as_of) < 0:
        reasons.append(f"dated after {as_of}")
    return tuple(reasons)


def _telling(n: int, found: Found) -> list[str]:
    """The words that say most about a document, at most five, most telling first."""
    scores = {word: scores[n] for word, scores in found.items() if n in scores and word not in FUNCTION}
    best = max(scores.values(), default=0.0)
    return sorted((word for word in scores if scores[word] > best / 5), key=lambda word: -scores[word])[:5]


def _successors(found: Iterable[Document], shelf: Shelf, as_of: dt.date) -> dict[str, str]:
    """What may have superseded the documents found: the paths of both.

    Either its first lines say so, or the newest document that is called the same, apart from words such as
    "research", is of a later day.
    """
    successors = {}
    for document in found:
        named = shelf.namesakes.get(subject(document.superseded_by), [])
        told = [one.path for one in named if one.path.rpartition("/")[2] == document.superseded_by]
        about = subject(document.path)
        dated = [(one.date, one.path) for one in shelf.namesakes[about] if about and one.date]
        date, path = max((one for one in dated if one[0] <= as_of), default=(dt.date.min, ""))
        if told:
            successors[document.path] = told[-1]
        elif document.date and document.date < date:
            successors[document.path] = path
    return successors

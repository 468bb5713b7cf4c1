"""Locate: which research documents bear on a topic, best first, and why.

Three things speak for a document, in the order of what they proved to be worth on the citations of real
specs: the topic's words in its name and its body, being cited by documents that match, and being recent.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest

from speckit.index import Index, called, undated
from speckit.model import Corpus, Document, Hit, Tier

BODY_WEIGHT = 2  # of the best body match against the best match of a name
LENDERS = 15  # how many of the best hits lend score to what they cite
LENT_CAP = 0.9  # a cited document stays below this part of the best hit that cites it
RECENCY = 0.3  # what a document of today gains; the best match has 1
HALF_LIFE = 30  # days, in which that gain halves
LATER = 2  # more than any score: what documents lose that are dated after the day that is asked about

_WORD = re.compile(r"[^\W_]+")
_GENERIC = {"research", "analysis", "investigation", "notes"}
_FUNCTION = {
    *("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"),
    *("are", "be", "how", "is", "it", "its", "that", "this", "what", "when", "which", "why"),
}

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
    documents, index = (corpus.shelf.documents, corpus.shelf.index) if corpus.shelf else _indexed(corpus)
    names, bodies = index.search("name", topic), index.search("body", topic)
    tomorrow = as_of + min(dt.timedelta(days=1), dt.date.max - as_of)
    known = {n for n, d in documents.items() if d.date is None or d.date <= tomorrow}
    total_of = _sum(names, bodies, known)
    lexical = {n: total_of[n] for n in total_of.keys() & documents.keys()}
    scores, citing = _lend(lexical, documents, known)
    recency = {date: _recency(date, as_of) for date in {documents[n].date for n in scores}}
    total = {n: score + recency[documents[n].date] for n, score in scores.items()}
    ranked = _best(total, documents, limit)
    successor = _successors([documents[n] for n in ranked], documents.values(), as_of)
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
    wanted = set(_WORD.findall(topic.casefold())) - _FUNCTION

    def lacking(document: Document) -> int:
        return len(wanted.difference(_WORD.findall(called(document).casefold())))

    return tuple(sorted(documents, key=lacking))


def _indexed(corpus: Corpus) -> tuple[dict[int, Document], Index]:
    """The documents by number, and an index of them in memory."""
    documents = dict(enumerate(corpus.documents))
    index = Index(sqlite3.connect(":memory:"))
    for number, document in documents.items():
        index.add(number, called(document), document.text)
    return documents, index


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
    least = min(nlargest(limit, scores.values()), default=0.0)
    best = [n for n, score in scores.items() if score >= least]
    return sorted(best, key=lambda n: (-scores[n], documents[n].path))[:limit]


def _tier(document: Document, as_of: dt.date) -> Tier:
    age = _age(document, as_of)
    if document.date is None or age > 90:
        return "aged"
    return "recent" if age <= 30 else "moderate"


def _sum(names: Found, bodies: Found, known: set[int]) -> dict[int, float]:
    """The score of names and bodies together; the best known document has 1."""
    total: dict[int, float] = {}
    for found, weight in ((names, 1), (bodies, BODY_WEIGHT)):
        field: dict[int, float] = {}
        for scores in found.values():
            for n, score in scores.items():
                field[n] = field.get(n, 0.0) + score
        for n, score in _scaled(field, known).items():
            total[n] = total.get(n, 0.0) + weight * score
    return _scaled(total, known)


def _scaled(scores: Mapping[int, float], known: set[int]) -> dict[int, float]:
    best = max(map(scores.__getitem__, scores.keys() & known), default=0.0) or 1.0
    return {n: score / best for n, score in scores.items()}


def _lend(
    lexical: Mapping[int, float], documents: Mapping[int, Document], known: set[int]
) -> tuple[dict[int, float], dict[int, list[int]]]:
    """Let the best hits lend score to the documents that they cite, never the other way.

    A hit's score is divided by the root of how many documents it cites: a list of everything says little.

    Returns:
        The scores, scaled again, and for each document that was lent something the hits that cite it.
    """
    lenders = _best({n: score for n, score in lexical.items() if n in known}, documents, LENDERS)
    links = {path for lender in lenders for path in documents[lender].links}
    number = {document.path: n for n, document in documents.items() if document.path in links}
    citing: dict[int, list[int]] = {}
    lent: dict[int, float] = {}
    for lender in lenders:
        cited = [n for n in (number.get(path, -1) for path in documents[lender].links) if n in known]
        for n in cited:
            citing.setdefault(n, []).append(lender)
            lent[n] = lent.get(n, 0.0) + lexical[lender] / len(cited) ** 0.5
    scores = dict(lexical)
    for n, score in lent.items():
        own = lexical.get(n, 0.0)
        scores[n] = max(own, min(own + score, LENT_CAP * lexical[citing[n][0]]))
    return _scaled(scores, known), citing


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
    scores = {word: scores[n] for word, scores in found.items() if n in scores and word not in _FUNCTION}
    best = max(scores.values(), default=0.0)
    return sorted((word for word in scores if scores[word] > best / 5), key=lambda word: -scores[word])[:5]


def _successors(
    found: Collection[Document], documents: Collection[Document], as_of: dt.date
) -> dict[str, str]:
    """What may have superseded the documents found: the paths of both.

    Either its first lines say so, or the newest document that is called the same, apart from words such as
    "research", is of a later day.
    """
    named = {document.superseded_by for document in found} - {""}
    subjects = {_subject(document.path) for document in found} - {frozenset()}
    by_name: dict[str, str] = {}
    newest: dict[frozenset[str], tuple[dt.date, str]] = {}
    for document in documents:
        if named and (name := document.path.rpartition("/")[2]) in named:
            by_name[name] = document.path
        subject = _subject(document.path)
        if subject in subjects and document.date and document.date <= as_of:
            newest[subject] = max(newest.get(subject, (dt.date.min, "")), (document.date, document.path))
    successors = {}
    for document in found:
        date, path = newest.get(_subject(document.path), (dt.date.min, ""))
        if document.superseded_by in by_name:
            successors[document.path] = by_name[document.superseded_by]
        elif document.date and document.date < date:
            successors[document.path] = path
    return successors


@lru_cache(100_000)
def _subject(path: str) -> frozenset[str]:
    return frozenset(_WORD.findall(undated(path).casefold())) - _GENERIC - _FUNCTION

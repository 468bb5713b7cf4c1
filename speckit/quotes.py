"""Quotes: what the research says about the options of a question.

Words that many sentences use tell nothing; a quote has to share what is rare, of the option and of what is
asked. None is better than a loose one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from speckit.model import Citation, Finding, Findings, Option, Question, Quote, Stance

MOST = 2  # quotes an option
LONGEST = 30  # words of a sentence that is quoted
NAME = 3  # what a shared identifier counts, in shared words
ENOUGH = 3  # from which a sentence bears on an option
COMMON = 0.04  # share of the sentences from which a term is common
REACH = 6  # words between a term and the cue that governs it

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`*\"“(])|\n+")
_MARKER = re.compile(r"^(?:[-*+>]|\d{1,9}[.)])\s+")
_NAME = re.compile(r"`([^`\n]+)`|\b(\w+[_./]\w[\w./]*|[a-z]+[A-Z]\w*|[A-Z]{2,}\w*)\b")
_WORD = re.compile(r"[a-z][a-z-]{3,}")
_CLAUSE = re.compile(r"[,;:()]| but | while | whereas | although ")
# `Recommended approach: `, behind which stands what is recommended.
_RECOMMENDS = re.compile(r"\W*recommend(?:ed|ation)\b(?:\s\w+)?(?::[*_]*|[*_]*:)\s", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not|no|never|nor|without|cannot|neither)\b|n't\b", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:recommended|preferred|simple[rst]*|fast(?:er|est)?|cheap(?:er|est)?|safe[rst]*|robust)\b"
)
_AGAINST = re.compile(
    r"\b(?:fail(?:s|ed)?|hang(?:s)?|hung|slow(?:er|est)?|break(?:s)?|leak(?:s|ed)?|los(?:es|t)|unsafe|rejected"
    r"|expensive|fragile|complex)\b"
)
_GRAMMAR = (  # words that tell how a sentence is made, not what it is about
    "about above after again against also always another because been before being below between "
    "both cannot could does doing done down during each either else every from further have having "
    "here into itself just like made make makes many more most much must need needs never none once "
    "only other over same should since some such than that their them then there these they thing "
    "this those through under until used uses using very want well were what when where which while "
    "whose will with within without would your option options question"
)
_EMPTY = frozenset(_GRAMMAR.split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the research, with its identifiers and rare words in lower case."""

    text: str
    names: frozenset[str]
    words: frozenset[str]
    finding: Finding


def sentences(findings: Findings) -> tuple[Sentence, ...]:
    """Cut findings into sentences, without diagrams, code and tables."""
    found = [
        (text, finding)
        for finding in findings.items
        if finding.kind not in {"diagram", "code", "conflict"}
        for part in _SENTENCE.split(finding.text)
        if not part.lstrip().startswith("|")
        and 4 <= len((text := _MARKER.sub("", part.strip())).split()) <= LONGEST
    ]
    counts = Counter(term for text, _ in found for term in identifiers(text) | _words(text))
    most = max(3, COMMON * len(found))
    rare = {term for term, count in counts.items() if count <= most}
    return tuple(
        Sentence(text, identifiers(text) & rare, _words(text) & rare, finding) for text, finding in found
    )


def quotes(question: Question, option: Option, said: Sequence[Sentence]) -> tuple[Quote, ...]:
    """Find what the research says about an option.

    A quote bears on the option, unless a cue governs a term of this option and of no other: then it speaks
    for or against it. One that begins by recommending the option speaks for it.

    Args:
        question: what is asked; its own item is never quoted.
        option: one of its options.
        said: the sentences of the research.

    Returns:
        At most two, the nearest first.
    """
    rivals = [other for other in question.options if other.label != option.label]
    theirs = {term for other in rivals for term in identifiers(other.label) | _words(other.label)}
    asked = identifiers(question.text) | _words(f"{question.topic} {question.text}")
    names, words = identifiers(option.label) - theirs - asked, _words(option.label) - theirs - asked
    ranked = sorted(
        (
            (-near, -len(asked & (sentence.names | sentence.words)), number, sentence)
            for number, sentence in enumerate(_elsewhere(question, said))
            if (near := _shared(sentence, names, words)) >= ENOUGH
            and _is_about(sentence, names | words)
            and asked & (sentence.names | sentence.words)
        ),
        key=lambda row: row[:3],
    )
    recommending = [one for one in _elsewhere(question, said) if _recommends(one.text, option.label)]
    bearing = [one for *_, one in ranked if one not in recommending]
    stances: list[tuple[Sentence, Stance]] = [(one, "for") for one in recommending]
    stances += [(one, _stance(one.text, names | words, theirs)) for one in bearing]
    return tuple(Quote(one.text, one.finding.citation, stance) for one, stance in stances[:MOST])


def _recommends(text: str, label: str) -> bool:
    """Whether a sentence begins by recommending the option: `Recommended approach: LABEL …`."""
    cue = _RECOMMENDS.match(text)
    rest = text[cue.end() :].lstrip("*_").casefold() if cue else ""
    return rest.startswith(label.casefold()) and not rest[len(label) : len(label) + 1].isalnum()


def _is_about(sentence: Sentence, own: frozenset[str] | set[str]) -> bool:
    """Whether a sentence shares more with an option than one of its several terms."""
    shared = own & (sentence.names | sentence.words)
    return len(shared) > 1 or shared == own


def _elsewhere(question: Question, said: Iterable[Sentence]) -> Iterable[Sentence]:
    return (s for s in said if not any(_overlap(s.finding.citation, own) for own in question.citations))


def _overlap(one: Citation, other: Citation) -> bool:
    return one.path == other.path and one.start <= other.end and other.start <= one.end


def _shared(sentence: Sentence, names: frozenset[str] | set[str], words: frozenset[str] | set[str]) -> int:
    return NAME * len(sentence.names & names) + len(sentence.words & words)


def _stance(text: str, own: Iterable[str], theirs: Iterable[str]) -> Stance:
    """For or against where one clause alone has a cue near a term of this option, undenied; else it bears."""
    for clause in _CLAUSE.split(text.lower()):
        cue = next(((stance, m) for stance, p in _CUES.items() if (m := p.search(clause))), None)
        if cue and not _DENIES.search(clause) and not any(term in clause for term in theirs):
            stance, match = cue
            if any(_distance(clause, term, match.start()) <= REACH for term in own if term in clause):
                return stance
    return "bears"


_CUES: dict[Stance, re.Pattern[str]] = {"for": _FOR, "against": _AGAINST}


def _distance(clause: str, term: str, at: int) -> int:
    start = clause.index(term)
    between = clause[start + len(term) : at] if start < at else clause[at:start]
    return len(between.split())


def identifiers(text: str) -> frozenset[str]:
    """The identifiers in a text, in lower case: what stands in code marks or is written like code."""
    return frozenset((code or bare).lower() for code, bare in _NAME.findall(text))


def _words(text: str) -> frozenset[str]:
    words = (word.removesuffix("s") for word in _WORD.findall(text.lower()))
    return frozenset(word for word in words if word not in _EMPTY and f"{word}s" not in _EMPTY)

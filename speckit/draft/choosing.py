"""Which findings a section takes in: order, redundancy and budgets, in one place."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from speckit.draft.schedule import tells_schedule
from speckit.model import Finding, FindingKind, Findings
from speckit.template import Evidence

SAME = 0.75  # share of the shorter one's pairs of words from which two passages say the same
SLACK = 1.2  # how far the last passage may run over a budget

_WORD = re.compile(r"[^\W_]+")
_LINK_TARGET = re.compile(r"\]\([^)\s]*\)")
_IDENTIFIER = re.compile(r"`([^`\n]{2,60})`|\b([A-Za-z]+(?:[A-Z][a-z0-9]+)+|\w+_\w+|[\w-]+(?:/[\w.-]+)+)")


class Chooser:
    """Hands findings out to sections: each once, those of the primary document first.

    What bears on the topic is told by the words of the topic, and by the identifiers that the primary
    document names in its question, its summary and its open questions.

    Args:
        findings: what there is to choose from.
        topic: what the spec is about.
    """

    def __init__(self, findings: Findings, topic: str) -> None:
        self._items = [item for item in findings.items if not tells_schedule(_in_place(item))]
        self._terms = {item.rank: terms(item.text) for item in findings.items}
        self._primary = findings.items[0].citation.path if findings.items else ""
        self._focus = _focus(findings, topic, self._primary, self._terms.values())
        self._taken: dict[int, frozenset[tuple[str, str]]] = {}

    def choose(self, evidence: Evidence, fits: Callable[[Finding], bool] | None = None) -> list[Finding]:
        """The findings that a section takes in as one kind of evidence, in reading order.

        They are the primary document's; those of the others only where it has none, and never as subjects:
        what another document tells at length is told there.

        Args:
            evidence: which findings count, and how many are taken.
            fits: whether the section can show a finding; without it, all.
        """
        chosen: list[Finding] = []
        words = 0
        ranked = self.ranked(evidence)
        own = [item for item in ranked if self._is_own(item)]
        for item in own if own or evidence.shape == "topics" else ranked:
            size = count_words(item.text)
            if words + size > evidence.words * SLACK or (fits and not fits(item)):
                continue
            if not evidence.repeat and self._is_told(item):
                continue
            self.take(item)
            chosen.append(item)
            words += size
            if len(chosen) == evidence.most or words >= evidence.words:
                break
        return sorted(chosen, key=lambda item: item.rank)

    def related(self, kinds: Sequence[FindingKind], most: int) -> list[Finding]:
        """Where to look for what a section lacks: findings that name the topic, the best kind first."""
        near = [item for item in self._items if item.kind in kinds and self._relevance(item) > 0]
        return sorted(near, key=lambda item: (kinds.index(item.kind), -self._relevance(item)))[:most]

    def take(self, item: Finding) -> None:
        """Keep a finding from being told again."""
        self._taken.setdefault(item.rank, _pairs(item.text))

    def ranked(self, evidence: Evidence) -> list[Finding]:
        """All findings that count as evidence, the best first, also those that are told already."""
        cue = any_word(evidence.cue)
        pool = [item for item in self._items if item.kind in evidence.kinds and cue.search(_in_place(item))]

        def place(item: Finding) -> tuple[bool, int, float]:
            nearness = item.rank if evidence.order == "reading" else -self._relevance(item)
            return not self._is_own(item), evidence.kinds.index(item.kind), nearness

        return sorted(pool, key=place)

    def _is_own(self, item: Finding) -> bool:
        return item.citation.path == self._primary

    def _relevance(self, item: Finding) -> float:
        """How much of the topic a finding names, against its length."""
        mine = self._terms[item.rank]
        return sum(self._focus.get(term, 0.0) for term in mine) / math.sqrt(8 + len(mine))

    def _is_told(self, item: Finding) -> bool:
        """Whether an earlier section holds this, or nearly the same words."""
        if item.rank in self._taken:
            return True
        mine = _pairs(item.text)
        return any(len(mine & other) > SAME * min(len(mine), len(other)) for other in self._taken.values())


def count_words(text: str) -> int:
    """The words of a text, as letters and digits run."""
    return len(_WORD.findall(text))


def terms(text: str) -> frozenset[str]:
    """The words of a text in lower case, without the targets of its links."""
    return frozenset(_WORD.findall(_LINK_TARGET.sub("]", text).lower()))


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(_WORD.findall(_LINK_TARGET.sub("]", text).lower())))


def any_word(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern that finds any of these words; no words are found everywhere."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b" if words else "")


def _in_place(item: Finding) -> str:
    """A finding with the headings that it stands under, less the document's own title."""
    return "\n".join((*item.headings[1:], item.text))


def _focus(findings: Findings, topic: str, primary: str, bags: Iterable[frozenset[str]]) -> dict[str, float]:
    """What tells that a finding bears on the topic, each term weighted by how rare it is."""
    count = Counter(term for bag in bags for term in bag)
    total = len(findings.items)
    told = [item.text for item in findings.of("question", "summary") if item.citation.path == primary]
    asked = [q.text for q in findings.questions if q.citations and q.citations[0].path == primary]
    named = {a or b for text in (*told, *asked) for a, b in _IDENTIFIER.findall(text)}
    weights = dict.fromkeys((term for name in named for term in terms(name)), 1.0)
    weights |= dict.fromkeys(terms(topic), 2.0)
    known = {term: weight for term, weight in weights.items() if count[term]}
    return {term: weight * math.log(1 + total / count[term]) for term, weight in known.items()}

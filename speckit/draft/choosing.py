"""Which findings a section takes in: order, redundancy and budgets, in one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from speckit.draft.relevance import Relevance, words_of
from speckit.draft.schedule import tells_schedule
from speckit.model import Finding, FindingKind, Findings
from speckit.template import Evidence

SAME = 0.75  # share of the shorter one's pairs of words from which two passages say the same
SLACK = 1.2  # how far the last passage may run over a budget

_WORD = re.compile(r"[^\W_]+")


class Chooser:
    """Hands findings out to sections: each once, those of the primary document first.

    Args:
        findings: what there is to choose from.
        topic: what the spec is about.
    """

    def __init__(self, findings: Findings, topic: str) -> None:
        self._items = [item for item in findings.items if not tells_schedule(_in_place(item))]
        self._primary = findings.items[0].citation.path if findings.items else ""
        self._relevance = Relevance(findings, topic)
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
        near = [item for item in self._items if item.kind in kinds and self._relevance.of(item) > 0]
        return sorted(near, key=lambda item: (kinds.index(item.kind), -self._relevance.of(item)))[:most]

    def take(self, item: Finding) -> None:
        """Keep a finding from being told again."""
        self._taken.setdefault(item.rank, _pairs(item.text))

    def ranked(self, evidence: Evidence) -> list[Finding]:
        """All findings that count as evidence, the best first, also those that are told already."""
        cue = any_word(evidence.cue)
        pool = [item for item in self._items if item.kind in evidence.kinds and cue.search(_in_place(item))]

        def place(item: Finding) -> tuple[bool, int, float]:
            nearness = item.rank if evidence.order == "reading" else -self._relevance.of(item)
            return not self._is_own(item), evidence.kinds.index(item.kind), nearness

        return sorted(pool, key=place)

    def _is_own(self, item: Finding) -> bool:
        return item.citation.path == self._primary

    def _is_told(self, item: Finding) -> bool:
        """Whether an earlier section holds this, or nearly the same words."""
        if item.rank in self._taken:
            return True
        mine = _pairs(item.text)
        return any(len(mine & other) > SAME * min(len(mine), len(other)) for other in self._taken.values())


def count_words(text: str) -> int:
    """The words of a text, as letters and digits run."""
    return len(_WORD.findall(text))


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(words_of(text)))


def any_word(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern that finds any of these words; no words are found everywhere."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b" if words else "")


def _in_place(item: Finding) -> str:
    """A finding with the headings that it stands under, less the document's own title."""
    return "\n".join((*item.headings[1:], item.text))

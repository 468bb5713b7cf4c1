"""Which findings a section takes in: order, redundancy and budgets, in one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice, pairwise, takewhile

from speckit.draft.relevance import Relevance, words_of
from speckit.draft.schedule import tells_schedule
from speckit.model import Citation, Finding, Findings
from speckit.template import Evidence

SAME = 0.75  # share of the shorter one's pairs of words from which two passages say the same
TELLING = 5  # words of a line that can be judged alone
NEAR = 0.75  # share of the passages that are farther from the topic than what fills for the primary document
SLACK = 1.2  # how far the last passage may run over a budget

_WORD = re.compile(r"[^\W_]+")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_NAMED = re.compile(r"`[^`\n]*`|\]\([^)\n]*\)")


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
        scores = sorted(map(self._relevance.of, findings.items))
        self._near = scores[int(NEAR * len(scores))] if scores else 0.0
        self._taken: dict[int, frozenset[tuple[str, str]]] = {}

    def choose(self, evidence: Evidence, fits: Callable[[Finding], bool] | None = None) -> list[Finding]:
        """The findings that a section takes in as one kind of evidence, in reading order.

        They are the primary document's; those of the others only where it has none and they are near the
        topic, and never as subjects: what another document tells at length is told there.

        Args:
            evidence: which findings count, and how many are taken.
            fits: whether the section can show a finding; without it, all.
        """
        chosen: list[Finding] = []
        words = 0
        ranked = self.ranked(evidence)
        fitting = [item for item in ranked if self._is_own(item)]
        if not fitting and evidence.shape != "topics":
            fitting = [item for item in ranked if self._relevance.of(item) >= self._near]
        for item in fitting:
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

    def related(self, evidence: Evidence) -> list[Citation]:
        """Where to look for what a section lacks: of each finding the line that holds one of the words.

        They are findings near the topic, those that another section tells only where evidence may repeat.
        """
        cue = any_word(evidence.cue)
        near = (item for item in self.ranked(evidence) if self._relevance.of(item) > 0)
        new = (item.citation for item in near if evidence.repeat or not self._is_told(item))
        found = (_line_with(cue, cited) for cited in new)
        return list(islice(filter(None, found), evidence.most))

    def take(self, item: Finding) -> None:
        """Keep a finding from being told again."""
        self._taken.setdefault(item.rank, _pairs(item.text))

    def ranked(self, evidence: Evidence) -> list[Finding]:
        """All findings that count as evidence, the best first, also those that are told already."""
        pool = counting(self._items, evidence)

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


def counting(items: Iterable[Finding], evidence: Evidence) -> list[Finding]:
    """The findings that count as evidence, as they come."""
    cue = any_word(evidence.cue)
    of_kind = (item for item in items if item.kind in evidence.kinds)
    timely = (item for item in of_kind if evidence.planned in {None, item.planned})
    return [item for item in timely if cue.search(_in_place(item))]


def count_words(text: str) -> int:
    """The words of a text, as letters and digits run."""
    return len(_WORD.findall(text))


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(words_of(text)))


def any_word(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern that finds any of these words, lower-case ones in any case; no words are found everywhere."""
    found = (f"(?i:{re.escape(word)})" if word.islower() else re.escape(word) for word in words)
    return re.compile(rf"\b(?:{'|'.join(found)})\b" if words else "")


def _line_with(cue: re.Pattern[str], cited: Citation) -> Citation | None:
    """The first line of a passage that holds a cue and says something by itself, as no row of a table does.

    Code and the targets of links say nothing: a word in them is part of a name.
    """
    prose = takewhile(lambda line: not _FENCE.match(line), cited.quote.split("\n"))
    for number, line in enumerate(prose, cited.start):
        said = _NAMED.sub(" ", line)
        if cue.search(said) and count_words(said) >= TELLING and not line.lstrip().startswith("|"):
            return replace(cited, start=number, end=number, quote=line)
    return None


def _in_place(item: Finding) -> str:
    """A finding with the headings that it stands under, less the document's own title."""
    return "\n".join((*item.headings[1:], item.text))

"""How much a finding bears on what the spec is about."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from speckit.model import Finding, FindingKind, Findings

PLACES: set[FindingKind] = {"reference", "component"}  # what points to parts rather than telling of them
WANTED: set[FindingKind] = {"recommendation", "requirement"}  # what names the parts that are to change

_WORD = re.compile(r"[^\W_]+")
_LINK_TARGET = re.compile(r"\]\([^)\s]*\)")
_IDENTIFIER = re.compile(r"`([^`\n]{2,60})`|\b([A-Za-z]+(?:[A-Z][a-z0-9]+)+|\w+_\w+|[\w-]+(?:/[\w.-]+)+)")
_PLACE = re.compile(r".*/(?=[^/]*\.\w{1,5}\b)|:L?\d.*$|\(\)$")  # what a name has before and behind the part


class Relevance:
    """Tells how much a finding bears on the topic.

    That is told by the words of the topic, and by the identifiers that the primary document names in its
    question, its summary and its open questions. A place in the code says little in words: it counts by how
    often the document comes back to the part that it points to, and more where that part is to change.

    Args:
        findings: what the documents say, the primary document's first.
        topic: what the spec is about.
    """

    def __init__(self, findings: Findings, topic: str) -> None:
        bags = {item.rank: frozenset(words_of(item.text)) for item in findings.items}
        focus = _focus(findings, topic, bags.values())
        comes_back = _Parts(_own(findings))
        self._scores = {
            item.rank: _nearness(bags[item.rank], focus)
            + (comes_back.to(item.text) if item.kind in PLACES else 0.0)
            for item in findings.items
        }

    def of(self, item: Finding) -> float:
        """How much a finding bears on the topic; 0 where it names nothing that counts."""
        return self._scores[item.rank]


class _Parts:
    """What a document has to say of the parts that it names."""

    def __init__(self, items: Sequence[Finding]) -> None:
        self._mentions = Counter(part for item in items for part in parts(item.text))
        self._wanted = {part for item in items if item.kind in WANTED for part in parts(item.text)}

    def to(self, text: str) -> float:
        """How often it comes back to the parts that a text names, and whether they are to change."""
        named = parts(text)
        if not named:
            return 0.0
        often = sum(math.log(max(1, self._mentions[part])) for part in named) / len(named)
        return often + float(not named.isdisjoint(self._wanted))


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without the targets of its links."""
    return _WORD.findall(_LINK_TARGET.sub("]", text).lower())


def parts(text: str) -> frozenset[str]:
    """The identifiers that a text names, files without folder and lines, so that each has one name."""
    return frozenset(_PLACE.sub("", name) for name in _identifiers(text))


def _identifiers(text: str) -> set[str]:
    return {marked or plain for marked, plain in _IDENTIFIER.findall(text)}


def _own(findings: Findings) -> list[Finding]:
    """What the primary document says."""
    return [item for item in findings.items if item.citation.path == findings.items[0].citation.path]


def _nearness(mine: frozenset[str], focus: Mapping[str, float]) -> float:
    """How much of the topic these terms name, against their number."""
    return sum(focus.get(term, 0.0) for term in mine) / math.sqrt(8 + len(mine))


def _focus(findings: Findings, topic: str, bags: Iterable[frozenset[str]]) -> dict[str, float]:
    """What tells that a finding bears on the topic, each term weighted by how rare it is."""
    count = Counter(term for bag in bags for term in bag)
    own = _own(findings)
    told = [item.text for item in own if item.kind in {"question", "summary"}]
    sources = {item.citation.path for item in own}
    asked = [q.text for q in findings.questions if q.citations and q.citations[0].path in sources]
    named = {name for text in (*told, *asked) for name in _identifiers(text)}
    weights = dict.fromkeys((term for name in named for term in words_of(name)), 1.0)
    weights |= dict.fromkeys(words_of(topic), 2.0)
    total = len(findings.items)
    known = {term: weight for term, weight in weights.items() if count[term]}
    return {term: weight * math.log(1 + total / count[term]) for term, weight in known.items()}

"""A diagram of the parts and relations that the research names: nothing in it is made up.

The parts are identifiers that the research names in code marks, those of one folder in a box; a relation is
a line that names two parts with a verb of passing or an arrow between them. What has no relation has no place
in a diagram. Each part is cited below it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from speckit.model import Citation, Finding

PARTS = 22  # a diagram of more is a map, and nobody reads it
LABEL = 40  # characters
FEWEST = 2  # relations that make a diagram
RELATED = 3  # mentions that a relation is worth
CLAUSE = 60  # characters between two parts that one clause names

_NAME = re.compile(r"`(?P<name>[^`\n]{3,60})`")
_FILE = re.compile(r"(?P<folder>(?:[\w.@~-]*/)*)(?P<base>[\w.@-]+\.[A-Za-z]{1,5})(?::L?\d+(?:[-,]\d+)*)?")
_CALLABLE = re.compile(r"(?:[\w$]+(?:\.|::))*[\w$]+(?:\(\))?")
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Za-z]_[A-Za-z]|[A-Z][a-z]+[A-Z]|\(\)$")
# Only as it is said of a part: "calls", "called by"; "return" or "run" alone may be a noun.
_VERB = re.compile(
    r"\b(?:call|import|invoke|use|read|write|send|emit|pass|return|create|spawn|start|register|delegate"
    r"|render|update|store|load|parse|handle|trigger|dispatch|consume|receive|wrap|extend|implement|set|run"
    r"|query|forward|notify|subscribe|publish)(?:e?s\b(?: (?:from|to|through|via)\b)?|e?d by\b)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|never|no longer|without|instead of|rather than|unlike)\b|n't\b", re.IGNORECASE
)
_ARROW = re.compile(r"^\W*(?:→|->|=>|──+>|─+►|-->)\W*$")
_QUOTED = re.compile(r'["\\\[\]{}()<>|;#&]')


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the system: the name it bears, the folder it lies in if any is named, where it is named."""

    name: str
    folder: str
    citation: Citation

    @property
    def path(self) -> str:
        """Its name behind its folder, if any is named."""
        return f"{self.folder}/{self.name}" if self.folder else self.name


@dataclass(frozen=True, slots=True)
class Drawn:
    """A mermaid flowchart, and the parts that it shows."""

    source: str
    parts: tuple[Part, ...]


def draw(findings: Iterable[Finding]) -> Drawn | None:
    """Draw the parts that the findings name, in their folders, and what passes between them.

    Args:
        findings: the ones to draw from.

    Returns:
        The diagram, or None where the findings name too few relations to draw.
    """
    parts: dict[str, Part] = {}
    weight: Counter[str] = Counter()
    relations: dict[tuple[str, str], str] = {}
    for finding in findings:
        for citation, line in _lines(finding):
            for name, folder in _parts(line):
                if name not in parts or (folder and not parts[name].folder):
                    parts[name] = Part(name, folder, citation)
                weight[name] += 1
            for source, verb, target in _related(line):
                if relations.setdefault((source, target), verb) == verb:
                    weight.update({source: RELATED, target: RELATED})
    related = {name for pair in relations for name in pair}
    shown = [parts[name] for name, _ in weight.most_common() if name in related][:PARTS]
    return Drawn(_flowchart(shown, relations), tuple(shown)) if len(relations) >= FEWEST else None


def _flowchart(shown: list[Part], relations: dict[tuple[str, str], str]) -> str:
    keys = {part.name: f"n{place}" for place, part in enumerate(shown, 1)}
    together = Counter(part.folder for part in shown if part.folder)
    folders = [folder for folder, count in together.items() if count > 1]
    lines = ["flowchart TD"]
    for place, folder in enumerate(folders, 1):
        inside = [part for part in shown if part.folder == folder]
        lines.append(f'    subgraph g{place}["{_plain(folder)}"]')
        lines += [f"    {_node(keys[part.name], part.name)}" for part in inside]
        lines.append("    end")
    # A box around a single part would say no more than its path.
    alone = [part for part in shown if part.folder not in folders]
    lines += [_node(keys[part.name], part.path) for part in alone]
    edges = [(a, verb, b) for (a, b), verb in relations.items() if a in keys and b in keys]
    lines += [f'    {keys[a]} -->|"{n}. {verb}"| {keys[b]}' for n, (a, verb, b) in enumerate(edges, 1)]
    files = ",".join(keys[part.name] for part in shown if part.folder)
    lines.append("    classDef core fill:#e8f0fe,stroke:#3367d6,color:#111")
    return "\n".join(lines + ([f"    class {files} core"] if files else []))


def _node(key: str, label: str) -> str:
    return f'    {key}["{_plain(label)}"]'


def _lines(finding: Finding) -> Iterator[tuple[Citation, str]]:
    """The lines of a finding, each cited by itself."""
    cited = finding.citation
    for number, line in enumerate(cited.quote.split("\n"), cited.start):
        yield Citation(cited.path, number, number, line), line


def _parts(line: str) -> Iterator[tuple[str, str]]:
    """The parts that a line names in code marks, each with its folder."""
    for found in _NAME.finditer(line):
        if name := _part(found["name"]):
            file = _FILE.fullmatch(found["name"])
            yield name, file["folder"].rstrip("/") if file else ""


def _part(text: str) -> str:
    """The name of a part: a file's own name, or a function or type; empty for anything else."""
    if file := _FILE.fullmatch(text):
        return file["base"]
    if _CALLABLE.fullmatch(text) and _CAMEL.search(text) and len(text) <= LABEL:
        return text.removesuffix("()")
    return ""


def _related(line: str) -> Iterator[tuple[str, str, str]]:
    """Pairs of neighbouring parts with what the line says between them."""
    found = [(match, name) for match in _NAME.finditer(line) if (name := _part(match["name"]))]
    for (left, source), (right, target) in pairwise(found):
        between = line[left.end() : right.start()]
        if source == target or len(between) > CLAUSE or _DENIED.search(between):
            continue
        if verb := _VERB.search(between):
            yield source, verb[0].lower(), target
        elif _ARROW.match(between):
            yield source, "then", target


def _plain(label: str) -> str:
    return _QUOTED.sub(" ", label).strip()

"""Where two documents say different things about one subject. The newer one wins; both are cited.

Only what can be compared for certain counts: the value that each gives to one identifier, and the decision
that each states under one name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from speckit.model import Citation, Finding

# `IDENTIFIER` is 30, `identifier` defaults to 15,000 ms, `flag`: false
_VALUE = re.compile(
    r"`(?P<name>[A-Za-z_][\w.-]{3,60})`(?:\*\*)?\s*"
    r"(?:=|:|is(?: now| set to)?|defaults? to|(?:is )?set to|must be)\s*"
    r"`?(?P<value>\d[\d,._]*(?:\s?(?:ms|s|seconds|minutes|hours|days|KB|MB|GB|%))?|true|false)\b`?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z0-9]+")


def conflicts(found: Iterable[Finding], dates: Mapping[str, dt.date | None]) -> Iterator[Finding]:
    """The disagreements among findings.

    Args:
        found: the findings of all documents.
        dates: when each document was written, by its path; one without a date counts as the oldest.

    Returns:
        Findings of the kind `conflict`: what the newer document says, `against` the older one.
    """
    said: dict[str, list[tuple[dt.date, str, Finding]]] = {}
    for finding in found:
        day = dates.get(finding.citation.path) or dt.date.min
        for subject, value, citation in _statements(finding):
            said.setdefault(subject, []).append((day, value, replace(finding, citation=citation)))
    for subject, statements in said.items():
        statements.sort(key=lambda statement: (statement[0], statement[2].citation.path))
        for (_, before, older), (_, after, newer) in pairwise(statements):
            if before != after and older.citation.path != newer.citation.path:
                yield replace(
                    newer,
                    kind="conflict",
                    text=newer.citation.quote.strip(),
                    subject=subject,
                    against=older.citation,
                )


def _statements(finding: Finding) -> Iterator[tuple[str, str, Citation]]:
    """What a finding says that another could contradict: subject, value, and the line that says it."""
    cited = finding.citation
    for number, line in enumerate(cited.quote.split("\n"), cited.start):
        for stated in _VALUE.finditer(line):
            value = re.sub(r"[\s,_]", "", stated["value"]).lower()
            yield stated["name"], value, Citation(cited.path, number, number, line)
    if finding.kind == "decision" and finding.subject and finding.text.startswith("**"):
        yield f"decision: {finding.subject.lower()}", " ".join(_WORD.findall(finding.text.lower())), cited

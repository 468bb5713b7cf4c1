"""Problems as text for people, as annotations for GitHub, and as SARIF 2.1.0; and the pages of rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from speckit.model import Problem, Severity
from speckit.rules import Rule

_CONVERSION = re.compile(r"![rs](?=\})")  # `{value!r}`: how a value is quoted is no matter to a reader

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_GITHUB: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
_ORDER: tuple[Severity, ...] = ("error", "warning", "note")


def as_text(problems: Sequence[Problem]) -> str:
    """One problem a line, as compilers write them; a hint below where it is new; the count at the end."""
    lines, hinted = [], {""}
    for problem in problems:
        lines.append(f"{problem.path}:{problem.line}: {problem.severity} {problem.code}: {problem.message}")
        lines += [f"    {problem.hint}"] if problem.hint not in hinted else []
        hinted.add(problem.hint)
    counts = Counter(problem.severity for problem in problems)
    told = [f"{counts[name]} {name}{'s' * (counts[name] != 1)}" for name in _ORDER if counts[name]]
    return "\n".join([*lines, ", ".join(told) or "no problems"])


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands, which GitHub shows beside the lines of a pull request."""
    return "\n".join(
        f"::{_GITHUB[problem.severity]} file={_escape(problem.path, ',:')},line={problem.line},"
        f"title={_escape(problem.code, ',:')}::{_escape(_said(problem))}"
        for problem in problems
    )


def as_sarif(problems: Sequence[Problem], rules: Mapping[str, Rule], version: str) -> dict[str, Any]:
    """A SARIF 2.1.0 log, as a value for JSON.

    Args:
        problems: what was found.
        rules: the rules by code; those that found something are described in the log.
        version: of speckit.
    """
    codes = sorted({problem.code for problem in problems})
    driver = {
        "name": "speckit",
        "version": version,
        "rules": [_described(rules[code]) for code in codes],
    }
    results = [_result(problem, codes.index(problem.code)) for problem in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def as_pages(rules: Iterable[Rule]) -> str:
    """What the docstrings of rules say, as markdown: a heading each."""
    return "\n\n".join(
        f"## {rule.code}: {rule.title.rstrip('.')}\n\n"
        f"*{rule.severity}.* {rule.reason}\n\n"
        f"- Says: {_CONVERSION.sub('', rule.message)}\n"
        f"- Mend: {_CONVERSION.sub('', rule.hint)}"
        for rule in rules
    )


def _described(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.reason},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(problem: Problem, index: int) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": quote(problem.path)}, "region": {"startLine": problem.line}}
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": problem.severity,
        "message": {"text": _said(problem)},
        "locations": [{"physicalLocation": place}],
    }


def _said(problem: Problem) -> str:
    return f"{problem.message}; {problem.hint}" if problem.hint else problem.message


def _escape(text: str, more: str = "") -> str:
    """Percent-encode what ends a workflow command, or one of its properties."""
    for char in f"%\r\n{more}":
        text = text.replace(char, f"%{ord(char):02X}")
    return text

r"""For authors of rules: try a rule on a text.

A test says what is found, and what is left alone:

    def test_a_lamp_needs_oil():
        assert lines_found(oil_missing, "# Lamp\n\nIt burns.\n") == [3]
        assert lines_found(oil_missing, "# Lamp\n\nIt burns oil.\n") == []
"""

from __future__ import annotations

from collections.abc import Mapping

from speckit.model import Problem
from speckit.rules.page import read_page
from speckit.rules.rule import Rule
from speckit.template import load_pack

PATH = "specs/2026-01-01-topic.md"


def lines_found(
    rule: Rule,
    text: str,
    *,
    path: str = PATH,
    template: str = "rfc",
    research: Mapping[str, str] | None = None,
) -> list[int]:
    """The lines on which a rule finds something, in the order in which it finds them.

    Args:
        rule: what `speckit.rules.rule` made of a function.
        text: a spec, or a piece of one.
        path: where it lies, from the project root.
        template: a built-in template pack.
        research: texts of research documents, by path from the project root.

    Raises:
        AssertionError: a finding lies outside the text, or its message or hint is no single line.
        KeyError: the message or hint names a value that the rule does not give.
    """
    page = read_page(text, path, load_pack(template, None), (research or {}).get)
    found = list(rule.problems(page))
    for problem in found:
        _assert_fit(problem, len(page.lines))
    return [problem.line for problem in found]


def _assert_fit(problem: Problem, last: int) -> None:
    if not 1 <= problem.line <= last:
        raise AssertionError(f"{problem.code} finds something on line {problem.line} of {last}")
    for said in (problem.message, problem.hint):
        if not said or "\n" in said:
            raise AssertionError(f"{problem.code} says {said!r}: a message and a hint are one line each")

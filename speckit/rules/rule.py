"""What a rule is: a function that yields places, with its text in the docstring."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from speckit.model import Problem, Severity
from speckit.rules.page import Page

Found = tuple[int, dict[str, object]]
Find = Callable[[Page], Iterable[Found]]

_DOCSTRING = re.compile(
    r"(?P<title>[^\n]+)\n\n(?P<reason>.+)\n\nMessage: (?P<message>.+)\nHint: (?P<hint>.+)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    Args:
        code: a letter for the family and three digits; what `--select` and `--ignore` name.
        severity: how bad a breach is; only errors make the check fail.
        title: what must hold.
        reason: why.
        message: what is wrong, with the values found.
        hint: what to do about it, likewise.
        find: yields the line and the values of each breach. It is quiet where it cannot know.
    """

    code: str
    severity: Severity
    title: str
    reason: str
    message: str
    hint: str
    find: Find

    def problems(self, page: Page) -> Iterable[Problem]:
        """What this rule finds on a page."""
        for line, values in self.find(page):
            yield Problem(
                page.path,
                line,
                self.code,
                self.severity,
                self.message.format_map(values),
                self.hint.format_map(values),
                page.number_at(line),
            )


def rule(code: str, severity: Severity) -> Callable[[Find], Rule]:
    """Make a rule of a function, whose docstring says title, reason, message and hint.

    Raises:
        ValueError: the docstring has another shape.
    """

    def make(find: Find) -> Rule:
        said = _DOCSTRING.fullmatch(inspect.getdoc(find) or "")
        if said is None:
            raise ValueError(f"rule {code}: the docstring is title, reason, `Message:` and `Hint:`")
        text = {name: " ".join(value.split()) for name, value in said.groupdict().items()}
        return Rule(code, severity, **text, find=find)

    return make


def at(line: int, /, **values: object) -> Found:
    """A breach at a line, with the values that its message shows."""
    return line, values

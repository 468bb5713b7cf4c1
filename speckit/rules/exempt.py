"""X: exemptions from rules, which the writer of a spec can make for a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from speckit.rules.page import Page
from speckit.rules.rule import Found, at, rule

_EXEMPTION = re.compile(
    r"<!--\s*speckit:\s*ignore\s+(?P<codes>[A-Z]\d*(?:[ ,]+[A-Z]\d+)*)(?!\w)(?P<said>.{,400}?)-->"
)


class Exemption(NamedTuple):
    """`<!-- speckit: ignore E001 because … -->`: codes that do not count for these lines, and why."""

    line: int
    next_line: int
    codes: tuple[str, ...]
    reason: str


def exemptions(page: Page) -> Iterator[Exemption]:
    """The exemptions of a page: each is for its own line, and for the next that is not blank."""
    for number, line in enumerate(page.lines, 1):
        if "speckit:" in line and (match := _EXEMPTION.search(line)):
            below = range(number + 1, len(page.lines) + 1)
            next_line = next((n for n in below if page.lines[n - 1].strip()), number)
            reason = match["said"].strip(" :,.-—").removeprefix("because").strip()
            yield Exemption(number, next_line, tuple(re.split(r"[ ,]+", match["codes"])), reason)


@rule("X001", "error")
def exemption_unexplained(page: Page) -> Iterator[Found]:
    """An exemption from a rule has a reason.

    Whoever meets it later has to know whether it still holds; without a reason it does not count.

    Message: {codes} is exempted without a reason
    Hint: write `<!-- speckit: ignore {codes} because … -->`
    """
    for exemption in exemptions(page):
        if not exemption.reason:
            yield at(exemption.line, codes=" ".join(exemption.codes))

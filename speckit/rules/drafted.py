"""What the kit writes into a draft: quotes of research, and gaps where nothing is known or decided yet."""

from __future__ import annotations

import re

from speckit.rules.page import Page, Part

TO_DECIDE = re.compile(r"(?:[-*+] )?(?:Gap, to )?decide: ")  # what an answer will write
_UNDECIDED = re.compile(rf"{TO_DECIDE.pattern}|(?:[-*+] )?(?:The research \w+:|Not in the research)")
GAP = "Not in the research:"
# What ends a quote: a line of citations, alone or in the last cell of a row.
_SOURCE = re.compile(r"(?:[ \t]*|\|.*\|[ \t]*)\[`?[^\]\n]{1,400}\.md:\d[^\]\n]{,20}\]\(")


def quoted(page: Page, line: int) -> bool:
    """Whether a line stands in a passage of research, with its citation at the end."""
    for text in page.prose[line - 1 :]:
        if not text.strip() or _SOURCE.match(text):
            return bool(text.strip())
    return False


def gap_told(page: Page, part: Part) -> bool:
    """Whether a part says what the research does not tell."""
    return any(line.startswith(GAP) for line in page.prose[part.line : part.end])


def undecided(page: Page, part: Part) -> bool:
    """Whether a part still waits for answers."""
    return any(_UNDECIDED.match(line) for line in page.prose[part.line : part.end])

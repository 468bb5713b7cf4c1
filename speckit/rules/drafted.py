"""What the kit writes into a draft where nothing is decided yet: quotes and gaps, no more."""

from __future__ import annotations

import re

from speckit.rules.page import Page, Part

TO_DECIDE = re.compile(r"(?:[-*+] )?(?:Gap, to )?decide: ")  # what an answer will write
_UNDECIDED = re.compile(rf"{TO_DECIDE.pattern}|(?:[-*+] )?(?:The research \w+:|Not in the research)")


def undecided(page: Page, part: Part) -> bool:
    """Whether a part still waits for answers."""
    return any(_UNDECIDED.match(line) for line in page.prose[part.line : part.end])

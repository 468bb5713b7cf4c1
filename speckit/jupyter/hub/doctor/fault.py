"""Something that is not as it has to be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it has to be.

    Args:
        code: names the check.
        where: the folder, file or package at fault.
        what: what is wrong, and what comes of it.
        fix: a command to paste, or what else to do.
    """

    code: str
    where: str
    what: str
    fix: str

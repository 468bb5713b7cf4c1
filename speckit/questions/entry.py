"""What stands in a section of open questions as one, before it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Note:
    """Something that stands under a question, in its own lines.

    `depth` counts from 0. A `reply` is a paragraph behind an item that has a box.
    """

    start: int
    end: int
    text: str
    kind: Literal["item", "paragraph", "heading", "table", "reply", "quote"] = "paragraph"
    depth: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a section of open questions as one.

    `lead` is the markdown that asks, down to line `asked`; `settled` tells that the heading above calls it
    resolved, `listed` that it is an item or a row of its own.
    """

    start: int
    end: int
    lead: str
    asked: int
    notes: tuple[Note, ...] = ()
    settled: bool = False
    listed: bool = True

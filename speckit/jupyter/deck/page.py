"""The spec as the preview shows it: sections of small units, so that a change paints only itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypedDict

from speckit.markdown import safe_html
from speckit.model import Section
from speckit.template import Pack, render_section

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"[-*+] ")
_MERMAID = re.compile(r"```mermaid\n(?P<source>.*?)\n```", re.DOTALL)


class Unit(TypedDict):
    """A paragraph, a table, a fence, or an item with all it holds. `diagram` names its drawing, if any."""

    html: str
    diagram: str


class Splice(TypedDict):
    """What makes one section another: `drop` units from `at` on give way to `units`.

    `after` is the key of the section before it, where the section is new.
    """

    key: str
    after: str
    at: int
    drop: int
    units: list[Unit]


def units(section: Section, pack: Pack, to_root: str) -> list[Unit]:
    """A section's units as safe HTML, its heading the first."""
    return [_unit(source) for source in _cut(render_section(section, pack, to_root))]


def splices(
    shown: Mapping[str, Sequence[Unit]],
    before: Mapping[str, Section],
    after: Mapping[str, Section],
    pack: Pack,
    to_root: str,
) -> list[Splice]:
    """What turns the sections that are shown into those after a change.

    Args:
        shown: the units of `before`, by key.
        before: the sections that are shown, by key.
        after: the sections to show; those that are gone are spliced to nothing.
        pack: the spec's template pack.
        to_root: as for `render_section`.
    """
    found = [
        Splice(key=key, after="", at=0, drop=len(shown[key]), units=[]) for key in before if key not in after
    ]
    last = ""
    for key, section in after.items():
        if before.get(key) != section:
            found.append(_splice(key, last, shown.get(key, ()), units(section, pack, to_root)))
        last = key
    return found


def diagrams(section: Section, pack: Pack, to_root: str) -> dict[str, str]:
    """The sources of a section's diagrams, by the name that its units bear."""
    found = (_MERMAID.match(source) for source in _cut(render_section(section, pack, to_root)))
    return {_name(match["source"]): match["source"] for match in found if match}


def _splice(key: str, after: str, old: Sequence[Unit], new: Sequence[Unit]) -> Splice:
    most = min(len(old), len(new))
    head = next((i for i in range(most) if old[i] != new[i]), most)
    tail = next((i for i in range(most - head) if old[-1 - i] != new[-1 - i]), most - head)
    changed = list(new[head : len(new) - tail])
    return Splice(key=key, after=after, at=head, drop=len(old) - tail - head, units=changed)


@lru_cache(maxsize=4096)
def _unit(source: str) -> Unit:
    match = _MERMAID.match(source)
    return Unit(html=safe_html(source), diagram=_name(match["source"]) if match else "")


def _name(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def _cut(markdown: str) -> list[str]:
    """Cut markdown before every line that starts an item or a block; what is indented stays with its item."""
    found: list[list[str]] = []
    fence = ""
    blank = True
    for line in markdown.split("\n"):
        starts = bool(line.strip()) and not line.startswith(" ") and (blank or bool(_ITEM.match(line)))
        if found and (fence or not starts):
            found[-1].append(line)
        elif line.strip():
            found.append([line])
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) and not line.strip(" `~") else fence
        elif mark:
            fence = mark[1]
        blank = not line.strip() or line.startswith("#")
    return ["\n".join(lines).strip("\n") for lines in found]

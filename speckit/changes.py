"""What differs between two states of a spec, section by section, as the lines of its markdown."""

from __future__ import annotations

import difflib

from speckit.model import Change, Section, Spec
from speckit.template import Pack, render_section


def compare(before: Spec, after: Spec, pack: Pack | None, to_root: str) -> tuple[Change, ...]:
    """Compare two states of one spec.

    Args:
        before: the spec as it was.
        after: the spec as it is.
        pack: its template pack; None where its sections hold their lines word for word.
        to_root: the relative way from the document to the project root.
    """
    old, new = _by_title(before), _by_title(after)
    titles = [title for title in {**old, **new} if old.get(title) != new.get(title)]
    found = (_change(title, old.get(title), new.get(title), pack, to_root) for title in titles)
    return tuple(change for change in found if change.removed or change.added)


def _by_title(spec: Spec) -> dict[str, Section]:
    return {section.title: section for section in spec.sections}


def _change(title: str, old: Section | None, new: Section | None, pack: Pack | None, to_root: str) -> Change:
    before, after = (_lines(section, pack, to_root) for section in (old, new))
    diff = [line for line in difflib.ndiff(before, after) if line[2:].strip()] if before != after else []
    return Change(
        (new or old or Section("", "")).number,
        title,
        tuple(line[2:] for line in diff if line.startswith("- ")),
        tuple(line[2:] for line in diff if line.startswith("+ ")),
    )


def _lines(section: Section | None, pack: Pack | None, to_root: str) -> list[str]:
    if section is None:
        return []
    if pack is None:
        heading = f"{section.number} {section.title}"
        return [heading, *(line for passage in section.passages for line in passage.text.split("\n"))]
    return render_section(section, pack, to_root).splitlines()

"""What people left out of a section's draft, and what they took in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from speckit.draft.shapes import quoted, tabled
from speckit.model import Findings, Passage, Pick, Section, keyed


def with_picks(
    sections: Iterable[Section], picks: Sequence[Pick], findings: Findings, missing: dict[str, str]
) -> tuple[Section, ...]:
    """Sections without the passages that were left out, and with those that were taken in.

    Args:
        sections: as drafted.
        picks: what people chose; what the research no longer says is passed over.
        findings: where passages are taken from.
        missing: what a section tells that it lacks, by its title, where nothing is left in it.
    """
    by_section: dict[str, list[Pick]] = {}
    for pick in picks:
        by_section.setdefault(pick.section, []).append(pick)
    return tuple(
        _picked(section, by_section[key], findings, missing.get(section.title, ""))
        if key in by_section
        else section
        for key, section in keyed(sections).items()
    )


def _picked(section: Section, picks: Sequence[Pick], findings: Findings, missing: str) -> Section:
    left_out = {(pick.path, pick.quote, pick.text) for pick in picks if not pick.taken}
    kept = [passage for passage in section.passages if left_out.isdisjoint(_names(passage))]
    wanted = {(pick.path, pick.quote, pick.text) for pick in picks if pick.taken}
    taken = [
        item for item in findings.items if (item.citation.path, item.citation.quote, item.text) in wanted
    ]
    columns = len(section.columns)
    come = [passage for item in taken for passage in (tabled(item, columns) if columns else quoted([item]))]
    passages = [*_introducing(kept), *(passage for passage in come if passage not in kept)]
    if come:
        passages = [passage for passage in passages if passage.kind != "gap"]
    if not passages and missing:
        passages = [Passage("gap", missing, "template")]
    return replace(section, passages=tuple(passages))


def _names(passage: Passage) -> set[tuple[str, str, str]]:
    """What a pick may name a passage by."""
    return {(citation.path, citation.quote, passage.told) for citation in passage.citations}


def _introducing(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages without a lead-in of the template that introduces nothing any more."""
    for at, passage in enumerate(passages):
        following = passages[at + 1] if at + 1 < len(passages) else None
        leads = passage.kind == "prose" and passage.origin == "template" and not passage.citations
        if not leads or (following and following.origin != "template"):
            yield passage

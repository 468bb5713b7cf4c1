"""What people left out of a section's draft, and what they took in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from speckit.draft.shapes import quoted, tabled
from speckit.model import Citation, Findings, Passage, Pick, Section


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
        _picked(section, by_section[section.title], findings, missing.get(section.title, ""))
        if section.title in by_section
        else section
        for section in sections
    )


def is_cited(citation: Citation, picks: Iterable[Pick]) -> bool:
    """Whether one of the picks names these lines."""
    return any((pick.path, pick.quote) == (citation.path, citation.quote) for pick in picks)


def _picked(section: Section, picks: Sequence[Pick], findings: Findings, missing: str) -> Section:
    left_out = [pick for pick in picks if not pick.taken]
    kept = [
        passage
        for passage in section.passages
        if passage.kind == "gap" or not any(is_cited(citation, left_out) for citation in passage.citations)
    ]
    there = {(citation.path, citation.quote) for passage in kept for citation in passage.citations}
    wanted = [pick for pick in picks if pick.taken and (pick.path, pick.quote) not in there]
    taken = [item for item in findings.items if is_cited(item.citation, wanted)]
    columns = len(section.columns)
    come = [passage for item in taken for passage in (tabled(item, columns) if columns else quoted([item]))]
    passages = [*_introducing(kept), *come]
    if come:
        passages = [passage for passage in passages if passage.kind != "gap"]
    if not passages and missing:
        passages = [Passage("gap", missing, "template")]
    return Section(
        section.number, section.title, section.role, section.instruction, tuple(passages), section.columns
    )


def _introducing(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages without a lead-in of the template that introduces nothing any more."""
    for at, passage in enumerate(passages):
        following = passages[at + 1] if at + 1 < len(passages) else None
        leads = passage.kind == "prose" and passage.origin == "template" and not passage.citations
        if not leads or (following and following.origin != "template"):
            yield passage

"""What else of the research could stand in a section of the draft."""

from __future__ import annotations

from speckit.draft.choosing import counting
from speckit.model import Finding, Findings, Section, Spec
from speckit.template import Pack

MOST = 12  # more is a search, not an offer


def candidates(spec: Spec, section: Section, findings: Findings, pack: Pack) -> tuple[Finding, ...]:
    """Find passages of the kinds that count as evidence for a section and stand nowhere in the spec.

    Args:
        spec: the spec as drafted.
        section: one of its sections; what is not the pack's own counts as part of its design.
        findings: what the documents say.
        pack: the template pack.

    Returns:
        At most twelve: first what the pack would take in or link to, then others of the same kinds.
    """
    wanted = next((one for one in pack.sections if one.title == section.title), None) or next(
        (one for one in pack.sections if one.role == "design"), None
    )
    if wanted is None:
        return ()
    evidence = [*wanted.evidence, *([wanted.related] if wanted.related else [])]
    fitting = [item for one in evidence for item in counting(findings.items, one)]
    others = findings.of(*dict.fromkeys(kind for one in evidence for kind in one.kinds))
    passages = (passage for one in spec.sections for passage in one.passages if passage.kind != "gap")
    told = {(citation.path, citation.quote) for passage in passages for citation in passage.citations}
    near = {item.rank: item for item in (*fitting, *others)}.values()
    return tuple(item for item in near if (item.citation.path, item.citation.quote) not in told)[:MOST]

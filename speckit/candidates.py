"""What else of the research could stand in a section of the draft."""

from __future__ import annotations

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
        At most twelve, the kinds in the pack's order, each in reading order.
    """
    wanted = next((one for one in pack.sections if one.title == section.title), None) or next(
        (one for one in pack.sections if one.role == "design"), None
    )
    if wanted is None:
        return ()
    kinds = dict.fromkeys(
        [*(kind for evidence in wanted.evidence for kind in evidence.kinds), *wanted.related]
    )
    told = {(c.path, c.quote) for s in spec.sections for p in s.passages for c in p.citations}
    found = (item for item in findings.of(*kinds) if (item.citation.path, item.citation.quote) not in told)
    return tuple(found)[:MOST]

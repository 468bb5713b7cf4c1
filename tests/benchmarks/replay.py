"""Measure decision replay: the share of real specs that can be produced by clicking.

python -m tests.benchmarks.replay ../shared/corpora/atomic
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.replay import cases, draft_of, missing_cards, offered_and_used, replay, share

BARS = {"question": 0.65, "stated": 0.55, "all": 0.38}


def bar(basis: str) -> str:
    """The bar of a basis, where it has one."""
    return f"  (bar {BARS[basis]:.0%})" if basis in BARS else ""


def main(root: Path) -> None:
    """Print the shares by what statements rest on and by kind, and each miss with its reason."""
    drafts = {case: draft_of(case, root) for case in cases()}
    found = [one for case, spec in drafts.items() for one in replay(case, spec)]
    print(f"{len(cases())} specs, {len(found)} statements")
    for basis in ("question", "stated", "nothing"):
        told = [one for one in found if one.statement.basis == basis]
        print(f"  resting on {basis:9} {share(told):5.1%} of {len(told)}{bar(basis)}")
    print(f"  all                  {share(found):5.1%} of {len(found)}{bar('all')}")
    for kind in ("goal", "non-goal", "rejected", "decision", "phase"):
        told = [one for one in found if one.statement.kind == kind]
        print(f"  {kind:20} {share(told):5.1%} of {len(told)}")
    missing, cards = missing_cards(found)
    print(f"cards all of whose options miss the real answer: {missing} of {cards}  (bar 25%)")
    offered, used = offered_and_used(found, drafts.values())
    print(f"scope items offered for one used: {offered} for {used}  (bar 5)")
    misses = [one for one in found if one.question is None]
    print("misses:", dict(Counter(one.miss for one in misses).most_common()))
    for one in misses:
        if one.statement.basis != "nothing":
            told = one.statement
            print(f"  {one.case.spec}:{told.line} {told.kind}: {told.says} ({one.miss})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

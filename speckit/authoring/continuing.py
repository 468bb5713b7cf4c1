"""Going on with a spec that is on disk."""

from __future__ import annotations

from pathlib import Path

from speckit.authoring.session import Authoring
from speckit.errors import LedgerError
from speckit.ledger import open_ledger, spec_topic
from speckit.recipe import Recipe


def open_authoring(path: Path) -> Authoring:
    """Go on with a spec on disk.

    Raises:
        SpeckitError: it is not there, or has no ledger.
    """
    folder = path.parent.resolve()
    ledger = open_ledger(folder, path.name)
    stored = ledger.read_recipe()
    if not stored and ledger.adopted is None:
        raise LedgerError(f"{path} has no ledger: take it in with `speckit adopt {path}`")
    research = str(stored.get("research") or Recipe().research)
    recipe = Recipe(topic=spec_topic(ledger), research=research, specs=str(folder))
    return Authoring(recipe, folder, ledger=ledger)

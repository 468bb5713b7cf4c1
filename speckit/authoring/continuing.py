"""Going on with a spec that is on disk."""

from __future__ import annotations

from pathlib import Path

from speckit.adopt import adopt
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


def review_authoring(name: str, start: Path | None = None) -> Authoring:
    """Open a spec for a review; one that was written elsewhere is taken in first, its text left as it is.

    Args:
        name: its path, or its name in a folder of specs, from `start` or a folder above.
        start: where to look; the working directory.

    Raises:
        SpeckitError: there is no such spec.
    """
    here = (start or Path.cwd()).resolve()
    spec = Path(name if name.endswith(".md") else f"{name}.md")
    places = (folder / part / spec for folder in (here, *here.parents) for part in ("", Recipe().specs))
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        raise LedgerError(f"no spec {name!r} here or above: name one of {Recipe().specs}/, or its path")
    ledger = open_ledger(path.parent.resolve(), path.name)
    if not ledger.read_recipe() and ledger.adopted is None:
        adopt(path)
    return open_authoring(path)

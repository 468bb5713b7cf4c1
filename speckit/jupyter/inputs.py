"""What a row of a batch is made from, as hashes: where all is as it left it, it need not run again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from speckit import __version__
from speckit.errors import SpeckitError
from speckit.ledger import find_ledger
from speckit.load.files import EXCLUDED
from speckit.paths import find_project
from speckit.recipe import make_recipe


@dataclass(frozen=True, slots=True)
class Inputs:
    """Hashes of a row's inputs.

    Args:
        sources: speckit, the notebook, the recipe, the research, the templates and the answers file.
        ledger: the answers that people gave.
        document: the spec as it is on disk, where people edit it and tick boxes.
    """

    sources: str
    ledger: str
    document: str

    @property
    def digest(self) -> str:
        """All of them in one."""
        return _hash(map(str.encode, (self.sources, self.ledger, self.document)))

    def as_left(self, after: Inputs | None) -> str:
        """The digest of what a row was made from and left behind, to be compared with that of the next start.

        Args:
            after: its inputs when it had run.

        Returns:
            The digest; empty where an answer came in meanwhile, which it may not have seen.
        """
        if after is None or after.ledger != self.ledger:
            return ""
        return Inputs(self.sources, after.ledger, after.document).digest


def read_inputs(parameters: dict[str, Any], notebook: Path, hashed: Callable[[Path], str]) -> Inputs | None:
    """Read what a row is made from.

    Args:
        parameters: of the row.
        notebook: that it executes.
        hashed: gives the hash of a folder; rows share folders.

    Returns:
        The hashes; None where the row is so wrong that they cannot be told.
    """
    try:
        recipe = make_recipe(parameters)
        project = find_project(recipe.research, recipe.specs)
        ledger = find_ledger(project.specs, recipe.topic, recipe.day)
        files = [notebook, *([project.root / recipe.answers] if isinstance(recipe.answers, str) else ())]
        folders = (project.research, project.root / "templates")
        sources = [__version__, recipe.model_dump_json(), *map(hashed, folders)]
        return Inputs(
            _hash([*map(str.encode, sources), *(path.read_bytes() for path in files)]),
            _hash(name.encode() for name in sorted(ledger.listing())),
            _hash(path.read_bytes() for path in (ledger.document,) if path.is_file()),
        )
    except (SpeckitError, OSError):
        return None


def hash_of_folder(folder: Path) -> str:
    """Hash the names and bytes of a folder's files, without the folders that `load` never enters."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and EXCLUDED.isdisjoint(path.parts))
    return _hash(part for path in files for part in (path.as_posix().encode(), path.read_bytes()))


def _hash(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()

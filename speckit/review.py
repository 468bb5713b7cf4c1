"""Review: a spec on disk with what it is judged by: its project's research, its template pack, its ledger.

A spec is judged wherever it lies. One that speckit wrote says in its ledger which research and which pack it
comes from; of another, the research is that of the nearest folder above, and the pack is `rfc`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from speckit.check import check
from speckit.errors import LedgerError, ProjectError, SpeckitError
from speckit.ledger import Ledger, open_ledger
from speckit.load.files import UnreadableError, read_text
from speckit.model import Problem
from speckit.paths import Project, find_project, inside
from speckit.recipe import Recipe, make_recipe
from speckit.rules import Kept, read_page
from speckit.template import Pack, load_pack


@dataclass(frozen=True, slots=True)
class Review:
    """A spec on disk.

    Args:
        named: its path as it was given, which problems bear.
        path: its path from the project root.
        text: its markdown.
        root: the project root, where the paths of research start.
        research: the research folder, which may be a link that leads elsewhere.
        pack: the template pack it follows.
        ledger: its ledger, None where its name has no date; one that is not on disk has no recipe.
        recipe: what it was made from, None where speckit did not make it.
    """

    named: Path
    path: str
    text: str = field(repr=False)
    root: Path
    research: Path
    pack: Pack
    ledger: Ledger | None = None
    recipe: Recipe | None = None

    @property
    def status(self) -> tuple[int, str]:
        """The line and value of its status; line 0 where it has none."""
        return read_page(self.text, self.path, self.pack, self._read).metadata("Status") or (0, "")

    def problems(self, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Problem, ...]:
        """What is wrong in it.

        Args:
            select: codes, or what they begin with; empty takes all.
            ignore: likewise, to be left out.

        Raises:
            SpeckitError: `select` or `ignore` names no rule.
        """
        kept = Kept(self.ledger.status, self.ledger.quotes()) if self.ledger and self.recipe else None
        found = check(self.text, self.path, self.pack, self._read, kept=kept, select=select, ignore=ignore)
        return tuple(replace(problem, path=self.named.as_posix()) for problem in found)

    def _read(self, name: str) -> str | None:
        path = self.root / name
        within = self.research if path.is_relative_to(self.research) else self.root
        try:
            return read_text(inside(within, path.as_posix()))
        except (UnreadableError, ProjectError):
            return None


def review(spec: Path, template: str = "", load: Callable[[str, Path | None], Pack] = load_pack) -> Review:
    """Read a spec with what it is judged by.

    Args:
        spec: its path.
        template: a template pack; empty takes that of its recipe, else `rfc`.
        load: how a pack is loaded; a cached one saves time where many specs are reviewed.

    Raises:
        SpeckitError: the spec, its ledger or the pack cannot be read.
    """
    try:
        text = read_text(spec)
    except UnreadableError as problem:
        raise ProjectError(f"the spec {spec} {problem}: name a markdown file") from None
    path = spec.parent.resolve() / spec.name
    ledger = _ledger(path)
    stored = ledger.read_recipe() if ledger else {}
    recipe = make_recipe(stored, "the stored recipe") if stored else Recipe()
    project = _project(path.parent, recipe)
    return Review(
        named=spec,
        path=path.relative_to(project.root).as_posix(),
        text=text,
        root=project.root,
        research=project.research,
        pack=load(template or recipe.template, project.root / "templates"),
        ledger=ledger,
        recipe=recipe if stored else None,
    )


def _ledger(path: Path) -> Ledger | None:
    try:
        return open_ledger(path.parent, path.name)
    except LedgerError:  # its name is not a date and a topic
        return None


def _project(folder: Path, recipe: Recipe) -> Project:
    """The project of a spec's folder; the folder above is its root where no research lies above."""
    with suppress(SpeckitError):
        project = find_project(recipe.research, recipe.specs, folder)
        if folder.is_relative_to(project.root):
            return project
    return Project(folder.parent, folder.parent / "research", folder)

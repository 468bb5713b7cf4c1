"""The desk: what the cells of the notebook call.

A cell shows a panel. Where the front end can answer, a panel is a widget that stays true as the spec changes;
cells are not run again. Elsewhere (papermill, nbconvert, nbval) it is text, and no widget is made.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from speckit.authoring import Authoring, review_authoring
from speckit.errors import RecipeError
from speckit.jupyter import panels
from speckit.jupyter.outcome import outcome_of
from speckit.markdown import safe_html
from speckit.recipe import Recipe, make_recipe

if TYPE_CHECKING:
    from ipywidgets import Widget

SPEC_MIME = "text/vnd.speckit.spec"  # the spec's markdown in the output of the export cell
OUTCOME_MIME = "application/vnd.speckit.outcome+json"  # where the spec stands, beside it


class Desk:
    """One spec at work in a notebook.

    Args:
        start: where to look for the project; the working directory.
        spec: a spec to review, by path or name, in place of a topic.
        parameters: the notebook's parameters, as `Recipe` has them.

    Raises:
        SpeckitError: a parameter, the project or the answers are wrong; one line, without a traceback.
    """

    def __init__(self, start: Path | None = None, *, spec: str = "", **parameters: Any) -> None:
        self.recipe = make_recipe(parameters)
        self.folder = start
        self.live = is_live()
        self._opened: Authoring | None = None
        self._watchers: list[Callable[[], None]] = []
        if spec:
            self._opened = review_authoring(spec, start)
        elif self.recipe.topic or not self.live:
            self._opened = Authoring(self.recipe, start)

    @property
    def authoring(self) -> Authoring:
        """The spec being written.

        Raises:
            RecipeError: none is open yet.
        """
        if self._opened is None:
            raise RecipeError("no spec is open: choose a topic in the Start panel above")
        return self._opened

    @property
    def is_open(self) -> bool:
        """Whether a topic has been chosen."""
        return self._opened is not None

    def open(self, recipe: Recipe) -> None:
        """Open the spec of a recipe, new or continued, and repaint every panel."""
        self._opened = Authoring(recipe, self.folder)
        self.recipe = recipe
        self.changed()

    def watch(self, repaint: Callable[[], None]) -> None:
        """Have a panel repainted after each change."""
        self._watchers.append(repaint)

    def changed(self) -> None:
        """Repaint every panel."""
        for repaint in self._watchers:
            repaint()

    def start(self) -> Panel:
        """The topic and where the spec will be; live, a form to choose them."""
        return self._panel("start", panels.start)

    def research(self) -> Panel:
        """The research that bears on the topic, ranked, with reasons; live, to take in or leave out."""
        return self._panel("research", panels.research)

    def draft(self) -> Panel:
        """The outline of the draft; live, with the text of each section."""
        return self._panel("draft", panels.draft)

    def questions(self) -> Panel:
        """The open questions with their options; live, the deck with the spec beside it."""
        return self._panel("questions", panels.questions)

    def checks(self) -> Panel:
        """What is wrong in the spec."""
        return self._panel("checks", panels.checks)

    def export(self) -> Panel:
        """Write the spec; live, when the button is pressed."""
        if self.live:
            return self._panel("export", lambda authoring: authoring.path)
        exported = self.authoring.export()
        proposed = self.authoring.propose(exported) if exported.conflicts else ""
        closing = self.authoring.closing(exported, proposed)
        page = safe_html(f"{closing}\n\n---\n\n{exported.text}")
        outcome = asdict(outcome_of(self.authoring, len(exported.conflicts)))
        return Panel(
            {"text/plain": closing, "text/html": page, SPEC_MIME: exported.text, OUTCOME_MIME: outcome}
        )

    def _panel(self, name: str, tell: Callable[[Authoring], str]) -> Panel:
        text = tell(self._opened) if self._opened else panels.NOTHING_YET
        bundle = {"text/plain": text, "text/html": safe_html(text)}
        if not self.live:
            return Panel(bundle)
        from speckit.jupyter.live import view

        return Panel(bundle, view(name, self))


class Panel:
    """What a cell shows: text, also as HTML, and a widget where somebody can answer."""

    def __init__(self, bundle: dict[str, Any], widget: Widget | None = None) -> None:
        self.bundle = bundle
        self.widget = widget

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return self.bundle | ({} if self.widget is None else _view_of(self.widget))

    def __repr__(self) -> str:
        return str(self.bundle["text/plain"])


def is_live() -> bool:
    """Whether somebody is there to answer.

    `SPECKIT_STATIC` overrides; Voila refuses standard input although a person looks on; otherwise a front end
    that a person uses is one that allows standard input, which papermill, nbconvert and nbval refuse.
    """
    from IPython import get_ipython

    if override := os.environ.get("SPECKIT_STATIC"):
        return override == "0"
    if os.environ.get("SERVER_SOFTWARE", "").startswith("voila"):
        return True
    kernel = getattr(get_ipython(), "kernel", None)
    return bool(getattr(kernel, "_allow_stdin", False))


def _view_of(widget: Widget) -> dict[str, Any]:
    """The part of a widget's bundle that shows it."""
    bundle = widget._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    return {mime: value for mime, value in (data or {}).items() if mime.startswith("application/")}

"""The live panels around the deck: widgets that call the desk, and that it repaints.

Text goes into widgets as text; HTML only as `safe_html` makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ipywidgets import (
    HTML,
    Accordion,
    Button,
    Combobox,
    Dropdown,
    HBox,
    Layout,
    Text,
    ToggleButtons,
    VBox,
    Widget,
)

from speckit.approve import approve
from speckit.errors import SpeckitError
from speckit.jupyter import panels
from speckit.jupyter.deck import Deck
from speckit.jupyter.outline import Outline
from speckit.jupyter.ranking import Ranking
from speckit.jupyter.views import opens_beside, way_to_root
from speckit.markdown import safe_html
from speckit.recipe import make_recipe
from speckit.template import pack_names

if TYPE_CHECKING:
    from speckit.authoring import Authoring
    from speckit.jupyter.desk import Desk
    from speckit.merge import Conflict, Side

WIDE = Layout(width="auto", max_width="52rem")


def view(name: str, desk: Desk) -> Widget:
    """The live view of a panel, repainted after each change of the spec.

    Args:
        name: which panel: start, research, draft, questions, checks or export.
        desk: what the panel shows and acts on.
    """
    builders: dict[str, Callable[[Desk], Sequence[Widget]]] = {
        "start": _start,
        "research": _View(Ranking),
        "draft": _View(Outline),
        "questions": _View(Deck),
        "checks": _checks,
        "export": _Export(),
    }
    build = builders[name]
    box = VBox()
    box.add_class(f"speckit-{name}")  # the deck leads from the last question to the export
    box.add_class("speckit-panel")  # in which JupyterLab opens what links name beside the notebook

    def repaint() -> None:
        ready = desk.is_open or name == "start"
        box.children = tuple(build(desk)) if ready else (_text(panels.NOTHING_YET),)

    desk.watch(repaint)
    repaint()
    return box


def _text(markdown: str) -> HTML:
    return HTML(value=safe_html(markdown))


def _start(desk: Desk) -> Sequence[Widget]:
    if desk.is_open:
        return (_text(panels.start(desk.authoring)),)
    topic = Combobox(
        placeholder="What the spec is about, or a spec to continue",
        options=_known_topics(desk),
        description="Topic",
        ensure_option=False,
        layout=WIDE,
    )
    research = Text(value=desk.recipe.research, description="Research", layout=WIDE)
    template = Dropdown(options=pack_names(None), value=desk.recipe.template, description="Template")
    go = Button(description="Draft the spec", button_style="primary")
    told = HTML()

    def begin(_: Any) -> None:
        values = {"topic": topic.value, "research": research.value, "template": template.value}
        _try(told, lambda: desk.open(make_recipe(desk.recipe.model_dump() | values)))

    go.on_click(begin)
    return topic, research, template, go, told


def _known_topics(desk: Desk) -> tuple[str, ...]:
    """The topics that have a spec, to continue one."""
    from speckit.ledger import topics
    from speckit.paths import find_project

    try:
        return topics(find_project(desk.recipe.research, desk.recipe.specs, desk.folder).specs)
    except SpeckitError:
        return ()


class _View:
    """A view made once for each spec that is opened: what is typed and what is in sight survive a repaint.

    Args:
        kind: the widget's class.
    """

    def __init__(self, kind: type[Ranking] | type[Outline] | type[Deck]) -> None:
        self.kind = kind
        self.made: Ranking | Outline | Deck | None = None

    def __call__(self, desk: Desk) -> Sequence[Widget]:
        if self.made is None or self.made.authoring is not desk.authoring:
            self.made = self.kind(desk.authoring, desk.changed)
        else:
            self.made.repaint()
        return (self.made,)


def _checks(desk: Desk) -> Sequence[Widget]:
    authoring = desk.authoring
    problems = authoring.problems
    there = opens_beside() and authoring.ledger.document.exists()
    document = way_to_root(authoring.project) + quote(authoring.path) if there else ""
    urgent = [panels.listed(problems, name, document) for name in ("error", "warning")]
    notes = panels.listed(problems, "note", document)
    shown: list[Widget] = [_text("\n\n".join([f"**{panels.counted(problems)}**", *filter(None, urgent)]))]
    return [*shown, Accordion(children=[_text(notes)], titles=["Notes"])] if notes else shown


class _Export:
    """The button that writes the document, made once for each spec, so that no repaint swallows a click."""

    def __init__(self) -> None:
        self.of: Authoring | None = None
        self.shown: Sequence[Widget] = ()

    def __call__(self, desk: Desk) -> Sequence[Widget]:
        if self.of is not desk.authoring:
            self.of, self.shown = desk.authoring, _export(desk.authoring)
        return self.shown


def _export(authoring: Authoring) -> Sequence[Widget]:
    write = _button(f"Write {authoring.path}", primary=True)
    status = Dropdown(
        options=authoring.pack.statuses, value=authoring.spec.status, layout=Layout(width="12rem")
    )
    give = _button("Give this status")
    told, sides = HTML(), VBox()

    def export(chosen: Mapping[Conflict, Side] | None = None) -> None:
        def done() -> None:
            exported = authoring.export(chosen)
            told.value = safe_html(authoring.closing(exported))
            sides.children = _sides(exported.conflicts, export) if exported.conflicts else ()

        _try(told, done)

    def raise_status(_: Any) -> None:
        def done() -> None:
            found = approve(authoring.ledger.document, status.value, authoring.recipe.day)
            authoring.refresh()
            told.value = safe_html(panels.approval(found))

        _try(told, done)

    write.on_click(lambda _: export())
    give.on_click(raise_status)
    return HBox([write, status, give]), told, sides


def _sides(
    conflicts: Sequence[Conflict], settle: Callable[[Mapping[Conflict, Side]], None]
) -> Sequence[Widget]:
    """Each edit beside the passage that it meets, to choose from; nothing is written before."""
    chosen = [
        ToggleButtons(options=[("Keep the edit", "file"), ("Take the new text", "new")], value="file")
        for _ in conflicts
    ]
    take = _button("Write it so", primary=True)
    take.on_click(lambda _: settle({c: box.value for c, box in zip(conflicts, chosen, strict=True)}))
    rows = [(_text(panels.both_sides(c)), box) for c, box in zip(conflicts, chosen, strict=True)]
    return (*(widget for row in rows for widget in row), take)


def _button(name: str, *, primary: bool = False) -> Button:
    return Button(
        description=name, button_style="primary" if primary else "", layout=Layout(width="max-content")
    )


def _try(told: HTML, act: Callable[[], object]) -> None:
    """Do what was asked; a mistake is told in place."""
    told.value = ""
    try:
        act()
    except SpeckitError as problem:
        told.value = safe_html(f"**{panels.plain(str(problem))}**")

"""The live panels around the deck: widgets that call the desk, and that it repaints.

Text goes into widgets as text; HTML only as `safe_html` makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ipywidgets import HTML, Accordion, Button, Checkbox, Combobox, Dropdown, Layout, Text, VBox, Widget

from speckit.errors import SpeckitError
from speckit.jupyter import panels
from speckit.jupyter.deck import Deck
from speckit.markdown import safe_html
from speckit.recipe import make_recipe
from speckit.template import pack_names, render_section

if TYPE_CHECKING:
    from speckit.authoring import Authoring
    from speckit.jupyter.desk import Desk
    from speckit.model import Hit

WIDE = Layout(width="auto", max_width="52rem")


def view(name: str, desk: Desk) -> Widget:
    """The live view of a panel, repainted after each change of the spec.

    Args:
        name: which panel: start, research, draft, questions, checks or export.
        desk: what the panel shows and acts on.
    """
    builders: dict[str, Callable[[Desk], Sequence[Widget]]] = {
        "start": _start,
        "research": _research,
        "draft": _draft,
        "questions": _Questions(),
        "checks": _checks,
        "export": _export,
    }
    build = builders[name]
    box = VBox()

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


def _research(desk: Desk) -> Sequence[Widget]:
    authoring = desk.authoring
    taken = {document.path for document in authoring.documents}
    told = HTML()

    def choose(_: Any) -> None:
        def draft() -> None:
            authoring.choose_documents(tuple(hit.document.path for hit, box in boxes if box.value))
            desk.changed()

        _try(told, draft)

    boxes = [(hit, _box(hit, hit.document.path in taken)) for hit in authoring.hits]
    for _hit, box in boxes:
        box.observe(choose, "value")
    rows = [row for hit, box in boxes for row in (box, _text(_reasons(hit, authoring)))]
    newer = [_text(f"**{authoring.newer}**, not taken in.")] if authoring.newer.hits else []
    return (*newer, *rows, told)


def _reasons(hit: Hit, authoring: Authoring) -> str:
    return panels.reasons(hit, authoring.link(hit.document.path, 0, 0))


def _box(hit: Hit, ticked: bool) -> Checkbox:
    date = hit.document.date or "undated"
    return Checkbox(
        value=ticked, description=f"{hit.document.title} ({date}, {hit.tier})", indent=False, layout=WIDE
    )


def _draft(desk: Desk) -> Sequence[Widget]:
    authoring = desk.authoring
    sections = [section for section in authoring.spec.sections if section.role != "questions"]
    texts = [
        _text(render_section(section, authoring.pack, authoring.project.to_root)) for section in sections
    ]
    titles = [
        f"{section.number} {section.title} · {panels.state_of(section)}, {panels.words(section)} words"
        for section in sections
    ]
    return (Accordion(children=texts, titles=titles),)


class _Questions:
    """The deck, made once for each spec that is opened: what is typed in it survives a repaint."""

    def __init__(self) -> None:
        self.deck: Deck | None = None

    def __call__(self, desk: Desk) -> Sequence[Widget]:
        if self.deck is None or self.deck.authoring is not desk.authoring:
            self.deck = Deck(desk.authoring, desk.changed)
        else:
            self.deck.repaint()
        return (self.deck,)


def _checks(desk: Desk) -> Sequence[Widget]:
    ranked = sorted(desk.authoring.problems, key=lambda problem: problem.line)
    groups = [(place, tuple(found)) for place, found in groupby(ranked, key=lambda problem: problem.section)]
    if not groups:
        return (_text("No problems."),)
    texts = [_text(panels.problems_as_markdown(found)) for _, found in groups]
    titles = [f"{place or 'The document'}: {len(found)}" for place, found in groups]
    return (Accordion(children=texts, titles=titles),)


def _export(desk: Desk) -> Sequence[Widget]:
    authoring = desk.authoring
    write = Button(description=f"Write {authoring.path}", button_style="primary", layout=WIDE)
    told = HTML()

    def export(_: Any) -> None:
        def done() -> None:
            told.value = safe_html(authoring.closing(authoring.export()))

        _try(told, done)

    write.on_click(export)
    return write, told


def _try(told: HTML, act: Callable[[], object]) -> None:
    """Do what was asked; a mistake is told in place."""
    told.value = ""
    try:
        act()
    except SpeckitError as problem:
        told.value = safe_html(f"**{panels.plain(str(problem))}**")

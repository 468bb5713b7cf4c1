"""The outline: where each section of the draft stands, and its passages, to leave out or to take in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from pydantic import ValidationError

from speckit.authoring import Authoring
from speckit.candidates import candidates
from speckit.errors import RecipeError, SpeckitError
from speckit.jupyter import panels
from speckit.jupyter.outline.messages import MESSAGES, Choose, Show
from speckit.jupyter.views import SHARED, module, place_of, styles, way_to_root
from speckit.ledger.files import may_write
from speckit.markdown import safe_html
from speckit.model import Citation, Passage, Pick, Section, keyed
from speckit.template import render_section

_HERE = Path(__file__).parent


class Outline(anywidget.AnyWidget):
    """The sections of a draft; one of them with its passages.

    Args:
        authoring: the spec being written.
        changed: called after a passage was left out or taken in.
    """

    _esm = module([_HERE / "outline.js"])
    _css = styles([SHARED / "base.css", SHARED / "page.css", _HERE / "outline.css"])
    about = traitlets.Dict().tag(sync=True)
    sections: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    revision = traitlets.Int(0).tag(sync=True)

    def __init__(self, authoring: Authoring, changed: Callable[[], None]) -> None:
        self.authoring = authoring
        self._changed = changed
        about = {"picks": may_pick(authoring), "root": way_to_root(authoring.project)}
        super().__init__(about=about, sections=self._sections())
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return f"Outline({self.authoring.spec.topic!r}, {len(self.sections)} sections)"

    def repaint(self) -> None:
        """Show what the spec says now."""
        with self.hold_sync():
            self.sections = self._sections()
            self.revision += 1

    def _sections(self) -> list[dict[str, Any]]:
        edited = panels.edited_sections(self.authoring)
        return [
            {
                "key": key,
                "name": " ".join(dict.fromkeys((section.number, section.title))).strip(),
                "depth": section.number.count("."),
                "state": panels.state_of(section, edited),
                "words": panels.words(section),
            }
            for key, section in keyed(self.authoring.spec.sections).items()
        ]

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Do what the browser asks, and say what the section holds then."""
        try:
            message = MESSAGES.validate_python(content)
            if isinstance(message, Choose):
                self._choose(message)
            told = self._told(message)
        except ValidationError as problem:
            told = {"kind": "refused", "why": f"not understood: {problem.errors()[0]['msg']}"}
        except SpeckitError as problem:
            told = {"kind": "refused", "why": str(problem)}
        self.send(told)

    def _choose(self, message: Choose) -> None:
        """Record what somebody left out, took in or put back."""
        section = self._section(message.section)
        known = [*self._own(message.section, section), *self._others(message.section, section)]
        known += [pick for pick in self.authoring.picks if pick.section == message.section]
        pick = next((pick for pick in known if _key(pick) == message.passage), None)
        if pick is None:
            raise RecipeError("the research no longer says this: run the notebook again to see what it says")
        chosen = replace(pick, taken=message.choice == "take in")
        self.authoring.pick(chosen, back=message.choice == "put back")
        self._changed()

    def _told(self, message: Show | Choose) -> dict[str, Any]:
        """A section with all that can be done about it."""
        section = self._section(message.section)
        picks = [pick for pick in self.authoring.picks if pick.section == message.section]
        own = {(pick.path, pick.quote, pick.text): pick for pick in self._own(message.section, section)}
        taken = {_key(pick) for pick in picks if pick.taken}
        return {
            "kind": "section",
            "key": message.section,
            "instruction": safe_html(section.instruction),
            "passages": [self._shown(section, passage, own, taken) for passage in section.passages],
            "out": [self._offered(pick, "") for pick in picks if not pick.taken],
            "others": [self._offered(p, safe_html(p.text)) for p in self._others(message.section, section)],
        }

    def _section(self, key: str) -> Section:
        found = keyed(self.authoring.spec.sections).get(key)
        if found is None:
            raise RecipeError(f"the spec has no section {key!r} any more: choose another")
        return found

    def _own(self, key: str, section: Section) -> list[Pick]:
        """What the research says in a section and can be left out; a drawing stands for all its parts."""
        if section.role == "questions" or any(passage.origin == "computed" for passage in section.passages):
            return []
        own = (p for p in section.passages if p.origin == "research" and p.kind not in {"gap", "decide"})
        return [_pick(key, p.citations[0], p.told, taken=False) for p in own if p.citations]

    def _others(self, key: str, section: Section) -> list[Pick]:
        """What else could stand there."""
        authoring = self.authoring
        found = candidates(authoring.spec, section, authoring.findings, authoring.pack)
        return [_pick(key, item.citation, item.text, taken=True) for item in found]

    def _shown(
        self, section: Section, passage: Passage, own: dict[tuple[str, str, str], Pick], taken: set[str]
    ) -> dict[str, Any]:
        """A passage as safe HTML, with what can be done about it."""
        alone = replace(section, passages=(passage,))
        rendered = render_section(alone, self.authoring.pack, self.authoring.project.to_root)
        body = rendered.strip("\n").partition("\n")[2]
        names = [(citation.path, citation.quote, passage.told) for citation in passage.citations[:1]]
        pick = own.get(names[0]) if names else None
        key = _key(pick) if pick else ""
        return {"html": safe_html(body), "passage": key, "can": "put back" if key in taken else "leave out"}

    def _offered(self, pick: Pick, html: str) -> dict[str, Any]:
        """A passage that does not stand in the section."""
        cited = (item.citation for item in self.authoring.findings.items)
        there = next((c for c in cited if (c.path, c.quote) == (pick.path, pick.quote)), None)
        return {
            "html": html,
            "text": pick.text,
            "passage": _key(pick),
            "label": there.label if there else pick.path,
            "quote": pick.quote,
            "place": place_of(pick.path, there.start if there else 1),
        }


def may_pick(authoring: Authoring) -> bool:
    """Whether passages can be chosen: not in a spec written elsewhere, nor by who may only look on."""
    return bool(authoring.findings.items) and may_write(authoring.ledger.folder / "answers")


def _pick(section: str, citation: Citation, text: str, *, taken: bool) -> Pick:
    return Pick(section, citation.path, citation.quote, text, taken)


def _key(pick: Pick) -> str:
    return hashlib.sha256(f"{pick.path}\n{pick.quote}\n{pick.text}".encode()).hexdigest()[:16]

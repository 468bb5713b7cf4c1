"""The outline: where each section of the draft stands, and its passages, to leave out or to take in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
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
from speckit.model import Citation, Finding, Passage, Pick, Section
from speckit.template import render_section

_HERE = Path(__file__).parent


class Outline(anywidget.AnyWidget):
    """The sections of a draft; one of them with its passages.

    Args:
        authoring: the spec being written.
        changed: called after a passage was left out or taken in.
    """

    _esm = module([SHARED / "dom.js", _HERE / "outline.js"])
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
                "title": section.title,
                "name": f"{section.number} {section.title}".strip(),
                "depth": section.number.count("."),
                "state": panels.state_of(section, edited),
                "words": panels.words(section),
            }
            for section in self.authoring.spec.sections
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
        known = {_key(c): c for c in (*_own(section), *_cited(self._others(section)), *self._out(section))}
        if message.passage not in known:
            raise RecipeError("the research no longer says this: run the notebook again to see what it says")
        citation = known[message.passage]
        picked = Pick(section.title, citation.path, citation.quote, message.choice == "take in")
        self.authoring.pick(picked, back=message.choice == "put back")
        self._changed()

    def _told(self, message: Show | Choose) -> dict[str, Any]:
        """A section with all that can be done about it."""
        section = self._section(message.section)
        picks = [pick for pick in self.authoring.picks if pick.section == section.title]
        taken = {(pick.path, pick.quote) for pick in picks if pick.taken}
        return {
            "kind": "section",
            "title": section.title,
            "instruction": safe_html(section.instruction),
            "passages": [self._shown(section, passage, taken) for passage in section.passages],
            "out": [self._quoted(citation) for citation in self._out(section)],
            "others": [self._offered(item) for item in self._others(section)],
        }

    def _section(self, title: str) -> Section:
        found = next((one for one in self.authoring.spec.sections if one.title == title), None)
        if found is None:
            raise RecipeError(f"the spec has no section {title!r} any more: choose another")
        return found

    def _others(self, section: Section) -> tuple[Finding, ...]:
        authoring = self.authoring
        return candidates(authoring.spec, section, authoring.findings, authoring.pack)

    def _out(self, section: Section) -> list[Citation]:
        """The passages that were left out, where the research still says them."""
        out = {(p.path, p.quote) for p in self.authoring.picks if p.section == section.title and not p.taken}
        cited = (item.citation for item in self.authoring.findings.items)
        return [citation for citation in cited if (citation.path, citation.quote) in out]

    def _shown(self, section: Section, passage: Passage, taken: set[tuple[str, str]]) -> dict[str, Any]:
        """A passage as safe HTML, with what can be done about it."""
        alone = replace(section, passages=(passage,), columns=section.columns)
        rendered = render_section(alone, self.authoring.pack, self.authoring.project.to_root)
        body = rendered.strip("\n").partition("\n")[2]
        own = [citation for citation in _own(section) if citation in passage.citations]
        can = "put back" if own and (own[0].path, own[0].quote) in taken else "leave out"
        return {"html": safe_html(body), "key": _key(own[0]) if own else "", "can": can if own else ""}

    def _offered(self, item: Finding) -> dict[str, Any]:
        return {"html": safe_html(item.text)} | self._quoted(item.citation)

    @staticmethod
    def _quoted(citation: Citation) -> dict[str, Any]:
        told = {"key": _key(citation), "label": citation.label, "quote": citation.quote}
        return told | {"place": place_of(citation.path, citation.start)}


def may_pick(authoring: Authoring) -> bool:
    """Whether passages can be chosen: not in a spec written elsewhere, nor by who may only look on."""
    return bool(authoring.findings.items) and may_write(authoring.ledger.folder / "answers")


def _own(section: Section) -> list[Citation]:
    """What the research says in a section and can be left out; a drawing stands for all its parts."""
    if section.role == "questions" or any(passage.origin == "computed" for passage in section.passages):
        return []
    own = (p for p in section.passages if p.origin == "research" and p.kind not in {"gap", "decide"})
    return [citation for passage in own for citation in passage.citations[:1]]


def _cited(items: Iterable[Finding]) -> list[Citation]:
    return [item.citation for item in items]


def _key(citation: Citation) -> str:
    return hashlib.sha256(f"{citation.path}\n{citation.quote}".encode()).hexdigest()[:16]

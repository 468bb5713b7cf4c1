"""The deck: one widget that puts the questions of a spec, and beside them the spec as the answers make it.

The browser holds what every option of the question in sight would change, so that the preview changes at
once; the kernel records the answer and sends what it came to. Each card and each section is a trait of its
own: ipywidgets sends those that differ, and a page that is loaded again gets them all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, assert_never

import anywidget
import traitlets
from pydantic import ValidationError

from speckit.authoring import Authoring
from speckit.clarify import answer_of
from speckit.contrast import FIXED, LEAVE, MOOT, PREMISE, REMOVE, label_key, offered
from speckit.diagrams import diagram_image
from speckit.errors import AnswersError, SpeckitError
from speckit.explain import as_text, explain
from speckit.jupyter.deck.cards import card, differences, targets
from speckit.jupyter.deck.messages import (
    MESSAGES,
    Add,
    Confirm,
    Draw,
    Explain,
    Message,
    Offer,
    Poll,
    Say,
    Scope,
    Show,
    TakeBack,
    Undo,
    Uphold,
)
from speckit.jupyter.deck.page import Unit, diagrams, splices, units
from speckit.jupyter.views import SHARED, module, styles, way_to_root
from speckit.ledger.files import may_write
from speckit.model import Answer, Findings, Option, Question, Quote, keyed
from speckit.own import added, own_option
from speckit.related import related

_HERE = Path(__file__).parent
_FIXED = {"premise": PREMISE, "remove": REMOVE, "leave": LEAVE, "moot": MOOT}  # answers that need words
_PARTS = (
    *("drafts", "outbox", "preview", "effects", "fields", "card"),
    *("scope", "overview", "adding", "bar", "trouble", "keys", "deck"),
)
_STYLES = ("card", "lists", "deck")


class Deck(anywidget.AnyWidget):
    """The questions of a spec, with the spec beside them.

    Args:
        authoring: the spec being written; the deck answers through it and shows what it says.
        changed: called after the deck changed the spec or saw that somebody else did.
    """

    _esm = module(_HERE / f"{name}.js" for name in _PARTS)
    _css = styles([SHARED / "base.css", SHARED / "page.css", *(_HERE / f"{name}.css" for name in _STYLES)])
    about = traitlets.Dict().tag(sync=True)
    order: traitlets.List[str] = traitlets.List().tag(sync=True)
    outline: traitlets.List[dict[str, str]] = traitlets.List().tag(sync=True)
    revision = traitlets.Int(0).tag(sync=True)

    def __init__(self, authoring: Authoring, changed: Callable[[], None]) -> None:
        self.authoring = authoring
        self._changed = changed
        self._undo: list[tuple[str, Answer | None]] = []
        self._quoted_from: Findings | None = None
        self._quoted: dict[tuple[str, str], tuple[Quote, ...]] = {}
        values = self._values()
        self.add_traits(
            **{name: traitlets.Any().tag(sync=True) for name in values if not self.has_trait(name)}
        )
        super().__init__(**values)
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return f"Deck({self.authoring.spec.topic!r}, {len(self.authoring.spec.questions)} questions)"

    def repaint(self) -> None:
        """Show what the spec says now: what differs is sent, what is being typed stays."""
        values = self._values()
        self.add_traits(
            **{name: traitlets.Any().tag(sync=True) for name in values if not self.has_trait(name)}
        )
        differing = {name: value for name, value in values.items() if getattr(self, name) != value}
        if differing:
            with self.hold_sync():
                for name, value in differing.items():
                    self.set_trait(name, value)
                self.revision += 1

    def _values(self) -> dict[str, Any]:
        """All that the browser shows, by trait."""
        spec, to_root = self.authoring.spec, self.authoring.project.to_root
        self._sections = keyed(spec.sections)
        self._units = {key: units(s, self.authoring.pack, to_root) for key, s in self._sections.items()}
        reader = not may_write(self.authoring.ledger.folder / "answers")
        about: dict[str, Any] = {"title": spec.title, "owner": spec.owner, "by": self.authoring.by}
        about |= {"drafts": self._drafts(), "fixed": _FIXED, "targets": targets(self.authoring)}
        near = related(spec.questions)
        return {
            "about": about | {"root": way_to_root(self.authoring.project), "reader": reader},
            "order": [question.id for question in spec.questions],
            "outline": [{"key": key, "role": section.role} for key, section in self._sections.items()],
            **{
                f"card {question.id}": card(self.authoring, question, self._quotes, near.get(question.id, ()))
                for question in spec.questions
            },
            **{f"section {key}": found for key, found in self._units.items()},
        }

    def _quotes(self, question: Question, option: Option) -> tuple[Quote, ...]:
        """What the research says about an option, looked for once: an answer changes nothing about it."""
        if self._quoted_from is not self.authoring.findings:
            self._quoted_from, self._quoted = self.authoring.findings, {}
        key = (question.id, option.label)
        if key not in self._quoted:
            self._quoted[key] = self.authoring.quotes(question, option)
        return self._quoted[key]

    def _drafts(self) -> str:
        """The name under which the browser keeps what is typed: no other spec on this host has it."""
        return hashlib.sha256(str(self.authoring.ledger.folder.resolve()).encode()).hexdigest()[:16]

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Do what the browser asks, and say what came of it."""
        request = content.get("request") if isinstance(content, Mapping) else None
        try:
            message = MESSAGES.validate_python(content)
            told = self._do(message)
        except ValidationError as problem:
            told = {"kind": "refused", "why": f"not understood: {problem.errors()[0]['msg']}"}
        except SpeckitError as problem:
            told = {"kind": "refused", "why": str(problem)}
        self.send(told | ({"request": request} if isinstance(request, int) else {}))

    def _do(self, message: Message) -> dict[str, Any]:
        """Do what a message asks; gives the reply."""
        match message:
            case Poll():
                if self.authoring.refresh():
                    self._show_change()
                return {"kind": "alive"}
            case Show():
                return self._effects(self._question(message.question), message.target)
            case Draw():
                return {"kind": "drawn", "diagram": message.diagram, "image": self._drawn(message.diagram)}
            case Explain():
                story = as_text(explain(self.authoring, message.question))
                return {"kind": "explained", "question": message.question, "story": story}
            case _:
                return self._changing(message)

    def _changing(
        self, message: Say | Scope | Add | Offer | TakeBack | Undo | Confirm | Uphold
    ) -> dict[str, Any]:
        """Do what changes the spec."""
        match message:
            case Undo():
                return self._undone()
            case Add():
                return self._added(message)
            case Offer():
                question, option = self._question(message.question), own_option(message.text)
                if label_key(option.label) in {label_key(one.label) for one in offered(question)}:
                    raise AnswersError(f"{option.label!r} is offered already: choose it")
                self.authoring.offer(question, option)
                self._show_change()
                return {"kind": "done", "question": question.id, "note": "Offered."}
            case _:
                self._record(message)
                self._show_change()
                return {"kind": "done"}

    def _record(self, message: Say | Scope | TakeBack | Confirm | Uphold) -> None:
        """Record what a person decided."""
        match message:
            case Say():
                words = (message.text.strip(), message.later.strip())
                reason = (message.because.strip(), message.note.strip())
                exactly = (message.detail.strip(), message.target)
                self._answer(Answer(message.question, tuple(message.choices), *words, *reason, *exactly))
            case Scope():
                for name, label in message.labels.items():
                    given = answer_of(self.authoring.spec, self._question(name)) or Answer(name)
                    self._answer(Answer(name, (label,), because=given.because, note=given.note))
            case TakeBack():
                self._remember(self._question(message.question))
                self.authoring.take_back(message.question)
            case Confirm():
                for name in message.questions:
                    self._answer(_as_researched(self._question(name)))
            case Uphold():
                self._uphold(message.question)
            case _:
                assert_never(message)

    def _uphold(self, name: str) -> None:
        """Give an answer that needs confirmation again, as this person's."""
        question = self._question(name)
        one = next((one for one in self.authoring.shaken if one.question in question.ids), None)
        if one is None:
            raise AnswersError(f"the answer to {name} needs no confirmation any more")
        self._remember(question)
        self.authoring.confirm(one)

    def _added(self, message: Add) -> dict[str, Any]:
        """Ask what a person adds, and answer it where it is its own answer."""
        question, answer = added(message.what, message.text.strip(), message.options)
        self.authoring.ask(question)
        if answer:
            self.authoring.answer(answer)
        self._show_change()
        return {"kind": "done", "question": question.id, "note": "Added."}

    def _show_change(self) -> None:
        self.repaint()
        self._changed()

    def _answer(self, answer: Answer) -> None:
        """Record an answer whose labels the question offers, or a side of its dispute has."""
        question = self._question(answer.question)
        sides = [side for dispute in self.authoring.spec.disputes for side in dispute.sides]
        known = {option.label for option in offered(question)} | set(FIXED)
        known |= {label for side in sides if side.question in question.ids for label in side.choices}
        if strange := [label for label in answer.choices if label not in known]:
            raise AnswersError(f"{question.id} offers no {strange[0]!r}: choose again")
        if answer.target not in {"", *(section["number"] for section in targets(self.authoring))}:
            raise AnswersError(f"no answer is written into section {answer.target!r}: choose another")
        if MOOT in answer.choices and answer.because in question.ids:
            raise AnswersError(f"{question.id} cannot be moot because of itself: name another question")
        self._remember(question)
        self.authoring.answer(answer)

    def _remember(self, question: Question) -> None:
        given = answer_of(self.authoring.spec, question)
        self._undo.append((question.id, None if given is None or given.provisional else given))

    def _undone(self) -> dict[str, Any]:
        if not self._undo:
            return {"kind": "done", "note": "Nothing to undo."}
        question, earlier = self._undo.pop()
        if earlier is None:
            self.authoring.take_back(question)
        else:
            self.authoring.answer(replace(earlier, by="", on=None))
        self._show_change()
        return {"kind": "done", "question": question, "note": "Undone."}

    def _question(self, name: str) -> Question:
        for question in self.authoring.spec.questions:
            if name in question.ids:
                return question
        raise AnswersError(f"the spec no longer asks {name}: run the notebook again to see what it asks")

    def _effects(self, question: Question, target: str) -> dict[str, Any]:
        """What every answer to a question would say, written into a section, and what it would change."""
        labels = dict.fromkeys([*(option.label for option in offered(question)), *FIXED[:2]])
        asked = self.authoring.supposing(question.id, None)
        answers = {label: Answer(question.id, (label,), target=target) for label in labels}
        if question.answer:
            answers[""] = _as_researched(question)
        effects = {}
        for label, answer in answers.items():
            after = self.authoring.supposing(question.id, answer)
            effects[label] = {
                "diff": differences(asked, after, self.authoring),
                "splices": splices(
                    self._units,
                    self._sections,
                    keyed(after.sections),
                    self.authoring.pack,
                    self.authoring.project.to_root,
                ),
            }
        told = {"question": question.id, "target": target, "revision": self.revision}
        return {"kind": "effects", "effects": effects} | told

    def _drawn(self, name: str) -> str:
        for section in self._sections.values():
            source = diagrams(section, self.authoring.pack, self.authoring.project.to_root).get(name)
            if source is not None:
                return diagram_image(source)
        return ""


def _as_researched(question: Question) -> Answer:
    """The answer that the research itself gives."""
    if not question.answer:
        raise AnswersError(f"the research does not answer {question.id}: choose an option")
    label = next((o.label for o in offered(question) if o.label == question.answer), "")
    return Answer(question.id, (label,) if label else (), "" if label else question.answer)


__all__ = ["Deck", "Unit"]

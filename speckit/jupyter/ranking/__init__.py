"""The ranking: the research that bears on the topic, with the reasons, to take in or leave out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import anywidget
import traitlets
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from speckit.authoring import Authoring
from speckit.errors import RecipeError, SpeckitError
from speckit.jupyter.views import SHARED, module, place_of, styles, way_to_root
from speckit.model import Hit

_HERE = Path(__file__).parent


class Ticked(BaseModel):
    """A document is taken in, or left out: the one thing that the browser may say."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    path: Annotated[str, Field(max_length=1000)]
    taken: bool


class Ranking(anywidget.AnyWidget):
    """The ranked documents, those that the draft rests on ticked.

    Args:
        authoring: the spec being written.
        changed: called after documents were taken in or left out.
    """

    _esm = module([_HERE / "ranking.js"])
    _css = styles([SHARED / "base.css", _HERE / "ranking.css"])
    about = traitlets.Dict().tag(sync=True)
    hits: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)

    def __init__(self, authoring: Authoring, changed: Callable[[], None]) -> None:
        self.authoring = authoring
        self._changed = changed
        super().__init__(about=self._about(), hits=self._hits())
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return f"Ranking({self.authoring.spec.topic!r}, {len(self.hits)} documents)"

    def repaint(self) -> None:
        """Show what is taken in now."""
        with self.hold_sync():
            self.about, self.hits = self._about(), self._hits()

    def _about(self) -> dict[str, Any]:
        return {"root": way_to_root(self.authoring.project), "newer": str(self.authoring.newer)}

    def _hits(self) -> list[dict[str, Any]]:
        taken = {document.path for document in self.authoring.documents}
        return [self._row(hit, hit.document.path in taken) for hit in self.authoring.hits]

    def _row(self, hit: Hit, taken: bool) -> dict[str, Any]:
        document = hit.document
        return {
            "path": document.path,
            "place": place_of(document.path),
            "title": document.title,
            "category": document.category,
            "date": document.date.isoformat() if document.date else "undated",
            "tier": hit.tier,
            "reasons": "; ".join(hit.reasons),
            "superseded": hit.superseded_by or "",
            "successor": place_of(hit.superseded_by) if hit.superseded_by else "",
            "permalink": self.authoring.link(document.path, 0, 0),
            "taken": taken,
        }

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Draft from what is ticked now, or say why not."""
        try:
            ticked = Ticked.model_validate(content)
            taken = {document.path for document in self.authoring.documents} - {ticked.path}
            ranked = [hit.document.path for hit in self.authoring.hits]
            if ticked.path not in ranked:
                raise RecipeError(f"{ticked.path!r} is not ranked here: tick one that is")
            taken |= {ticked.path} if ticked.taken else set()
            self.authoring.choose_documents(tuple(path for path in ranked if path in taken))
            self._changed()
            self.send({"refused": ""})
        except ValidationError as problem:
            self.send({"refused": f"not understood: {problem.errors()[0]['msg']}"})
        except SpeckitError as problem:
            self.send({"refused": str(problem)})

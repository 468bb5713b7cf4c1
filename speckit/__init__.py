"""speckit turns a folder of research into a reviewed design spec.

  research/ ─load→ Corpus ─locate→ Hits ─analyze→ Findings ─draft→ Spec ─clarify→ Spec ─check→ Problems
                                                                      │                      │
                                                                   answers ⇄ ledger        export → specs/*.md

Each stage is a module with one function of its name; `pipeline` has them in order, and an `Authoring` is one
spec on its way from a `Recipe` to its document:

    authoring = Authoring(Recipe(topic="Rate limits"))
    authoring.answer(Answer(authoring.spec.questions[0].id, ("In Redis",), because="two processes count"))
    authoring.export()

A name is imported when it is first used, so that a quick command starts quickly.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from speckit.authoring import Authoring, open_authoring
    from speckit.errors import SpeckitError
    from speckit.model import Answer, Citation, Document, Finding, Option, Problem, Question, Spec
    from speckit.pipeline import draft_spec, finish_spec
    from speckit.recipe import Recipe

__version__ = "0.1.0"
__all__ = [
    "Answer",
    "Authoring",
    "Citation",
    "Document",
    "Finding",
    "Option",
    "Problem",
    "Question",
    "Recipe",
    "Spec",
    "SpeckitError",
    "draft_spec",
    "finish_spec",
    "open_authoring",
]

_MODULES = ("errors", "model", "recipe", "pipeline", "authoring")  # that have these names, the lightest first


def __getattr__(name: str) -> Any:
    if name in __all__:
        for module in _MODULES:
            found = getattr(import_module(f"speckit.{module}"), name, None)
            if found is not None:
                return found
    raise AttributeError(f"module 'speckit' has no attribute {name!r}")

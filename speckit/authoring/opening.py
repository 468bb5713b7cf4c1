"""Opening a spec: its recipe, with what the research folder has to say about it."""

from __future__ import annotations

from speckit.errors import RecipeError
from speckit.model import Corpus
from speckit.paths import Project
from speckit.recipe import Recipe


def what_is_there(recipe: Recipe, corpus: Corpus) -> tuple[Recipe, tuple[str, ...]]:
    """A stored recipe without the documents that are gone since, and a notice of each."""
    there = {document.path for document in corpus.documents}
    gone = tuple(path for path in recipe.documents if path not in there)
    kept = tuple(path for path in recipe.documents if path in there)
    notices = tuple(f"{path} is gone: the spec no longer rests on it" for path in gone)
    return recipe.model_copy(update={"documents": kept}), notices


def with_topic(recipe: Recipe, corpus: Corpus) -> Recipe:
    """Take the topic from a research document where the recipe names one in its place.

    Raises:
        RecipeError: there is no topic, or no such document.
    """
    if not recipe.topic:
        raise RecipeError("no topic: say what the spec is about, or name a research document")
    if not recipe.topic.endswith(".md"):
        return recipe
    document = next((document for document in corpus.documents if document.path == recipe.topic), None)
    if document is None:
        raise RecipeError(f"no research document {recipe.topic!r}: name one that is there, or a topic")
    others = tuple(name for name in recipe.documents if name != document.path)
    topic = document.topic or document.title
    return recipe.model_copy(update={"topic": topic, "documents": (document.path, *others)})


def portable_folders(project: Project) -> dict[str, str]:
    """The folders as the stored recipe names them: from the project root where they lie in it."""
    folders = {"research": project.research, "specs": project.specs}
    return {
        name: project.relative(path) if path.is_relative_to(project.root) else str(path)
        for name, path in folders.items()
    }

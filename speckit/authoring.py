"""One spec being written: the values of the stages, the answers as they come, and what is written when.

The command line and the notebook are two views of this object. Answers go to the ledger at once; the document
is written by `export` and by nothing else.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from speckit.answers import match_answers, read_answers
from speckit.clarify import clarify, unanswered
from speckit.errors import ProjectError, RecipeError
from speckit.ledger import Ledger, find_ledger
from speckit.load import load
from speckit.model import (
    Answer,
    Change,
    Corpus,
    Document,
    Findings,
    Hit,
    Option,
    Problem,
    Question,
    Quote,
    Section,
    Spec,
)
from speckit.newer import Newer, find_newer
from speckit.paths import Project, find_project
from speckit.pipeline import Drafted, Finished, draft_spec, finish_spec
from speckit.provenance import author_name, decider, permalinks
from speckit.quotes import quotes, sentences
from speckit.recipe import Recipe, make_recipe
from speckit.template import load_pack, render_section

if TYPE_CHECKING:
    from speckit.export import Exported
    from speckit.merge import Conflict, Side


class Authoring:
    """A spec from its recipe to its document.

    Args:
        recipe: the parameters; those at their default take what the spec's ledger keeps of them.
        start: where to look for the project; the working directory.
        new: make another spec although one of this topic exists.
        ledger: that of the spec to go on with; found by the topic where it is not given.

    Raises:
        SpeckitError: a mistake in the recipe, the project or the answers; nothing has been written then.
    """

    project: Project
    drafted: Drafted
    finished: Finished
    newer: Newer

    def __init__(
        self, recipe: Recipe, start: Path | None = None, *, new: bool = False, ledger: Ledger | None = None
    ) -> None:
        self.project = find_project(recipe.research, recipe.specs, start)
        self.corpus = load(self.project.root, self.project.research, self.project.specs)
        if not self.corpus.documents:
            raise ProjectError(
                f"{recipe.research}/ holds no markdown that can be read: put research notes there"
            )
        recipe = _with_topic(recipe, self.corpus)
        self.ledger = ledger or find_ledger(self.project.specs, recipe.topic, recipe.day, new=new)
        stored = self.ledger.read_recipe()
        self._gone: tuple[str, ...] = ()
        self._continued = bool(stored)
        if stored:
            kept, self._gone = _what_is_there(make_recipe(stored, "the stored recipe"), self.corpus)
            recipe = recipe.over(kept)
        self.recipe = recipe.model_copy(update={"author": recipe.author or author_name(self.project.root)})
        self.by = decider(self.project.root)
        self.pack = load_pack(recipe.template, self.project.root / "templates")
        given = read_answers(recipe.answers, self.project.root)
        self._own = given.own_questions()
        self._draft()
        answers = match_answers(given, self.drafted.spec.questions, self.by, recipe.day)
        self._source = recipe.answers if isinstance(recipe.answers, str) else "parameters"
        for answer in answers:
            self.ledger.record_from_file(answer, self._source)
        self._finish()

    @property
    def spec(self) -> Spec:
        """The spec as the answers make it."""
        return self.finished.spec

    @property
    def text(self) -> str:
        """The spec's markdown, without the line that names its base."""
        return self.finished.text

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What `check` says of it."""
        return self.finished.problems

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The research that bears on the topic, ranked."""
        return self.drafted.hits

    @property
    def documents(self) -> tuple[Document, ...]:
        """The research that the draft rests on, primary first."""
        return self.drafted.documents

    @property
    def findings(self) -> Findings:
        """What that research says."""
        return self.drafted.findings

    @property
    def path(self) -> str:
        """The document's path, from the project root where it lies in it."""
        document = self.ledger.document
        inside_project = document.is_relative_to(self.project.root)
        return self.project.relative(document) if inside_project else document.name

    @cached_property
    def link(self) -> Callable[[str, int, int], str]:
        """Links to lines of the research as it is committed, as `provenance.permalinks` makes them."""
        return permalinks(self.project.root)

    def answer(self, answer: Answer, via: Literal["hand", "box"] = "hand") -> None:
        """Record a person's answer; it is in the ledger when this returns.

        It replaces what was read here last. What somebody else answered since stands beside it, and where the
        two differ that is a dispute. To give one's own side of a dispute another reason does not settle it.
        """
        given = replace(answer, by=answer.by or self.by, on=answer.on or self.recipe.day)
        if not self.ledger.folder.is_dir():
            self._keep_recipe()  # with the first answer: others go on from the same documents and author
        self.ledger.record(given, via, seen=self._state, beside=self._only_reasons(given))
        self._finish()

    def take_back(self, question: str) -> None:
        """Take an answer back; it stays in the ledger's history."""
        self.ledger.take_back(question, self.by, self.recipe.day)
        self._finish()

    def refresh(self) -> bool:
        """Read the ledger again, if anything came in; true where that changed the spec."""
        if self.ledger.listing() == self._listing:
            return False
        before = self.spec
        self._finish()
        return self.spec != before

    def choose_documents(self, paths: tuple[str, ...]) -> None:
        """Draft from these documents instead.

        Raises:
            RecipeError: none is named, or one is not there.
        """
        if not paths:
            raise RecipeError("a draft needs one document at least: take one in before leaving out the last")
        self.recipe = self.recipe.model_copy(update={"documents": paths})
        self._draft()
        self._finish()

    def changes(self, answer: Answer) -> tuple[Change, ...]:
        """What an answer would change, section by section: the same computation that makes it."""
        return self.compare(self.spec, self.supposing(answer.question, answer))

    def supposing(self, question: str, answer: Answer | None) -> Spec:
        """The spec as it would be with this answer to a question, or with none."""
        kept = tuple(a for a in self._answers if a.question != question)
        open_again = tuple(d for d in self._disputes if d.question != question)
        given = [replace(answer, by=answer.by or self.by, on=answer.on or self.recipe.day)] if answer else []
        return clarify(self.drafted.spec, (*kept, *given), open_again, self._policy)

    def compare(self, before: Spec, after: Spec) -> tuple[Change, ...]:
        """What differs between two states of this spec, section by section."""
        old, new = _by_title(before), _by_title(after)
        titles = [title for title in {**old, **new} if old.get(title) != new.get(title)]
        found = (self._change(title, old.get(title), new.get(title)) for title in titles)
        return tuple(change for change in found if change.removed or change.added)

    def quotes(self, question: Question, option: Option) -> tuple[Quote, ...]:
        """What the research says about an option, outside the question's own item."""
        return quotes(question, option, self._said)

    def export(self, chosen: Mapping[Conflict, Side] | None = None) -> Exported:
        """Write the document, its base and its recipe; a person's edits are merged, never overwritten.

        Args:
            chosen: the side to take where an edit meets a changed passage.
        """
        citations = [c for s in self.spec.sections for p in s.passages for c in p.citations]
        exported = self.ledger.publish(self.text, citations, root=self.project.root, chosen=chosen)
        self._keep_recipe()
        return exported

    def closing(self, exported: Exported) -> str:
        """What the author is told at the end, as markdown: the result, what is open, what to do next."""
        left = unanswered(self.spec)
        to_confirm = [question for question in self.spec.questions if self.spec.state(question) == "confirm"]
        provisional = [answer for answer in self.spec.answers if answer.provisional]
        summary = next((s for s in self.spec.sections if s.role == "summary"), None)
        told = [passage.text for passage in summary.passages if passage.kind == "prose"] if summary else []
        count = f"{len(left)} open" if left else "none open"
        extra = f", {len(provisional)} provisional" if provisional else ""
        extra += f", {len(to_confirm)} to confirm" if to_confirm else ""
        lines = [f"**{self.spec.title}**", *told, f"Written to `{self.path}`. Questions: {count}{extra}."]
        if exported.conflicts:
            lines.append(
                f"{len(exported.conflicts)} of your edits meet a changed passage: choose a side in each."
            )
        if left:
            first = left[0]
            lines.append(
                f"Answer them in the notebook (`speckit lab {self.ledger.name}`), or in a file of "
                f"`question id: label` lines given with `--answers`; the first is `{first.id}`: {first.text}"
            )
        if self.newer.hits:
            names = ", ".join(f"`{hit.document.path}`" for hit in self.newer.hits)
            lines.append(
                f"{self.newer} in the research, not taken in: {names}. Tick them in the notebook's research "
                "panel, or name with `--document` all that the spec is to rest on."
            )
        lines.append(
            "Then ask your reviewers to read it: the citations lead to the lines each statement rests on."
        )
        return "\n\n".join(lines)

    def _only_reasons(self, given: Answer) -> bool:
        """Whether an answer is its author's side of a dispute, with nothing new but its reason or note."""
        sides = [s for dispute in self._disputes if dispute.question == given.question for s in dispute.sides]
        own = [side for side in sides if given.by in side.by.split(", ")]
        return any(
            (side.choices, side.text, side.later) == (given.choices, given.text, given.later)
            and (side.because, side.note) != (given.because, given.note)
            for side in own
        )

    def _keep_recipe(self) -> None:
        kept = self.recipe.kept() | {"documents": [document.path for document in self.documents]}
        self.ledger.write_recipe(kept | self._portable_folders())

    def _draft(self) -> None:
        self.drafted = draft_spec(
            self.project,
            self.corpus,
            self.pack,
            self.recipe.topic,
            self.recipe.documents,
            day=self.recipe.day,
            created=self.ledger.created,
            author=self.recipe.author,
            owner=self.recipe.owner,
            own=self._own,
        )
        self._said = sentences(self.findings)
        created = self.ledger.created
        self.newer = find_newer(self.corpus, self.drafted, created) if self._continued else Newer()

    def _finish(self) -> None:
        self._listing = (
            self.ledger.listing()
        )  # before what it lists is read: what comes in between is read again
        self._state = state = self.ledger.answers()
        self._answers, self._disputes = state.answers, state.disputes
        self.notices = self._gone + state.notices
        self.finished = finish_spec(
            self.project,
            self.corpus,
            self.pack,
            self.drafted,
            self.path,
            self._answers,
            self._disputes,
            self.recipe.unanswered,
            self.ledger.status,
        )

    @property
    def _policy(self) -> Literal["ask", "recommended", "defer"]:
        """The policy of a preview, which shows what an answer does also where the run would refuse."""
        return "ask" if self.recipe.unanswered == "fail" else self.recipe.unanswered

    def _change(self, title: str, old: Section | None, new: Section | None) -> Change:
        before = render_section(old, self.pack, self.project.to_root).splitlines() if old else []
        after = render_section(new, self.pack, self.project.to_root).splitlines() if new else []
        diff = [line for line in difflib.ndiff(before, after) if line[2:].strip()] if before != after else []
        number = (new or old or Section("", "")).number
        return Change(
            number,
            title,
            tuple(line[2:] for line in diff if line.startswith("- ")),
            tuple(line[2:] for line in diff if line.startswith("+ ")),
        )

    def _portable_folders(self) -> dict[str, str]:
        """The folders as the stored recipe names them: from the project root where they lie in it."""
        folders = {"research": self.project.research, "specs": self.project.specs}
        return {
            name: self.project.relative(path) if path.is_relative_to(self.project.root) else str(path)
            for name, path in folders.items()
        }


def _by_title(spec: Spec) -> dict[str, Section]:
    return {section.title: section for section in spec.sections}


def _what_is_there(recipe: Recipe, corpus: Corpus) -> tuple[Recipe, tuple[str, ...]]:
    """A stored recipe without the documents that are gone since, and a notice of each."""
    there = {document.path for document in corpus.documents}
    gone = tuple(path for path in recipe.documents if path not in there)
    kept = tuple(path for path in recipe.documents if path in there)
    notices = tuple(f"{path} is gone: the spec no longer rests on it" for path in gone)
    return recipe.model_copy(update={"documents": kept}), notices


def _with_topic(recipe: Recipe, corpus: Corpus) -> Recipe:
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

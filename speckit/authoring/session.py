"""A spec from its recipe to its document: the stages in turn, the answers as they come.

Answers go to the ledger at once; the document is written by `export` and by nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from speckit.adopt import adopted_spec
from speckit.answers import AnswersFile, match_answers, read_answers
from speckit.authoring.closing import closing
from speckit.authoring.newer import Newer, find_newer
from speckit.authoring.opening import portable_folders, what_is_there, with_topic
from speckit.changes import compare
from speckit.confirm import Moved, Shaken, moved, shaken, told_of
from speckit.contrast import offered
from speckit.errors import ProjectError, RecipeError
from speckit.ledger import Asked, Ledger, find_ledger, only_reasons, record_pick
from speckit.ledger.files import may_write
from speckit.load import load
from speckit.model import (
    Answer,
    Change,
    Citation,
    Document,
    Findings,
    Hit,
    Option,
    Pick,
    Problem,
    Question,
    Quote,
    Spec,
)
from speckit.own import with_option, with_own
from speckit.paths import Project, find_project
from speckit.pipeline import Drafted, Finished, decide, draft_spec, finish_spec, reader
from speckit.provenance import author_name, decider, permalinks, text_at
from speckit.quotes import quotes, sentences
from speckit.recipe import Recipe, make_recipe
from speckit.template import load_pack

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
    shaken: tuple[Shaken, ...]
    moved: tuple[Moved, ...]
    picks: tuple[Pick, ...]

    def __init__(
        self, recipe: Recipe, start: Path | None = None, *, new: bool = False, ledger: Ledger | None = None
    ) -> None:
        self.project = find_project(recipe.research, recipe.specs, start)
        self.corpus = load(self.project.root, self.project.research, self.project.specs)
        if not self.corpus.documents:
            raise ProjectError(
                f"{recipe.research}/ holds no markdown that can be read: put research notes there"
            )
        recipe = with_topic(recipe, self.corpus)
        self.ledger = ledger or find_ledger(self.project.specs, recipe.topic, recipe.day, new=new)
        stored = self.ledger.read_recipe()
        self._gone: tuple[str, ...] = ()
        self._continued = bool(stored)
        if stored:
            kept, self._gone = what_is_there(make_recipe(stored, "the stored recipe"), self.corpus)
            recipe = recipe.over(kept)
        self.recipe = recipe.model_copy(update={"author": recipe.author or author_name(self.project.root)})
        self.by = decider(self.project.root)
        self.pack = load_pack(recipe.template, self.project.root / "templates")
        given = read_answers(recipe.answers, self.project.root)
        self._adopted = self.ledger.adopted
        self.moved = moved(
            self.ledger.traces(),
            reader(self.corpus),
            lambda path, commit: text_at(self.project.root / path, commit),
        )
        self._draft()
        self._take_answers(given)
        self._take_ticks()
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
        """What `check` says of it, and the boxes ticked in the document that are no answers."""
        return (*self._ticks, *self.finished.problems)

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
        self._begin()
        put, beside = self._put(given.question), only_reasons(given, self._disputes)
        self.ledger.record(given, via, asked=put, seen=self._state, beside=beside)
        self._finish()

    def confirm(self, one: Shaken) -> None:
        """Give an answer that needs confirmation again, to the question that it is offered to."""
        self.answer(replace(one.answer, question=one.question, by="", on=None))
        if one.question != one.answer.question:
            self.take_back(one.answer.question)

    def ask(self, question: Question) -> None:
        """Ask a question of one's own, or give one that is asked the options and the target of `question`.

        It is in the ledger when this returns, and asked on every later run until `withdraw`.
        """
        self._begin()
        self.ledger.ask(question, self.by, self.recipe.day)
        self._finish()

    def offer(self, question: Question, option: Option) -> None:
        """Add an option of one's own to a question, beside those that were added before."""
        self.ask(with_option(question, option, self._state.own))

    def withdraw(self, question: str) -> None:
        """Withdraw a question of one's own, or what one added to another; answers to it stay recorded."""
        self.ledger.withdraw(question, self.by, self.recipe.day)
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

    def pick(self, pick: Pick, *, back: bool = False) -> None:
        """Take a passage of the research into a section, leave one out, or take that back."""
        self._begin()
        record_pick(self.ledger, pick, self.by, self.recipe.day, back=back)
        self._finish()

    def choose_documents(self, paths: tuple[str, ...]) -> None:
        """Draft from these documents instead, and on later runs too if they may be kept.

        Raises:
            RecipeError: none is named, or one is not there.
        """
        if not paths:
            raise RecipeError("a draft needs one document at least: take one in before leaving out the last")
        self.recipe = self.recipe.model_copy(update={"documents": paths})
        self._draft()
        self._finish()
        if may_write(self.ledger.folder):
            self._keep_recipe()

    def changes(self, answer: Answer) -> tuple[Change, ...]:
        """What an answer would change, section by section: the same computation that makes it."""
        return self.compare(self.spec, self.supposing(answer.question, answer))

    def supposing(self, question: str, answer: Answer | None) -> Spec:
        """The spec as it would be with this answer to a question, or with none."""
        kept = tuple(a for a in self._answers if a.question != question)
        open_again = tuple(d for d in self._disputes if d.question != question)
        given = [replace(answer, by=answer.by or self.by, on=answer.on or self.recipe.day)] if answer else []
        return decide(self.drafted.spec, (*kept, *given), open_again, self._policy, self.pack, self._adopted)

    def compare(self, before: Spec, after: Spec) -> tuple[Change, ...]:
        """What differs between two states of this spec, section by section."""
        pack = self.pack if self._adopted is None else None
        return compare(before, after, pack, self.project.to_root)

    def quotes(self, question: Question, option: Option) -> tuple[Quote, ...]:
        """What the research says about an option, outside the question's own item."""
        return quotes(question, option, self._said)

    def export(self, chosen: Mapping[Conflict, Side] | None = None) -> Exported:
        """Write the document, its base and its recipe; a person's edits are merged, never overwritten.

        Args:
            chosen: the side to take where an edit meets a changed passage.
        """
        if self._take_ticks():
            self._finish()
        exported = self.ledger.publish(self.text, self._citations(), root=self.project.root, chosen=chosen)
        self._keep_recipe()
        if not exported.conflicts:
            self.moved = ()  # the document cites what is there now
        return exported

    def propose(self, exported: Exported) -> str:
        """Write what could not be merged beside the document, both sides marked; returns its path."""
        path = self.ledger.propose(exported, self.text, self._citations())
        return self.project.relative(path) if path.is_relative_to(self.project.root) else path.name

    def closing(self, exported: Exported, proposed: str = "") -> str:
        """What the author is told at the end, as markdown: the result, what is open, what to do next.

        Args:
            exported: the export.
            proposed: where `propose` wrote what could not be merged.
        """
        return closing(self.spec, self.path, self.ledger.name, exported, self.newer, proposed)

    def _begin(self) -> None:
        """Keep the recipe with the first record: others go on from the same documents and author."""
        if not self.ledger.folder.is_dir():
            self._keep_recipe()

    def _take_answers(self, given: AnswersFile) -> None:
        """Record what an answers file says anew; where it has a mistake, nothing of it."""
        own = given.own_questions()
        self._asked = with_own(self.drafted.spec.questions, (*self.ledger.answers().own, *own))
        answers = match_answers(given, self._asked, self.by, self.recipe.day)
        source = self.recipe.answers if isinstance(self.recipe.answers, str) else "parameters"
        for question in own:
            self.ledger.ask(question, self.by, self.recipe.day, source)
        for answer in answers:
            self.ledger.record_from_file(answer, source, self._put(answer.question))

    def _take_ticks(self) -> bool:
        """Record the boxes ticked in the document; whether a record came of it."""
        before = self.ledger.listing()
        self._ticks = self.ledger.record_boxes(self._put, self.by, self.recipe.day)
        return self.ledger.listing() != before

    def _put(self, question: str) -> Asked | None:
        """A question as it is put now."""
        found = next((asked for asked in self._asked if question in asked.ids), None)
        return Asked.of(found, offered(found)) if found else None

    def _citations(self) -> list[Citation]:
        return [c for s in self.spec.sections for p in s.passages for c in p.citations]

    def _keep_recipe(self) -> None:
        kept = self.recipe.kept() | {"documents": [document.path for document in self.documents]}
        self.ledger.write_recipe(kept | portable_folders(self.project))

    def _draft(self) -> None:
        self.newer = Newer()
        self.picks = self.ledger.answers().picks
        if self._adopted is not None:
            spec = adopted_spec(self.ledger, self._adopted, self.pack)
            self.drafted = Drafted((), (), Findings((), spec.questions), replace(spec, answers=()))
        else:
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
                picks=self.picks,
            )
            if self._continued:
                self.newer = find_newer(self.corpus, self.drafted, self.ledger.created)
        self._drafted = self.drafted
        self._said = sentences(self.findings)

    def _finish(self) -> None:
        # Listed before it is read: what comes in between is read again.
        self._listing = self.ledger.listing()
        self._state = state = self.ledger.answers()
        self._answers, self._disputes = state.answers, state.disputes
        if state.picks != self.picks:
            self._draft()
        self._asked = with_own(self._drafted.spec.questions, state.own)
        self.drafted = replace(self._drafted, spec=replace(self._drafted.spec, questions=self._asked))
        self.shaken = shaken(self._answers, state.put, self._asked)
        self.notices = (*self._gone, *state.notices, *map(str, self.shaken), *told_of(self.moved))
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
            self._adopted,
        )

    @property
    def _policy(self) -> Literal["ask", "recommended", "defer"]:
        """The policy of a preview, which shows what an answer does also where the run would refuse."""
        return "ask" if self.recipe.unanswered == "fail" else self.recipe.unanswered

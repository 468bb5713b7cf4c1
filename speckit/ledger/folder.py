"""Ledger: what is read from and written to the folder beside a spec, `specs/.speckit/<name>/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from speckit.errors import LedgerError
from speckit.export import Exported, digest, export, plain
from speckit.ledger.asked import Asked
from speckit.ledger.bases import Page, Trace, read_page, read_traces, write_base
from speckit.ledger.files import read_text, write_file
from speckit.ledger.heads import State, heads_of, state_of
from speckit.ledger.parameters import ATTRIBUTES, as_lines, read_parameters
from speckit.ledger.records import OWN, STATUS, Record, Via, as_json, make_record, read_records
from speckit.ledger.ticks import Newest, read_ticks, without_answers
from speckit.merge import Conflict, Side
from speckit.model import Answer, Citation, Problem, Question
from speckit.paths import inside

FOLDER = ".speckit"
ATTEMPTS = 20  # at writing a document that somebody else writes at the same time


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of one spec. Nothing is made on disk before the first write.

    Args:
        specs: the folder of specs.
        name: the spec's name, `2026-11-22-topic`.
        created: the day in it, set once.
    """

    specs: Path
    name: str
    created: dt.date

    @property
    def document(self) -> Path:
        """The spec's markdown."""
        return self.specs / f"{self.name}.md"

    @property
    def folder(self) -> Path:
        """The folder of this ledger."""
        return self.specs / FOLDER / self.name

    def answers(self, among: frozenset[str] | None = None) -> State:
        """Read what holds now: answers, disputes, and notices of what could not be read.

        Args:
            among: the names of the records that count; all where it is not given.

        Raises:
            LedgerError: the ledger is there and cannot be listed.
        """
        reading = read_records(self._inside("answers"))
        answers = tuple(
            record
            for record in reading.records
            if record.question != STATUS and (among is None or record.file_name in among)
        )
        return state_of(replace(reading, records=answers))

    def statuses(self) -> tuple[Record, ...]:
        """The records of the spec's status, oldest first: who raised it, and when; the newest holds."""
        return self.history(STATUS)

    @property
    def status(self) -> str:
        """The status that was recorded last; empty where none was."""
        return next((record.choices[0] for record in reversed(self.statuses()) if record.choices), "")

    def record_status(self, status: str, by: str, on: dt.date) -> None:
        """Record that somebody gave the spec a status."""
        self.record(Answer(STATUS, (status,), by=by, on=on))

    def history(self, question: str) -> tuple[Record, ...]:
        """All records of a question, oldest first, each naming what it replaced."""
        return read_records(self._inside("answers"), f"{question}.").records

    def listing(self) -> frozenset[str]:
        """The names of all records: two that are equal tell that nothing came in between."""
        try:
            return frozenset(path.name for path in self._inside("answers").iterdir())
        except FileNotFoundError:
            return frozenset()

    def record(
        self,
        answer: Answer,
        via: Via = "hand",
        source: str = "",
        *,
        asked: Asked | None = None,
        seen: State | None = None,
        beside: bool = False,
    ) -> str:
        """Record an answer; it is on disk when this returns.

        Args:
            answer: the decision; without choice, text and later it takes back what it replaces.
            via: how it came.
            source: the file it came from.
            asked: the question as it was put.
            seen: the state that the person saw, and replaces; what holds now where it is not given. What came
                in since is not replaced: if it differs, that is a dispute.
            beside: disagree without replacing: of what is seen, replace only what the same person said.

        Returns:
            The record's id; that of the standing record where the same person says the same again.

        Raises:
            LedgerError: the answer cannot be kept, or the folder cannot be written.
        """
        records = self.history(answer.question)
        heads = heads_of(records)
        replaced = heads
        if seen is not None:
            known = seen.heads.get(answer.question, ())
            replaced = tuple(record for record in records if record.id in known)
        if beside:
            replaced = tuple(record for record in replaced if record.by == answer.by)
        if len(replaced) == 1 and replaced[0] in heads and replaced[0].repeats(answer, via, source, asked):
            return replaced[0].id
        return self._write(make_record(answer, tuple(record.id for record in replaced), via, source, asked))

    def take_back(self, question: str, by: str, on: dt.date) -> str | None:
        """Take back what holds of a question; its records stay. None where nothing holds."""
        heads = heads_of(self.history(question))
        if all(record.taken_back for record in heads):
            return None
        answer = Answer(question, by=by, on=on)
        return self._write(make_record(answer, tuple(record.id for record in heads), "hand"))

    def ask(self, question: Question, by: str, on: dt.date, source: str = "") -> str:
        """Record a question of one's own, or options that one adds to another; withdrawn by `withdraw`.

        Args:
            question: the question, with the options that are added.
            by: who asks.
            on: the day.
            source: the answers file that it came from. As with answers, it is compared with the newest record
                that came from there, so that what a person withdrew since stays withdrawn.

        Returns:
            The record's id.
        """
        subject, asked = OWN + question.id, Asked.of(question)
        name = PurePath(source).name
        earlier = self._newest(subject, "file", name) if source else None
        heads = heads_of(self.history(subject))
        for same in (earlier, *heads):
            if same and same.asked == asked:
                return same.id
        parents = tuple(record.id for record in heads)
        via: Via = "file" if source else "hand"
        return self._write(make_record(Answer(subject, by=by, on=on), parents, via, name, asked))

    def withdraw(self, question: str, by: str, on: dt.date) -> str | None:
        """Withdraw a question of one's own, or what one added to another; None where there is none."""
        return self.take_back(OWN + question, by, on)

    def record_from_file(self, answer: Answer, source: str, asked: Asked | None = None) -> bool:
        """Record an answer of an answers file, if the file says something new.

        It is compared with the newest record that came from a file of that name, so that running a recipe
        again never overrides what a person answered since. What repeats the standing answer keeps its author
        and day.

        Returns:
            Whether a record was written.
        """
        name = PurePath(source).name
        earlier = self._newest(answer.question, "file", name)
        if earlier and earlier.says(answer):
            return False
        heads = heads_of(self.history(answer.question))
        if len(heads) == 1 and heads[0].says(answer):
            answer = replace(answer, by=heads[0].by, on=heads[0].on)
        self._write(make_record(answer, tuple(record.id for record in heads), "file", name, asked))
        return True

    def record_boxes(self, put: Callable[[str], Asked | None], by: str, on: dt.date) -> tuple[Problem, ...]:
        """Record the options that somebody ticked in the document since it was exported.

        Each is by whoever committed its line. It replaces only what the same person said, for a question that
        has boxes showed no answer; what somebody answered meanwhile is agreed with or disputed. A tick is
        recorded once, although it stays in the document until the next export.

        Args:
            put: gives a question as it is put, by its id.
            by: who ticked what is not committed.
            on: the day of the answers.

        Returns:
            Ticks that are no answers.
        """
        page = self._page()
        ticks, problems = read_ticks(page, put, self._newest_tick(page), by, on)
        for tick in ticks:
            self.record(tick.answer, "box", page.source, asked=tick.asked, beside=True)
        return tuple(problems)

    @property
    def bases(self) -> Path:
        """The folder of the bases; it is not there before the first export."""
        return self._inside("base")

    @property
    def adopted(self) -> str | None:
        """The text of a spec that was written elsewhere, as it was taken in; else None."""
        return read_text(self._inside("adopted.md"))

    def adopt(self) -> str:
        """Take the document's text in as what all answers are written into; that of before, if there is one.

        Raises:
            LedgerError: there is no document, or it cannot be read.
        """
        text = self.adopted
        if text is None:
            document = read_text(inside(self.specs, self.document.name))
            if document is None:
                raise LedgerError(f"{self.document} is not there: name a spec that is")
            text = plain(document)
            self._write_file(self._inside("adopted.md"), text)
        return text

    def record_adopted(self, answer: Answer, asked: Asked) -> None:
        """Record an answer that the text had when it was taken in, unless something is recorded of it."""
        if not self.history(answer.question):
            self._write(make_record(answer, (), "adopt", self.document.name, asked))

    def read_recipe(self) -> dict[str, Any]:
        """Read the stored parameters; none where there are none.

        Raises:
            LedgerError: the file is not a recipe.
        """
        return read_parameters(self._inside("recipe.yaml"))

    def write_recipe(self, values: Mapping[str, Any]) -> None:
        """Store the parameters that reach the text, if they changed."""
        text = as_lines(values)
        path = self._inside("recipe.yaml")
        if read_text(path) != text:
            self._write_file(path, text)

    def publish(
        self,
        generated: str,
        citations: Iterable[Citation],
        *,
        root: Path | None = None,
        chosen: Mapping[Conflict, Side] | None = None,
    ) -> Exported:
        """Write the document: what is generated, merged with what people wrote into the file on disk.

        The base is written first, and the file is checked to be the one that was merged right before it is
        replaced; else all starts again. Where the result equals the file, nothing is written. Where an edit
        meets a changed passage, nothing is written either, and both sides are returned.

        Args:
            generated: the text, without the line that names its base.
            citations: those of the text.
            root: the project root, where the paths of citations start; the folder above the specs.
            chosen: the side to take where an edit meets a changed passage.

        Raises:
            LedgerError: the document is not speckit's to change, or cannot be written.
        """
        traced = tuple(citations)
        for _ in range(ATTEMPTS):
            page = self._page(generated)
            exported = self._merged(generated, page, chosen)
            if exported.conflicts or exported.text == page.text:
                return exported
            self._write_base(generated, traced, root)
            if write_file(page.path, exported.text, lambda page=page: read_text(page.path) == page.text):  # type: ignore[misc]  # mypy has no type for a lambda's default
                return exported
        raise LedgerError(f"{self.document} changes while it is written: export again when it is at rest")

    def is_current(self, generated: str) -> bool:
        """Whether the document is what an export would write."""
        page = self._page(generated)
        return page.text is not None and self._merged(generated, page).text == page.text

    def traces(self) -> tuple[Trace, ...]:
        """Where the document's citations pointed at its export."""
        bases = self._page().bases
        return read_traces(self.bases, digest(bases[-1])) if bases else ()

    def quotes(self) -> dict[str, str]:
        """What they quoted then, as SHA-256 by `research/x.md#L1-L2`."""
        return {f"{t.path}#L{t.start}-L{t.end}": t.quote for t in self.traces()}

    def propose(self, exported: Exported, generated: str, citations: Iterable[Citation]) -> Path:
        """Write what could not be merged beside the document, `<name>.proposed.md`, with both sides marked.

        With the marks resolved it can take the document's place.
        """
        path = inside(self.specs, f"{self.name}.proposed.md")
        self._write_base(generated, citations, None)
        write_file(path, exported.text)
        return path

    def _page(self, generated: str = "") -> Page:
        document = inside(self.specs, self.document.name)
        return read_page(document, self.bases, generated, self.adopted)

    def _merged(self, generated: str, page: Page, chosen: Mapping[Conflict, Side] | None = None) -> Exported:
        text = without_answers(page, self._newest_tick(page))
        return export(generated, page.bases, text, chosen, str(self.document), unnamed=self.adopted)

    def _newest_tick(self, page: Page) -> Newest:
        return lambda question: self._newest(question, "box", page.source)

    def _newest(self, question: str, via: Via, source: str) -> Record | None:
        """The newest record of a question that came from this source."""
        found = [r for r in self.history(question) if (r.via, r.source) == (via, source)]
        return found[-1] if found else None

    def _write_base(self, generated: str, citations: Iterable[Citation], root: Path | None) -> None:
        self._write_attributes()
        write_base(self.bases, generated, citations, root or self.specs.parent)

    def _write(self, record: Record) -> str:
        self._write_file(self._inside(f"answers/{record.file_name}"), as_json(record))
        return record.id

    def _write_file(self, path: Path, text: str) -> None:
        self._write_attributes()
        write_file(path, text)

    def _write_attributes(self) -> None:
        path = self._inside(".gitattributes")
        if not path.exists():
            write_file(path, ATTRIBUTES)

    def _inside(self, name: str) -> Path:
        """A path of this ledger; links that lead out of the folder of specs are refused."""
        return inside(self.specs, f"{FOLDER}/{self.name}/{name}")

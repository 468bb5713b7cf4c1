"""A decision as a file: `answers/<question>.<id>.json`, written once, naming what it replaces."""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import from_json

from speckit.errors import LedgerError
from speckit.ledger.asked import Asked
from speckit.model import Answer

VERSION = 1
LIMIT = 65_536  # bytes; a decision and its reason are a page at most
Via = Literal["hand", "file", "box", "adopt"]

STATUS = "status"  # stands for a question: where does the spec stand
OWN = "own-"  # before a question's id: what people ask themselves, or offer besides
PICK = "pick-"  # before the id of a passage: what somebody takes into a section, or leaves out of it
TAKEN, LEFT_OUT = "taken in", "left out"  # what a pick says
_QUESTION = rf"(?:(?:{OWN}|{PICK})?q[0-9a-f]{{8}}|{STATUS})"
_ID = re.compile(r"(20\d{6}T\d{12})-[0-9a-f]{8}")  # the moment in UTC, to the microsecond; random digits
_FILE = re.compile(rf"({_QUESTION})\.({_ID.pattern})\.json")
_MOMENT = "%Y%m%dT%H%M%S%f"


def moment_of(record_id: str) -> dt.datetime:
    """When a record was written, by the clock of whoever wrote it.

    Raises:
        ValueError: this is no record's id.
    """
    match = _ID.fullmatch(record_id)
    if match is None:
        raise ValueError("this is no record's id")
    return dt.datetime.strptime(match[1], _MOMENT).replace(tzinfo=dt.UTC)


def _a_record_id(value: str) -> str:
    moment_of(value)
    return value


RecordId = Annotated[str, AfterValidator(_a_record_id)]


class Record(BaseModel):
    """One decision, or the taking back of one, which is a record without a choice.

    Args:
        question: the id of the question that it answers; `own-` and an id where somebody asks that question,
            or adds options to it; `pick-` and an id for a passage of the draft; `status` for one about the
            spec itself.
        parents: the records that it replaces, exactly; each is older by its id, so that there is no circle.
        on: the day of the decision as the recipe sees it; the moment of writing is in the id.
        via: how it came: by hand, from an answers file, from a box ticked in the document, or by adopting it.
        source: the answers file or document that it came from.
        asked: the question as it was put; of an own question, all there is of it; of a pick, the section and
            the passage.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    question: str = Field(pattern=rf"^{_QUESTION}$")
    id: RecordId
    parents: tuple[RecordId, ...] = ()
    choices: tuple[str, ...] = ()
    text: str = ""
    later: str = ""
    because: str = ""
    note: str = ""
    detail: str = ""
    target: str = ""
    by: str = ""
    on: dt.date | None = None
    via: Via = "hand"
    source: str = ""
    asked: Asked | None = None

    @model_validator(mode="after")
    def _replaces_only_older(self) -> Record:
        if any(parent >= self.id for parent in self.parents):
            raise ValueError("it names as replaced what is not older than itself")
        return self

    @property
    def file_name(self) -> str:
        """The name of its file, which says which question it answers and when."""
        return f"{self.question}.{self.id}.json"

    @property
    def taken_back(self) -> bool:
        """Whether it decides nothing; of an own question, whether it asks nothing."""
        if self.question.startswith(OWN):
            return self.asked is None
        return not (self.choices or self.text or self.later)

    @property
    def answer(self) -> Answer:
        """The decision."""
        return Answer(
            self.question,
            self.choices,
            self.text,
            self.later,
            self.because,
            self.note,
            self.detail,
            self.target,
            by=self.by,
            on=self.on,
        )

    def repeats(self, answer: Answer, via: Via, source: str, asked: Asked | None) -> bool:
        """Whether the same person says the same again, in the same way, to the question as it was put."""
        same = (self.by, self.via, self.source, self.asked) == (answer.by, via, source, asked)
        return same and self.says(answer)

    def says(self, answer: Answer) -> bool:
        """Whether it decides the same for the same reason, whoever said so and when."""
        said = (self.text, self.later, self.because, self.note, self.detail, self.target)
        theirs = (answer.text, answer.later, answer.because, answer.note, answer.detail, answer.target)
        return set(self.choices) == set(answer.choices) and said == theirs


def make_record(
    answer: Answer, parents: tuple[str, ...], via: Via, source: str = "", asked: Asked | None = None
) -> Record:
    """Make the record of an answer.

    Its id sorts after those of its parents, also where clocks disagree.

    Raises:
        LedgerError: the answer cannot be kept: no such question id, or a text that no file can hold.
    """
    moment = dt.datetime.now(dt.UTC)
    if parents:
        moment = max(moment, moment_of(max(parents)) + dt.timedelta(microseconds=1))
    try:
        record = Record(
            question=answer.question,
            id=f"{moment.strftime(_MOMENT)}-{secrets.token_hex(4)}",
            parents=tuple(sorted(parents)),
            choices=answer.choices,
            text=answer.text,
            later=answer.later,
            because=answer.because,
            note=answer.note,
            detail=answer.detail,
            target=answer.target,
            by=answer.by,
            on=answer.on,
            via=via,
            source=source,
            asked=asked,
        )
        size = len(as_json(record).encode())
    except ValidationError as problem:
        raise _refused(answer, _fault(problem)) from None
    except ValueError as problem:  # also of a text that UTF-8 cannot hold
        raise _refused(answer, str(problem)) from None
    if size > LIMIT:
        raise _refused(answer, f"it has {size:,} bytes, a record at most {LIMIT:,}: shorten it")
    return record


def _refused(answer: Answer, reason: str) -> LedgerError:
    return LedgerError(f"the answer to {answer.question!r} cannot be recorded: {reason}")


def as_json(record: Record) -> str:
    """The content of a record's file."""
    return record.model_dump_json(indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder of records holds, oldest first by id, and one line on each file that was skipped."""

    records: tuple[Record, ...]
    notices: tuple[str, ...]


def read_records(folder: Path, question: str = "") -> Reading:
    """Read the records of a folder, or those of one question; what is no record is skipped and told.

    Raises:
        LedgerError: the folder is there and cannot be listed.
    """
    try:
        with os.scandir(folder) as entries:
            listed = sorted((e for e in entries if e.name.startswith(question)), key=lambda e: e.name)
    except FileNotFoundError:
        return Reading((), ())
    except OSError as problem:
        raise LedgerError(f"{folder} cannot be read ({problem.strerror}): ask for access to it") from None
    read = [_read(entry) for entry in listed if not entry.name.startswith(".")]
    records = sorted((r for r in read if isinstance(r, Record)), key=lambda record: record.id)
    return Reading(tuple(records), tuple(r for r in read if isinstance(r, str)))


def _read(entry: os.DirEntry[str]) -> Record | str:
    """A record, or why it is skipped."""
    try:
        return _checked(entry)
    except (ValueError, OSError) as problem:
        return f"{entry.name} is skipped: {getattr(problem, 'strerror', None) or problem}"


def _checked(entry: os.DirEntry[str]) -> Record:
    if not _FILE.fullmatch(entry.name):
        raise ValueError("no record has such a name")
    if not entry.is_file(follow_symlinks=False):
        raise ValueError("it is no plain file")
    with Path(entry.path).open("rb") as file:
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise ValueError(f"a record has at most {LIMIT:,} bytes")
    try:
        record = Record.model_validate_json(data)
    except ValidationError as problem:
        raise ValueError(_reason(data, problem)) from None
    if record.file_name != entry.name:
        raise ValueError(f"its content is that of {record.file_name}")
    return record


def _reason(data: bytes, problem: ValidationError) -> str:
    try:
        raw: Any = from_json(data)
    except ValueError:
        return "it is torn or no JSON"
    version = raw.get("version") if isinstance(raw, dict) else None
    if isinstance(version, int) and version > VERSION:
        return f"it is of version {version}, which a newer speckit wrote: update speckit"
    return _fault(problem)


def _fault(problem: ValidationError) -> str:
    first = problem.errors()[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}".removeprefix(": ")

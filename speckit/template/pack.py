"""A pack as data, and how it is found and read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from speckit.errors import PackError, ProjectError
from speckit.model import FindingKind, Role
from speckit.paths import inside, shipped
from speckit.safe_yaml import load_yaml
from speckit.template.layout import lay_out

MANIFEST, SPEC_LAYOUT, SECTION_LAYOUT = "template.yaml", "spec.md.j2", "section.md.j2"
# What a layout is given, to try it on when the pack is read.
SPEC_SAMPLE: dict[str, object] = {"frontmatter": "", "title": "", "metadata": [("", "")], "sections": [""]}
SECTION_SAMPLE: dict[str, object] = {"heading": "", "blocks": [""]}

Shape = Literal[
    "prose",  # the passage as it stands in the research
    "bullet",  # one item a passage
    "row",  # a row of the section's table
    "fence",  # a code block, with the sentence that introduces it
    "diagram",  # a mermaid diagram: the research's own, or drawn from the components it names
    "topics",  # a numbered subsection for each subject, with its passage and its code
]

_NUMBER = re.compile(r"[1-9]\d*(?:\.[1-9]\d*)*")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_SHOWN = {"author", "status", "owner", "created", "updated"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Part):
    """Which findings a section takes in, and in what form.

    Args:
        kinds: kinds of finding, the best first.
        shape: how they are shown.
        words: how many words are taken at most.
        most: how many passages are taken at most.
        cue: words of which one must stand in the finding or in the headings above it; empty takes all.
        order: which come first within a kind: those nearest the topic, or those read first.
        lead: a line to stand before them that says who speaks.
        repeat: it may say what another section says too.
        planned: whether code is taken that shows what is proposed, or what is there today; either if empty.
    """

    kinds: tuple[FindingKind, ...] = Field(min_length=1)
    shape: Shape = "prose"
    words: int = Field(default=120, ge=1, le=2000)
    most: int = Field(default=8, ge=1, le=100)
    cue: tuple[str, ...] = ()
    order: Literal["topic", "reading"] = "topic"
    lead: str = ""
    repeat: bool = False
    planned: bool | None = None


class PackSection(_Part):
    """A section: what it must hold, and what counts as evidence for it.

    Args:
        number: `2` or `2.1`; a word in place of it makes a section that bears no number.
        title: its heading.
        instruction: what to write in it, for the person who edits it; never exported.
        evidence: what the drafter takes in, in this order.
        columns: the heads of its table.
        words: it must have fewer words than this.
        missing: what the gap says where the research fills nothing; without it there is no gap.
        related: the evidence that such a gap links to.
        role: what of an answer is written here; a section whose role is `diagram` must hold one that parses.
    """

    number: str
    title: str = Field(min_length=1)
    instruction: str = Field(min_length=1)
    evidence: tuple[Evidence, ...] = ()
    columns: tuple[str, ...] = ()
    words: int | None = Field(default=None, ge=1)
    missing: str = ""
    related: Evidence | None = None
    role: Role = ""

    @field_validator("number", mode="after")
    @classmethod
    def _known_form(cls, number: str) -> str:
        if not _NUMBER.fullmatch(number) and not _NAME.fullmatch(number):
            raise ValueError("write 2 or 2.1 in quotes, or one lower-case word")
        return number

    @model_validator(mode="after")
    def _rows_have_columns(self) -> Self:
        if not self.columns and any(item.shape == "row" for item in self.evidence):
            raise ValueError(f"section {self.number} takes rows but names no columns")
        return self


class StandingOption(_Part):
    """An answer to a standing question, and what it costs."""

    label: str = Field(min_length=1)
    tradeoff: str = Field(min_length=1)


class StandingQuestion(_Part):
    """A question that the pack asks.

    Args:
        text: the question, readable alone.
        topic: a few words for it.
        options: two or three answers.
        target: the section that its answer writes into.
        cue: words of which one must stand in the research for it to be asked; empty asks always.
        frontmatter: the key under which the document's frontmatter keeps the answer.
        multiple: several options can be chosen together.
    """

    text: str = Field(min_length=1)
    topic: str = Field(min_length=1)
    options: tuple[StandingOption, ...] = Field(min_length=2, max_length=3)
    target: str
    cue: tuple[str, ...] = ()
    frontmatter: str = ""
    multiple: bool = False


class Pack(_Part):
    """A template pack.

    Args:
        name: its folder's name.
        title: of the document; `{topic}` stands for what the spec is about.
        metadata: rows of the table below the title; `{author}`, `{status}`, `{owner}`, `{created}` and
            `{updated}` stand for the spec's own.
        statuses: what the status may be, the first for a new spec.
        sections: in the order of the document.
        standing: the questions that it asks.
        spec_layout: Jinja source of the whole document.
        section_layout: Jinja source of one section.
    """

    name: str
    title: str
    metadata: dict[str, str]
    statuses: tuple[str, ...] = Field(min_length=1)
    sections: tuple[PackSection, ...] = Field(min_length=1)
    standing: tuple[StandingQuestion, ...] = ()
    spec_layout: str = Field(repr=False)
    section_layout: str = Field(repr=False)

    @field_validator("title", "metadata", mode="after")
    @classmethod
    def _known_placeholders(cls, value: str | dict[str, str], info: ValidationInfo) -> str | dict[str, str]:
        known = {"topic"} if info.field_name == "title" else _SHOWN
        for text in [value] if isinstance(value, str) else value.values():
            if unknown := set(re.findall(r"\{([^}]*)\}", text)) - known:
                raise ValueError(f"{{{min(unknown)}}} is not known here; {', '.join(sorted(known))} are")
        return value

    @model_validator(mode="after")
    def _numbers_agree(self) -> Self:
        numbers = [section.number for section in self.sections]
        if twice := next((number for number in numbers if numbers.count(number) > 1), None):
            raise ValueError(f"section {twice} is there twice")
        for question in self.standing:
            if question.target not in numbers:
                target = question.target
                raise ValueError(f"standing question {question.topic!r} targets {target!r}, no section")
        return self

    def section(self, number: str) -> PackSection | None:
        """The section of this number, or None."""
        return next((section for section in self.sections if section.number == number), None)


def pack_names(project_templates: Path | None) -> tuple[str, ...]:
    """The names of the packs at hand, the project's own among them, sorted."""
    folders = [shipped("templates")] + ([project_templates] if project_templates else [])
    return tuple(sorted({path.parent.name for folder in folders for path in folder.glob(f"*/{MANIFEST}")}))


def load_pack(name: str, project_templates: Path | None) -> Pack:
    """Read a pack by name; the project's own wins over the built-in.

    Args:
        name: the pack's folder.
        project_templates: the project's folder of packs, if it has one.

    Raises:
        PackError: there is no such pack, or it is broken: the message names file, key and value.
    """
    if not _NAME.fullmatch(name) or name not in (names := pack_names(project_templates)):
        names = pack_names(project_templates)
        raise PackError(f"no template pack {name!r}{_did_you_mean(name, names)}: there is {', '.join(names)}")
    own = project_templates / name if project_templates else None
    folder = own if own and (own / MANIFEST).is_file() else shipped("templates") / name
    where = f"templates/{name}"
    return _pack(name, *(_read(folder, file, where) for file in (MANIFEST, SPEC_LAYOUT, SECTION_LAYOUT)))


@lru_cache(maxsize=16)
def _pack(name: str, manifest: str, spec_layout: str, section_layout: str) -> Pack:
    """A pack from the texts of its files."""
    where = f"templates/{name}"
    data = load_yaml(manifest, f"{where}/{MANIFEST}", PackError)
    if not isinstance(data, dict):
        raise PackError(f"{where}/{MANIFEST} holds no mapping: begin with `title:` and `sections:`")
    filled = {"name": name, "spec_layout": spec_layout, "section_layout": section_layout}
    if clash := next((key for key in filled if key in data), None):
        raise PackError(f"{where}/{MANIFEST}: {clash}: {data[clash]!r} is not read from here: take it out")
    lay_out(spec_layout, f"{where}/{SPEC_LAYOUT}", SPEC_SAMPLE)
    lay_out(section_layout, f"{where}/{SECTION_LAYOUT}", SECTION_SAMPLE)
    try:
        return Pack.model_validate(data | filled)
    except ValidationError as problem:
        raise PackError(f"{where}/{MANIFEST}: {_explain(problem)}") from None


def _read(folder: Path, file: str, where: str) -> str:
    try:
        return inside(folder, file).read_text("utf-8")
    except ProjectError:
        raise PackError(f"{where}/{file} leads out of its folder: put the file itself there") from None
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "not UTF-8"
        raise PackError(f"{where}/{file} cannot be read: {reason}") from None


def _explain(problem: ValidationError) -> str:
    """The first thing wrong, as key, value and reason."""
    first = problem.errors(include_url=False)[0]
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
    if first["type"] == "extra_forbidden":
        known = _keys(first["loc"])
        return f"{key}: no such key{_did_you_mean(first['loc'][-1], known)}; there is {', '.join(known)}"
    reason = str(first["msg"]).removeprefix("Value error, ")
    value = first["input"]
    shown = f" {str(value)[:60]!r}:" if isinstance(value, str | int | float | list) else ""
    return f"{key}:{shown} {reason}" if key else reason


def _keys(place: tuple[int | str, ...]) -> tuple[str, ...]:
    """The keys that are known at a place in a manifest."""
    names = [part for part in place[:-1] if isinstance(part, str)]
    parts: dict[str, type[_Part]] = {
        "evidence": Evidence,
        "sections": PackSection,
        "options": StandingOption,
        "standing": StandingQuestion,
    }
    part: type[_Part] = parts[names[-1]] if names else Pack
    return tuple(key for key in part.model_fields if key not in {"name", "spec_layout", "section_layout"})


def _did_you_mean(word: Any, words: Iterable[str]) -> str:
    close = get_close_matches(str(word), list(words), 1)
    return f", did you mean {close[0]!r}?" if close else ""

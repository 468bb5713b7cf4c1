"""A question as a record keeps it: as it was put when somebody answered, or as somebody asks it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from speckit.model import Group, Option, Origin, Question, QuestionKind


class AskedOption(BaseModel):
    """An option as it was offered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    tradeoff: str = ""
    origin: Origin = "author"


class Asked(BaseModel):
    """A question as it was put.

    Args:
        path: the document that asked it; empty where a person or a template did.
        quote: the lines of it that asked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    topic: str = ""
    kind: QuestionKind = "open"
    group: Group = "decide"
    options: tuple[AskedOption, ...] = ()
    target: str = ""
    multiple: bool = False
    path: str = ""
    quote: str = ""

    @classmethod
    def of(cls, question: Question, options: tuple[Option, ...] = ()) -> Asked:
        """A question as it is put now, with the options that it is put with; its own where none are given."""
        first = question.citations[0] if question.citations else None
        return cls(
            text=question.text,
            topic=question.topic,
            kind=question.kind,
            group=question.group,
            options=tuple(
                AskedOption(label=option.label, tradeoff=option.tradeoff, origin=option.origin)
                for option in options or question.options
            ),
            target=question.target,
            multiple=question.multiple,
            path=first.path if first else "",
            quote=first.quote if first else "",
        )

    def question(self, identity: str) -> Question:
        """It as a question of its author, without the lines that research had."""
        return Question(
            identity,
            self.text,
            self.kind,
            self.group,
            self.topic,
            options=tuple(Option(o.label, o.tradeoff, o.origin) for o in self.options),
            target=self.target,
            ids=(identity,),
            origin="author",
            multiple=self.multiple,
        )

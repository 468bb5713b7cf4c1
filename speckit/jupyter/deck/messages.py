"""What the browser may say. A message that is not exactly one of these is refused."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, model_validator

from speckit.own import Kind

QuestionId = Annotated[str, StringConstraints(pattern=r"^q[0-9a-f]{8}$")]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Words = Annotated[str, StringConstraints(max_length=4000)]
Number = Annotated[str, StringConstraints(max_length=20)]  # of a section; empty where a question has its own
Request = Annotated[int, Field(ge=0, le=2**53)]


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Poll(_Message):
    """Has anybody else answered?"""

    kind: Literal["poll"]


class Show(_Message):
    """A question came into sight: what would each answer to it change, written into that section?"""

    kind: Literal["show"]
    question: QuestionId
    target: Number = ""


class Draw(_Message):
    """A diagram came into sight."""

    kind: Literal["draw"]
    diagram: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class Say(_Message):
    """An answer: exactly one of `choices`, `text` and `later`, and what goes with it."""

    kind: Literal["answer"]
    request: Request
    question: QuestionId
    choices: Annotated[list[Label], Field(max_length=20)] = []
    text: Words = ""
    later: Words = ""
    because: Words = ""
    note: Words = ""
    detail: Words = ""
    target: Number = ""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if sum(map(bool, (self.choices, self.text.strip(), self.later.strip()))) != 1:
            raise ValueError("an answer is a choice, own words or an owner who decides later")
        return self


class Scope(_Message):
    """Items of the scope, each with the label of what was decided about it."""

    kind: Literal["scope"]
    request: Request
    labels: Annotated[dict[QuestionId, Label], Field(min_length=1, max_length=500)]


class Explain(_Message):
    """Who decided this, when, how and why, and what came of it?"""

    kind: Literal["explain"]
    question: QuestionId


class Add(_Message):
    """A question of one's own, or a goal, a non-goal or a decision."""

    kind: Literal["add"]
    request: Request
    what: Kind
    text: Label
    options: Annotated[list[Label], Field(max_length=9)] = []


class Offer(_Message):
    """An option of one's own for a question, as `label — tradeoff`."""

    kind: Literal["offer"]
    request: Request
    question: QuestionId
    text: Label


class TakeBack(_Message):
    """Open a question again."""

    kind: Literal["take back"]
    request: Request
    question: QuestionId


class Undo(_Message):
    """Undo what was answered last in this deck."""

    kind: Literal["undo"]
    request: Request


class Confirm(_Message):
    """Take what the research answers, for the questions that the person ticked."""

    kind: Literal["confirm"]
    request: Request
    questions: Annotated[list[QuestionId], Field(min_length=1, max_length=500)]


class Uphold(_Message):
    """An answer whose ground moved holds all the same, or holds for this question."""

    kind: Literal["uphold"]
    request: Request
    question: QuestionId


Message = Annotated[
    Poll | Show | Draw | Explain | Say | Scope | Add | Offer | TakeBack | Undo | Confirm | Uphold,
    Field(discriminator="kind"),
]
MESSAGES: TypeAdapter[Message] = TypeAdapter(Message)

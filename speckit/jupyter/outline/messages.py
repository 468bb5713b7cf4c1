"""What the browser may say to the outline. A message that is not exactly one of these is refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

Title = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Show(_Message):
    """A section came into sight."""

    kind: Literal["show"]
    section: Title


class Choose(_Message):
    """A passage is to be left out of a section, taken into it, or neither any more."""

    kind: Literal["choose"]
    section: Title
    passage: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    choice: Literal["leave out", "take in", "put back"]


MESSAGES: TypeAdapter[Show | Choose] = TypeAdapter(
    Annotated[Show | Choose, Field(discriminator="kind")],
)

"""The parameters of a run, the same for papermill's `-f`, the command line and the ledger."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from speckit.errors import RecipeError
from speckit.model import Policy
from speckit.safe_yaml import load_yaml


class Recipe(BaseModel):
    """The parameters of the notebook, all optional; an empty one means "not given".

    Args:
        topic: what the spec is about, or the path of a research document whose topic it takes.
        research: the research folder, from the project root; absolute ones are taken too.
        documents: the research to draft from, by path; empty takes what ranks best.
        template: a template pack, of the project or built in.
        specs: the folder that specs are written to.
        author: who writes; empty takes git's user, the hub's or the login name.
        owner: team or owner, for the metadata table.
        answers: answers by question id, or the path of a YAML file with them.
        unanswered: what happens to questions that nobody answered.
        as_of: the day of the run, YYYY-MM-DD; empty is today.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: str = Field(default="", max_length=500)
    research: str = "research"
    documents: tuple[str, ...] = ()
    template: str = "rfc"
    specs: str = "specs"
    author: str = ""
    owner: str = ""
    answers: dict[str, Any] | str = Field(default_factory=dict)
    unanswered: Policy = "ask"
    as_of: dt.date | None = None

    @field_validator("as_of", mode="before")
    @classmethod
    def _empty_is_today(cls, value: Any) -> Any:
        return value or None

    @field_validator("topic", "author", "owner", mode="after")
    @classmethod
    def _one_line(cls, value: str) -> str:
        return " ".join(value.split())

    @property
    def day(self) -> dt.date:
        """The day of the run: the one clock that is read."""
        return self.as_of or dt.date.today()

    def over(self, stored: Recipe) -> Recipe:
        """This recipe on top of a stored one: what is at its default takes the stored value."""
        default = Recipe()
        given = {name: value for name, value in self if value != getattr(default, name)}
        return stored.model_copy(update=given)

    def kept(self) -> dict[str, Any]:
        """What reaches the text and is kept nowhere else: answers are records, the day is in the name."""
        return self.model_dump(mode="json", exclude={"answers", "as_of"})


def make_recipe(values: dict[str, Any], where: str = "the parameters") -> Recipe:
    """Validate parameters.

    Raises:
        RecipeError: naming the parameter, its value and what it may be.
    """
    try:
        return Recipe.model_validate(values)
    except ValidationError as problem:
        fault = problem.errors()[0]
        name = ".".join(map(str, fault["loc"]))
        if fault["type"] == "extra_forbidden":
            raise RecipeError(
                f"{where}: {name!r} is no parameter; there are {', '.join(Recipe.model_fields)}"
            ) from None
        raise RecipeError(f"{where}: {name} = {fault['input']!r}: {fault['msg']}") from None


def read_recipe(path: Path) -> Recipe:
    """Read a recipe file.

    Raises:
        RecipeError: it cannot be read, or holds what is no parameter.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise RecipeError(f"the recipe {path.name} cannot be read ({problem}): check its path") from None
    values = load_yaml(text, path.name, RecipeError)
    if not isinstance(values, dict):
        raise RecipeError(f"{path.name} holds no parameters: write one a line, as `topic: …`")
    return make_recipe(values, path.name)

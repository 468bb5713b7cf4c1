"""Recipes: validated where they come in, continued from what a ledger keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from speckit.errors import RecipeError
from speckit.recipe import make_recipe, read_recipe


def test_what_is_given_wins_over_what_is_stored():
    """A parameter at its default takes the stored value."""
    stored = make_recipe({"owner": "Tools", "author": "Ada", "unanswered": "defer"})
    both = make_recipe({"author": "Bob"}).over(stored)
    assert (both.author, both.owner, both.unanswered) == ("Bob", "Tools", "defer")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"topc": "x"}, "'topc' is no parameter; there are topic, research"),
        ({"unanswered": "guess"}, "unanswered = 'guess'"),
        ({"as_of": "soon"}, "as_of = 'soon'"),
        ({"documents": "x.md"}, "documents = 'x.md'"),
    ],
)
def test_a_mistake_names_parameter_and_value(values: dict, message: str):
    """And what it may be."""
    with pytest.raises(RecipeError, match=message):
        make_recipe(values)


def test_a_recipe_file_reads_back_what_is_kept(tmp_path: Path):
    """Days and answers are not in it: the day is in the spec's name, answers are records."""
    (tmp_path / "recipe.yaml").write_text("topic: '2026-01-02'\nas_of: 2026-11-23\n")
    recipe = read_recipe(tmp_path / "recipe.yaml")
    assert recipe.topic == "2026-01-02"
    assert not {"as_of", "answers"} & set(recipe.kept())


def test_an_absent_recipe_is_one_line(tmp_path: Path):
    """It names the file."""
    with pytest.raises(RecipeError, match=r"nothing\.yaml"):
        read_recipe(tmp_path / "nothing.yaml")

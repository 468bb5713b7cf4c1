"""Commands that write a spec."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from speckit.cli.options import as_json, as_of, print_json, question_row, research

if TYPE_CHECKING:
    from speckit.authoring import Authoring


def _recipe_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that stand for the notebook's parameters."""
    for option in (
        click.option("-f", "--recipe", "recipe_file", metavar="RECIPE", help="A YAML file of parameters."),
        research,
        click.option(
            "--document", "documents", multiple=True, metavar="PATH", help="Draft from this; repeatable."
        ),
        click.option("--template", metavar="PACK", help="The template pack (rfc)."),
        click.option("--answers", metavar="FILE", help="A YAML file of answers."),
        click.option("--unanswered", metavar="POLICY", help="ask, recommended, defer or fail (ask)."),
        click.option("--specs", metavar="DIR", help="The folder of specs (specs)."),
        click.option("--author", metavar="NAME", help="Who writes (git's user.name)."),
        click.option("--owner", metavar="NAME", help="Team or owner."),
        as_of,
    ):
        command = option(command)
    return command


@click.command()
@click.argument("topic", default="")
@_recipe_options
@click.option("--new", "another", is_flag=True, help="Make another spec although this topic has one.")
@as_json
def new(topic: str, recipe_file: str | None, another: bool, as_json: bool, **given: Any) -> None:
    """Draft a spec of TOPIC, or of a research document's topic, or continue the one there is."""
    from speckit.authoring import Authoring
    from speckit.recipe import make_recipe, read_recipe

    stored = read_recipe(Path(recipe_file)) if recipe_file else make_recipe({})
    values = {name: value for name, value in given.items() if value} | ({"topic": topic} if topic else {})
    authoring = Authoring(make_recipe(values, "the command line").over(stored), new=another)
    exported = authoring.export()
    proposed = authoring.propose(exported) if exported.conflicts else ""
    for skipped in authoring.corpus.skipped:
        click.echo(f"speckit: skipped {skipped.path}: {skipped.reason}", err=True)
    for notice in authoring.notices:
        click.echo(f"speckit: {notice}", err=True)
    if as_json:
        print_json(_outcome(authoring, exported.conflicts) | {"proposed": proposed or None})
    else:
        click.echo(authoring.closing(exported, proposed))
    sys.exit(1 if exported.conflicts else 0)


def _outcome(authoring: Authoring, conflicts: tuple[Any, ...]) -> dict[str, Any]:
    spec = authoring.spec
    return {
        "path": authoring.path,
        "topic": spec.topic,
        "documents": list(spec.sources),
        "newer": [hit.document.path for hit in authoring.newer.hits],
        "new_questions": [question.id for question in authoring.newer.questions],
        "conflicts": len(conflicts),
        "questions": [
            question_row(question, authoring.link) | {"state": spec.state(question)}
            for question in spec.questions
        ],
        "problems": [asdict(problem) for problem in authoring.problems],
    }


@click.command()
@as_json
def templates(as_json: bool) -> None:
    """List the template packs of this project and the built-in ones."""
    from speckit.template import pack_names

    names = pack_names(Path("templates"))
    if as_json:
        print_json(list(names))
    else:
        click.echo("\n".join(names))


@click.command()
@click.argument("topic", default="")
def lab(topic: str) -> None:
    """Open JupyterLab on a prepared copy of the notebook."""
    from speckit.jupyter.lab import open_lab

    sys.exit(open_lab(topic))

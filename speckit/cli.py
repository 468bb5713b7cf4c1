"""The command line: thin commands over the library, each with `--json`.

Exit codes: 0 done, also with open questions; 1 problems; 2 the user's mistake; 3 unanswered under `fail`.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from speckit import __version__
from speckit.errors import ProjectError, RecipeError, SpeckitError

if TYPE_CHECKING:
    from speckit.authoring import Authoring
    from speckit.model import Problem, Question

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")


class _Commands(click.Group):
    """Commands whose mistakes are one line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SpeckitError as problem:
            click.echo(f"speckit: {problem}", err=True)
            ctx.exit(problem.exit_code)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s")
def main() -> None:
    """Turn a folder of research into a reviewed design spec."""


def _day(_ctx: click.Context, _option: click.Parameter, value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError:
        raise RecipeError(f"--as-of {value!r} is no date: write it as YYYY-MM-DD") from None


as_of = click.option("--as-of", metavar="DATE", callback=_day, help="The day of the run, YYYY-MM-DD (today).")
research = click.option("--research", metavar="DIR", help="The research folder (research).")


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


@main.command()
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
    for skipped in authoring.corpus.skipped:
        click.echo(f"speckit: skipped {skipped.path}: {skipped.reason}", err=True)
    for notice in authoring.notices:
        click.echo(f"speckit: {notice}", err=True)
    if as_json:
        _print_json(_outcome(authoring, exported.conflicts))
    else:
        click.echo(authoring.closing(exported))
    sys.exit(1 if exported.conflicts else 0)


def _outcome(authoring: Authoring, conflicts: tuple[Any, ...]) -> dict[str, Any]:
    spec = authoring.spec
    return {
        "path": authoring.path,
        "topic": spec.topic,
        "documents": list(spec.sources),
        "conflicts": len(conflicts),
        "questions": [
            _question_row(question) | {"state": spec.state(question)} for question in spec.questions
        ],
        "problems": [asdict(problem) for problem in authoring.problems],
    }


@main.command()
@click.argument("topic")
@research
@as_of
@click.option("--limit", default=30, show_default=True, help="How many at most.")
@as_json
def locate(topic: str, research: str | None, as_of: dt.date | None, limit: int, as_json: bool) -> None:
    """Rank the research that bears on TOPIC, and say why."""
    from speckit.load import load
    from speckit.locate import locate as rank
    from speckit.paths import find_project

    project = find_project(research or "research", "specs")
    corpus = load(project.root, project.research, project.specs)
    hits = rank(corpus, topic, as_of or dt.date.today(), limit)
    if as_json:
        _print_json(
            [
                {
                    "path": hit.document.path,
                    "title": hit.document.title,
                    "date": hit.document.date,
                    "tier": hit.tier,
                    "score": round(hit.score, 4),
                    "reasons": hit.reasons,
                    "superseded_by": hit.superseded_by,
                }
                for hit in hits
            ]
        )
        return
    for hit in hits:
        click.echo(f"{hit.score:5.2f}  {hit.document.path}  ({hit.tier}; {'; '.join(hit.reasons)})")


@main.command()
@click.argument("files", nargs=-1, required=True)
@as_json
def questions(files: tuple[str, ...], as_json: bool) -> None:
    """Find the open questions in markdown FILES."""
    from speckit.load import read_document
    from speckit.questions import find_questions

    rows = []
    for name in files:
        path = Path(name)
        document = read_document(path.parent, path)
        rows += [{"file": name} | _question_row(question) for question in find_questions(document)]
    if as_json:
        _print_json([row for row in rows if row["group"] != "statements"])
        return
    for row in rows:
        click.echo(
            f"{row['file']}:{row['line']}  {row['id']}  {'resolved' if row['resolved'] else row['kind']}"
        )
        click.echo(f"    {row['question']}")
        for letter, option in zip("ABCDEFGHIJ", row["options"], strict=False):
            click.echo(
                f"    ({letter}) {option['label']}"
                + (f" — {option['tradeoff']}" if option["tradeoff"] else "")
            )


def _question_row(question: Question) -> dict[str, Any]:
    first = question.citations[0] if question.citations else None
    return {
        "line": first.start if first else None,
        "end_line": first.end if first else None,
        "id": question.id,
        "question": question.text,
        "kind": question.kind,
        "group": question.group,
        "resolved": question.resolved,
        "answer": question.answer,
        "options": [
            {"label": option.label, "tradeoff": option.tradeoff, "origin": option.origin}
            for option in question.options
        ],
        "recommended": question.recommended,
    }


@main.command()
@click.argument("specs", nargs=-1, required=True)
@click.option("--format", "layout", type=click.Choice(["text", "sarif", "github"]), default="text")
@click.option("--select", default="", metavar="CODES", help="Only these codes or families, comma separated.")
@click.option("--ignore", default="", metavar="CODES", help="Not these.")
@click.option("--template", default="rfc", metavar="PACK", help="The template pack (rfc).")
@as_json
def check(
    specs: tuple[str, ...], layout: str, select: str, ignore: str, template: str, as_json: bool
) -> None:
    """Check SPECS; exit 1 where one has an error."""
    from speckit.reports import REPORTS

    problems = [p for name in specs for p in _problems(Path(name), template, select, ignore)]
    if as_json:
        _print_json([asdict(problem) for problem in problems])
    else:
        click.echo(REPORTS[layout](problems))
    sys.exit(any(problem.severity == "error" for problem in problems))


def _problems(path: Path, template: str, select: str, ignore: str) -> tuple[Problem, ...]:
    from speckit.check import check as run
    from speckit.paths import inside
    from speckit.template import load_pack

    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise ProjectError(f"the spec {path} cannot be read ({problem}): check its path") from None
    root = path.resolve().parent.parent

    def read(name: str) -> str | None:
        try:
            return inside(root, name).read_text("utf-8", "replace")
        except (OSError, ProjectError):
            return None

    codes = {
        "select": tuple(filter(None, select.split(","))),
        "ignore": tuple(filter(None, ignore.split(","))),
    }
    return run(text, path.as_posix(), load_pack(template, root / "templates"), read, **codes)


@main.command()
@as_json
def templates(as_json: bool) -> None:
    """List the template packs of this project and the built-in ones."""
    from speckit.template import pack_names

    names = pack_names(Path("templates"))
    if as_json:
        _print_json(list(names))
    else:
        click.echo("\n".join(names))


@main.command()
@click.argument("topic", default="")
def lab(topic: str) -> None:
    """Open JupyterLab on a prepared copy of the notebook."""
    from speckit.jupyter.lab import open_lab

    sys.exit(open_lab(topic))


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


if __name__ == "__main__":
    main()

"""Commands on a spec's ledger: what was decided, taking in a spec, writing it out."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from speckit.cli.options import as_json, print_json

if TYPE_CHECKING:
    from speckit.explain import Explained


@click.command()
@click.argument("spec", type=click.Path(path_type=Path))
@click.argument("question", default="")
@click.option("--since", metavar="REV", help="What was decided and edited since a revision of git.")
@click.option("--format", "layout", type=click.Choice(["text", "markdown"]), default="text")
@as_json
def explain(spec: Path, question: str, since: str | None, layout: str, as_json: bool) -> None:
    """Tell who decided what in SPEC, when, how and why, and the lines that came of it."""
    from speckit import explain as told
    from speckit.authoring import open_authoring

    if since and question:
        raise click.UsageError("name a question, or a revision with --since, not both")
    authoring = open_authoring(spec)
    if since:
        happened = told.explain_since(authoring, since)
        show = told.since_as_markdown if layout == "markdown" else told.since_as_text
        print_json(asdict(happened)) if as_json else click.echo(show(happened))
        return
    found = told.explain(authoring, question)
    shown = told.as_markdown if layout == "markdown" else told.as_text
    print_json([_row(one) for one in found]) if as_json else click.echo(shown(found))


def _row(one: Explained) -> dict[str, Any]:
    """An explanation as JSON has it."""
    return {
        "question": one.question,
        "topic": one.topic,
        "text": one.text,
        "state": one.state,
        "records": [
            record.model_dump(mode="json", exclude={"asked"}) | {"holds": record.id in one.holds}
            for record in one.records
        ],
        "rejected": one.rejected,
        "changes": [asdict(change) for change in one.changes],
    }


@click.command()
@click.argument("spec", type=click.Path(path_type=Path))
@as_json
def adopt(spec: Path, as_json: bool) -> None:
    """Take in SPEC, written elsewhere: its text as it stands, its open questions, its answers."""
    from speckit.adopt import adopt as take_in
    from speckit.clarify import unanswered

    adopted = take_in(spec)
    left = unanswered(adopted.spec)
    if as_json:
        print_json(
            {
                "path": str(spec),
                "open": [question.id for question in left],
                "answered": [answer.question for answer in adopted.spec.answers],
            }
        )
        return
    click.echo(
        f"{spec} is taken in, and left as it is: {len(adopted.spec.answers)} answered, {len(left)} open"
    )
    for question in left:
        click.echo(f"  {question.id}  {question.text}")


@click.command()
@click.argument("spec", type=click.Path(path_type=Path))
@click.option("--to", "form", type=click.Choice(["markdown", "html", "answers"]), default="markdown")
@as_json
def export(spec: Path, form: str, as_json: bool) -> None:
    """Write SPEC itself with what was answered, or print it as HTML, or its answers as an answers file."""
    from speckit.answers import answers_as_yaml
    from speckit.authoring import open_authoring
    from speckit.page import html_page
    from speckit.safe_yaml import dump_yaml

    authoring = open_authoring(spec)
    if form == "markdown":
        exported = authoring.export()
        proposed = authoring.propose(exported) if exported.conflicts else ""
        for notice in authoring.notices:
            click.echo(f"speckit: {notice}", err=True)
        if as_json:
            conflicts = [asdict(conflict) for conflict in exported.conflicts]
            print_json({"path": authoring.path, "conflicts": conflicts, "proposed": proposed or None})
        else:
            click.echo(authoring.closing(exported, proposed))
        sys.exit(bool(exported.conflicts))
    if form == "html":
        text = html_page(authoring.text)
        print_json({"html": text}) if as_json else click.echo(text, nl=False)
        return
    for dispute in authoring.spec.disputes:
        click.echo(f"speckit: {dispute.question} is disputed and left out: settle it first", err=True)
    answers = [answer for answer in authoring.spec.answers if not answer.provisional]
    values = answers_as_yaml(answers, authoring.ledger.answers().own)
    print_json(values) if as_json else click.echo(dump_yaml(values), nl=False)

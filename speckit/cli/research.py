"""Commands that read research."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from speckit.cli.options import as_json, as_of, print_json, question_row, research


@click.command()
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
        print_json(
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


@click.command()
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
        rows += [{"file": name} | question_row(question) for question in find_questions(document)]
    if as_json:
        print_json([row for row in rows if row["group"] != "statements"])
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

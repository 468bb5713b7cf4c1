"""Commands that read research."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from speckit.cli.options import as_json, as_of, print_json, question_row, research

if TYPE_CHECKING:
    from speckit.model import Hit


@click.command()
@click.argument("topic")
@research
@click.option("--specs", metavar="DIR", help="The folder of specs, which are no research (specs).")
@as_of
@click.option("--limit", type=click.IntRange(1), default=30, show_default=True, help="How many at most.")
@as_json
def locate(
    topic: str, research: str | None, specs: str | None, as_of: dt.date | None, limit: int, as_json: bool
) -> None:
    """Rank the research that bears on TOPIC, and say why."""
    from speckit.load import load
    from speckit.locate import locate as rank
    from speckit.paths import find_project

    project = find_project(research or "research", specs or "specs")
    corpus = load(project.root, project.research, project.specs)
    hits = rank(corpus, topic, as_of or dt.date.today(), limit)
    for skipped in corpus.skipped:
        click.echo(f"speckit: skipped {skipped.path}: {skipped.reason}", err=True)
    if as_json:
        print_json(_rows(hits, project.root))
    elif hits:
        click.echo("\n\n".join(_told(hits)))
    else:
        click.echo(f"speckit: nothing in {project.research.name}/ bears on {topic!r}", err=True)


def _rows(hits: Sequence[Hit], root: Path) -> list[dict[str, Any]]:
    """Hits as JSON has them."""
    from speckit.provenance import permalinks

    link = permalinks(root)
    return [
        {
            "path": hit.document.path,
            "title": hit.document.title,
            "date": hit.document.date,
            "tier": hit.tier,
            "category": hit.document.category,
            "score": round(hit.score, 4),
            "reasons": hit.reasons,
            "superseded_by": hit.superseded_by,
            "permalink": link(hit.document.path, 0, 0) or None,
        }
        for hit in hits
    ]


def _told(hits: Sequence[Hit]) -> list[str]:
    """Hits for a person: what each is in columns, then where it is and why it was found."""
    width = max(len(hit.document.category) for hit in hits)
    told = []
    for hit in hits:
        date = str(hit.document.date or "undated")
        lines = [
            f"{date:10}  {hit.tier:8}  {hit.document.category:{width}}  {hit.document.title}",
            hit.document.path,
            *hit.reasons,
        ]
        if hit.superseded_by:
            lines.append(f"possibly superseded by {hit.superseded_by}")
        told.append("\n            ".join(lines))
    return told


@click.command()
@click.argument("files", nargs=-1, required=True)
@as_json
def questions(files: tuple[str, ...], as_json: bool) -> None:
    """Find the open questions in markdown FILES."""
    from speckit.load import read_document
    from speckit.provenance import permalinks
    from speckit.questions import find_questions

    folders = {Path(name).parent for name in files}
    links = {folder: permalinks(folder.resolve()) for folder in folders}
    rows = []
    for name in files:
        path = Path(name)
        document = read_document(path.parent, path)
        link = links[path.parent]
        rows += [{"file": name} | question_row(question, link) for question in find_questions(document)]
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

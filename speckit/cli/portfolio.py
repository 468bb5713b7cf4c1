"""Commands over many specs."""

from __future__ import annotations

import datetime as dt
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speckit.cli.options import as_json, as_of, print_json
from speckit.errors import RecipeError

if TYPE_CHECKING:
    from speckit.jupyter.batch import Result


@click.command()
@click.argument("manifest")
@click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Rows at once (one a processor).")
@click.option("--scheduler", default="", metavar="ADDRESS", help="Run them on this Dask cluster.")
@click.option("--output", default="runs", metavar="DIR", help="Executed notebooks and results (runs).")
@click.option("--timeout", type=click.IntRange(1), metavar="SECONDS", help="Of a cell (600).")
@as_json
def batch(
    manifest: str, jobs: int | None, scheduler: str, output: str, timeout: int | None, as_json: bool
) -> None:
    """Draft every spec of MANIFEST: a YAML file with `specs:`, or a folder or pattern of specs.

    Rows that succeeded and whose inputs have not changed are not run again. Exits with the worst row's code.
    """
    from tqdm import tqdm

    from speckit.jupyter.batch import executor, read_rows, run_batch

    rows = read_rows(manifest)
    results = []
    with (
        executor(jobs or os.cpu_count() or 1, scheduler) as runs,
        tqdm(total=len(rows), unit="spec", disable=None) as bar,
    ):
        for result in run_batch(rows, runs, Path(output), timeout=timeout):
            results.append(result)
            bar.update()
            bar.set_postfix(failed=sum(bool(result.code) for result in results))
    if as_json:
        print_json([asdict(result) for result in results])
    else:
        click.echo("\n".join(_told(result) for result in results))
    sys.exit(max((result.code for result in results), default=0))


@click.command()
@click.argument("specs", default="specs")
@click.option("--format", "layout", type=click.Choice(["markdown", "html"]), default="markdown")
@click.option("--answer", metavar="ID=LABEL", help="Answer a question in every spec that asks it.")
@as_of
@as_json
def board(specs: str, layout: str, answer: str | None, as_of: dt.date | None, as_json: bool) -> None:
    """Show where every spec of the folder SPECS stands, and what waits for an answer."""
    from speckit.jupyter.board import board as draw
    from speckit.jupyter.outcome import answer_everywhere, read_outcomes
    from speckit.page import html_page

    if answer:
        question, equals, label = answer.partition("=")
        if not equals:
            raise RecipeError(f"--answer {answer!r} is no answer: write it as ID=LABEL")
        for path in answer_everywhere(Path(specs), question, label):
            click.echo(f"speckit: answered {question} in {path}", err=True)
    outcomes = tuple(read_outcomes(Path(specs)))
    if as_json:
        print_json([asdict(outcome) for outcome in outcomes])
    else:
        text = draw(outcomes, as_of or dt.date.today())
        click.echo(html_page(text) if layout == "html" else text)


def _told(result: Result) -> str:
    """A row in a line; the cell that failed below it."""
    if not result.code:
        asked = (result.outcome or {}).get("questions", ())
        states = [one["state"] for one in asked]
        counts = [f"{states.count(state)} {state}" for state in ("open", "provisional", "disputed")]
        return f"{result.name}: {', '.join(counts)}; {(result.outcome or {}).get('path', result.notebook)}"
    cell = "".join(f"\n    {line}" for line in result.cell.splitlines())
    return f"{result.name}: failed ({result.code}): {result.error or 'its edits conflict'}{cell}"

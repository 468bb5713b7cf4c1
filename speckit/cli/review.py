"""Commands that judge a spec."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speckit.cli.options import as_json, as_of, print_json

if TYPE_CHECKING:
    from speckit.model import Problem


def _codes(_ctx: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in value.split(",") if code.strip())


@click.command()
@click.argument("specs", nargs=-1)
@click.option("--format", "layout", type=click.Choice(["text", "sarif", "github"]), default="text")
@click.option(
    "--select", default="", metavar="CODES", callback=_codes, help="Only these: E, E001; comma separated."
)
@click.option("--ignore", default="", metavar="CODES", callback=_codes, help="Not these.")
@click.option("--template", default="", metavar="PACK", help="The template pack (its own, or rfc).")
@click.option("--explain", default="", metavar="CODES", callback=_codes, help="Tell about these rules.")
@as_json
def check(
    specs: tuple[str, ...],
    layout: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    template: str,
    explain: tuple[str, ...],
    as_json: bool,
) -> None:
    """Check SPECS; exit 1 where one has an error."""
    if explain:
        click.echo(_explained(explain))
        return
    if not specs:
        raise click.UsageError("name a spec, or rules with --explain")
    from speckit.review import review
    from speckit.template import load_pack

    load = cache(load_pack)
    problems = [p for name in specs for p in review(Path(name), template, load).problems(select, ignore)]
    if as_json:
        print_json([asdict(problem) for problem in problems])
    else:
        click.echo(_report(layout, problems))
    sys.exit(any(problem.severity == "error" for problem in problems))


def _explained(codes: tuple[str, ...]) -> str:
    from speckit.check import rules_of
    from speckit.reports import as_pages

    return as_pages(rules_of(codes))


def _report(layout: str, problems: Sequence[Problem]) -> str:
    from speckit import __version__
    from speckit.check import installed_rules
    from speckit.reports import as_github, as_sarif, as_text

    if layout == "sarif":
        return json.dumps(as_sarif(problems, installed_rules(), __version__), ensure_ascii=False, indent=1)
    return as_github(problems) if layout == "github" else as_text(problems)


@click.command()
@click.argument("spec")
@click.option("--as", "status", required=True, metavar="STATUS", help="In Review, Approved, Implemented, …")
@as_of
@as_json
def approve(spec: str, status: str, as_of: dt.date | None, as_json: bool) -> None:
    """Give SPEC a status that it has earned; exit 1, with the reasons, where it has not."""
    from speckit.approve import approve as run

    approval = run(Path(spec), status, as_of or dt.date.today())
    if as_json:
        print_json(asdict(approval))
    elif approval.reasons:
        count = f"{len(approval.reasons)} reason{'s' * (len(approval.reasons) > 1)}"
        click.echo("\n".join([*approval.reasons, f"not {approval.status}, for {count}: {spec}"]))
    else:
        click.echo(f"{spec}: {approval.before} → {approval.status}, by {approval.by}")
    sys.exit(bool(approval.reasons))

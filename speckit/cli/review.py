"""Commands that judge a spec."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speckit.cli.options import as_json, print_json
from speckit.errors import ProjectError

if TYPE_CHECKING:
    from speckit.model import Problem


@click.command()
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
    problems = [p for name in specs for p in _problems(Path(name), template, select, ignore)]
    if as_json:
        print_json([asdict(problem) for problem in problems])
    else:
        click.echo(_report(layout, problems))
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

    return run(
        text,
        path.as_posix(),
        load_pack(template, root / "templates"),
        read,
        select=tuple(filter(None, select.split(","))),
        ignore=tuple(filter(None, ignore.split(","))),
    )


def _report(layout: str, problems: Sequence[Problem]) -> str:
    from speckit import __version__
    from speckit.check import installed_rules
    from speckit.reports import as_github, as_sarif, as_text

    if layout == "sarif":
        return json.dumps(as_sarif(problems, installed_rules(), __version__), ensure_ascii=False, indent=1)
    return as_github(problems) if layout == "github" else as_text(problems)

"""Commands for working together on a hub."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from speckit.cli.options import as_json, print_json, research
from speckit.errors import RecipeError


@click.command()
@click.argument("spec")
@research
@click.option("--specs", metavar="DIR", help="The folder of specs (specs).")
@click.option("--hub", default="", metavar="URL", help="The hub's address (on a hub, its own).")
@click.option("--servers", type=click.Path(path_type=Path), help="The folder that servers show (the home).")
@as_json
def share(
    spec: str, research: str | None, specs: str | None, hub: str, servers: Path | None, as_json: bool
) -> None:
    """Print a link that opens the notebook of SPEC on a hub."""
    from speckit.jupyter.hub.share import share as make_link
    from speckit.paths import find_project

    link = make_link(find_project(research or "research", specs or "specs"), spec, hub, servers)
    if as_json:
        print_json({"url": link.url, "notebook": link.notebook, "to_do": link.to_do})
        return
    click.echo(link.url)
    if link.to_do:
        click.echo(f"speckit: before the link works, {link.to_do}", err=True)


@click.group()
def hub() -> None:
    """Set up and examine a JupyterHub."""


@hub.command()
@click.option("--sys-prefix", is_flag=True, help="Into the environment that this runs in.")
@click.option("--prefix", metavar="DIR", type=click.Path(path_type=Path), help="Into another environment.")
@as_json
def install(sys_prefix: bool, prefix: Path | None, as_json: bool) -> None:
    """Put the tile and the setting that decks need where JupyterLab looks for them."""
    from speckit.jupyter.hub.install import install as put

    if sys_prefix == bool(prefix):
        raise RecipeError(
            "say where to install: --sys-prefix for this environment, or --prefix DIR for another"
        )
    written = put(prefix or Path(sys.prefix))
    if as_json:
        print_json(written)
    else:
        click.echo("\n".join(map(str, written)) or "All is there as it has to be.")


@hub.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@research
@click.option("--specs", metavar="DIR", help="The folder of specs (specs).")
@as_json
def doctor(folder: Path | None, research: str | None, specs: str | None, as_json: bool) -> None:
    """Say what would keep a team from sharing the project at FOLDER, and what to do; nothing is changed."""
    from speckit.jupyter.hub.doctor import examine_environment, examine_folder
    from speckit.paths import find_project

    in_folder = (
        examine_folder(find_project(research or "research", specs or "specs", folder)) if folder else ()
    )
    faults = (*examine_environment(), *in_folder)
    if as_json:
        print_json([asdict(fault) for fault in faults])
    else:
        told = (f"{fault.where} {fault.what}\n    {fault.fix}  [{fault.code}]" for fault in faults)
        click.echo("\n".join(told) or "Nothing stands in the way.")
    sys.exit(bool(faults))

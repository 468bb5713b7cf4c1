"""The command line: thin commands over the library, each with `--json`.

Exit codes: 0 done, also with open questions; 1 problems; 2 the user's mistake; 3 unanswered under `fail`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from speckit import __version__
from speckit.errors import SpeckitError

COMMANDS = {
    "new": "authoring",
    "lab": "authoring",
    "templates": "authoring",
    "locate": "research",
    "questions": "research",
    "check": "review",
    "share": "sharing",
    "hub": "sharing",
    "approve": "review",
    "explain": "ledger",
    "adopt": "ledger",
    "export": "ledger",
    "batch": "portfolio",
    "board": "portfolio",
}  # name -> the module of this folder that holds it, loaded when the command is called


class _Commands(click.Group):
    """Commands that load when they are called, and whose mistakes are one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - same
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"speckit.cli.{COMMANDS[cmd_name]}"), cmd_name)
        return command if isinstance(command, click.Command) else None

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

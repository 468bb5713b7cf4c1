"""What several commands share: their options, and how they print."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from speckit.errors import RecipeError

if TYPE_CHECKING:
    from speckit.model import Question


def _day(_ctx: click.Context, _option: click.Parameter, value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError:
        raise RecipeError(f"--as-of {value!r} is no date: write it as YYYY-MM-DD") from None


as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
as_of = click.option("--as-of", metavar="DATE", callback=_day, help="The day of the run, YYYY-MM-DD (today).")
research = click.option("--research", metavar="DIR", help="The research folder (research).")


def print_json(value: Any) -> None:
    """Print the one JSON value of a command."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def question_row(question: Question, link: Callable[[str, int, int], str]) -> dict[str, Any]:
    """A question as JSON has it; `link` makes links that last, as `provenance.permalinks` does."""
    first = question.citations[0] if question.citations else None
    return {
        "line": first.start if first else None,
        "end_line": first.end if first else None,
        "permalink": (link(first.path, first.start, first.end) or None) if first else None,
        "id": question.id,
        "topic": question.topic,
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

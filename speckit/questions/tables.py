"""Tables of questions: each row an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from speckit.markdown import table_rows
from speckit.model import Block
from speckit.questions.entry import Entry, Note
from speckit.questions.wording import asks, unmarked

Column = Literal["question", "options", "recommendation", "answer", "status", ""]
SIGNS = "ABCDEFGH"
_NAMES: dict[Column, str] = {
    "recommendation": r"\b(?:recommend\w*|propos\w*|default|leaning|prefer\w*|suggest\w*)\b",
    "answer": r"\b(?:answer|resolution|decision|decided|outcome|resolved)\b",
    "status": r"^(?:status|state)$",
    "options": r"\b(?:options?|alternatives?|choices?|candidates?)\b",
    "question": r"\b(?:questions?|issues?|topics?|items?|unknowns?|problems?|decision needed|description)\b",
}
_OPTION = re.compile(r"\W*(?:option|alternative|approach) \(?[A-H1-8]\b", re.IGNORECASE)
_ID = re.compile(r"\b(?:ids?|no|nr|number|ref)\b\W*$", re.IGNORECASE)
_UNSAID = re.compile(
    r"[\W_]*(?:(?:n/?a|none|pending|open|unknown)?[\W_]*$"
    r"|(?:tbd|to be (?:decided|determined)|(?:requires?|needs)[ _]decision)\b)",
    re.IGNORECASE,
)
_CUES: dict[Column, str] = {
    "answer": "Answer: ",
    "status": "Status: ",
    "options": "Options: ",
    "recommendation": "Recommendation: ",
}


def rows_of(table: Block, settled: bool) -> Iterator[Entry]:
    """The rows of a table of questions; what its other columns say comes as notes with their cue."""
    (_, header), *rows = table_rows(table)
    columns = [_column(cell) for cell in header]
    if "question" not in columns and "answer" in columns[:2] and {"options", "recommendation"} & set(columns):
        columns[columns.index("answer")] = "question"  # a table of decisions to take
    offers = [at for at, cell in enumerate(header) if _OPTION.match(cell)]
    offers = offers if len(offers) > 1 else []
    if offers:
        columns = ["" if at in offers else column for at, column in enumerate(columns)]
        if "question" not in columns and offers[0] > 0:
            columns[offers[0] - 1] = "question"  # what the options stand behind
    if "question" not in columns and not any(asks(cell) for _, cells in rows for cell in cells):
        return  # a table of something else
    asked = columns.index("question") if "question" in columns else _widest(rows)
    for line, cells in rows:
        if asked < len(cells) and cells[asked]:
            named = zip(columns, cells, strict=False)
            notes = tuple(
                Note(line, line, _CUES[column] + cell)
                for column, cell in named
                if column in _CUES and said(cell)
            )
            offered = (
                Note(line, line, f"({sign}) {cells[at]}", "item")
                for sign, at in zip(SIGNS, offers, strict=False)
                if at < len(cells) and said(cells[at])
            )
            yield Entry(line, line, cells[asked], line, (*notes, *offered), settled)


def _column(header: str) -> Column:
    title = unmarked(header)
    if _ID.search(title):
        return ""
    if title.casefold() in {"question", "questions", "open question"}:
        return "question"
    return next((column for column, names in _NAMES.items() if re.search(names, title, re.IGNORECASE)), "")


def _widest(rows: Sequence[tuple[int, tuple[str, ...]]]) -> int:
    """The column that asks most often, else the one with the most text."""
    width = max((len(cells) for _, cells in rows), default=0)
    columns = [[cells[at] for _, cells in rows if at < len(cells)] for at in range(width)]
    weights = [(sum(map(asks, cells)), sum(map(len, cells))) for cells in columns]
    return max(range(width), key=lambda at: weights[at], default=0)


def said(cell: str) -> bool:
    """Whether a cell says anything."""
    return not _UNSAID.match(cell)

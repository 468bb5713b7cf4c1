"""Layouts: Jinja without logic. A layout may only show values and loop over them, two loops deep."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from speckit.errors import PackError

if TYPE_CHECKING:
    from jinja2 import Template

LIMIT = 20_000_000  # characters; a whole spec has some 60,000
DEPTH = 2  # loops within loops; with values alone to loop over, this bounds the time too

_ALLOWED = {"Template", "Output", "TemplateData", "Name", "Getattr", "For", "Tuple"}


def lay_out(source: str, where: str, values: dict[str, object]) -> str:
    """Fill a layout.

    Args:
        source: the layout, as Jinja.
        where: its file, for messages.
        values: what it may show: text, and lists of text or of pairs.

    Raises:
        PackError: the layout does more than lay out, names a value that there is not, or grows too long.
    """
    from jinja2 import TemplateError

    parts: list[str] = []
    size = 0
    try:
        for part in _compiled(source, where).generate(values):
            size += len(part)
            if size > LIMIT:
                raise PackError(f"{where} makes more than {LIMIT:,} characters: show each section once")
            parts.append(part)
    except (TemplateError, TypeError, ValueError) as problem:
        raise PackError(f"{where}: {problem}; it may show {', '.join(sorted(values))}") from None
    return "".join(parts)


@lru_cache(maxsize=32)
def _compiled(source: str, where: str) -> Template:
    """Compile a layout, refusing whatever is not layout: calls, filters, arithmetic, includes, conditions.

    Raises:
        PackError: naming the file, the line and what stands there.
    """
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )

    def refuse(node: nodes.Node, depth: int) -> None:
        name = type(node).__name__
        if name not in _ALLOWED or (isinstance(node, nodes.For) and (node.test or node.recursive)):
            what = f"{name.lower()} is not layout: only values and loops over them are"
            raise PackError(f"{where} line {node.lineno}: {what}")
        if depth > DEPTH:
            raise PackError(f"{where} line {node.lineno}: loops are at most {DEPTH} deep: take one out")
        for child in node.iter_child_nodes():
            refuse(child, depth + isinstance(child, nodes.For))

    try:
        refuse(environment.parse(source), 0)
        return environment.from_string(source)
    except TemplateSyntaxError as problem:
        raise PackError(f"{where} line {problem.lineno}: {problem.message}") from None
    except (TemplateError, RecursionError) as problem:
        raise PackError(f"{where}: {problem}") from None

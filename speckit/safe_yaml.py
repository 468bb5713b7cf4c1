"""The one way to read YAML: bounded, without aliases, dates or tags; true and false are yes and no."""

from __future__ import annotations

import re
from typing import Any

import yaml

from speckit.errors import SpeckitError

LIMIT = 1_000_000  # bytes; a recipe, an answers file or a frontmatter beyond it is no such thing


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """YAML's plain types less dates and booleans: labels and topics must survive ("on", "2026-01-02")."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("!truth", re.compile(r"(?i:true|false)$"), list("tTfF"))
_Loader.add_constructor("!truth", lambda _, node: "yes" if node.value.lower() == "true" else "no")


def load_yaml(text: str, where: str, error: type[SpeckitError]) -> Any:
    """Read YAML from an untrusted text.

    Args:
        text: the YAML.
        where: what to call it in a message, such as a file name.
        error: what to raise.

    Returns:
        Mappings, lists, strings, numbers and None.

    Raises:
        SpeckitError: of the type `error`, naming the line at fault.
    """
    if len(text) > LIMIT:
        raise error(f"{where} has {len(text):,} characters; at most {LIMIT:,} are read: make it smaller")
    try:
        if "*" in text and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, _Loader)):
            raise error(f"{where} has an alias (`*name`), which is not taken: write its value out")
        return yaml.load(text, _Loader)  # noqa: S506 - a safe loader, made stricter
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        reason = getattr(problem, "problem", None) or str(problem).splitlines()[0]
        raise error(f"{where}{line} is not YAML that can be read: {reason}") from None
    except (RecursionError, ValueError) as problem:
        raise error(f"{where} is not YAML that can be read: {problem}") from None


def dump_yaml(value: Any) -> str:
    """Write plain values as YAML, keys in their order, text as it reads."""
    return str(yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=100))

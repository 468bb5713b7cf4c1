"""The parameters that a ledger keeps, `recipe.yaml`, one a line; how git is to merge a ledger's files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from speckit.errors import LedgerError
from speckit.ledger.files import read_text
from speckit.safe_yaml import load_yaml

_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

# Generated files fold in a pull request and keep their bytes; what two branches both write merges by lines.
ATTRIBUTES = """\
* -text linguist-generated
recipe.yaml merge=union
base/*.json merge=union
"""


def read_parameters(path: Path) -> dict[str, Any]:
    """Read the stored parameters; none where there is no file. Of a name that stands twice the last counts.

    Raises:
        LedgerError: the file is not a recipe.
    """
    text = read_text(path)
    values = {} if text is None else load_yaml(text, str(path), LedgerError)
    if not isinstance(values, dict):
        raise LedgerError(f"{path} holds no parameters: restore it, or remove it")
    return values


def as_lines(values: Mapping[str, Any]) -> str:
    """Parameters as YAML, one a line."""
    return "".join(f"{name}: {_one_line(value)}\n" for name, value in values.items())


def _one_line(value: Any) -> str:
    """A plain value as JSON, which is YAML once what YAML calls unprintable or a line end is escaped."""
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))

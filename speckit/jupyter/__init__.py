"""The kit in Jupyter: one desk behind all panels of a notebook.

`Desk` loads when it is asked for: papermill imports this package to find its engine, and needs nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from speckit.jupyter.desk import Desk

__all__ = ["Desk"]


def __getattr__(name: str) -> Any:
    if name == "Desk":
        from speckit.jupyter.desk import Desk

        return Desk
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

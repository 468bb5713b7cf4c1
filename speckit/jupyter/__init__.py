"""The kit in Jupyter: one desk behind all panels of a notebook."""

from speckit.jupyter.desk import Desk

__all__ = ["Desk"]

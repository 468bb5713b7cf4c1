"""The rules that come with speckit; `speckit.rules` is their entry point, and that of everybody else's."""

from speckit.rules import consistency, content, evidence, exempt, form, limits, questions, structure
from speckit.rules.exempt import exemptions
from speckit.rules.page import Kept, Page, read_page
from speckit.rules.rule import Found, Rule, at, rule

RULES: tuple[Rule, ...] = tuple(
    value
    for module in (structure, limits, form, content, evidence, questions, consistency, exempt)
    for value in vars(module).values()
    if isinstance(value, Rule)
)

__all__ = ["RULES", "Found", "Kept", "Page", "Rule", "at", "exemptions", "read_page", "rule"]

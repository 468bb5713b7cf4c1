"""Check: what is wrong in a spec, by the rules that are installed.

Rules come by the entry point group `speckit.rules`, the kit's own among them: each entry names an iterable
of `speckit.rules.Rule`. A line or the one above it can be exempted, with a reason:
`<!-- speckit: ignore E001 because the document is in another repository -->`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from speckit.errors import SpeckitError
from speckit.model import Problem, Spec
from speckit.rules import Kept, Page, Rule, exemptions, read_page

if TYPE_CHECKING:
    from speckit.template import Pack


def check(
    text: str,
    path: str,
    pack: Pack,
    read: Callable[[str], str | None],
    spec: Spec | None = None,
    *,
    kept: Kept | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> tuple[Problem, ...]:
    """Find what is wrong in a spec.

    Args:
        text: the spec's markdown.
        path: where it lies, from the project root.
        pack: the template pack it follows.
        read: gives a research document's text by path from the project root, None where there is none.
        spec: the value it was rendered from, where there is one.
        kept: what its ledger keeps of it, where speckit wrote it.
        select: codes, or what they begin with; empty takes all.
        ignore: likewise, to be left out.

    Returns:
        Problems in the order of their lines. Only an `error` makes a check fail.

    Raises:
        SpeckitError: `select` or `ignore` names no rule, or a package of rules cannot be loaded.
    """
    rules = rules_of(select, ignore)
    page = read_page(text, path, pack, read, spec, kept)
    exempted = _exempted(page)
    problems = [
        problem
        for item in rules
        for problem in item.problems(page)
        if not item.code.startswith(exempted.get(problem.line, ("\0",)))
    ]
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.code, problem.message)))


def rules_of(select: Iterable[str], ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules that are selected and not ignored, by codes or what they begin with; empty selects all.

    Raises:
        SpeckitError: as for `check`.
    """
    taken, left_out = tuple(select), tuple(ignore)
    rules = installed_rules()
    for prefix in taken + left_out:
        if not any(code.startswith(prefix) for code in rules):
            raise SpeckitError(f"no rule {prefix!r}: name a code such as E001, or a family such as E")
    return tuple(
        item
        for code, item in rules.items()
        if code.startswith(taken or ("",)) and not code.startswith(left_out or ("\0",))
    )


@cache
def installed_rules() -> Mapping[str, Rule]:
    """The rules of all installed packages, by code.

    Raises:
        SpeckitError: a package's rules cannot be loaded, or two rules have one code.
    """
    rules: dict[str, Rule] = {}
    for entry in sorted(entry_points(group="speckit.rules"), key=lambda entry: entry.name):
        owner = entry.dist.name if entry.dist else entry.value
        try:
            found = {item.code: item for item in entry.load()}
        except Exception as problem:  # whatever a stranger's package does at import
            reason = f"{type(problem).__name__}: {problem}"
            raise SpeckitError(
                f"the rules of {owner} cannot be loaded ({reason}): mend or uninstall it"
            ) from None
        if twice := rules.keys() & found.keys():
            raise SpeckitError(
                f"the rules of {owner} take the code {min(twice)}, which is taken: uninstall it"
            )
        rules |= found
    return dict(sorted(rules.items()))


def _exempted(page: Page) -> dict[int, tuple[str, ...]]:
    """The codes that do not count, by line."""
    lines: dict[int, tuple[str, ...]] = {}
    for exemption in exemptions(page):
        for line in (exemption.line, exemption.next_line) if exemption.reason else ():
            lines[line] = lines.get(line, ()) + exemption.codes
    return lines

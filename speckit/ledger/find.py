"""Finding a spec's ledger: by its topic, whatever today is, or by its name."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from pathlib import Path

from speckit.errors import LedgerError, SpeckitError
from speckit.ledger.folder import FOLDER, Ledger
from speckit.paths import slug

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)")  # the day a spec was created, its topic


def find_ledger(specs: Path, topic: str, on: dt.date, new: bool = False) -> Ledger:
    """Find the ledger of the spec of a topic, or make out a new one. Nothing is written.

    Args:
        specs: the folder of specs; it need not be there.
        topic: what the spec is about.
        on: the day that goes into the name of a new spec.
        new: make another although there is one of this topic.

    Raises:
        LedgerError: several specs have this topic; lists them.
        ProjectError: the topic has nothing to name a file by.
    """
    topic_slug = slug(topic)
    known = _names(specs)
    if new:
        return _ledger(specs, _unused(f"{on.isoformat()}-{topic_slug}", known))
    found = [name for name in known if _is_of(specs, name, topic_slug)]
    if len(found) > 1:
        raise LedgerError(f"several specs are about {topic!r}: {', '.join(found)}; name one")
    return _ledger(specs, found[0] if found else f"{on.isoformat()}-{topic_slug}")


def open_ledger(specs: Path, name: str) -> Ledger:
    """Open the ledger of a named spec, `2026-11-22-topic` or `2026-11-22-topic.md`. Nothing is written.

    Raises:
        LedgerError: there is no such spec.
    """
    stem = name.removesuffix(".md")
    known = _names(specs)
    if stem not in known:
        there = ", ".join(known[-5:]) or "none"
        raise LedgerError(f"no spec {name!r} in {specs.name}/: name one that is there ({there})")
    return _ledger(specs, stem)


def topics(specs: Path) -> tuple[str, ...]:
    """The topics of the specs that have a recipe, the newest spec first."""
    found = []
    for name in reversed(_names(specs)):
        with suppress(SpeckitError):
            found.append(str(_ledger(specs, name).read_recipe().get("topic", "")))
    return tuple(dict.fromkeys(filter(None, found)))


def spec_topic(ledger: Ledger) -> str:
    """The topic of a ledger's spec: that of its recipe, else what its name says."""
    stored = str(ledger.read_recipe().get("topic") or "")
    return stored or ledger.name[len("2026-11-22-") :].replace("-", " ")


def _names(specs: Path) -> list[str]:
    """The names of all specs that have a document or a ledger."""
    documents = (path.stem for path in specs.glob("*.md"))
    ledgers = (path.name for path in (specs / FOLDER).glob("*") if path.is_dir())
    return sorted(name for name in {*documents, *ledgers} if _day(name))


def _day(name: str) -> dt.date | None:
    match = _NAME.fullmatch(name)
    try:
        return dt.date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _is_of(specs: Path, name: str, topic_slug: str) -> bool:
    """Whether a spec is of this topic: its name says so, or is that of another with a number behind."""
    own = name[len("2026-11-22-") :]
    if own == topic_slug:
        return True
    if own.rpartition("-")[0] != topic_slug or not own.rpartition("-")[2].isdigit():
        return False
    try:
        return slug(str(_ledger(specs, name).read_recipe().get("topic", ""))) == topic_slug
    except SpeckitError:
        return False


def _unused(name: str, known: list[str]) -> str:
    number = 1
    while (numbered := f"{name}-{number}" if number > 1 else name) in known:
        number += 1
    return numbered


def _ledger(specs: Path, name: str) -> Ledger:
    day = _day(name)
    assert day is not None  # noqa: S101 - only names with a day come here
    return Ledger(specs, name, day)

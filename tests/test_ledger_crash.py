"""A writer that is killed at any moment loses nothing that it acknowledged and leaves nothing half done."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from speckit.export import named_bases
from speckit.ledger import Ledger, find_ledger
from speckit.ledger.bases import read_base
from speckit.model import Answer

KILLS = 500
DAY = dt.date(2026, 11, 22)
TEXT = "# Spec\n\n- one\n- two\n"

pytestmark = pytest.mark.slow


def killed(write: Callable[[int], str], chance: random.Random) -> list[str]:
    """Let a process write again and again, kill it within a write, and return what it acknowledged.

    The first writes tell how long one takes here; the kill comes at a random moment of the two that follow.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            for count in range(1_000_000):
                os.write(writer, f"{write(count)}\n".encode())
        finally:  # not reached, unless writing fails: then without pytest's own way out
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as told:
        acknowledged = [told.readline()]
        first = time.monotonic()
        acknowledged.append(told.readline())
        time.sleep(2 * chance.random() * (time.monotonic() - first))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the writer ended by itself: it failed"
        acknowledged += told
    return [line.removesuffix("\n") for line in acknowledged]


def left_over(ledger: Ledger) -> int:
    """How many writes were hit before their end: each leaves a temporary file, which nobody reads."""
    return sum(1 for _ in ledger.specs.rglob(".*.tmp"))


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """A new ledger; what a killed writer leaves elsewhere goes with the test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return find_ledger(tmp_path / "specs", "Topic", DAY)


def test_no_acknowledged_answer_is_lost(ledger: Ledger) -> None:
    """After 500 kills every answer that was acknowledged is there, and no record is torn."""
    chance = random.Random(500)
    for number in range(KILLS):
        question = f"q{number:08x}"

        def write(count: int, question: str = question) -> str:
            return ledger.record(Answer(question, (f"answer {count}",), by="ana", on=DAY))

        told = killed(write, chance)
        history = ledger.history(question)
        assert [record.id for record in history][: len(told)] == told
        assert len(history) <= len(told) + 1  # one may be written and not yet acknowledged
    state = ledger.answers()
    assert state.notices == ()
    assert state.disputes == ()
    assert left_over(ledger) > 0


def test_document_and_base_are_always_a_pair(ledger: Ledger) -> None:
    """After each of 500 kills the document is whole, names a base that is there, and has its edit."""
    ledger.publish(TEXT, [])
    edited = ledger.document.read_text().replace("- one", "- one, by hand")
    ledger.document.write_text(edited)
    chance = random.Random(500)
    for number in range(KILLS):

        def write(count: int, number: int = number) -> str:
            exported = ledger.publish(f"{TEXT}- export {number}.{count}\n", [])
            assert exported.conflicts == ()
            return "done"

        killed(write, chance)
        document = ledger.document.read_text()
        (name,) = named_bases(document)
        base = read_base(ledger.folder / "base", name)
        assert base is not None
        assert document == base.replace("- one", "- one, by hand") + f"\n<!-- speckit base: {name} -->\n"
    assert left_over(ledger) > 0

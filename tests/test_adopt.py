"""Specs that were written elsewhere, taken in, answered and written again."""

from __future__ import annotations

import datetime as dt
import difflib
import shutil
from pathlib import Path

import pytest

from speckit.adopt import Adopted, adopt, write_answers
from speckit.clarify import unanswered
from speckit.contrast import offered
from speckit.errors import LedgerError
from speckit.ledger import find_ledger
from speckit.model import Answer, Document, Question
from speckit.questions import find_questions
from speckit.template import Pack, load_pack

DAY = dt.date(2026, 6, 1)
SPEC = """\
# Message queue

| Author(s) | Ana |

## 3. Goals

- [ ] It is fast.

## 5. Detailed Design

### 5.1 Interfaces

`put` and `get`.

---

## 9. Open Questions

- [ ] **Storage.** Should messages be stored on disk or in memory?
- [ ] Should we drop messages when the queue is full?
- [x] **Order.** Which order? **Resolved:** the order they came in.

1. Who runs it?
"""


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return load_pack("rfc", tmp_path)


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A spec of somebody who does not know speckit."""
    path = tmp_path / "specs" / "2026-05-01-message-queue.md"
    path.parent.mkdir()
    path.write_text(SPEC, "utf-8")
    return path


def export(adopted: Adopted, pack: Pack) -> str:
    """Write the document with what the ledger has, and return it."""
    ledger = adopted.ledger
    text = ledger.adopted
    assert text is not None
    ledger.publish(write_answers(text, adopted.spec, ledger.answers().answers, pack), [])
    return ledger.document.read_bytes().decode()


def answered(question: Question) -> Answer:
    """The first option of a question, with a reason."""
    return Answer(question.id, (offered(question)[0].label,), because="It holds.", by="Ben", on=DAY)


def hunks(before: str, after: str) -> list[tuple[list[str], list[str]]]:
    """What differs: lines that went, and lines that came."""
    old, new = before.split("\n"), after.split("\n")
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [(old[a:b], new[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def test_adopting_leaves_the_document_alone(spec: Path, pack: Pack) -> None:
    """Its text is the base, its questions are there to walk, and its answers are in the ledger."""
    adopted = adopt(spec)
    assert spec.read_text("utf-8") == SPEC
    assert [question.topic for question in unanswered(adopted.spec)] == ["Storage", "", ""]
    (answer,) = adopted.ledger.answers().answers
    assert (answer.text, answer.by, answer.on) == ("the order they came in.", "Ana", dt.date(2026, 5, 1))
    assert export(adopted, pack) == SPEC


def test_an_answer_is_written_where_it_belongs(spec: Path, pack: Pack) -> None:
    """It ticks its box, stands below it with what was rejected, and makes its statement in its section."""
    adopted = adopt(spec)
    storage, drop, _, who = adopted.spec.questions
    for answer in (
        answered(storage),
        Answer(drop.id, ("Not in this version",), by="Ben", on=DAY),
        Answer(who.id, later="Cem", by="Ben", on=DAY),
    ):
        adopted.ledger.record(answer)
    text = export(adopted, pack)
    labels = [option.label for option in offered(storage)]
    assert f"  - **Decision:** {labels[0]}. Because: It holds. Rejected: {labels[1]}. Decided by Ben." in text
    assert "- [x] **Storage.** Should messages" in text
    assert "- [x] Should we drop" in text
    assert "`put` and `get`.\n\n### 5.2 Storage\n\n**Storage.** " in text
    assert "1. Who runs it?\n   - **Later:** Cem.\n" in text
    assert "\n## 9. Open Questions\n\n- [x] **Storage.**" in text


def test_taking_back_gives_the_bytes_of_before(spec: Path, pack: Pack) -> None:
    """Also the line that names the base goes again."""
    adopted = adopt(spec)
    adopted.ledger.record(answered(adopted.spec.questions[0]))
    assert export(adopted, pack) != SPEC
    adopted.ledger.take_back(adopted.spec.questions[0].id, "Ben", DAY)
    assert export(adopted, pack) == SPEC


def test_edits_are_kept(spec: Path, pack: Pack) -> None:
    """What its author writes after it was adopted stays, before and after an export."""
    adopted = adopt(spec)
    spec.write_text(SPEC.replace("It is fast.", "It is very fast."), "utf-8")
    adopted.ledger.record(answered(adopted.spec.questions[0]))
    assert "It is very fast." in export(adopted, pack)
    spec.write_text(spec.read_text("utf-8").replace("`put` and", "`put`, `peek` and"), "utf-8")
    adopted.ledger.record(answered(adopted.spec.questions[1]))
    text = export(adopted, pack)
    assert "It is very fast." in text
    assert "`put`, `peek` and" in text


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_its_form_is_kept(spec: Path, pack: Pack, line_end: str, mark: str) -> None:
    """Line ends and byte order mark are those of its editor, in what is written too."""
    spec.write_bytes((mark + SPEC.replace("\n", line_end)).encode())
    adopted = adopt(spec)
    assert export(adopted, pack) == mark + SPEC.replace("\n", line_end)
    adopted.ledger.record(answered(adopted.spec.questions[0]))
    text = export(adopted, pack)
    assert text.startswith(mark + "#")
    assert text.count("\n") == text.count(line_end)


def test_what_cannot_be_adopted(tmp_path: Path) -> None:
    """A spec of speckit has its ledger; one that is not there, or has no day in its name, is named."""
    ledger = find_ledger(tmp_path / "specs", "Topic", DAY)
    ledger.publish("# Spec\n", [])
    with pytest.raises(LedgerError, match="has its ledger already"):
        adopt(ledger.document)
    with pytest.raises(LedgerError, match=r"no spec 'notes\.md'"):
        adopt(tmp_path / "specs" / "notes.md")


def test_adopting_twice_is_adopting_once(spec: Path) -> None:
    """Nothing is written the second time, also after answers and edits."""
    adopted = adopt(spec)
    adopted.ledger.take_back(adopted.spec.answers[0].question, "Ben", DAY)
    before = {path: path.stat().st_mtime_ns for path in spec.parent.rglob("*")}
    assert adopt(spec).spec == adopted.spec
    assert {path: path.stat().st_mtime_ns for path in spec.parent.rglob("*")} == before


def test_specs_of_others_change_by_what_is_answered_alone(atomic: Path, tmp_path: Path, pack: Pack) -> None:
    """Adopted and exported each is the same byte for byte; with one answer it has at most five hunks.

    The first that is open is answered, else another. No line that went comes back wrapped otherwise, and
    the question is read back as resolved.
    """
    specs = sorted((atomic / "specs").glob("*.md"))
    assert len(specs) > 50
    written = 0
    for source in specs:
        path = Path(shutil.copy(source, tmp_path))
        adopted = adopt(path, pack)
        text = source.read_bytes().decode()
        assert export(adopted, pack) == text
        if not (left := unanswered(adopted.spec) or adopted.spec.questions):
            continue
        adopted.ledger.record(answered(left[0]))
        after = export(adopted, pack)
        changed = hunks(text, after)
        assert 1 <= len(changed) <= 5
        for went, came in changed:
            assert len(went) <= len(came)
            assert all(
                new.replace("[x]", "[ ]").startswith(old[:40]) for old, new in zip(went, came, strict=False)
            )
        read = find_questions(Document(path.name, after, "", None, "spec"))
        assert [question.resolved for question in read if question.id == left[0].id] == [True], path.name
        written += 1
    assert written > 20

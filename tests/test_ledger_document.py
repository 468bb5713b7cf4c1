"""The document of a ledger: writing it, who may, ticks in it, and merging two of it with git."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from speckit.errors import LedgerError, ProjectError, SpeckitError
from speckit.ledger import Asked, Ledger, find_ledger
from speckit.ledger.asked import AskedOption
from speckit.ledger.files import write_file
from speckit.model import Answer, Citation

DAY = dt.date(2026, 11, 22)
Q = "q1a2b3c4d"
TEXT = "# Spec\n\n- one\n- two\n"
OPEN = """\
# Spec

- [ ] **Store.** Which store? <!-- q1a2b3c4d -->
  - [ ] (A) SQLite — one file
  - [ ] (B) Postgres — a server
"""
ANSWERED = "# Spec\n\n- [x] **Store.** Postgres. → 5.4 <!-- q1a2b3c4d -->\n"
PUT = {Q: Asked(text="Which store?", options=(AskedOption(label="SQLite"), AskedOption(label="Postgres")))}


def answer(choice: str = "SQLite", by: str = "ana", question: str = Q) -> Answer:
    return Answer(question, (choice,), by=by, on=DAY)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return find_ledger(tmp_path / "specs", "Topic", DAY)


def git(folder: Path, *command: str) -> str:
    """Run git, with nobody's settings."""
    options = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgSign=false")
    done = subprocess.run(["git", *options, *command], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


class TestPublishing:
    """The export with its effects."""

    def test_document_and_base(self, ledger: Ledger) -> None:
        """A first export writes the document, the base that it names, and where its citations point."""
        research = ledger.specs.parent / "research" / "x.md"
        write_file(research, "one\ntwo\n")
        ledger.publish(
            TEXT, [Citation("research/x.md", 1, 1, "one"), Citation("research/gone.md", 2, 3, "x")]
        )
        document = ledger.document.read_text()
        name = document.split()[-2]
        assert document == f"{TEXT}\n<!-- speckit base: {name} -->\n"
        assert (ledger.folder / "base" / f"{name}.md").read_text() == TEXT
        traces = json.loads((ledger.folder / "base" / f"{name}.json").read_text())
        assert traces["version"] == 1
        assert len(traces["research/x.md#L1-L1"]["file"]) == 64
        assert traces["research/gone.md#L2-L3"]["file"] == ""

    def test_nothing_new_writes_nothing(self, ledger: Ledger) -> None:
        """Publishing again touches no file, not even its time."""
        ledger.publish(TEXT, [])
        before = {path: path.stat().st_mtime_ns for path in ledger.specs.rglob("*")}
        ledger.publish(TEXT, [])
        assert {path: path.stat().st_mtime_ns for path in ledger.specs.rglob("*")} == before

    def test_edits_are_merged(self, ledger: Ledger) -> None:
        """What a person wrote into the file stays, beside what is new."""
        ledger.publish(TEXT, [])
        ledger.document.write_text(ledger.document.read_text().replace("- one", "- one, by hand"))
        ledger.publish(TEXT.replace("- two", "- two, decided"), [])
        assert "- one, by hand\n- two, decided\n" in ledger.document.read_text()

    def test_a_conflict_overwrites_nothing(self, ledger: Ledger) -> None:
        """Both sides are returned and the file stays; with a side chosen it is written."""
        ledger.publish(TEXT, [])
        edited = ledger.document.read_text().replace("- two", "- two, by hand")
        ledger.document.write_text(edited)
        changed = TEXT.replace("- two", "- two, decided")
        exported = ledger.publish(changed, [])
        assert len(exported.conflicts) == 1
        assert ledger.document.read_text() == edited
        ledger.publish(changed, [], chosen={exported.conflicts[0]: "new"})
        assert "- two, decided" in ledger.document.read_text()

    def test_a_proposal_can_take_the_documents_place(self, ledger: Ledger) -> None:
        """What cannot be merged is written beside the document, and rests on a base that is there."""
        ledger.publish(TEXT, [])
        ledger.document.write_text(ledger.document.read_text().replace("- two", "- two, by hand"))
        changed = TEXT.replace("- two", "- two, decided")
        proposed = ledger.propose(ledger.publish(changed, []), changed, [])
        assert proposed.name == "2026-11-22-topic.proposed.md"
        lines = [line for line in proposed.read_text().split("\n") if line[:7] not in {7 * c for c in "<=>"}]
        ledger.document.write_text("\n".join(lines))
        assert ledger.publish(changed, []).conflicts == ()
        assert "- two, by hand\n- two, decided\n" in ledger.document.read_text()

    def test_somebody_elses_file_is_not_touched(self, ledger: Ledger) -> None:
        """A file of our name that names no base of this ledger stays as it is."""
        write_file(ledger.document, "# Mine\n")
        with pytest.raises(LedgerError, match=r"2026-11-22-topic\.md does not say"):
            ledger.publish(TEXT, [])
        assert ledger.document.read_text() == "# Mine\n"
        assert not ledger.folder.exists()

    def test_a_spoiled_base_is_not_trusted(self, ledger: Ledger) -> None:
        """A base that is not what its name says counts as missing."""
        ledger.publish(TEXT, [])
        next((ledger.folder / "base").glob("*.md")).write_text("spoiled")
        with pytest.raises(LedgerError, match="does not say"):
            ledger.publish(TEXT + "- three\n", [])

    def test_a_file_that_changes_meanwhile_is_merged_too(self, ledger: Ledger) -> None:
        """An edit saved between reading and writing is in the document: all starts again."""
        ledger.publish(TEXT, [])

        edited = ledger.document.read_text().replace("- one", "- one, by hand")
        changed = f"{TEXT}- three\n"
        inner = ledger.document

        class Slow(dict):  # type: ignore[type-arg]
            """Choices that are looked at in the middle of an export: the person saves right then."""

            def __bool__(self) -> bool:
                inner.write_text(edited)
                return False

        ledger.publish(changed, [], chosen=Slow())
        assert "- one, by hand\n- two\n- three\n" in ledger.document.read_text()

    def test_a_document_that_is_no_text_is_told(self, ledger: Ledger) -> None:
        """Bytes that are no UTF-8 are not guessed at and not written over."""
        ledger.publish(TEXT, [])
        ledger.document.write_bytes(b"\xff\xfe")
        with pytest.raises(LedgerError, match="cannot be read"):
            ledger.publish(TEXT, [])
        assert ledger.document.read_bytes() == b"\xff\xfe"


class TestFolders:
    """Who may write where."""

    def test_new_folders_take_their_parents_mode(self, tmp_path: Path) -> None:
        """In a folder that a group shares, what is made is shared as well, whatever the umask."""
        specs = tmp_path / "specs"
        specs.mkdir()
        specs.chmod(0o2775)
        old = os.umask(0o077)
        try:
            ledger = find_ledger(specs, "Topic", DAY)
            ledger.record(answer())
            ledger.publish(TEXT, [])
        finally:
            os.umask(old)
        modes = {stat.S_IMODE(path.stat().st_mode) for path in specs.rglob("*") if path.is_dir()}
        assert modes == {0o2775}
        assert {stat.S_IMODE(path.stat().st_mode) for path in specs.rglob("*") if path.is_file()} == {0o664}

    def test_a_document_keeps_its_mode(self, ledger: Ledger) -> None:
        """A file that is replaced keeps the mode that its owner gave it."""
        ledger.publish(TEXT, [])
        ledger.document.chmod(0o640)
        ledger.publish(TEXT + "- three\n", [])
        assert stat.S_IMODE(ledger.document.stat().st_mode) == 0o640

    def test_a_link_out_of_the_folder_is_refused(self, ledger: Ledger, tmp_path: Path) -> None:
        """A ledger or document that leads elsewhere is neither read nor written."""
        (tmp_path / "elsewhere").mkdir()
        (ledger.specs / ".speckit").mkdir(parents=True)
        ledger.folder.symlink_to(tmp_path / "elsewhere")
        ledger.document.symlink_to(tmp_path / "document.md")
        attempts = (
            ledger.answers,
            ledger.read_recipe,
            lambda: ledger.record(answer()),
            lambda: ledger.publish(TEXT, []),
        )
        for attempt in attempts:
            with pytest.raises(ProjectError, match="is not inside specs/"):
                attempt()
        assert list((tmp_path / "elsewhere").iterdir()) == []

    def test_an_unwritable_folder_is_one_line(self, tmp_path: Path) -> None:
        """Where nothing can be written the message says where and what to do, and nothing is left behind."""
        (tmp_path / "specs").write_text("a file, not a folder")
        ledger = find_ledger(tmp_path / "specs", "Topic", DAY)
        for attempt in (lambda: ledger.record(answer()), lambda: ledger.publish(TEXT, [])):
            with pytest.raises(SpeckitError, match=r"specs.* cannot be (written|read)") as error:
                attempt()
            assert "\n" not in str(error.value)
        assert [path.name for path in tmp_path.iterdir()] == ["specs"]


class TestTicks:
    """Boxes ticked in the document become answers, once."""

    @pytest.fixture
    def ticked(self, ledger: Ledger) -> Ledger:
        """A ledger with an exported question, of which somebody ticked (B)."""
        ledger.publish(OPEN, [])
        ledger.document.write_text(ledger.document.read_text().replace("[ ] (B)", "[x] (B)"))
        return ledger

    def sides(self, ledger: Ledger) -> list[tuple[str, str]]:
        """Who says what now, disputed or not."""
        state = ledger.answers()
        answers = [side for dispute in state.disputes for side in dispute.sides] + list(state.answers)
        return [(one.by, one.choices[0]) for one in answers]

    def test_a_tick_is_an_answer_of_whoever_runs(self, ticked: Ledger) -> None:
        """What is not committed was ticked by the person who runs; reading it again records nothing."""
        for _ in range(2):
            assert ticked.record_boxes(PUT.get, "ana", DAY) == ()
        assert self.sides(ticked) == [("ana", "Postgres")]
        assert [record.via for record in ticked.history(Q)] == ["box"]

    def test_a_committed_tick_is_by_the_author_of_the_line(self, ticked: Ledger) -> None:
        """In a pull request who ticked the box decided, not who runs the next export."""
        git(ticked.specs, "init", "-q")
        git(ticked.specs, "add", "-A")
        git(ticked.specs, "commit", "-qm", "tick", "--author", "Ben <ben@example.org>")
        ticked.record_boxes(PUT.get, "robot", DAY)
        assert self.sides(ticked) == [("Ben", "Postgres")]

    def test_the_next_export_has_the_answer_and_no_conflict(self, ticked: Ledger) -> None:
        """The tick is put back before the merge, so that the answered item takes its place."""
        ticked.record_boxes(PUT.get, "ana", DAY)
        assert ticked.publish(ANSWERED, []).conflicts == ()
        assert ticked.document.read_text().startswith(ANSWERED)

    def test_a_tick_that_is_not_recorded_stays(self, ticked: Ledger) -> None:
        """A box that was ticked while an export was under way is still ticked after it, and read then."""
        ticked.publish(f"{OPEN}\nMore.\n", [])
        assert "- [x] (B) Postgres" in ticked.document.read_text()
        ticked.record_boxes(PUT.get, "ana", DAY)
        assert self.sides(ticked) == [("ana", "Postgres")]

    def test_what_was_answered_since_is_not_overruled(self, ticked: Ledger) -> None:
        """Who ticked a box in an older export had not seen the answer: they differ, and that is a dispute."""
        ticked.record(answer("SQLite", "eva"))
        ticked.record_boxes(PUT.get, "ana", DAY)
        assert self.sides(ticked) == [("eva", "SQLite"), ("ana", "Postgres")]

    def test_a_later_answer_holds_against_the_tick(self, ticked: Ledger) -> None:
        """Once recorded, a tick that still stands in the document does not come back."""
        ticked.record_boxes(PUT.get, "ana", DAY)
        ticked.record(answer("SQLite", "eva"))
        ticked.record_boxes(PUT.get, "ana", DAY)
        assert self.sides(ticked) == [("eva", "SQLite")]

    def test_two_ticks_are_a_problem_and_stay(self, ticked: Ledger) -> None:
        """What is no answer is told with its line, and left in the document for the person to see."""
        ticked.document.write_text(ticked.document.read_text().replace("[ ] (A)", "[x] (A)"))
        (problem,) = ticked.record_boxes(PUT.get, "ana", DAY)
        assert (problem.path, problem.line) == ("2026-11-22-topic.md", 5)
        assert ticked.history(Q) == ()
        ticked.publish(f"{OPEN}\nMore.\n", [])
        assert ticked.document.read_text().count("[x]") == 2

    def test_without_a_document_there_are_none(self, ledger: Ledger) -> None:
        """Before the first export, and in a file of another origin, nothing is ticked."""
        assert ledger.record_boxes(PUT.get, "ana", DAY) == ()
        write_file(ledger.document, OPEN.replace("[ ]", "[x]"))
        assert ledger.record_boxes(PUT.get, "ana", DAY) == ()
        assert ledger.history(Q) == ()


def test_git_merges_two_ledgers_without_a_hand(ledger: Ledger) -> None:
    """Both branches answer the same question, change the recipe and export: a dispute, never a conflict."""
    folder = ledger.specs
    ledger.record(answer("Files", question="q00000000"))
    ledger.write_recipe({"topic": "Topic", "documents": ["research/a.md"]})
    ledger.publish(TEXT, [])
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "base")
    for branch, choice in (("one", "SQLite"), ("two", "Postgres")):
        git(folder, "checkout", "-q", "-b", branch, "main")
        ledger.record(answer(choice, by=branch))
        ledger.write_recipe({"topic": "Topic", "documents": [f"research/{branch}.md"], "owner": branch})
        write_file(folder.parent / "research" / "x.md", f"one\n{branch}\n")
        ledger.publish(TEXT + "- decided\n", [Citation("research/x.md", 1, 1, "one")])
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", branch)
    git(folder, "merge", "-q", "one", "-m", "merge")  # raises where there is a conflict
    state = ledger.answers()
    assert [{side.by for side in dispute.sides} for dispute in state.disputes] == [{"one", "two"}]
    assert [one.choices for one in state.answers] == [("Files",)]
    assert state.notices == ()
    assert ledger.read_recipe()["topic"] == "Topic"
    for traces in (ledger.folder / "base").glob("*.json"):
        assert json.loads(traces.read_text())["version"] == 1
    assert "set" in git(folder, "check-attr", "linguist-generated", str(ledger.folder / "recipe.yaml"))

"""The ledger of a spec: finding it, records and what holds of them, publishing the document."""

from __future__ import annotations

import datetime as dt
import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from speckit.errors import LedgerError
from speckit.ledger import Ledger, find_ledger, open_ledger
from speckit.ledger.files import write_file
from speckit.ledger.records import LIMIT, make_record
from speckit.model import Answer

DAY = dt.date(2026, 11, 22)
LATER = dt.date(2026, 12, 24)
Q = "q1a2b3c4d"
TEXT = "# Spec\n\n- one\n- two\n"


def answer(choice: str = "SQLite", by: str = "ana", question: str = Q, **more: str) -> Answer:
    return Answer(question, (choice,) if choice else (), by=by, on=DAY, **more)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return find_ledger(tmp_path / "specs", "Topic", DAY)


def choices(ledger: Ledger) -> list[tuple[str, ...]]:
    return [one.choices for one in ledger.answers().answers]


class TestFinding:
    """Which spec a topic means."""

    def test_finding_writes_nothing(self, tmp_path: Path) -> None:
        """A new spec has a name and a day, and nothing on disk before its first record."""
        ledger = find_ledger(tmp_path / "specs", "My Topic!", DAY)
        assert (ledger.name, ledger.created) == ("2026-11-22-my-topic", DAY)
        assert ledger.answers().answers == ()
        assert ledger.read_recipe() == {}
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "kept", ["specs/2026-11-22-topic.md", "specs/.speckit/2026-11-22-topic/recipe.yaml"]
    )
    def test_a_topic_is_continued_on_another_day(self, tmp_path: Path, kept: str) -> None:
        """The document or the ledger alone is enough to continue a spec; its day is set once."""
        write_file(tmp_path / kept, "topic: Topic\n")
        ledger = find_ledger(tmp_path / "specs", "topic", LATER)
        assert (ledger.name, ledger.created) == ("2026-11-22-topic", DAY)

    @pytest.mark.parametrize(
        "other",
        [
            "2026-11-22-a-topic",
            "2026-11-22-topic-a",
            "topic",
            "2026-13-45-topic",
            "2026-11-22-topic.proposed",
        ],
    )
    def test_a_longer_name_is_another_spec(self, tmp_path: Path, other: str) -> None:
        """The slug must be the whole name behind the day."""
        write_file(tmp_path / "specs" / f"{other}.md", "x")
        assert find_ledger(tmp_path / "specs", "topic", LATER).name == "2026-12-24-topic"

    def test_several_specs_of_a_topic_are_listed(self, tmp_path: Path) -> None:
        """Where a topic means two specs, a person names one."""
        for name in ("2026-11-22-topic", "2026-11-23-topic"):
            write_file(tmp_path / "specs" / f"{name}.md", "x")
        with pytest.raises(LedgerError, match="2026-11-22-topic, 2026-11-23-topic; name one"):
            find_ledger(tmp_path / "specs", "Topic", DAY)

    def test_another_spec_of_the_same_day_has_a_name_of_its_own(self, ledger: Ledger) -> None:
        """`new` makes another spec; from then on the topic means two."""
        ledger.write_recipe({"topic": "Topic"})
        other = find_ledger(ledger.specs, "Topic", DAY, new=True)
        assert other.name == "2026-11-22-topic-2"
        other.write_recipe({"topic": "Topic"})
        with pytest.raises(LedgerError, match="name one"):
            find_ledger(ledger.specs, "Topic", DAY)
        assert open_ledger(ledger.specs, "2026-11-22-topic-2.md") == other

    def test_a_topic_that_ends_in_a_number_is_its_own(self, ledger: Ledger) -> None:
        """A spec about "Topic 2" is not another about "Topic"."""
        find_ledger(ledger.specs, "Topic 2", DAY).write_recipe({"topic": "Topic 2"})
        assert find_ledger(ledger.specs, "Topic", LATER).name == "2026-12-24-topic"

    def test_a_name_that_is_not_there(self, ledger: Ledger) -> None:
        """A named spec must exist; names that lead elsewhere do not."""
        ledger.record(answer())
        for name in ("2026-11-22-other", "../2026-11-22-topic", "", "/etc/passwd"):
            with pytest.raises(LedgerError, match=r"name one that is there \(2026-11-22-topic\)"):
                open_ledger(ledger.specs, name)


class TestAnswers:
    """Records, and what holds of them."""

    def test_an_answer_is_read_back(self, ledger: Ledger) -> None:
        """Everything that an answer says is in its record."""
        given = Answer(Q, ("A", "B"), because="Größe", note="n", by="Ana", on=DAY)
        ledger.record(given)
        assert open_ledger(ledger.specs, ledger.name).answers().answers == (given,)

    def test_a_record_is_one_file_that_stays(self, ledger: Ledger) -> None:
        """A new answer adds a file and leaves the others as they are; it names what it replaces."""
        first = ledger.record(answer("SQLite"))
        file = ledger.folder / "answers" / f"{Q}.{first}.json"
        before = file.read_bytes()
        second = ledger.record(answer("Postgres"))
        assert file.read_bytes() == before
        assert [(r.id, r.parents, r.choices) for r in ledger.history(Q)] == [
            (first, (), ("SQLite",)),
            (second, (first,), ("Postgres",)),
        ]
        assert choices(ledger) == [("Postgres",)]

    def test_the_same_answer_again_writes_nothing(self, ledger: Ledger) -> None:
        """A second click on the same option is no decision."""
        assert ledger.record(answer()) == ledger.record(answer())
        assert len(ledger.listing()) == 1

    def test_taking_back(self, ledger: Ledger) -> None:
        """What is taken back holds no more and stays in the history; nothing can be taken back twice."""
        ledger.record(answer())
        assert ledger.take_back(Q, "ana", LATER)
        assert ledger.answers().answers == ()
        assert [record.taken_back for record in ledger.history(Q)] == [False, True]
        assert ledger.take_back(Q, "ana", LATER) is None
        ledger.record(answer("Postgres"))
        assert choices(ledger) == [("Postgres",)]

    def test_answers_given_unseen_are_a_dispute(self, ledger: Ledger) -> None:
        """Who answers replaces what they saw: two who saw the same state and differ are both heard."""
        seen = ledger.answers()
        ledger.record(answer("SQLite", "ana"), seen=seen)
        ledger.record(answer("Postgres", "ben"), seen=seen)
        state = ledger.answers()
        assert state.answers == ()
        assert [(side.choices, side.by) for side in state.disputes[0].sides] == [
            (("SQLite",), "ana"),
            (("Postgres",), "ben"),
        ]

    def test_a_record_that_names_all_sides_settles(self, ledger: Ledger) -> None:
        """A later answer by somebody who sees the dispute ends it."""
        ledger.record(answer("SQLite", "ana"))
        ledger.record(answer("Postgres", "ben"), beside=True)
        assert ledger.answers().disputes
        ledger.record(answer("Files", "eva"))
        assert ledger.answers().disputes == ()
        assert choices(ledger) == [("Files",)]
        assert len(ledger.history(Q)[-1].parents) == 2

    def test_disagreeing_replaces_only_ones_own(self, ledger: Ledger) -> None:
        """Somebody who disagrees changes their own side, not the other."""
        ledger.record(answer("SQLite", "ana"))
        ledger.record(answer("Postgres", "ben"), beside=True)
        ledger.record(answer("Files", "ben"), beside=True)
        assert [side.choices for side in ledger.answers().disputes[0].sides] == [("SQLite",), ("Files",)]

    def test_answers_that_agree_are_one(self, ledger: Ledger) -> None:
        """The same decision by two people is no dispute; both names and reasons are kept."""
        ledger.record(answer("SQLite", "ana", because="small"))
        ledger.record(replace(answer("SQLite", "ben", because="known"), on=LATER), beside=True)
        assert ledger.answers().answers == (
            Answer(Q, ("SQLite",), because="small; known", by="ana, ben", on=LATER),
        )

    def test_the_order_of_ticks_is_no_difference(self, ledger: Ledger) -> None:
        """Several options chosen in another order are the same decision."""
        ledger.record(Answer(Q, ("A", "B"), by="ana"))
        ledger.record(Answer(Q, ("B", "A"), by="ben"), beside=True)
        assert len(ledger.answers().answers) == 1

    def test_a_taking_back_opposes_nothing(self, ledger: Ledger) -> None:
        """Ben answers while Ana takes the old answer back, neither seeing the other: Ben's answer holds."""
        ledger.record(answer("SQLite", "ana"))
        seen = ledger.answers()
        ledger.take_back(Q, "ana", DAY)
        ledger.record(answer("Postgres", "ben"), seen=seen)
        assert choices(ledger) == [("Postgres",)]

    def test_order_comes_from_parents_not_from_clocks(self, ledger: Ledger) -> None:
        """An answer written by a machine whose clock is behind still replaces what it names."""
        first = make_record(answer("SQLite"), (), "hand")
        ahead = first.model_copy(update={"id": "20991231T235900000000-00000000"})
        write_file(ledger.folder / "answers" / ahead.file_name, ahead.model_dump_json())
        second = ledger.record(answer("Postgres"))
        assert second > ahead.id
        assert [record.id for record in ledger.history(Q)] == [ahead.id, second]
        assert choices(ledger) == [("Postgres",)]


class TestAnswersFile:
    """Answers that come from a file are compared with the newest record of that file."""

    def test_running_a_recipe_again_never_overrides_a_person(self, ledger: Ledger) -> None:
        """What a person answered after the file holds, wherever the file lies now."""
        assert ledger.record_from_file(answer("SQLite"), "/here/answers.yaml")
        ledger.record(answer("Postgres", "ben"))
        assert not ledger.record_from_file(answer("SQLite"), "/there/answers.yaml")
        assert choices(ledger) == [("Postgres",)]

    def test_taking_back_holds_against_the_file(self, ledger: Ledger) -> None:
        """A file that says the same as before does not bring back what was taken back."""
        ledger.record_from_file(answer(), "answers.yaml")
        ledger.take_back(Q, "ben", DAY)
        assert not ledger.record_from_file(answer(), "answers.yaml")
        assert ledger.answers().answers == ()

    def test_a_changed_file_is_an_answer(self, ledger: Ledger) -> None:
        """A file that says something new replaces what holds."""
        ledger.record_from_file(answer("SQLite"), "answers.yaml")
        assert ledger.record_from_file(answer("SQLite", because="small"), "answers.yaml")
        assert ledger.record_from_file(answer("Postgres"), "other.yaml")
        assert choices(ledger) == [("Postgres",)]

    def test_a_file_that_repeats_what_holds_changes_nobody(self, ledger: Ledger) -> None:
        """The answers written out as a file and given back: same author, same day, and known from then on."""
        ledger.record(answer("SQLite", "ana"))
        before = ledger.answers().answers
        assert ledger.record_from_file(replace(answer("SQLite", "robot"), on=LATER), "answers.yaml")
        assert ledger.answers().answers == before
        ledger.record(answer("Postgres", "ana"))
        assert not ledger.record_from_file(answer("SQLite", "robot"), "answers.yaml")


class TestBadRecords:
    """A record that is missing, torn, hostile or of the future is skipped and told; the others are read."""

    @pytest.fixture
    def folder(self, ledger: Ledger) -> Path:
        """The folder of the records, one good one in it."""
        ledger.record(answer("Files", question="q00000000"))
        return ledger.folder / "answers"

    def spoiled(self, **update: object) -> tuple[str, str]:
        """Name and content of a record with something else in it than its name says."""
        record = make_record(answer(), (), "hand")
        return record.file_name, json.dumps(record.model_dump(mode="json") | update)

    @pytest.mark.parametrize(
        ("update", "reason"),
        [
            ({"version": 2}, "of version 2, which a newer speckit wrote"),
            ({"version": 2, "shape": "unknown"}, "of version 2"),
            ({"extra": 1}, "extra: "),
            ({"choices": "A"}, "choices: "),
            ({"choices": [1]}, "choices.0: "),
            ({"on": "tomorrow"}, "on: "),
            ({"question": "q../../../x"}, "question: "),
            ({"question": "q00000000"}, "its content is that of q00000000."),
            ({"parents": ["../x"]}, "parents.0: "),
            ({"parents": ["20991231T235900000000-00000000"]}, "not older than itself"),
            ({"id": "20261340T235900000000-00000000"}, "id: "),
            ({"text": "x" * LIMIT}, "at most 65,536 bytes"),
        ],
    )
    def test_content_that_is_no_record(
        self, ledger: Ledger, folder: Path, update: dict[str, object], reason: str
    ) -> None:
        """The notice names the file and what is wrong with it."""
        name, content = self.spoiled(**update)
        (folder / name).write_text(content)
        state = ledger.answers()
        assert [one.choices for one in state.answers] == [("Files",)]
        assert len(state.notices) == 1
        assert state.notices[0].startswith(f"{name} is skipped: ")
        assert reason in state.notices[0]

    @pytest.mark.parametrize(
        "content", [b"", b"{", b"null", b"[" * 100_000, b"\xff\xfe", b'{"text": "\\ud800"}']
    )
    def test_a_torn_record(self, ledger: Ledger, folder: Path, content: bytes) -> None:
        """Any bytes at all under a record's name are no more than a notice."""
        (folder / f"{Q}.20261122T101530000000-00000000.json").write_bytes(content)
        assert choices(ledger) == [("Files",)]
        assert len(ledger.answers().notices) == 1

    def test_what_is_no_plain_file(self, ledger: Ledger, folder: Path) -> None:
        """A link, a folder and a pipe are not opened; a stray file is told of, a temporary one is not."""
        names = [f"{Q}.20261122T101530000000-0000000{i}.json" for i in range(3)]
        (folder / names[0]).symlink_to("/etc/passwd")
        (folder / names[1]).mkdir()
        os.mkfifo(folder / names[2])
        (folder / "notes.txt").write_text("x")
        (folder / ".left-over.tmp").write_text("x")
        told = ["no plain file"] * 3 + ["no record has such a name"]
        for notice, reason in zip(sorted(ledger.answers().notices, reverse=True), told, strict=True):
            assert reason in notice or "no record" in notice
        assert choices(ledger) == [("Files",)]

    def test_a_missing_record(self, ledger: Ledger) -> None:
        """A record that is named as replaced and is gone is told of; the answer holds."""
        first = ledger.record(answer("SQLite"))
        ledger.record(answer("Postgres"))
        (ledger.folder / "answers" / f"{Q}.{first}.json").unlink()
        assert choices(ledger) == [("Postgres",)]
        assert ledger.answers().notices == (
            f"{Q}.{first}.json is missing: a later answer names it as replaced",
        )

    @pytest.mark.parametrize(
        "bad",
        [
            answer(question="../../x"),
            answer(text="x" * LIMIT, choice=""),
            answer(text="\ud800", choice=""),
        ],
        ids=["question", "size", "surrogate"],
    )
    def test_an_answer_that_no_record_can_hold_is_refused(self, ledger: Ledger, bad: Answer) -> None:
        """It is an error of one line, and nothing is written."""
        with pytest.raises(LedgerError) as error:
            ledger.record(bad)
        assert "\n" not in str(error.value)
        assert not ledger.specs.exists()


class TestRecipe:
    """The stored parameters."""

    def test_the_recipe_is_read_back(self, ledger: Ledger) -> None:
        """What is stored is read; storing the same again does not touch the file."""
        values = {"topic": "Topic: “x”", "documents": ["research/a.md"], "owner": ""}
        ledger.write_recipe(values)
        before = (ledger.folder / "recipe.yaml").stat().st_mtime_ns
        ledger.write_recipe(values)
        assert (ledger.folder / "recipe.yaml").stat().st_mtime_ns == before
        assert ledger.read_recipe() == values

    @given(st.text(), st.lists(st.text()))
    @settings(max_examples=50, deadline=None)
    def test_any_text_is_read_back(self, topic: str, documents: list[str]) -> None:
        """Each parameter takes one line, whatever is in it, and is read back as it was."""
        with tempfile.TemporaryDirectory() as folder:
            ledger = find_ledger(Path(folder), "Topic", DAY)
            ledger.write_recipe({"topic": topic, "documents": documents})
            assert ledger.read_recipe() == {"topic": topic, "documents": documents}
            assert (ledger.folder / "recipe.yaml").read_bytes().count(b"\n") == 2

    @pytest.mark.parametrize("content", [b"- a", b"a: [", b"\xff", b"a: &x 1\nb: *x"])
    def test_a_spoiled_recipe(self, ledger: Ledger, content: bytes) -> None:
        """A recipe that cannot be read is an error of one line that names the file."""
        ledger.write_recipe({})
        (ledger.folder / "recipe.yaml").write_bytes(content)
        with pytest.raises(LedgerError, match=r"recipe\.yaml") as error:
            ledger.read_recipe()
        assert "\n" not in str(error.value)


class Decisions(RuleBasedStateMachine):
    """People answer, disagree, settle and take back, some without seeing each other.

    The law: the last answer of everybody who was not overruled by somebody who saw it is there.
    """

    seen = Bundle("seen")

    @initialize()
    def start(self) -> None:
        """A ledger without a record."""
        self.folder = tempfile.TemporaryDirectory()
        self.ledger = find_ledger(Path(self.folder.name) / "specs", "Topic", DAY)
        self.standing: dict[str, tuple[str, str]] = {}  # record id: choice ("" taken back), by

    def teardown(self) -> None:
        """The folder goes."""
        self.folder.cleanup()

    @rule(target=seen)
    def look(self) -> object:
        """Somebody opens the notebook."""
        return self.ledger.answers()

    @rule(by=st.sampled_from(["ana", "ben"]), choice=st.sampled_from("ABC"))
    def answer(self, by: str, choice: str) -> None:
        """Answering now replaces all that holds."""
        record = self.ledger.record(answer(choice, by))
        self.standing = {record: (choice, by)}

    @rule(before=consumes(seen), by=st.sampled_from(["ana", "ben"]), choice=st.sampled_from("ABC"))
    def answer_late(self, before: object, by: str, choice: str) -> None:
        """Answering from an old state replaces what that state showed."""
        record = self.ledger.record(answer(choice, by), seen=before)
        for replaced in before.heads.get(Q, ()):
            self.standing.pop(replaced, None)
        self.standing[record] = (choice, by)

    @rule(by=st.sampled_from(["ana", "ben"]), choice=st.sampled_from("ABC"))
    def disagree(self, by: str, choice: str) -> None:
        """Disagreeing replaces one's own answer only."""
        record = self.ledger.record(answer(choice, by), beside=True)
        self.standing = {key: value for key, value in self.standing.items() if value[1] != by}
        self.standing[record] = (choice, by)

    @rule(by=st.sampled_from(["ana", "ben"]))
    def take_back(self, by: str) -> None:
        """Taking back ends all that holds."""
        record = self.ledger.take_back(Q, by, DAY)
        if record is not None:
            self.standing = {record: ("", by)}

    @invariant()
    def every_last_answer_is_kept(self) -> None:
        """What holds is what nobody replaced who saw it: each choice once, a dispute where they differ."""
        state = self.ledger.answers()
        expected = {choice for choice, _ in self.standing.values() if choice}
        found = [side.choices[0] for dispute in state.disputes for side in dispute.sides]
        found += [one.choices[0] for one in state.answers]
        assert sorted(found) == sorted(expected)
        assert len(state.disputes) == (len(expected) > 1)
        assert state.notices == ()


Decisions.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestDecisions = Decisions.TestCase

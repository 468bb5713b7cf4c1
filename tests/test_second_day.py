"""A spec that people go on with: what they ticked, asked and edited, and research that moved under them."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from speckit import boxes
from speckit.authoring import Authoring
from speckit.cli import main
from speckit.contrast import offered
from speckit.model import Answer, Option, Question
from speckit.questions import question_id
from speckit.recipe import make_recipe

TOPIC = "Message queue"
TEXT = """---
date: 2026-05-01
topic: Message queue
---
# Message queue

The message queue keeps the order of what it is sent. It stores messages in memory.

## Open Questions

- **Storage.** Where should the message queue store messages?
  - (A) On disk — survives a crash
  - (B) In memory — fast
- **Full.** Should the queue drop messages when it is full, or block the sender?
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one research document and an exported spec."""
    (tmp_path / "research").mkdir()
    write(tmp_path)
    opened(tmp_path).export()
    return tmp_path


def write(root: Path, text: str = TEXT) -> None:
    (root / "research" / "queue.md").write_text(text, "utf-8")


def opened(root: Path, day: str = "2026-06-01", **more: object) -> Authoring:
    return Authoring(make_recipe({"topic": TOPIC, "as_of": day, "author": "Ana", **more}), root)


def asked(authoring: Authoring, topic: str) -> Question:
    return next(question for question in authoring.spec.questions if question.topic == topic)


def edit(authoring: Authoring, old: str, new: str) -> None:
    """Change the document on disk, as a person does in an editor."""
    document = authoring.ledger.document
    text = document.read_text("utf-8")
    assert old in text
    document.write_text(text.replace(old, new, 1), "utf-8")


def tick(authoring: Authoring, label: str) -> None:
    edit(authoring, f"  - [ ] {label}", f"  - [x] {label}")


class TestTicks:
    """Option boxes ticked in the exported document."""

    def test_a_tick_is_the_answer_on_the_next_run(self, root: Path) -> None:
        """What is rendered, ticked and read back gives the spec that answering by hand gives."""
        first = opened(root)
        tick(first, "(A) On disk")
        second = opened(root)
        (answer,) = second.spec.answers
        assert (answer.question, answer.choices) == (asked(first, "Storage").id, ("On disk",))
        second.export()
        by_tick = second.ledger.document.read_bytes()
        (record,) = second.ledger.history(answer.question)
        assert record.via == "box"
        second.take_back(answer.question)
        second.export()
        second.answer(replace(answer, by=""))
        second.export()
        assert second.ledger.document.read_bytes() == by_tick

    def test_every_option_that_is_shown_can_be_ticked(self, project: Path) -> None:
        """In a spec of real research each box, ticked alone, is the option that it stands for."""
        recipe = make_recipe({"topic": "papermill engine", "author": "Ana", "as_of": dt.date(2026, 11, 23)})
        authoring = Authoring(recipe, project)
        text = authoring.text
        ticked = set()
        for question in authoring.spec.questions:
            for option in offered(question):
                head, mark, tail = text.partition(f"<!-- {question.id} -->")
                box = next((line for line in tail.split("\n- ")[0].split("\n") if option.label in line), "")
                if "[ ]" in box:
                    changed = tail.replace(box, box.replace("[ ]", "[x]"), 1)
                    (item,) = boxes.ticked(text, head + mark + changed)
                    assert item.question == question.id
                    assert option.label in item.chosen[0].text
                    ticked.add(question.id)
        assert len(ticked) > 3

    def test_whoever_committed_the_line_decided_it(self, root: Path) -> None:
        """A tick that came by a pull request is by its author, not by the robot that runs."""
        first = opened(root)
        tick(first, "(A) On disk")
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "tick"]):
            names = ["-c", "user.name=Ben", "-c", "user.email=ben@example.org", "-c", "commit.gpgSign=false"]
            subprocess.run(["git", *names, *command], cwd=root, check=True)
        (answer,) = opened(root).spec.answers
        assert answer.by == "Ben"

    def test_two_ticks_are_told_and_stay(self, root: Path) -> None:
        """Where one can be chosen, two ticks are a problem and no answer; the export leaves them."""
        first = opened(root)
        tick(first, "(A) On disk")
        tick(first, "(B) In memory")
        second = opened(root)
        assert second.spec.answers == ()
        assert "2 options are ticked" in second.problems[0].message
        second.export()
        assert second.ledger.document.read_text("utf-8").count("  - [x]") == 2

    def test_a_tick_while_the_notebook_is_open_comes_in_with_the_export(self, root: Path) -> None:
        """The document says what was ticked, in the words of an answer."""
        authoring = opened(root)
        tick(authoring, "(B) In memory")
        authoring.export()
        assert [answer.choices for answer in authoring.spec.answers] == [("In memory",)]
        assert "- [x] **Storage.** In memory." in authoring.ledger.document.read_text("utf-8")


class TestOwnQuestions:
    """Questions, options and goals that a person adds."""

    OWN = Question(
        question_id("Who runs the queue?"),
        "Who runs the queue?",
        "explicit-options",
        topic="Owner",
        options=(Option("Core", origin="author"), Option("Platform", "a new team", "author")),
        ids=(question_id("Who runs the queue?"),),
        origin="author",
    )

    def test_it_is_asked_on_every_later_run(self, root: Path) -> None:
        """It needs no file: the ledger has it, with its options and the answer."""
        first = opened(root)
        first.ask(self.OWN)
        first.answer(Answer(self.OWN.id, ("Platform",), because="they know it"))
        second = opened(root, "2026-06-02")
        assert asked(second, "Owner") == self.OWN
        assert [answer.choices for answer in second.spec.answers] == [("Platform",)]

    def test_withdrawing_gives_the_bytes_before_it(self, root: Path) -> None:
        """Asking, taking the answer back and withdrawing leave no trace in the document."""
        authoring = opened(root)
        before = authoring.text
        authoring.ask(self.OWN)
        assert authoring.text != before
        authoring.withdraw(self.OWN.id)
        assert authoring.text == before
        assert opened(root).text == before

    def test_a_goal_of_ones_own(self, root: Path) -> None:
        """A person's goal stands in its section, also on later runs."""
        identity = question_id("Messages survive a restart")
        goal = Question(identity, "Messages survive a restart", "yes-no", "scope", ids=(identity,))
        first = opened(root)
        first.ask(goal)
        first.answer(Answer(identity, ("In scope",)))
        goals = opened(root).text.partition("Functional Goals")[2].partition("###")[0]
        assert "- [ ] Messages survive a restart." in goals

    def test_an_option_of_ones_own(self, root: Path) -> None:
        """A question of the research takes it beside those that it is put with, and it can be chosen."""
        first = opened(root)
        storage = asked(first, "Storage")
        first.ask(replace(storage, options=(Option("In Redis", "a server more", "author"),)))
        second = opened(root)
        labels = [option.label for option in offered(asked(second, "Storage"))]
        assert labels == [*(option.label for option in offered(storage)), "In Redis"]
        assert "  - [ ] (C) In Redis — a server more" in second.text
        second.answer(Answer(storage.id, ("In Redis",)))
        assert second.shaken == ()

    def test_a_question_of_an_answers_file_survives_it(self, root: Path) -> None:
        """Once read it is in the ledger; withdrawn by a person, the file does not bring it back."""
        own = {"questions": [{"text": self.OWN.text, "options": [{"label": "Core"}, {"label": "Platform"}]}]}
        opened(root, answers=own | {self.OWN.id: "Core"})
        later = opened(root)
        assert self.OWN.id in {question.id for question in later.spec.questions}
        later.take_back(self.OWN.id)
        later.withdraw(self.OWN.id)
        again = opened(root, answers=own)
        assert self.OWN.id not in {question.id for question in again.spec.questions}

    def test_two_people_who_ask_the_same_give_it_all_options(self, root: Path) -> None:
        """Neither overrides the other, and nothing is a dispute."""
        one, other = opened(root), opened(root)
        one.ask(self.OWN)
        other.ask(replace(self.OWN, options=(Option("Nobody", origin="author"),)))
        assert one.refresh()
        assert one.text == other.text
        assert one.spec.disputes == ()


class TestResearchThatMoved:
    """Research that changed, or went, under an answer."""

    def answered(self, root: Path) -> Authoring:
        """The spec with one answer, exported."""
        authoring = opened(root)
        authoring.answer(Answer(asked(authoring, "Storage").id, ("On disk",), by="Ben"))
        authoring.export()
        return authoring

    def test_nothing_moved_nothing_written(self, root: Path) -> None:
        """A run that changes nothing writes nothing, not even a time, on whatever day."""
        self.answered(root)
        before = {path: path.stat().st_mtime_ns for path in (root / "specs").rglob("*")}
        later = opened(root, "2026-07-01")
        later.export()
        assert later.shaken == ()
        assert {path: path.stat().st_mtime_ns for path in (root / "specs").rglob("*")} == before

    def test_other_words_under_the_same_question(self, root: Path) -> None:
        """The answer holds and needs confirmation, with the old and the new text."""
        self.answered(root)
        write(root, TEXT.replace("survives a crash", "survives a crash, three times slower"))
        later = opened(root)
        (one,) = later.shaken
        assert one.answer.choices == ("On disk",)
        assert "survives a crash\n" in one.before
        assert "three times slower" in one.now
        assert any("needs confirmation: Ben answered" in notice for notice in later.notices)
        later.by = "Ben"
        later.confirm(one)
        assert later.shaken == opened(root).shaken == ()
        assert later.spec.answers == (one.answer,)

    def test_an_option_that_is_no_longer_offered(self, root: Path) -> None:
        """The choice is not dropped; it is told that nobody offers it any more."""
        self.answered(root)
        write(root, TEXT.replace("On disk", "In a database"))
        (one,) = opened(root).shaken
        assert one.reason == "'On disk' is no longer offered"

    def test_a_reworded_question_is_offered_its_answer(self, root: Path) -> None:
        """An answer whose question is gone is not applied: it is offered to the most similar open one."""
        self.answered(root)
        write(root, TEXT.replace("Where should the message queue store", "Where should the queue now store"))
        later = opened(root)
        (one,) = later.shaken
        assert one.question == asked(later, "Storage").id != one.answer.question
        assert later.spec.state(asked(later, "Storage")) == "open"
        assert "We will" not in later.text
        later.confirm(one)
        assert later.spec.state(asked(later, "Storage")) == "answered"
        assert later.shaken == opened(root).shaken == ()

    def test_a_citation_whose_text_changed(self, root: Path) -> None:
        """Lines that the spec cites are told, as they were committed and as they are, until the export."""
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "first"]):
            names = ["-c", "user.name=Ben", "-c", "user.email=ben@example.org", "-c", "commit.gpgSign=false"]
            subprocess.run(["git", *names, *command], cwd=root, check=True)
        edit(opened(root), "# Message", "A remark.\n\n# Message")
        opened(root, owner="Core").export()  # rests on committed research
        write(root, TEXT.replace("It stores messages in memory.", "It stores messages in Redis."))
        later = opened(root)
        (one, *_) = later.moved
        assert "in memory." in one.before
        assert "in Redis." in (one.now or "")
        assert any("queue.md no longer says what the spec cites at" in notice for notice in later.notices)
        later.export()
        assert opened(root).moved == ()
        write(root, TEXT.replace("It stores messages in memory.", "\n\nIt stores messages in Redis."))
        assert not any("Redis" in moved.before for moved in opened(root).moved)

    def test_research_that_is_gone(self, root: Path) -> None:
        """A document that is no longer there is told with what rested on it."""
        (root / "research" / "other.md").write_text(
            TEXT.replace("Message queue", "Message queue log"), "utf-8"
        )
        (root / "research" / "queue.md").unlink()
        later = opened(root)
        assert later.moved
        assert {moved.now for moved in later.moved} == {None}
        assert any("queue.md is gone" in notice for notice in later.notices)

    def test_an_orphan_is_told(self, root: Path) -> None:
        """Where no question is like it, the answer is shown and stays in the ledger."""
        old = self.answered(root)
        write(root, TEXT[: TEXT.index("- **Storage")] + TEXT[TEXT.index("- **Full") :])
        later = opened(root)
        (one,) = later.shaken
        assert one.question == ""
        assert "Where should the message queue store messages?" in str(one)
        assert len(later.ledger.history(one.answer.question)) == 1
        write(root)
        assert opened(root).spec.answers == old.spec.answers


class TestEditsThatMeet:
    """A person's edit and an answer in the same unit."""

    def test_headless_writes_a_proposal(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The document stays, both sides stand in a file beside it, and the exit code says so."""
        authoring = opened(root)
        storage = asked(authoring, "Storage")
        edit(authoring, "**Storage.** Where should", "**Storage.** Where on earth should")
        document = authoring.ledger.document.read_bytes()
        (root / "answers.yaml").write_text(json.dumps({storage.id: "On disk"}))
        monkeypatch.chdir(root)
        command = ["new", TOPIC, "--answers", "answers.yaml", "--as-of", "2026-06-01", "--json"]
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 1
        assert authoring.ledger.document.read_bytes() == document
        proposed = root / json.loads(done.stdout)["proposed"]
        text = proposed.read_text("utf-8")
        assert "Where on earth should" in text
        assert "- [x] **Storage.** On disk." in text
        told = CliRunner().invoke(main, command[:-1]).output
        assert proposed.name in told
        assert "left as it is" in told

    def test_a_file_that_changed_under_an_open_notebook_is_kept(self, root: Path) -> None:
        """An edit made after the notebook was opened is in the document after its export."""
        authoring = opened(root)
        edit(authoring, "# ", "<!-- mind this -->\n\n# ")
        authoring.answer(Answer(asked(authoring, "Storage").id, ("On disk",)))
        authoring.export()
        text = authoring.ledger.document.read_text("utf-8")
        assert "<!-- mind this -->" in text
        assert "- [x] **Storage.** On disk." in text

"""Whatever people do, in whatever order: every edit and every last answer is kept."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from speckit.ledger import Asked, State, find_ledger
from speckit.ledger.asked import AskedOption
from speckit.model import Answer

DAY = dt.date(2026, 11, 22)
QUESTIONS = [f"q{number:08x}" for number in range(3)]
LABELS = {question: ["Alpha", "Beta", "Gamma"] for question in QUESTIONS}
PUT = {
    question: Asked(text="Which?", options=tuple(AskedOption(label=label) for label in labels))
    for question, labels in LABELS.items()
}
OPTION = re.compile(r"  - \[ \] \([ABC]\) (\w+)")

questions = st.sampled_from(QUESTIONS)
choices = st.sampled_from(LABELS[QUESTIONS[0]])


def generated(state: State, draft: int) -> str:
    """A small spec: what the research gives in this draft, and what the answers write."""
    answers = {answer.question: answer.choices[0] for answer in state.answers}
    lines = [
        "# Spec",
        "",
        *(f"Fact {number} of the research." for number in range(draft, draft + 4)),
        "",
        "## 5. Design",
        "",
    ]
    lines += [f"- We will use {choice} for {question}." for question, choice in answers.items()]
    lines += ["", "## 9. Open Questions", ""]
    for question in QUESTIONS:
        if question in answers:
            lines.append(f"- [x] **{question}.** {answers[question]}. <!-- {question} -->")
        else:
            lines.append(f"- [ ] **{question}.** Which? <!-- {question} -->")
            lines += [
                f"  - [ ] ({letter}) {label}" for letter, label in zip("ABC", LABELS[question], strict=True)
            ]
    return "\n".join([*lines, ""])


class People(RuleBasedStateMachine):
    """People who work on one spec, on two branches that are merged now and then.

    The model knows which record replaced which, and what was typed into the document on each branch.
    """

    @initialize()
    def start(self) -> None:
        """An exported spec, committed, and two branches."""
        self.folder = tempfile.TemporaryDirectory()
        self.specs = Path(self.folder.name)
        self.ledger = find_ledger(self.specs, "Topic", DAY)
        self.draft = self.count = 0
        self.replaced: dict[str, tuple[str, ...]] = {}
        self.said: dict[str, tuple[str, str, str]] = {}  # record: question, choice ("" is taken back), by
        self.ledger.publish(generated(State(), 0), [])
        # Whoever resolves a conflict of git in the document keeps both sides here.
        (self.specs / ".gitattributes").write_text("*.md merge=union\n")
        self.git("init", "-q", "-b", "one")
        self.commit()
        self.git("branch", "two")
        self.branch, self.other = "one", "two"
        self.records: dict[str, set[str]] = {"one": set(), "two": set()}
        self.typed: dict[str, set[str]] = {"one": set(), "two": set()}

    def teardown(self) -> None:
        """The law holds at the end, too."""
        if hasattr(self, "typed"):
            self.export()
            self.folder.cleanup()

    def git(self, *command: str) -> None:
        """Run git in the folder of specs."""
        options = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgSign=false")
        subprocess.run(["git", *options, *command], cwd=self.specs, check=True, capture_output=True)

    def commit(self) -> None:
        """Commit all that is there."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "work")

    def heads(self, question: str) -> dict[str, tuple[str, str, str]]:
        """What the model says holds of a question on this branch."""
        here = self.records[self.branch]
        gone = {parent for record in here for parent in self.replaced[record]}
        return {record: self.said[record] for record in here - gone if self.said[record][0] == question}

    def note(self, record: str, question: str, choice: str, replaced: tuple[str, ...]) -> None:
        """Note a record in the model."""
        if record not in self.said:
            self.replaced[record] = replaced
            self.said[record] = (question, choice, self.branch)
        self.records[self.branch].add(record)

    @rule(question=questions, choice=choices)
    def answer(self, question: str, choice: str) -> None:
        """Somebody answers, and replaces what holds."""
        heads = tuple(self.heads(question))
        record = self.ledger.record(Answer(question, (choice,), by=self.branch, on=DAY))
        self.note(record, question, choice, heads)

    @rule(question=questions)
    def take_back(self, question: str) -> None:
        """Somebody takes back what holds."""
        heads = tuple(self.heads(question))
        record = self.ledger.take_back(question, self.branch, DAY)
        if record is not None:
            self.note(record, question, "", heads)

    @rule(data=st.data())
    def tick(self, data: st.DataObject) -> None:
        """Somebody ticks a box in the file, where the document has one."""
        lines = self.ledger.document.read_text().split("\n")
        boxes = [number for number, line in enumerate(lines) if OPTION.match(line)]
        if not boxes or "  - [x]" in "".join(lines):
            return
        number = data.draw(st.sampled_from(boxes))
        lines[number] = lines[number].replace("[ ]", "[x]", 1)
        self.ledger.document.write_text("\n".join(lines))
        before = {question: self.heads(question) for question in QUESTIONS}
        self.ledger.record_boxes(PUT.get, self.branch, DAY)
        new = [r for q in QUESTIONS for r in self.ledger.history(q) if r.id not in self.said]
        for record in new:
            own = tuple(head for head, (_, _, by) in before[record.question].items() if by == self.branch)
            self.note(record.id, record.question, record.choices[0], own)
            assert record.choices[0] in lines[number]

    @rule(data=st.data(), insert=st.booleans())
    def edit(self, data: st.DataObject, insert: bool) -> None:
        """Somebody types into the file: a line of their own, or more on a line that is there."""
        lines = self.ledger.document.read_text().split("\n")
        places = [n for n, line in enumerate(lines) if line and "speckit base" not in line]
        number = data.draw(st.sampled_from(places))
        self.count += 1
        words = f"typed-{self.count}."
        lines[number : number + 1] = [words, lines[number]] if insert else [f"{lines[number]} {words}"]
        self.ledger.document.write_text("\n".join(lines))
        self.typed[self.branch].add(words)

    @rule(draft=st.integers(0, 3))
    def draft_again(self, draft: int) -> None:
        """The research changes, and what is generated with it."""
        self.draft = draft

    @rule()
    def export(self) -> None:
        """Exporting keeps all, again changes nothing; where both sides meet, the person's is taken."""
        state = self.ledger.answers()
        text = generated(state, self.draft)
        exported = self.ledger.publish(text, [])
        chosen = dict.fromkeys(exported.conflicts, "file")
        exported = self.ledger.publish(text, [], chosen=chosen)
        assert exported.conflicts == ()
        document = self.ledger.document.read_text()
        for words in self.typed[self.branch]:
            assert words in document
        time = self.ledger.document.stat().st_mtime_ns
        assert self.ledger.publish(text, []).text == document
        assert self.ledger.document.stat().st_mtime_ns == time
        if not self.typed["one"] | self.typed["two"] and "- [x] (" not in document:
            assert set(text.split("\n")) <= set(document.split("\n"))
        self.every_last_answer_is_kept(state)

    def every_last_answer_is_kept(self, state: State) -> None:
        """What holds is what the model says, question by question."""
        assert state.notices == ()
        for question in QUESTIONS:
            wanted = {choice for _, choice, _ in self.heads(question).values() if choice}
            sides = [d.sides for d in state.disputes if d.question == question]
            told = [a for a in state.answers if a.question == question] + [a for s in sides for a in s]
            assert {answer.choices[0] for answer in told} == wanted
            assert len(sides) == (len(wanted) > 1)

    @rule()
    def switch(self) -> None:
        """Work goes on on the other branch."""
        self.commit()
        self.git("checkout", "-q", self.other)
        self.branch, self.other = self.other, self.branch

    @rule()
    @precondition(lambda self: self.records["one"] != self.records["two"])
    def merge(self) -> None:
        """The other branch is merged into this one; git asks nobody about the ledger."""
        self.commit()
        self.git("merge", "-q", "-m", "merge", self.other)
        self.records[self.branch] |= self.records[self.other]
        self.typed[self.branch] |= self.typed[self.other]


People.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestPeople = People.TestCase

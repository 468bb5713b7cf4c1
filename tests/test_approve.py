"""Approve: a status is given where it was earned, by whoever gave it, and nothing else moves."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from speckit.approve import Approval, approve
from speckit.authoring import Authoring
from speckit.clarify import unanswered
from speckit.cli import main
from speckit.contrast import offered
from speckit.errors import SpeckitError
from speckit.ledger import open_ledger
from speckit.model import Answer
from speckit.recipe import make_recipe

TOPIC = "A papermill engine that forks a warm parent"
DAY = dt.date(2026, 11, 23)
WHOLE = Path(__file__).parent / "cases" / "rules" / "pass" / "whole.md"
RESEARCH = "one\n\nthree\nfour\nfive\nsix\nseven\neight\nnine\n"


def give(spec: Path, status: str) -> Approval:
    return approve(spec, status, DAY)


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A sound spec in review, that speckit did not make."""
    (tmp_path / "research" / "docs").mkdir(parents=True)
    (tmp_path / "research" / "docs" / "2026-01-05-a.md").write_text(RESEARCH)
    spec = tmp_path / "specs" / "2026-03-01-lamp.md"
    spec.parent.mkdir()
    spec.write_text(WHOLE.read_text("utf-8").replace("| Approved |", "| In Review (RFC) |"), "utf-8")
    return spec


def exported(project: Path) -> Authoring:
    """A spec of this project's own research, as exported."""
    authoring = Authoring(make_recipe({"topic": TOPIC, "author": "Ada", "as_of": DAY}), project)
    authoring.export()
    return authoring


def settle(authoring: Authoring) -> None:
    """Answer every question, those that the research settles too."""
    for question in authoring.spec.questions:
        if question.group != "statements":
            choice = offered(question)[0].label if offered(question) else ""
            answer = Answer(question.id, (choice,) if choice else (), "" if choice else "Yes.", because="so")
            authoring.ledger.record(answer)
    authoring.refresh()
    authoring.export()


def document(authoring: Authoring) -> Path:
    return authoring.ledger.document


def test_a_sound_spec_goes_all_the_way(foreign: Path) -> None:
    """From review to implemented: the document's status row changes, and nothing else."""
    before = foreign.read_text("utf-8")
    for status in ("approved", "Implemented", "deprecated"):
        assert give(foreign, status).reasons == ()
    assert foreign.read_text("utf-8") == before.replace("In Review (RFC)", "Deprecated")


def test_who_gave_a_status_is_recorded(foreign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each status is a record of its own that names the one it replaces."""
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")
    give(foreign, "Approved")
    monkeypatch.setenv("JUPYTERHUB_USER", "ben")
    give(foreign, "Implemented")
    ledger = open_ledger(foreign.parent, foreign.name)
    first, second = ledger.statuses()
    assert [(r.choices, r.by, r.on) for r in (first, second)] == [
        (("Approved",), "ada", DAY),
        (("Implemented",), "ben", DAY),
    ]
    assert second.parents == (first.id,)
    assert ledger.answers().answers == ()


@pytest.mark.parametrize(
    ("status", "ways"),
    [("Implemented", "Approved or Rejected"), ("Deprecated", "Approved or Rejected")],
)
def test_no_status_is_skipped(foreign: Path, status: str, ways: str) -> None:
    """A spec in review is not implemented at once, and cannot be deprecated before it was in force."""
    assert [reason.partition(": ")[2] for reason in give(foreign, status).reasons] == [
        f"from 'In Review (RFC)' the way leads to {ways}"
    ]


@pytest.mark.parametrize("way", [["draft"], ["approved", "in review"], ["rejected", "Draft (WIP)"]])
def test_a_status_can_be_lowered_whatever_is_wrong(foreign: Path, way: list[str]) -> None:
    """To take a promise back, or to end it, nothing has to be settled."""
    *steps, last = way
    for status in steps:
        assert give(foreign, status).reasons == ()
    foreign.write_text(
        foreign.read_text("utf-8").replace("## 7.", "## 77.") + "\n- [ ] Which oil?\n", "utf-8"
    )
    assert give(foreign, last).reasons == ()


def test_an_error_bars_the_way_into_review(foreign: Path) -> None:
    """Each reason names its place and its rule."""
    text = foreign.read_text("utf-8").replace("In Review (RFC)", "Draft (WIP)").replace("#L1)", "#L99)")
    foreign.write_text(text, "utf-8")
    approval = give(foreign, "in review")
    assert any(": E002 " in reason for reason in approval.reasons)
    assert all(reason.startswith(f"{foreign.as_posix()}:") for reason in approval.reasons)
    assert foreign.read_text("utf-8") == text
    assert not (foreign.parent / ".speckit").exists()


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("- [ ] Which oil?", "Q001"),
        ("- [x] Which oil? Olive. *(provisional)*", "Q002"),
        ("- [ ] Which oil? *Disputed:* Ada “olive”; Ben “whale”.", "Q003"),
    ],
)
def test_what_is_unsettled_bars_approval_not_review(foreign: Path, item: str, code: str) -> None:
    """Open, provisional and disputed questions are what a review is for, and what approval ends."""
    text = foreign.read_text("utf-8").replace("In Review (RFC)", "Draft (WIP)")
    foreign.write_text(f"{text.rstrip()}\n{item}\n", "utf-8")
    assert give(foreign, "in review").reasons == ()
    (reason,) = give(foreign, "approved").reasons
    assert f": {code} " in reason


def test_a_kit_spec_is_refused_with_every_open_question(project: Path) -> None:
    """The ledger is asked, not the document: a box that was ticked or removed by hand settles nothing."""
    authoring = exported(project)
    spec = document(authoring)
    assert give(spec, "In Review").reasons == ()
    asked = unanswered(authoring.spec)
    lines = spec.read_text("utf-8").split("\n")
    gone = next(line for line in lines if asked[-1].id in line)
    ticked = next(line for line in lines if asked[0].id in line and asked[0].id != asked[-1].id)
    text = spec.read_text("utf-8").replace(gone + "\n", "").replace(ticked, ticked.replace("[ ]", "[x]"))
    spec.write_text(text, "utf-8")
    reasons = give(spec, "Approved").reasons
    assert {q.id for q in asked} <= {word for reason in reasons for word in reason.split()}
    assert "In Review (RFC)" in spec.read_text("utf-8")


def test_a_kit_spec_is_approved_once_all_is_settled(project: Path) -> None:
    """Only the status row of the document changes; a person's edit of the rest stays; exporting keeps it."""
    authoring = exported(project)
    settle(authoring)
    spec = document(authoring)
    edited = spec.read_text("utf-8").replace("## 2. Context", "A hand wrote this.\n\n## 2. Context", 1)
    spec.write_text(edited, "utf-8")
    assert give(spec, "In Review (RFC)").reasons == ()
    assert give(spec, "Approved").reasons == ()
    after = spec.read_text("utf-8")
    old, new = edited.split("\n"), after.split("\n")
    assert [b for a, b in zip(old, new, strict=True) if a != b and "speckit base" not in b] == [
        "| Status | Approved |"
    ]
    authoring.refresh()
    assert authoring.spec.status == "Approved"
    authoring.export()
    assert spec.read_text("utf-8") == after


def test_a_status_typed_by_hand_is_written_over(project: Path) -> None:
    """The row that a person typed gives way to the status that was earned."""
    authoring = exported(project)
    settle(authoring)
    spec = document(authoring)
    spec.write_text(spec.read_text("utf-8").replace("Draft (WIP)", "In Review (RFC)"), "utf-8")
    assert give(spec, "approved").reasons == ()
    assert "| Status | Approved |" in spec.read_text("utf-8")


def test_what_was_not_exported_bars_the_way(project: Path) -> None:
    """A document that its answers have left behind is not what would be approved."""
    authoring = exported(project)
    settle(authoring)
    question = next(q for q in authoring.spec.questions if q.group == "decide")
    authoring.ledger.record(Answer(question.id, text="Otherwise, after all."))
    (reason,) = give(document(authoring), "In Review").reasons
    assert "changed since it was exported" in reason


@pytest.mark.parametrize(
    ("name", "status", "told"),
    [
        ("2026-03-01-lamp.md", "Ready", "'Ready' is no status: name one of Draft .WIP., In Review .RFC."),
        ("Lamp Design.md", "Approved", "name it YYYY-MM-DD-topic.md"),
        ("2026-03-01-none.md", "Approved", "2026-03-01-none.md cannot be read"),
    ],
)
def test_a_mistake_is_told(foreign: Path, name: str, status: str, told: str) -> None:
    """A status, a name or a file that cannot be."""
    if "none" not in name:
        foreign.rename(foreign.with_name(name))
    with pytest.raises(SpeckitError, match=told):
        give(foreign.with_name(name), status)


def test_a_spec_without_a_status_row_gets_none(foreign: Path) -> None:
    """There is no place to write it to."""
    foreign.write_text(foreign.read_text("utf-8").replace("| Status |", "| Stand |"), "utf-8")
    assert give(foreign, "rejected").reasons[0].endswith("the metadata table has no row 'Status'")


def test_two_who_decide_at_once_are_both_recorded(foreign: Path, tmp_path: Path) -> None:
    """Statuses of two branches merge as files; the newer one holds, and the next record names both."""
    branch = tmp_path / "branch"
    shutil.copytree(foreign.parent, branch)
    give(foreign, "approved")
    give(branch / foreign.name, "rejected")
    ours, theirs = (open_ledger(folder, foreign.name) for folder in (foreign.parent, branch))
    shutil.copytree(theirs.folder, ours.folder, dirs_exist_ok=True)
    assert ours.status == "Rejected"
    assert give(foreign, "draft").reasons == ()
    *both, last = ours.statuses()
    assert last.parents == tuple(record.id for record in both)


def test_the_command_tells_what_came_of_it(foreign: Path) -> None:
    """Done is 0 with who did it, refused is 1 with every reason, a mistake is 2; JSON is one value."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["approve", str(foreign), *arguments])

    done = run("--as", "approved")
    assert (done.exit_code, "In Review (RFC) → Approved, by " in done.stdout) == (0, True)
    refused = run("--as", "rejected", "--json")
    assert refused.exit_code == 1
    told = json.loads(refused.stdout)
    assert (told["before"], told["status"], len(told["reasons"])) == ("Approved", "Rejected", 1)
    assert run("--as", "rejected").stdout.endswith(f"not Rejected, for 1 reason: {foreign}\n")
    assert run("--as", "great").exit_code == 2

"""What `explain`, `adopt` and `export` tell, as commands and as values."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from speckit.authoring import Authoring, open_authoring
from speckit.cli import main
from speckit.errors import AnswersError
from speckit.explain import explain
from speckit.model import Answer, Pick
from speckit.questions import question_id
from speckit.recipe import make_recipe
from speckit.safe_yaml import load_yaml
from tests.test_adopt import SPEC as FOREIGN
from tests.test_second_day import TOPIC, asked, edit, opened, write


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """An exported spec with one decision that was changed, in a repository whose tag `v1` has none of it."""
    (tmp_path / "research").mkdir()
    write(tmp_path)
    authoring = opened(tmp_path)
    authoring.export()
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "first")
    git(tmp_path, "tag", "v1")
    storage = asked(authoring, "Storage").id
    authoring.answer(Answer(storage, ("In memory",), by="Ana"))
    authoring.answer(Answer(storage, ("On disk",), because="A crash | must lose nothing", by="Ben"))
    authoring.export()
    return authoring.ledger.document


def git(folder: Path, *command: str) -> None:
    options = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgSign=false")
    subprocess.run(["git", *options, *command], cwd=folder, check=True, capture_output=True)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def storage_of(spec: Path) -> str:
    return asked(open_authoring(spec), "Storage").id


def test_a_decision_with_all_that_belongs_to_it(spec: Path) -> None:
    """Who, when, how, why, what was rejected and replaced, and the exact lines, as a diff."""
    text = run("explain", spec, storage_of(spec)).stdout
    assert "2026-06-01: Ana decided “In memory”, by hand [replaced]" in text
    assert "2026-06-01: Ben decided “On disk”, by hand; because: A crash | must lose nothing\n" in text
    assert "rejected: In memory" in text
    document = spec.read_text("utf-8")
    added = [line.strip()[2:] for line in text.split("\n") if line.startswith("  + ")]
    assert len(added) >= 3
    assert set(added) <= set(document.split("\n"))


def test_the_same_as_json_and_markdown(spec: Path) -> None:
    """Scripts get every record; the diff in markdown is fenced."""
    (row,) = json.loads(run("explain", spec, "--json").stdout)
    assert [record["by"] for record in row["records"]] == ["Ana", "Ben"]
    assert [record["holds"] for record in row["records"]] == [False, True]
    assert row["rejected"] == ["In memory"]
    assert "\n```diff\n@@ " in run("explain", spec, "--format", "markdown").stdout


def test_what_was_taken_back_is_still_told(spec: Path) -> None:
    """Earlier decisions stay visible when none holds."""
    authoring = open_authoring(spec)
    authoring.take_back(storage_of(spec))
    (one,) = explain(authoring)
    assert (one.state, one.changes) == ("open", ())
    assert [record.taken_back for record in one.records] == [False, False, True]


def test_a_question_that_is_not_there(spec: Path) -> None:
    """One line names the nearest id."""
    name = storage_of(spec)
    done = run("explain", spec, name[:-1])
    assert done.exit_code == 2
    assert done.stderr == (f"speckit: no question '{name[:-1]}' in specs/{spec.name}: did you mean {name}?\n")


def test_from_the_project_root(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path is the same spec, told by its path in the project."""
    monkeypatch.chdir(spec.parent.parent)
    told = run("explain", f"specs/{spec.name}", "--since", "v1").stdout
    assert told.startswith(f"specs/{spec.name} since v1:\nmade: Storage")
    assert run("export", f"specs/{spec.name}").exit_code == 0


def test_what_happened_since_a_revision(spec: Path) -> None:
    """Decisions made since, with their reasons, and lines edited by hand; as a table fit for a comment."""
    edit(open_authoring(spec), "# Message", "A remark | by hand.\n\n# Message")
    told = run("explain", spec, "--since", "v1", "--format", "markdown").stdout
    assert "| made | Storage | “On disk” by Ben, because: A crash \\| must lose nothing |" in told
    assert "+ A remark | by hand." in told
    assert "Solution" not in told
    (step,) = json.loads(run("explain", spec, "--since", "v1", "--json").stdout)["steps"]
    assert step["happened"] == "made"


@pytest.mark.parametrize("happened", ["changed", "reopened", "disputed"])
def test_how_a_decision_moved_since(spec: Path, happened: str) -> None:
    """One that was there is told with what it was before."""
    git(spec.parent, "add", "-A")
    git(spec.parent, "commit", "-q", "-m", "second")
    authoring = open_authoring(spec)
    storage = storage_of(spec)
    if happened == "reopened":
        authoring.take_back(storage)
    elif happened == "changed":
        authoring.answer(Answer(storage, ("In memory",), by="Cem"))
    else:
        other = open_authoring(spec)
        authoring.answer(Answer(storage, ("In memory",), by="Cem"))
        other.answer(Answer(storage, text="Both", by="Dora"))
    told = run("explain", spec, "--since", "HEAD").stdout
    assert f"{happened}: Storage ({storage}): " in told
    assert "(before: “On disk” by Ben" in told


def test_a_passage_that_was_left_out_is_told(spec: Path) -> None:
    """With its section and its first words, until it is left to the draft again."""
    authoring = open_authoring(spec)
    section, passage, citation = next(
        (section, passage, passage.citations[0])
        for section in authoring.spec.sections
        for passage in section.passages
        if passage.origin == "research" and passage.kind == "prose" and passage.citations
    )
    pick = Pick(section.title, citation.path, citation.quote, passage.told, taken=False)
    authoring.pick(pick)
    told = run("explain", spec, "--since", "v1").stdout
    assert f"left out of “{section.title}”: “{passage.told[:20]}" in told
    assert (
        f"- left out of “{section.title}”"
        in run("explain", spec, "--since", "v1", "--format", "markdown").stdout
    )
    authoring.pick(pick, back=True)
    assert "left" not in run("explain", spec, "--since", "v1").stdout


def test_nothing_happened(spec: Path) -> None:
    """The same revision has nothing to tell, and an unknown one is a mistake."""
    git(spec.parent, "add", "-A")
    git(spec.parent, "commit", "-q", "-m", "second")
    told = run("explain", spec, "--since", "HEAD", "--format", "markdown").stdout
    assert told.endswith("Nothing was decided or edited.\n")
    done = run("explain", spec, "--since", "--output=x")
    assert done.exit_code == 2
    assert "git knows no revision '--output=x'" in done.stderr


def test_a_spec_without_a_ledger_is_told_to_be_adopted(spec: Path) -> None:
    """One line that says what next."""
    foreign = spec.with_name("2026-05-01-other.md")
    foreign.write_text(FOREIGN, "utf-8")
    done = run("explain", foreign)
    assert done.exit_code == 2
    assert "has no ledger: take it in with `speckit adopt" in done.stderr


def test_an_adopted_spec_from_the_command_line(spec: Path) -> None:
    """Adopt, answer, preview, export and explain it like any other spec."""
    foreign = spec.with_name("2026-05-01-other.md")
    foreign.write_text(FOREIGN, "utf-8")
    taken = json.loads(run("adopt", foreign, "--json").stdout)
    assert (len(taken["open"]), len(taken["answered"])) == (3, 1)
    assert run("export", foreign).exit_code == 0
    assert foreign.read_text("utf-8") == FOREIGN
    authoring = open_authoring(foreign)
    answer = Answer(taken["open"][0], text="On disk, compressed", by="Ben")
    shown = [line for change in authoring.changes(answer) for line in change.added]
    authoring.answer(answer)
    assert run("export", foreign).exit_code == 0
    document = foreign.read_text("utf-8")
    assert "  - **Decision:** On disk, compressed." in document
    assert shown
    assert set(filter(None, shown)) - {"5.2 Storage"} <= set(document.split("\n"))
    assert "Ben decided “On disk, compressed”" in run("explain", foreign, taken["open"][0]).stdout
    assert "in the text as it was taken in" in run("explain", foreign, taken["answered"][0]).stdout


def test_an_own_question_in_an_adopted_spec(spec: Path) -> None:
    """It is added behind the others, with its answer, and goes when it is withdrawn."""
    foreign = spec.with_name("2026-05-01-other.md")
    foreign.write_text(FOREIGN, "utf-8")
    run("adopt", foreign)
    authoring = open_authoring(foreign)
    text = "Which licence?"
    own = asked(open_authoring(spec), "Storage")
    identity = question_id(text)
    authoring.ask(replace(own, id=identity, ids=(identity,), text=text, topic="Licence", citations=()))
    authoring.answer(Answer(identity, text="MIT", by="Ben"))
    authoring.export()
    document = foreign.read_text("utf-8")
    assert "- [x] **Licence.** Which licence?\n  - **Decision:** MIT." in document
    authoring.withdraw(identity)
    authoring.export()
    assert "licence" not in foreign.read_text("utf-8").casefold()


def test_answers_as_a_file_give_the_same_spec(spec: Path, tmp_path: Path) -> None:
    """`export --to answers` on one machine, `--answers` on another."""
    authoring = open_authoring(spec)
    storage = asked(authoring, "Storage")
    identity = question_id("Who runs the queue?")
    authoring.ask(
        replace(
            storage, id=identity, ids=(identity,), text="Who runs the queue?", topic="Owner", citations=()
        )
    )
    authoring.answer(Answer(identity, ("On disk",), by="Ben"))
    authoring.export()
    text = run("export", spec, "--to", "answers").stdout
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(tmp_path / "research", elsewhere / "research")
    (elsewhere / "answers.yaml").write_text(text, "utf-8")
    other = Authoring(
        make_recipe({"topic": TOPIC, "as_of": "2026-06-01", "author": "Ana", "answers": "answers.yaml"}),
        elsewhere,
    )
    assert set(load_yaml(text, "answers", AnswersError)) == {storage.id, identity, "questions"}
    assert [a.choices for a in other.spec.answers] == [a.choices for a in authoring.spec.answers]
    assert [q.text for q in other.spec.questions] == [q.text for q in authoring.spec.questions]


def test_html_on_standard_output(spec: Path) -> None:
    """The spec as a page, through the one way to HTML."""
    page = run("export", spec, "--to", "html").stdout
    assert page.startswith("<!doctype html>")
    assert "<h2>9. Open Questions" in page

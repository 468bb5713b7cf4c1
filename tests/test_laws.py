"""Laws of the whole: what holds for every spec, whoever makes it and however."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from speckit.authoring import Authoring
from speckit.contrast import offered
from speckit.diagrams import parse_diagram
from speckit.load import load
from speckit.model import Answer
from speckit.questions import find_questions
from speckit.recipe import make_recipe

DAY = dt.date(2026, 11, 23)
TOPIC = "A papermill engine that forks a warm parent"
LINK = re.compile(r"\[[^\]]+:\d+(?:-\d+)?\]\((?P<path>[^)#]+)#L(?P<start>\d+)(?:-L(?P<end>\d+))?\)")
FENCE = re.compile(r"^```mermaid\n(.*?)^```", re.MULTILINE | re.DOTALL)
TOPICS = (
    "Custom tools directory for user-defined TypeScript tools",
    "Ralph loop enhancements",
    "Background agents SDK pipeline fix",
)


def author(root: Path, topic: str = TOPIC, **parameters) -> Authoring:
    values = {"topic": topic, "author": "Ada", "as_of": DAY} | parameters
    return Authoring(make_recipe(values), root)


def choose(authoring: Authoring, count: int) -> None:
    """Answer the first questions that offer options, each with its first."""
    asked = [question for question in authoring.spec.questions if question.group != "statements"]
    for question in asked[:count]:
        authoring.answer(Answer(question.id, (offered(question)[0].label,), because="it holds"))


def assert_sound(authoring: Authoring) -> None:
    """Every citation reads back, the sections are the pack's in order, a diagram parses."""
    project = authoring.project
    cited = [c for s in authoring.spec.sections for p in s.passages for c in p.citations]
    assert len(cited) >= 5
    for citation in cited:
        lines = (authoring.project.root / citation.path).read_text("utf-8").split("\n")
        assert "\n".join(lines[citation.start - 1 : citation.end]) == citation.quote
    links = list(LINK.finditer(authoring.text))
    assert len(links) >= 5
    for link in links:
        start = project.specs if project.to_root else project.root  # outside the project, links name its root
        target = (start / link["path"]).resolve()
        assert int(link["end"] or link["start"]) <= len(target.read_text("utf-8").split("\n"))
    titles = [section.title for section in authoring.pack.sections]
    headings = re.findall(r"^#{2,3} (?:\d[\d.]* )?(.+)$", authoring.text, re.MULTILINE)
    assert [heading for heading in headings if heading in titles] == titles
    assert "| Author(s) | Ada |" in re.sub(" +", " ", authoring.text)
    diagrams = FENCE.findall(authoring.text)
    assert diagrams
    assert [parse_diagram(source) for source in diagrams] == [None] * len(diagrams)


@pytest.mark.parametrize("topic", TOPICS)
def test_research_of_others_gives_a_sound_spec(atomic: Path, tmp_path: Path, topic: str):
    """Real research in, a whole spec out, with the open questions of what it cites."""
    authoring = author(atomic, topic, specs=str(tmp_path), as_of=dt.date(2026, 6, 1))
    assert_sound(authoring)
    open_ones = [question for question in authoring.findings.questions if not question.resolved]
    for question in open_ones:
        assert f"<!-- {question.id} -->" in authoring.text


def test_a_spec_of_this_project_is_sound_however_many_are_answered(project: Path):
    """Unanswered, and with ten answers."""
    authoring = author(project)
    assert_sound(authoring)
    choose(authoring, 10)
    assert_sound(authoring)


def test_exporting_twice_is_exporting_once(project: Path):
    """The second run writes nothing, not even a time."""
    author(project).export()
    before = {path: path.stat().st_mtime_ns for path in sorted((project / "specs").rglob("*"))}
    author(project).export()
    assert {path: path.stat().st_mtime_ns for path in sorted((project / "specs").rglob("*"))} == before


def test_another_day_and_folder_give_the_same_bytes(project: Path, tmp_path: Path):
    """Nothing of the place or the clock reaches the text."""
    first = author(project)
    first.export()
    elsewhere = tmp_path / "elsewhere" / "deep"
    shutil.copytree(project / "research", elsewhere / "research")
    second = author(elsewhere)
    second.export()
    assert first.ledger.document.read_bytes() == second.ledger.document.read_bytes()
    later = author(project, as_of=dt.date(2026, 12, 24))
    assert later.text == first.text
    assert later.ledger.name == first.ledger.name


def test_answered_on_one_day_it_is_answered_on_the_next(project: Path):
    """The ledger keeps it; the spec is the same."""
    first = author(project)
    choose(first, 3)
    first.export()
    second = author(project, as_of=dt.date(2026, 11, 24))
    assert second.text == first.text
    assert len(second.spec.answers) == 3


def test_an_answers_file_and_answers_by_hand_give_the_same_spec(project: Path, tmp_path: Path):
    """The way an answer comes in does not reach the text."""
    by_hand = author(project)
    choose(by_hand, 4)
    given = {a.question: {"choose": list(a.choices), "because": a.because} for a in by_hand.spec.answers}
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(project / "research", elsewhere / "research")
    assert author(elsewhere, answers=given).text == by_hand.text


def test_taking_back_gives_the_bytes_before_it(project: Path):
    """Choosing and taking back leaves no trace in the document."""
    authoring = author(project)
    before = authoring.text
    choose(authoring, 2)
    assert authoring.text != before
    for answer in authoring.spec.answers:
        authoring.take_back(answer.question)
    assert authoring.text == before


def test_the_change_shown_is_the_change_made(project: Path):
    """Before each choice, the lines that it will add are known; after it they stand in the spec."""
    authoring = author(project)
    for question in [q for q in authoring.spec.questions if q.group == "decide"][:5]:
        for option in offered(question)[:2]:
            answer = Answer(question.id, (option.label,))
            shown = authoring.changes(answer)
            before = authoring.text.splitlines()
            authoring.answer(answer)
            after = authoring.text.splitlines()
            assert shown
            for change in shown:
                assert set(change.added) <= set(after)
                assert set(change.removed) <= set(before)


def test_question_ids_do_not_depend_on_place_or_order(project: Path):
    """Moving and renaming research leaves every id as it was; so does drafting again."""
    ids = asked_in(project)
    for number, path in enumerate(sorted((project / "research").rglob("*.md"), reverse=True)):
        path.rename(path.with_name(f"2026-11-01-{number:02}-{path.name[11:]}"))
    assert asked_in(project) == ids
    assert {q.id for q in author(project).findings.questions} <= ids


def asked_in(root: Path) -> set[str]:
    corpus = load(root, root / "research", root / "specs")
    return {question.id for document in corpus.documents for question in find_questions(document)}


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS)
def test_papermill_gives_that_spec_too(atomic: Path, tmp_path: Path, topic: str):
    """The notebook, unattended, writes what is proved sound above, byte for byte."""
    given = {"topic": topic, "author": "Ada", "as_of": "2026-06-01", "research": str(atomic / "research")}
    for name in ("notebook", "here"):
        (tmp_path / name).mkdir()
    parameters = [part for name, value in given.items() for part in ("-p", name, value)]
    parameters += ["-p", "specs", str(tmp_path / "notebook")]
    notebook = Path(__file__).resolve().parent.parent / "notebooks" / "create-spec.ipynb"
    command = [Path(sys.executable).with_name("papermill"), notebook, "out.ipynb", *parameters]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    here = author(atomic, topic, specs=str(tmp_path / "here"), as_of=dt.date(2026, 6, 1))
    assert_sound(here)
    here.export()
    (written,) = (tmp_path / "notebook").glob("*.md")
    assert written.name == here.ledger.document.name
    assert written.read_bytes() == here.ledger.document.read_bytes()


@pytest.mark.slow
def test_command_line_and_papermill_give_the_same_bytes(project: Path, tmp_path: Path):
    """One recipe, two ways, one document."""
    notebook = Path(__file__).resolve().parent.parent / "notebooks" / "create-spec.ipynb"
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(project / "research", elsewhere / "research")
    bin_folder = Path(sys.executable).parent
    asked = [question for question in author(project).spec.questions if question.group == "decide"][:3]
    given = json.dumps({question.id: offered(question)[0].label for question in asked})
    for root in (project, elsewhere):
        (root / "answers.yaml").write_text(given)
    common = ["--answers", "answers.yaml", "--as-of", "2026-11-23"]
    subprocess.run(
        [bin_folder / "speckit", "new", TOPIC, *common], cwd=project, check=True, capture_output=True
    )
    parameters = ["-p", "topic", TOPIC, "-p", "answers", "answers.yaml", "-p", "as_of", "2026-11-23"]
    command = [bin_folder / "papermill", notebook, "out.ipynb", *parameters]
    subprocess.run(command, cwd=elsewhere, check=True, capture_output=True)
    (one,) = (project / "specs").glob("*.md")
    (other,) = (elsewhere / "specs").glob("*.md")
    assert one.name == other.name
    assert one.read_bytes() == other.read_bytes()
    converted = subprocess.run(
        [bin_folder / "jupyter", "nbconvert", "--to", "speckit", "--stdout", "out.ipynb"],
        cwd=elsewhere, check=True, capture_output=True,
    )  # fmt: skip
    assert converted.stdout.rstrip() == other.read_bytes().rstrip()

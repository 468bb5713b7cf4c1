"""`speckit check`: wherever a spec lies, it is judged by its own project, pack and ledger."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from speckit.authoring import Authoring
from speckit.cli import main
from speckit.recipe import make_recipe
from speckit.review import review

WHOLE = Path(__file__).parent / "cases" / "rules" / "pass" / "whole.md"
NOTE = "research/docs/2026-01-05-a.md"
SPEC = "specs/2026-03-01-lamp.md"
TOPIC = "A papermill engine that forks a warm parent"
DAY = dt.date(2026, 11, 23)


def check(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def codes(spec: Path, *arguments: object) -> set[str]:
    return {problem["code"] for problem in json.loads(check(spec, "--json", *arguments).stdout)}


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    """A project with a sound spec."""
    for path, text in ((NOTE, "\n".join("123456789") + "\n"), (SPEC, WHOLE.read_text("utf-8"))):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def exported(project: Path, **parameters: str) -> Path:
    recipe = make_recipe({"topic": TOPIC, "author": "Ada", "as_of": DAY} | parameters)
    authoring = Authoring(recipe, project)
    authoring.export()
    return authoring.ledger.document


@pytest.mark.parametrize("place", [".", "specs", "research/docs", "/"])
def test_citations_resolve_from_any_working_directory(
    lamp: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The project root is found from the spec's path; problems bear the path as it was given."""
    monkeypatch.chdir(lamp / place)
    spec = Path(*[".."] * len(Path(place).parts), SPEC) if place != "/" else lamp / SPEC
    (lamp / NOTE).write_text("short\n")
    problems = json.loads(check(spec, "--select", "E", "--json").stdout)
    assert {problem["code"] for problem in problems} == {"E002"}
    assert {problem["path"] for problem in problems} == {spec.as_posix()}


@pytest.mark.parametrize("place", ["docs/design/lamp.md", "2026-03-01-lamp.md"])
def test_a_spec_may_lie_anywhere_in_its_project(lamp: Path, place: str) -> None:
    """Research is that of the nearest folder above."""
    moved = lamp / place
    moved.parent.mkdir(parents=True, exist_ok=True)
    up = "../" * place.count("/")
    moved.write_text(WHOLE.read_text("utf-8").replace("../research", f"{up}research"), "utf-8")
    assert codes(moved, "--select", "E") == set()


def test_a_research_folder_may_be_a_link(lamp: Path, tmp_path: Path) -> None:
    """The folder is the caller's choice, and is read as the draft read it."""
    shutil.move(lamp / "research", tmp_path / "elsewhere")
    (lamp / "research").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert codes(lamp / SPEC, "--select", "E") == set()


def test_a_spec_without_a_project_is_judged_by_its_text(tmp_path: Path) -> None:
    """Where there is no research at all, what is cited cannot be opened."""
    shutil.copy(WHOLE, tmp_path / "lamp.md")
    assert codes(tmp_path / "lamp.md") == {"E001", "S002"}


def test_the_pack_is_that_of_the_recipe(project: Path) -> None:
    """A spec of another pack is judged by it, unless one is named."""
    spec = exported(project, template="rfc-doors")
    assert "S007" not in codes(spec)
    assert "S007" in codes(spec, "--template", "rfc")


def test_what_was_exported_has_no_error(project: Path) -> None:
    """A draft has open questions, which are no errors."""
    done = check(exported(project))
    assert (done.exit_code, "warning Q001" in done.stdout) == (0, True)


def test_research_that_changed_is_told(project: Path) -> None:
    """The ledger keeps what was quoted, so that a citation can be seen to have slipped."""
    spec = exported(project)
    assert codes(spec, "--select", "E010") == set()
    cited = review(spec).recipe.documents[0]
    (project / cited).write_text("\n" + (project / cited).read_text("utf-8"), "utf-8")
    assert "it moved to line" in check(spec, "--select", "E010").stdout


def test_the_exit_code_tells_of_errors(lamp: Path) -> None:
    """0 without an error, 1 with one, 2 for a mistake."""
    assert check(lamp / SPEC).exit_code == 0
    (lamp / NOTE).unlink()
    assert check(lamp / SPEC).exit_code == 1
    assert check(lamp / SPEC, "--ignore", "E").exit_code == 0
    assert check(lamp / SPEC, "--select", "C, Q001").exit_code == 0
    assert check(lamp / "none.md").exit_code == 2
    assert check(lamp / SPEC, "--select", "E9").exit_code == 2
    assert check().exit_code == 2


def test_every_format_tells_the_same(lamp: Path) -> None:
    """Text, annotations, SARIF and JSON have one problem each for a dangling citation."""
    (lamp / NOTE).write_text("short\n")
    told = json.loads(check(lamp / SPEC, "--json").stdout)
    sarif = json.loads(check(lamp / SPEC, "--format", "sarif").stdout)
    github = check(lamp / SPEC, "--format", "github").stdout.splitlines()
    text = check(lamp / SPEC).stdout
    assert len(told) == len(sarif["runs"][0]["results"]) == len(github) == text.count(" error E002: ") > 0


@pytest.mark.parametrize(
    "content", [b"\xff\xfe#\x00 \x00L\x00", b"# L\xe4mp\r\n\r\nTBD\r\n", b"", b"\xef\xbb\xbf# L\n"]
)
def test_any_encoding_is_read(tmp_path: Path, content: bytes) -> None:
    """A file of another editor is judged, not refused."""
    (tmp_path / "lamp.md").write_bytes(content)
    assert check(tmp_path / "lamp.md").exit_code == 1


def test_a_binary_file_is_a_mistake(tmp_path: Path) -> None:
    """What is no text is told in one line."""
    (tmp_path / "lamp.md").write_bytes(b"\0" * 99)
    done = check(tmp_path / "lamp.md")
    assert done.exit_code == 2
    assert "binary, not markdown: name a markdown file" in done.stderr

"""What a hub needs, without one: the doctor, the tile's files, links, and who chose what."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from speckit import __version__
from speckit.authoring import Authoring
from speckit.errors import SpeckitError
from speckit.jupyter.hub.doctor import examine_folder
from speckit.jupyter.hub.install import EXTENSION, OVERRIDES, SOURCE, install
from speckit.jupyter.hub.matrix import NOBODY, matrix
from speckit.jupyter.hub.share import share
from speckit.ledger import find_ledger
from speckit.model import Answer
from speckit.paths import Project, find_project
from speckit.recipe import make_recipe
from speckit.safe_yaml import load_yaml

DAY = dt.date(2026, 11, 22)
NAME = "2026-11-22-forking-an-engine"
as_root = pytest.mark.skipif(
    os.geteuid() != 0 and not os.environ.get("CI"), reason="only root gives files away"
)


@pytest.fixture
def team(tmp_path: Path) -> Project:
    """A team folder as it has to be, with a ledger, as far as whoever runs this can make one."""
    root = tmp_path / "outer" / "team"
    (root / "research").mkdir(parents=True)
    (root / "research" / "a.md").write_text("# Engines\n\nShould the engine fork?\n")
    (root / "specs").mkdir()
    (root / "specs").chmod(0o2775)
    project = find_project("research", "specs", root)
    ledger = find_ledger(project.specs, "Forking an engine", DAY)
    ledger.write_recipe({"topic": "Forking an engine"})
    ledger.record(Answer("q1a2b3c4d", ("Yes",), by="Ana"))
    return project


def answer_folder(team: Project) -> Path:
    return team.specs / ".speckit" / NAME / "answers"


def a_record(team: Project) -> Path:
    return next(answer_folder(team).iterdir())


def git(folder: Path, *command: str) -> None:
    subprocess.run(["git", *command], cwd=folder, capture_output=True, check=True)


def own_group(team: Project) -> None:
    for path in (team.specs, *team.specs.rglob("*")):
        os.chown(path, -1, 54321)


def foreign_repository(team: Project) -> None:
    git(team.root, "init", "-q")
    os.chown(team.root, 65534, -1)
    os.chown(team.root / ".git", 65534, -1)


FOLDER_FAULTS: dict[str, Callable[[Project], object]] = {
    "no-way-in": lambda team: team.root.parent.chmod(0o700),
    "no-setgid": lambda team: answer_folder(team).chmod(0o775),
    "no-write": lambda team: answer_folder(team).chmod(0o2755),
    "strangers": lambda team: a_record(team).chmod(0o666),
    "unreadable": lambda team: (team.research / "a.md").chmod(0o600),
    "umask": lambda _: os.umask(0o077),
    "no-specs": lambda team: team.specs.rename(team.root / "other"),
}
AS_ROOT: dict[str, Callable[[Project], object]] = {
    "other-group": lambda team: os.chown(a_record(team), -1, 1),
    "no-group": own_group,
    "git-refuses": foreign_repository,
}
PLANTED = [pytest.param(code, plant, id=code) for code, plant in FOLDER_FAULTS.items()] + [
    pytest.param(code, plant, id=code, marks=as_root) for code, plant in AS_ROOT.items()
]


@pytest.mark.parametrize(("code", "plant"), PLANTED)
def test_the_doctor_finds_what_is_wrong_with_a_team_folder(
    team: Project, code: str, plant: Callable[[Project], object]
):
    """Each planted fault is found under its code, with a fix, and is the only one that comes."""
    umask = os.umask(0o022)
    try:
        before = set(examine_folder(team))
        plant(team)
        found = set(examine_folder(team)) - before
    finally:
        os.umask(umask)
    assert {fault.code for fault in found} == {code}
    assert all(fault.fix for fault in found)


def test_the_doctor_changes_nothing(team: Project):
    """Modes, groups and contents are the same after an examination."""

    def look() -> list[object]:
        return [
            (path, path.lstat().st_mode, path.lstat().st_mtime_ns) for path in sorted(team.root.rglob("*"))
        ]

    answer_folder(team).chmod(0o755)
    before = look()
    assert examine_folder(team)
    assert look() == before


def doctor(environment: dict[str, str]) -> set[str]:
    """The codes of what the doctor finds in this environment, with some variables set."""
    done = subprocess.run(
        [sys.executable, "-m", "speckit.cli", "hub", "doctor", "--json"],
        env=os.environ | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in {0, 1}, done.stderr
    faults = json.loads(done.stdout)
    assert done.returncode == bool(faults)
    return {fault["code"] for fault in faults}


def distribution(folder: Path, name: str, version: str) -> None:
    """What an installed distribution leaves behind."""
    (metadata := folder / f"{name}-{version}.dist-info").mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")


def as_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value))


def test_the_doctor_finds_what_is_wrong_with_an_environment(tmp_path: Path):
    """What is planted in the environment of the servers is found, and not without it."""
    install(tmp_path)
    data = tmp_path / "share" / "jupyter"
    clean = {"JUPYTER_PATH": str(data), "JUPYTER_CONFIG_DIR": str(tmp_path / "config")}
    planted = {"old-tile", "tile-off", "subshells", "unsafe", "requirement", "collaboration", "kernel"}
    assert not doctor(clean) & (planted - {"subshells"})

    as_json(tmp_path / EXTENSION / "package.json", {"name": "jupyter-speckit", "version": "0.0.0"})
    as_json(data / "kernels" / "python3" / "kernel.json", {"argv": ["/no/python"], "display_name": "3"})
    as_json(tmp_path / "config/labconfig/page_config.json", {"disabledExtensions": {"jupyter-speckit": True}})
    as_json(
        tmp_path / "settings/@jupyterlab/apputils-extension/kernels-settings.jupyterlab-settings",
        {"commsOverSubshells": "perCommTarget"},
    )
    distribution(tmp_path, "jupyterhub", "5.2.0")
    distribution(tmp_path, "nh3", "0.1.0")
    distribution(tmp_path, "jupyter_server_ydoc", "3.0.0")
    variables = {"PYTHONPATH": str(tmp_path), "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings")}
    assert planted <= doctor(clean | variables)


def test_an_installation_overwrites_nothing_of_others(tmp_path: Path):
    """Only files that bear the kit's name are written; a second time, none."""
    as_json(theirs := tmp_path / "share/jupyter/lab/settings/overrides.json", {"mine": {}})
    written = install(tmp_path)
    assert {path.relative_to(tmp_path) for path in written} >= {EXTENSION / "package.json", OVERRIDES}
    assert all("jupyter-speckit" in str(path.relative_to(tmp_path)) for path in written)
    assert (theirs.read_text(), install(tmp_path)) == ('{"mine": {}}', ())


def test_the_tile_is_of_the_kits_version():
    """JupyterLab shows the version that the kit has."""
    assert json.loads((SOURCE / "package.json").read_text())["version"] == __version__


def test_a_link_into_a_team_folder(team: Project, monkeypatch: pytest.MonkeyPatch):
    """It leads to the notebook as servers show it, also by a link in their folder; it is read only."""
    monkeypatch.setenv("JUPYTERHUB_BASE_URL", "/jupyter/")
    plain = share(team, NAME, "https://hub.example.org/", servers=team.root.parent)
    assert plain.url == f"https://hub.example.org/hub/user-redirect/lab/tree/team/specs/{NAME}.ipynb"
    assert (plain.notebook.stat().st_mode & 0o777, plain.to_do) == (0o444, "")
    (home := team.root.parent / "home").mkdir()
    (home / "ours").symlink_to(team.root)
    linked = share(team, f"specs/{NAME}.md", servers=home)
    assert linked.url == f"/jupyter/hub/user-redirect/lab/tree/ours/specs/{NAME}.ipynb"


def test_a_link_to_a_spec_in_git(team: Project, tmp_path: Path):
    """It brings a clone, without the credentials of the remote; what is not committed is to be."""
    git(team.root, "init", "-q", "-b", "next")
    git(team.root, "remote", "add", "origin", "https://me:secret@git.example.org/team/notes.git")
    link = share(team, NAME, "https://hub.example.org/base/hub", servers=tmp_path / "none")
    repository = "https%3A%2F%2Fgit.example.org%2Fteam%2Fnotes"
    place = f"lab%2Ftree%2Fnotes%2Fspecs%2F{NAME}.ipynb"
    query = f"repo={repository}&branch=next&urlpath={place}"
    assert link.url == f"https://hub.example.org/base/hub/user-redirect/git-pull?{query}"
    assert link.to_do.startswith(f"commit specs/{NAME}.ipynb")


@pytest.mark.parametrize(
    ("spec", "hub", "told"),
    [
        (NAME, "", "nobody else can reach specs/"),
        ("2026-11-22-none", "", "no spec '2026-11-22-none'"),
        (NAME, "javascript:alert(1)", "is no address of a hub"),
        (NAME, "https://me:secret@hub.example.org", "is no address of a hub"),
    ],
)
def test_a_link_that_cannot_be(team: Project, tmp_path: Path, spec: str, hub: str, told: str):
    """What is missing is one line, and no notebook is made."""
    with pytest.raises(SpeckitError, match=told.replace("(", r"\(").replace(")", r"\)")):
        share(team, spec, hub, servers=tmp_path / "none")
    assert not list(team.specs.glob("*.ipynb"))


def test_the_recipes_can_be_read_by_what_they_are_for():
    """Each block of Python, YAML and shell in the recipes parses."""
    blocks = re.findall(r"```(\w+)\n(.*?)```", (SOURCE.parent / "recipes.md").read_text("utf-8"), re.DOTALL)
    parsers = {
        "python": lambda source: compile(source, "recipe", "exec"),
        "yaml": lambda source: load_yaml(source, "recipe", SpeckitError),
        "sh": lambda source: subprocess.run(["sh", "-n"], input=source, text=True, check=True),
        "dockerfile": lambda source: re.fullmatch(r"((FROM|RUN) .+\n)+", source),
    }
    assert {name for name, _ in blocks} == set(parsers)
    assert all(parsers[name](source) is not None for name, source in blocks)


def test_the_matrix_tells_who_chose_what_and_why(project: Path):
    """Both sides of a dispute stand in it with their reasons, until somebody settles it."""
    authoring = Authoring(
        make_recipe({"topic": "A papermill engine that forks", "as_of": "2026-11-22"}), project
    )
    assert matrix(authoring) == NOBODY
    question, ledger = authoring.spec.questions[0], authoring.ledger
    before = ledger.answers()
    ledger.record(Answer(question.id, text="Now", because="it *hurts* | daily", by="Ana"), seen=before)
    ledger.record(Answer(question.id, text="Later", because="few ask", by="Ben"), seen=before)
    authoring.refresh()
    head, _, row = matrix(authoring).splitlines()
    assert head == "| Question | State | Ana | Ben |"
    assert row.endswith(
        r"| disputed | **Now** *because it \*hurts\* \| daily* | **Later** *because few ask* |"
    )
    ledger.record(Answer(question.id, text="Now", because="agreed", by="Ben"))
    authoring.refresh()
    assert matrix(authoring).splitlines()[-1].endswith("| answered | **Now** *because agreed* |")


def test_a_reason_does_not_settle_a_dispute(project: Path):
    """Who gives their own side a reason leaves the other side standing; who settles for a side ends it."""
    recipe = make_recipe({"topic": "A papermill engine that forks", "as_of": "2026-11-22"})
    ana, ben = Authoring(recipe, project), Authoring(recipe, project)
    ana.by, ben.by = "Ana", "Ben"
    question = ana.spec.questions[0]
    ana.answer(Answer(question.id, text="Now"))
    ben.answer(Answer(question.id, text="Later"))
    ben.answer(Answer(question.id, text="Later", because="few ask"))
    ana.refresh()
    (dispute,) = ana.spec.disputes
    assert {(side.by, side.text, side.because) for side in dispute.sides} == {
        ("Ana", "Now", ""),
        ("Ben", "Later", "few ask"),
    }
    ben.answer(Answer(question.id, text="Later", because="few ask"))
    ana.refresh()
    assert (ana.spec.disputes, ana.spec.state(question)) == ((), "answered")

"""Rules for their readers and authors: pages, the shipped hook, and a stranger's package by the real door."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from speckit.reports import as_pages
from speckit.rules import RULES, Page, at, rule
from speckit.rules.testing import lines_found
from speckit.safe_yaml import load_yaml

REPOSITORY = Path(__file__).resolve().parent.parent
README = (REPOSITORY / "speckit" / "rules" / "README.md").read_text("utf-8")
SPEC = "specs/2026-03-01-lamp.md"
HALL = "# Hall\n\nThe lamp burns.\n"


def run(folder: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    bin_folder = str(Path(sys.executable).parent)
    path = os.pathsep.join([bin_folder, os.environ["PATH"]])
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PATH": path} | env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a spec that is none."""
    (tmp_path / "specs").mkdir()
    (tmp_path / SPEC).write_text(HALL)
    return tmp_path


def test_the_page_of_rules_is_current() -> None:
    """It ends with what `as_pages` makes of the docstrings: write that there when a rule changes."""
    _, mark, pages = README.partition("<!-- what follows is what the docstrings say -->\n\n")
    assert mark
    assert pages == as_pages(RULES) + "\n"


def test_a_rule_explains_itself(folder: Path) -> None:
    """`--explain` prints the same page, by code or family."""
    told = run(folder, "speckit", "check", "--explain", "X,E001").stdout
    assert re.findall(r"^## (\w+)", told, re.MULTILINE) == ["E001", "X001"]
    assert told.split("\n\n## X001")[0] in README


def test_a_strangers_rules_come_by_the_real_door(folder: Path) -> None:
    """The page's own example, installed as a package is, is found and selected; its test passes."""
    files = dict(re.findall(r"```python\n# (\S+)\n(.*?)```", README, re.DOTALL))
    site = folder / "site"
    (site / "lamp_rules-1.0.dist-info").mkdir(parents=True)
    (site / "lamp_rules-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: lamp\nVersion: 1.0\n"
    )
    (group,) = re.findall(r'entry-points\."(.+)"\]\nlamp = "(.+)"', README)
    (site / "lamp_rules-1.0.dist-info" / "entry_points.txt").write_text("[{}]\nlamp = {}\n".format(*group))
    for name, source in files.items():
        (site / name).write_text(source)
    done = run(folder, "speckit", "check", SPEC, "--select", "Z", "--json", PYTHONPATH=str(site))
    (problem,) = json.loads(done.stdout)
    assert (problem["code"], problem["line"], done.returncode) == ("Z001", 3, 1)
    assert problem["message"] == "'The lamp burns.' has no oil"
    assert run(folder, "speckit", "check", SPEC, "--select", "Z").returncode == 2
    tested = run(site, sys.executable, "-c", "import test_lamp_rules as t; t.test_a_lamp_needs_oil()")
    assert (tested.returncode, tested.stderr) == (0, "")


def test_the_shipped_hook_runs(folder: Path) -> None:
    """pre-commit runs its entry on the specs among the committed files, and fails where the check does."""
    (hook,) = load_yaml((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"), "hooks", ValueError)
    assert {"id", "name", "entry", "language"} <= hook.keys()
    committed = [
        SPEC,
        "specs/README.md",
        "specs/.speckit/2026-03-01-lamp/base/0f.md",
        "research/2026-01-01-a.md",
    ]
    assert [path for path in committed if re.search(hook["files"], path)] == [SPEC]
    done = run(folder, *shlex.split(hook["entry"]), SPEC)
    assert (done.returncode, done.stderr) == (1, "")
    assert f"{SPEC}:1: error S003" in done.stdout


@rule("Z001", "note")
def beyond(page: Page) -> list[tuple[int, dict[str, object]]]:
    """A line exists.

    Nobody can go to one that does not.

    Message: {text}
    Hint: look
    """
    return [at(len(page.lines) + 1, text="gone")]


@rule("Z002", "note")
def torn(page: Page) -> list[tuple[int, dict[str, object]]]:
    """A message is a line.

    It is read in a list.

    Message: {text}
    Hint: look
    """
    return [at(1, text="\n".join(page.lines))]


def test_the_helper_refuses_what_no_reader_could_use() -> None:
    """A finding beyond the text, and a message of several lines."""
    with pytest.raises(AssertionError, match="Z001 finds something on line 5 of 4"):
        lines_found(beyond, HALL)
    with pytest.raises(AssertionError, match="one line each"):
        lines_found(torn, HALL)

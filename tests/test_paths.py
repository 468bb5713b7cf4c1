"""Where things are: the project root, untrusted names, shipped folders in every kind of installation."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speckit.errors import ProjectError
from speckit.paths import find_project, inside, shipped, slug

from .conftest import REPOSITORY


def test_the_root_is_the_nearest_folder_that_holds_the_research(tmp_path: Path):
    """The working directory may lie anywhere below it, as it does for notebooks."""
    (tmp_path / "research").mkdir()
    (tmp_path / "notebooks" / "deep").mkdir(parents=True)
    project = find_project("research", "specs", tmp_path / "notebooks" / "deep")
    assert project.root == tmp_path
    assert project.research == tmp_path / "research"
    assert project.specs == tmp_path / "specs"
    assert project.to_root == "../"


def test_specs_that_lie_elsewhere_name_research_from_the_root(tmp_path: Path):
    """No folder of this machine gets into a document."""
    (tmp_path / "project" / "research").mkdir(parents=True)
    project = find_project("research", str(tmp_path / "specs"), tmp_path / "project")
    assert project.to_root == ""


def test_an_absolute_research_folder_has_its_parent_as_root(tmp_path: Path):
    """So its documents are still named `research/…`."""
    (tmp_path / "research").mkdir()
    project = find_project(str(tmp_path / "research"), "specs", Path("/"))
    assert project.root == tmp_path


def test_no_research_folder_is_one_line(tmp_path: Path):
    """It says which, and what to do."""
    with pytest.raises(ProjectError, match=r"no research folder 'research' .*--research"):
        find_project("research", "specs", tmp_path)


@pytest.mark.parametrize("name", ["../x.md", "/etc/passwd", "a/../../x.md", "out/x.md", "a\0b"])
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str):
    """Also through a link."""
    root = tmp_path / "root"
    root.mkdir()
    (root / "out").symlink_to(tmp_path)
    with pytest.raises(ProjectError, match="is not inside root/"):
        inside(root, name)


@given(st.text(max_size=40))
def test_whatever_resolves_lies_inside(name: str):
    """A property of every name."""
    root = REPOSITORY / "tests"
    try:
        path = inside(root, name)
    except ProjectError:
        return
    assert path.is_relative_to(root.resolve())


@given(st.text(max_size=200))
def test_a_slug_is_a_file_name(text: str):
    """Lower-case words joined by hyphens, at most 60 characters, or a refusal."""
    try:
        name = slug(text)
    except ProjectError:
        return
    assert len(name) <= 60
    assert all(part.isalnum() and part.isascii() for part in name.split("-"))
    assert slug(name) == name


def test_a_checkout_finds_the_folders_beside_the_package():
    """An edited template is seen at once."""
    assert shipped("templates") == REPOSITORY / "templates"
    assert shipped("notebooks") == REPOSITORY / "notebooks"


@pytest.mark.slow
def test_a_wheel_carries_templates_and_notebooks(tmp_path: Path):
    """Unpacked far from the checkout, the package finds its own; other people's neighbours do not count."""
    build = "import hatchling.build, sys; print(hatchling.build.build_wheel(sys.argv[1]))"
    command = [sys.executable, "-c", build, str(tmp_path)]
    name = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout.split()[
        -1
    ]
    site = tmp_path / "site"
    zipfile.ZipFile(tmp_path / name).extractall(site)
    (site / "templates").mkdir()
    find = "from speckit.paths import shipped; print(shipped('templates')); print(shipped('notebooks'))"
    environment = os.environ | {"PYTHONPATH": str(site)}
    command = [sys.executable, "-c", find]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(site / "speckit/templates"), str(site / "speckit/notebooks")]
    assert (site / "speckit/templates/rfc/template.yaml").is_file()
    assert (site / "speckit/notebooks/create-spec.ipynb").is_file()

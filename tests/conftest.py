"""Fixtures that tests of several modules share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared test data beside the checkout: research of others, labels, scorers."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        assert not os.environ.get("CI"), f"CI has no shared data at {folder.name}/ beside the checkout"
        pytest.skip("the shared research corpus does not lie beside this checkout")
    return folder


@pytest.fixture(scope="session")
def atomic(shared: Path) -> Path:
    """A project of others with research/ and specs/, read only."""
    return shared / "corpora" / "atomic"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of this project's own research, with an empty specs folder."""
    shutil.copytree(REPOSITORY / "research", tmp_path / "research")
    (tmp_path / "specs").mkdir()
    return tmp_path

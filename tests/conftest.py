"""Fixtures that tests of several modules share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.find_chromium import find_chromium

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


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--screenshots` keeps the pictures of the panels that README shows."""
    parser.addoption("--screenshots", action="store_true", help="write README's pictures anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the browser to the end: it keeps an event loop running, beside which no other can."""
    items.sort(key=lambda item: "browser" in item.path.parts or "hub" in item.path.parts)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium, or a loud skip; in CI its absence is a failure."""
    path = find_chromium()
    if path is None:
        assert not os.environ.get("CI"), "CI has no Chromium: tests/browser/find_chromium.py --install"
        pytest.skip("*** NO CHROMIUM: run `python tests/browser/find_chromium.py --install` ***")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        launched = playwright.chromium.launch(executable_path=path, args=arguments)
        yield launched
        launched.close()

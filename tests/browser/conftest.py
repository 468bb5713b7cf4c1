"""One JupyterLab for all browser tests; a project and a window of its own for each."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lab import Lab

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A JupyterLab with default settings and without a token, in a throwaway folder."""
    home = tmp_path_factory.mktemp("jupyter")
    root = home / "root"
    root.mkdir()
    yield from serve(home, root, "jupyterlab", *LAB)


LAB = (
    "--IdentityProvider.token=",
    "--ServerApp.password=",
    "--ServerApp.disable_check_xsrf=True",
    "--LabApp.expose_app_in_browser=True",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--ServerApp.root_dir={root}",
    "--allow-root",
    "--ip=127.0.0.1",
)


def serve(home: Path, root: Path, module: str, *arguments: str) -> Iterator[tuple[str, Path]]:
    """Run a server of Jupyter's on a free port until the tests are done."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR")
    folders = {name: str(home / name.lower()) for name in (*names, "JUPYTERLAB_WORKSPACES_DIR")}
    settings = Path(folders["JUPYTERLAB_SETTINGS_DIR"], "@jupyterlab", "apputils-extension")
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
    given = [argument.format(root=root) for argument in arguments]
    command = [sys.executable, "-m", module, "--no-browser", f"--port={port}", *given]
    (home / "gitconfig").write_text("[user]\nname = Ana\n")
    git = {"GIT_CEILING_DIRECTORIES": str(home), "GIT_CONFIG_GLOBAL": str(home / "gitconfig")}
    environment = os.environ | folders | git
    url = f"http://127.0.0.1:{port}"
    with (home / f"{module}.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=root, env=environment)
    try:
        _wait_for(f"{url}/", process)
        yield url, root
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - the server that was just started
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no server at {url}")


@pytest.fixture
def page(server: tuple[str, Path], browser: Any) -> Iterator[Any]:
    """A tab that has loaded JupyterLab, in a window of its own: what a test leaves open is gone with it."""
    context = browser.new_context(viewport={"width": 1600, "height": 1000})
    yield load_lab(context, server[0])
    context.close()


def load_lab(context: Any, url: str) -> Any:
    """Open JupyterLab in a new tab of a browser profile."""
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(f"{url}/lab?reset")
    page.wait_for_function("() => window.jupyterapp?.restored")
    page.evaluate("() => window.jupyterapp.restored")
    return page


@pytest.fixture
def lab(server: tuple[str, Path], page: Any, request: pytest.FixtureRequest) -> Iterator[Lab]:
    """JupyterLab on the notebook of a project of this test's own."""
    url, root = server
    opened = Lab(page, url, make_project(root / request.node.name))
    yield opened
    opened.close()


def make_project(folder: Path, research: Callable[[Path], None] | None = None) -> Path:
    """A project: the research beside these tests, or what `research` writes."""
    (folder / "specs").mkdir(parents=True)
    if research:
        research(folder)
    else:
        shutil.copytree(HERE / "research", folder / "research")
    return folder

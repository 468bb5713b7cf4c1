"""Driving JupyterLab as a person does: open a notebook, run it, look at the deck."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import Any

from speckit.jupyter.lab import prepare_notebook
from speckit.paths import find_project

READY = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.revealed;
  await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
}"""
RUN_ALL = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"
RESTART = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
THEME = "name => window.jupyterapp.commands.execute('apputils:change-theme', {theme: name})"


class Lab:
    """A browser profile on one notebook of one project."""

    def __init__(self, browser: Any, url: str, project: Path, topic: str = "") -> None:
        self.url = url
        self.project = project
        self.topic = topic or "Rate limits for the export service"
        self.context = browser.new_context(viewport={"width": 1600, "height": 1000})
        self.context.set_default_timeout(20_000)
        self.notebook = prepare_notebook(find_project("research", "specs", project), self.topic)
        self.page = self.open()

    def open(self) -> Any:
        """Open the notebook in a new tab and wait for its kernel."""
        page = self.context.new_page()
        path = self.notebook.relative_to(self.project.parent).as_posix()
        page.goto(f"{self.url}/lab/workspaces/w{len(self.context.pages)}/tree/{path}?reset")
        self.ready(page)
        return page

    def ready(self, page: Any) -> None:
        """Wait until the notebook is there and its kernel answers."""
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        page.wait_for_function("() => window.jupyterapp?.shell.currentWidget?.sessionContext")
        page.evaluate(READY)

    def run_all(self, page: Any = None) -> Any:
        """Run every cell; gives the deck once it shows."""
        page = page or self.page
        page.evaluate(RUN_ALL)
        deck = page.locator(".speckit-deck").first
        deck.wait_for()
        return deck

    def restart(self) -> None:
        """Restart the kernel, as the menu does."""
        self.page.evaluate(RESTART)
        self.page.evaluate(READY)

    def theme(self, name: str) -> None:
        """Change JupyterLab's theme."""
        self.page.evaluate(THEME, name)

    def answers(self) -> list[dict[str, Any]]:
        """What the ledger holds, oldest first."""
        files = sorted(self.project.glob("specs/.speckit/*/answers/*.json"), key=lambda path: path.stat().st_mtime_ns)
        return [json.loads(path.read_text("utf-8")) for path in files]

    def close(self) -> None:
        """Close the browser's profile and end the kernels."""
        self.context.close()
        with urllib.request.urlopen(f"{self.url}/api/sessions") as reply:  # noqa: S310 - the tests' own server
            sessions = json.load(reply)
        for session in sessions:
            address = f"{self.url}/api/sessions/{session['id']}"
            urllib.request.urlopen(urllib.request.Request(address, method="DELETE"))  # noqa: S310 - the same

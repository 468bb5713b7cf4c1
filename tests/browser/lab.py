"""Driving JupyterLab as a person does: open a notebook, run it, look at the deck."""

from __future__ import annotations

import json
import re
import time
import urllib.request
from pathlib import Path
from typing import Any

from speckit.jupyter.lab import prepare_notebook
from speckit.paths import find_project

WHERE = "Where should the limiter keep its count"
TOPIC = "Rate limits for the export service"
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
    """A tab of JupyterLab on the notebook of one project."""

    def __init__(self, page: Any, url: str, project: Path, topic: str = TOPIC) -> None:
        self.url = url
        self.page = page
        self.project = project
        self.notebook = prepare_notebook(find_project("research", "specs", project), topic)
        self.path = self.notebook.relative_to(project.parent).as_posix()
        self.open(page)

    def open(self, page: Any) -> Any:
        """Open the notebook in a tab of JupyterLab, and wait for its kernel; gives where its deck is."""
        page.evaluate("path => window.jupyterapp.commands.execute('docmanager:open', {path})", self.path)
        return self.ready(page)

    def load(self, page: Any) -> Any:
        """Load the page of the notebook, as a reload of the browser does; gives where its deck is."""
        page.goto(f"{self.url}/lab/tree/{self.path}")
        return self.ready(page)

    def save(self) -> None:
        """Save the notebook."""
        self.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")

    def ready(self, page: Any) -> Any:
        """Wait until the notebook is there and its kernel answers; gives where its deck is."""
        page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell")
        page.wait_for_function("() => window.jupyterapp?.shell.currentWidget?.sessionContext")
        page.evaluate(READY)
        return page.locator(".speckit-deck").first

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
        files = sorted(
            self.project.glob("specs/.speckit/*/answers/*.json"), key=lambda path: path.stat().st_mtime_ns
        )
        return [json.loads(path.read_text("utf-8")) for path in files]

    def wait_for_answers(self, count: int) -> None:
        """Wait until the ledger holds so many records."""
        deadline = time.monotonic() + 60
        while len(self.answers()) < count and time.monotonic() < deadline:
            self.page.wait_for_timeout(50)
        assert len(self.answers()) >= count, f"{len(self.answers())} of {count} answers came to the ledger"

    def close(self) -> None:
        """Close the notebook and end its kernel."""
        self.save()
        self.page.evaluate("() => window.jupyterapp.commands.execute('application:close-all')")
        with urllib.request.urlopen(f"{self.url}/api/sessions") as reply:  # noqa: S310 - the tests' own server
            sessions = json.load(reply)
        for session in sessions:
            address = f"{self.url}/api/sessions/{session['id']}"
            urllib.request.urlopen(urllib.request.Request(address, method="DELETE"))  # noqa: S310 - the same


def find(deck: Any, words: str) -> None:
    """Go to the question that holds these words, as a person finds it."""
    deck.press("Escape")
    deck.press("/")
    field = deck.get_by_label("Find a question")
    field.fill(words)
    field.press("Enter")
    deck.locator(".sk-card").wait_for()


def option(deck: Any, label: str) -> Any:
    """The button that chooses an option."""
    return deck.locator(".sk-choose, .sk-fixed button").filter(has_text=re.compile(re.escape(label))).first


def expect_in_preview(deck: Any, text: str) -> None:
    """Wait until the preview says so."""
    deck.locator(".sk-page").get_by_text(text).first.wait_for()

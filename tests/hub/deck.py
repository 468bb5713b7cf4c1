"""A notebook with its deck in a member's browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

SECONDS = 1000.0  # in playwright's milliseconds
RUN = """async () => {
    const app = window.jupyterapp;
    const { content, sessionContext } = app.shell.currentWidget;
    content.notebookConfig = { ...content.notebookConfig, windowingMode: "none" }; // all cells
    await sessionContext.ready;
    await app.commands.execute("notebook:clear-all-cell-outputs");
    await app.commands.execute("notebook:run-all-cells");
}"""


IN_SIGHT = "name => window.jupyterapp?.shell.currentWidget?.context?.path.endsWith(name)"


def run(page: Page, name: str = ".ipynb") -> None:
    """Run all cells of the notebook in sight, once it is the one of this name, and wait for the deck.

    JupyterLab may show first what an earlier visit left open, and an earlier run's deck until its cell runs.
    """
    page.wait_for_function(IN_SIGHT, arg=name)
    page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell").first.wait_for()
    page.evaluate(
        "() => document.querySelectorAll('.speckit-deck').forEach((deck) => (deck.dataset.old = ''))"
    )
    page.evaluate(RUN)
    shown = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .speckit-deck:not([data-old])")
    expect(shown).to_be_visible(timeout=30 * SECONDS)


def decide(page: Page) -> None:
    """Go to the first question that the research leaves open."""
    page.locator(".speckit-deck nav button", has_text="Decide").click()
    page.locator(".sk-card").wait_for()


def press(page: Page, *keys: str) -> None:
    """Press keys in the deck."""
    page.locator(".speckit-deck").focus()
    for key in keys:
        page.keyboard.press(key)

"""From a click to the changed spec: the deck beside the same preview sent through `ipywidgets.HTML`.

`python tests/benchmarks/deck.py` starts JupyterLab and a headless Chromium, opens a spec with sixty questions
and measures both in one run, in the browser: from the dispatched click to the changed DOM, and to the frame
after it.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

BROWSER = Path(__file__).resolve().parent.parent / "browser"
sys.path.insert(0, str(BROWSER))

from conftest import LAB, load_lab, make_project, serve  # noqa: E402 - the tests' own harness
from find_chromium import find_chromium  # noqa: E402 - the same
from lab import Lab  # noqa: E402 - the same
from playwright.sync_api import sync_playwright  # noqa: E402 - the same
from test_large import sixty_questions  # noqa: E402 - the same

ROUNDS = 20
READING = 1000  # ms before each click, in both ways: a person reads first, and what went before has settled
WITH_HTML = """
import itertools, ipywidgets
from speckit.markdown import safe_html
from speckit.model import Answer
authoring = desk.authoring
asked = [q for q in authoring.spec.questions if len(q.options) > 1]
page, count = ipywidgets.HTML(safe_html(authoring.text)), itertools.count()
button = ipywidgets.Button(description="next").add_class("bench-next")
page.add_class("bench-page")
def show(_):
    question = asked[-1 - next(count)]
    authoring.answer(Answer(question.id, (question.options[0].label,)))
    page.value = safe_html(authoring.text)
button.on_click(show)
ipywidgets.VBox([button, page])
"""
RUN_BELOW = """async (source) => {
  const { commands, shell } = window.jupyterapp;
  await commands.execute("notebook:insert-cell-below");
  shell.currentWidget.content.activeCell.model.sharedModel.setSource(source);
  await commands.execute("notebook:run-cell");
}"""
CONTRASTED = """() => document.querySelector(".sk-choose") &&
  ![...document.querySelectorAll(".sk-option .sk-faint")].some((cell) => cell.textContent.endsWith("…"))"""
MEASURE = """([press, watch]) => new Promise((done) => {
  const target = document.querySelector(watch);
  const start = performance.now();
  const seen = new MutationObserver(() => {
    seen.disconnect();
    const changed = performance.now() - start;
    const behind = new MessageChannel(); // a task right behind the frame
    behind.port1.onmessage = () => done([changed, performance.now() - start]);
    requestAnimationFrame(() => behind.port2.postMessage(""));
  });
  seen.observe(target, {childList: true, subtree: true, characterData: true});
  document.querySelector(press).click();
})"""


def main() -> None:
    """Print one JSON value: medians and 95th percentiles in ms, and how much faster the deck is."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "root")
        root.mkdir()
        server = serve(Path(folder), root, "jupyterlab", *LAB)
        url, _ = next(server)
        try:
            with sync_playwright() as playwright:
                arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
                browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
                context = browser.new_context(viewport={"width": 1600, "height": 1000})
                page = load_lab(context, url)
                lab = Lab(page, url, make_project(root / "bench", sixty_questions))
                print(json.dumps(measure(lab), indent=1))
                lab.close()
                browser.close()
        finally:
            server.close()


def measure(lab: Lab) -> dict[str, Any]:
    """Both ways in one notebook, the same number of clicks each."""
    deck = lab.run_all()
    lab.page.locator(".speckit-export button").first.wait_for()
    lab.page.evaluate(RUN_BELOW, WITH_HTML)
    lab.page.locator(".bench-page").wait_for()
    lab.page.wait_for_timeout(3000)
    lab.page.evaluate("() => document.querySelector('.bench-page').scrollIntoView()")
    html = [click(lab, ".bench-next button, button.bench-next", ".bench-page") for _ in range(ROUNDS)]
    deck.evaluate("deck => deck.scrollIntoView()")
    deck.focus()
    ours = []
    for _ in range(ROUNDS):
        lab.page.wait_for_function(CONTRASTED)
        ours.append(click(lab, ".sk-choose", ".speckit-deck .sk-page"))
        lab.page.keyboard.press("Enter")
    size = len(deck.locator(".sk-page").inner_text())
    told: dict[str, Any] = {"preview characters": size, "clicks": ROUNDS}
    for i, name in enumerate(["DOM changed", "painted"]):
        a, b = [row[i] for row in ours], [row[i] for row in html]
        told[name] = {
            "deck median": round(statistics.median(a), 1),
            "deck p95": round(sorted(a)[int(0.95 * (len(a) - 1))], 1),
            "ipywidgets.HTML median": round(statistics.median(b), 1),
            "times faster": round(statistics.median(b) / statistics.median(a), 1),
        }
    return told


def click(lab: Lab, button: str, watched: str) -> list[float]:
    """Click a button; gives the ms until what is watched has changed, and until that is painted."""
    lab.page.wait_for_timeout(READING)
    times: list[float] = lab.page.evaluate(MEASURE, [button, watched])
    return times


if __name__ == "__main__":
    main()

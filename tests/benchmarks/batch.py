"""Measure unattended runs in one go: papermill in a loop, its API in a loop, a batch, and the stages alone.

    python tests/benchmarks/batch.py [--rows 40] [--loop 8] [--jobs 2] [--rounds 1] [--notebook PATH]

Every way drafts specs of this project's own research with the shipped notebook, each into its own folder. The
loops make `--loop` runs a round and the batch has `--rows`; where other work makes a machine uneven, take
several rounds, in which the ways alternate. Figures are specs a second of whole processes, their start
included, and seconds of processor a spec, of all processes together. Memory is the sum over all processes of
the batch of what is theirs (proportional set size).
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from speckit.authoring import Authoring
from speckit.load import load
from speckit.paths import shipped
from speckit.recipe import make_recipe
from speckit.safe_yaml import dump_yaml

RESEARCH = Path(__file__).resolve().parents[2] / "research"
DAY = "2026-11-23"
LINGER = 2  # seconds in which what outlived its parent ends too
LOOP = """
import json, sys
import papermill
for n, row in enumerate(json.load(sys.stdin)):
    papermill.execute_notebook(sys.argv[1], f"api-{n}.ipynb", row, progress_bar=False)
"""


def main() -> None:
    """Measure each way and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--loop", type=int, default=8)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--notebook", type=Path, default=shipped("notebooks") / "create-spec.ipynb")
    given = parser.parse_args()
    adopt_orphans()
    peak = Peak()
    ways: dict[str, tuple[int, Callable[[Path, list[dict[str, Any]]], None]]] = {
        "papermill in a loop": (given.loop, partial(by_command, given.notebook)),
        "papermill's API in a loop": (given.loop, partial(by_api, given.notebook)),
        "batch": (given.rows, partial(by_batch, given.jobs, peak)),
        "stages alone": (given.rows, partial(by_stages, given.jobs)),
    }
    wall, processor = Counter[str](), Counter[str]()
    for _ in range(given.rounds):
        for way, (count, act) in ways.items():
            with tempfile.TemporaryDirectory() as name:
                shutil.copytree(RESEARCH, Path(name) / "research")
                seconds, burnt = timed(lambda act=act, count=count, name=name: act(Path(name), rows(count)))
            wall[way] += seconds / given.rounds / count
            processor[way] += burnt / given.rounds / count
    print("way                       specs/s  batch is       processor s/spec  batch is")
    for way in ways:
        print(
            f"{way:25} {1 / wall[way]:8.2f}  {wall[way] / wall['batch']:6.2f} times"
            f"  {processor[way]:15.2f}  {processor[way] / processor['batch']:6.2f} times less"
        )
    print(f"peak memory of the batch: {peak.megabytes:.0f} MB")


def rows(count: int) -> list[dict[str, Any]]:
    """Recipes of as many specs, on topics that the research has."""
    documents = load(RESEARCH.parent, RESEARCH, RESEARCH.parent / "specs").documents
    topics = [document.title.removeprefix("Research: ") for document in documents]
    return [{"topic": topics[n % len(topics)], "specs": f"specs-{n}", "as_of": DAY} for n in range(count)]


def by_command(notebook: Path, folder: Path, recipes: list[dict[str, Any]]) -> None:
    """One `papermill` a spec."""
    for recipe in recipes:
        (folder / "recipe.yaml").write_text(dump_yaml(recipe))
        run(folder, "papermill", str(notebook), "out.ipynb", "-f", "recipe.yaml", "--no-progress-bar")


def by_api(notebook: Path, folder: Path, recipes: list[dict[str, Any]]) -> None:
    """One process that calls papermill for each spec."""
    command = [sys.executable, "-c", LOOP, str(notebook)]
    subprocess.run(
        command, cwd=folder, input=json.dumps(recipes).encode(), check=True, stderr=subprocess.DEVNULL
    )


def by_batch(jobs: int, peak: Peak, folder: Path, recipes: list[dict[str, Any]]) -> None:
    """One batch, with its memory watched."""
    (folder / "manifest.yaml").write_text(dump_yaml({"specs": recipes}))
    with peak:
        run(folder, "speckit", "batch", "manifest.yaml", "-j", str(jobs))


def by_stages(jobs: int, folder: Path, recipes: list[dict[str, Any]]) -> None:
    """No notebook: each core drafts and exports in one process, after all is loaded."""
    share = [recipes[n::jobs] for n in range(jobs)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        list(pool.map(draft, [folder] * jobs, share))


def draft(folder: Path, recipes: list[dict[str, Any]]) -> None:
    """Write specs, without a notebook."""
    for recipe in recipes:
        Authoring(make_recipe(recipe), folder).export()


def run(folder: Path, program: str, *arguments: str) -> None:
    """Run a program of this environment to its end."""
    command = [str(Path(sys.executable).parent / program), *arguments]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def timed(act: Callable[[], None]) -> tuple[float, float]:
    """Seconds that it takes, and seconds of processor, also of what outlived those that started it."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    act()
    seconds = time.perf_counter() - begun
    with suppress(ChildProcessError):
        while time.perf_counter() < begun + seconds + LINGER:
            os.waitpid(-1, os.WNOHANG)
            time.sleep(0.05)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent has ended, such as a forkserver, to count them."""
    set_child_subreaper = 36  # of <linux/prctl.h>
    ctypes.CDLL(None).prctl(set_child_subreaper, 1)


class Peak:
    """Watches what all processes that this one has started take together."""

    def __init__(self) -> None:
        self.megabytes = 0.0

    def __enter__(self) -> None:
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            self.megabytes = max(self.megabytes, sum(map(proportional, below(os.getpid()))) / 1024)


def below(pid: int) -> list[int]:
    """The processes that a process started, and theirs."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return found + [further for child in found for further in below(child)]


def proportional(pid: int) -> int:
    """The memory of a process in kB, what it shares counted in part; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main()

"""The batch: every row has one result, whatever becomes of it, and stands until its inputs change."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_notebook

from speckit.cli import main
from speckit.errors import RecipeError
from speckit.jupyter.batch import Result, Row, executor, read_rows, run_batch
from speckit.safe_yaml import dump_yaml

TOPICS = ("A papermill engine that forks a warm parent", "Sharing on JupyterHub", "Ledger without locks")


@pytest.fixture
def portfolio(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a manifest of three recipes, as the working directory."""
    monkeypatch.chdir(project)
    write_manifest(project, *({"topic": topic, "as_of": "2026-11-23"} for topic in TOPICS))
    return project


def write_manifest(folder: Path, *recipes: dict[str, Any]) -> None:
    (folder / "manifest.yaml").write_text(dump_yaml({"specs": list(recipes)}))


def run(*rows: Row, jobs: int = 2, **options: Any) -> dict[str, Result]:
    """Run rows here, and return the results by name."""
    with executor(jobs) as runs:
        results = list(run_batch(rows, runs, Path("runs"), **options))
    assert len(results) == len(rows)
    return {result.name: result for result in results}


def cells(path: Path, *sources: str) -> Path:
    """A notebook that stands for the shipped one, with the parameter `topic`."""
    parameters = new_code_cell("topic = ''; specs = ''", metadata={"tags": ["parameters"]})
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    node = new_notebook(cells=[parameters, *map(new_code_cell, sources)], metadata={"kernelspec": spec})
    nbformat.write(node, path)
    return path


def row(name: str, **parameters: str) -> Row:
    return Row(name, {"topic": name, **parameters})


def test_each_row_leaves_a_spec_and_an_executed_notebook(portfolio: Path):
    """The outcome in its result is the one that the notebook told."""
    results = run(*read_rows("manifest.yaml"))
    for result in results.values():
        assert (result.code, result.error) == (0, "")
        assert result.outcome
        assert (portfolio / result.outcome["path"]).is_file()
        assert nbformat.read(result.notebook, 4).metadata.papermill.exception is None
    assert len(list((portfolio / "specs").glob("*.md"))) == len(TOPICS)


def test_the_text_is_what_the_command_writes(portfolio: Path):
    """The same recipe gives the same bytes by `speckit new` and in a batch."""
    result = run(read_rows("manifest.yaml")[1])["sharing-on-jupyterhub"]
    assert result.outcome
    by_batch = (portfolio / result.outcome["path"]).read_bytes()
    shutil.rmtree(portfolio / "specs")
    done = CliRunner().invoke(main, ["new", TOPICS[1], "--as-of", "2026-11-23"])
    assert done.exit_code == 0, done.output
    assert (portfolio / result.outcome["path"]).read_bytes() == by_batch


def test_a_failed_row_is_a_row(portfolio: Path):
    """Mistakes, time limits and crashes each give a result with its code, its error and the failing cell."""
    hang = cells(
        portfolio / "hang.ipynb",
        "if topic == 'hangs':\n    while True: pass",
        "import os",
        DIES,
        "1 / (topic != 'divides')",
    )
    results = run(
        row("fine"),
        row("hangs"),
        row("dies"),
        row("divides"),
        Row("typo", {"topick": "x"}),
        notebook=hang,
        timeout=2,
    )
    assert {name: (result.code, result.error.partition(":")[0]) for name, result in results.items()} == {
        "fine": (0, ""),
        "hangs": (1, "CellTimeoutError"),
        "dies": (1, "DeadKernelError"),
        "divides": (1, "ZeroDivisionError"),
        "typo": (2, "typo"),
    }
    assert results["dies"].cell == DIES
    assert "'topick' is no parameter" in results["typo"].error


DIES = "if topic == 'dies':\n    os._exit(9)"


def test_the_exit_code_is_the_worst_row(portfolio: Path):
    """Unanswered under `fail` outranks a mistake, which outranks success; the JSON has every row."""
    write_manifest(
        portfolio,
        {"topic": TOPICS[0]},
        {"topic": TOPICS[1], "unanswered": "fail"},
        {"topic": "quixotic zeppelins"},
    )
    done = CliRunner().invoke(main, ["batch", "manifest.yaml", "--json"])
    assert done.exit_code == 3
    results = {result["name"]: result for result in json.loads(done.stdout)}
    assert sorted(result["code"] for result in results.values()) == [0, 2, 3]
    assert "Desk(" in results["quixotic-zeppelins"]["cell"]


def test_what_a_policy_decides_never_enters_the_ledger(portfolio: Path):
    """Under `recommended` answers are provisional in the outcome, and no record is written."""
    write_manifest(portfolio, {"topic": TOPICS[2], "unanswered": "recommended"})
    (result,) = run(*read_rows("manifest.yaml")).values()
    assert result.outcome
    assert "provisional" in {asked["state"] for asked in result.outcome["questions"]}
    assert list(portfolio.glob("specs/.speckit/*/answers/*")) == []


class Counting(Executor):
    """An executor of threads that counts what it is given."""

    def __init__(self) -> None:
        self.rows: list[str] = []
        self._threads = ThreadPoolExecutor(2)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Count a row and run it."""
        self.rows.append(args[0].name)
        return self._threads.submit(fn, *args, **kwargs)


def ran(*rows: Row) -> list[str]:
    """The names of the rows that had to run."""
    counting = Counting()
    assert len(list(run_batch(rows, counting, Path("runs")))) == len(rows)
    return sorted(counting.rows)


def test_a_row_stands_until_its_inputs_change(portfolio: Path):
    """Research, recipe, answers and the document are inputs; time and the other rows are not."""
    rows = read_rows("manifest.yaml")[1:]
    names = sorted(row.name for row in rows)
    assert ran(*rows) == names
    assert ran(*rows) == []
    assert ran(rows[0], Row(rows[1].name, rows[1].parameters | {"owner": "Core"})) == [rows[1].name]
    next((portfolio / "research").rglob("*.md")).open("a").write("\nOne more line.\n")
    assert ran(*rows) == names
    spec = next(portfolio.glob("specs/*-sharing-on-jupyterhub.md"))
    spec.write_text(spec.read_text().replace("## ", "A person's words.\n\n## ", 1))
    assert ran(*rows) == ["sharing-on-jupyterhub"]


@pytest.mark.usefixtures("portfolio")
def test_an_answer_is_an_input():
    """A row runs again when somebody has answered one of its questions, and then stands."""
    (sharing,) = read_rows("manifest.yaml")[1:2]
    (result,) = run(sharing).values()
    assert result.outcome
    asked = next(a for a in result.outcome["questions"] if a["state"] == "open" and a["options"])
    done = CliRunner().invoke(main, ["board", "--answer", f"{asked['id']}={asked['options'][0]}"])
    assert done.exit_code == 0, done.output
    assert ran(sharing) == [sharing.name]
    assert ran(sharing) == []


@pytest.mark.usefixtures("portfolio")
def test_a_failed_row_runs_again():
    """What failed may succeed at the next start."""
    assert ran(row("quixotic zeppelins")) == ["quixotic zeppelins"]
    assert ran(row("quixotic zeppelins")) == ["quixotic zeppelins"]


@pytest.mark.slow
def test_an_interrupted_batch_goes_on_where_it_was(portfolio: Path):
    """After Ctrl-C and a second start every row has run once to its end, and has one result."""
    recipes = [{"topic": TOPICS[1], "specs": f"specs-{n}"} for n in range(12)]
    write_manifest(portfolio, *recipes)
    command = [sys.executable, "-m", "speckit.cli", "batch", "manifest.yaml", "-j", "2", "--json"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    # What a shell starts in the background ignores Ctrl-C, and so would its children.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    first = subprocess.Popen(command, cwd=portfolio, preexec_fn=heed, **quiet)  # noqa: PLW1509 - no other thread runs here
    end = time.monotonic() + 120
    while len(list(portfolio.glob("runs/*.json"))) < 3 and time.monotonic() < end:
        time.sleep(0.05)
    first.send_signal(signal.SIGINT)
    assert first.wait(60) != 0
    kept = {path: path.stat().st_mtime_ns for path in portfolio.glob("runs/*.json")}
    assert 3 <= len(kept) < len(recipes)
    second = subprocess.run(command, cwd=portfolio, capture_output=True, text=True, check=True)
    results = json.loads(second.stdout)
    assert len({result["name"] for result in results}) == len(results) == len(recipes)
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def test_what_ran_a_row_may_die(tmp_path: Path):
    """An executor that breaks leaves failed rows, no crash."""
    with ThreadPoolExecutor(1, initializer=lambda: 1 / 0) as broken:
        (result,) = run_batch([row("one")], broken, tmp_path)
    assert (result.code, result.error.partition(":")[0]) == (1, "BrokenThreadPool")


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("specs: []", "holds no recipe"),
        ("specs: [one]", "holds what is no recipe"),
        ("specs: [{topic: a b}, {topic: A  B}]", "two rows would write the spec of 'A  B'"),
        ("- a\n- b", "holds what is no recipe"),
        ("specs: [", "is not YAML that can be read"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_one_line(manifest: str, message: str, tmp_path: Path):
    """The line says what is wrong with which file."""
    path = tmp_path / "m.yaml"
    path.write_text(manifest)
    with pytest.raises(RecipeError, match=message) as caught:
        read_rows(str(path))
    assert "m.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_manifest_may_be_a_folder_or_a_pattern(portfolio: Path):
    """Specs are run again from the recipes in their ledgers, recipes from a folder of them."""
    run(*read_rows("manifest.yaml"))
    by_folder = read_rows("specs")
    assert sorted(row.parameters["topic"] for row in by_folder) == sorted(TOPICS)
    assert read_rows("specs/*.md") == by_folder
    assert [row.parameters["topic"] for row in read_rows("specs/*-sharing-*.md")] == [TOPICS[1]]
    (portfolio / "recipes").mkdir()
    (portfolio / "recipes" / "one.yaml").write_text("topic: One\n")
    assert read_rows("recipes") == (Row("one", {"topic": "One"}),)


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_loses_no_row(portfolio: Path):
    """Two daemonic Dask workers run rows; one is killed in the middle, and each row has one result."""
    distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
    notebook = cells(portfolio / "quick.ipynb", "import time\ntime.sleep(0.05)\ntopic")
    rows = [row(f"row {n}") for n in range(200)]
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=40
        ) as cluster,
        executor(1, cluster.scheduler_address) as runs,
    ):
        results = []
        for result in run_batch(rows, runs, Path("runs"), notebook=notebook):
            results.append(result)
            if len(results) == 50:
                os.kill(next(iter(cluster.workers.values())).process.pid, signal.SIGKILL)
    assert sorted(result.name for result in results) == sorted(row.name for row in rows)
    assert {(result.code, result.error) for result in results} == {(0, "")}


@pytest.mark.slow
def test_five_hundred_runs_of_which_a_hundred_are_under_way_at_once_all_end(portfolio: Path):
    """None hangs, and each has its own result."""
    notebook = cells(portfolio / "quick.ipynb", "import time\ntime.sleep(0.2)\ntopic")
    rows = [row(f"row {n}") for n in range(500)]
    with ThreadPoolExecutor(100) as runs:
        results = list(run_batch(rows, runs, Path("runs"), notebook=notebook))
    assert sorted(result.name for result in results) == sorted(row.name for row in rows)
    assert {(result.code, result.error) for result in results} == {(0, "")}

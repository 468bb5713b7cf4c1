"""The engine: a notebook executed in a child of the warm parent is the notebook that a kernel gives."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems use kernels")

# A kernel looks at its descriptors beside the cell: what it sees by the end of one, and when, is chance.
LATE = "time.sleep(0.5)"

# One notebook for each kind of output that the kit or IPython offers.
NOTEBOOKS: dict[str, tuple[str, ...]] = {
    "streams": (
        "print('a')\nimport sys\nprint('b', file=sys.stderr)\nprint('c')",
        "print('no newline', end='')",
        "import threading\nt = threading.Thread(target=print, args=('from a thread',))\nt.start(); t.join()",
    ),
    "descriptors": (
        f"import os, time\nos.system('echo from a shell'); {LATE}",
        f"os.system('echo beside it >&2'); {LATE}",
        f"import subprocess\nsubprocess.run(['echo', 'from a command'], check=True); {LATE}",
        f"os.write(1, 'ünder\\n'.encode()); {LATE}",
        "!echo magic",
        "%%bash\necho whole cell",
    ),
    "results": ("1 + 1", "1;", "None", "_ * 21 if _ else _", "{'b': [1, 2], 'a': {3}}", "Out[1]"),
    "rich bundles": (
        "from IPython.display import HTML, JSON, Image, Latex, Markdown, SVG, display",
        "display(Markdown('**m**'), HTML('<b>h</b>'))\nLatex('$x$')",
        "JSON({'a': [1, None]})",
        "SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')",
        "class Two:\n    def _repr_mimebundle_(self, **_):\n        return {'text/plain': 'p'}, {}\nTwo()",
        "display({'application/x+json': {'k': [1]}, 'text/plain': 'p'}, raw=True, metadata={'m': 1})",
        "Image(data=bytes.fromhex('89504e470d0a1a0a'), format='png')",
    ),
    "updates": (
        "handle = display('first', display_id='here')",
        "handle.update('second')",
        "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')",
        "for n in range(3):\n    clear_output(wait=True)\n    print(n)",
    ),
    "errors": ("def f():\n    raise ValueError('ünder')\n", "print('before')\nf()", "print('never')"),
    "syntax errors": ("x = = 1",),
    "one-line errors": ("from speckit.errors import RecipeError\nraise RecipeError('no topic: say one')",),
    "asynchronous": (
        "import asyncio\nawait asyncio.sleep(0)\nasyncio.get_running_loop().is_running()",
        "async def g():\n    return 5\nawait g()",
    ),
    "refused input": ("input('name? ')",),
    "warnings and logging": (
        "import logging, warnings\nlogging.warning('careful')",
        "warnings.warn('old')",
        "logging.getLogger('x').info('silent')",
    ),
    "capture and magics": (
        "%%capture told\nprint('kept')",
        "told.stdout",
        "%env PAGER",
        "%matplotlib inline",
        "import pickle\nclass C: pass\npickle.loads(pickle.dumps(C())).__class__.__module__, __name__",
    ),
    "widgets": (
        "import ipywidgets\nslider = ipywidgets.IntSlider(3)\nslider",
        "slider.value = 4\nout = ipywidgets.Output()\nout",
        "out.append_stdout('appended')",
        "with out:\n    print('captured')",
        "out.outputs",
    ),
    "exit": ("raise SystemExit(0)", "1"),
}


def notebook(*cells: str) -> nbformat.NotebookNode:
    """A notebook of code cells for this Python's kernel."""
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata={"kernelspec": spec})


def execute(path: Path, *cells: str, engine: str = "speckit", **options: Any) -> nbformat.NotebookNode:
    """Execute cells as papermill does, and return the notebook that it left behind."""
    nbformat.write(notebook(*cells), path)
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # where ipykernel sees it, it leaves descriptors alone
    with suppress(PapermillExecutionError):
        papermill.execute_notebook(
            path, path, engine_name=engine, progress_bar=False, cwd=path.parent, **options
        )
    return nbformat.read(path, 4)


def normal(value: Any) -> Any:
    """A notebook without what differs between two runs of one kernel: ids, times, addresses, file names."""
    if isinstance(value, dict):
        ids = sorted(value) if all(re.fullmatch("[0-9a-f]{32}", key) for key in value) else []
        dropped = {"id", "start_time", "end_time", "duration", "input_path", "output_path"}
        kept = {key: normal(item) for key, item in value.items() if key not in dropped and key not in ids}
        if isinstance(kept.get("execution"), dict):
            kept["execution"] = sorted(kept["execution"])  # the names of the moments
        return kept | ({"models": sorted(map(repr, (normal(value[key]) for key in ids)))} if ids else {})
    if isinstance(value, list):
        return [normal(item) for item in value]
    if isinstance(value, str):
        text = re.sub("[0-9a-f]{32}", "<id>", value)
        return re.sub(r"ipykernel_\d+/\d+", "ipykernel_N/N", re.sub("0x[0-9a-f]{8,}", "0x0", text))
    return value


def outputs(node: nbformat.NotebookNode) -> str:
    """All that the cells of a notebook printed or returned."""
    found = (output for cell in node.cells if cell.cell_type == "code" for output in cell.outputs)
    return "".join(o.get("text") or o.get("evalue") or o.data.get("text/plain", "") for o in found)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_child_gives_what_a_kernel_gives(name: str, tmp_path: Path):
    """Outputs, errors, counts and metadata are equal, ids and times aside."""
    forked = execute(tmp_path / "n.ipynb", *NOTEBOOKS[name])
    by_kernel = execute(tmp_path / "n.ipynb", *NOTEBOOKS[name], engine="nbclient")
    assert "kernel" not in forked.metadata.pop("speckit", {}), "it fell back to a kernel"
    assert normal(forked) == normal(by_kernel)


def test_what_a_cell_writes_to_a_descriptor_stands_before_its_result(tmp_path: Path):
    """A child leaves nothing of it to chance, however much it is."""
    told = execute(tmp_path / "n.ipynb", "import os\nfor n in range(2000): os.write(1, b'line\\n')\nn")
    assert outputs(told) == "line\n" * 2000 + "1999"


def test_a_child_changes_nothing_for_the_next(tmp_path: Path):
    """Environment, logging and modules that a notebook alters are as they were in the next one."""
    imports = "import json, logging, os\n"
    spoil = imports + "os.environ['SPOILT'] = json.spoilt = 'yes'\nlogging.disable(50)"
    look = imports + "'SPOILT' in os.environ, hasattr(json, 'spoilt'), logging.root.isEnabledFor(40)"
    execute(tmp_path / "first.ipynb", spoil)
    assert outputs(execute(tmp_path / "second.ipynb", look)) == "(False, False, True)"


def test_a_child_sees_the_callers_environment_and_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Also what was set after the warm parent started, which has its own."""
    execute(tmp_path / "n.ipynb", "1")
    monkeypatch.setenv("SET_LATE", "seen")
    (tmp_path / "neighbour.py").write_text("NAME = 'imported'\n")
    told = execute(
        tmp_path / "n.ipynb",
        "import neighbour, os\nprint(os.environ['SET_LATE'], neighbour.NAME, os.getcwd())",
    )
    assert outputs(told) == f"seen imported {tmp_path}\n"


@pytest.mark.parametrize(
    ("cell", "name", "message"),
    [
        (
            "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
            "DeadKernelError",
            "by signal 9 (SIGKILL)",
        ),
        ("import os\nos._exit(7)", "DeadKernelError", "with exit code 7"),
        ("while True: pass", "CellTimeoutError", "after 1 seconds"),
        ("import time\ntime.sleep(60)", "CellTimeoutError", "after 1 seconds"),
    ],
)
def test_a_child_that_ends_or_hangs_is_an_error_of_its_cell(
    cell: str, name: str, message: str, tmp_path: Path
):
    """The notebook keeps what was done, names the cell, and has papermill's record of an error."""
    told = execute(tmp_path / "n.ipynb", "print('kept')", cell, "print('never')", execution_timeout=1)
    marker, first, anchor, failed, last = told.cells
    assert "papermill-error-cell-tag" in marker.metadata.tags + anchor.metadata.tags
    assert first.outputs[0].text == "kept\n"
    assert failed.outputs[-1].ename == name
    assert message in failed.outputs[-1].evalue
    assert failed.metadata.papermill.status == "failed"
    assert told.metadata.papermill.exception is True
    assert last.outputs == []


def test_no_process_outlives_its_notebook(tmp_path: Path):
    """Neither the child nor what its cells started is left, also where the cell had to be ended."""
    start = "import os, subprocess\nprint(os.getpid(), subprocess.Popen(['sleep', '600']).pid)"
    for last in ("1", "while True: pass"):
        told = execute(tmp_path / "n.ipynb", start, last, execution_timeout=1)
        pids = next(cell for cell in told.cells if cell.source == start).outputs[0].text.split()
        assert [pid for pid in pids if is_running(int(pid))] == []


def is_running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("forever", ["pass", "print('unread' * 1000)"])
def test_a_child_ends_with_its_client(forever: str, tmp_path: Path):
    """Where papermill is killed, the child goes too, although its cell is in a loop."""
    pid_file = tmp_path / "pid"
    tell = f"import os, pathlib\npathlib.Path({str(pid_file)!r}).write_text(str(os.getpid()))"
    nbformat.write(notebook(tell, f"while True: {forever}"), tmp_path / "n.ipynb")
    command = ["-m", "papermill", "--engine", "speckit", "n.ipynb", "out.ipynb"]
    client = subprocess.Popen([sys.executable, *command], cwd=tmp_path, stderr=subprocess.DEVNULL)
    wait_until(lambda: pid_file.exists() and bool(pid_file.read_text()))
    client.send_signal(signal.SIGKILL)
    client.wait()
    wait_until(lambda: not is_running(int(pid_file.read_text())))


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_a_memory_limit_is_an_error_of_the_cell_that_needs_more(tmp_path: Path):
    """The cell raises MemoryError and the child lives."""
    limit = 1 << 30
    told = execute(
        tmp_path / "n.ipynb",
        "try:\n    bytearray(2 << 30)\nexcept MemoryError:\n    print('refused')",
        memory_limit=limit,
    )
    assert outputs(told) == "refused\n"


def test_what_a_cell_leaves_open_is_written(tmp_path: Path):
    """A file that was written to and never closed is whole when the run is over."""
    execute(tmp_path / "n.ipynb", "file = open('left-open.txt', 'w')", "_ = file.write('all of it')")
    assert (tmp_path / "left-open.txt").read_text() == "all of it"


def test_a_caller_is_not_run_again_in_the_child(tmp_path: Path):
    """A script without the guard that multiprocessing asks for executes a notebook, and runs once."""
    nbformat.write(notebook("40 + 2"), tmp_path / "n.ipynb")
    (tmp_path / "script.py").write_text(
        "import papermill\nprint('ran')\n"
        "papermill.execute_notebook('n.ipynb', 'out.ipynb', engine_name='speckit', progress_bar=False)\n"
    )
    done = subprocess.run(
        [sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "ran\n"
    assert outputs(nbformat.read(tmp_path / "out.ipynb", 4)) == "42"


@pytest.mark.parametrize(
    ("cell", "spec", "reason"),
    [
        ("%connect_info", {}, "a cell uses %connect_info"),
        ("1", {"name": "elsewhere"}, "'elsewhere' is not a plain kernel of this Python"),
    ],
)
def test_what_a_child_cannot_do_is_left_to_a_kernel(
    cell: str,
    spec: dict[str, str],
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    """The notebook is executed all the same; its metadata and the log say by what and why."""
    kernels = tmp_path / "kernels" / "elsewhere"
    kernels.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    known = {"argv": argv, "display_name": "Elsewhere", "language": "python", "env": {"SOME": "thing"}}
    (kernels / "kernel.json").write_text(json.dumps(known))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    told = execute(tmp_path / "n.ipynb", cell, **({"kernel_name": spec["name"]} if spec else {}))
    assert told.metadata.speckit.kernel == reason
    assert told.cells[-1].execution_count == 1
    assert reason in caplog.text


def test_importing_papermill_loads_nothing_heavy():
    """Every import of papermill imports every registered engine, so this one must be light."""
    heavy = ("speckit.authoring", "IPython", "ipykernel")
    code = f"import papermill.engines, sys; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_exit_code_of_a_mistake_is_in_the_metadata(tmp_path: Path):
    """Papermill can only fail with 1; what `speckit new` would have said stands in the notebook."""
    told = execute(
        tmp_path / "n.ipynb", "from speckit.errors import UnansweredError\nraise UnansweredError('one')"
    )
    assert told.metadata.speckit.exit_code == 3

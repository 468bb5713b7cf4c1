"""Diagrams: mermaid's own verdict with the line of the source, drawn within limits, remembered."""

from __future__ import annotations

import base64
import multiprocessing
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from speckit import diagrams
from speckit.diagrams import diagram_image, draw_diagram, draw_diagrams, parse_diagram, process
from speckit.diagrams.process import Process
from speckit.errors import SpeckitError

LAMP = "flowchart TD\n    wick[Wick] --> flame[Flame]\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache of the test's own, empty."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")
    diagrams._folder.cache_clear()
    yield tmp_path / "cache"
    diagrams._folder.cache_clear()


def kept(cache: Path) -> list[Path]:
    return list(cache.rglob("*.json"))


def test_good_diagrams_of_many_kinds_parse() -> None:
    """What mermaid accepts is accepted, and comes back as an SVG that is well-formed XML."""
    sources = [
        LAMP,
        "sequenceDiagram\n    Ada->>Lamp: light\n    Lamp-->>Ada: shine",
        "erDiagram\n    HALL ||--o{ LAMP : holds",
        "stateDiagram-v2\n    [*] --> dark\n    dark --> lit",
        "classDiagram\n    Lamp <|-- OilLamp",
        'flowchart LR\n    a["2 < 3 & „quoted“<br/>next"] --> b',
    ]
    for drawing in draw_diagrams(sources).values():
        assert (drawing.error, drawing.line) == ("", 0)
        assert ET.fromstring(drawing.svg).tag.endswith("svg")  # noqa: S314 - drawn here


@pytest.mark.parametrize(
    ("source", "told"),
    [
        pytest.param(
            "flowchart TD\n    a --> b\n    b --> c[wick (new)]\n",
            'line 3: unexpected "(new)]" in "b --> c[wick (new)]"',
            id="a bracket in a label",
        ),
        pytest.param(
            "flowchart TD\n\n    %% one\n\n    %% two\n    a --> b(\n",
            'line 6: something is missing after "a --> b("',
            id="comments and blank lines count",
        ),
        pytest.param(
            "---\ntitle: Lamp\n---\n%%{init: {'theme': 'dark'}}%%\nsequenceDiagram\n    a->>>b\n",
            'line 6: unexpected ">b" in "a->>>b"',
            id="frontmatter and directives count",
        ),
        pytest.param("lamp\n", "line 1: 'lamp' names no kind of diagram", id="no kind of diagram"),
        pytest.param("", "line 1: '' names no kind of diagram", id="nothing"),
    ],
)
def test_a_refusal_names_the_line_of_the_source(source: str, told: str) -> None:
    """The line is that of the source as written, and the message is one line."""
    error = parse_diagram(source)
    assert error is not None
    assert error.startswith(told)
    assert "\n" not in error


def test_a_diagram_is_drawn_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source seen before is answered without a process, refusals too."""
    first = draw_diagrams([LAMP, "lamp"])
    monkeypatch.setattr(diagrams, "_PROCESS", Process(cache / "no-such-script.py"))
    assert draw_diagrams([LAMP, "lamp"]) == first
    assert len(kept(cache)) == 2


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"svg": "", "error": "", "line": 0}', '{"svg": 1, "line": "x"}']
)
def test_a_broken_cache_is_drawn_over(text: str, cache: Path) -> None:
    """Whatever stands in the cache, the drawing is right, and the cache is mended."""
    svg = draw_diagram(LAMP)
    (file,) = kept(cache)
    whole = file.read_bytes()
    file.write_text(text)
    assert draw_diagram(LAMP) == svg
    assert file.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_done_without(cache: Path) -> None:
    """Where the cache should be there is a file: the diagram is drawn all the same."""
    cache.write_text("in the way")
    assert draw_diagram(LAMP).startswith("<svg")


def test_a_slow_diagram_is_given_up_and_the_others_are_drawn(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One diagram that takes too long costs neither the others nor the next try."""
    stuck = cache.parent / "stuck.py"
    monkeypatch.setattr(process, "SECONDS", 2)
    stuck.write_text(
        "import json, sys, time\n"
        "for line in sys.stdin:\n"
        "    time.sleep(60 * ('slow' in line))\n"
        "    print(json.dumps({'svg': '<svg/>'}), flush=True)\n"
    )
    monkeypatch.setattr(diagrams, "_PROCESS", Process(stuck))
    drawings = draw_diagrams(["one", "slow", "two"])
    assert [drawings[source].svg for source in ("one", "slow", "two")] == ["<svg/>", "", "<svg/>"]
    assert drawings["slow"].error.startswith("it takes longer than 2 seconds")
    assert len(kept(cache)) == 2


def test_the_process_is_kept_and_one_that_ended_idle_is_replaced(tmp_path: Path) -> None:
    """A second diagram is drawn by the same process; one that went leaves no zombie and costs no answer."""
    script = tmp_path / "once.py"
    script.write_text(
        "import json, os, sys\n"
        "for line in sys.stdin:\n"
        "    print(json.dumps({'svg': str(os.getpid())}), flush=True)\n"
        "    if 'last' in line: sys.exit()\n"
    )
    drawing = Process(script)
    first, second = drawing.ask("one"), drawing.ask("last")
    assert first == second
    assert first
    deadline = time.monotonic() + 10
    while psutil.pid_exists(int(first["svg"])):  # a zombie is one too
        assert time.monotonic() < deadline
    third = drawing.ask("next")
    assert third
    assert third != first
    drawing._end()


def test_a_process_that_answers_otherwise_is_ended_and_replaced(tmp_path: Path) -> None:
    """What it was asked is given up at once, the next diagram is drawn."""
    script = tmp_path / "odd.py"
    script.write_text(
        "import sys\nfor line in sys.stdin: print('{}' if 'odd' not in line else 'no JSON', flush=True)\n"
    )
    drawing = Process(script)
    assert [drawing.ask(source) for source in ("one", "odd", "two")] == [{}, None, {}]
    drawing._end()


def test_a_fork_draws_in_a_process_of_its_own(tmp_path: Path) -> None:
    """A child that was forked does not read the answers of its parent."""
    script = tmp_path / "who.py"
    script.write_text(
        "import json, os, sys\n"
        "for line in sys.stdin: print(json.dumps({'svg': str(os.getppid())}), flush=True)\n"
    )
    drawing = Process(script)
    mine = drawing.ask("one")
    context = multiprocessing.get_context("fork")
    told = context.SimpleQueue()
    child = context.Process(target=lambda: told.put(drawing.ask("two")))
    child.start()
    assert told.get() != mine
    child.join()
    assert drawing.ask("three") == mine
    drawing._end()


def test_patience_ends(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many diagrams never end, the whole takes a few time limits."""
    silent = cache.parent / "silent.py"
    silent.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(process, "SECONDS", 0.2)
    monkeypatch.setattr(diagrams, "_PROCESS", Process(silent))
    drawings = draw_diagrams([f"lamp {number}" for number in range(50)])
    errors = [drawing.error for drawing in drawings.values()]
    assert sum("takes longer" in error for error in errors) == diagrams.PATIENCE
    assert sum("was not tried" in error for error in errors) == 50 - diagrams.PATIENCE


def test_a_diagram_too_slow_to_draw_is_not_one_that_does_not_parse(monkeypatch: pytest.MonkeyPatch) -> None:
    """A diagram whose source mermaid did not refuse has no parse error."""
    monkeypatch.setattr(diagrams, "SOURCE_LIMIT", 10)
    assert parse_diagram(LAMP) is None
    with pytest.raises(SpeckitError, match="characters, at most 10"):
        draw_diagram(LAMP)


def test_a_diagram_that_does_not_parse_cannot_be_drawn() -> None:
    """The message of the error has the line."""
    with pytest.raises(SpeckitError, match="the diagram cannot be drawn: line 1"):
        draw_diagram("lamp")


def test_an_image_holds_the_drawing() -> None:
    """The data URI is the SVG in base64, so that nothing in it can end an attribute."""
    head, _, body = diagram_image(LAMP).partition(",")
    assert head == "data:image/svg+xml;base64"
    assert base64.b64decode(body).decode() == draw_diagram(LAMP)


def test_a_module_of_the_working_directory_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file named like a library, beside a person's research, has no part in drawing."""
    (tmp_path / "mermaidx.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    assert draw_diagram(LAMP).startswith("<svg")

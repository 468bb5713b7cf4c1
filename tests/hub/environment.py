"""An environment with a JupyterHub and this checkout's wheel, which every user of the machine can run.

The project's own environment will not do: its Python may lie in somebody's private folder. The environment is
kept between runs, by what it is made from; this checkout's wheel is installed anew each time.

    python tests/hub/environment.py     makes it, so that the tests need not
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
KEPT = Path("/var/tmp")  # noqa: S108 - the folder made in it is checked to be our own
HUB = "jupyterhub>=5.5.1"  # before it, sharing had a hole: GHSA-c4gm-pwx9-9w8j
PROXY = "configurable-http-proxy@5"
MINUTES = 60


def hub_environment() -> Path:
    """Make the environment, or take the one there is.

    Returns:
        Its folder, with programs in `bin/`.
    """
    python = public_python()
    dependencies = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"][
        "dependencies"
    ]
    recipe = [HUB, PROXY, str(python), *dependencies]
    folder = KEPT / "speckit-hub"
    folder.mkdir(mode=0o755, exist_ok=True)
    assert folder.stat().st_uid == os.getuid(), f"{folder} is somebody else's: remove it"
    pip, made_from = folder / "bin" / "pip", folder / "made-from"
    if not made_from.exists() or made_from.read_text() != repr(recipe):
        run(str(python), "-m", "venv", str(folder))
        run(str(pip), "install", "--quiet", HUB, *dependencies)
        run("npm", "install", "--silent", "--prefix", str(folder / "proxy"), PROXY)
        made_from.write_text(repr(recipe))
    run(str(pip), "install", "--quiet", "--no-deps", "--force-reinstall", str(REPOSITORY))
    return folder


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other run of these tests has the environment and the users."""
    with (KEPT / "speckit-hub.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def public_python() -> Path:
    """A Python that other users can run."""
    names = (sys._base_executable, "/usr/bin/python3", "/usr/local/bin/python3")  # type: ignore[attr-defined]
    found = (Path(name).resolve() for name in names if Path(name).exists())
    for python in found:
        version = run(str(python), "-c", "import sys; print(*sys.version_info[:2])").split()
        is_public = all(path.stat().st_mode & 0o005 == 0o005 for path in (python, *python.parents))
        if is_public and tuple(map(int, version)) >= (3, 11):
            return python
    raise AssertionError("no Python 3.11 that other users may run: install the system's python3 and venv")


def run(*command: str) -> str:
    """Run a command, within minutes; what it says is told where it fails."""
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=10 * MINUTES, umask=0o022, cwd=KEPT, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


if __name__ == "__main__":
    print(hub_environment())

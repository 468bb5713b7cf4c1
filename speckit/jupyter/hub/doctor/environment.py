"""Where Jupyter's servers run: the tile, the settings, versions, the kernel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from speckit import __version__
from speckit.jupyter.hub.doctor.fault import Fault

DISTRIBUTION = "jupyter-speckit"
INSTALL = "speckit hub install --sys-prefix"
SETTINGS, SUBSHELLS = "@jupyterlab/apputils-extension:kernels-settings", "commsOverSubshells"
SECONDS = 20  # for a kernel's Python to start

# The first version of each without a hole that reaches other people's servers.
SAFE = ("jupyterhub>=5.5.1",)  # GHSA-c4gm-pwx9-9w8j: sharing of servers


def examine_environment() -> tuple[Fault, ...]:
    """Examine the environment that this runs in, which has to be that of the servers that people start."""
    return (*_tile(), *_widgets(), *_settings(), *_versions(), *_collaboration(), *_python(), *_kernel())


def _tile() -> Iterator[Fault]:
    """The tile is there, of this version, and not disabled."""
    package = _labextension(DISTRIBUTION)
    if package is None:
        yield Fault("no-tile", DISTRIBUTION, "has no tile in this JupyterLab's launcher", INSTALL)
        return
    try:
        found = json.loads(package.read_text("utf-8")).get("version")
    except (OSError, ValueError):
        found = None
    if found != __version__:
        what = f"is of version {found}, the kit of {__version__}: it opens another notebook than the kit's"
        yield Fault("old-tile", str(package), what, INSTALL)
    if _disabled().get(DISTRIBUTION):
        what = "is disabled in JupyterLab: its launcher has no tile"
        yield Fault(
            "tile-off", DISTRIBUTION, what, f"jupyter labextension enable {DISTRIBUTION} --level=sys_prefix"
        )


def _widgets() -> Iterator[Fault]:
    """Without their other half in the server's environment, widgets are shown as text."""
    halves = {"@jupyter-widgets/jupyterlab-manager": "jupyterlab_widgets", "anywidget": "anywidget"}
    for extension, distribution in halves.items():
        if _labextension(extension) is None:
            what = f"has no {extension} for JupyterLab: panels would be text"
            yield Fault("no-widgets", distribution, what, f"pip install --force-reinstall {distribution}")


def _settings() -> Iterator[Fault]:
    """Comms over subshells lose clicks where two tabs have a kernel that was restarted (jupyterlab#19719)."""
    from jupyterlab.commands import get_app_dir, get_user_settings_dir
    from jupyterlab_server.settings_utils import get_settings
    from tornado.web import HTTPError

    folder = Path(get_app_dir())
    try:
        found, _ = get_settings(
            str(folder / "settings"), str(folder / "schemas"), get_user_settings_dir(), schema_name=SETTINGS
        )
    except HTTPError:  # this JupyterLab has no such settings, and no subshells
        return
    default = found["schema"]["properties"].get(SUBSHELLS, {}).get("default", "disabled")
    value = found["settings"].get(SUBSHELLS, default)
    if value == "perCommTarget":
        what = f"{SUBSHELLS} is {value!r}: two tabs on a kernel that was restarted lose clicks without a sign"
        fix = f'{INSTALL}; where an administrator or a user set it otherwise, set it to "disabled" there'
        yield Fault("subshells", SETTINGS, what, fix)


def _versions() -> Iterator[Fault]:
    """What the kit requires, and what is safe to share."""
    required = [Requirement(line) for line in requires(DISTRIBUTION) or ()]
    for requirement in required:
        if requirement.marker is None:
            found = _version(requirement.name)
            if found is None or not requirement.specifier.contains(found, prereleases=True):
                what = f"is {found or 'not installed'}, and has to be {requirement.specifier}"
                yield Fault("requirement", requirement.name, what, f"pip install '{requirement}'")
    for requirement in map(Requirement, SAFE):
        found = _version(requirement.name)
        if found and not requirement.specifier.contains(found, prereleases=True):
            what = f"is {found}, with a known hole in the sharing of servers"
            yield Fault("unsafe", requirement.name, what, f"pip install '{requirement}'")


def _collaboration() -> Iterator[Fault]:
    """A document open in two browsers loses what is typed when a program rewrites it (jupytext#1648)."""
    if _version("jupyter-server-ydoc"):
        what = "keeps open documents in step: a spec that is exported while open loses what others type"
        fix = "close the document before an export; or `jupyter server extension disable jupyter_server_ydoc`"
        yield Fault("collaboration", "jupyter-collaboration", what, fix)


def _python() -> Iterator[Fault]:
    """Servers run as their users, who must be able to run this Python."""
    python = Path(sys.executable).resolve()
    closed = next((path for path in (python, *python.parents) if not path.stat().st_mode & 0o001), None)
    if os.geteuid() == 0 and closed:
        what = f"lies behind {closed}, which only its owner may enter: no other user can start a server"
        yield Fault("private-python", str(python), what, "make the environment from the system's Python")


def _kernel() -> Iterator[Fault]:
    """The kernel that notebooks run in has the kit."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        command = KernelSpecManager().get_kernel_spec("python3").argv
    except NoSuchKernel:
        yield Fault("no-kernel", "python3", "is no kernel here", "pip install --force-reinstall ipykernel")
        return
    python = command[0]
    if Path(python).is_absolute() and not _imports_speckit(python):
        what = "is the Python of the kernel python3, and has no speckit"
        yield Fault("kernel", python, what, f"{python} -m pip install {DISTRIBUTION}")


def _imports_speckit(python: str) -> bool:
    try:
        done = subprocess.run(
            [python, "-c", "import speckit"], capture_output=True, timeout=SECONDS, check=False, cwd="/"
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _labextension(name: str) -> Path | None:
    """The package.json of an extension where JupyterLab finds it."""
    from jupyter_core.paths import jupyter_path

    found = (Path(folder) / name / "package.json" for folder in jupyter_path("labextensions"))
    return next((path for path in found if path.is_file()), None)


def _disabled() -> dict[str, Any]:
    from jupyterlab_server.config import get_static_page_config

    named = get_static_page_config(level="all").get("disabledExtensions", {})
    return dict.fromkeys(named, True) if isinstance(named, list) else dict(named)


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None

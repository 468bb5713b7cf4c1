"""Find a Chromium for the browser tests, or install one: `python find_chromium.py [--install]`.

It never fails: where there is no browser the tests skip, loudly, and in CI they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATIENCE = 600  # seconds for one step of an installation


def find_chromium() -> str | None:
    """The path of a browser: `CHROMIUM`, one on the path, or the one that playwright installed."""
    named = os.environ.get("CHROMIUM", "")
    found = next((path for name in (named, *NAMES) if name and (path := shutil.which(name))), None)
    return found or _of_playwright()


def _of_playwright() -> str | None:
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Exception:
        return None
    return path if os.access(path, os.X_OK) else None


def install_chromium() -> None:
    """Try the system's packages, then playwright's own build."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        packages = ["chromium", "fonts-dejavu-core"]
        _run(["apt-get", "update", "-qq"])
        _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages])
    if find_chromium() is None:
        _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as problem:
        print(f"{command[0]}: {problem}", file=sys.stderr)
    else:
        if done.returncode:
            print(f"{' '.join(command)} ended with {done.returncode}", file=sys.stderr)


def main() -> None:
    """Say where the browser is, or that the browser tests will not run."""
    if find_chromium() is None and "--install" in sys.argv[1:]:
        install_chromium()
    found = find_chromium()
    print(f"browser tests use {found}" if found else "*** NO CHROMIUM: THE BROWSER TESTS WILL NOT RUN ***")


if __name__ == "__main__":
    main()

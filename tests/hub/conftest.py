"""The hub that these tests share: it takes a minute to make and half of one to start."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.hub.environment import alone, hub_environment
from tests.hub.team import Hub, start_hub, stop_hub


@pytest.fixture(scope="session")
def hub() -> Iterator[Hub]:
    """A JupyterHub with three members: two of the team, and one who may only read."""
    missing = [name for name in ("npm", "useradd") if not shutil.which(name)]
    if os.geteuid() != 0 or missing:
        assert not os.environ.get("CI"), f"CI must be root and have {missing or 'root'}"
        pytest.skip(f"a real hub needs root and {', '.join(missing) or 'unix users'}: run as root, or see CI")
    with alone():
        running = start_hub(hub_environment())
        yield running
        stop_hub(running)

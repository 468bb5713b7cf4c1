"""The engine as papermill finds it, and what it leaves to a kernel.

papermill imports this module whenever it is imported itself, so nothing heavy is imported here.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from papermill.engines import Engine, NBClientEngine
from papermill.log import logger

from speckit.errors import SpeckitError

TIMEOUT = 600  # seconds a cell, where papermill is given none: its own default is for ever
ATTEMPTS = 3  # at starting a kernel, whose ports another may take between its choice and its use

# Magics that need what a child does not have: sockets that others can connect to, a window system's loop.
_NEEDS_KERNEL = re.compile(
    r"^\s*%(?:connect_info|qtconsole|gui|matplotlib (?:qt|tk|gtk|wx|osx)\w*)\b", re.MULTILINE
)


class ForkEngine(Engine):  # type: ignore[misc]  # papermill ships no types
    """Executes notebooks in children of a warm parent."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        execution_timeout: int | None = None,
        memory_limit: int | None = None,
        **options: Any,
    ) -> None:
        """Execute the cells of papermill's notebook manager.

        Args:
            nb_man: papermill's manager of the notebook, which is told of each cell.
            kernel_name: the kernel that the notebook asks for.
            execution_timeout: seconds a cell; 600 where it is not given.
            memory_limit: bytes of address space, for the child and for each process that it starts.
            options: as papermill's own engine takes them.
        """
        limit = execution_timeout or TIMEOUT
        reason = _why_a_kernel(nb_man.nb, kernel_name)
        if not reason:
            from speckit.jupyter.engine.client import ForkClient
            from speckit.jupyter.engine.kernel import NotStartedError

            client = ForkClient(nb_man, memory_limit, timeout=limit, log=logger, **_taken(options))
            try:
                client.execute(cleanup_kc=True)
            except NotStartedError as problem:
                reason = str(problem)
        if reason:
            logger.warning(f"speckit: executed by a kernel, since {reason}")
            nb_man.nb.metadata["speckit"] = {"kernel": reason}
            _with_kernel(nb_man, kernel_name, execution_timeout=limit, **options)
        code = _failed_with(nb_man.nb)
        if code > 1:  # which papermill itself cannot tell
            nb_man.nb.metadata.setdefault("speckit", {})["exit_code"] = code


def exit_code(error: str) -> int:
    """The exit code that `speckit new` has for an error of this name."""
    return next((kind.exit_code for kind in SpeckitError.__subclasses__() if kind.__name__ == error), 1)


def _failed_with(notebook: Any) -> int:
    """The exit code of the cell that failed; 0 where none did."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", ()))
    return next((exit_code(output.ename) for output in outputs if output.output_type == "error"), 0)


def _taken(options: dict[str, Any]) -> dict[str, Any]:
    """Those options of papermill's that a child heeds."""
    taken = ("log_output", "stdout_file", "stderr_file", "resources")
    return {name: options[name] for name in taken if name in options}


def _why_a_kernel(notebook: Any, kernel_name: str) -> str:
    """Why a notebook needs a kernel; empty where a child will do."""
    if sys.platform != "linux":
        return f"{sys.platform} cannot fork safely"
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name)
    except NoSuchKernel:
        return f"{kernel_name!r} is not installed here"
    own = {
        "python",
        "python3",
        f"python3.{sys.version_info.minor}",
        sys.executable,
    }  # as jupyter_client reads them
    if spec.argv[0] not in own or "ipykernel_launcher" not in spec.argv or spec.env:
        return f"{kernel_name!r} is not a plain kernel of this Python"
    magic = next((found for cell in notebook.cells if (found := _NEEDS_KERNEL.search(_code(cell)))), None)
    return f"a cell uses {magic[0].strip()}" if magic else ""


def _code(cell: Any) -> str:
    return str(cell.source) if cell.cell_type == "code" else ""


def _with_kernel(nb_man: Any, kernel_name: str, **options: Any) -> None:
    """Execute as papermill does, again where the kernel could not start."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
        except RuntimeError as problem:
            started = any(cell.metadata.papermill["start_time"] for cell in nb_man.nb.cells)
            if started or attempt == ATTEMPTS:
                raise
            logger.warning(f"speckit: the kernel did not start ({problem}); trying again")
        else:
            return

"""papermill's client of a notebook, for which a child that hangs or dies is an error of its cell."""

from __future__ import annotations

from typing import Any

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient

from speckit.jupyter.engine.kernel import ForkedKernel


class ForkClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill ships no types
    """Executes a notebook's cells in a child.

    Args:
        nb_man: papermill's manager of the notebook.
        memory_limit: bytes of address space for the child.
        options: as nbclient takes them.
    """

    def __init__(self, nb_man: Any, memory_limit: int | None, **options: Any) -> None:
        self._kernel = ForkedKernel(memory_limit)
        super().__init__(nb_man, km=self._kernel, **options)

    def execute_cell(self, cell: NotebookNode, cell_index: int, **options: Any) -> None:
        """Execute a cell.

        Raises:
            CellExecutionError: it failed, took too long or ended the child; the cell's outputs tell.
        """
        try:
            super().execute_cell(cell, cell_index, **options)
        except (CellTimeoutError, DeadKernelError) as problem:
            self._kernel.shutdown_kernel(now=True)
            name, value = type(problem).__name__, self._told(problem)
            cell.outputs.append(new_output("error", ename=name, evalue=value, traceback=[f"{name}: {value}"]))
            raise CellExecutionError(f"{name}: {value}", name, value) from None

    def wait_for_reply(self, _request: str, _cell: NotebookNode | None = None) -> dict[str, Any]:
        """Tell how the kernel describes itself, papermill's last request: the child may be gone by then."""
        info: dict[str, Any] = self.kc.info
        return info

    def _told(self, problem: Exception) -> str:
        if isinstance(problem, CellTimeoutError):
            return f"the cell was ended after {self.timeout} seconds"
        return f"the process that ran the cell ended {self._kernel.ending}"

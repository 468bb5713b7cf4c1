"""`jupyter nbconvert --to speckit`: the spec's markdown out of an executed notebook, as it was exported."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from traitlets import default

from speckit.errors import ProjectError
from speckit.jupyter.desk import SPEC_MIME


class SpecExporter(Exporter):
    """Takes the spec from the output of the export cell; nothing is rendered again."""

    export_from_notebook = "Design spec (markdown)"
    output_mimetype = "text/markdown"

    @default("file_extension")
    def _file_extension(self) -> str:
        return ".md"

    def from_notebook_node(  # type: ignore[override]  # as in nbconvert's own exporters, the text
        self, nb: Any, resources: Any | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the spec's markdown.

        Raises:
            ProjectError: the notebook holds no exported spec.
        """
        node, found = super().from_notebook_node(nb, resources, **kw)
        for cell in reversed(node.cells):
            for output in cell.get("outputs", ()):
                if SPEC_MIME in output.get("data", {}):
                    return output["data"][SPEC_MIME], found
        raise ProjectError("the notebook holds no exported spec: run it to its last cell, then convert it")

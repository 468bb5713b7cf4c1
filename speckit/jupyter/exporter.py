"""`jupyter nbconvert --to speckit` and `--to speckit_html`: the spec out of an executed notebook."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from traitlets import default

from speckit.errors import ProjectError
from speckit.jupyter.desk import SPEC_MIME
from speckit.page import html_page


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


class SpecPageExporter(SpecExporter):
    """The same spec as one HTML page that needs nothing else."""

    export_from_notebook = "Design spec (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]  # as in nbconvert's own exporters, the text
        self, nb: Any, resources: Any | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page.

        Raises:
            ProjectError: the notebook holds no exported spec.
        """
        markdown, found = super().from_notebook_node(nb, resources, **kw)
        return html_page(markdown), found

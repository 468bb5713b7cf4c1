"""Template packs: reading and validating them, and laying a spec out as markdown.

A pack is a folder with `template.yaml`, which says what each section holds and which questions are always
asked, and two layouts, `spec.md.j2` and `section.md.j2`.
"""

from speckit.template.pack import Evidence, Pack, PackSection, Shape, StandingQuestion, load_pack, pack_names
from speckit.template.render import render, render_section

__all__ = [
    "Evidence",
    "Pack",
    "PackSection",
    "Shape",
    "StandingQuestion",
    "load_pack",
    "pack_names",
    "render",
    "render_section",
]

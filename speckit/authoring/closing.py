"""What the author is told at the end: the result, what is open, and what to do next."""

from __future__ import annotations

from speckit.authoring.newer import Newer
from speckit.clarify import unanswered
from speckit.export import Exported
from speckit.model import Spec


def closing(spec: Spec, path: str, name: str, exported: Exported, newer: Newer, proposed: str = "") -> str:
    """Tell how an export ended, as markdown.

    Args:
        spec: the spec.
        path: the document's path.
        name: what the notebook is opened with.
        exported: the export.
        newer: research that came in since.
        proposed: the path of the proposal, where edits and new text could not be merged.
    """
    left = unanswered(spec)
    to_confirm = [question for question in spec.questions if spec.state(question) == "confirm"]
    provisional = [answer for answer in spec.answers if answer.provisional]
    summary = next((section for section in spec.sections if section.role == "summary"), None)
    told = [passage.text for passage in summary.passages if passage.kind == "prose"] if summary else []
    count = f"{len(left)} open" if left else "none open"
    extra = f", {len(provisional)} provisional" if provisional else ""
    extra += f", {len(to_confirm)} to confirm" if to_confirm else ""
    where = f"`{path}` is left as it is." if exported.conflicts else f"Written to `{path}`."
    lines = [f"**{spec.title}**", *told, f"{where} Questions: {count}{extra}."]
    if exported.conflicts:
        beside = f" Both sides stand in `{proposed}`, marked as git marks them." if proposed else ""
        met = f"{len(exported.conflicts)} of your edits meet a changed passage: choose a side in each."
        lines.append(met + beside)
    if left:
        first = left[0]
        lines.append(
            f"Answer them in the notebook (`speckit lab {name}`), or in a file of "
            f"`question id: label` lines given with `--answers`; the first is `{first.id}`: {first.text}"
        )
    if newer.hits:
        names = ", ".join(f"`{hit.document.path}`" for hit in newer.hits)
        lines.append(
            f"{newer} in the research, not taken in: {names}. Tick them in the notebook's research "
            "panel, or name with `--document` all that the spec is to rest on."
        )
    lines.append(
        "Then ask your reviewers to read it: the citations lead to the lines each statement rests on."
    )
    return "\n\n".join(lines)

"""A spec as markdown. What came from research can change neither the sections nor the page around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from urllib.parse import quote

from speckit.model import Citation, Passage, Section, Spec
from speckit.safe_yaml import dump_yaml
from speckit.template.layout import lay_out
from speckit.template.pack import SECTION_LAYOUT, SPEC_LAYOUT, Pack

LISTED = {"bullet", "checkbox", "option", "decide"}
EMPTY_CELL = "—"
DECIDE = "Gap, to decide: "  # before what an answer is to fill
OPENING = 12  # words of a line that a gap links to

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
# A line that would open a section or a fence: `#`, the underline of a setext heading, `~~~`.
_LINE_MARK = re.compile(r"^([ \t]*)(?=#{1,6}(?:[ \t]|$)|=+[ \t]*$|-+[ \t]*$|~{3})")
_TAG = re.compile(r"<(?=[!/?]|[A-Za-z][\w-]*(?:[\s/>]|$))")
# What is not plain text in a line: a code span, an image or a link, a backtick too many, the start of a tag.
_INLINE = re.compile(
    r"(?P<code>(?<!`)(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`))"
    r"|(?P<image>!?)\[(?P<label>(?:[^\[\]\n`]|`[^`\n]*`)*)\]\((?P<target>[^)\n]*)\)"
    rf"|(?P<stray>`+)|{_TAG.pattern}"
)
_MARKS = re.compile(r"^[\s>#|*+-]*(?:\d{1,9}[.)]\s+)?(?:\[[ xX]\]\s+)?")
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_UNSAID = re.compile(r"\*\*|`")
_INFO = re.compile(r"[^\w+-]")
_NOTE = re.compile(r"\*\([a-z ]+\)\*$")  # what the kit says of an item: *(to settle)*, *(provisional)*


def render(spec: Spec, pack: Pack, to_root: str) -> str:
    """Lay out a whole spec.

    Args:
        spec: the spec.
        pack: its template pack.
        to_root: the relative way from the document to the project root, such as `../`.

    Returns:
        Markdown that ends in one line feed.

    Raises:
        PackError: the pack's layout fails.
    """
    shown = {
        "author": spec.author,
        "status": spec.status,
        "owner": spec.owner,
        "created": spec.created.isoformat(),
        "updated": spec.updated.isoformat(),
    }
    values: dict[str, object] = {
        "frontmatter": _frontmatter(spec, pack),
        "title": _in_line(_one_line(spec.title)),
        "metadata": [(_cell(name), _cell(_fill(text, shown))) for name, text in pack.metadata.items()],
        "sections": [render_section(section, pack, to_root).strip("\n") for section in spec.sections],
    }
    return lay_out(pack.spec_layout, f"templates/{pack.name}/{SPEC_LAYOUT}", values).strip("\n") + "\n"


def render_section(section: Section, pack: Pack, to_root: str) -> str:
    """Lay out one section, with its heading.

    Args:
        section: the section; its instruction is not shown.
        pack: its template pack.
        to_root: as for `render`.

    Raises:
        PackError: the pack's layout fails.
    """
    values: dict[str, object] = {"heading": _heading(section), "blocks": _blocks(section, to_root)}
    return lay_out(pack.section_layout, f"templates/{pack.name}/{SECTION_LAYOUT}", values)


def _frontmatter(spec: Spec, pack: Pack) -> str:
    """The answers that the pack keeps in the document's frontmatter, if any is given."""
    asked = {question.text: question for question in spec.questions}
    kept = {}
    for standing in pack.standing:
        question = asked.get(standing.text) if standing.frontmatter else None
        answer = next((a for a in spec.answers if question and a.question in question.ids), None)
        if answer:
            kept[standing.frontmatter] = answer.text or "; ".join(answer.choices) or f"later: {answer.later}"
    return f"---\n{dump_yaml(kept)}---\n\n" if kept else ""


def _blocks(section: Section, to_root: str) -> list[str]:
    """A section's passages as blocks of markdown, lists and tables put together."""
    blocks = []
    for kind, run in groupby(section.passages, lambda p: "list" if p.kind in LISTED else p.kind):
        passages = list(run)
        if kind == "list":
            blocks.append("\n".join(_item(passage, to_root) for passage in passages))
        elif kind == "row":
            blocks.append(_table(section.columns, passages, to_root))
        else:
            show = {"fence": _fence, "gap": _gap}.get(kind, _prose)
            blocks += [show(passage, to_root) for passage in passages]
    return blocks


def _prose(passage: Passage, to_root: str) -> str:
    """A paragraph, list or table, and its citations on a line below, so that edits of the two merge."""
    text = _safe(passage.text)
    links = _links(passage.citations, to_root)
    if links and text.rpartition("\n")[2].startswith("|"):
        links = f"| {links} |"  # any other line would end the table
    return f"{text}\n{links}".rstrip()


def _heading(section: Section) -> str:
    """`## 2. Title`, `### 2.1 Title`, or the title alone where the section bears no number."""
    title = _in_line(_one_line(section.title))
    if not section.number[:1].isdigit():
        return f"## {title}"
    depth = section.number.count(".")
    return f"{'#' * min(6, depth + 2)} {section.number}{'' if depth else '.'} {title}"


def _item(passage: Passage, to_root: str) -> str:
    """A list item, its citations below its first line; one that names its question is a single line."""
    indent = "  " if passage.kind == "option" else ""
    box = f"[{'x' if passage.checked else ' '}] " if passage.kind in {"checkbox", "option"} else ""
    said = DECIDE if passage.kind == "decide" else ""
    mark = f"<!-- {passage.question} -->" if passage.question else ""
    marked = bool(mark) and passage.text.endswith(mark)
    first, *rest = _in_line(passage.text.removesuffix(mark).rstrip() if marked else passage.text).split("\n")
    if marked:
        note = "".join(_NOTE.findall(first))
        first = first.removesuffix(note).rstrip()
        first = " ".join(filter(None, [first, _links(passage.citations, to_root, "`"), note, mark]))
    elif passage.citations:
        rest.insert(0, _links(passage.citations, to_root))
    return "\n".join([f"{indent}- {box}{said}{first}", *(f"{indent}  {line}".rstrip() for line in rest)])


def _gap(passage: Passage, to_root: str) -> str:
    """What is missing, and where to look: the opening words of each line linked, as a list apart."""
    line = f"Not in the research: {_in_line(_one_line(passage.text)).rstrip('.')}."
    if not passage.citations:
        return line
    see = [f"* {_in_line(_opening(c.quote))}\n  {_links((c,), to_root)}" for c in passage.citations]
    return "\n".join([f"{line} Related:", "", *see])


def _opening(line: str) -> str:
    """The first words of a line, without its marks."""
    words = _UNSAID.sub("", _LINK.sub(r"\1", _MARKS.sub("", line))).split()
    return " ".join(words[:OPENING]) + (" …" if len(words) > OPENING else "")


def _fence(passage: Passage, to_root: str) -> str:
    """A code block behind a fence that nothing in it can close, its citations on the line below."""
    runs = re.findall(r"`{3,}", passage.text)
    fence = "`" * max([3, *(len(run) + 1 for run in runs)])
    code = f"{fence}{_INFO.sub('', passage.info)}\n{passage.text.strip(chr(10))}\n{fence}"
    return "\n".join(filter(None, [code, _links(passage.citations, to_root)]))


def _table(columns: Sequence[str], rows: Sequence[Passage], to_root: str) -> str:
    """A table with the section's columns; the citation of a row ends its last cell."""
    lines = [_row([_cell(column) for column in columns]), _row(["---"] * len(columns))]
    for row in rows:
        cells = [_cell(cell) or EMPTY_CELL for cell in row.cells[: len(columns)]]
        cells += [EMPTY_CELL] * (len(columns) - len(cells))
        if row.citations:
            said = cells[-1] if cells[-1] != EMPTY_CELL else ""
            cells[-1] = f"{said} {_links(row.citations, to_root, mark='`')}".lstrip()
        lines.append(_row(cells))
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return _in_line(_one_line(text)).replace("\\|", "|").replace("|", "\\|")


def _links(citations: Sequence[Citation], to_root: str, mark: str = "") -> str:
    return " ".join(f"[{mark}{_label(c)}{mark}]({to_root}{quote(c.path)}#{_anchor(c)})" for c in citations)


def _label(citation: Citation) -> str:
    return re.sub(r"[\[\]\n`]", "_", citation.label)


def _anchor(citation: Citation) -> str:
    return f"L{citation.start}" + (f"-L{citation.end}" if citation.end > citation.start else "")


def _fill(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _safe(text: str) -> str:
    """Prose that stays where it is put: no heading, no open fence, no HTML, no link that leads nowhere."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            lines.append(line)
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        else:
            fence = mark[1] if mark else ""
            lines.append(line if mark else _inert(line))
    return "\n".join(lines + ([fence] if fence else []))


def _in_line(text: str) -> str:
    """The same for what stands behind a list mark, where no fence can open."""
    return "\n".join(_inert(line) for line in text.split("\n"))


def _inert(line: str) -> str:
    """A line with what is neither plain text, code nor a link to the web escaped."""
    return _LINE_MARK.sub(r"\1\\", _INLINE.sub(_inline, line))


def _inline(found: re.Match[str]) -> str:
    """A code span as it is; of an image and a relative link its words alone."""
    label = found["label"]
    if found["code"]:
        return found[0]
    if found["stray"]:
        return "\\`" * len(found["stray"])
    if label is None:
        return "\\<"
    web = found["target"].startswith(("http://", "https://"))
    label = _TAG.sub(r"\\<", label)
    return f"[{label}]({found['target']})" if web and not found["image"] else label

"""The document out of what is generated, its base and the file on disk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speckit.errors import LedgerError
from speckit.export import digest, export, named_bases

FIRST = "# Spec\n\n- one\n- two\n\n## 9. Open Questions\n\n- [ ] Which?\n"
SECOND = FIRST.replace("- two", "- two, decided\n- three")
LINES = ["", "- a", "- b", "## One", "text", "<!-- speckit base: gone -->", "<!-- a note -->"]
texts = st.lists(st.sampled_from(LINES), max_size=8).map(lambda lines: "\n".join([*lines, ""]))


def exported(generated: str) -> str:
    """A first export."""
    return export(generated, (), None).text


def test_a_first_export_is_the_text_and_its_base() -> None:
    """Without a document the export is what is generated, and a last line that names it."""
    assert exported(FIRST) == f"{FIRST}\n<!-- speckit base: {digest(FIRST)} -->\n"
    assert named_bases(exported(FIRST)) == (digest(FIRST),)


@given(texts, texts, texts)
def test_exporting_twice_is_exporting_once(base: str, edited: str, generated: str) -> None:
    """What an export wrote, an export of the same text leaves as it is, whatever a person had edited."""
    current = exported(base).replace(base, edited, 1)
    once = export(generated, (base,), current)
    if not once.conflicts:
        assert export(generated, (generated,), once.text) == once


@given(texts, texts)
def test_an_edit_alone_survives_byte_for_byte(generated: str, edited: str) -> None:
    """Where nothing new is generated, the document stays as the person left it."""
    current = exported(generated).replace(generated, edited, 1)
    assert export(generated, (generated,), current).text == current


def test_edits_and_new_text_come_together() -> None:
    """An edit in one place and new text in another are both in the document, which names the new base."""
    current = exported(FIRST).replace("- one", "- one, by hand")
    result = export(SECOND, (FIRST,), current)
    assert result.text == exported(SECOND).replace("- one", "- one, by hand")
    assert result.conflicts == ()


def test_an_edit_that_meets_a_change_is_shown_with_both_sides() -> None:
    """Neither side of a conflict is guessed; a choice settles it."""
    current = exported(FIRST).replace("- two", "- two, by hand")
    result = export(SECOND, (FIRST,), current)
    assert [(c.place, c.file, c.new) for c in result.conflicts] == [
        ("Spec", ("- two, by hand",), ("- two, decided",))
    ]
    mine = export(SECOND, (FIRST,), current, {result.conflicts[0]: "file"})
    assert "- two, by hand\n- three\n" in mine.text
    assert mine.conflicts == ()


def test_a_chosen_edit_is_not_asked_about_again() -> None:
    """Once the file's side is chosen the document rests on the new base: no conflict."""
    current = exported(FIRST).replace("- two", "- two, by hand")
    conflict = export(SECOND, (FIRST,), current).conflicts[0]
    settled = export(SECOND, (FIRST,), current, {conflict: "file"}).text
    assert export(SECOND, (SECOND,), settled).text == settled


def test_a_document_of_another_origin_is_not_touched() -> None:
    """A file that names no base, or one that nobody knows, is refused in one line that says what to do."""
    for current in ("# My own file\n", exported("something else")):
        with pytest.raises(LedgerError, match=r"x\.md does not say .* `speckit adopt`"):
            export(FIRST, (), current, where="x.md")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_how_an_editor_saved_the_file_is_kept(line_end: str, mark: str) -> None:
    """Line ends and byte order mark of the file stay, also in what is new."""
    current = mark + exported(FIRST).replace("- one", "- one, by hand").replace("\n", line_end)
    result = export(SECOND, (FIRST,), current).text
    assert result == mark + exported(SECOND).replace("- one", "- one, by hand").replace("\n", line_end)


def test_a_stray_line_end_changes_nothing() -> None:
    """A file with both kinds of line ends is left alone where nothing new is generated."""
    current = exported(FIRST).replace("- one\n", "- one\r\n")
    assert export(FIRST, (FIRST,), current).text == current


def test_what_is_typed_below_the_last_line_comes_above_it() -> None:
    """Text that somebody appended to the file stays, and the line that names the base is last again."""
    result = export(FIRST, (FIRST,), exported(FIRST) + "\nA remark.\n").text
    assert result == f"{FIRST}\n\nA remark.\n\n<!-- speckit base: {digest(FIRST)} -->\n"
    assert export(FIRST, (FIRST,), result).text == result


@pytest.mark.parametrize("end", ["", "\n\n", " \n"])
def test_white_space_at_the_end_is_the_persons(end: str) -> None:
    """An editor that strips or adds white space at the end of a file causes no write."""
    current = exported(FIRST).removesuffix("\n") + end
    assert export(FIRST, (FIRST,), current).text == current


class TestAfterAMergeOfBranches:
    """Two branches exported, each an answer of its own; git merged the documents."""

    BASE = "# Spec\n\n- goal\n\n1 open\n2 open\n3 open\n"
    OURS = BASE.replace("1 open", "1 decided")
    THEIRS = BASE.replace("3 open", "3 decided")
    BOTH = OURS.replace("3 open", "3 decided")

    def merged(self, hand: str = "- goal", style: str = "") -> str:
        """The document as `git merge` leaves it, its last line in conflict."""
        ours, theirs = (f"<!-- speckit base: {digest(text)} -->\n" for text in (self.OURS, self.THEIRS))
        middle = f"||||||| 1234567\n<!-- speckit base: {digest(self.BASE)} -->\n" if style == "diff3" else ""
        lines = f"<<<<<<< HEAD\n{ours}{middle}=======\n{theirs}>>>>>>> other\n"
        return f"{self.BOTH.replace('- goal', hand)}\n{lines}"

    @pytest.mark.parametrize("style", ["merge", "diff3"])
    def test_both_last_lines_are_one_again(self, style: str) -> None:
        """The marks of git around the two last lines go, the answers of both branches stay."""
        result = export(self.BOTH, (self.OURS, self.THEIRS), self.merged(style=style))
        assert result.text == exported(self.BOTH)

    def test_the_branches_are_no_edits(self) -> None:
        """What either branch generated is no person's edit: taking an answer back meets no conflict."""
        result = export(self.BASE, (self.OURS, self.THEIRS), self.merged())
        assert result.text == exported(self.BASE)

    def test_a_persons_edit_stays(self) -> None:
        """An edit made on one of the branches is kept."""
        result = export(self.BOTH, (self.OURS, self.THEIRS), self.merged("- goal, by hand"))
        assert result.text == exported(self.BOTH).replace("- goal", "- goal, by hand")

    def test_an_edit_of_what_one_branch_generated_is_no_conflict(self) -> None:
        """An edit of a passage that is generated as on its branch stands, although the other differs."""
        current = self.merged().replace("1 decided", "1 decided, by hand")
        for bases in ((self.OURS, self.THEIRS), (self.THEIRS, self.OURS)):
            result = export(self.BOTH, bases, current)
            assert result.conflicts == ()
            assert "1 decided, by hand" in result.text

"""References to tables and figures: fields that name a caption's bookmark, with its label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import docx
import pytest
from tests.projects import action, complaints, hcreport, project, sample_files
from tests.word import W, Word, blocks, style_of, text_of

from hcreport.marks import Marks, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.word import Element


def references(word: Word) -> Iterator[tuple[str, str]]:
    """Each field that refers to a bookmark: the bookmark's name and the field's result."""
    for paragraph in word.paragraphs():
        asked, shown, is_result = "", "", False
        for piece in paragraph.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
            kind = piece.get(f"{W}fldCharType")
            asked += (piece.text or "") if piece.tag == f"{W}instrText" else ""
            shown += (piece.text or "") if piece.tag == f"{W}t" and is_result else ""
            is_result = (is_result or kind == "separate") and kind != "end"
            if kind == "end":
                if found := re.fullmatch(r" REF (\w+) \\h ", asked):
                    yield found[1], shown
                asked, shown = "", ""


def bookmarked(word: Word) -> dict[str, str]:
    """What stands between the start and the end of each bookmark of a caption."""
    found = {}
    for caption in (p for p in word.paragraphs() if style_of(p) == "Caption"):
        start = caption.find(f"{W}bookmarkStart")
        assert start is not None
        text = ""
        for element in start.itersiblings():
            if element.tag == f"{W}bookmarkEnd":
                break
            text += letters(element)
        found[str(start.get(f"{W}name"))] = text
    return found


def letters(element: Element) -> str:
    """What an element says, with the spaces at its ends."""
    return "".join(piece.text or "" for piece in element.iter(f"{W}t"))


def own(folder: Path, *paragraphs: str, text: str = "") -> Path:
    """A project with a template of these paragraphs, and a text."""
    project(folder, complaints=complaints(3), actions=[action()])
    template = docx.Document()
    for paragraph in paragraphs:
        template.add_paragraph(paragraph)
    template.save(str(folder / "own.docx"))
    toml = folder / "report.toml"
    toml.write_text('template = "own.docx"\n' + toml.read_text("utf-8"), encoding="utf-8")
    if text:
        (folder / "text").mkdir(exist_ok=True)
        (folder / "text" / "mine.md").write_text(text, encoding="utf-8")
    return folder


def built(folder: Path) -> Word:
    """The report of a project, which must build."""
    ran = hcreport("build", folder)
    assert ran.status == 0, ran.err
    return Word.of((folder / "output" / "report.docx").read_bytes())


def says(word: Word) -> list[str]:
    """What the paragraphs say that are neither captions nor in tables, nor notes."""
    plain = (p for p in blocks(word.body) if p.tag == f"{W}p")
    return [text_of(p) for p in plain if text_of(p) and style_of(p) not in {"Caption", "Note"}]


def test_every_reference_of_the_sample_says_what_its_caption_says() -> None:
    """So a field's result is right before Word has updated anything."""
    word = Word.of(sample_files()["report.docx"])
    marked, found = bookmarked(word), list(references(word))
    assert len(found) >= 8
    assert [(name, marked[name]) for name, _ in found] == found
    assert dict(found)["_Ref_T_at_a_glance"] == "Table 1"


def test_a_reference_may_come_before_its_table_and_stand_anywhere(tmp_path: Path) -> None:
    """In a template, in a text, in bold, in a heading; the letters around it stay as they are."""
    folder = own(
        tmp_path,
        "See {{ ref.tables.actions }} and {{ ref.charts.received_by_stage }}.",
        "{{ text.mine }}",
        "{{ tables.received_by_stage }}",
        "{{ charts.received_by_stage }}",
        "{{ tables.actions }}",
        text="**Look at {{ ref.tables.received_by_stage }}**, please.",
    )
    word = built(folder)
    assert says(word) == ["See Table 2 and Figure 1.", "Look at Table 1, please."]
    assert sorted(shown for _, shown in references(word)) == ["Figure 1", "Table 1", "Table 2"]
    bold = [letters(r) for r in word.body.iter(f"{W}r") if r.find(f"{W}rPr/{W}b") is not None]
    assert "".join(bold) == "Look at Table 1"


def test_a_table_that_is_not_there_is_said_not_to_be(tmp_path: Path) -> None:
    """The sentence can be read, and whoever builds is told."""
    folder = own(tmp_path, "See {{ ref.tables.tsm }}.", "And {{ ref.charts.refusal_reasons }}.")
    ran = hcreport("build", folder)
    assert ran.status == 0
    assert "tables.tsm, which the text refers to" in ran.out
    word = Word.of((folder / "output" / "report.docx").read_bytes())
    assert says(word) == [
        "See a table that is not in this report.",
        "And a figure that is not in this report.",
    ]


def test_commentary_refers_only_to_what_is_there(tmp_path: Path) -> None:
    """A reference in brackets leaves nothing where the template has no such table."""
    lines = ("{{ commentary.volumes }}", "{{ tables.received_by_month }}")
    with_table = says(built(own(tmp_path / "a", *lines)))
    without = says(built(own(tmp_path / "b", lines[0])))
    busiest = next(line for line in with_table if line.startswith("The busiest month"))
    assert busiest.endswith("stage 1 complaints (Table 1).")
    assert busiest.replace(" (Table 1)", "") in without


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("ref.tables.action", "ref.tables.actions"),
        ("ref.charts.actions", "ref.charts."),
        ("ref.table.actions", "ref.tables"),
        ("ref.tables", "ref.tables."),
        ("ref", "ref."),
    ],
)
def test_an_unknown_reference_is_refused_with_near_ones(
    tmp_path: Path, name: str, near: str
) -> None:
    """As any other unknown placeholder is: in two lines."""
    ran = hcreport("build", own(tmp_path, f"See {{{{ {name} }}}}."))
    assert ran.status == 2
    assert f"{{{{ {name.replace('.table.actions', '.table')} }}}}" in ran.err
    assert len(ran.lines) == 2
    assert near in ran.err or "docs/placeholders.md" in ran.err


def test_a_template_check_notes_a_reference_that_leads_nowhere(tmp_path: Path) -> None:
    """It is a note: the report can be made, and says that there is no such table."""
    folder = own(tmp_path, "See {{ ref.tables.actions }}.", "{{ charts.received_by_stage }}")
    ran = hcreport("template", "check", folder / "own.docx", folder)
    assert ran.status == 0
    assert "{{ ref.tables.actions }} refers to what the template does not hold." in ran.out
    own(tmp_path, "{{ ref.tables.actions }}", "{{ tables.actions }}")
    ran = hcreport("template", "check", folder / "own.docx", folder)
    assert "refers to what" not in ran.out


def test_a_reference_keeps_its_token_until_numbers_are_known() -> None:
    """In plain text it says nothing, and taken apart it is itself."""
    marks = Marks()
    token = marks.put(Reference("tables", "tsm"))
    assert marks.plain(f"See {token}.") == "See ."
    (before, found, after) = marks.split(f"See {token}.")
    assert (before, found, after) == ("See ", Reference("tables", "tsm"), ".")

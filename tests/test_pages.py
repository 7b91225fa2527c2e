"""Pages on their side: around a wide table only, with the report's own headers and page numbers."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.word import W, Word, is_wide, style_of, text_of, text_width

from hcreport.report.word import blocks, pages
from hcreport.tables import Table, words

if TYPE_CHECKING:
    from docx.document import Document

SHORT = Table("t", "A table", ("A", "B"), ((words("1"), words("2")),))
LONG = "Verylongword" * 4
HUGE = Table("h", "Huge", ("A", "B", "C"), ((words(LONG), words(LONG), words(LONG)),))


def sections(document: Document) -> list[tuple[str, list[str]]]:
    """Each section of a document as it would be opened again: its way up, and what it says."""
    found, texts = [], []
    out = io.BytesIO()
    document.save(out)
    for element in Word.of(out.getvalue()).body:
        section = element if element.tag == f"{W}sectPr" else element.find(f"{W}pPr/{W}sectPr")
        if element.tag != f"{W}sectPr":
            texts.append(text_of(element))
        if section is not None:
            found.append(("wide" if is_wide(section) else "upright", texts))
            texts = []
    return found


def wide_group(document: Document, name: str) -> list[object]:
    """A caption, a table and a note at the end of a document."""
    caption, note = (
        document.add_paragraph(f"{name} caption"),
        document.add_paragraph(f"{name} note"),
    )
    table = blocks.table(SHORT)
    caption._p.addnext(table)
    return [caption._p, table, note._p]


def test_a_wide_table_has_a_section_of_its_own() -> None:
    """The text before and after it stands upright."""
    document = docx.Document()
    document.add_paragraph("Before")
    group = wide_group(document, "T")
    document.add_paragraph("After")
    pages.turn(document, [group])
    assert sections(document) == [
        ("upright", ["Before"]),
        ("wide", ["T caption", "AB12", "T note"]),
        ("upright", ["After"]),
    ]


def test_headings_above_it_go_with_it() -> None:
    """No heading is left alone on the page before; what is no heading stays."""
    document = docx.Document()
    document.add_paragraph("Before")
    document.add_heading("Appendix", 1)
    document.add_heading("Part", 2)
    pages.turn(document, [wide_group(document, "T")])
    assert sections(document) == [
        ("upright", ["Before"]),
        ("wide", ["Appendix", "Part", "T caption", "AB12", "T note"]),
    ]


def test_nothing_but_a_wide_table_makes_no_empty_page() -> None:
    """Neither before it nor after it is there a section without text."""
    document = docx.Document()
    pages.turn(document, [wide_group(document, "T")])
    assert sections(document) == [("wide", ["T caption", "AB12", "T note"])]


def test_two_that_follow_one_another_share_a_section() -> None:
    """So the second may begin on the page where the first ends."""
    document = docx.Document()
    document.add_paragraph("Before")
    groups = [wide_group(document, "T"), wide_group(document, "U")]
    document.add_paragraph("After")
    pages.turn(document, groups)
    assert sections(document) == [
        ("upright", ["Before"]),
        ("wide", ["T caption", "AB12", "T note", "U caption", "AB12", "U note"]),
        ("upright", ["After"]),
    ]


def test_after_a_table_a_paragraph_of_no_height_ends_the_section() -> None:
    """A section can end only with a paragraph."""
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "Cell"
    pages.turn(document, [wide_group(document, "T")])
    assert sections(document)[0] == ("upright", ["Cell", ""])


def test_page_numbers_and_first_pages_do_not_begin_again() -> None:
    """A first page of its own kind, and a first number, belong to the first section only."""
    document = docx.Document()
    document.sections[0].different_first_page_header_footer = True
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    document.sections[0]._sectPr.append(numbers)
    document.add_paragraph("Before")
    group = wide_group(document, "T")
    document.add_paragraph("After")
    pages.turn(document, [group])
    first, *others = document.sections
    assert first.different_first_page_header_footer
    assert len(others) == 2
    for section in others:
        assert not section.different_first_page_header_footer
        assert section.start_type == WD_SECTION.NEW_PAGE
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) is None


def test_headers_go_on_with_their_stops_moved() -> None:
    """The copy says the same; its middle and right stops lie where the wide page has them."""
    document = docx.Document()
    header = document.sections[0].header.paragraphs[0]
    header.text = "Left\tMiddle\tRight"  # in a style that has stops at 4680 and 9360
    document.add_paragraph("Before")
    group = wide_group(document, "T")
    document.add_paragraph("After")
    pages.turn(document, [group])
    upright, wide, after = document.sections
    texts = [section.header.paragraphs[0].text for section in document.sections]
    assert texts == ["Left\tMiddle\tRight"] * 3
    assert after.header.part.partname == upright.header.part.partname
    assert wide.header.part.partname != upright.header.part.partname
    stops = wide.header.paragraphs[0]._p.find(f"{W}pPr/{W}tabs")
    found = [(s.get(f"{W}val"), int(s.get(f"{W}pos"))) for s in stops]
    wider = text_width(wide._sectPr) - text_width(upright._sectPr)
    assert wider == 3600
    assert found == [("clear", 4680), ("clear", 9360), ("center", 6480), ("right", 12960)]


def test_a_template_that_lies_on_its_side_already_is_left_alone() -> None:
    """Its tables have the width of its own pages."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    standing, turned = pages.widths(document.add_paragraph("T")._p) or (0, 0)
    assert standing > turned > 0


def test_no_section_begins_in_a_cell() -> None:
    """A table in a cell has no page of its own to turn."""
    cell = docx.Document().add_table(1, 1).cell(0, 0)
    assert pages.widths(cell.paragraphs[0]._p) is None


@pytest.mark.parametrize(("table", "does"), [(SHORT, True), (HUGE, False)])
def test_a_table_fits_where_its_longest_words_do(table: Table, does: bool) -> None:
    """Words are never broken to make room."""
    assert blocks.fits(table, blocks.TEXT_WIDTH) is does


def test_one_long_text_among_short_ones_does_not_take_the_width() -> None:
    """A column is as wide as most of its cells want it."""
    texts = [("Five words in a row", "A few words stand here, so it seems") for _ in range(19)]
    rows = [(words(one), words(two)) for one, two in texts]
    plain = blocks.column_widths(Table("t", "T", ("One", "Two"), tuple(rows)))
    rows.append((words("x"), words("long " * 60)))
    assert blocks.column_widths(Table("t", "T", ("One", "Two"), tuple(rows))) == plain


def test_styles_are_kept() -> None:
    """Turning pages changes no paragraph's style."""
    document = docx.Document()
    document.add_heading("Part", 1)
    group = wide_group(document, "T")
    before = [style_of(p) for p in document.element.body.iter(f"{W}p")]
    pages.turn(document, [group])
    assert [style_of(p) for p in document.element.body.iter(f"{W}p")] == before


# Of Liberation Sans Bold, in thousandths of the letters' height: what these words are wide.
WIDE_WORDS = {"Neighbourhoods": 8000, "Maladministration": 8557}
TABLE_LETTERS, PADDING = 220, 216


@pytest.mark.parametrize("word", WIDE_WORDS)
def test_no_word_is_cut_beside_columns_of_numbers(word: str) -> None:
    """A heading, a label: each column has the width of its longest word, whatever the others."""
    needed = WIDE_WORDS[word] * TABLE_LETTERS // 1000 + PADDING
    numbers = ("1,234 (100%)", "1,234 (100%)", "1,234 (100%)", "1,234 (100%)")
    headings = ("Reason", word, "Repairs and maintenance", "Lettings", "All services")
    label = (word, *numbers)
    made = Table("t", "T", headings, (tuple(map(words, label)), tuple(map(words, ("x", *numbers)))))
    widths = blocks.column_widths(made)
    assert sum(widths) == blocks.TEXT_WIDTH
    assert min(widths[:2]) >= needed

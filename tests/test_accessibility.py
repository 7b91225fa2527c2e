"""Every sample's documents can be read by everybody: the Word files, their charts, their PDFs.

What holds for one sample only, such as how many tables it has, is in test_word.py; the colours of
charts are measured in test_drawing.py.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf
import pytest
from tests.projects import SAMPLES, needs_office, sample_files, sample_in_pages, sample_run
from tests.tagged import Tagged, below
from tests.word import WP, W, Word, rows_of, text_of
from tests.word_colours import Look

from hcreport import pipeline, sections
from hcreport.drawing import contrast

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.charts import Chart

# The kinds of element that ISO 32000-1, 14.8.4, defines, but for those of annotated languages.
STANDARD = (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 "
    "H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry "
    "Code Link Annot Figure Formula Form"
)
REPORT, SUMMARY = "report.docx", "summary.docx"
pytestmark = pytest.mark.parametrize("sample", SAMPLES, ids=lambda folder: folder.name)
each_document = pytest.mark.parametrize("name", [REPORT, SUMMARY])


def document(sample: Path, name: str = REPORT) -> Word:
    """A document that is made of a sample."""
    return Word.of(sample_files(sample)[name])


def title_of(sample: Path, name: str) -> str:
    """What a document is to call itself."""
    settings = sample_run(sample).settings
    period = settings.report_period.label
    return settings.title if name == REPORT else f"Your complaints in {period}"


def charts(sample: Path) -> list[Chart]:
    """The charts that a sample's report may show."""
    run = sample_run(sample)
    w = pipeline.writer(run)
    made = (make(w) for part in sections.of(run.settings) for make in part.charts.values())
    return [chart for chart in made if chart is not None]


# --- The Word file ----------------------------------------------------------------------------


def test_the_open_xml_validator_finds_no_fault(sample: Path, tmp_path: Path) -> None:
    """The documents and the workbooks keep to the Open XML schema, as Word and Excel read it."""
    validator = os.environ.get("HCREPORT_OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    if validator is None:
        pytest.skip("no ooxml-validator on PATH or in HCREPORT_OOXML_VALIDATOR")
    for name in (REPORT, SUMMARY, "annex.xlsx", "internal/workings.xlsx"):
        path = tmp_path / name.replace("/", "-")
        path.write_bytes(sample_files(sample)[name])
        told = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False)
        assert json.loads(told.stdout)["errors"] == [], name


@each_document
def test_the_file_says_its_title_and_language(sample: Path, name: str) -> None:
    """The file's title is the document's and its language British English, everywhere."""
    word = document(sample, name)
    title = word.part("docProps/core.xml").find("{http://purl.org/dc/elements/1.1/}title")
    assert title is not None
    assert title.text == title_of(sample, name)
    for part in ("word/styles.xml", *word.stories):
        languages = {mark.get(f"{W}val") for mark in word.part(part).iter(f"{W}lang")}
        assert languages <= {"en-GB"}, part
    default = word.part("word/styles.xml").find(f"{W}docDefaults//{W}lang")
    assert default is not None
    assert default.get(f"{W}val") == "en-GB"


@each_document
def test_headings_stand_in_order_and_skip_no_level(sample: Path, name: str) -> None:
    """Each begins with a level 1 heading and never goes down two levels at once."""
    levels = [level for level, _ in document(sample, name).headings()]
    assert levels[0] == 1
    assert all(lower <= above + 1 for above, lower in pairwise(levels))


@each_document
def test_every_table_can_be_followed_by_ear(sample: Path, name: str) -> None:
    """Each has one header row that repeats, a caption, whole rows, no merged and no empty cell."""
    tables = document(sample, name).tables()
    assert tables
    for table in tables:
        caption = table.find(f"{W}tblPr/{W}tblCaption")
        assert caption is not None
        called = caption.get(f"{W}val")
        assert called
        rows = table.findall(f"{W}tr")
        repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert repeated == [True] + [False] * (len(rows) - 1), called
        assert not list(table.iter(f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge")), called
        texts = rows_of(table)
        assert len({len(row) for row in texts}) == 1, called
        assert all(cell for row in texts for cell in row), called
        assert len(set(texts[0])) == len(texts[0]), called


@each_document
def test_every_picture_says_its_numbers(sample: Path, name: str) -> None:
    """Each picture's text alternative names every number that its chart shows."""
    made = {chart.alt: chart for chart in charts(sample)}
    alts = document(sample, name).alts()
    assert alts
    for alt in alts:
        for panel in made[alt].panels:
            bars = [*panel.bars, *(part for stack in panel.stacks for part in stack.parts)]
            assert bars
            assert all(bar.shown in alt and bar.label in alt for bar in bars)


def test_each_picture_has_a_table_beside_it(sample: Path) -> None:
    """The report leaves no number to a chart alone: what comes after it is a table's caption.

    In the summary, where there is no room, each number is written at its bar.
    """
    blocks = list(document(sample).body)
    for here, following in pairwise(blocks):
        if next(here.iter(f"{WP}docPr"), None) is not None:
            assert text_of(following).startswith("Table "), text_of(following)


@each_document
def test_all_text_can_be_told_from_what_is_behind_it(sample: Path, name: str) -> None:
    """Letters keep 4.5 to 1 on the page, on the shading of their paragraph, cell or row."""
    word, seen = document(sample, name), set()
    for story in word.stories.values():
        seen |= set(Look(word).inks(story))
    assert len(seen) > 3
    assert {pair for pair in seen if contrast(f"#{pair[0]}", f"#{pair[1]}") < 4.5} == set()


@each_document
def test_rules_that_mean_something_can_be_seen(sample: Path, name: str) -> None:
    """Lines keep 3 to 1 on white, but for the thin ones that only guide the eye."""
    lines = Look(document(sample, name)).lines()
    assert lines
    assert {line for line in lines if contrast(f"#{line}", "#FFFFFF") < 3} == set()


# --- The PDF ----------------------------------------------------------------------------------


@each_document
@needs_office
def test_the_pdf_is_tagged_and_says_its_title_and_language(sample: Path, name: str) -> None:
    """It calls itself tagged and PDF/UA, and a reader shows its title, not its file's name."""
    tagged = Tagged.of(sample_in_pages(sample, name).pdf)
    assert bool(tagged.root.MarkInfo.Marked)
    assert str(tagged.root.Lang) == "en-GB"
    assert bool(tagged.root.ViewerPreferences.DisplayDocTitle)
    assert str(tagged.pdf.docinfo["/Title"]) == title_of(sample, name)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in tagged.root.Metadata.read_bytes()
    assert all(page.obj.Tabs == pikepdf.Name.S for page in tagged.pdf.pages)


@each_document
@needs_office
def test_tags_are_standard_ones(sample: Path, name: str) -> None:
    """Nothing has to be translated to be understood, and no page is without content."""
    tagged = Tagged.of(sample_in_pages(sample, name).pdf)
    assert {str(element.S)[1:] for element in tagged.elements()} <= set(STANDARD.split())
    assert "/RoleMap" not in tagged.root.StructTreeRoot
    pages = {tagged.page_of(element) for element in tagged.elements()}
    assert pages == set(range(1, len(tagged.pdf.pages) + 1))


@needs_office
def test_the_pdf_has_the_headings_of_the_word_file_where_it_says(sample: Path) -> None:
    """Tags and bookmarks are the contents' headings, at their levels and on their pages."""
    made = sample_in_pages(sample)
    tagged, listed = Tagged.of(made.pdf), Word.of(made.word).contents()
    found = tagged.headings()
    assert [level for level, _ in found] == [level for level, _ in listed]
    assert [
        (level, f"{text} {page}")
        for (level, text), (_, page) in zip(tagged.bookmarks(), found, strict=True)
    ] == listed


@needs_office
def test_the_summary_has_two_pages_and_bookmarks_for_its_headings(sample: Path) -> None:
    """It stays a thing to hand out, and its headings can be jumped to."""
    tagged = Tagged.of(sample_in_pages(sample, SUMMARY).pdf)
    assert len(tagged.pdf.pages) == 2
    assert tagged.bookmarks() == document(sample, SUMMARY).headings()


@each_document
@needs_office
def test_the_pdf_has_the_tables_of_the_word_file(sample: Path, name: str) -> None:
    """Each has as many rows and columns; the first row is headings, and no other."""
    made = sample_in_pages(sample, name)
    tagged = Tagged.of(made.pdf)
    expected = [
        [(["/TH"] if n == 0 else ["/TD"]) * len(row) for n, row in enumerate(rows_of(table))]
        for table in Word.of(made.word).tables()
    ]
    found = [
        [[str(cell.S) for cell in below(row)] for row in below(table)]
        for table in tagged.of_kind("/Table")
    ]
    assert found == expected


@each_document
@needs_office
def test_the_pdfs_pictures_say_what_they_show(sample: Path, name: str) -> None:
    """Each figure carries the text alternative of the Word file's."""
    made = sample_in_pages(sample, name)
    tagged = Tagged.of(made.pdf)
    alts = [str(figure.Alt) for figure in tagged.of_kind("/Figure")]
    assert alts == Word.of(made.word).alts()


@each_document
@needs_office
def test_no_caption_is_parted_from_what_it_names(sample: Path, name: str) -> None:
    """A picture stands on its caption's page, and a table begins there."""
    tagged, named = Tagged.of(sample_in_pages(sample, name).pdf), 0
    (document,) = below(tagged.root.StructTreeRoot)
    for caption, block in pairwise(below(document)):
        if str(block.S) == "/Table" or any(str(e.S) == "/Figure" for e in below(block)):
            named += 1
            assert tagged.page_of(caption) == tagged.page_of(block)
    assert named == len(tagged.of_kind("/Table", "/Figure"))

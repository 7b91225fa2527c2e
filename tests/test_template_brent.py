"""What brent.docx promises to the program that fills it and to the people who read it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "templates" / "brent.docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLOCK = re.compile(r"\{\{ (?:(?:commentary|tables|charts|text)\.\w+|contents) \}\}")
TEXT_PARTS = ("word/document.xml", "word/header1.xml", "word/header2.xml", "word/footer1.xml")


def part(name: str) -> etree._Element:
    """One part of the template, parsed."""
    with zipfile.ZipFile(TEMPLATE) as archive:
        return etree.fromstring(archive.read(name))


def paragraphs(name: str = "word/document.xml") -> list[etree._Element]:
    """The paragraphs of a part, those in tables too."""
    return list(part(name).iter(f"{W}p"))


def text_of(paragraph: etree._Element) -> str:
    """What a paragraph says."""
    return "".join(piece.text or "" for piece in paragraph.iter(f"{W}t"))


def style_of(paragraph: etree._Element) -> str:
    """The id of the style a paragraph names."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def styles() -> dict[str, etree._Element]:
    """Every style by its id."""
    return {
        style.get(f"{W}styleId", ""): style for style in part("word/styles.xml").iter(f"{W}style")
    }


def inherited(name: str, path: str) -> str | None:
    """A property of a style, looked for in the styles it builds on where it has none."""
    known, current = styles(), name
    while current:
        found = known[current].find(path)
        if found is not None:
            return found.get(f"{W}val")
        parent = known[current].find(f"{W}basedOn")
        current = "" if parent is None else parent.get(f"{W}val", "")
    return None


def headings() -> Iterator[tuple[int, str]]:
    """The level and text of each heading, by the outline Word and PDF tags use."""
    for paragraph in paragraphs():
        level = inherited(style_of(paragraph), f"{W}pPr/{W}outlineLvl")
        if level is not None:
            yield int(level) + 1, text_of(paragraph)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, as WCAG 2 defines it."""

    def luminance(shade: str) -> float:
        parts = [int(shade[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_template_is_what_the_script_makes() -> None:
    """The committed file is, byte for byte, what `build.py` writes."""
    made = subprocess.run(
        [sys.executable, str(ROOT / "templates" / "build.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr


def test_every_style_used_is_defined() -> None:
    """No paragraph, run or table asks for a style the file does not hold."""
    known = set(styles())
    for name in TEXT_PARTS:
        root = part(name)
        used = {
            mark.get(f"{W}val")
            for kind in ("pStyle", "rStyle", "tblStyle")
            for mark in root.iter(f"{W}{kind}")
        }
        assert used <= known, f"{name}: {used - known}"
        assert all(style_of(paragraph) for paragraph in paragraphs(name)), name


def test_styles_the_program_needs_are_there() -> None:
    """The styles a filled report is written in exist even where the template has none yet."""
    needed = {
        "Paragraph Level 4", "List Bullet 2", "Quote", "Not Supplied", "Caption", "Note", "Figure",
        "Table Text", "Table Number", "Table Heading", "Table Heading Number", "Report Table",
        "Hyperlink", "Strong", "Emphasis", "TOC 1", "TOC 2", "TOC 3",
    }  # fmt: skip
    assert {name.replace(" ", "") for name in needed} <= set(styles())


def test_heading_levels_never_skip() -> None:
    """A reader who moves by headings never meets a level without the one above it."""
    levels = [level for level, _ in headings()]
    assert levels[0] == 1
    for above, below in pairwise(levels):
        assert below <= above + 1


def test_no_heading_is_repeated() -> None:
    """Each heading says which part of the report it is."""
    titles = [title for _, title in headings()]
    assert len(titles) == len(set(titles))


def test_language_is_british_english() -> None:
    """Screen readers and spelling checkers are told en-GB, in the text and in the theme."""
    default = part("word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    theme = part("word/settings.xml").find(f"{W}themeFontLang")
    assert default is not None
    assert theme is not None
    assert default.get(f"{W}val") == theme.get(f"{W}val") == "en-GB"


def test_block_placeholders_stand_alone() -> None:
    """A placeholder that becomes paragraphs, tables or pictures has its paragraph to itself."""
    blocks = [text_of(paragraph) for paragraph in paragraphs() if BLOCK.search(text_of(paragraph))]
    assert blocks
    assert [text for text in blocks if not BLOCK.fullmatch(text)] == []
    assert len(blocks) == len(set(blocks))


def test_placeholders_are_not_split_over_runs() -> None:
    """Each placeholder is whole inside one piece of text, so a plain search finds it."""
    for name in TEXT_PARTS:
        for piece in part(name).iter(f"{W}t"):
            text = piece.text or ""
            assert (
                text.count("{{") == text.count("}}") == len(re.findall(r"\{\{ [\w.]+ \}\}", text))
            )


def test_every_part_the_code_asks_for_has_a_place() -> None:
    """Paragraphs 8.1(a) to (f) and 8.2 of the Code can each be answered."""
    whole = "\n".join(text_of(paragraph) for paragraph in paragraphs())
    for name in (
        "text.self_assessment",
        "commentary.outcomes",
        "tables.refusals_by_reason",
        "text.non_compliance",
        "text.service_improvements",
        "text.ombudsman_report",
        "text.ombudsman_publications",
        "text.governing_body_response",
    ):
        assert f"{{{{ {name} }}}}" in whole


def test_level_2_paragraphs_carry_their_number() -> None:
    """Word ignores the level of a style that no level names, so each paragraph says it."""
    marked = [paragraph for paragraph in paragraphs() if style_of(paragraph) == "ParagraphLevel2"]
    assert marked
    for paragraph in marked:
        level = paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
        assert level is not None
        assert level.get(f"{W}val") == "1"


def test_each_chart_is_followed_by_a_table() -> None:
    """No number is carried by a chart alone."""
    texts = [text_of(paragraph) for paragraph in paragraphs()]
    for chart, following in pairwise(texts):
        if chart.startswith("{{ charts."):
            assert following.startswith("{{ tables."), chart


def test_no_paragraph_is_empty_for_the_sake_of_space() -> None:
    """Space comes from styles. The one paragraph without text ends the contents field."""
    empty = [paragraph for paragraph in paragraphs() if not text_of(paragraph)]
    assert len(empty) == 1
    assert empty[0].find(f".//{W}fldChar[@{W}fldCharType='end']") is not None


def test_opening_the_report_asks_nothing() -> None:
    """Word shows no question about updating fields."""
    assert part("word/settings.xml").find(f"{W}updateFields") is None


@pytest.mark.parametrize("table", ["ReportTable", "ReportDetails"])
def test_table_headings_can_be_read(table: str) -> None:
    """The letters of a header row stand out from its background by 4.5 to 1 or more."""
    header = styles()[table].find(f"{W}tblStylePr[@{W}type='firstRow']")
    assert header is not None
    ink, fill = header.find(f"{W}rPr/{W}color"), header.find(f"{W}tcPr/{W}shd")
    assert ink is not None
    assert fill is not None
    assert contrast(ink.get(f"{W}val", ""), fill.get(f"{W}fill", "")) >= 4.5


def test_the_open_xml_validator_finds_no_fault() -> None:
    """The file keeps to the Open XML schema."""
    validator = os.environ.get("HCREPORT_OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    if validator is None:
        pytest.skip("no ooxml-validator on PATH or in HCREPORT_OOXML_VALIDATOR")
    told = subprocess.run([validator, str(TEMPLATE)], capture_output=True, text=True, check=False)
    assert json.loads(told.stdout)["errors"] == []

"""The Word report: whole, numbered, and true to its template.

What makes it reachable for everybody, test_accessibility.py holds for every sample.
"""

from __future__ import annotations

import html
import io
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from tests.projects import (
    action,
    award,
    complaint,
    complaints,
    finding,
    hcreport,
    project,
    rendered,
    sample_files,
    sample_run,
    second,
)
from tests.word import (
    WP,
    W,
    Word,
    blocks,
    is_wide,
    rows_of,
    section_of,
    style_of,
    text_of,
    text_width,
)

from hcreport import pipeline

if TYPE_CHECKING:
    from pathlib import Path

    from tests.projects import Ran
    from tests.word import Element

HEADINGS = {
    "Heading1": 1,
    "Heading2": 2,
    "Heading3": 3,
    "HeadingUnnumbered": 1,
    "HeadingUnnumbered2": 2,
    "AppendixHeading": 1,
}
FIELD = re.compile(r"^ SEQ (Table|Figure) \\\* ARABIC $")


@cache
def report() -> Word:
    """The sample's report."""
    return Word.of(sample_files()["report.docx"])


def report_of(folder: Path) -> Word:
    """Compute and render a project, and open its report."""
    return Word.of(rendered(pipeline.compute(folder))["report.docx"])


# --- Placeholders -----------------------------------------------------------------------------


def test_no_placeholder_is_left() -> None:
    """Neither a brace nor a private-use character is left in text, headers, footers or alt text."""
    for name, story in report().stories.items():
        values = [str(v) for element in story.iter() for v in element.attrib.values()]
        for text in (text_of(story), *values):
            assert not re.search(r"[{}\ue000-\uf8ff]", text), f"{name}: {text[:100]}"


def test_headers_and_footers_are_filled() -> None:
    """The running header names landlord and period, the footer the whole period."""
    header = [text_of(h) for h in report().headers.values()]
    footers = [text_of(s) for n, s in report().stories.items() if "footer" in n]
    assert "Brent Council Housing complaints 2023/24" in header
    assert footers
    assert all(text.startswith("1 April 2023 to 31 March 2024") for text in footers)


# --- Headings and contents --------------------------------------------------------------------


def numbered_headings(word: Word) -> list[tuple[int, str, str]]:
    """Count headings as a person would with a pencil: level, number, text.

    A level 1 heading starts a number; level 2 headings and level 2 paragraphs share the second
    place, level 3 paragraphs have the third; level 3 headings and unnumbered ones have none.
    """
    first = later = third = 0
    found = []
    for paragraph in word.paragraphs():
        style, number = style_of(paragraph), ""
        match style:
            case "Heading1":
                first, later, third = first + 1, 0, 0
                number = f"{first}.0"
            case "Heading2" | "ParagraphLevel2":
                later, third = later + 1, 0
                number = f"{first}.{later}"
            case "ParagraphLevel3":
                third += 1
        if style in HEADINGS:
            found.append((HEADINGS[style], number, text_of(paragraph)))
    return found


def test_headings_are_the_templates() -> None:
    """Every section that the report promises has its heading, in the template's order."""
    texts = [text for level, _, text in numbered_headings(report()) if level < 3]
    assert texts == [
        "Executive summary",
        "Recommendations",
        "Detail",
        "Foreword from the lead member",
        "Performance in 2023/24",
        "Stakeholder and ward member consultation",
        "Financial considerations",
        "Legal considerations",
        "Equity, diversity and inclusion considerations",
        "Climate change and environmental considerations",
        "Human resources and property considerations",
        "Communication considerations",
        "What comes next",
        "Report sign off",
        "Comments from the Leader",
        "Response of the governing body",
        "Appendix A: Self-assessment against the Code",
        "Appendix B: How the figures are worked out",
        "The records behind this report",
        "From records to complaints counted",
        "What the records do not say",
        "What each figure means",
    ]


def test_the_contents_list_every_heading_with_its_number() -> None:
    """The contents hold exactly the headings, in order, at their levels, as Word numbers them.

    The one paragraph without text ends the field.
    """
    listed = [
        (int(style[3:]), text_of(p))
        for p in report().paragraphs()
        if re.fullmatch(r"TOC\d", style := style_of(p)) and text_of(p)
    ]
    counted = numbered_headings(report())
    assert listed == [(level, f"{number} {text}".strip()) for level, number, text in counted]
    numbers = {text: number for _, number, text in counted}
    assert (numbers["Detail"], numbers["Performance in 2023/24"]) == ("3.0", "3.2")


def test_each_line_of_the_contents_leads_to_its_heading() -> None:
    """Every link in the contents names a bookmark that stands in the heading it lists."""
    places = {
        mark.get(f"{W}name"): text_of(p)
        for p in report().paragraphs()
        if style_of(p) in HEADINGS
        for mark in p.iter(f"{W}bookmarkStart")
    }
    links = list(report().body.iter(f"{W}hyperlink"))
    assert len(links) == len(numbered_headings(report()))
    for link in links:
        assert text_of(link).endswith(places[link.get(f"{W}anchor")])


def test_a_reference_to_a_section_names_one_there_is() -> None:
    """Where the text sends the reader to a numbered section, there is a heading of that number."""
    numbers = {number for _, number, _ in numbered_headings(report())}
    texts = [text_of(p) for p in report().paragraphs() if not style_of(p).startswith("TOC")]
    assert {n for text in texts for n in re.findall(r"section (\d\.\d)", text)} <= numbers


# --- Captions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "number"), [("Table", 29), ("Figure", 9)])
def test_captions_are_numbered_by_fields(kind: str, number: int) -> None:
    """Captions run from 1 in reading order, by SEQ fields whose results are already there."""
    counted = []
    for caption in (p for p in report().paragraphs() if style_of(p) == "Caption"):
        (field,) = caption.iter(f"{W}fldSimple")
        found = FIELD.fullmatch(field.get(f"{W}instr", ""))
        assert found, text_of(caption)
        if found[1] == kind:
            counted.append(int(text_of(field)))
            assert re.match(rf"{kind} {counted[-1]}: \S", text_of(caption))
    assert counted == list(range(1, number + 1))


def test_every_table_and_picture_has_its_own_caption() -> None:
    """A caption stands right before each table and each picture, and says what kind it is."""
    kinds = []
    for above, block in pairwise(blocks(report().body)):
        if block.tag == f"{W}tbl" or block.find(f".//{W}drawing") is not None:
            kind = "Table" if block.tag == f"{W}tbl" else "Figure"
            if above.tag == f"{W}p" and style_of(above) == "Caption":
                assert text_of(above).startswith(kind)
                kinds.append(kind)
    assert Counter(kinds) == {"Table": 29, "Figure": 9}
    captions = report().texts("Caption")
    assert len(set(captions)) == len(captions) == 38


# --- Tables -----------------------------------------------------------------------------------


def test_every_table_of_figures_is_described() -> None:
    """Each has a description that says how many rows it has and what its headings are."""
    described = 0
    for table in report().tables():
        description = table.find(f"{W}tblPr/{W}tblDescription")
        if description is not None:
            described += 1
            headings, *rows = rows_of(table)
            text = description.get(f"{W}val", "")
            assert text.startswith(f"{len(rows)} row{'' if len(rows) == 1 else 's'} ")
            assert text.endswith(f"{', '.join(headings)}.")
    assert described == 29


def test_tables_fit_the_page() -> None:
    """The columns of every table add up to the width of the text, and none is too thin to read."""
    for table in report().tables():
        widths = [int(c.get(f"{W}w", "0")) for c in table.iter(f"{W}gridCol")]
        assert sum(widths) <= text_width(section_of(table)) + 2
        assert min(widths) > 600


def test_only_the_self_assessment_lies_on_its_side() -> None:
    """One table of the sample is wider than an upright page can hold well."""
    wide = [t for t in report().tables() if is_wide(section_of(t))]
    assert [rows_of(table)[0][0] for table in wide] == ["Provision"]


# --- Pictures ---------------------------------------------------------------------------------


def test_pictures_and_bookmarks_have_names_of_their_own() -> None:
    """No two pictures share an id, no two bookmarks a name or an id, and each that starts ends."""
    pictures = [shape.get("id") for shape in report().body.iter(f"{WP}docPr")]
    starts = list(report().body.iter(f"{W}bookmarkStart"))
    ids = [start.get(f"{W}id") for start in starts]
    ends = [end.get(f"{W}id") for end in report().body.iter(f"{W}bookmarkEnd")]
    names = [start.get(f"{W}name") for start in starts]
    for values in (pictures, ids, names):
        assert len(values) == len(set(values))
    assert sorted(map(str, ids)) == sorted(map(str, ends))
    assert len(pictures) == 9


def test_each_picture_is_the_chart_that_lies_beside_the_report() -> None:
    """The pictures inside report and summary are, byte for byte, the files in charts/."""
    summary = Word.of(sample_files()["summary.docx"])
    parts = [*report().parts.items(), *summary.parts.items()]
    inside = {content for name, content in parts if "/media/" in name}
    beside = {content for name, content in sample_files().items() if name.startswith("charts/")}
    assert inside == beside


# --- The file ---------------------------------------------------------------------------------


def test_the_file_says_nothing_of_when_or_by_whom_it_was_made() -> None:
    """Its properties hold no clock and no user of a computer: only the landlord."""
    core = report().parts["docProps/core.xml"].decode()
    assert "Brent Council" in core
    assert "python-docx" not in core
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2024-01-01T00:00:00Z"}


def test_opening_the_report_asks_nothing() -> None:
    """No field is marked to be updated, so Word opens the report without a question."""
    assert report().part("word/settings.xml").find(f"{W}updateFields") is None
    for story in report().stories.values():
        assert not [e for e in story.iter() if e.get(f"{W}dirty") is not None]


def test_every_style_and_picture_that_is_used_is_there() -> None:
    """No paragraph, run or table names a missing style; no picture a missing file."""
    styles = {s.get(f"{W}styleId") for s in report().part("word/styles.xml").iter(f"{W}style")}
    used = {
        mark.get(f"{W}val")
        for story in report().stories.values()
        for mark in story.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
    }
    assert used <= styles
    relations = report().part("word/_rels/document.xml.rels")
    embedded = re.findall(rb'r:embed="(\w+)"', report().parts["word/document.xml"])
    known = {relation.get("Id") for relation in relations}
    assert {name.decode() for name in embedded} <= known


def validator() -> str:
    """The Open XML validator, if there is one here."""
    found = os.environ.get("HCREPORT_OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    if found is None:
        pytest.skip("no ooxml-validator on PATH or in HCREPORT_OOXML_VALIDATOR")
    return found


def test_a_draft_and_a_bare_report_are_valid_too(tmp_path: Path) -> None:
    """So do a report marked as a draft and one in which almost nothing was supplied."""
    program = validator()
    bare = pipeline.compute(project(tmp_path / "bare", complaints=[complaint(1)]))
    for name, run in (("draft", sample_run()), ("bare", bare)):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(rendered(run, draft=name == "draft")["report.docx"])
        told = subprocess.run([program, str(path)], capture_output=True, text=True, check=False)
        assert json.loads(told.stdout)["errors"] == [], name


# --- What was not supplied --------------------------------------------------------------------


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Word:
    """A report on one complaint, with no text and no other file."""
    rows = [complaint(1)]
    return report_of(project(tmp_path_factory.mktemp("bare"), complaints=rows))


def test_a_text_that_is_missing_is_said_to_be(bare: Word) -> None:
    """Each text nobody wrote is named in the report, once, where it belongs."""
    said = bare.texts("NotSupplied")
    assert "Not supplied: the foreword." in said
    assert "Not supplied: self-assessment against the Code." in said
    assert not [text for text in said if "our own words on the self-assessment" in text]
    assert not [text for text in said if "set a complaint aside" in text]
    assert len(said) == len(set(said))


def test_what_was_not_supplied_is_told_when_building(tmp_path: Path) -> None:
    """Whoever builds is told the files that were not there, so that nobody finds out in print."""
    ran = hcreport("build", project(tmp_path, complaints=[complaint(1)]))
    (line,) = [line for line in ran.out.splitlines() if line.startswith("Not supplied")]
    assert "text/foreword.md" in line
    assert "text/self_assessment.md" in line


def test_a_table_without_data_is_said_to_be_missing(bare: Word) -> None:
    """A table for which there is no data leaves words, not a gap, and no number is skipped."""
    words = text_of(bare.body)
    assert "No results of a tenant survey were supplied." in words
    assert "No learning log was supplied." in words
    tables = [c for c in bare.texts("Caption") if c.startswith("Table")]
    numbers = [int(re.findall(r"\d+", caption)[0]) for caption in tables]
    assert numbers == list(range(1, len(bare.tables())))


def test_a_bare_report_is_as_reachable_as_a_full_one(bare: Word) -> None:
    """Its tables have no empty cell, its pictures have words, and no placeholder is left."""
    assert all(cell for table in bare.tables() for row in rows_of(table) for cell in row)
    assert all(bare.alts())
    assert not re.search(r"[{}\ue000-\uf8ff]", text_of(bare.body))


def test_a_description_of_one_row_agrees_with_it(bare: Word) -> None:
    """A table of one row is described as one row, not as "1 rows"."""
    marks = [mark.get(f"{W}val", "") for mark in bare.body.iter(f"{W}tblDescription")]
    assert marks
    assert not [text for text in marks if text.startswith("1 rows")]


# --- Templates of a landlord's own ------------------------------------------------------------


def own_template(folder: Path, *paragraphs: str, header: str = "") -> Path:
    """A project whose template is made with python-docx, as anybody might."""
    rows = complaints(3)
    project(
        folder,
        complaints=[*rows, second(rows[0])],
        awards=[award(1)],
        findings=[finding("A")],
        actions=[action()],
    )
    template = docx.Document()
    for text in paragraphs:
        template.add_paragraph(text)
    if header:
        template.sections[0].header.paragraphs[0].text = header
    template.save(str(folder / "own.docx"))
    toml = folder / "report.toml"
    toml.write_text('template = "own.docx"\n' + toml.read_text("utf-8"), encoding="utf-8")
    return folder


def must_be_refused(ran: Ran, *words: str) -> None:
    """Hold a build to two lines and exit 2."""
    assert ran.status == 2, ran.err
    assert len(ran.lines) == 2, ran.err
    for word in words:
        assert word in ran.err


def test_figures_and_their_facets_are_put_in_sentences(tmp_path: Path) -> None:
    """A template can name a figure, its base, its groups and shares, and facts from settings."""
    folder = own_template(
        tmp_path,
        "{{ landlord.name }}: {{ stage1.received }} received in {{ period.label }}.",
        "Upheld: {{ stage1.uphold_rate }} ({{ stage1.uphold_rate.base }}).",
        'Repairs: {{ stage1.received.by(service="Repairs") }}, '
        '{{ stage1.received.by(service="Repairs").share }}.',
        "Change: {{ stage1.received.change }}; before: {{ stage1.received.previous }}.",
    )
    texts = [text_of(p) for p in report_of(folder).paragraphs()]
    assert texts[:4] == [
        "Example Homes: 3 received in 2023/24.",
        "Upheld: 100% (3 of 3).",
        "Repairs: 3, 100%.",
        "Change: an unknown change; before: not given.",
    ]


def test_placeholders_in_headers_are_filled(tmp_path: Path) -> None:
    """A header can hold figures and facts like any sentence."""
    folder = own_template(
        tmp_path, "Text.", header="{{ landlord.name }}, {{ stage1.received }} complaints"
    )
    headers = [text_of(header) for header in report_of(folder).headers.values()]
    assert headers == ["Example Homes, 3 complaints"]


def test_a_table_inside_a_sentence_is_refused(tmp_path: Path) -> None:
    """What takes a paragraph's place must have one to itself."""
    folder = own_template(tmp_path, "See {{ tables.received_by_stage }} below.")
    must_be_refused(
        hcreport("build", folder), "{{ tables.received_by_stage }}", "paragraph of its own"
    )
    assert not (folder / "output").exists()


def test_two_tables_in_a_paragraph_are_refused(tmp_path: Path) -> None:
    """Nor may two of them share a paragraph."""
    folder = own_template(tmp_path, "{{ tables.received_by_stage }}{{ tables.actions }}")
    must_be_refused(hcreport("build", folder), "paragraph of its own")


UNKNOWN = {
    "a figure": ("stage1.recieved", "stage1.received"),
    "a facet": ("stage1.received.chnge", "stage1.received.change"),
    "a table": ("tables.recieved_by_stage", "tables.received_by_stage"),
    "a chart": ("charts.recieved_by_stage", "charts.received_by_stage"),
    "a commentary": ("commentary.volume", "commentary.volumes"),
    "a fact": ("landlord.nam", "landlord.name"),
    "a first word": ("lanlord.name", "landlord"),
}


@pytest.mark.parametrize(("name", "near"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_name_is_refused_with_near_ones(tmp_path: Path, name: str, near: str) -> None:
    """A placeholder for nothing is named, with the template and the nearest that there is."""
    folder = own_template(tmp_path, f"{{{{ {name} }}}}")
    known = name if near != "landlord" else "lanlord"
    must_be_refused(hcreport("build", folder), "own.docx", known, f"Did you mean {near}")
    assert not (folder / "output").exists()


def test_all_unknown_names_are_counted(tmp_path: Path) -> None:
    """One run says how many placeholders there are to mend, whatever their kind."""
    folder = own_template(tmp_path, *(f"{{{{ {name} }}}}" for name, _ in UNKNOWN.values()))
    must_be_refused(hcreport("build", folder), f"({len(UNKNOWN) - 1} more like it)")


@pytest.mark.parametrize("name", ["{{ stage1 }}", "{{ stage1.received }", "{{ a b }}", "{% if %}"])
def test_a_placeholder_that_is_not_one_is_refused(tmp_path: Path, name: str) -> None:
    """Half a placeholder, a figure's first half or a stray tag ends with exit 2, not a fault."""
    folder = own_template(tmp_path, name)
    must_be_refused(hcreport("build", folder), "own.docx")


@pytest.mark.parametrize(
    "name",
    [
        'stage1.received.by("Repairs")',
        "stage1.received()",
        "stage1.received + 1",
        'stage1.received.by(service="Repiars")',
        'stage1.received.by(colour="red")',
    ],
)
def test_a_placeholder_put_wrongly_is_refused(tmp_path: Path, name: str) -> None:
    """A group without its field, a sum, an unknown group: the template is named, exit 2."""
    folder = own_template(tmp_path, f"{{{{ {name} }}}}")
    must_be_refused(hcreport("build", folder), "own.docx")


def test_a_template_cannot_reach_into_the_program(tmp_path: Path) -> None:
    """A template from elsewhere can read the figures and nothing behind them."""
    folder = own_template(tmp_path, "{{ stage1.received.__class__.__mro__ }}")
    must_be_refused(hcreport("build", folder), "own.docx")


def test_a_file_that_is_no_word_file_is_refused_as_a_template(tmp_path: Path) -> None:
    """A template that Word could not open is named in two lines."""
    folder = own_template(tmp_path, "Text.")
    (folder / "own.docx").write_bytes(b"no zip")
    must_be_refused(hcreport("build", folder), "own.docx")


def test_a_placeholder_that_word_split_over_runs_is_found(tmp_path: Path) -> None:
    """Word's spelling checker cuts text into runs; a placeholder still works."""
    folder = own_template(tmp_path, "Text.")
    template = docx.Document(str(folder / "own.docx"))
    paragraph: Element = template.add_paragraph()._p
    for piece in ("{{ stage1", ".recei", "ved }} received"):
        run, words = OxmlElement("w:r"), OxmlElement("w:t")
        words.text = piece
        run.append(words)
        paragraph.extend([OxmlElement("w:proofErr"), run])
    template.save(str(folder / "own.docx"))
    assert "3 received" in [text_of(p) for p in report_of(folder).paragraphs()]


# --- Signs that mean something to XML ---------------------------------------------------------

ODD = 'Smith & Sons <b> "x"'


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Render a project whose landlord, service, causes and log are full of signs."""
    rows = [complaint(n, service=ODD, root_cause=f"{ODD} cause") for n in range(1, 8)]
    rows += [complaint(8, service="Tŷ & <i>"), second(rows[0], service=ODD)]
    folder = project(
        tmp_path_factory.mktemp("odd"),
        complaints=rows,
        awards=[award(1, reason=f"{ODD} reason")],
        actions=[action(action=f"{ODD} = 1 < 2", what_happened="=1+1")],
    )
    toml = folder / "report.toml"
    text = toml.read_text("utf-8").replace('"Example Homes"', f"'{ODD} Homes'")
    toml.write_text(text, encoding="utf-8")
    (folder / "text").mkdir()
    told = 'About {{ landlord.name }}: {{ stage1.received.by(service="Tŷ & <i>") }} of R&D < 3.'
    (folder / "text" / "foreword.md").write_text(told, encoding="utf-8")
    return dict(rendered(pipeline.compute(folder)))


def test_odd_signs_survive_into_the_report(odd: dict[str, bytes]) -> None:
    """Text, tables, text alternatives and narrative hold the name as it was exported."""
    word = Word.of(odd["report.docx"])
    cells = {cell for table in word.tables() for row in rows_of(table) for cell in row}
    commentary = " ".join(word.texts("ParagraphLevel3"))
    assert f"there were 7 for {ODD} (88%) and 1 for Tŷ & <i> (13%)." in commentary
    assert ODD in cells
    assert f"{ODD} cause" in cells
    assert f"{ODD} = 1 < 2" in cells
    assert any(ODD in alt for alt in word.alts())
    assert f"About {ODD} Homes: 1 of R&D < 3." in commentary
    assert f"{ODD} Homes" in [text_of(p) for p in word.paragraphs()]
    assert "&amp;" not in html.unescape(text_of(word.body))


def test_odd_signs_survive_into_the_annex(odd: dict[str, bytes]) -> None:
    """So do the sheets of the workbook, where a text that begins like a formula stays text."""
    book = openpyxl.load_workbook(io.BytesIO(odd["annex.xlsx"]))
    cells = {str(c.value): c.data_type for ws in book for row in ws.iter_rows() for c in row}
    assert cells[ODD] == "s"
    assert cells["=1+1"] == "s"
    assert json.loads(odd["figures.json"])["landlord"] == f"{ODD} Homes"


def test_signs_that_xml_cannot_hold_do_no_harm(tmp_path: Path) -> None:
    """A control character that came along in an export neither breaks the report nor stays."""
    rows = [complaint(1, service="Re\x01pairs\x1f"), complaint(2, service="Gas\x0b")]
    folder = project(tmp_path, complaints=rows, actions=[action(action="A\x02b")])
    assert hcreport("build", folder).err == ""
    word = Word.of((folder / "output" / "report.docx").read_bytes())
    assert "Repairs" in text_of(word.body)


def test_characters_of_private_use_in_the_data_are_no_marks(tmp_path: Path) -> None:
    """An export with the characters our marks are made of yields no figure it did not name."""
    rows = [complaint(1, service="Re\ue0000\ue001pairs")]
    folder = project(tmp_path, complaints=rows)
    assert hcreport("build", folder).err == ""
    word = Word.of((folder / "output" / "report.docx").read_bytes())
    assert not re.search("[\ue000-\uf8ff]", text_of(word.body))


# --- Narrative --------------------------------------------------------------------------------


def narrated(folder: Path, text: str | bytes) -> Path:
    """A project with a foreword."""
    rows = complaints(3)
    project(folder, complaints=rows)
    (folder / "text").mkdir()
    content = text if isinstance(text, bytes) else text.encode("utf-8")
    (folder / "text" / "foreword.md").write_bytes(content)
    return folder


def foreword(word: Word) -> list[Element]:
    """The paragraphs between the foreword's heading and the next."""
    paragraphs = word.paragraphs()
    at = next(
        n
        for n, p in enumerate(paragraphs)
        if style_of(p) == "Heading2" and text_of(p).startswith("Foreword")
    )
    end = next(n for n in range(at + 1, len(paragraphs)) if style_of(paragraphs[n]) in HEADINGS)
    return paragraphs[at + 1 : end]


def test_markdown_takes_the_templates_styles(tmp_path: Path) -> None:
    """Paragraphs, bullets, bold and italic come out in the styles of the report around them."""
    text = (
        "\ufeffWe had **{{ stage1.received }} complaints**\nand *one* hope.\n\n"
        "- First\n- **Second** of two\n\nLast.\n"
    )
    found = foreword(report_of(narrated(tmp_path, text)))
    assert [(style_of(p), text_of(p)) for p in found] == [
        ("ParagraphLevel3", "We had 3 complaints and one hope."),
        ("ListBullet", "First"),
        ("ListBullet", "Second of two"),
        ("ParagraphLevel3", "Last."),
    ]
    bold = [text_of(r) for r in found[0].iter(f"{W}r") if r.find(f"{W}rPr/{W}b") is not None]
    italic = [text_of(r) for r in found[0].iter(f"{W}r") if r.find(f"{W}rPr/{W}i") is not None]
    assert (bold, italic) == (["3", "complaints"], ["one"])


@pytest.mark.parametrize(
    "text",
    ["", "  \n\n", "\ufeff", "<!-- What {{ it\nshould }} say. -->\n"],
    ids=["empty", "blank", "mark", "comment"],
)
def test_a_blank_text_counts_as_not_supplied(tmp_path: Path, text: str) -> None:
    """A file with nothing in it is no text."""
    found = foreword(report_of(narrated(tmp_path, text)))
    assert [style_of(p) for p in found] == ["NotSupplied"]


def test_windows_line_ends_make_no_difference(tmp_path: Path) -> None:
    """A text saved on Windows has the same paragraphs."""
    found = foreword(report_of(narrated(tmp_path, b"One.\r\n\r\nTwo\r\nlines.\r\n")))
    assert [text_of(p) for p in found] == ["One.", "Two lines."]


def must_be_found(folder: Path, *words: str) -> None:
    """Hold `check` and `build` to one error about a text; a draft cannot be built either."""
    checked, built = hcreport("check", folder), hcreport("build", folder)
    for ran in (checked, built):
        assert ran.status == 1, ran.err
        assert "ERROR T107 A text has a fault (1)" in ran.out
        for word in ("text/foreword.md", *words):
            assert word in ran.out
    assert not (folder / "output" / "report.docx").exists()
    must_be_refused(hcreport("build", folder, "--draft"), "text/foreword.md")


BAD_TEXTS = {
    "half a placeholder": ("{{ stage1.received }", "half a placeholder"),
    "an unknown figure": ("{{ stage1.recieved }}", "stage1.recieved", "stage1.received"),
    "an unknown facet": ("{{ stage1.received.chnge }}", "stage1.received.change"),
    "an unknown first word": ("{{ stgae1.received }}", "stgae1", "stage1"),
    "an unknown group": ('{{ stage1.received.by(service="Repiars") }}', "Repiars", "Repairs"),
    "a group without its field": ('{{ stage1.received.by("Repairs") }}', "cannot be worked out"),
    "a sum": ("{{ stage1.received + 1 }}", "cannot be worked out"),
}


@pytest.mark.parametrize("case", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_a_bad_placeholder_in_a_text_is_named_with_its_file(
    tmp_path: Path, case: tuple[str, ...]
) -> None:
    """Whoever wrote the text is told which file and line is at fault, and what was meant."""
    text, *words = case
    folder = narrated(tmp_path, f"One.\n\nTwo {text} three.\n")
    must_be_found(folder, "text/foreword.md › line 3: ", *words)


def test_a_placeholder_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    """The line is told too, as an editor counts it."""
    folder = narrated(tmp_path, "<!-- One\n -->\nTwo {{ stage1.received } three.\n")
    must_be_found(folder, "text/foreword.md › line 3: {{ stage1.received } is half a placeholder.")


def test_a_table_inside_a_text_is_refused(tmp_path: Path) -> None:
    """A text holds words: a table or chart in it is refused rather than dropped without a word."""
    folder = narrated(tmp_path, "Look:\n\n{{ tables.received_by_stage }}\n")
    must_be_found(folder, "line 3", "tables.received_by_stage")


def test_a_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    """A text in another encoding is named, not misread."""
    folder = narrated(tmp_path, "Tŷ £5".encode("utf-16"))
    must_be_found(folder, "UTF-8")

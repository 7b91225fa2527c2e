"""What people do to templates: sections, footnotes, controls, drafts, and damaged files."""

from __future__ import annotations

import copy
import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section
from tests.projects import complaints, hcreport, project, rendered, second
from tests.test_pages import sections, wide_group
from tests.word import W, Word, text_of

from hcreport import pipeline
from hcreport.problems import CannotRun
from hcreport.report.template_check import check
from hcreport.report.word import blocks, draft, pages
from hcreport.report.word.package import Package

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

TABLE = "{{ tables.received_by_stage }}"
NOTES = "footnotes+xml"


def built(folder: Path, template: Document) -> Word:
    """The report made with a template of one's own."""
    return Word.of(rendered(pipeline.compute(own(folder, template)))["report.docx"])


def own(folder: Path, template: Document) -> Path:
    """A project with a template of its own, ``own.docx``."""
    rows = complaints(3)
    project(folder, 'template = "own.docx"\n', complaints=[*rows, second(rows[0])])
    template.save(str(folder / "own.docx"))
    return folder


# --- Sections ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked", ["{{ commentary.volumes }}", TABLE, "{{ charts.received_by_stage }}"]
)
def test_a_section_that_ends_with_a_placeholder_ends_once_with_what_it_becomes(
    tmp_path: Path, asked: str
) -> None:
    """Neither is the break lost, nor does each sentence bring one of its own."""
    template = docx.Document()
    held = template.add_paragraph(asked)._p
    held.get_or_add_pPr().append(copy.deepcopy(template.sections[0]._sectPr))
    template.add_paragraph("After")
    word = built(tmp_path, template)
    assert len(list(word.body.iter(f"{W}sectPr"))) == 2
    (broken,) = [p for p in word.body.iter(f"{W}p") if p.find(f"{W}pPr/{W}sectPr") is not None]
    assert text_of(broken) == ""
    parent = broken.getparent()
    assert parent is not None
    assert parent.tag == f"{W}body"
    following = broken.getnext()
    assert following is not None
    assert text_of(following) == "After"


def test_a_sentence_takes_its_models_look_and_nothing_that_happened_to_it() -> None:
    """Style and numbering go with it; a break, a tracked insertion and a tracked change do not."""
    model = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Own"/><w:rPr><w:ins w:id="1" w:author="A"/>'
        '<w:b/></w:rPr><w:sectPr/><w:pPrChange w:id="2" w:author="A"><w:pPr/></w:pPrChange>'
        "</w:pPr></w:p>"
    )
    made = blocks.like(model, "<w:r/>")
    names = [child.tag.removeprefix(W) for child in made.iter()]
    assert names == ["p", "pPr", "pStyle", "rPr", "b", "r"]


def test_a_wide_section_of_the_templates_own_stays() -> None:
    """Only a section that was put in for the table before may be shared by the next."""
    document = docx.Document()
    document.add_paragraph("Theirs")
    document.add_section()
    theirs = document.sections[0]
    theirs.orientation, theirs.page_width, theirs.page_height = (
        1,
        theirs.page_height,
        theirs.page_width,
    )
    group = wide_group(document, "T")
    document.add_paragraph("After")
    pages.turn(document, [group])
    assert [way for way, _ in sections(document)] == ["wide", "wide", "upright"]
    assert [text for _, texts in sections(document) for text in texts if text] == [
        *("Theirs", "T caption", "AB12", "T note", "After")
    ]


def test_measures_with_a_point_are_read(tmp_path: Path) -> None:
    """Some programs write margins as 1304.0."""
    template = docx.Document()
    margins = template.sections[0]._sectPr.find(f"{W}pgMar")
    for side in ("left", "right"):
        margins.set(f"{W}{side}", f"{margins.get(f'{W}{side}')}.0")
    template.add_paragraph(TABLE)
    assert built(tmp_path, template).tables()


# --- Footnotes and controls -------------------------------------------------------------------


def with_footnote(path: Path, text: str) -> None:
    """Give a Word file a footnote."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode("latin-1") for name in archive.namelist()}
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    put = {
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/word/footnotes.xml" ContentType="{word}.{NOTES}"/></Types>',
        ),
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{office}" Target="footnotes.xml"/></Relationships>',
        ),
    }
    for name, (old, new) in put.items():
        parts[name] = parts[name].replace(old, new)
    parts["word/footnotes.xml"] = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.encode("latin-1"))


def test_a_footnote_may_refer_to_a_table(tmp_path: Path) -> None:
    """What the check finds no fault with is built: the reference and the figure are put in."""
    template = docx.Document()
    template.add_paragraph(TABLE)
    folder = own(tmp_path, template)
    with_footnote(folder / "own.docx", "{{ ref.tables.received_by_stage }}: {{ stage1.received }}.")
    run = pipeline.compute(folder)
    assert check(folder / "own.docx", pipeline.writer(run)).is_sound
    report = rendered(run)["report.docx"]
    with zipfile.ZipFile(io.BytesIO(report)) as archive:
        notes = parse_xml(archive.read("word/footnotes.xml"))
    assert text_of(notes) == "Table 1: 3."
    numbers = [n.get(f"{W}val") for n in notes.iterfind(f".//{W}sdtPr/{W}id")]
    others = [n.get(f"{W}val") for n in Word.of(report).body.iterfind(f".//{W}sdtPr/{W}id")]
    assert numbers
    assert not {*numbers} & {*others}


def test_a_figure_in_a_control_for_plain_text_is_noted(tmp_path: Path) -> None:
    """It is printed, but bears no mark, so a refresh cannot find it; the check says so."""
    template = docx.Document()
    template.add_paragraph("")._p.append(
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r>"
            "<w:t>{{ stage1.received }}</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    folder = own(tmp_path, template)
    result = check(folder / "own.docx", pipeline.writer(pipeline.compute(folder)))
    (note,) = [fault for fault in result.faults if "plain text" in fault.message]
    assert note.is_note
    assert result.is_sound


# --- Drafts -----------------------------------------------------------------------------------


def heads(section: Section) -> list[str]:
    """What stands at the head of a section's pages, of each kind that it has."""
    headers = [section.header]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    return [" ".join(p.text for p in header.paragraphs) for header in headers]


def test_a_draft_is_marked_on_a_later_sections_first_page() -> None:
    """Its own kind of first page has no header of its own, and none before it to be linked to."""
    document = docx.Document()
    document.add_section().different_first_page_header_footer = True
    document.add_section()
    draft.mark(document)
    for section in document.sections:
        assert all(head.startswith(draft.DRAFT) for head in heads(section))
    assert [len(heads(section)) for section in document.sections] == [1, 2, 2]


def test_a_draft_is_marked_once_where_headers_are_handed_down() -> None:
    """A section that is linked to the one before has its words, and no second ones."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ours"
    document.add_section()
    draft.mark(document)
    assert [heads(section) for section in document.sections] == [[f"{draft.DRAFT} Ours"]] * 2


# --- Damage -----------------------------------------------------------------------------------


def test_a_damaged_template_is_refused_in_two_lines(tmp_path: Path) -> None:
    """With some bytes of a packed part changed, it is no Word document any more."""
    template = docx.Document()
    template.add_paragraph("{{ stage1.received }}")
    folder = own(tmp_path, template)
    path = folder / "own.docx"
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("word/styles.xml")
    content = bytearray(path.read_bytes())
    start = member.header_offset + 30 + len(member.filename) + 10
    content[start : start + 200] = b"\xff" * 200
    path.write_bytes(bytes(content))
    with pytest.raises(CannotRun):
        Package.open(path)
    ran = hcreport("build", folder)
    assert ran.status == 2
    assert len(ran.lines) == 2

"""Templates made from scratch, in LibreOffice and as Word does: checked, mended, filled."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests.projects import ROOT, complaints, hcreport, project, second
from tests.word import WP, W, Word, rows_of, style_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIXTURES = ROOT / "tests" / "fixtures"
MISTAKE, MEANT = "stage2.recieved", "stage2.received"
FOREWORD = """\
See [the Code](https://www.housing-ombudsman.org.uk).

## What we did

1. One
   - Within
2. Two

### And then

- Last
"""
BOX = """\
<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0"
 locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="column"><wp:align>right</wp:align></wp:positionH>
<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>
<wp:extent cx="1800000" cy="600000"/><wp:wrapSquare wrapText="bothSides"/>
<wp:docPr id="7" name="Text Box 7" descr="In short"/><wp:cNvGraphicFramePr/><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="600000"/>
</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>
{words}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor>
</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape id="box" style="width:140pt;height:47pt">
<v:textbox><w:txbxContent>{words}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""
SPACES = (
    nsdecls("w", "wp", "a")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def run(text: str, look: str = "") -> str:
    """A run as Word saves it, with the number of the session it was typed in."""
    return f'<w:r w:rsidRPr="00A1B2C3">{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def spelt(*pieces: str) -> str:
    """Runs that the spelling checker has cut, with its marks between them."""
    begin, end = '<w:proofErr w:type="spellStart"/>', '<w:proofErr w:type="spellEnd"/>'
    return end.join(begin + run(piece) for piece in pieces)


def like_word(path: Path) -> None:
    """Make a document as Word saves one in which somebody typed ten placeholders, one wrong."""
    made = docx.Document()

    def add(content: str, style: str = "") -> None:
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        body = f'<w:p {SPACES} w:rsidR="00A1B2C3">{properties}{content}</w:p>'
        made.element.body.insert(-1, parse_xml(body))

    words = f"<w:p>{run('Upheld: ')}{spelt('{{ stage1.', 'uphold_rate }}')}</w:p>"
    add(run("Complaints in ") + spelt("{", "{ period", ".label }}"), "Heading1")
    add(BOX.format(words=words))
    add(spelt("{{ ", "text.foreword", " }}"))
    add(run("How many there were"), "Heading2")
    add(run("We had ") + spelt("{{stage1.rec", "eived}", "} complaints; "))
    add(
        run("Repairs had ")
        + spelt("{{ stage1.received.by(", "service=“Repairs”", ") }}")
        + run(". Of these, ")
        + spelt("{{ ", MISTAKE, " }}")
        + run(" came back.")
    )
    add(spelt("{{ ", "tables.received_by_stage", " }}"))
    add(spelt("{{ charts.", "received_by_month }}"))
    add(run("How long they took"), "Heading2")
    add(spelt("{{ ", "commentary.timeliness }}"))
    made.add_table(1, 2).rows[0].cells[1].text = "{{ stage1.on_time_rate }}"
    made.sections[0].header.paragraphs[0].text = "Example Homes"
    made.sections[0].footer.paragraphs[0].text = "Complaints report"
    made.save(str(path))


def of_libreoffice(path: Path) -> None:
    """Put the one that LibreOffice made in place."""
    shutil.copy(FIXTURES / "libreoffice.docx", path)


MAKERS = {"word": like_word, "libreoffice": of_libreoffice}
makers = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def mended(path: Path) -> None:
    """Correct the mistake, as its author would by typing over it."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        MISTAKE.encode(), MEANT.encode()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


def with_template(folder: Path, make: Callable[[Path], None]) -> Path:
    """A project with such a template, set as the README tells."""
    rows = complaints(12)
    project(folder, 'template = "mine.docx"\n', complaints=[*rows, second(rows[0])])
    (folder / "text").mkdir()
    (folder / "text" / "foreword.md").write_text(FOREWORD, encoding="utf-8")
    make(folder / "mine.docx")
    return folder


@makers
def test_the_one_mistake_is_found(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """It alone, with its heading, its sentence and what may have been meant."""
    folder = with_template(tmp_path, make)
    ran = hcreport("template", "check", folder / "mine.docx", folder)
    assert ran.status == 1
    assert "mine.docx: 10 placeholders, 1 fault" in ran.out
    fault = ran.out.partition("\n\n")[2].partition("\n\n")[0].splitlines()
    assert fault == [
        "Under “How many there were”",
        f"  There is no placeholder {{{{ {MISTAKE} }}}}.",
        f"    in: Of these, {{{{ {MISTAKE} }}}} came back{fault[2].partition('back')[2]}",
        "    Did you mean stage2.received or stage1.received or stage2.decided?",
    ]


@makers
def test_once_mended_it_is_filled(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """Every placeholder becomes what it stands for, in styles that are there, within the page."""
    folder = with_template(tmp_path, make)
    mended(folder / "mine.docx")
    assert hcreport("template", "check", folder / "mine.docx", folder).status == 0
    ran = hcreport("build", folder)
    assert (ran.status, ran.err) == (0, "")
    word = Word.of((folder / "output" / "report.docx").read_bytes())
    texts = [text_of(p) for p in word.paragraphs()]
    assert "Complaints in 2023/24" in texts
    assert "What we did" in texts
    assert any(text.startswith("We had 12 complaints") for text in texts)
    assert any("1 came back" in text for text in texts)
    assert not any("{" in text_of(story) for story in word.stories.values())
    must_be_styled(word)
    must_fit(word)
    levels = {"What we did": "Heading2", "And then": "Heading3"}
    assert {text_of(p): style_of(p) for p in word.paragraphs() if text_of(p) in levels} == levels


def must_be_styled(word: Word) -> None:
    """Each style and list that is named is there, and captions stay with what they name."""
    styles = {s.get(f"{W}styleId") for s in word.part("word/styles.xml").iter(f"{W}style")}
    marks = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle", f"{W}basedOn")
    parts = [*word.stories.values(), word.part("word/styles.xml")]
    assert {m.get(f"{W}val") for part in parts for m in part.iter(*marks)} <= styles
    lists = {n.get(f"{W}numId") for n in word.part("word/numbering.xml").iter(f"{W}num")} | {"0"}
    used = {n.get(f"{W}val") for part in parts for n in part.iter(f"{W}numId")}
    assert used <= lists
    captions = [p for p in word.paragraphs() if text_of(p).startswith(("Table 1:", "Figure 1:"))]
    assert [p.find(f"{W}pPr/{W}keepNext") is not None for p in captions] == [True, True]


def must_fit(word: Word) -> None:
    """The report's table and its chart are no wider than the text."""
    section = word.body.find(f"{W}sectPr")
    assert section is not None
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert size is not None
    assert margins is not None
    sides = sum(int(margins.get(f"{W}{side}", "0")) for side in ("left", "right"))
    room = int(size.get(f"{W}w", "0")) - sides
    ours = [t for t in word.tables() if t.find(f"{W}tblPr/{W}tblDescription") is not None]
    (table,) = ours
    assert len(rows_of(table)) > 2
    assert sum(int(c.get(f"{W}w", "0")) for c in table.iter(f"{W}gridCol")) <= room
    (chart,) = word.body.iter(f"{WP}inline")
    extent = chart.find(f"{WP}extent")
    assert extent is not None
    assert 0 < int(extent.get("cx", "0")) <= room * 635


@makers
@pytest.mark.parametrize("draft", [False, True])
def test_it_is_valid(tmp_path: Path, make: Callable[[Path], None], draft: bool) -> None:
    """The Open XML validator finds no fault in what is made of it that it had not before."""
    folder = with_template(tmp_path, make)
    mended(folder / "mine.docx")
    assert hcreport("build", folder, *(["--draft"] if draft else [])).status == 0
    assert faults(folder / "output" / "report.docx") <= faults(folder / "mine.docx")


def faults(path: Path) -> set[str]:
    """What the Open XML validator finds in a file."""
    program = os.environ.get("HCREPORT_OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    if program is None:
        pytest.skip("no ooxml-validator on PATH or in HCREPORT_OOXML_VALIDATOR")
    told = subprocess.run([program, str(path)], capture_output=True, text=True, check=False)
    return {f"{e['description']} {e['path']}" for e in json.loads(told.stdout)["errors"]}


def test_a_template_without_any_style_of_ours_takes_every_block(tmp_path: Path) -> None:
    """Headings, lists, links, a table and its note: each finds a style or is given one."""
    folder = with_template(tmp_path, like_word)
    path = folder / "mine.docx"
    mended(path)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist() if "numbering" not in name}
    bare = f'<w:styles {nsdecls("w")}><w:style w:type="paragraph" w:default="1" w:styleId="Basis">'
    bare += '<w:name w:val="Normal"/></w:style></w:styles>'
    parts["word/styles.xml"] = bare.encode()
    for name, pattern in (
        ("word/_rels/document.xml.rels", "numbering.xml"),
        ("[Content_Types].xml", "/word/numbering.xml"),
    ):
        root = docx.oxml.parse_xml(parts[name])
        for child in list(root):
            if pattern in (child.get("Target") or child.get("PartName") or ""):
                root.remove(child)
        parts[name] = docx.oxml.parser.etree.tostring(root)
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    assert hcreport("build", folder).status == 0
    word = Word.of((folder / "output" / "report.docx").read_bytes())
    found = {text_of(p): style_of(p) for p in word.paragraphs()}
    assert found["What we did"] == "Heading1"
    assert found["And then"] == "Heading2"
    assert found["Within"] == "ListBullet2"
    assert {"Caption", "Note", "TableNumber", "TableHeading"} <= set(found.values())
    based = {s.get(f"{W}val") for s in word.part("word/styles.xml").iter(f"{W}basedOn")}
    assert "Basis" in based


def test_contents_without_a_field_are_given_one(tmp_path: Path) -> None:
    """The placeholder typed alone becomes a list that leads somewhere, in a whole field."""
    folder = with_template(tmp_path, like_word)
    template = docx.Document(str(folder / "mine.docx"))
    template.paragraphs[0].insert_paragraph_before("{{ contents }}")
    template.save(str(folder / "mine.docx"))
    mended(folder / "mine.docx")
    assert hcreport("build", folder).status == 0
    word = Word.of((folder / "output" / "report.docx").read_bytes())
    assert [text for _, text in word.contents()] == [
        "Complaints in 2023/24",
        "What we did",
        "And then",
        "How many there were",
        "How long they took",
    ]
    kinds = [str(mark.get(f"{W}fldCharType")) for mark in word.body.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    assert faults(folder / "output" / "report.docx") == set()


def test_a_table_in_a_text_box_is_numbered_once(tmp_path: Path) -> None:
    """Word keeps the box twice, and the table after it is the second."""
    made = docx.Document()
    words = f"<w:p>{run('{{ tables.received_by_stage }}')}</w:p>"
    made.element.body.insert(-1, parse_xml(f"<w:p {SPACES}>{BOX.format(words=words)}</w:p>"))
    made.add_paragraph("{{ tables.received_by_month }}")
    folder = project(tmp_path, 'template = "mine.docx"\n', complaints=complaints(3))
    made.save(str(folder / "mine.docx"))
    ran = hcreport("build", folder)
    assert (ran.status, ran.err) == (0, "")
    report = folder / "output" / "report.docx"
    paragraphs = Word.of(report.read_bytes()).paragraphs()
    captions = [text_of(p) for p in paragraphs if p.find(f"{W}fldSimple") is not None]
    assert [c.partition(":")[0] for c in captions] == ["Table 1", "Table 1", "Table 2"]
    told = hcreport("refresh", report, folder, "--dry-run")
    assert (told.status, told.out.splitlines()[0][:9]) == (0, "Unchanged")

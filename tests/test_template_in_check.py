"""`check` opens the template and the texts, so that `build` meets nothing that it did not tell."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from msoffcrypto.format.ooxml import OOXMLFile
from tests.projects import complaints, hcreport, problems_of, project
from tests.word import W, Word, text_of

from hcreport.init.texts import stubs

if TYPE_CHECKING:
    from pathlib import Path

V = 'xmlns:v="urn:schemas-microsoft-com:vml"'
BOX = (
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
HALVES = "<w:r><w:t>{{ stage1</w:t></w:r>", "<w:r><w:t>.received }}</w:t></w:r>"
CELL = (
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r>"
    "</w:p></w:tc></w:tr></w:tbl>"
)


def own_template(folder: Path, *pieces: str) -> Path:
    """A project with a template of paragraphs, or of what stands in them as XML."""
    project(folder, 'template = "own.docx"\n', complaints=complaints(3))
    (folder / "text").mkdir(exist_ok=True)
    (folder / "text" / "foreword.md").write_text("Hello.", encoding="utf-8")
    made = docx.Document()
    made.add_heading("Our year", 1)
    for piece in pieces:
        if not piece.startswith("<"):
            made.add_paragraph(piece)
            continue
        xml = piece if piece.startswith("<w:tbl>") else f"<w:p>{piece}</w:p>"
        head, _, tail = xml.partition(">")
        made.element.body.insert(-1, parse_xml(f"{head} {nsdecls('w')} {V}>{tail}"))
    made.save(str(folder / "own.docx"))
    return folder


def told(folder: Path) -> list[dict[str, object]]:
    """The problems of the template that stop a build."""
    return [p for p in problems_of(folder) if p["code"] == "T201"]


# --- The template -----------------------------------------------------------------------------


def test_a_misspelt_placeholder_is_told_with_its_place(tmp_path: Path) -> None:
    """File, heading, sentence and near names, in one problem that stops a build."""
    folder = own_template(tmp_path, "First. Had {{ stage1.recieved }} of them. Then more.")
    ran = hcreport("check", folder)
    assert ran.status == 1
    assert (
        "  own.docx › Our year: There is no placeholder {{ stage1.recieved }}. "
        "In “Had {{ stage1.recieved }} of them.”. Did you mean stage1.received"
    ) in ran.out
    assert "T201" in hcreport("explain", "T201").out


def test_every_fault_of_the_template_is_a_problem(tmp_path: Path) -> None:
    """As `template check` finds them, each with what it stands in."""
    folder = own_template(tmp_path, "{{ a.b }}", CELL.format("{{ tables.actions }}"))
    assert [p["heading"] for p in told(folder)] == ["Our year", "Our year, in a table"]


SOUND = {
    "in a content control": f"<w:sdt><w:sdtContent>{''.join(HALVES)}</w:sdtContent></w:sdt>",
    "in a link": f'<w:hyperlink w:anchor="x">{"".join(HALVES)}</w:hyperlink>',
    "in a tracked change": f'<w:ins w:id="1" w:author="a">{"".join(HALVES)}</w:ins>',
    "in a field": f'<w:fldSimple w:instr=" QUOTE ">{"".join(HALVES)}</w:fldSimple>',
    "in a cell": CELL.format("{{ stage1.received }}"),
    "in a text box": BOX.format("{{ stage1.received }}"),
    "a text in a cell": CELL.format("{{ text.foreword }}"),
    "a text in a text box": BOX.format("{{ text.foreword }}"),
    "a condition": "{% if period.label %}So.{% endif %}",
}
UNSOUND = {
    "half in a deletion": '<w:del w:id="1" w:author="a"><w:r><w:delText>{{ stage1.due }}'
    "</w:delText></w:r></w:del><w:r><w:t>x</w:t></w:r>",
    "in a field's code": "<w:r><w:instrText>{{ stage1.due }}</w:instrText></w:r>",
    "an open condition": "{% if period.label %}So.",
    "an end alone": "So.{% endif %}",
    "an unknown name in a condition": "{% if priod.label %}So.{% endif %}",
    "an open comment": "{# So.",
    "half a name": "{{ landlord }}",
    "half a figure": "{{ stage1 }}",
    "a facet without its group": "{{ stage1.received.by }}",
    "a kind alone": "{{ tables }}",
    "another kind alone": "{{ text }}",
    "nothing": "{{ }}",
    "three braces": "{{{ stage1.received }}}",
    "an unknown filter": "{{ landlord.name|uper }}",
    "a hidden sign": "{{ stage1.\u200breceived }}",
    "contents in a sentence": "So: {{ contents }}",
}


@pytest.mark.parametrize("piece", SOUND.values(), ids=SOUND)
def test_what_check_passes_builds(tmp_path: Path, piece: str) -> None:
    """A placeholder works wherever Word keeps text."""
    folder = own_template(tmp_path, piece)
    assert told(folder) == []
    assert hcreport("build", folder).status == 0


@pytest.mark.parametrize("piece", UNSOUND.values(), ids=UNSOUND)
def test_what_a_build_refuses_check_has_told(tmp_path: Path, piece: str) -> None:
    """A build ends in two lines, and never at what `check` did not tell."""
    folder = own_template(tmp_path, piece)
    assert told(folder)
    ran = hcreport("build", folder)
    assert (ran.status, len(ran.lines)) == (2, 2)


@pytest.mark.parametrize(
    "pieces", [("<w:ins>", HALVES), ("<w:hyperlink>", HALVES)], ids=["change", "link"]
)
def test_a_placeholder_half_in_something_else_is_told(
    tmp_path: Path, pieces: tuple[str, tuple[str, str]]
) -> None:
    """It might be torn when the change is refused or the link removed, so it is an error."""
    begin, (first, second) = pieces
    folder = own_template(tmp_path, f"{begin}{first}{begin.replace('<', '</')}{second}")
    (problem,) = told(folder)
    assert "stands partly in a link, a tracked change" in str(problem["message"])


def test_a_placeholder_in_two_looks_is_a_note(tmp_path: Path) -> None:
    """It works, so nothing is stopped."""
    bold = HALVES[1].replace("<w:t>", "<w:rPr><w:b/></w:rPr><w:t>")
    found = problems_of(own_template(tmp_path, HALVES[0] + bold))
    assert [(p["code"], p["severity"]) for p in found if str(p["code"])[:2] == "T2"] == [
        ("T202", "note")
    ]


def with_footnote(folder: Path, text: str) -> Path:
    """A project whose template has a footnote."""
    own_template(folder, "Text.")
    made = docx.Document(str(folder / "own.docx"))
    words = f"<w:r><w:footnoteRef/></w:r><w:r><w:t>{text}</w:t></w:r>"
    notes = f"<w:footnotes {nsdecls('w')}><w:footnote w:id='1'><w:p>{words}</w:p></w:footnote>"
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        f"{notes}</w:footnotes>".encode(),
        made.part.package,
    )
    made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    made.save(str(folder / "own.docx"))
    return folder


def test_a_figure_in_a_footnote_is_filled(tmp_path: Path) -> None:
    """A footnote takes figures and facts; the mark that it hangs on stays."""
    folder = with_footnote(tmp_path, "{{ landlord.name }} had {{ stage1.received }}.")
    assert told(folder) == []
    assert hcreport("build", folder).status == 0
    notes = Word.of((folder / "output" / "report.docx").read_bytes()).part("word/footnotes.xml")
    assert text_of(notes) == "Example Homes had 3."
    assert next(notes.iter(f"{W}footnoteRef"), None) is not None


def test_a_text_does_not_go_into_a_footnote(tmp_path: Path) -> None:
    """It would take the footnote's own mark away."""
    (problem,) = told(with_footnote(tmp_path, "{{ text.foreword }}"))
    assert problem["heading"] == "in a footnote"


# --- Files that are no templates --------------------------------------------------------------


def odd_files(folder: Path) -> dict[str, str]:
    """Files that somebody may name as a template, each with what should be said of it."""
    word = (folder / "own.docx").read_bytes()
    (folder / "empty.docx").write_bytes(b"")
    (folder / "text.docx").write_bytes(b"no zip")
    (folder / "cut.docx").write_bytes(word[: len(word) // 2])
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with (folder / "locked.docx").open("wb") as file:
        OOXMLFile(io.BytesIO(word)).encrypt("x", file)
    with (
        zipfile.ZipFile(io.BytesIO(word)) as old,
        zipfile.ZipFile(folder / "torn.docx", "w") as new,
    ):
        for member in old.namelist():
            new.writestr(member, old.read(member)[: 300 if "styles" in member else None])
    mains = {
        "a.dotx": b"officedocument.wordprocessingml.template.main",
        "a.docm": b"ms-word.document.macroEnabled.main",
        "a.dotm": b"ms-word.template.macroEnabledTemplate.main",
    }
    for name, main in mains.items():
        with (
            zipfile.ZipFile(folder / "own.docx") as old,
            zipfile.ZipFile(folder / name, "w") as new,
        ):
            for member in old.namelist():
                content = old.read(member)
                plain = b"officedocument.wordprocessingml.document.main"
                content = content.replace(b"vnd.openxmlformats-" + plain, b"vnd." + main)
                new.writestr(member, content)
    return {
        "empty.docx": "is empty",
        "text.docx": "is not a Word document",
        "cut.docx": "is not a Word document",
        "torn.docx": "is not a Word document",
        "old.doc": "old Word document (.doc)",
        "locked.docx": "protected by a password",
        "a.dotx": "Word template (.dotx)",
        "a.docm": "macros (.docm)",
        "a.dotm": "macros (.dotm)",
        "nowhere.docx": "here is no template",
    }


def test_what_is_no_template_is_answered_in_two_lines(tmp_path: Path) -> None:
    """By build and `template check`; to `check` it is a problem among those of the exports."""
    folder = own_template(tmp_path, "Text.")
    toml = folder / "report.toml"
    settings = toml.read_text("utf-8")
    for name, words in odd_files(folder).items():
        toml.write_text(settings.replace("own.docx", name), encoding="utf-8")
        (problem,) = told(folder)
        assert words in str(problem["message"]), name
        for ran in (
            hcreport("build", folder),
            hcreport("template", "check", folder / name, folder),
        ):
            assert (ran.status, len(ran.lines)) == (2, 2), name
            assert words in ran.err, name


# --- Texts ------------------------------------------------------------------------------------


def idle(folder: Path) -> dict[object, object]:
    """The texts that nothing asks for, with what is said of each."""
    return {p["file"]: p["message"] for p in problems_of(folder) if p["code"] == "T104"}


def test_a_text_that_nothing_asks_for_is_warned_of(tmp_path: Path) -> None:
    """A misspelt name, another kind of file and a text of another template are each told."""
    folder = own_template(tmp_path, "{{ text.foreword }}", "{{ text.lead_member }}")
    for name in ("foreward.md", "lead-member.md", "foreword.md.txt", "lead_member.docx"):
        (folder / "text" / name).write_text("Words.", encoding="utf-8")
    assert {name: "Did you mean" in str(said) for name, said in idle(folder).items()} == {
        "text/foreward.md": True,
        "text/foreword.md.txt": True,
        "text/lead-member.md": True,
        "text/lead_member.docx": True,
    }
    ran = hcreport("build", folder)
    assert ran.status == 0
    assert "4 warnings: see hcreport check" in ran.out


def test_a_stub_nobody_filled_is_not_warned_of(tmp_path: Path) -> None:
    """The stubs that `init` writes hold a comment only: nothing is lost by not printing them."""
    folder = own_template(tmp_path, "{{ text.foreword }}")
    for name, text in stubs("brent").items():
        if name != "foreword":
            (folder / "text" / f"{name}.md").write_text(text, encoding="utf-8")
    assert idle(folder) == {}


def test_a_text_asked_for_in_a_header_or_a_condition_is_asked_for(tmp_path: Path) -> None:
    """Wherever its name stands in the template."""
    folder = own_template(tmp_path, "{% if true %}{{ text.foreword }}{% endif %}")
    assert idle(folder) == {}

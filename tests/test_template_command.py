"""``hcreport template``: the names there are, a copy to restyle, every fault in one pass."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from tests.projects import SAMPLE, hcreport, sample_run

from hcreport import pipeline
from hcreport.report import template_check, template_names
from hcreport.report.code_blocks import CODE_BLOCKS, left_out
from hcreport.report.template_files import bundled, find_template

if TYPE_CHECKING:
    from docx.document import Document

    from hcreport.report.template_check import Checked

BOX = """\
<w:p {ns} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:t>Beside a box. </w:t></w:r><w:r><w:pict>
<v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>
</v:textbox></v:shape></w:pict></w:r></w:p>"""


def template(*paragraphs: str, header: str = "") -> Document:
    """A Word document from scratch: none of our styles, a heading, then paragraphs."""
    made = docx.Document()
    made.add_heading("Our year", 1)
    for text in paragraphs:
        made.add_paragraph(text)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    return made


def checked(made: Document, folder: Path) -> Checked:
    """Check a document against the sample's figures."""
    made.save(str(folder / "own.docx"))
    return template_check.check(folder / "own.docx", pipeline.writer(sample_run()))


def told(made: Document, folder: Path) -> list[str]:
    """What each fault says, with what to do."""
    return [f"{f.message} {f.hint}" for f in checked(made, folder).faults]


# --- check ------------------------------------------------------------------------------------


def test_the_bundled_templates_are_sound_and_leave_nothing_out() -> None:
    """Each template of a report has no fault, and a place for all that the Code asks for."""
    reports = [name for name in bundled() if name != "summary"]
    assert len(reports) == 2
    for name in reports:
        found = template_check.check(find_template(Path(), name), pipeline.writer(sample_run()))
        assert (found.faults, found.left_out, found.is_summary) == ((), (), False), name
        assert found.placeholders > 50


FAULTY = {
    "an unknown figure": (
        "Had {{ stage1.recieved }}.",
        "stage1.recieved",
        "Did you mean stage1.re",
    ),
    "an unknown table": ("{{ tables.outcomes_by_servce }}", "outcomes_by_servce", "Did you mean"),
    "an unknown fact": ("{{ landlord.nam }}", "landlord.nam", "landlord.name"),
    "an unknown first word": ("{{ lanlord.name }}", "lanlord", "landlord"),
    "an unknown facet": ("{{ stage1.received.chnge }}", "chnge", "stage1.received.change"),
    "an unknown group": ('{{ stage1.received.by(service="X") }}', "no service 'X'", "There are"),
    "a name with a space": ("{{ stage1 received }}", "cannot be read", "no spaces"),
    "three braces": ("{{{ stage1.received }}}", "cannot be read as a placeholder.", "no spaces"),
    "a sum": ("{{ stage1.received + 1 }}", "cannot be worked out", "as it is listed"),
    "half a placeholder": ("Had {{ stage1.received } here.", "half a placeholder", "two braces"),
    "the other half": ("Had stage1.received }} here.", "half a placeholder", "two braces"),
    "single braces": ("Had {stage1.received}.", "single braces", "Write {{stage1.received}}."),
    "a table in a sentence": ("See {{ tables.actions }} here.", "inside a sentence", "of its own"),
    "two blocks": ("{{ tables.actions }} {{ tables.tsm }}", "inside a sentence", "of its own"),
    "a tag": ("{% if %}", "placeholder cannot be read", "{{ without }}"),
}


@pytest.mark.parametrize("case", FAULTY.values(), ids=FAULTY)
def test_each_fault_is_told_with_its_place(tmp_path: Path, case: tuple[str, ...]) -> None:
    """A fault names what was typed and what to do; a place of it, the heading and the sentence."""
    text, *words = case
    found = checked(template(f"First, a sentence. {text}" if "{% " not in text else text), tmp_path)
    assert not found.is_sound
    for fault in found.faults:
        assert all(word in f"{fault.message} {fault.hint}" for word in words)
        if "tag" not in fault.message and "{% " not in text:
            assert fault.heading == "Our year"
            assert fault.sentence
            assert fault.sentence in text or "First" in fault.sentence


def test_all_faults_come_in_one_pass(tmp_path: Path) -> None:
    """Body, table, header, footer and text box: none hides another, and each says where."""
    made = template("{{ a.b }}", "{{ c d }}", header="{{ e.f }}")
    made.sections[0].footer.paragraphs[0].text = "{{ g.h }}"
    made.add_heading("Further on", 2)
    made.add_table(1, 1).rows[0].cells[0].text = "{{ i.j }}"
    made.element.body.insert(-1, parse_xml(BOX.format(ns=nsdecls("w"), text="{{ k.l }}")))
    found = checked(made, tmp_path).faults
    assert [(f.where, f.heading, f.sentence) for f in found] == [
        ("text", "Our year", "{{ a.b }}"),
        ("text", "Our year", "{{ c d }}"),
        ("table", "Further on", "{{ i.j }}"),
        ("text box", "Further on", "{{ k.l }}"),
        ("header", "", "{{ e.f }}"),
        ("footer", "", "{{ g.h }}"),
    ]


@pytest.mark.parametrize("where", ["header", "box", "cell"])
def test_a_table_does_not_go_where_there_is_no_room(tmp_path: Path, where: str) -> None:
    """A whole table in a header, a text box or a cell is a fault, alone or not."""
    made = template(header="{{ tables.actions }}" if where == "header" else "")
    if where == "box":
        box = BOX.format(ns=nsdecls("w"), text="{{ tables.actions }}")
        made.element.body.insert(-1, parse_xml(box))
    if where == "cell":
        made.add_table(1, 1).rows[0].cells[0].text = "{{ tables.actions }}"
    (fault,) = told(made, tmp_path)
    assert "{{ tables.actions }} stands in a " in fault


def split(made: Document, *pieces: str, bold: int = -1) -> None:
    """Add a paragraph cut into runs, one of them bold."""
    paragraph = made.add_paragraph()
    for number, piece in enumerate(pieces):
        paragraph.add_run(piece).bold = number == bold or None


def test_text_that_word_cut_into_runs_is_read_whole(tmp_path: Path) -> None:
    """A placeholder over several runs is one, and an unknown one is told whole."""
    made = template()
    split(made, "Had {", "{ stage1.rec", "eived }", "} of them.")
    split(made, "Had {{ stage1", ".recieved }", "}.")
    (fault,) = told(made, tmp_path)
    assert "{{ stage1.recieved }}" in fault


def test_a_placeholder_in_two_looks_is_noted(tmp_path: Path) -> None:
    """One that is half bold works, and is a note: the template stays sound."""
    made = template()
    split(made, "Had {{ stage1", ".received }} of them.", bold=1)
    found = checked(made, tmp_path)
    assert found.is_sound
    assert [f.is_note for f in found.faults] == [True]
    assert "more than one look" in found.faults[0].message


def test_a_placeholder_partly_in_a_tracked_change_is_a_fault(tmp_path: Path) -> None:
    """Word's own markup inside a placeholder would be torn, so it is refused with its sentence."""
    made = template()
    split(made, "Had {{ stage1", ".received }} of them.")
    first = made.paragraphs[-1].runs[0]._r
    inserted = OxmlElement("w:ins")
    first.addprevious(inserted)
    inserted.append(first)
    (fault,) = checked(made, tmp_path).faults
    assert "tracked change" in fault.message
    assert fault.sentence == "Had {{ stage1.received }} of them."


def test_quotation_marks_that_word_curled_do_no_harm(tmp_path: Path) -> None:
    """Word curls quotation marks as they are typed; a group is found all the same."""
    groups = sample_run().ledger.by("stage1.received", "service")
    made = template(*(f"{{{{ stage1.received.by(service=“{e.label}”) }}}}" for e in groups))
    assert told(made, tmp_path) == []


def test_what_the_template_leaves_out_is_told_by_provision(tmp_path: Path) -> None:
    """A template of one table serves what the table serves, and nothing else."""
    found = checked(template("{{ tables.refusals_by_reason }}"), tmp_path)
    assert found.is_sound
    served = [block for block in CODE_BLOCKS if block not in found.left_out]
    assert [block.asks for block in served] == ["the kinds of complaint that were not accepted"]
    assert {"8.1(a)", "8.1(f)", "8.2", "9.7(c)"} <= {b.provision for b in found.left_out}


def test_every_code_block_is_served_by_placeholders_there_are() -> None:
    """Each has a first placeholder that a template can take, and it serves that block."""
    known = {
        name.name
        for listed in template_names.names(SAMPLE, pipeline.writer(sample_run())).values()
        for name in listed
    }
    for block in CODE_BLOCKS:
        assert block.served_by[0] in known
        assert {name for name in block.served_by if "*" not in name} <= known
        assert block not in left_out({block.served_by[0]})


def test_the_command_prints_faults_by_place(tmp_path: Path) -> None:
    """It ends with 1 and prints heading, sentence and near names."""
    made = template("Of these, {{ stage1.recieved }} came. Another sentence.")
    made.save(str(tmp_path / "own.docx"))
    ran = hcreport("template", "check", tmp_path / "own.docx", SAMPLE)
    assert ran.status == 1
    assert "Under “Our year”" in ran.out
    assert "There is no placeholder {{ stage1.recieved }}." in ran.out
    assert "in: Of these, {{ stage1.recieved }} came.\n" in ran.out
    assert "Did you mean stage1.received" in ran.out
    assert "8.1(c) findings of non-compliance" in ran.out


def test_a_sound_template_ends_with_nought() -> None:
    """A bundled template can be checked by its name."""
    ran = hcreport("template", "check", "brent", SAMPLE)
    assert (ran.status, ran.err) == (0, "")
    assert "no fault" in ran.out


def test_what_is_no_word_file_is_refused_in_two_lines(tmp_path: Path) -> None:
    """Neither bytes nor another zip file leads to a traceback."""
    (tmp_path / "a.docx").write_bytes(b"no zip")
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        archive.writestr("x.txt", "x")
    for name in ("a.docx", "b.docx"):
        ran = hcreport("template", "check", tmp_path / name, SAMPLE)
        assert ran.status == 2
        assert len(ran.lines) == 2
        assert "not a Word document" in ran.err


# --- names and copy ---------------------------------------------------------------------------


def test_every_placeholder_is_listed_with_todays_value() -> None:
    """Each figure of the ledger with its value and label; tables, charts, texts and facts too."""
    ran = hcreport("template", "names", SAMPLE)
    assert ran.status == 0
    lines = [line.split() for line in ran.out.splitlines()]
    listed = {words[0]: " ".join(words[1:]) for words in lines if words}
    for entry in (e for e in sample_run().ledger.entries if not e.group):
        assert listed[entry.id].startswith(entry.shown)
    for name in ("tables.actions", "charts.received_by_month", "commentary.causes"):
        assert f"  {name} " in ran.out
    assert re.search(r"text\.foreword +9 paragraphs", ran.out)
    assert re.search(r"landlord\.name +Brent Council", ran.out)


@pytest.mark.parametrize("width", [80, 100, 120])
def test_the_list_fits_the_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than the terminal, but for values that are by themselves."""
    monkeypatch.setenv("COLUMNS", str(width))
    lines = hcreport("template", "names", SAMPLE).out.splitlines()
    assert [line for line in lines if len(line) > width and not line.startswith("  ")] == []
    assert sum(len(line) > width for line in lines) <= 8


def test_names_can_be_searched() -> None:
    """--find looks in names and meanings; a word that is nowhere is refused with near names."""
    ran = hcreport("template", "names", SAMPLE, "--find", "uphold rate")
    assert "stage1.uphold_rate" in ran.out
    assert "  stage1.received " not in ran.out
    ran = hcreport("template", "names", SAMPLE, "--find", "stage1.recieved")
    assert ran.status == 2
    assert "Did you mean stage1.received" in ran.err


def test_a_template_is_copied_once(tmp_path: Path) -> None:
    """The copy is the bundled file, what to do next is said, and nothing is overwritten."""
    ran = hcreport("template", "copy", "brent", tmp_path)
    path = tmp_path / "brent.docx"
    assert path.read_bytes() == find_template(Path(), "brent").read_bytes()
    assert 'template = "brent.docx"' in ran.out
    path.write_bytes(b"mine")
    ran = hcreport("template", "copy", "brent", tmp_path)
    assert (ran.status, len(ran.lines)) == (2, 2)
    assert path.read_bytes() == b"mine"
    assert "Did you mean brent" in hcreport("template", "copy", "bent", tmp_path).err
    assert hcreport("template", "copy", "brent", tmp_path / "nowhere").status == 2


def test_every_bundled_template_is_named_where_one_is_asked_for() -> None:
    """`template copy --help` names all there are."""
    told = " ".join(hcreport("template", "copy", "--help").out.split())
    assert all(name in told for name in bundled())


def test_a_template_given_to_the_command_is_not_said_to_be_a_setting(tmp_path: Path) -> None:
    """There is no such file: report.toml has nothing to do with it."""
    ran = hcreport("template", "check", "nofile.docx", tmp_path)
    assert ran.status == 2
    assert ran.lines[0] == "There is no template 'nofile.docx'."

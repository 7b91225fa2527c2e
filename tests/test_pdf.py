"""build --pdf: page numbers in the contents, the same bytes every time, and LibreOffice or not.

What the PDF is to a screen reader, test_accessibility.py holds.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest
from tests.projects import (
    ROOT,
    complaint,
    contents,
    copy_of_sample,
    hcreport,
    needs_office,
    project,
    sample_files,
    sample_in_pages,
)
from tests.word import W, Word

from hcreport.problems import CannotRun
from hcreport.report.pdf import making, office
from hcreport.report.pdf.settle import settled
from hcreport.report.word import page_numbers

if TYPE_CHECKING:
    from pathlib import Path

needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="its stand-in is a shell script")


# --- Page numbers -----------------------------------------------------------------------------


@needs_office
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext on PATH")
def test_the_pdf_prints_the_page_numbers(tmp_path: Path) -> None:
    """What is printed on the contents page is what the Word file has."""
    path = tmp_path / "report.pdf"
    path.write_bytes(sample_in_pages().pdf)
    told = subprocess.run(
        ["pdftotext", "-layout", "-f", "2", "-l", "2", str(path), "-"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    lines = re.findall(r"^ *(.*\S)\.{4,}(\d+)$", told.stdout, re.MULTILINE)
    printed = [" ".join(f"{text.rstrip('.')} {page}".split()) for text, page in lines]
    assert printed == [line for _, line in Word.of(sample_in_pages().word).contents()]


@needs_office
def test_page_numbers_are_fields_and_touch_nothing_else() -> None:
    """Word can update each, and only the text of the document has changed."""
    with_numbers, without = Word.of(sample_in_pages().word), Word.of(sample_files()["report.docx"])
    assert {n for n, c in with_numbers.parts.items() if c != without.parts[n]} == {
        "word/document.xml"
    }
    asked = [
        str(field.text)
        for link in with_numbers.body.iter(f"{W}hyperlink")
        for field in link.iter(f"{W}instrText")
    ]
    assert asked == [
        f" PAGEREF _Toc{n:06d} \\h " for n in range(1, len(with_numbers.contents()) + 1)
    ]


@needs_office
def test_the_open_xml_validator_finds_no_fault(tmp_path: Path) -> None:
    """The report with page numbers keeps to the Open XML schema."""
    validator = os.environ.get("HCREPORT_OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    if validator is None:
        pytest.skip("no ooxml-validator on PATH or in HCREPORT_OOXML_VALIDATOR")
    for name, report in (("styled", sample_in_pages().word), ("plain", without_tabs())):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(report)
        told = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False)
        assert json.loads(told.stdout)["errors"] == [], name


def changed(report: bytes, part: str, old: str, new: str) -> bytes:
    """A report with other words in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(report)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                content = re.sub(old, new, content.decode("utf-8")).encode("utf-8")
            after.writestr(name, content)
    return out.getvalue()


def without_tabs() -> bytes:
    """The report with page numbers where no style of the template has a place for them."""
    report = sample_files()["report.docx"]
    plain = changed(report, "word/styles.xml", r'<w:tab w:val="right"', '<w:tab w:val="left"')
    return page_numbers.put(plain, range(1, len(page_numbers.listed(plain)) + 1))


def test_a_style_without_a_right_tab_is_helped_out() -> None:
    """The number stands at the right margin, after dots, all the same."""
    listed = [
        paragraph
        for paragraph in Word.of(without_tabs()).paragraphs()
        if paragraph.find(f"{W}hyperlink") is not None
    ]
    assert listed
    for paragraph in listed:
        (tab,) = paragraph.findall(f"{W}pPr/{W}tabs/{W}tab")
        assert tab.get(f"{W}val") == "right"
        assert tab.get(f"{W}leader") == "dot"
        assert tab.get(f"{W}pos") == str(11906 - 2 * 1304)


@needs_office
def test_pages_with_numbers_of_their_own_are_not_guessed(tmp_path: Path) -> None:
    """Where a template counts its pages anew, no number is given, and the build says so."""
    folder = project(tmp_path, 'template = "own.docx"\n', complaints=[complaint(1)])
    template = (ROOT / "templates" / "brent.docx").read_bytes()
    anew = changed(
        template, "word/document.xml", "<w:titlePg", '<w:pgNumType w:start="1"/><w:titlePg'
    )
    (folder / "own.docx").write_bytes(anew)
    ran = hcreport("build", folder, "--pdf")
    assert (ran.status, ran.err) == (0, "")
    assert "no page numbers" in ran.out
    word = Word.of((folder / "output" / "report.docx").read_bytes())
    assert word.contents()[0] == (1, "1.0 Executive summary")


def test_the_pages_of_all_headings_or_of_none() -> None:
    """Deeper headings are passed over; a heading that is missing leaves all without a number."""
    found = [("1 One", 3), ("Deep", 3), ("2 Two", 4), ("Two", 5), ("Two", 6)]
    assert making.pages_of(["1 One", "2 Two", "Two", "Two"], found) == (3, 4, 5, 6)
    assert making.pages_of(["1 One", "3 Three"], found) == ()
    assert making.pages_of(["2 Two", "1 One"], found) == ()
    assert making.pages_of([], found) == ()


# --- The same bytes ---------------------------------------------------------------------------


@needs_office
def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    """The command's files are those made in memory; without --pdf the old report.pdf goes."""
    folder = copy_of_sample(tmp_path)
    ran = hcreport("build", folder, "--pdf")
    assert (ran.status, ran.err) == (0, "")
    assert "\n  report.pdf     " in ran.out
    assert "\n  summary.pdf    " in ran.out
    assert "no page numbers" not in ran.out
    assert (folder / "output" / "report.pdf").read_bytes() == sample_in_pages().pdf
    assert (folder / "output" / "report.docx").read_bytes() == sample_in_pages().word
    made = sample_in_pages(name="summary.docx")
    assert (folder / "output" / "summary.pdf").read_bytes() == made.pdf
    assert (folder / "output" / "summary.docx").read_bytes() == sample_files()["summary.docx"]
    assert hcreport("build", folder).status == 0
    assert not list((folder / "output").glob("*.pdf"))
    assert (folder / "output" / "report.docx").read_bytes() == sample_files()["report.docx"]


def test_dates_and_ids_leave_no_trace() -> None:
    """Two PDFs that differ in when they were made, and so in their ids, become one."""

    def pdf_of(day: bytes) -> bytes:
        made = io.BytesIO()
        with pikepdf.new() as blank:
            blank.add_blank_page()
            blank.docinfo["/CreationDate"] = b"D:" + day
            blank.docinfo["/ModDate"] = b"D:" + day
            with blank.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
                for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
                    said[name] = day.decode()
            blank.trailer["/DocChecksum"] = pikepdf.Name("/" + day.decode())
            blank.save(made)
        return made.getvalue()

    first, second = pdf_of(b"20240101"), pdf_of(b"20250202")
    assert first != second
    assert settled(first) == settled(second)
    assert b"2024" not in settled(first)


# --- LibreOffice ------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "darwin", reason="it is found in /Applications too")
def test_without_libreoffice_two_lines_say_so_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says what is missing, the hint how to get it."""
    folder = project(tmp_path / "project", complaints=[complaint(1)])
    before = contents(folder)
    for variable in ("ProgramFiles", "ProgramFiles(x86)"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = hcreport("build", folder, "--pdf")
    assert ran.status == 2
    message, hint = ran.lines
    assert "LibreOffice" in message
    assert "Install it" in hint
    assert contents(folder) == before


def stand_in(folder: Path, script: str) -> str:
    """A program that only pretends to be LibreOffice."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@needs_shell
@pytest.mark.parametrize("status", [0, 1, 77])
def test_a_libreoffice_that_fails_is_said_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    """It may end well and have made nothing: that is a failure too."""
    folder = project(tmp_path / "project", complaints=[complaint(1)])
    stand_in(tmp_path, f"exit {status}")
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = hcreport("build", folder, "--pdf")
    assert ran.status == 2
    assert ran.lines[0] == f"LibreOffice made no PDF (it ended with {status})."
    assert len(ran.lines) == 2
    assert not (folder / "output").exists()


@needs_shell
def test_a_libreoffice_that_hangs_is_stopped(tmp_path: Path) -> None:
    """So is what it started."""
    began = time.monotonic()
    slow = office.Office(stand_in(tmp_path, "sleep 60 & wait"), tmp_path, seconds=0.2)
    with pytest.raises(CannotRun, match=r"took more than 0\.2 seconds"):
        slow.pdf_of(b"")
    assert time.monotonic() - began < 20


@needs_shell
def test_a_libreoffice_that_cannot_be_started_is_named(tmp_path: Path) -> None:
    """What stands where the program should be is no program."""
    (tmp_path / "soffice").write_bytes(b"")
    with pytest.raises(CannotRun, match="cannot be started") as fault:
        office.Office(str(tmp_path / "soffice"), tmp_path).pdf_of(b"")
    assert "soffice" in fault.value.hint


@needs_office
def test_a_bare_report_has_a_pdf_too(tmp_path: Path) -> None:
    """Almost nothing supplied, a draft, and a folder with a space in its name."""
    folder = project(tmp_path / "my report", complaints=[complaint(1)])
    ran = hcreport("build", folder, "--pdf", "--draft")
    assert (ran.status, ran.err) == (0, "")
    assert (folder / "output" / "report.pdf").read_bytes().startswith(b"%PDF-")

"""No personal data leaves the exports.

In the sample every cell that names a person or says something about one carries a token. A byte
of output or a line of a message that holds the token is a leak.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.projects import (
    SAMPLE,
    TOKEN,
    contents,
    copy_of_sample,
    hcreport,
    kept,
    python,
    sample_files,
)

from hcreport import pipeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet
    from tests.projects import Ran

COMPLAINTS = "exports/complaints-2023-24.xlsx"
AWARDS = "exports/compensation-2023-24.csv"
# Columns that no profile maps, and what gives their cells away: the last two carry no token.
PERSONAL = {
    "MainParty.FullName": TOKEN,
    "MainParty.Address": "Exampletown",
    "MainParty.EmailAddress": "@example.invalid",
    "CaseDetails.Description": "Please ring me, not my neighbour",
    "MainParty.Postcode": "ZZ[1-9] [0-9][A-Z]{2}",
    "MainParty.Phone": "07700 900[0-9]{3}",
}
MAPPED = (
    "CaseDetails.CaseId",
    "CaseStatusReceipt.DateReceived",
    "CaseDetailsHousing.Tenure",
    "CaseStatusWithdrawal.DateWithdrawn",
    "CaseStageStage1.DateAcknowledged",
    "CaseStageStage1.DateDue",
    "CaseStageStage1.ExtendedTo",
    "CaseStageStage1.DateCompleted",
    "CaseStageStage1.DateClosed",
    "CaseStageStage1.Outcome",
    "CaseStageStage1.ResponseInTarget",
    "CaseStageStage2.DateReceived",
    "CaseStageStage2.DateAcknowledged",
    "CaseStageStage2.DateDue",
    "CaseStageStage2.ExtendedTo",
    "CaseStageStage2.DateCompleted",
    "CaseStageStage2.DateClosed",
    "CaseStageStage2.Outcome",
    "CaseStageStage2.ResponseInTarget",
)


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and each file inside it where it is an archive."""
    yield name, content
    if name.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield f"{name}/{inner}", archive.read(inner)


def must_not_leak(files: Mapping[str, bytes]) -> None:
    """Look for the token, in any of the ways that text is stored, in every byte."""
    ways = ("utf-8", "utf-16-le", "utf-16-be")
    for name, content in files.items():
        for inner, held in unpacked(name, content):
            lowered = held.lower()
            assert not [way for way in ways if TOKEN.encode(way) in lowered], inner


def must_not_tell(ran: Ran) -> None:
    """Look for the token in everything a command printed."""
    assert TOKEN not in (ran.out + ran.err).lower()


def spoilt(folder: Path) -> tuple[Worksheet, openpyxl.Workbook]:
    """The sheet of a copy's complaints, to be spoilt."""
    book = openpyxl.load_workbook(folder / COMPLAINTS)
    return book["Cases"], book


def test_the_sample_holds_what_must_not_leak() -> None:
    """The exports do hold the token and the rest, so looking for them means something."""
    book = openpyxl.load_workbook(SAMPLE / COMPLAINTS, read_only=True)
    headings, *rows = book["Cases"].iter_rows(values_only=True)
    for heading, sign in PERSONAL.items():
        column = headings.index(heading)
        assert all(re.search(sign, str(row[column])) for row in rows), heading
    with (SAMPLE / AWARDS).open(encoding="utf-8-sig", newline="") as file:
        assert all(TOKEN in row["Payee"] for row in csv.DictReader(file))


def test_no_byte_of_any_output_holds_personal_data(tmp_path: Path) -> None:
    """Report, annex, charts, figures and the run's record are free of it, unpacked too."""
    folder = copy_of_sample(tmp_path)
    ran = python("-m", "hcreport", "build", folder)
    files = contents(folder / "output")
    assert ran.status == 0
    assert len(files) == 24
    must_not_tell(ran)
    must_not_leak(files)


def test_no_name_address_or_number_is_met_in_an_output() -> None:
    """Nor is any sign of a personal column met there, with or without the token."""
    for name, content in sample_files().items():
        for inner, held in unpacked(name, content):
            if inner.endswith((".xml", ".json", ".rels", ".csv")):
                text = held.decode("utf-8")
                assert not [sign for sign in PERSONAL.values() if re.search(sign, text)], inner


@pytest.mark.parametrize("words", [(), ("--json",)], ids=["text", "json"])
def test_check_tells_no_personal_data(words: tuple[str, ...]) -> None:
    """Neither the text of a check nor its JSON holds any."""
    must_not_tell(hcreport("check", SAMPLE, *words))


def test_explaining_and_comparing_tell_no_personal_data(tmp_path: Path) -> None:
    """Nor do the records behind a figure, or all that differs between two builds."""
    must_not_tell(hcreport("explain", "stage1.received", SAMPLE, "--rows"))
    folder = copy_of_sample(tmp_path)
    sheet, book = spoilt(folder)
    sheet.delete_rows(300)
    book.save(folder / COMPLAINTS)
    new = kept(pipeline.compute(folder), tmp_path / "new")
    for form in ((), ("--json",), ("--markdown",)):
        ran = hcreport("diff", SAMPLE / "expected", new, *form)
        assert ran.status == 1
        must_not_tell(ran)


def test_problems_with_mapped_cells_tell_nothing_of_their_rows(tmp_path: Path) -> None:
    """A wrong cell in each mapped column is told with its own value and no other of its row."""
    folder = copy_of_sample(tmp_path)
    sheet, book = spoilt(folder)
    at = {str(cell.value): n for n, cell in enumerate(sheet[1], start=1)}
    for row, heading in enumerate(MAPPED, start=100):
        sheet.cell(row, at[heading], "" if heading == "CaseDetails.CaseId" else "31/02/2024")
    book.save(folder / COMPLAINTS)
    text, as_json = hcreport("check", folder), hcreport("check", folder, "--json")
    build = hcreport("build", folder)
    assert (text.status, as_json.status, build.status) == (1, 1, 1)
    for heading in MAPPED:
        assert heading in as_json.out
    for ran in (text, as_json, build):
        must_not_tell(ran)


def test_a_draft_with_problems_holds_no_personal_data(tmp_path: Path) -> None:
    """A draft made in spite of errors is as clean as a report."""
    folder = copy_of_sample(tmp_path)
    sheet, book = spoilt(folder)
    at = {str(cell.value): n for n, cell in enumerate(sheet[1], start=1)}
    sheet.cell(100, at["CaseStageStage1.Outcome"], "Unheard of")
    book.save(folder / COMPLAINTS)
    must_not_tell(hcreport("build", folder, "--draft"))
    must_not_leak(contents(folder / "output"))


def test_a_lost_row_of_headings_tells_nothing(tmp_path: Path) -> None:
    """Where the headings are gone, the first person's row is not printed in their place."""
    folder = copy_of_sample(tmp_path)
    sheet, book = spoilt(folder)
    sheet.delete_rows(1)
    book.save(folder / COMPLAINTS)
    ran = hcreport("check", folder, "--json")
    assert ran.status == 1
    must_not_tell(ran)


def test_a_ragged_row_is_told_without_its_cells(tmp_path: Path) -> None:
    """A row that broke apart, which may have put words into any column, is told by number."""
    folder = copy_of_sample(tmp_path)
    path = folder / AWARDS
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(f"{text.rstrip()}, and the neighbour ({TOKEN})\n", encoding="utf-8")
    ran = hcreport("check", folder)
    assert ran.status == 1
    assert "R106" in ran.out
    must_not_tell(ran)


def test_quotation_marks_that_do_not_pair_tell_nothing(tmp_path: Path) -> None:
    """A file that cannot be read is told by name, not by what stands in it."""
    folder = copy_of_sample(tmp_path)
    path = folder / AWARDS
    path.write_text(path.read_text(encoding="utf-8-sig") + '0,"Stage 1"x,', encoding="utf-8")
    ran = hcreport("check", folder)
    assert ran.status == 1
    assert "R105" in ran.out
    must_not_tell(ran)


def test_a_bad_setting_tells_its_key_and_not_its_value(tmp_path: Path) -> None:
    """What somebody typed into a setting of the wrong type is not echoed."""
    folder = copy_of_sample(tmp_path)
    path = folder / "report.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('contact = "', f'contact = ["{TOKEN}"] # "'), encoding="utf-8")
    ran = hcreport("check", folder)
    assert ran.status == 2
    assert "details.contact" in ran.err
    must_not_tell(ran)

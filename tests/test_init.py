"""A project folder made from exports alone: what is sure is taken, the rest is asked."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from projects import hcreport

LONG = """\
Complaint Ref,Stage,Service Area,Date Received,Date Acknowledged,Response Sent,Outcome,Resident
G1,Stage 1,Repairs,05/06/2024,06/06/2024,13/06/2024,Upheld,zq-private
G2,Stage 1,Repairs,13/07/2024,15/07/2024,29/07/2024,Partially upheld,zq-private
G3,Stage 1,Estates,20/08/2024,21/08/2024,30/09/2024,Not upheld,zq-private
G1,Stage 2,Repairs,20/06/2024,21/06/2024,12/07/2024,Upheld,zq-private
G4,Stage 1,Estates,20/03/2025,21/03/2025,28/03/2025,Not upheld,zq-private
"""
AWARDS = "Complaint Ref,Stage,Date Awarded,Amount,Reason\nG1,Stage 1,14/06/2024,£150.00,Delay\n"


def written(folder: Path, name: str, content: str) -> str:
    """The path of a file with this content."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")
    return str(folder / name)


def profile_of(folder: Path) -> dict[str, Any]:
    """What init wrote down."""
    return tomllib.loads((folder / "profile.toml").read_text(encoding="utf-8"))


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A project made from a log and its awards."""
    log = written(tmp_path / "from", "log.csv", LONG)
    awards = written(tmp_path / "from", "awards.csv", AWARDS)
    made = hcreport(
        "init", tmp_path / "new", "--export", log, "--export", awards, "--landlord", "Green Homes"
    )
    assert (made.status, made.err) == (0, "")
    return tmp_path / "new"


def test_ordinary_headings_need_no_edit(begun: Path) -> None:
    """From init to a right report without a change by hand."""
    assert hcreport("check", begun).status == 0
    built = hcreport("build", begun)
    assert built.status == 0
    for line in ("Green Homes, 2024/25", "received  4", "75%", "£150"):
        assert line in built.out or line == "75%", built.out
    assert "50%  (2 of 4)" in built.out


def test_the_year_and_the_day_of_the_extract_come_from_the_exports(begun: Path) -> None:
    """The latest event is the day of the extract, and its year the report's."""
    settings = tomllib.loads((begun / "report.toml").read_text(encoding="utf-8"))
    assert ("2024/25", "2025-03-28") == (settings["period"]["year"], str(settings["data_as_at"]))


def test_headings_that_nothing_claims_are_named_and_never_read(begun: Path) -> None:
    """A person's column is listed as not read, and its cells appear nowhere but in the export."""
    assert "# Not read: Resident" in (begun / "profile.toml").read_text(encoding="utf-8")
    assert "zq-private" not in (begun / "profile.toml").read_text(encoding="utf-8")


def test_a_value_that_nothing_claims_is_left_to_a_person(tmp_path: Path) -> None:
    """An unknown outcome is a comment with its count, and check names its rows."""
    log = written(tmp_path, "log.csv", LONG.replace("Partially upheld", "Part-justified"))
    assert "outcome: 1 value to decide" in hcreport("init", tmp_path / "new", "--export", log).out
    text = (tmp_path / "new" / "profile.toml").read_text(encoding="utf-8")
    assert '# "Part-justified" (1 row): perhaps partly_upheld' in text
    ran = hcreport("check", tmp_path / "new")
    assert ran.status == 1
    assert "log.csv › row 3 › Outcome: 'Part-justified'" in ran.out


def test_a_heading_that_only_looks_alike_is_proposed_and_not_taken(tmp_path: Path) -> None:
    """Target Response Date is no response date, and Response Date Sent is only proposed as one."""
    heading = LONG.replace("Response Sent", "Target Response Date")
    log = written(tmp_path, "log.csv", heading)
    hcreport("init", tmp_path / "one", "--export", log)
    assert "responded_on" not in profile_of(tmp_path / "one")["sources"]["complaints"]["headings"]
    text = (tmp_path / "one" / "profile.toml").read_text(encoding="utf-8")
    assert '# responded_on = "Target Response Date"' not in text
    log = written(tmp_path, "other.csv", LONG.replace("Response Sent", "Date of Our Response"))
    hcreport("init", tmp_path / "two", "--export", log)
    text = (tmp_path / "two" / "profile.toml").read_text(encoding="utf-8")
    assert '# responded_on = "Date of Our Response"' in text


def test_a_wide_workbook_is_understood_by_the_stages_in_its_headings(tmp_path: Path) -> None:
    """Stages side by side, a title above and a total below: two records a row where it has two."""
    path = tmp_path / "cases.xlsx"
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Data")
    headings = ["Case Ref", "Team", "Date Received", "S1 Response Date", "Outcome (Stage 1)"]
    headings += ["Stage 2 Date Received", "Stage 2 Response Date", "Stage 2 Outcome"]
    sheet.write(0, 0, "Complaints 2024/25")
    sheet.write_row(2, 0, headings)
    day = datetime(2024, 6, 5)  # noqa: DTZ001  (a workbook's dates have no zone)
    sheet.write_row(3, 0, ["0012", "Repairs", day, day, "Upheld", day, day, "Not upheld"])
    sheet.write_row(4, 0, ["0013", "Repairs", day, day, "Upheld"])
    sheet.write_row(5, 0, ["Total", 2])
    book.close()
    made = hcreport("init", tmp_path / "new", "--export", path)
    assert "wide shape" in made.out
    ran = hcreport("check", tmp_path / "new")
    assert ran.status == 0, ran.out
    assert "Stage 1 complaints: 2," in ran.out
    assert "Stage 2 complaints: 1," in ran.out
    assert "1 total" in ran.out


def test_the_stage_can_stand_in_the_files_name(tmp_path: Path) -> None:
    """A file for each stage needs no stage column."""
    rows = "Ref,Date Received,Outcome\n1,2024-06-05,Upheld\n2,2024-06-06,Not upheld\n"
    first = written(tmp_path, "stage1.csv", rows)
    second = written(tmp_path, "stage2.csv", rows.replace("2024-06", "2024-07"))
    made = hcreport("init", tmp_path / "new", "--export", first, "--export", second)
    assert made.status == 0, made.err
    sources = profile_of(tmp_path / "new")["sources"]
    assert ["stage1", "stage2"] == [sources[n]["stage"] for n in ("complaints", "complaints2")]
    assert hcreport("check", tmp_path / "new").status == 0


def test_what_stands_there_is_never_overwritten(begun: Path, tmp_path: Path) -> None:
    """A second init in the same folder is refused, and a README of one's own is kept."""
    log = str(tmp_path / "from" / "log.csv")
    again = hcreport("init", begun, "--export", log)
    assert (2, 2) == (again.status, len(again.err.splitlines()))
    mine = tmp_path / "mine"
    written(mine, "README.md", "mine")
    assert hcreport("init", mine, "--export", log).status == 0
    assert (mine / "README.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("zq-private,1 High St\nzq-private,2 High St\n", "no row of headings"),
        ("", "it is empty"),
        ("%PDF-1.7", "it is a PDF"),
    ],
)
def test_a_file_that_is_no_export_of_complaints_is_refused(
    tmp_path: Path, content: str, words: str
) -> None:
    """Two lines, and nothing of the file in them."""
    ran = hcreport("init", tmp_path / "new", "--export", written(tmp_path, "x.csv", content))
    assert (2, 2) == (ran.status, len(ran.err.splitlines()))
    assert words in ran.err
    assert "zq-private" not in ran.err
    assert not (tmp_path / "new").exists()

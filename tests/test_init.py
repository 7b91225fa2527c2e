"""A project folder made from exports alone: what is sure is taken, the rest is asked."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from pydantic import BaseModel
from tests.projects import ROOT, hcreport

from hcreport import pipeline
from hcreport import settings as settings_file
from hcreport.init.texts import stubs
from hcreport.intake.profile import bundled, bundled_profile, plain, spellings
from hcreport.intake.proposing.dates import latest
from hcreport.intake.proposing.headings import stage_in, without_stage
from hcreport.intake.proposing.likeness import likely
from hcreport.records import REQUIRED, FieldKind, specs

LONG = """\
Complaint Ref,Stage,Service Area,Date Received,Date Acknowledged,Response Sent,Outcome,Resident
G1,Stage 1,Repairs,05/06/2024,06/06/2024,13/06/2024,Upheld,zq-private
G2,Stage 1,Repairs,13/07/2024,15/07/2024,29/07/2024,Partially upheld,zq-private
G3,Stage 1,Estates,20/08/2024,21/08/2024,30/09/2024,Not upheld,zq-private
G1,Stage 2,Repairs,20/06/2024,21/06/2024,12/07/2024,Upheld,zq-private
G4,Stage 1,Estates,20/03/2025,21/03/2025,28/03/2025,Not upheld,zq-private
"""
AWARDS = "Complaint Ref,Stage,Date Awarded,Amount,Reason\nG1,Stage 1,14/06/2024,£150.00,Delay\n"


LATE = LONG.replace("2024", "2023").replace("2025", "2024")


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
    ("taken", "folder"),
    [("new", "new"), ("new", "new/inside"), ("new/exports", "new"), ("new/text", "new")],
)
def test_a_folder_that_cannot_be_written_is_refused_whole(
    tmp_path: Path, taken: str, folder: str
) -> None:
    """Two lines, and no half of a project: what was begun is taken away again."""
    log = written(tmp_path / "from", "log.csv", LONG)
    mine = tmp_path / taken
    written(mine.parent, mine.name, "mine")
    ran = hcreport("init", tmp_path / folder, "--export", log)
    assert (2, 2) == (ran.status, len(ran.err.splitlines())), ran.err
    assert [p for p in (tmp_path / "new").rglob("*") if p.is_file()] in ([], [mine])
    assert "mine" == mine.read_text(encoding="utf-8")


def test_a_folder_called_like_an_export_is_left_alone(tmp_path: Path) -> None:
    """The export cannot be put there, and is told to be called something else."""
    log = written(tmp_path / "from", "log.csv", LONG)
    (tmp_path / "new" / "exports" / "log.csv").mkdir(parents=True)
    ran = hcreport("init", tmp_path / "new", "--export", log)
    assert (2, 2) == (ran.status, len(ran.err.splitlines())), ran.err
    assert "stands there already" in ran.err


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


# --- Sheets and shapes ------------------------------------------------------------------------


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook of sheets by name; a day is a true date."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name.replace("_", " "))
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def on(month: int, number: int) -> datetime:
    """A day of 2023, as workbooks hold it."""
    return datetime(2023, month, number)  # noqa: DTZ001  (a workbook's dates have no zone)


def made(folder: Path, *exports: Path | str) -> tuple[str, str]:
    """What init prints, and the profile it writes, for a landlord's year 2023/24."""
    words = [word for path in exports for word in ("--export", path)]
    ran = hcreport("init", folder, *words, "--landlord", "Green Homes", "--year", "2023/24")
    assert (ran.status, ran.err) == (0, "")
    return ran.out, (folder / "profile.toml").read_text(encoding="utf-8")


def figures(folder: Path, *names: str) -> list[str]:
    """What some figures of a project come to, as they are printed; there are no errors."""
    run = pipeline.compute(folder)
    assert [str(p.place) for p in run.errors] == []
    return [run.ledger.at(name).shown for name in names]


LOG = ["Ref", "Date Received", "Response Sent", "Outcome"]


def test_each_sheet_is_what_its_name_and_headings_say(tmp_path: Path) -> None:
    """Stages and compensation on sheets of their own; the rest is passed over, and said."""
    path = workbook(
        tmp_path / "book.xlsx",
        Cover=[["Complaints, 2023/24"], ["Kept by zq-private"]],
        Stage_1=[
            LOG,
            ["1", on(5, 2), on(5, 12), "Upheld"],
            ["2", on(5, 3), on(5, 9), "Not upheld"],
        ],
        S2_complaints=[LOG, ["1", on(6, 2), on(6, 12), "Part upheld"]],
        Compensation=[["Ref", "Stage", "Amount", "Award Date"], ["1", "Stage 2", 75, on(6, 20)]],
        Ombudsman=[LOG, ["1", on(9, 2), None, "Maladministration"]],
        Lists=[["Outcome", "Service"], ["Upheld", "Repairs"]],
    )
    out, text = made(tmp_path / "new", path)
    sources = tomllib.loads(text)["sources"]
    assert [(s["sheet"], s.get("stage")) for s in sources.values()] == [
        ("Stage 1", "stage1"),
        ("S2 complaints", "stage2"),
        ("Compensation", None),
    ]
    assert "Cover: passed over, as it has no headings of complaints" in out
    assert "Ombudsman: passed over, as its name says ombudsman" in out
    assert "Lists: passed over" in out
    assert "zq-private" not in out + text
    names = ("stage1.received", "stage2.received", "compensation.total.amount")
    assert figures(tmp_path / "new", *names) == ["2", "1", "£75"]


def test_sheets_of_one_layout_are_one_source(tmp_path: Path) -> None:
    """A sheet for each quarter needs saying once."""
    quarter = [[*LOG, "Stage"], ["1", on(5, 2), on(5, 12), "Upheld", "S1"]]
    later = [quarter[0], ["2", on(8, 2), on(8, 9), "Upheld", "S1"]]
    _, text = made(tmp_path / "new", workbook(tmp_path / "log.xlsx", Q1=quarter, Q2=later))
    sources = tomllib.loads(text)["sources"]
    assert [s["sheet"] for s in sources.values()] == [["Q1", "Q2"]]
    assert figures(tmp_path / "new", "stage1.received") == ["2"]


def test_two_rows_of_headings_are_read_as_one(tmp_path: Path) -> None:
    """Stage 1 and Stage 2 merged above the headings that they both have."""
    path = tmp_path / "log.xlsx"
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "Complaints log")
    sheet.merge_range(1, 1, 1, 3, "Stage 1")
    sheet.merge_range(1, 4, 1, 6, "Stage 2")
    sheet.write_row(2, 0, ["Ref", *LOG[1:], *LOG[1:]])
    sheet.write_row(3, 0, ["1", on(5, 2), on(5, 9), "Upheld", on(6, 2), on(6, 9), "Upheld"])
    sheet.write_row(4, 0, ["2", on(5, 2), on(5, 9), "Not upheld"])
    book.close()
    made(tmp_path / "new", path)
    assert figures(tmp_path / "new", "stage1.received", "stage2.received") == ["2", "1"]


def test_headings_over_blank_cells_reach_to_the_next_one(tmp_path: Path) -> None:
    """Stage 1 written once above its three columns, and nothing merged."""
    upper = ["", "Stage 1", "", "", "Stage 2", "", ""]
    rows = [upper, ["Ref", *LOG[1:], *LOG[1:]]]
    rows += [["1", on(5, 2), on(5, 9), "Upheld", on(6, 2), on(6, 9), "Upheld"]]
    rows += [["2", on(5, 2), on(5, 9), "Not upheld"]]
    made(tmp_path / "new", workbook(tmp_path / "log.xlsx", Log=rows))
    names = ("stage1.responded", "stage2.responded")
    assert figures(tmp_path / "new", *names) == ["2", "1"]


def test_a_heading_that_stands_there_twice_is_not_read(tmp_path: Path) -> None:
    """Nobody can tell which of the two counts, and it is said."""
    log = LONG.replace("Resident", "Outcome")
    out, text = made(tmp_path / "new", written(tmp_path, "log.csv", log))
    assert "stands there twice, so not read: Outcome" in out
    assert "# Stands there twice, so not read: Outcome" in text


def test_complaints_whose_receipt_is_in_doubt_are_no_awards(tmp_path: Path) -> None:
    """Compensation beside complaints does not make them a list of awards."""
    log = LATE.replace("Date Received", "Date Logged").replace("Resident", "Compensation")
    log = log.replace("zq-private", "50")
    out, text = made(tmp_path / "new", written(tmp_path, "log.csv", log))
    assert [s["table"] for s in tomllib.loads(text)["sources"].values()] == ["complaints", "awards"]
    assert '# received_on = "Date Logged"  # needed; perhaps' in text
    assert "needed and not found: received_on" in out


def test_a_wide_heading_without_a_stage_is_placed_only_where_it_must_be(tmp_path: Path) -> None:
    """A case is received once and escalated later; when it was closed could be of either stage."""
    rows = (
        "Ref,Date Received,Stage 1 Response Sent,Stage 1 Outcome,Date Escalated,"
        "Reason for Escalation,Stage 2 Response Sent,Stage 2 Outcome,Date Closed,Stage\n"
        "1,02/05/2023,12/05/2023,Upheld,01/06/2023,Not done,20/06/2023,Upheld,20/06/2023,2\n"
        "2,03/05/2023,12/05/2023,Upheld,,,,,15/05/2023,1\n"
    )
    out, text = made(tmp_path / "new", written(tmp_path, "log.csv", rows))
    source = tomllib.loads(text)["sources"]["complaints"]
    assert source["stage1"]["received_on"] == "Date Received"
    assert source["stage2"]["received_on"] == "Date Escalated"
    assert source["stage2"]["escalation_reason"] == "Reason for Escalation"
    assert "closed_on" not in {**source["headings"], **source["stage1"], **source["stage2"]}
    assert '# closed_on = "Date Closed"  # it does not say which stage it is about' in text
    assert "closed_on: Date Closed (it does not say which stage it is about)" in out
    assert figures(tmp_path / "new", "stage1.received", "stage2.received") == ["2", "1"]


@pytest.mark.parametrize(
    ("nothing", "given"),
    [("-", "£1,250.50"), ("N/A", "1250.50"), ("nil", "£1,250.50"), ("0", 1250.5)],
)
def test_compensation_beside_long_complaints_is_a_source_of_awards(
    tmp_path: Path, nothing: str, given: object
) -> None:
    """Its rows without an amount are no awards, whatever stands there instead."""
    rows = [
        ["Case Ref", "Stage", "Date Received", "Date Responded", "Outcome", "Compensation"],
        ["1", "Stage 1", "02/05/2023", "12/05/2023", "Upheld", given],
        ["2", "Stage 1", "02/05/2023", "12/05/2023", "Upheld", nothing],
        ["1", "Stage 2", "02/06/2023", "12/06/2023", "Upheld", ""],
    ]
    held = io.StringIO()
    csv.writer(held).writerows(rows)
    _, text = made(tmp_path / "new", written(tmp_path, "log.csv", held.getvalue()))
    awards = tomllib.loads(text)["sources"]["awards"]
    assert (awards["only_with"], awards["headings"]["awarded_on"]) == ("amount", "Date Responded")
    names = ("compensation.stage1.cases", "compensation.total.amount")
    assert figures(tmp_path / "new", *names) == ["1", "£1,250.50"]


def test_compensation_beside_wide_complaints_keeps_its_stage(tmp_path: Path) -> None:
    """An amount at each stage, on the day of that stage's response."""
    rows = (
        "Ref,Date Received,Stage 1 Response Sent,Stage 1 Outcome,Stage 1 Compensation Amount,"
        "Stage 2 Date Received,Stage 2 Response Sent,Stage 2 Outcome,Stage 2 Compensation Amount\n"
        "1,02/05/2023,12/05/2023,Upheld,£50.00,01/06/2023,20/06/2023,Upheld,£100.00\n"
        "2,03/05/2023,12/05/2023,Upheld,-,,,,\n"
    )
    made(tmp_path / "new", written(tmp_path, "log.csv", rows))
    names = ("compensation.stage1.amount", "compensation.stage2.amount")
    assert figures(tmp_path / "new", *names) == ["£50", "£100"]


def test_what_was_only_offered_is_left_to_a_person(tmp_path: Path) -> None:
    """A heading that may be about compensation is named, and never read unasked."""
    log = LONG.replace("Resident", "Goodwill Offered").replace("zq-private", "50")
    out, text = made(tmp_path / "new", written(tmp_path, "log.csv", log))
    assert "whether Goodwill Offered is compensation" in out
    assert "# Perhaps compensation, beside complaints: Goodwill Offered" in text
    assert "awards" not in tomllib.loads(text)["sources"]


# --- Systems ----------------------------------------------------------------------------------


def example(source: Any, spec: Any) -> str:
    """A cell that a source's field can hold."""
    if spec.kind is FieldKind.DATE:
        patterns = source.formats.get(spec.name, source.dates)
        return f"{datetime(2023, 5, 9, 10, 0):{patterns[0].replace('%z', '+0000')}}"  # noqa: DTZ001
    listed = source.values.get(spec.name, {})
    words = [word for key, held in listed.items() if "=" not in key for word in held]
    return words[0] if words else next(iter(spec.codes.values()), "100")


@pytest.mark.parametrize("name", [name for name in bundled() if name != "plain"])
def test_a_systems_own_headings_extend_its_profile(tmp_path: Path, name: str) -> None:
    """Its export needs no mapping; a heading it lacks is false; what is plain English is added."""
    source = bundled_profile(name).sources["complaints"]
    kinds = {spec.name: spec for spec in specs("complaints")}
    cells: dict[str, str] = {}
    lacking = "channel"
    for _, headings in source.stages():
        for field, given_as in headings.items():
            for heading in spellings(given_as)[:1]:
                if field != lacking:
                    cells[heading] = "" if field == "parent" else example(source, kinds[field])
    cells |= {"Tenancy Type": "Secure tenant"} if "tenure" not in source.headings else {}
    held = io.StringIO()
    csv.writer(held).writerows([list(cells), list(cells.values())])
    out, text = made(tmp_path / "new", written(tmp_path, "complaints.csv", held.getvalue()))
    profile = tomllib.loads(text)
    assert profile["extends"] == name
    assert bundled_profile(name).title in out
    if lacking in source.headings:
        assert profile["sources"]["complaints"]["headings"][lacking] is False
    codes = {problem.rule.code for problem in pipeline.compute(tmp_path / "new").errors}
    assert not codes & {"R102", "R103", "R104", "R110", "D101", "D104"}


UNKNOWN = "ticketid,custname,createdon,resolvedon,status\n7,zq-private,05/06/2023,09/06/2023,Shut\n"


def test_an_unknown_system_is_written_down_for_a_person(tmp_path: Path) -> None:
    """Nothing is invented: every field is a comment, every heading is named, and no cell is."""
    ran = hcreport("init", tmp_path / "new", "--export", written(tmp_path, "x.csv", UNKNOWN))
    text = (tmp_path / "new" / "profile.toml").read_text(encoding="utf-8")
    assert ran.status == 0
    assert "needed and not found: reference, stage, received_on" in ran.out
    assert "report.toml: the landlord's name" in ran.out
    assert tomllib.loads(text)["sources"]["complaints"] == {
        "table": "complaints",
        "files": ["exports/x.csv"],
        "dates": ["%d/%m/%Y"],
        "headings": {},
    }
    assert all(f"# {spec.name} = " in text for spec in specs("complaints"))
    assert all(heading in text for heading in UNKNOWN.splitlines()[0].split(","))
    assert "zq-private" not in ran.out + text
    checked = hcreport("check", tmp_path / "new")
    assert (checked.status, len(checked.err.splitlines())) == (2, 2)


@pytest.mark.parametrize(
    "content",
    [
        "zq-private,Repairs,Closed,Upheld\nzq-other,Estates,Closed,Not upheld\n",
        "1,zq-private,05/06/2023,Closed\n2,zq-private,06/06/2023,Closed\n",
        "zq-private,zq@private.example,Case\n",
    ],
)
def test_a_first_row_that_is_a_case_is_never_printed(tmp_path: Path, content: str) -> None:
    """A file without headings is refused in two lines that name nothing in it."""
    ran = hcreport("init", tmp_path / "new", "--export", written(tmp_path, "x.csv", content))
    assert (ran.status, len(ran.err.splitlines())) == (2, 2)
    assert "zq" not in ran.out + ran.err
    assert not (tmp_path / "new").exists()


# --- Cells ------------------------------------------------------------------------------------


def test_free_text_is_no_category(tmp_path: Path) -> None:
    """A column headed like a category whose cells tell a story is not read, and not shown."""
    rows = "Ref,Stage,Date Received,Nature of Complaint\n" + "".join(
        f"{n},1,{n:02}/05/2023,zq-private rang {n} times about the leak and nobody came\n"
        for n in range(1, 26)
    )
    out, text = made(tmp_path / "new", written(tmp_path, "log.csv", rows))
    assert "category" not in tomllib.loads(text)["sources"]["complaints"]["headings"]
    assert "free text" in out
    assert "zq-private" not in out + text


def test_a_date_that_can_only_be_month_first_stops_its_column(tmp_path: Path) -> None:
    """One 05/25/2023 makes a guess of every other date in its column, so none is read."""
    rows = "Ref,Stage,Date Received,Response Sent\n1,1,05/04/2023,9 May 2023\n2,1,05/25/2023,\n"
    out, _ = made(tmp_path / "new", written(tmp_path, "log.csv", rows))
    assert "received_on: some can only be month before day" in out
    run = pipeline.compute(tmp_path / "new")
    assert [p.rule.code for p in run.errors] == ["D101", "D101"]
    assert run.intake.records.complaints == ()


def test_each_column_of_dates_is_read_as_it_is_written(tmp_path: Path) -> None:
    """Three ways of writing dates, a word for no date, and the day that stands for none."""
    rows = (
        "Ref,Stage,Date Received,Date Acknowledged,Response Sent,Outcome\n"
        "1,S1,02/05/2023,2023-05-03,9 May 2023,Upheld\n"
        "2,S1,13/05/2023,1900-01-01,N/A,\n"
        "3,S1,14/05/2023,2023-05-15,Ongoing,\n"
    )
    out, text = made(tmp_path / "new", written(tmp_path, "log.csv", rows))
    source = tomllib.loads(text)["sources"]["complaints"]
    assert source["dates"] == ["%d/%m/%Y"]
    assert source["formats"] == {"acknowledged_on": ["%Y-%m-%d"], "responded_on": ["%d %B %Y"]}
    assert source["blanks"] == {"all": ["N/A"]}
    assert "# 1900-01-01 stands in 1 cell for no date" in text
    assert 'responded_on: "Ongoing" (1): put it into blanks' in out


def test_the_day_of_the_export_is_no_deadline_and_no_slip() -> None:
    """Deadlines lie ahead, and a lone year after all others was mistyped."""
    days = [("received_on", date(2023, 5, n)) for n in range(1, 9)]
    days += [("due_on", date(2023, 9, 1)), ("extended_to", date(2023, 9, 2))]
    days += [("responded_on", date(2032, 5, 9)), ("closed_on", date(2023, 6, 1))]
    assert latest(days) == date(2023, 6, 1)
    assert latest([("due_on", date(2023, 9, 1))]) is None


def test_a_word_that_is_nearly_known_is_proposed(tmp_path: Path) -> None:
    """The word "Formal" could be either stage, and "Non-upheld" is never taken for upheld."""
    log = LONG.replace("Stage 1", "Formal").replace("Partially upheld", "Nott upheld")
    _, text = made(tmp_path / "new", written(tmp_path, "log.csv", log))
    assert re.search(r'# "Formal" \(4 rows\): perhaps', text)
    assert '# "Nott upheld" (1 row): ' in text
    assert "stage1" not in tomllib.loads(text)["sources"]["complaints"]["values"]["stage"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Target Response Date", "responded_on"),
        ("Response Date Stage 2", "responded_on"),
        ("Ombudsman Outcome", "outcome"),
        ("Compensation Offered", "amount"),
        ("Acknowledged Date Due", "acknowledged_on"),
        ("Service Name", "service"),
    ],
)
def test_a_marker_word_vetoes_a_likeness(heading: str, field: str) -> None:
    """However alike two headings are, one such word makes them two things."""
    table = plain().sources["awards" if field == "amount" else "complaints"]
    assert likely([heading], field, spellings(table.headings[field])) == ()


def test_the_stage_in_a_heading_or_a_name() -> None:
    """It is read however it is written, and only where it is one."""
    headings = ["S1 Outcome", "Outcome (Stage One)", "stage1_outcome", "Outcome - Stage 1"]
    assert {without_stage(h)[0] for h in headings} == {"stage1"}
    assert {without_stage(h)[1].casefold() for h in headings} == {"outcome"}
    assert [stage_in(n) for n in ("S2 complaints", "Stage 1 and Stage 2", "Q1", "SS2 list")] == [
        "stage2",
        None,
        None,
        None,
    ]


# --- The folder -------------------------------------------------------------------------------


def test_a_stub_is_a_text_that_nobody_has_written(begun: Path) -> None:
    """Each text the template asks for has a stub, and the report says it was not supplied."""
    names = sorted({*stubs("hillingdon"), *stubs("summary")})
    assert {"background", "governing_body_response"} <= set(names)
    assert sorted(path.stem for path in (begun / "text").iterdir()) == names
    built = hcreport("build", begun)
    assert built.status == 0, built.err
    [line] = [line for line in built.out.splitlines() if line.startswith("Not supplied")]
    assert all(f"text/{name}.md" in line for name in names)


def test_the_new_settings_explain_every_setting(begun: Path) -> None:
    """Each key of report.toml stands there, turned on or off, and the file can be read."""
    text = (begun / "report.toml").read_text(encoding="utf-8")
    models = [
        model
        for model in vars(settings_file).values()
        if isinstance(model, type) and issubclass(model, BaseModel) and model is not BaseModel
    ]
    keys = {key for model in models for key in model.model_fields}
    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", text)] == []
    switched_on = re.sub(r"^# (?=\[|\w+ = |\S+ = )", "", text, flags=re.MULTILINE)
    assert tomllib.loads(switched_on)["homes"]["LCRA"] == 7810


def test_the_readme_names_the_columns_of_corrections(begun: Path) -> None:
    """Whoever corrects a cell finds the headings to write, and what never to publish."""
    told = (begun / "README.md").read_text(encoding="utf-8")
    assert "file,row,reference,stage,field,old,new,reason,by" in told
    assert "Never publish" in told
    assert "{{ stage1.received }}" in told


def test_what_is_accepted_doubtful_and_ignored_is_listed(tmp_path: Path) -> None:
    """Nobody has to wonder what became of a column."""
    log = LONG.replace("Response Sent", "Date of Our Response")
    out, _ = made(tmp_path / "new", written(tmp_path, "log.csv", log))
    assert "      received_on: Date Received" in out
    assert "      responded_on: Date of Our Response" in out.partition("doubtful")[2]
    assert "    not read: Resident" in out
    assert out.splitlines()[-1].startswith("Next: ")


def test_a_file_name_that_looks_like_a_pattern_is_found(tmp_path: Path) -> None:
    """A download called log[1].csv is that file and no pattern."""
    made(tmp_path / "new", written(tmp_path, "log[1].csv", LATE))
    assert figures(tmp_path / "new", "stage1.received") == ["4"]


def test_two_exports_of_one_name_are_refused(tmp_path: Path) -> None:
    """They cannot lie in one folder, and neither is dropped in silence."""
    first, second = (
        written(tmp_path / "a", "log.csv", LONG),
        written(tmp_path / "b", "log.csv", LONG),
    )
    ran = hcreport("init", tmp_path / "new", "--export", first, "--export", second)
    assert (ran.status, len(ran.err.splitlines())) == (2, 2)
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are made otherwise there")
@pytest.mark.parametrize("options", [(), ("--landlord", "Given Homes")])
def test_it_asks_on_a_terminal_and_only_without_options(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    """The name and the year are asked for, the year with a default; with an option nothing is."""
    import pty  # noqa: PLC0415  (not to be had on Windows)

    log = written(tmp_path, "log.csv", LONG)
    words = ["-m", "hcreport", "init", str(tmp_path / "new"), "--export", log, *options]
    mine, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    ) as running:
        os.close(theirs)
        os.write(mine, b"Asked Homes\n\n")
        shown = b""
        while True:
            try:
                piece = os.read(mine, 4096)
            except OSError:
                break
            shown += piece
            if not piece:
                break
        assert running.wait() == 0
    os.close(mine)
    settings = tomllib.loads((tmp_path / "new" / "report.toml").read_text(encoding="utf-8"))
    asked = b"The landlord's name" in shown
    assert asked is not bool(options)
    assert settings["landlord"]["name"] == ("Given Homes" if options else "Asked Homes")
    assert settings["period"]["year"] == "2024/25"


# --- Any layout of known headings -------------------------------------------------------------

FIELDS = plain().sources["complaints"].headings
OPTIONAL = (
    "service",
    "outcome",
    "acknowledged_on",
    "responded_on",
    "due_on",
    "tenure",
    "closed_on",
)


@st.composite
def layouts(draw: st.DrawFn) -> tuple[dict[str, str], str, int, bytes]:
    """A file of complaints: its headings by field, its stage, its rows, its bytes."""
    chosen = draw(st.lists(st.sampled_from(OPTIONAL), unique=True))
    fields = draw(st.permutations([*REQUIRED["complaints"], *chosen]))
    headings = {name: draw(st.sampled_from(spellings(FIELDS[name]))) for name in fields}
    turned = draw(st.sampled_from([str, str.upper, str.lower, lambda h: f" {h} "]))
    number = draw(st.integers(1, 12))
    pattern = draw(st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d-%b-%y"]))
    words = draw(
        st.sampled_from([("1", "Upheld"), ("Stage One", "part upheld"), ("s1", "Justified")])
    )
    first = date(2023, 5, 1)

    def cell(name: str, n: int) -> str:
        if name == "stage":
            return words[0]
        if name in {"outcome", "tenure", "service", "reference"}:
            by_name = {"outcome": words[1], "tenure": "Leaseholder", "service": "Repairs"}
            return by_name.get(name, f"{n:04}")
        return f"{first + timedelta(days=n):{pattern}}"

    held = io.StringIO()
    writer = csv.writer(held, delimiter=draw(st.sampled_from(",;\t|")))
    writer.writerow([turned(headings[name]) for name in fields])
    writer.writerows([cell(name, n) for name in fields] for n in range(number))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    return headings, words[0], number, held.getvalue().encode(encoding)


@effort(max_examples=60, deadline=None)
@given(layouts())
def test_any_layout_of_known_headings_is_read_whole(
    layout: tuple[dict[str, str], str, int, bytes],
) -> None:
    """Whatever the order, the spelling and the delimiter: every field mapped, every row counted."""
    headings, _, number, content = layout
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "log.csv"
        path.write_bytes(content)
        _, text = made(Path(place) / "new", path)
        given_as = tomllib.loads(text)["sources"]["complaints"]["headings"]
        assert {name: h.strip().casefold() for name, h in given_as.items()} == {
            name: h.casefold() for name, h in headings.items()
        }
        run = pipeline.compute(Path(place) / "new")
        assert [p.rule.code for p in run.errors] == []
        assert len(run.intake.records.complaints) == number


# --- Other tables, and what is left to decide -------------------------------------------------

FINDINGS = """\
Case reference,Date of determination,Category,Determination,Orders,Recommendations
202301234,14/06/2024,Property condition,Maladministration,2,1
202305678,21/06/2024,Complaint handling,Service failure,1,0
"""
LESSONS = """\
Theme,Lesson learned,Action,Status,Due date
Repairs,Calls were not returned,Call back within a day,Complete,30/09/2024
Estates,Bins were missed,Weekly round,Ongoing,31/12/2024
"""


def made_from(folder: Path, landlord: str = "Green Homes", **exports: str) -> str:
    """What init prints of exports by name."""
    files = [written(folder / "from", f"{name}.csv", text) for name, text in exports.items()]
    asked = [part for file in files for part in ("--export", file)]
    ran = hcreport("init", folder / "new", *asked, "--landlord", landlord)
    assert (ran.status, ran.err) == (0, "")
    return ran.out


def test_the_ombudsmans_findings_and_the_learning_log_are_known(tmp_path: Path) -> None:
    """By their headings: neither is taken for complaints, and both are read."""
    made_from(tmp_path, log=LONG, findings=FINDINGS, lessons=LESSONS)
    sources = profile_of(tmp_path / "new")["sources"]
    assert {s["table"] for s in sources.values()} == {"complaints", "findings", "actions"}
    assert sources["findings"]["headings"]["finding"] == "Determination"
    assert sources["actions"]["headings"]["what_happened"] == "Lesson learned"
    ran = hcreport("check", tmp_path / "new")
    assert ran.status == 0, ran.out
    run = pipeline.compute(tmp_path / "new")
    assert (len(run.intake.records.findings), len(run.intake.records.actions)) == (2, 2)


UNSURE = AWARDS.replace("Date Awarded", "Date paid out")


def test_a_doubtful_heading_is_listed_under_what_is_to_decide(tmp_path: Path) -> None:
    """And until then `check` says once that no column is read, and how its dates are written."""
    told = made_from(tmp_path, log=LONG, awards=UNSURE).partition("To fill in or decide:")[2]
    assert "profile.toml: awarded_on: whether it is Date paid out in awards.csv" in told
    (awards,) = [
        s for s in profile_of(tmp_path / "new")["sources"].values() if s["table"] == "awards"
    ]
    assert awards["dates"] == ["%d/%m/%Y"]
    out = hcreport("check", tmp_path / "new").out
    assert "An award has no date (1)" in out
    assert "no column is read for awarded_on, so none of its 1 award has a date" in out


@pytest.mark.parametrize(
    ("landlord", "template"),
    [
        ("Green Homes", "hillingdon"),
        ("Anytown Council", "brent"),
        ("London Borough of Anytown", "brent"),
        ("City of Anytown", "brent"),
        ("Boroughbridge Homes", "hillingdon"),
    ],
)
def test_the_template_goes_with_the_landlord(tmp_path: Path, landlord: str, template: str) -> None:
    """A council's goes to its Cabinet; the other bundled one is named beside it."""
    made_from(tmp_path, landlord, log=LONG)
    text = (tmp_path / "new" / "report.toml").read_text("utf-8")
    assert f'template = "{template}"' in text
    assert all(f'"{name}"' in text for name in ("brent", "hillingdon"))

"""The commands as a user meets them: what they write, print and refuse, and how they end."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.projects import (
    action,
    award,
    complaint,
    complaints,
    contents,
    copy_of_sample,
    finding,
    hcreport,
    problems_of,
    project,
    python,
    second,
    write_csv,
)
from tests.word import Word, text_of

from hcreport import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from tests.projects import Ran

OUTPUTS = {
    "report.docx",
    "summary.docx",
    "annex.xlsx",
    "figures.json",
    "internal/problems.xlsx",
    "internal/run.json",
    "internal/complaints.csv",
    "internal/awards.csv",
    "internal/failure_orders.csv",
    "internal/findings.csv",
    "internal/actions.csv",
    "internal/provisions.csv",
    "internal/workings.xlsx",
    "charts/received_by_stage.png",
    "charts/received_by_service.png",
    "charts/received_by_month.png",
    "charts/root_causes_by_service.png",
    "charts/escalation_reasons_by_service.png",
    "charts/outcomes_by_stage.png",
    "charts/refusal_reasons.png",
    "charts/timeliness_by_service.png",
    "charts/compensation_by_reason.png",
    "charts/summary_about.png",
    "charts/summary_decisions.png",
}


@pytest.fixture(scope="module")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """Build a copy of the sample in a process of its own."""
    folder = copy_of_sample(tmp_path_factory.mktemp("first"))
    return folder, python("-m", "hcreport", "build", folder, PYTHONHASHSEED="1", TZ="Asia/Tokyo")


@pytest.fixture
def built(first_build: tuple[Path, Ran], tmp_path: Path) -> Path:
    """A copy of the sample that has been built once, to do with as a test likes."""
    return shutil.copytree(first_build[0], tmp_path / "built")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small project without faults."""
    rows = complaints(3)
    return project(
        tmp_path / "small", complaints=[*rows, second(rows[0])], awards=[award(1), award(2)]
    )


def must_be_refused(ran: Ran, *words: str) -> None:
    """Hold a run to the promise of exit status 2: two lines, a message and a hint, no more."""
    assert ran.status == 2, ran.err
    assert len(ran.lines) == 2, ran.err
    assert all(line.strip() for line in ran.lines), ran.err
    assert ran.out == ""
    assert "are 1 " not in ran.err
    for word in words:
        assert word in ran.err


# --- Building ---------------------------------------------------------------------------------


def test_build_writes_the_named_files_and_no_others(first_build: tuple[Path, Ran]) -> None:
    """A build ends with 0, adds exactly the named files and touches nothing else."""
    folder, ran = first_build
    before = contents(copy_of_sample(folder.parent / "untouched"))
    after = contents(folder)
    assert (ran.status, ran.err) == (0, "")
    assert {name for name in after if name not in before} == {f"output/{n}" for n in OUTPUTS}
    assert {name: after[name] for name in before} == before
    assert not [path for path in folder.rglob("*") if path.name.startswith(".hcreport-")]


def test_the_summary_names_the_headlines_the_files_and_the_next_step(
    first_build: tuple[Path, Ran],
) -> None:
    """Whoever builds sees the main figures with their bases, each file, and what to do next."""
    folder, ran = first_build
    summary = [" ".join(line.split()) for line in ran.out.splitlines()]
    for line in (
        "Brent Council, 2023/24",
        "Stage 1 complaints received 575",
        "Stage 2 complaints received 119",
        "Stage 1 uphold rate 64% (382 of 601)",
        "Stage 2 uphold rate 79% (98 of 124)",
        "Stage 1 on time 98% (591 of 606)",
        "Stage 2 on time 96% (121 of 126)",
        "Compensation awarded £96,024",
        f"Written to {folder / 'output'}",
        "report.docx the report",
        "summary.docx a summary for residents",
        "annex.xlsx its tables",
        "figures.json every figure with its definition and base",
        "charts/ 11 charts",
        "internal/ workings.xlsx, every figure as a formula; not for publication",
        f"Next: open {folder / 'output' / 'report.docx'} and read it through.",
    ):
        assert line in summary


def test_two_builds_write_the_same_bytes(first_build: tuple[Path, Ran], tmp_path: Path) -> None:
    """Another process, folder, time zone and hash seed change no byte of any output."""
    folder = copy_of_sample(tmp_path)
    ran = python(
        "-m", "hcreport", "build", folder, "--output", tmp_path / "elsewhere",
        PYTHONHASHSEED="2", TZ="America/Lima", LC_ALL="C",
    )  # fmt: skip
    assert ran.status == 0
    assert contents(tmp_path / "elsewhere") == contents(first_build[0] / "output")


def test_building_again_replaces_what_nobody_touched(built: Path) -> None:
    """A second build over its own untouched files ends with 0 and leaves the same bytes."""
    before = contents(built / "output")
    ran = hcreport("build", built)
    assert (ran.status, ran.err) == (0, "")
    assert contents(built / "output") == before


def test_corrected_data_replace_an_untouched_report(small: Path) -> None:
    """When the data is corrected, the report nobody edited is made anew."""
    assert hcreport("build", small).status == 0
    old = contents(small / "output")
    project(small, complaints=complaints(5), awards=[award(1)])
    assert hcreport("build", small).status == 0
    new = contents(small / "output")
    assert new["report.docx"] != old["report.docx"]
    assert "We received 5 stage 1 complaints" in text_of(Word.of(new["report.docx"]).body)


def test_an_edited_report_is_never_overwritten(small: Path) -> None:
    """A report somebody edited stops the build in two lines, and every file stays as it was."""
    hcreport("build", small)
    report = small / "output" / "report.docx"
    report.write_bytes(report.read_bytes() + b"edited")
    project(small, complaints=complaints(5))
    before = contents(small)
    must_be_refused(hcreport("build", small), "report.docx", "--overwrite")
    assert contents(small) == before


def test_overwrite_replaces_an_edited_report(small: Path) -> None:
    """With --overwrite an edited report is replaced, because somebody said so."""
    hcreport("build", small)
    made = contents(small / "output")
    (small / "output" / "report.docx").write_bytes(b"edited")
    assert hcreport("build", small, "--overwrite").status == 0
    assert contents(small / "output") == made


def test_a_file_of_the_same_name_that_no_build_made_is_left_alone(small: Path) -> None:
    """A report.docx that lay in the output folder before the first build is somebody's work."""
    (small / "output").mkdir()
    (small / "output" / "report.docx").write_bytes(b"mine")
    before = contents(small)
    must_be_refused(hcreport("build", small), "report.docx")
    assert contents(small) == before


def test_other_files_in_the_output_folder_are_left_alone(small: Path) -> None:
    """What a build does not make, it neither reads nor removes."""
    hcreport("build", small)
    (small / "output" / "notes.txt").write_bytes(b"mine")
    assert hcreport("build", small).status == 0
    assert (small / "output" / "notes.txt").read_bytes() == b"mine"


def test_a_chart_no_longer_made_is_taken_away(small: Path) -> None:
    """A chart of an earlier build that this one does not make does not linger."""
    hcreport("build", small)
    chart = small / "output" / "charts" / "compensation_by_reason.png"
    assert chart.is_file()
    (small / "exports" / "awards.csv").unlink()
    assert hcreport("build", small).status == 0
    assert not chart.exists()


def test_a_chart_no_longer_made_stays_if_somebody_changed_it(small: Path) -> None:
    """An edited chart is somebody's work, even where the report no longer has it."""
    hcreport("build", small)
    chart = small / "output" / "charts" / "compensation_by_reason.png"
    chart.write_bytes(b"edited")
    (small / "exports" / "awards.csv").unlink()
    assert hcreport("build", small).status == 0
    assert chart.read_bytes() == b"edited"


def test_a_damaged_record_of_the_last_build_loses_nobodys_work(small: Path) -> None:
    """Where run.json cannot be read, identical files are replaced and others are protected."""
    hcreport("build", small)
    (small / "output" / "internal" / "run.json").write_text("{", encoding="utf-8")
    assert hcreport("build", small).status == 0
    (small / "output" / "internal" / "run.json").write_text("[]", encoding="utf-8")
    (small / "output" / "annex.xlsx").write_bytes(b"edited")
    must_be_refused(hcreport("build", small), "annex.xlsx")


# --- Errors in the data -----------------------------------------------------------------------


@pytest.fixture
def faulty(small: Path) -> Path:
    """A small project with one cell that cannot be read."""
    rows = [complaint(1, outcome="Uphelt"), complaint(2)]
    (small / "exports" / "awards.csv").unlink()
    return project(small, complaints=rows)


def test_errors_stop_a_build_and_nothing_is_written(faulty: Path) -> None:
    """With errors in the data a build ends with 1, names them and leaves the folder as it was."""
    before = contents(faulty)
    ran = hcreport("build", faulty)
    assert ran.status == 1
    assert "D104" in ran.out
    assert "Nothing was written: 1 error to mend." in ran.err
    assert "--draft" in ran.err
    assert contents(faulty) == before
    assert not (faulty / "output").exists()


def test_a_draft_is_written_in_spite_of_errors_and_says_so(faulty: Path) -> None:
    """With --draft the report is written, its run is recorded as a draft, and the summary says."""
    ran = hcreport("build", faulty, "--draft")
    assert ran.status == 0
    assert "draft" in ran.out
    assert "1 error" in ran.out
    run = json.loads((faulty / "output" / "internal" / "run.json").read_text(encoding="utf-8"))
    assert run["draft"] is True


def test_a_draft_is_marked_on_every_page(faulty: Path) -> None:
    """Every header a page can have, the cover's too, says that it is a draft."""
    hcreport("build", faulty, "--draft")
    word = Word.of((faulty / "output" / "report.docx").read_bytes())
    assert len(word.headers) == 2
    for name, header in word.headers.items():
        assert text_of(header).startswith("DRAFT"), name


def test_a_draft_is_marked_where_the_template_has_no_header(faulty: Path) -> None:
    """A template of the landlord's own without any header still yields a marked draft."""
    import docx  # noqa: PLC0415  (slow to import, and only here)

    template = docx.Document()
    template.add_paragraph("{{ stage1.received }}")
    template.save(str(faulty / "plain.docx"))
    toml = faulty / "report.toml"
    toml.write_text('template = "plain.docx"\n' + toml.read_text("utf-8"), encoding="utf-8")
    assert hcreport("build", faulty, "--draft").status == 0
    word = Word.of((faulty / "output" / "report.docx").read_bytes())
    assert any("DRAFT" in text_of(header) for header in word.headers.values())


def test_a_draft_that_was_asked_for_is_marked_without_errors_too(small: Path) -> None:
    """--draft marks the report whether or not there are errors: it is what somebody asked for."""
    assert hcreport("build", small, "--draft").status == 0
    word = Word.of((small / "output" / "report.docx").read_bytes())
    assert all(text_of(header).startswith("DRAFT") for header in word.headers.values())


def test_a_report_without_errors_bears_no_draft_mark(small: Path) -> None:
    """Clean data make a report that nowhere calls itself a draft."""
    hcreport("build", small)
    word = Word.of((small / "output" / "report.docx").read_bytes())
    assert not any("DRAFT" in text_of(story) for story in word.stories.values())


# --- Problems and their places ----------------------------------------------------------------


def test_each_fault_of_a_workbook_is_named_with_its_place(tmp_path: Path) -> None:
    """A wrong cell is reported with code, file, sheet, row, heading, value and advice; exit 1."""
    folder = copy_of_sample(tmp_path)
    path = folder / "exports" / "complaints-2023-24.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Cases"]
    at = {str(cell.value): n for n, cell in enumerate(sheet[1], start=1)}
    wrong = {
        ("D104", 20, "CaseStageStage1.Outcome"): "Uphelt",
        ("D101", 30, "CaseStageStage1.DateCompleted"): "31/02/2024",
        ("D102", 40, "CaseStatusReceipt.DateReceived"): "1899-12-31",
        ("D106", 50, "CaseDetails.CaseId"): "",
    }
    for (_, row, heading), value in wrong.items():
        sheet.cell(row, at[heading], value)
    book.save(path)
    ran = hcreport("check", folder)
    found = problems_of(folder)
    assert ran.status == 1
    for (code, row, heading), value in wrong.items():
        place = f"exports/complaints-2023-24.xlsx › Cases › row {row} › {heading}:"
        shown = f"{place} {value!r}" if value else place
        assert f"ERROR {code} " in ran.out
        assert shown in ran.out
        (problem,) = [p for p in found if (p["code"], p["row"]) == (code, row)]
        assert problem["file"] == "exports/complaints-2023-24.xlsx"
        assert (problem["sheet"], problem["heading"]) == ("Cases", heading)
        assert problem["value"] == value
        assert f"What to do: {problem['advice']}" in ran.out


def test_a_response_before_receipt_is_named_with_both_dates(small: Path) -> None:
    """What cannot have happened in that order is an error that gives the row and both days."""
    rows = [complaint(1), complaint(2, responded_on="2023-04-28")]
    project(small, complaints=rows)
    ran = hcreport("check", small)
    assert ran.status == 1
    assert "ERROR X101 " in ran.out
    assert "exports/complaints.csv › row 3" in ran.out
    assert "answered on 2023-04-28 but received on 2023-05-02" in ran.out
    assert "'0002'" in ran.out
    assert "What to do: Correct the date of receipt, or the later date" in ran.out


def test_a_ragged_file_is_named_with_its_row(small: Path) -> None:
    """A row with a cell too many, from a comma that broke loose, is an error that names the row."""
    path = small / "exports" / "awards.csv"
    path.write_text(path.read_text("utf-8") + "0003,stage1,1,250,Delay,2023-12-01\n", "utf-8")
    ran = hcreport("check", small)
    assert ran.status == 1
    assert "ERROR R106 " in ran.out
    assert "exports/awards.csv" in ran.out
    assert "row 4: it has 6 cells under 5 headings" in ran.out
    assert "What to do: Look for a comma" in ran.out
    (problem,) = [p for p in problems_of(small) if p["code"] == "R106"]
    assert problem["row"] == 4


def test_the_rows_around_a_ragged_one_are_read_for_a_draft(small: Path) -> None:
    """A final build refuses; a draft holds all but the ragged row, which is listed."""
    path = small / "exports" / "complaints.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, f"{lines[1]},and more", ""]), "utf-8")
    refused = hcreport("build", small)
    assert refused.status == 1
    assert "R106" in refused.out + refused.err
    ran = hcreport("check", small)
    assert f"{len(lines) - 1} case rows (1 heading, 1 ragged besides)" in ran.out
    assert f"gave {len(lines) - 1} records" in ran.out
    drafted = hcreport("build", small, "--draft")
    assert (small / "output" / "report.docx").is_file(), drafted.err


def test_what_is_left_out_is_named(small: Path) -> None:
    """Rows that are no records are counted by why the profile says so; titles are called titles."""
    path = small / "exports" / "awards.csv"
    headings, *rows = path.read_text("utf-8").splitlines()
    blank = "0002,stage1,,,"
    path.write_text("\n".join(["Awards of the year,,,,", headings, *rows, blank, ""]), "utf-8")
    profile = small / "profile.toml"
    text = profile.read_text("utf-8")
    head = "[sources.awards.headings]"
    profile.write_text(text.replace(head, f'only_with = "amount"\n{head}'), "utf-8")
    ran = hcreport("check", small)
    assert "(1 title, 1 heading besides)" in ran.out
    assert ", 1 left out as the profile says (no amount)" in ran.out


def test_an_export_with_headings_alone_is_an_error(small: Path) -> None:
    """A complaints export without a single row is a failed export, not a year without complaints.

    An empty learning log is another matter: there may have been nothing to learn.
    """
    write_csv(small / "exports" / "complaints.csv", list(complaint(1)), [])
    ran = hcreport("check", small)
    assert ran.status == 1
    assert "R107" in ran.out


def test_check_as_json_gives_the_places_and_the_reconciliation(faulty: Path) -> None:
    """`check --json` prints one JSON document with every problem's place, and ends with 1."""
    ran = hcreport("check", faulty, "--json")
    found = json.loads(ran.out)
    assert ran.status == 1
    assert found["schema"] == "hcreport.check/1"
    assert found["problems"] == [
        {
            "code": "D104",
            "severity": "error",
            "title": "A value is not in the profile's list",
            "file": "exports/complaints.csv",
            "sheet": "",
            "row": 2,
            "heading": "outcome",
            "value": "Uphelt",
            "message": found["problems"][0]["message"],
            "advice": found["problems"][0]["advice"],
        }
    ]
    assert "upheld" in found["problems"][0]["message"]
    assert found["reconciliation"][0] == {
        "file": "exports/complaints.csv",
        "sheet": "",
        "how": "text, comma between cells, UTF-8",
        "rows": {
            "case": 2,
            "blank": 0,
            "title": 0,
            "heading": 1,
            "total": 0,
            "footer": 0,
            "ragged": 0,
        },
        "records": 2,
        "passed_over": 0,
        "set_aside": 0,
    }


def test_check_of_the_sample_finds_nothing_and_writes_nothing(tmp_path: Path) -> None:
    """The sample has no error; checking it accounts for every row and leaves the folder alone."""
    folder = copy_of_sample(tmp_path)
    before = contents(folder)
    ran = hcreport("check", folder)
    assert (ran.status, ran.err) == (0, "")
    assert "exports/complaints-2023-24.xlsx: 731 case rows" in ran.out
    assert "No errors. Next: hcreport build" in ran.out
    assert contents(folder) == before


def test_many_problems_of_a_kind_are_counted_not_listed(small: Path) -> None:
    """Twenty wrong cells are one heading, five places and the number of the rest."""
    project(small, complaints=[complaint(n, outcome=f"Uphelt {n}") for n in range(1, 21)])
    ran = hcreport("check", small)
    assert "D104 A value is not in the profile's list (20)" in ran.out
    assert ran.out.count("'Uphelt ") == 5
    assert "and 15 more" in ran.out


def test_one_mistake_made_in_many_rows_is_one_line(small: Path) -> None:
    """The same wrong value twenty times is told once, with the first row and how many more."""
    project(small, complaints=complaints(20, outcome="Uphelt"))
    ran = hcreport("check", small)
    assert ran.out.count("'Uphelt'") == 1
    assert "row 2 › outcome" in ran.out
    assert "19 more rows" in ran.out


def test_errors_in_last_years_project_are_errors_of_this_run(small: Path, tmp_path: Path) -> None:
    """A cell of last year's export that cannot be read would make a wrong comparison: exit 1."""
    rows = [complaint(1, "2022-05-03"), complaint(2, "2022-05-03", received_on="31/02/2022")]
    last = project(tmp_path / "last", complaints=rows) / "report.toml"
    last.write_text(last.read_text("utf-8").replace("2023/24", "2022/23"), encoding="utf-8")
    project(small, '[previous]\nproject = "../last"\n', complaints=complaints(2))
    ran = hcreport("check", small)
    assert ran.status == 1
    assert "31/02/2022" in ran.out
    assert "../last/exports/complaints.csv" in ran.out


def test_last_years_project_gives_last_years_figures(small: Path, tmp_path: Path) -> None:
    """What last year's own folder comes to is what this year is compared with."""
    last = project(tmp_path / "last", complaints=complaints(4, "2022-05-03")) / "report.toml"
    last.write_text(last.read_text("utf-8").replace("2023/24", "2022/23"), encoding="utf-8")
    project(small, '[previous]\nproject = "../last"\n', complaints=complaints(2))
    assert hcreport("build", small).status == 0
    words = text_of(Word.of((small / "output" / "report.docx").read_bytes()).body)
    assert "We received 2 stage 1 complaints in 2023/24, a decrease of 50% on the 4" in words


# --- What cannot run --------------------------------------------------------------------------

SETTINGS = """\
data_as_at = 2024-05-31
[landlord]
name = "Example Homes"
[period]
year = "2023/24"
"""
BAD_SETTINGS = {
    "an unknown key": (
        SETTINGS.replace("data_as_at", "data_as_att", 1),
        "data_as_att",
        "data_as_at?",
    ),
    "an unknown key in a part": (SETTINGS.replace("name", "nmae"), "landlord.nmae", "name?"),
    "an unknown part": (SETTINGS + "[bassis]\n", "bassis", "basis"),
    "text where a date belongs": (SETTINGS.replace("2024-05-31", '"2024-05-31"'), "data_as_at"),
    "a number where text belongs": (SETTINGS.replace('"Example Homes"', "7"), "landlord.name"),
    "a key that is missing": (SETTINGS.replace("data_as_at = 2024-05-31", ""), "data_as_at"),
    "a part that is missing": (SETTINGS.partition("[period]")[0], "period"),
    "an empty file": ("", "data_as_at"),
    "no TOML": (SETTINGS.replace('"Example Homes"', "Example Homes"), "TOML", "line 3"),
    "a key given twice": (SETTINGS + 'year = "2023/24"\n', "TOML"),
    "a year that is none": (SETTINGS.replace("2023/24", "2023/25"), "2023/25"),
    "a year in words": (SETTINGS.replace("2023/24", "last year"), "last year"),
    "a period that ends before it starts": (
        SETTINGS.replace('year = "2023/24"', "start = 2024-04-01\nend = 2023-03-31"),
        "ends",
    ),
    "a start without an end": (
        SETTINGS.replace('year = "2023/24"', "start = 2024-04-01"),
        "period",
    ),
    "a word that is not on the list": (
        SETTINGS + '[basis]\noutcomes = "open"\n',
        "basis.outcomes",
    ),
    "homes below nought": (SETTINGS + "[homes]\nLCRA = -1\n", "homes.LCRA"),
    "more satisfied than answered": (
        SETTINGS + "[survey.tp09]\nsatisfied = 9\nanswers = 3\n",
        "survey.tp09",
    ),
    "a measure that is none": (SETTINGS + "[survey.xp09]\npercent = 9\n", "survey"),
    "a previous year that is none": (SETTINGS + '[previous]\nyear = "22"\n', "22"),
    "an unknown template": ('template = "brunt"\n' + SETTINGS, "brunt", "brent"),
    "a template file that is not there": ('template = "own.docx"\n' + SETTINGS, "own.docx"),
    "an unknown previous figure": (
        SETTINGS + '[previous.figures]\n"stage1.recieved" = 7\n',
        "stage1.recieved",
        "stage1.received",
    ),
    "a previous figure like no other": (
        SETTINGS + '[previous.figures]\n"zzz" = 7\n',
        "zzz",
    ),
    "last year's project in no folder": (
        SETTINGS + '[previous]\nproject = "../nowhere"\n',
        "nowhere",
    ),
    "a scope over no field": (
        SETTINGS + '[scope.where]\nserivce = ["Repairs"]\n',
        "serivce",
        "service",
    ),
}


@pytest.mark.parametrize("case", BAD_SETTINGS.values(), ids=BAD_SETTINGS)
def test_settings_that_make_no_sense_are_refused(small: Path, case: tuple[str, ...]) -> None:
    """A bad setting is named in two lines with exit 2, and nothing is written."""
    text, *words = case
    (small / "report.toml").write_text(text, encoding="utf-8")
    before = contents(small)
    must_be_refused(hcreport("build", small), *words)
    assert contents(small) == before


def test_settings_that_are_not_utf_8_are_refused(small: Path) -> None:
    """A file saved in another encoding is refused, not misread."""
    (small / "report.toml").write_bytes(SETTINGS.replace("Homes", "H\u00f6mes").encode("cp1252"))
    must_be_refused(hcreport("build", small), "report.toml", "UTF-8")


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_folder_that_is_no_project_is_refused(tmp_path: Path, command: str) -> None:
    """Without the folder, its report.toml or its profile.toml there is nothing to go on with."""
    must_be_refused(hcreport(command, tmp_path / "none"), "none")
    must_be_refused(hcreport(command, tmp_path), "report.toml")
    (tmp_path / "report.toml").write_text(SETTINGS, encoding="utf-8")
    must_be_refused(hcreport(command, tmp_path), "profile.toml", "icasework")


def test_a_project_without_its_complaints_export_cannot_be_built(small: Path) -> None:
    """Without any complaints there is nothing to report on, not even as a draft."""
    (small / "exports" / "complaints.csv").unlink()
    for command in (["check"], ["build"], ["build", "--draft"]):
        must_be_refused(hcreport(*command, str(small)), "exports/complaints.csv", "profile.toml")
    assert not (small / "output").exists()


def test_a_table_that_is_missing_is_only_a_warning(small: Path) -> None:
    """A missing file of awards is told and does not stop the report."""
    (small / "exports" / "awards.csv").unlink()
    ran = hcreport("check", small)
    assert ran.status == 0
    assert "WARNING R108 " in ran.out
    assert "exports/awards.csv: no such file was found; there is nothing in its place" in ran.out


BAD_PROFILES = {
    "no TOML": ("title = ", "TOML"),
    "an unknown profile to extend": ('extends = "icaswork"', "icaswork", "icasework"),
    "an unknown key": ('title = "x"\nsorces = 1\n', "sorces", "sources"),
    "an unknown field": (
        (
            'title = "x"\n[sources.a]\ntable = "complaints"\nfiles = ["a.csv"]\n'
            '[sources.a.headings]\nrecieved_on = "x"\n'
        ),
        "recieved_on",
        "received_on",
    ),
    "an unknown code": (
        (
            'title = "x"\n[sources.a]\ntable = "complaints"\nfiles = ["a.csv"]\n'
            '[sources.a.values.outcome]\nupholded = ["x"]\n'
        ),
        "upholded",
        "upheld",
    ),
}


@pytest.mark.parametrize("case", BAD_PROFILES.values(), ids=BAD_PROFILES)
def test_profiles_that_make_no_sense_are_refused(small: Path, case: tuple[str, ...]) -> None:
    """A bad profile is named in two lines with exit 2."""
    text, *words = case
    (small / "profile.toml").write_text(text, encoding="utf-8")
    must_be_refused(hcreport("check", small), "profile.toml", *words)


def test_a_fault_of_ours_names_no_data_and_shows_no_traceback(tmp_path: Path) -> None:
    """What nobody foresaw ends with 3 and two lines that hold a file name and a line number."""
    script = (
        "import sys; from hcreport import cli, pipeline\n"
        "def broken(*_): raise KeyError('zq-private')\n"
        "pipeline.compute = broken\n"
        f"sys.argv = ['hcreport', 'check', {str(tmp_path)!r}]\n"
        "cli.main()\n"
    )
    ran = python("-c", script)
    assert ran.status == 3
    assert len(ran.lines) == 2
    assert "KeyError" in ran.err
    assert "zq-private" not in ran.err
    assert "Traceback" not in ran.err


# --- Output that cannot be written ------------------------------------------------------------


def left_behind(folder: Path) -> list[Path]:
    """Find what a build leaves when it does not clean up after itself."""
    return [path for path in folder.rglob("*") if path.name.startswith(".hcreport-")]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are set on Unix")
def test_a_disk_that_fills_up_leaves_everything_as_it_was(small: Path) -> None:
    """When a file cannot be written whole, the last build stays and nothing is left behind."""
    assert hcreport("build", small).status == 0
    project(small, complaints=complaints(5))
    before = contents(small)
    script = (
        "import resource, sys; from hcreport import cli\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        f"sys.argv = ['hcreport', 'build', {str(small)!r}]\n"
        "cli.main()\n"
    )
    must_be_refused(python("-c", script), "output cannot be written")
    assert contents(small) == before
    assert not left_behind(small)


def test_an_output_that_is_a_file_is_refused(small: Path) -> None:
    """Where the output folder should be stands a file: it stays, and the build is refused."""
    (small / "output").write_bytes(b"mine")
    before = contents(small)
    must_be_refused(hcreport("build", small), "output")
    assert contents(small) == before
    assert not left_behind(small)


@pytest.mark.parametrize("name", ["charts", "annex.xlsx/inside"])
def test_a_name_that_is_taken_leaves_nothing_half_written(small: Path, name: str) -> None:
    """If one file cannot be put in place, none is: no new report beside old charts."""
    taken = small / "output" / name
    taken.parent.mkdir(parents=True)
    taken.write_bytes(b"mine")
    before = contents(small)
    must_be_refused(hcreport("build", small), "output")
    assert contents(small) == before
    assert not left_behind(small)


def test_a_build_that_could_not_be_finished_can_be_made_again(small: Path) -> None:
    """After a move failed, the files of the build before are still known as nobody's work."""
    assert hcreport("build", small).status == 0
    report = small / "output" / "report.docx"
    report.unlink()
    report.mkdir()  # what a report that is open in Word is on Windows: it cannot be replaced
    project(small, complaints=complaints(5))
    must_be_refused(hcreport("build", small), "output")
    report.rmdir()
    assert hcreport("build", small).err == ""


def test_an_output_among_what_reports_are_made_from_is_refused(small: Path) -> None:
    """The exports' folder, that of the settings, and a file: nothing is put there."""
    before = sorted(small.rglob("*"))
    for name, word in (("exports", "holds"), (".", "holds report.toml"), ("report.toml", "a file")):
        must_be_refused(hcreport("build", small, "--output", small / name), word)
    assert sorted(small.rglob("*")) == before


def test_an_output_below_a_file_is_refused(small: Path) -> None:
    """An output folder that cannot be made is the user's matter, not a fault of ours."""
    (small / "file").write_bytes(b"mine")
    must_be_refused(hcreport("build", small, "--output", small / "file" / "output"), "file")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_project_is_refused(small: Path) -> None:
    """A folder that may only be read is refused in two lines, with nothing left behind."""
    small.chmod(0o555)
    try:
        must_be_refused(hcreport("build", small), "permissions")
        assert not left_behind(small)
    finally:
        small.chmod(0o755)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that nobody can read")
def test_a_file_that_cannot_be_read_is_nobodys_to_replace(small: Path) -> None:
    """As on Windows a workbook that is open in Excel: the build is refused, a check goes on."""
    assert hcreport("build", small).status == 0
    for name in ("report.docx", "internal/problems.xlsx"):
        path = small / "output" / name
        path.unlink()
        path.symlink_to("/proc/self/mem")
    must_be_refused(hcreport("build", small), "report.docx", "Close the files")
    ran = hcreport("check", small)
    assert ran.status == 0
    assert "No list was written" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are set on Unix")
def test_the_records_behind_a_figure_are_written_whole_or_not_at_all(small: Path) -> None:
    """Where the disk fills up, no half of the list is left."""
    path = small.parent / "rows.csv"
    script = (
        "import resource, sys; from hcreport import cli\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))\n"
        f"sys.argv = ['hcreport', 'explain', 'stage1.received', {str(small)!r}, "
        f"'--csv', {str(path)!r}]\n"
        "cli.main()\n"
    )
    ran = python("-c", script)
    assert (ran.status, len(ran.lines)) == (2, 2), ran
    assert not path.exists()


# --- Help -------------------------------------------------------------------------------------


def test_help_is_instant() -> None:
    """`--help` is there within 0.6 seconds (best of three)."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        assert python("-m", "hcreport", "--help").status == 0
        times.append(time.perf_counter() - start)
    assert min(times) < 0.6


def test_help_and_refusals_import_nothing_slow(tmp_path: Path) -> None:
    """Neither `--help` nor a refusal of the command line waits for pandas or matplotlib."""
    script = (
        "import sys; from hcreport import cli\n"
        "sys.argv = ['hcreport', *sys.argv[1:]]\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "slow = ('pandas', 'numpy', 'matplotlib', 'docx', 'openpyxl', 'xlsxwriter')\n"
        "print('LOADED', [name for name in slow if name in sys.modules])\n"
    )
    for words in (("--help",), ("build", "--help"), ("--version",), ("bild", tmp_path)):
        assert "LOADED []" in python("-c", script, *words).out


@pytest.mark.parametrize("words", [(), ("check",), ("build",)], ids=["hcreport", "check", "build"])
def test_help_gives_an_example(words: tuple[str, ...]) -> None:
    """Each help text shows a command that can be copied and works on the sample."""
    ran = hcreport(*words, "--help")
    assert ran.status == 0
    assert "Example: hcreport" in ran.out
    assert "sample_data/brent-2023-24" in ran.out


def test_the_version_is_told() -> None:
    """`--version` prints the name and the version."""
    assert hcreport("--version").out == f"hcreport {__version__}\n"


def test_an_unknown_command_or_option_ends_with_2() -> None:
    """What the command line does not know is refused without a traceback."""
    for words in (("bild",), ("build", "--drafft")):
        ran = hcreport(*words)
        assert ran.status == 2
        assert "Traceback" not in ran.err


def test_a_project_is_the_current_folder_unless_named(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a folder, a command works on the one it is started in."""
    monkeypatch.chdir(small)
    assert hcreport("check").status == 0
    assert hcreport("build").status == 0
    assert (small / "output" / "report.docx").is_file()


def test_a_sign_that_the_charts_cannot_draw_prints_no_warning(tmp_path: Path) -> None:
    """A service whose name the charts' font lacks is no reason to trouble whoever builds."""
    folder = project(tmp_path, complaints=[complaint(1, service="Gas \N{FIRE}")])
    ran = python("-m", "hcreport", "build", folder)
    assert (ran.status, ran.err) == (0, "")


def test_a_folder_with_spaces_and_accents_will_do(tmp_path: Path) -> None:
    """Names of folders are taken as they are."""
    folder = project(
        tmp_path / "Tŷ newydd (2023 24)",
        complaints=complaints(2),
        awards=[award(1)],
        findings=[finding("A")],
        actions=[action()],
    )
    assert hcreport("build", folder).status == 0
    assert set(contents(folder / "output")) >= {"report.docx", "annex.xlsx", "figures.json"}

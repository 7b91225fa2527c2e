"""No mess of an export is silent: each gives the right value, or a problem with its place.

The messes are those that common readers get wrong without a word. ``HELD`` names for each the test
that holds it; what had none stands below. ``RULES_HELD`` does so for the rules of the intake.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from builders import day
from hcreport import pipeline
from hcreport.intake.load import Intake, load
from hcreport.intake.profile import Profile
from projects import award, complaint, hcreport, problems_of, project, second
from xlsb import xlsb

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
READING, SHAPES, INTAKE, INIT = "test_reading", "test_shapes", "test_intake", "test_init"
OURS, DERIVE, CHECKS = "test_silent", "test_derive", "test_checks"

HELD = {
    # Whole files
    "a web page, tabs or XML called .xls": (READING, "test_a_file_is_read_as_what_it_is"),
    "a web archive": (READING, "test_what_is_no_table_is_refused"),
    "a web page's numbers guessed at": (OURS, "test_a_web_pages_cells_are_text"),
    "the wrong extension": (READING, "test_a_file_is_read_as_what_it_is"),
    "a password": (READING, "test_what_is_no_table_is_refused"),
    "strict Open XML": (READING, "test_what_is_no_table_is_refused"),
    "dates from 1904": (READING, "test_dates_that_count_from_1904"),
    "binary workbooks": (OURS, "test_a_binary_workbooks_days_are_days"),
    "old workbooks": (OURS, "test_an_old_workbook_says_the_same"),
    "OpenDocument": (OURS, "test_an_open_documents_days_are_days"),
    "a wrong dimension": (READING, "test_a_wrong_dimension_is_no_matter"),
    "a bloated dimension": (READING, "test_a_wrong_dimension_is_no_matter"),
    "a hidden first sheet": (OURS, "test_a_first_sheet_that_is_hidden_is_not_the_data"),
    "a cover page": (READING, "test_covers_and_hidden_sheets_are_not_the_data"),
    "hidden and filtered rows": (READING, "test_hidden_rows_stop_the_run"),
    "hidden columns": (OURS, "test_a_hidden_column_is_said"),
    "leading blanks": (READING, "test_blank_rows_and_columns_keep_the_numbers"),
    "merged headings": (READING, "test_merged_headings_in_two_rows"),
    "merged values": (READING, "test_a_merged_service_goes_down_its_range_only"),
    "totals and footers": (READING, "test_totals_and_footers_are_no_cases"),
    # Cells
    "text references": (READING, "test_references_stay_what_they_are"),
    "zeros by number format": (READING, "test_a_number_shown_with_zeros_is_the_text_that_is_seen"),
    "references with blanks": (READING, "test_references_stay_what_they_are"),
    "long references": (READING, "test_a_long_number_is_no_reference"),
    "one odd reference among many": (OURS, "test_one_odd_reference_changes_no_other"),
    "words for nothing": (READING, "test_words_for_nothing_are_kept"),
    "error cells": (READING, "test_an_error_is_no_blank"),
    "uncalculated formulas": (READING, "test_a_formula_that_was_never_calculated_is_no_amount"),
    "serials typed as numbers": (READING, "test_a_number_is_no_date"),
    "serials of no day": (READING, "test_a_number_is_no_date"),
    "days that stand for none": (READING, "test_a_day_that_stands_for_none_is_blank_and_said"),
    "day and month in text": (OURS, "test_a_column_of_days_is_read_one_way"),
    "ISO days read day first": (OURS, "test_an_iso_day_stays_beside_british_ones"),
    "true dates made text": (READING, "test_true_dates_and_british_text_stand_side_by_side"),
    "an American spreadsheet": (SHAPES, "test_days_and_months_that_american_excel_swapped"),
    "days with remarks": (READING, "test_a_date_that_is_not_sure_is_said"),
    "times of day": (OURS, "test_a_time_of_day_takes_no_day_away"),
    "moments in UTC": (READING, "test_a_moment_in_utc_is_a_day_in_london"),
    "working days without holidays": (DERIVE, "test_the_clock_stops_for_christmas"),
    "amounts with words": (READING, "test_amounts_are_exact_or_said"),
    "digits run together": (READING, "test_amounts_are_exact_or_said"),
    "continental commas": (READING, "test_amounts_are_exact_or_said"),
    "a sum of text": (OURS, "test_amounts_written_in_three_ways_add_up"),
    "spellings": (READING, "test_spellings_of_one_word_are_one"),
    "impossible percentages": (OURS, "test_a_percentage_beyond_a_hundred_is_refused"),
    # Delimited text
    "a trailing comma": (READING, "test_text_whose_cells_have_slipped_is_refused"),
    "a comma in the first row": (READING, "test_text_whose_cells_have_slipped_is_refused"),
    "an unclosed quotation mark": (READING, "test_text_whose_cells_have_slipped_is_refused"),
    "a pair of stray marks": (READING, "test_two_stray_quotation_marks_swallow_no_case"),
    "a line break in an address": (READING, "test_text_whose_cells_have_slipped_is_refused"),
    "short rows": (READING, "test_text_whose_cells_have_slipped_is_refused"),
    "sep=": (READING, "test_a_first_line_that_names_the_delimiter"),
    "semicolons and tabs": (READING, "test_commas_in_the_cells_are_no_delimiters"),
    "headings twice": (READING, "test_text_whose_cells_have_slipped_is_refused"),
    "Excel's guard": (READING, "test_the_guard_of_excel_is_taken_off"),
    "very long cells": (READING, "test_a_long_cell_is_read"),
    "a byte order mark": (READING, "test_letters_survive_their_encoding"),
    "Windows letters": (READING, "test_letters_survive_their_encoding"),
    "pounds and nothing else": (OURS, "test_a_pound_sign_alone_tells_no_other_alphabet"),
}
RULES_HELD = {
    1: (READING, "test_the_kind_is_told_by_the_bytes"),
    2: (READING, "test_any_cells_are_records_or_problems"),
    3: (INIT, "test_a_heading_that_only_looks_alike_is_proposed_and_not_taken"),
    4: (OURS, "test_an_award_is_counted_once_whatever_its_case_has"),
    5: (INTAKE, "test_the_day_is_never_taken_for_the_month"),
    6: (OURS, "test_nothing_nought_and_not_yet_are_different_answers"),
    7: (DERIVE, "test_closing_never_stops_the_clock"),
    8: (DERIVE, "test_the_codes_deadline"),
    9: (SHAPES, "test_one_outcome_column_fills_decision_closure_and_refusal"),
    10: (READING, "test_the_rows_of_a_sheet_add_up"),
    11: (CHECKS, "test_a_heading_that_came_or_went_is_said"),
    12: (INTAKE, "test_columns_that_no_field_claims_are_never_loaded"),
    13: (OURS, "test_what_would_change_a_figure_stops_the_build"),
}


@pytest.mark.parametrize("what", [*HELD, *RULES_HELD])
def test_each_is_held_by_a_test(what: str | int) -> None:
    """The test that the table names is there."""
    module, name = HELD[what] if isinstance(what, str) else RULES_HELD[what]
    text = (HERE / f"{module}.py").read_text(encoding="utf-8")
    assert re.search(rf"^def {name}\(", text, re.MULTILINE)


# --- Reading ----------------------------------------------------------------------------------

HEADINGS = ["Case Ref", "Stage", "Received", "Answered", "Service", "Outcome"]
FIELDS = ("reference", "stage", "received_on", "responded_on", "service", "outcome")
CASES: dict[str, Any] = {
    "table": "complaints",
    "files": ["exports/*"],
    "headings": dict(zip(FIELDS, HEADINGS, strict=True)),
    "dates": ["%d/%m/%Y"],
}
AWARDS: dict[str, Any] = {
    "table": "awards",
    "files": ["exports/*"],
    "headings": {"reference": "Case Ref", "amount": "Amount", "reason": "Reason"},
}
ROW = ["0012", "Stage 1", "03/04/2024", "17/04/2024", "Repairs", "Upheld"]


def read(folder: Path, content: str | bytes, source: dict[str, Any], name: str = "a.xls") -> Intake:
    """Read a file by a source."""
    (folder / "exports").mkdir(exist_ok=True)
    held = content if isinstance(content, bytes) else content.encode()
    (folder / "exports" / name).write_bytes(held)
    return load(folder, Profile.model_validate({"title": "Ours", "sources": {"them": source}}))


def said(found: Intake) -> list[tuple[str, str]]:
    """The problems: code and place."""
    return [(p.rule.code, str(p.place)) for p in found.problems]


def days(found: Intake) -> list[tuple[date, date | None]]:
    """When each complaint was received and answered."""
    return [(c.received_on, c.responded_on) for c in found.records.complaints]


def amounts(found: Intake) -> list[tuple[str, int]]:
    """The awards: reference and pence."""
    return [(a.reference, a.amount) for a in found.records.awards]


def text_of(*rows: Sequence[object]) -> str:
    """Comma-separated rows."""
    return "".join(",".join(map(str, row)) + "\n" for row in rows)


def book_of(*rows: Sequence[Any], also: Any = None) -> bytes:
    """A workbook of one sheet; ``also`` changes book and sheet."""
    made = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet("Cases")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                write = sheet.write_string if isinstance(cell, str) else sheet.write
                write(number, column, cell)
        if also:
            also(book, sheet)
    return made.getvalue()


def test_a_web_pages_cells_are_text(tmp_path: Path) -> None:
    """Others take 0012345 for a number, 1,000 for one thousand of nothing, None for a blank."""
    cells = ["0012345", "£1,000", "None"]
    rows = [
        "".join(f"<td>{cell}</td>" for cell in row) for row in (AWARDS["headings"].values(), cells)
    ]
    page = "<html><table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table></html>"
    found = read(tmp_path, page, AWARDS)
    assert ([("0012345", 100_000)], []) == (amounts(found), said(found))
    assert ["None"] == [a.reason for a in found.records.awards]


def test_a_binary_workbooks_days_are_days(tmp_path: Path) -> None:
    """Others hand over 45385 for 3 April; a bare 45385 is refused here as anywhere."""
    row: list[Any] = ["0012", "Stage 1", date(2024, 4, 3), date(2024, 4, 17), "Repairs", "Upheld"]
    found = read(tmp_path, xlsb([HEADINGS, row]), CASES, "a.xlsb")
    assert [(day("2024-04-03"), day("2024-04-17"))] == days(found)
    assert ["0012"] == [c.reference for c in found.records.complaints]
    assert ["R112"] == [code for code, _ in said(found)]
    row[2] = 45385
    bare = read(tmp_path, xlsb([HEADINGS, row]), CASES, "a.xlsb")
    assert ("D101", "exports/a.xlsb › Cases › row 2 › Received") in said(bare)


def test_an_old_workbook_says_the_same(tmp_path: Path) -> None:
    """An .xls keeps its zeros and its days, and is warned of: it tells nothing of hidden rows."""
    source = CASES | {
        "headings": {
            "reference": "Case Ref",
            "stage": "Stage",
            "received_on": "Date received",
            "service": "Service",
            "outcome": "Outcome",
        },
        "dates": ["%Y-%m-%d"],
    }
    found = read(tmp_path, (HERE / "old.xls").read_bytes(), source)
    assert [("0012", day("2024-04-03")), ("0013", day("2024-04-12"))] == [
        (c.reference, c.received_on) for c in found.records.complaints
    ]
    assert [("R112", "exports/a.xls › Cases")] == said(found)


def ods_of(*rows: Sequence[str]) -> bytes:
    """An OpenDocument sheet; a cell is text, or attributes and text with a bar between."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    made = []
    for row in rows:
        cells = [cell.rpartition("|") for cell in row]
        made.append(
            "".join(
                f"<table:table-cell office:value-type={kind or chr(34) + 'string' + chr(34)}>"
                f"<text:p>{words}</text:p></table:table-cell>"
                for kind, _, words in cells
            )
        )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in made)
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Cases">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return held.getvalue()


def test_an_open_documents_days_are_days(tmp_path: Path) -> None:
    """Its dates and its money carry their value beside what is shown, and the value counts."""
    answered = '"date" office:date-value="2024-04-17T09:00:00"|17 Apr 24'
    row = ["0012", "Stage 1", '"date" office:date-value="2024-04-03"|03.04.24', answered]
    found = read(tmp_path, ods_of(HEADINGS, [*row, "Repairs", "Upheld"]), CASES, "a.ods")
    assert ([(day("2024-04-03"), day("2024-04-17"))], []) == (days(found), said(found))
    money = '"currency" office:currency="GBP" office:value="1250.5"|£1,251'
    paid = read(
        tmp_path, ods_of(["Case Ref", "Amount", "Reason"], ["0012", money, "-"]), AWARDS, "a.ods"
    )
    assert ([("0012", 125_050)], []) == (amounts(paid), said(paid))


def test_a_first_sheet_that_is_hidden_is_not_the_data(tmp_path: Path) -> None:
    """Others read last year's rows, which somebody has hidden before this year's."""

    def also(book: Any, sheet: Any) -> None:
        ours = book.add_worksheet("This year")
        ours.write_row(0, 0, HEADINGS)
        ours.write_row(1, 0, ["0013", *ROW[1:]])
        ours.activate()
        sheet.hide()

    found = read(tmp_path, book_of(HEADINGS, ROW, also=also), CASES)
    assert ["0013"] == [c.reference for c in found.records.complaints]
    assert [("R114", "exports/a.xls")] == said(found)


def test_a_hidden_column_is_said(tmp_path: Path) -> None:
    """It is read, as the profile names it, and the person who cannot see it is told."""
    hidden = {"hidden": True}
    found = read(
        tmp_path,
        book_of(HEADINGS, ROW, also=lambda _, s: s.set_column(4, 4, None, None, hidden)),
        CASES,
    )
    assert [("R113", "exports/a.xls › Cases › Service")] == said(found)
    assert ["Repairs"] == [c.service for c in found.records.complaints]


def test_one_odd_reference_changes_no_other(tmp_path: Path) -> None:
    """Others make numbers of the first two hundred thousand, and text of the rest."""
    rows = [[f"{n:06}", *ROW[1:]] for n in range(5_000)] + [["HC-1", *ROW[1:]]]
    found = read(tmp_path, text_of(HEADINGS, *rows), CASES, "a.csv")
    assert [row[0] for row in rows] == [c.reference for c in found.records.complaints]


def test_a_column_of_days_is_read_one_way(tmp_path: Path) -> None:
    """Others switch between day first and month first from row to row."""
    cells = ["03/04/2024", "13/04/2024", "04/13/2024"]
    rows = [[str(n), "Stage 1", cell, "", "", ""] for n, cell in enumerate(cells)]
    found = read(tmp_path, text_of(HEADINGS, *rows), CASES, "a.csv")
    assert [(day("2024-04-03"), None), (day("2024-04-13"), None)] == days(found)
    assert [("D101", "exports/a.csv › row 4 › Received")] == said(found)


def test_an_iso_day_stays_beside_british_ones(tmp_path: Path) -> None:
    """Others, told that the day comes first, make 4 March of 2024-04-03."""
    cells = ["2024-04-03", "03/04/2024"]
    rows = [[str(n), "Stage 1", cell, "", "", ""] for n, cell in enumerate(cells)]
    source = CASES | {"dates": ["%d/%m/%Y", "%Y-%m-%d"]}
    found = read(tmp_path, text_of(HEADINGS, *rows), source, "a.csv")
    assert ([(day("2024-04-03"), None)] * 2, []) == (days(found), said(found))


def test_a_time_of_day_takes_no_day_away(tmp_path: Path) -> None:
    """From half past eleven at night to nine in the morning are fourteen days, and not thirteen."""
    late, early = datetime(2024, 4, 3, 23, 30), datetime(2024, 4, 17, 9)  # noqa: DTZ001  (a sheet's)
    row = ["0012", "Stage 1", late, early, "Repairs", "Upheld"]
    ((received, answered),) = days(read(tmp_path, book_of(HEADINGS, row), CASES))
    assert answered is not None
    assert 14 == (answered - received).days


def test_a_pound_sign_alone_tells_no_other_alphabet(tmp_path: Path) -> None:
    """Others guess at Polish or Thai, and the pound becomes a letter."""
    content = text_of(["Case Ref", "Amount", "Reason"], ["0012", "£1250", "£5 late"])
    found = read(tmp_path, content.encode("cp1252"), AWARDS, "a.csv")
    assert ([("0012", 125_000)], []) == (amounts(found), said(found))
    assert ["£5 late"] == [a.reason for a in found.records.awards]


def test_nothing_nought_and_not_yet_are_different_answers(tmp_path: Path) -> None:
    """Others make one blank of nothing, a dash, nil, TBC and £0."""
    cells = ["", "-", "nil", "TBC", "0", "£0.00"]
    rows = [[str(n), cell, "Delay"] for n, cell in enumerate(cells)]
    found = read(tmp_path, text_of(AWARDS["headings"].values(), *rows), AWARDS, "a.csv")
    assert [("4", 0), ("5", 0)] == amounts(found)
    assert ["D105", "D105", "D105", "D106"] == sorted(code for code, _ in said(found))
    told = AWARDS | {"blanks": {"amount": ["-", "nil"]}, "only_with": "amount"}
    found = read(tmp_path, text_of(AWARDS["headings"].values(), *rows), told, "a.csv")
    assert [("D105", "exports/a.csv › row 5 › Amount")] == said(found)


# --- Figures ----------------------------------------------------------------------------------


def test_amounts_written_in_three_ways_add_up(tmp_path: Path) -> None:
    """Others chain text to text: 100, 250 and £50 become 100250£50."""
    folder = project(
        tmp_path,
        complaints=[complaint(n) for n in (1, 2, 3)],
        awards=[award(1, "100"), award(2, "250"), award(3, "£50")],
    )
    assert 40_000 == pipeline.compute(folder).ledger.at("compensation.total.amount").value


def test_an_award_is_counted_once_whatever_its_case_has(tmp_path: Path) -> None:
    """Others join awards onto the rows of both stages, and double the money."""
    first = complaint(1)
    folder = project(tmp_path, complaints=[first, second(first)], awards=[award(1, "150")])
    ledger = pipeline.compute(folder).ledger
    assert 15_000 == ledger.at("compensation.total.amount").value
    assert 1 == ledger.at("compensation.total.cases").value


def test_a_percentage_beyond_a_hundred_is_refused(tmp_path: Path) -> None:
    """783 in a field of percentages is no share of anything."""
    folder = project(tmp_path, "[survey.tp01]\npercent = 783\n", complaints=[complaint(1)])
    ran = hcreport("check", folder)
    assert (2, 2) == (ran.status, len(ran.lines))
    assert "survey.tp01.percent" in ran.lines[0]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"outcome": "Closed"}, "D104"),
        ({"stage": "Informal"}, "D104"),
        ({"received_on": "03/04/2023"}, "D101"),
        ({"responded_on": "45029"}, "D101"),
        ({"received_on": ""}, "D106"),
        ({"reference": ""}, "D106"),
        ({"reference": "1.2E+11"}, "D107"),
    ],
)
def test_what_would_change_a_figure_stops_the_build(
    tmp_path: Path, changes: dict[str, str], code: str
) -> None:
    """A cell that decides where a complaint counts is right, or there is no report."""
    folder = project(tmp_path, complaints=[complaint(1), complaint(2, **changes)])
    assert [code] == [p["code"] for p in problems_of(folder)]
    assert 1 == hcreport("build", folder).status

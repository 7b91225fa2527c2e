"""Shapes of exports: stages, children, parents, sheets; words and dates as a profile says."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from tests.builders import day
from tests.projects import SETTINGS

from hcreport import pipeline
from hcreport.intake.load import Intake, load
from hcreport.intake.profile import Profile

if TYPE_CHECKING:
    from pathlib import Path

LONG: dict[str, Any] = {
    "table": "complaints",
    "files": ["exports/cases.csv"],
    "dates": ["%d/%m/%Y"],
    "headings": {
        "reference": "Ref",
        "stage": "Stage",
        "service": "Service",
        "received_on": "Received",
        "closed_on": "Closed",
        "outcome": "Outcome",
    },
}
HEADED = "Ref,Stage,Service,Received,Closed,Outcome\n"


def csv(folder: Path, name: str, content: str) -> None:
    """Put a text file among a project's exports."""
    path = folder / "exports" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def book(folder: Path, name: str, **sheets: Any) -> None:
    """Put a workbook among a project's exports, its sheets by name."""
    held = io.BytesIO()
    made = xlsxwriter.Workbook(held, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for title, rows in sheets.items():
        sheet = made.add_worksheet(title.replace("_", " "))
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    made.close()
    path = folder / "exports" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(held.getvalue())


def read(folder: Path, **sources: Any) -> Intake:
    """Read a project's exports by these sources."""
    return load(folder, Profile.model_validate({"title": "Ours", "sources": sources}))


def long(folder: Path, rows: str, **changes: Any) -> Intake:
    """Read rows of the long layout by a source with these changes."""
    csv(folder, "cases.csv", HEADED + rows)
    return read(folder, cases=LONG | changes)


def met(found: Intake) -> list[str]:
    """The codes of the problems, in order."""
    return [problem.rule.code for problem in found.problems]


def held(found: Intake, *names: str) -> list[tuple[Any, ...]]:
    """These fields of every complaint, in order of reference and stage."""
    rows = sorted(found.records.complaints, key=lambda c: (c.reference, c.stage))
    return [tuple(getattr(row, name) for name in names) for row in rows]


def test_a_placeholder_in_a_date_that_may_be_blank_is_only_warned_of(tmp_path: Path) -> None:
    """The day that stands for none is read as none."""
    found = long(tmp_path, "1,Stage 1,Repairs,03/04/2023,01/01/1753,Upheld\n")
    assert ["D110"] == met(found)
    assert [(day("2023-04-03"), None)] == held(found, "received_on", "closed_on")


def test_a_profile_names_its_own_placeholders(tmp_path: Path) -> None:
    """A system can have a day of its own that stands for none."""
    row = "1,Stage 1,Repairs,03/04/2023,31/12/2049,Upheld\n"
    assert [] == met(long(tmp_path, row))
    assert ["D110"] == met(long(tmp_path, row, placeholders=[date(2049, 12, 31)]))


def test_each_date_can_have_its_own_formats(tmp_path: Path) -> None:
    """A field with formats is read by them alone; the others by the source's dates."""
    row = "1,Stage 1,Repairs,2023-04-03T23:30:00+0000,04/05/2023,Upheld\n"
    found = long(tmp_path, row, formats={"received_on": ["%Y-%m-%dT%H:%M:%S%z"]})
    assert [] == met(found)
    # Half past eleven in Greenwich is the next day in London's summer.
    assert [(day("2023-04-04"), day("2023-05-04"))] == held(found, "received_on", "closed_on")


@pytest.mark.parametrize("cell", ["45019", "45019.0"])
def test_a_number_is_a_date_only_where_the_profile_says_so(tmp_path: Path, cell: str) -> None:
    """45019 is 3 April 2023 for a source that says serial, and a fault for every other."""
    row = f"1,Stage 1,Repairs,{cell},04/05/2023,Upheld\n"
    assert "D101" in met(long(tmp_path, row))
    found = long(tmp_path, row, formats={"received_on": ["serial"]})
    assert ([], [(day("2023-04-03"),)]) == (met(found), held(found, "received_on"))


def test_words_that_mean_nothing_are_blank_in_their_field_only(tmp_path: Path) -> None:
    """A service can be called None, an outcome cannot; what nobody lists stays a fault."""
    row = "1,Stage 1,None,03/04/2023,-,None\n"
    assert ["D104", "D101"] == met(long(tmp_path, row))
    found = long(tmp_path, row, blanks={"all": ["-"], "outcome": ["none", "N/A"]})
    assert ([], [("None", None, None)]) == (
        met(found),
        held(found, "service", "closed_on", "outcome"),
    )


def test_rows_that_are_no_records_are_left_out_and_counted(tmp_path: Path) -> None:
    """A compliment beside the complaints is no complaint, and is accounted for."""
    rows = (
        "1,Stage 1,Repairs,03/04/2023,,Upheld\n"
        "2,Compliment,Repairs,03/04/2023,,\n"
        "3,COMPLIMENT ,Repairs,not a date,,\n"
    )
    found = long(tmp_path, rows, leave_out={"stage": ["Compliment"]})
    assert ([], [("1",)]) == (met(found), held(found, "reference"))
    account = found.reconciliation[0]
    assert (3, 1, 2, 0) == (account.cases, account.records, account.passed_over, account.set_aside)


def test_a_service_request_needs_no_stage(tmp_path: Path) -> None:
    """One column that says stage 1, stage 2 or service request fills two fields."""
    rows = "1,Service request,Repairs,03/04/2023,,\n2,Stage 1,Repairs,03/04/2023,,Upheld\n"
    words = {"stage": {"kind=service_request": ["Service request"]}}
    found = long(tmp_path, rows, values=words)
    assert [] == met(found)
    assert [("1", "service_request"), ("2", None)] == held(found, "reference", "kind")


def test_one_outcome_column_fills_decision_closure_and_refusal(tmp_path: Path) -> None:
    """Each value goes into the field it is about."""
    rows = (
        "1,Stage 1,Repairs,03/04/2023,,Closed - upheld\n"
        "2,Stage 1,Repairs,03/04/2023,,Duplicate case\n"
        "3,Stage 1,Repairs,03/04/2023,,Too old\n"
    )
    words = {
        "outcome": {
            "upheld": ["Closed - upheld"],
            "closure=duplicate": ["Duplicate case"],
            "refusal_reason=More than a year old": ["Too old"],
        }
    }
    found = long(tmp_path, rows, values=words)
    assert [] == met(found)
    assert [
        ("upheld", None, None),
        (None, "duplicate", None),
        (None, None, "More than a year old"),
    ] == held(found, "outcome", "closure", "refusal_reason")


AMERICAN = [
    [date(2024, 3, 4), "x"],
    [date(2024, 12, 1), "x"],
    ["13/04/2024", "x"],
    ["28/04/2024", "x"],
]


@pytest.mark.parametrize(
    ("rows", "swapped"),
    [
        (AMERICAN, True),
        ([*AMERICAN, [date(2024, 4, 13), "x"]], False),
        ([*AMERICAN, ["03/04/2024", "x"]], False),
        (AMERICAN[:3], False),
        (AMERICAN[:2], False),
        (AMERICAN[2:], False),
    ],
)
def test_days_and_months_that_american_excel_swapped(
    tmp_path: Path, rows: Any, swapped: bool
) -> None:
    """True dates only up to the 12th beside written ones only after it: somebody saved the file."""
    table = [["Ref", "Received", "Stage"], *([n, row[0], "1"] for n, row in enumerate(rows))]
    book(tmp_path, "cases.xlsx", Cases=table)
    headings = {"reference": "Ref", "stage": "Stage", "received_on": "Received"}
    words = {"stage": {"stage1": ["1"]}}
    source = LONG | {"files": ["exports/*.xlsx"], "headings": headings, "values": words}
    found = read(tmp_path, cases=source)
    assert (["D111"] if swapped else []) == met(found)


STAGES_APART = {
    "table": "complaints",
    "files": ["exports/cases.xlsx"],
    "headings": {"reference": "Ref", "received_on": "Received"},
}
FIRST = [["Ref", "Received"], ["1", date(2023, 4, 3)], ["2", date(2023, 4, 4)]]
SECOND = [["Ref", "Received"], ["1", date(2023, 5, 3)]]


def test_a_sheet_for_each_stage(tmp_path: Path) -> None:
    """Two sources over one workbook, which is one input."""
    book(tmp_path, "cases.xlsx", Stage_1=FIRST, Stage_2=SECOND)
    found = read(
        tmp_path,
        first=STAGES_APART | {"sheet": "Stage 1", "stage": "stage1"},
        second=STAGES_APART | {"sheet": "Stage 2", "stage": "stage2"},
    )
    assert [] == met(found)
    assert [("1", "stage1"), ("1", "stage2"), ("2", "stage1")] == held(found, "reference", "stage")
    assert [("exports/cases.xlsx", 3)] == [(i.file, i.rows) for i in found.records.inputs]
    assert ["Stage 1", "Stage 2"] == [account.sheet for account in found.reconciliation]


@pytest.mark.parametrize("which", ["Q*", ["Q1", "Q2"], ["Q[12]"]])
def test_several_sheets_by_name_or_pattern(tmp_path: Path, which: Any) -> None:
    """Every sheet that fits is read; the notes beside them are not."""
    book(
        tmp_path, "cases.xlsx", Q1=FIRST, Notes=[["Guidance"]], Q2=[SECOND[0], ["7", "2023-05-03"]]
    )
    found = read(tmp_path, cases=STAGES_APART | {"sheet": which, "stage": "stage1"})
    assert ([], [("1",), ("2",), ("7",)]) == (met(found), held(found, "reference"))


def test_a_pattern_that_fits_no_sheet_is_said(tmp_path: Path) -> None:
    """The sheets there are, are named."""
    book(tmp_path, "cases.xlsx", Cases=FIRST)
    found = read(tmp_path, cases=STAGES_APART | {"sheet": "Q*", "stage": "stage1"})
    assert ["R102"] == met(found)
    assert "there is no sheet 'Q*'. It has Cases" == found.problems[0].message


def test_a_sheet_of_a_list_that_is_not_there_is_said(tmp_path: Path) -> None:
    """A quarter that was renamed is not left out without a word."""
    book(tmp_path, "cases.xlsx", Q1=FIRST, Quarter_2=SECOND)
    found = read(tmp_path, cases=STAGES_APART | {"sheet": ["Q1", "Q2"], "stage": "stage1"})
    assert (["R102"], []) == (met(found), held(found, "reference"))
    assert "there is no sheet 'Q2'. It has Q1, Quarter 2" == found.problems[0].message


def test_an_empty_sheet_among_several_is_named(tmp_path: Path) -> None:
    """A quarter without rows is an export that was not run, and the message says which."""
    book(tmp_path, "cases.xlsx", Q1=FIRST, Q2=[FIRST[0]])
    found = read(tmp_path, cases=STAGES_APART | {"sheet": "Q*", "stage": "stage1"})
    assert ["R107"] == met(found)
    assert "its sheet 'Q2' has headings and nothing under them" == found.problems[0].message


STAGES_BESIDE = {
    "table": "complaints",
    "files": ["exports/cases.csv"],
    "shape": "wide",
    "headings": {"reference": "Ref", "service": "Service"},
    "stage1": {"received_on": "In 1", "outcome": "Outcome 1"},
    "stage2": {"received_on": "In 2", "outcome": "Outcome 2"},
}


def test_a_wide_row_of_no_stage_is_said(tmp_path: Path) -> None:
    """A case that says nothing of either stage is named by its row, and not dropped."""
    rows = "1,Repairs,2023-04-03,,,\n2,Repairs,,,,\n"
    csv(tmp_path, "cases.csv", "Ref,Service,In 1,Outcome 1,In 2,Outcome 2\n" + rows)
    found = read(tmp_path, cases=STAGES_BESIDE)
    assert ["D106"] == met(found)
    assert "exports/cases.csv › row 3" == str(found.problems[0].place)
    account = found.reconciliation[0]
    assert (2, 1, 0, 1) == (account.cases, account.records, account.passed_over, account.set_aside)


def test_words_that_mean_nothing_reach_no_stage(tmp_path: Path) -> None:
    """A row with N/A all over stage 2 has no stage 2."""
    rows = "1,Repairs,2023-04-03,Upheld,N/A,-\n"
    csv(tmp_path, "cases.csv", "Ref,Service,In 1,Outcome 1,In 2,Outcome 2\n" + rows)
    found = read(tmp_path, cases=STAGES_BESIDE | {"blanks": {"all": ["N/A"], "outcome": ["-"]}})
    assert ([], [("1", "stage1")]) == (met(found), held(found, "reference", "stage"))


EXTENSIONS = {
    "table": "complaints",
    "shape": "child",
    "files": ["exports/extensions.csv"],
    "headings": {"reference": "Case", "stage": "Stage", "extended_to": "New date"},
}


def test_extensions_in_a_table_of_their_own(tmp_path: Path) -> None:
    """The latest of several counts, whatever the order of rows; blank stage: the only one."""
    csv(
        tmp_path,
        "extensions.csv",
        "Case,Stage,New date\n1,Stage 1,2023-05-09\n1,Stage 1,2023-05-02\n2,,2023-06-01\n",
    )
    csv(
        tmp_path,
        "cases.csv",
        HEADED + "1,Stage 1,A,03/04/2023,,\n1,Stage 2,A,03/06/2023,,\n2,Stage 1,A,03/04/2023,,\n",
    )
    found = read(tmp_path, cases=LONG, extensions=EXTENSIONS)
    assert [] == met(found)
    assert [("1", day("2023-05-09")), ("1", None), ("2", day("2023-06-01"))] == held(
        found, "reference", "extended_to"
    )
    assert found.records.has("complaints", "extended_to")
    account = found.reconciliation[1]
    assert (3, 3, 0) == (account.cases, account.records, account.set_aside)


def test_a_child_row_that_fits_no_complaint_or_two_is_said(tmp_path: Path) -> None:
    """Neither is dropped without a word, and neither is guessed at."""
    csv(tmp_path, "extensions.csv", "Case,Stage,New date\n1,,2023-05-09\n9,Stage 1,2023-05-02\n")
    csv(tmp_path, "cases.csv", HEADED + "1,Stage 1,A,03/04/2023,,\n1,Stage 2,A,03/06/2023,,\n")
    found = read(tmp_path, cases=LONG, extensions=EXTENSIONS)
    assert ["R117", "R116"] == met(found)


def test_child_rows_that_differ_are_said(tmp_path: Path) -> None:
    """Two outcomes of one complaint are no outcome anybody can count."""
    outcomes = EXTENSIONS | {"headings": {"reference": "Case", "outcome": "Result"}}
    csv(tmp_path, "extensions.csv", "Case,Result\n1,Upheld\n1,Not upheld\n2,Upheld\n2,Upheld\n")
    csv(tmp_path, "cases.csv", HEADED + "1,Stage 1,A,03/04/2023,,\n2,Stage 1,A,03/04/2023,,\n")
    found = read(tmp_path, cases=LONG, outcomes=outcomes)
    assert ["D108"] == met(found)
    assert "outcome: another row says upheld" == found.problems[0].message


PARENTED: dict[str, Any] = {
    "table": "complaints",
    "files": ["exports/cases.csv"],
    "headings": {"reference": "Case", "parent": "Parent", "received_on": "Received"},
}
AWARDED = {
    "table": "awards",
    "files": ["exports/awards.csv"],
    "headings": {"reference": "Case", "amount": "Amount"},
}


def test_a_case_of_its_own_for_stage_2(tmp_path: Path) -> None:
    """Parent and child are one reference at two stages, and an award follows its case."""
    csv(
        tmp_path,
        "cases.csv",
        "Case,Parent,Received\n20,10,2023-06-01\n10,,2023-04-01\n11,,2023-04-02\n",
    )
    csv(tmp_path, "awards.csv", "Case,Amount\n20,150\n11,50\n")
    found = read(tmp_path, cases=PARENTED, awards=AWARDED)
    assert [] == met(found)
    assert [("10", "stage1"), ("10", "stage2"), ("11", "stage1")] == held(
        found, "reference", "stage"
    )
    assert [("10", "stage2", 15000), ("11", None, 5000)] == [
        (a.reference, a.stage, a.amount) for a in found.records.awards
    ]


def test_cases_in_a_circle_are_said(tmp_path: Path) -> None:
    """Nobody can say which of them came first."""
    csv(
        tmp_path,
        "cases.csv",
        "Case,Parent,Received\n1,2,2023-06-01\n2,1,2023-04-01\n3,3,2023-04-01\n",
    )
    assert ["R118"] * 3 == met(read(tmp_path, cases=PARENTED))


def test_an_award_is_at_the_stage_of_the_case_it_names(tmp_path: Path) -> None:
    """Where stage 2 is a case of its own, either case's number says the stage of its award."""
    csv(tmp_path, "cases.csv", "Case,Parent,Received\n1,,2023-04-03\n2,1,2023-06-01\n")
    csv(tmp_path, "paid.csv", "Case,Amount\n1,100\n2,50\n9,10\n")
    awards = {
        "table": "awards",
        "files": ["exports/paid.csv"],
        "headings": {"reference": "Case", "amount": "Amount"},
    }
    found = read(tmp_path, cases=PARENTED, awards=awards)
    assert [("1", "stage1", 10000), ("1", "stage2", 5000), ("9", None, 1000)] == [
        (a.reference, a.stage, a.amount) for a in found.records.awards
    ]


def test_a_long_line_of_parents_takes_no_time(tmp_path: Path) -> None:
    """Ten thousand cases, each the child of the one before, and a circle at the end of others."""
    rows = [f"{n},{n - 1 or ''},2023-06-01" for n in range(1, 10_001)]
    rows += ["a,b,2023-06-01", "b,c,2023-06-01", "c,b,2023-06-01"]
    csv(tmp_path, "cases.csv", "\n".join(["Case,Parent,Received", *rows]))
    found = read(tmp_path, cases=PARENTED)
    assert ["R118"] * 3 == met(found)
    assert {"1", "a", "b", "c"} == {c.reference for c in found.records.complaints}


def test_awards_that_stand_beside_their_complaints(tmp_path: Path) -> None:
    """A second source over the same file, in which a row without an amount is no award."""
    rows = ["1,Stage 1,2023-04-03,£50", "2,Stage 1,2023-04-03,", "3,Stage 1,2023-04-03,nil"]
    csv(tmp_path, "cases.csv", "\n".join(["Ref,Stage,Received,Paid", *rows]))
    ours = {"reference": "Ref", "stage": "Stage", "received_on": "Received"}
    cases = LONG | {"headings": ours, "dates": ["%Y-%m-%d"]}
    awards = {
        "table": "awards",
        "files": ["exports/cases.csv"],
        "headings": {"reference": "Ref", "stage": "Stage", "amount": "Paid"},
        "only_with": "amount",
        "blanks": {"amount": ["nil"]},
    }
    found = read(tmp_path, cases=cases, awards=awards)
    assert [] == met(found)
    assert [("1", 5000)] == [(a.reference, a.amount) for a in found.records.awards]
    assert [0, 2] == [account.passed_over for account in found.reconciliation]
    # The report says how many rows the file holds, not how often they are read.
    assert [("exports/cases.csv", 3)] == [(i.file, i.rows) for i in found.records.inputs]


def test_a_wide_row_without_an_award_at_either_stage_is_left_out(tmp_path: Path) -> None:
    """It says nothing of awards at all, which is what the profile says of it, and no loss."""
    rows = ["1,£50,2023-05-02,,", "2,,2023-05-02,,", "3,,,,"]
    csv(tmp_path, "cases.csv", "\n".join(["Ref,Paid 1,On 1,Paid 2,On 2", *rows]))
    awards = {
        "table": "awards",
        "files": ["exports/cases.csv"],
        "shape": "wide",
        "headings": {"reference": "Ref"},
        "stage1": {"amount": "Paid 1", "awarded_on": "On 1"},
        "stage2": {"amount": "Paid 2", "awarded_on": "On 2"},
        "only_with": "amount",
    }
    (account,) = read(tmp_path, awards=awards).reconciliation
    assert (3, 1, 2, 0) == (account.cases, account.records, account.passed_over, account.set_aside)


def test_two_rows_of_headings_over_again(tmp_path: Path) -> None:
    """As a report prints them on each page: neither row is a case."""
    upper, lower = ["", "Payment"], ["Case", "Amount"]
    rows = [upper, lower, ["1", 50], upper, lower, ["2", 60]]
    book(tmp_path, "awards.xlsx", Paid=rows)
    awards = {
        "table": "awards",
        "files": ["exports/awards.xlsx"],
        "headings": {"reference": "Case", "amount": "Payment Amount"},
    }
    found = read(tmp_path, awards=awards)
    assert [] == met(found)
    assert [5000, 6000] == [a.amount for a in found.records.awards]
    (account,) = found.reconciliation
    assert (2, 4) == (account.cases, account.kinds["heading"])


def test_a_heading_with_a_number_in_it_over_again(tmp_path: Path) -> None:
    """It could pass for a reference, and the total beside it for a case."""
    csv(tmp_path, "awards.csv", "Ref1,Amount\nA1,50\nref1,amount\nA2,60\nTotal 2,110\n")
    named = {"reference": "Ref1", "amount": "Amount"}
    awards = {"table": "awards", "files": ["exports/awards.csv"], "headings": named}
    (account,) = read(tmp_path, awards=awards).reconciliation
    kinds = account.kinds
    assert (2, 2, 1) == (account.cases, kinds["heading"], kinds["total"])


TOTALLED = {
    "table": "awards",
    "files": ["exports/awards.csv"],
    "headings": {"reference": "Case", "amount": "Amount"},
}


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ("1,100\n2,50\nTotal,150\n", []),
        ("1,100\n2,50\nTotal,160\n", ["R115"]),
        ("1,100\nSubtotal,100\n2,50\nSubtotal,50\nGrand total,150\n", []),
        ("1,100\nSubtotal,100\n2,50\nSubtotal,40\nGrand total,150\n", ["R115"]),
        ("1,100\n2,50\nGrand Totals (2 records),\n", []),
        ("1,100\n2,50\nGrand Totals (3 records),\n", ["R115"]),
        ("1,100\n2,50\nTotal,\n", []),
    ],
)
def test_a_total_is_held_against_its_rows(tmp_path: Path, rows: str, codes: list[str]) -> None:
    """Of all rows above it, or of those since the last total."""
    csv(tmp_path, "awards.csv", "Case,Amount\n" + rows)
    assert codes == met(read(tmp_path, awards=TOTALLED))


def test_a_broken_row_of_one_sheet_silences_no_row_of_another(tmp_path: Path) -> None:
    """What is wrong across records is told of every row that was read whole, warned of or not."""
    headings = ["Ref", "Received", "Acknowledged", "Responded"]
    first = [["1", "nonsense", "", ""], ["2", "2023-05-02", "1753-01-01", "2023-05-01"]]
    book(
        tmp_path,
        "cases.xlsx",
        Stage_1=[headings, *first],
        Stage_2=[headings, ["9", "2023-06-01", "", "2023-06-09"]],
    )
    (tmp_path / "report.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "profile.toml").write_text(TWO_SHEETS, encoding="utf-8")
    found = pipeline.compute(tmp_path).problems
    assert [("D101", 2), ("D110", 3), ("X101", 3), ("X103", 2)] == [
        (p.rule.code, p.place.row) for p in found
    ]


TWO_SHEETS = """
title = "A sheet for each stage"
[sources.first]
table = "complaints"
files = ["exports/cases.xlsx"]
sheet = "Stage 1"
stage = "stage1"
[sources.first.headings]
reference = "Ref"
received_on = "Received"
acknowledged_on = "Acknowledged"
responded_on = "Responded"
[sources.second]
like = "first"
sheet = "Stage 2"
stage = "stage2"
"""


def test_a_file_that_nothing_reads_is_named(tmp_path: Path) -> None:
    """Last year's export dropped beside this year's is not read without a word, nor left out so."""
    csv(tmp_path, "cases.csv", HEADED + "1,Stage 1,Repairs,03/04/2023,,Upheld\n")
    csv(tmp_path, "last year.csv", HEADED)
    csv(tmp_path, "~$cases.csv", "")
    found = read(tmp_path, cases=LONG)
    assert [("R121", "exports/last year.csv")] == [
        (p.rule.code, str(p.place)) for p in found.problems
    ]


def test_a_child_table_can_be_missing(tmp_path: Path) -> None:
    """A system without extensions this year has no file of them; the complaints are still there."""
    csv(tmp_path, "cases.csv", HEADED + "1,Stage 1,Repairs,03/04/2023,,Upheld\n")
    found = read(tmp_path, cases=LONG, extensions=EXTENSIONS)
    assert ["R108"] == met(found)
    assert [("1",)] == held(found, "reference")

"""Checks across records: for each one a small table that it speaks of, and one that it does not."""

from __future__ import annotations

import io
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import action, award, complaint, failure_order, finding, records, terms_of
from hcreport import checks
from hcreport.problems import Place, Problem, Rule, Severity
from hcreport.report import problems_xlsx
from projects import award as award_row
from projects import complaint as complaint_row
from projects import complaints, contents, hcreport, problems_of, project, sample_run, without

if TYPE_CHECKING:
    from hcreport.records import Complaint, Record

SCOPE = {"scope": {"where": {"service": ["Repairs"]}}}
RECORDED = {"timeliness": "recorded"}


def met(*rows: Record, **said: Any) -> list[Problem]:
    """Every problem that the checks find, in order."""
    return list(checks.run(records(*rows), terms_of(*rows, **said)))


def codes(*rows: Record, **said: Any) -> list[str]:
    """The codes of the problems, in order, without the note that a complaint is overdue."""
    return [p.rule.code for p in met(*rows, **said) if p.rule.code != "X123"]


def case(reference: str = "0001", **given: Any) -> Complaint:
    """Make a stage 1 complaint about repairs, upheld within a week; ``given`` says otherwise."""
    usual = {"service": "Repairs", "responded_on": "2023-06-12", "outcome": "upheld"}
    return complaint(**{"reference": reference} | usual | given)


def second(reference: str = "0001", **given: Any) -> Complaint:
    """Make the stage 2 complaint that follows it."""
    usual = {"stage": "stage2", "received_on": "2023-07-03", "responded_on": "2023-07-10"}
    return case(reference, **usual | given)


def withdrawn(**given: Any) -> Complaint:
    """Make a complaint that was taken back and not answered."""
    return case(**{"closure": "withdrawn", "responded_on": None, "outcome": None} | given)


def paid(**given: Any) -> Record:
    """Make an award on a day after the complaint's receipt."""
    return award(**{"stage": "stage1", "awarded_on": "2023-07-01"} | given)


# --- Every check, and its near miss -----------------------------------------------------------

CASES: dict[str, tuple[str, list[Record], dict[str, Any]]] = {
    "acknowledged before receipt": ("X101", [case(acknowledged_on="2023-06-04")], {}),
    "answered before receipt": ("X101", [case(responded_on="2023-06-04")], {}),
    "closed before receipt": ("X101", [case(responded_on=None, closed_on="2023-06-04")], {}),
    "withdrawn before receipt": ("X101", [withdrawn(withdrawn_on="2023-06-04")], {}),
    "awarded before receipt": ("X101", [case(), paid(awarded_on="2023-06-04")], {}),
    "closed before the answer": ("X102", [case(closed_on="2023-06-11")], {}),
    "no stage 1": ("X103", [case("0002"), second()], {}),
    "twice": ("X104", [case(), case(service=None)], {}),
    "no complaint": ("X105", [case(), paid(reference="0002")], {}),
    "which stage": ("X106", [case(), second(), paid(stage=None)], {}),
    "no day": ("X107", [case(), paid(awarded_on=None)], {}),
    "received after the extract": (
        "X108",
        [case(), case("2", received_on="2024-06-01", responded_on=None)],
        {},
    ),
    "answered after the extract": ("X108", [case(responded_on="2024-06-01")], {}),
    "awarded after the extract": ("X108", [case(), paid(awarded_on="2024-06-01")], {}),
    "no such service": (
        "X109",
        [case()],
        {"scope": {"where": {"service": ["Repairs", "Repars"]}}},
    ),
    "award twice": ("X110", [case(), paid(), paid()], {}),
    "finding twice": ("X110", [finding(), finding()], {}),
    "action twice": ("X110", [action(), action()], {}),
    "no due date": ("X111", [case()], RECORDED),
    "refused and decided": (
        "X112",
        [case(refusal_reason="Too old", responded_on=None)],
        {},
    ),
    "withdrawn and answered": (
        "X112",
        [withdrawn(withdrawn_on="2023-06-08", responded_on="2023-06-09")],
        {},
    ),
    "withdrawn some day": ("X113", [withdrawn()], {}),
    "closed some day": ("X113", [case(closure="no_response", responded_on=None)], {}),
    "another year": ("X114", [case(received_on="2022-06-05", responded_on="2022-06-12")], {}),
    "early extract": ("X115", [case()], {"data_as_at": date(2024, 3, 30)}),
    "award of stage 2": ("X116", [case(), paid(stage="stage2")], {}),
    "stage 2 first": ("X117", [case(), second(received_on="2023-06-04")], {}),
    "no area": ("X118", [case(), case("2", service=None)], SCOPE),
    "two services": ("X119", [case(), second(service="Estates")], {}),
    "answered years later": (
        "X120",
        [case(received_on="2021-06-05", responded_on="2023-06-06"), case("2")],
        {},
    ),
    "due before receipt": ("X120", [case(due_on="2023-06-04")], {}),
    "very large award": ("X121", [case(), paid(amount=1_000_001)], {}),
    "nothing at stage 2": ("X133", [case(str(n)) for n in range(20)], {}),
    "more offered than ordered": (
        "X134",
        [
            finding(compensation_ordered=10_000),
            finding(category="Other", compensation_offered_before=10_001),
        ],
        {},
    ),
    "offered, and nothing ordered": ("X134", [finding(compensation_offered_before=1)], {}),
    "failure order twice": ("X110", [failure_order(), failure_order()], {}),
    "a theme of no action": (
        "X132",
        [case(root_cause="Staff")],
        {"learning": {"themes": {"Promises": "Staff"}}},
    ),
    "a theme tied to no root cause": (
        "X132",
        [case(root_cause="Staff"), action(theme="Promises")],
        {"learning": {"themes": {"Promises": "Delay"}}},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_said(name: str) -> None:
    """One problem, of this kind, with the place of a row or of the setting."""
    code, rows, said = CASES[name]
    assert [code] == codes(*rows, **said)
    (problem,) = (p for p in met(*rows, **said) if p.rule.code == code)
    assert problem.place.row or problem.place.file in {"report.toml", "profile.toml"}
    assert problem.message


NEARLY: dict[str, tuple[list[Record], dict[str, Any]]] = {
    "all on one day": (
        [case(acknowledged_on="2023-06-05", responded_on="2023-06-05", closed_on="2023-06-05")],
        {},
    ),
    "withdrawn that day": ([withdrawn(withdrawn_on="2023-06-05")], {}),
    "awarded that day": ([case(), paid(awarded_on="2023-06-05")], {}),
    "closed with the answer": ([case(closed_on="2023-06-12")], {}),
    "refused at stage 2": (
        [case("0002"), second(refusal_reason="Late", responded_on=None, outcome=None)],
        {},
    ),
    "both stages": ([case(), second()], {}),
    "stage by the case": ([case(), paid(stage=None)], {}),
    "on the day of the extract": ([case(responded_on="2024-05-31")], {}),
    "awarded on the day of the extract": ([case(), paid(awarded_on="2024-05-31")], {}),
    "in scope": ([case()], SCOPE),
    "another reason": ([case(), paid(reason="Delay"), paid(reason="Damage")], {}),
    "another amount": ([case(), paid(), paid(amount=9_999)], {}),
    "due date": ([case(due_on="2023-06-19")], RECORDED),
    "due date by the Code": ([case()], {}),
    "refused without a decision": (
        [case("2"), case(refusal_reason="Too old", responded_on=None, outcome=None)],
        {},
    ),
    "withdrawn on a day": ([withdrawn(withdrawn_on="2023-06-08")], {}),
    "withdrawn and closed": ([withdrawn(closed_on="2023-06-08")], {}),
    "first day of the year": ([case(received_on="2023-04-01")], {}),
    "last day of the year": ([case(received_on="2024-03-31", responded_on="2024-04-02")], {}),
    "award of its stage 2": (
        [case(), second(), paid(stage="stage2", awarded_on="2023-07-03")],
        {},
    ),
    "stage 2 the same day": ([case(), second(received_on="2023-06-05")], {}),
    "out of scope": ([case(), case("2", service="Parking")], SCOPE),
    "mistake out of scope": (
        [case(), case("2", service="Parking", responded_on="2023-06-01")],
        SCOPE,
    ),
    "service of one stage": ([case(service=None), second(service="Estates")], {}),
    "two years less a day": (
        [case(received_on="2021-06-06", responded_on="2023-06-06"), case("2")],
        {},
    ),
    "due on the day": ([case(due_on="2023-06-05")], {}),
    "large award": ([case(), paid(amount=1_000_000)], {}),
    "too few for a stage 2": ([case(str(n)) for n in range(19)], {}),
    "all of it offered": (
        [
            finding(compensation_ordered=10_000),
            finding(category="Other", compensation_offered_before=10_000),
        ],
        {},
    ),
    "another failure order": ([failure_order(), failure_order(reason="no_evidence")], {}),
    "a theme tied to a root cause": (
        [case(root_cause="STAFF"), action(theme="promises")],
        {"learning": {"themes": {"Promises": "Staff"}}},
    ),
}


@pytest.mark.parametrize("name", NEARLY)
def test_what_is_nearly_wrong_is_not_said(name: str) -> None:
    """Boundary days, fields that may be blank, and rows that are not ours."""
    rows, said = NEARLY[name]
    assert [] == codes(*rows, **said)


def test_every_check_is_tried() -> None:
    """A check that is added needs a table here; three of them have tests of their own below.

    Those of the self-assessment are tried in ``test_self_assessment.py``.
    """
    tried = {code for code, _, _ in CASES.values()} | {"X122", "X123", "X125"}
    tried |= {rule.code for rule in checks.provisions.RULES}
    assert {rule.code for rule in checks.RULES} == tried


def test_awards_alone_are_held_against_nothing() -> None:
    """Where no complaint could be read, that awards have none is no news."""
    assert [] == codes(paid(awarded_on=None, stage=None))


def test_three_rows_of_a_reference_are_compared_whatever_their_order() -> None:
    """A blank service first does not hide that the two others differ."""
    rows = [case(service=None), second(service="Estates"), second(service="Repairs")]
    for order in ((0, 1, 2), (1, 0, 2), (2, 1, 0)):
        assert {"X104", "X119"} <= set(codes(*(rows[n] for n in order)))


# --- What is odd among many -------------------------------------------------------------------


def many(number: int, **given: Any) -> list[Complaint]:
    """Make so many complaints of one kind."""
    return [case(f"M{n}", **given) for n in range(number)]


def odd(*rows: Record) -> list[Problem]:
    """What is odd about records, other than that there are none at stage 2."""
    return [p for p in met(*rows) if p.rule.code not in {"X123", "X133"}]


def odd_codes(*rows: Record) -> list[str]:
    """The codes of it, in order."""
    return [p.rule.code for p in odd(*rows)]


@pytest.mark.parametrize(
    ("others", "received", "is_odd"),
    [
        (20, "2021-06-04", True),
        (20, "2021-06-05", False),
        (18, "2013-06-05", False),  # with the odd one, nineteen: too few to say
        (19, "2013-06-05", True),
    ],
)
def test_a_year_mistyped_lies_far_from_the_rest(others: int, received: str, is_odd: bool) -> None:
    """More than two years before the bulk of its own file, if there is a bulk."""
    slip = case("slip", received_on=received, responded_on=None, outcome=None)
    assert (["X120"] if is_odd else []) == odd_codes(*many(others), slip)


def test_each_file_has_a_bulk_of_its_own() -> None:
    """Last year's open complaints, in a file of their own, are not far from anything."""
    old = many(3, received_on="2020-06-05", responded_on=None)
    assert {"X120"} == {p.rule.code for p in odd(*many(60), *old)} - {"X104"}


@pytest.mark.parametrize(("pence", "is_odd"), [(200_000, False), (200_001, True)])
def test_an_award_far_above_the_others(pence: int, is_odd: bool) -> None:
    """More than twenty times the median of at least twenty."""
    cases = [case(f"{n}") for n in range(21)]
    awards = [paid(reference=f"{n}") for n in range(20)]
    found = odd_codes(*cases, *awards, paid(reference="20", amount=pence))
    assert (["X121"] if is_odd else []) == found
    few = odd_codes(*cases, *awards[:18], paid(reference="20", amount=pence))
    assert [] == few


@pytest.mark.parametrize(
    ("rare", "times", "usual", "is_odd"),
    [
        ("Repars", 1, 20, True),
        ("Repars", 2, 20, True),
        ("Repars", 3, 30, False),
        ("Repars", 1, 9, False),
        ("Repiars", 1, 10, True),
        ("Estate", 1, 20, False),
        ("Planning", 1, 20, False),
        ("Repairs", 1, 20, False),
    ],
)
def test_a_slip_of_the_keyboard_makes_no_second_group(
    rare: str, times: int, usual: int, is_odd: bool
) -> None:
    """A value met once or twice that is nearly one met ten times as often."""
    slips = [case(f"S{n}", service=rare) for n in range(times)]
    found = odd(*many(usual), *slips)
    assert ([("X122", rare)] if is_odd else []) == [(p.rule.code, p.value) for p in found]


def test_numbered_values_are_no_slips() -> None:
    """Patch 1 and Patch 2 differ by a letter and are two areas."""
    assert [] == odd_codes(*many(20, ward="Westbourne 1"), case("2", ward="Westbourne 2"))
    assert ["X122"] == odd_codes(*many(20, ward="Westbourne 1"), case("2", ward="Westborne 1"))


@pytest.mark.parametrize(
    ("given", "is_overdue"),
    [
        ({}, True),
        ({"responded_on": "2024-05-30"}, False),
        ({"received_on": "2024-05-10"}, False),
        ({"closure": "withdrawn", "withdrawn_on": "2023-06-06"}, False),
        ({"refusal_reason": "Too old"}, False),
        ({"kind": "service_request"}, False),
        ({"extended_to": "2023-07-03"}, True),
    ],
)
def test_an_unanswered_complaint_is_noted(given: dict[str, Any], is_overdue: bool) -> None:
    """Past its deadline on the day of the extract, its extension counted; nobody else's."""
    open_case = case(**{"responded_on": None, "outcome": None} | given)
    found = [p for p in met(case("2"), open_case) if p.rule.code == "X123"]
    assert is_overdue == bool(found)
    assert all(p.severity is Severity.NOTE for p in found)


# --- How much a problem matters ---------------------------------------------------------------


def shown(folder: Path, *words: object) -> tuple[int, list[str]]:
    """Run check: how it ended, and each kind of problem as it is headed."""
    ran = hcreport("check", folder, *words)
    heads = ("ERROR", "WARNING", "NOTE")
    return ran.status, [
        " ".join(x.split()[:2]) for x in ran.out.splitlines() if x.startswith(heads)
    ]


TWICE = [complaint_row(1), complaint_row(1)]


def test_an_error_can_be_made_a_warning(tmp_path: Path) -> None:
    """It is shown as one, and a report is built in spite of it."""
    folder = project(tmp_path, complaints=TWICE)
    assert (1, ["ERROR X104"]) == shown(folder)
    project(folder, '[problems]\nX104 = "warning"\n', complaints=TWICE)
    assert (0, ["WARNING X104"]) == shown(folder)
    assert "warning" in {p["severity"] for p in problems_of(folder)}
    ran = hcreport("build", folder)
    assert (0, "") == (ran.status, ran.err)
    assert "1 warning" in ran.out


def test_a_warning_can_be_made_an_error(tmp_path: Path) -> None:
    """Then it stops a build, like any other."""
    rows = [complaint_row(1, closed_on="2023-05-08")]
    folder = project(tmp_path, '[problems]\nX102 = "error"\n', complaints=rows)
    assert (1, ["ERROR X102"]) == shown(folder)
    assert 1 == hcreport("build", folder).status
    assert not (folder / "output" / "report.docx").exists()


@pytest.mark.parametrize(
    ("code", "near"), [("X1199", "X119"), ("x104", "X104"), ("D11", "D1"), ("XX", "problems.md")]
)
def test_an_unknown_code_is_refused_with_near_ones(tmp_path: Path, code: str, near: str) -> None:
    """Two lines: there is no such problem, and which there are."""
    folder = project(tmp_path, f'[problems]\n{code} = "warning"\n', complaints=complaints(2))
    ran = hcreport("check", folder)
    assert (2, 2) == (ran.status, len(ran.lines))
    assert f"problems.{code}: there is no such problem" in ran.lines[0]
    assert near in ran.lines[1]


def test_an_unknown_severity_is_refused(tmp_path: Path) -> None:
    """There are three, and they are named."""
    folder = project(tmp_path, '[problems]\nX104 = "fatal"\n', complaints=complaints(2))
    ran = hcreport("check", folder)
    assert (2, 2) == (ran.status, len(ran.lines))
    assert "'error', 'warning' or 'note'" in ran.lines[0]


def test_a_row_that_is_only_warned_of_is_checked_like_any_other(tmp_path: Path) -> None:
    """A day that stands for none does not hide that its complaint stands there twice."""
    rows = [complaint_row(1), complaint_row(1, closed_on="1753-01-01")]
    assert (1, ["ERROR X104", "WARNING D110"]) == shown(project(tmp_path, complaints=rows))


def test_a_row_whose_problem_was_made_a_warning_is_checked_too(tmp_path: Path) -> None:
    """Nor does an unknown outcome that is let pass."""
    rows = [complaint_row(1), complaint_row(1, outcome="?")]
    folder = project(tmp_path, '[problems]\nD104 = "warning"\n', complaints=rows)
    assert (1, ["ERROR X104", "WARNING D104"]) == shown(folder)


def test_a_row_that_could_not_be_read_is_told_once(tmp_path: Path) -> None:
    """An award whose day cannot be read has no day, but that is not said as well."""
    folder = project(
        tmp_path, complaints=[complaint_row(1)], awards=[award_row(1, awarded_on="soon")]
    )
    assert (1, ["ERROR D101"]) == shown(folder)


# --- What changed since last year -------------------------------------------------------------


def two_years(folder: Path, before: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, str]]:
    """Check a year after the one before: what changed, as codes and messages."""
    last = project(folder / "last", complaints=[complaint_row(1, "2022-05-02", **before)])
    toml = last / "report.toml"
    toml.write_text(toml.read_text("utf-8").replace("2023/24", "2022/23"), encoding="utf-8")
    this = project(
        folder / "this",
        '[previous]\nproject = "../last"\n',
        complaints=[complaint_row(2, **now)],
    )
    told = [(str(p["code"]), str(p["message"])) for p in problems_of(this)]
    return [(code, message) for code, message in told if code in {"R119", "R120"}]


def test_a_heading_that_came_or_went_is_said(tmp_path: Path) -> None:
    """By its words, once for the file."""
    assert [("R119", "new: ward; gone: tenure")] == two_years(
        tmp_path, {"tenure": "LCRA"}, {"ward": "North"}
    )


def test_a_value_that_came_or_went_is_said(tmp_path: Path) -> None:
    """By its column; days and references change every year and are no news."""
    assert [("R120", "new: Homes; gone: Repairs")] == two_years(
        tmp_path, {"service": "Repairs"}, {"service": "Homes"}
    )


def test_the_same_words_are_no_change(tmp_path: Path) -> None:
    """Capitals and spaces are no difference, as they are none in reading."""
    assert [] == two_years(tmp_path, {"service": "Repairs"}, {"service": " REPAIRS"})


def test_a_source_of_another_name_is_compared_with_none(tmp_path: Path) -> None:
    """Only what bears the same name in both profiles is held against each other."""
    folder = tmp_path / "last"
    project(folder, complaints=[complaint_row(1, "2022-05-02", ward="North")])
    profile = folder / "profile.toml"
    text = profile.read_text("utf-8").replace("[sources.complaints", "[sources.cases")
    profile.write_text(text, encoding="utf-8")
    toml = (folder / "report.toml").read_text("utf-8").replace("2023/24", "2022/23")
    (folder / "report.toml").write_text(toml, encoding="utf-8")
    this = project(
        tmp_path / "this", '[previous]\nproject = "../last"\n', complaints=[complaint_row(2)]
    )
    assert [] == [p for p in problems_of(this) if p["code"] in {"R119", "R120"}]


def test_without_a_year_before_nothing_has_changed(tmp_path: Path) -> None:
    """The first year has none to be held against."""
    folder = project(tmp_path, complaints=[complaint_row(1)])
    assert [] == problems_of(folder)


def test_a_list_too_long_to_compare_is_left(tmp_path: Path) -> None:
    """Sixty-one contractors change every year."""
    for name, prefix in (("last", "A"), ("this", "B")):
        rows = [
            complaint_row(n, "2022-05-02" if name == "last" else "2023-05-02", ward=f"{prefix}{n}")
            for n in range(1, 62)
        ]
        said = '[previous]\nproject = "../last"\n' if name == "this" else ""
        project(tmp_path / name, said, complaints=rows)
    toml = tmp_path / "last" / "report.toml"
    toml.write_text(toml.read_text("utf-8").replace("2023/24", "2022/23"), encoding="utf-8")
    assert [] == [p for p in problems_of(tmp_path / "this") if p["code"] in {"R119", "R120"}]


def test_a_lost_row_of_headings_names_nobody(tmp_path: Path) -> None:
    """Where the first row is a person's, it is not printed as headings that came."""
    two_years(tmp_path, {}, {})
    export = tmp_path / "this" / "exports" / "complaints.csv"
    width = len(export.read_text("utf-8").splitlines()[0].split(","))
    row = ",".join(["Zebedee Private"] * width)
    export.write_text(f"{row}\n{row}\n", encoding="utf-8")
    ran = hcreport("check", tmp_path / "this")
    assert 1 == ran.status
    assert "Zebedee" not in ran.out + ran.err


def test_a_file_that_is_gone_is_told_once(tmp_path: Path) -> None:
    """A missing table is a warning of its own, and not all its headings gone as well."""
    for name in ("last", "this"):
        said = '[previous]\nproject = "../last"\n' if name == "this" else ""
        row = complaint_row(1, "2022-05-02" if name == "last" else "2023-05-02")
        day = {"awarded_on": "2022-06-01" if name == "last" else "2023-06-01"}
        project(tmp_path / name, said, complaints=[row], awards=[award_row(1, **day)])
    toml = tmp_path / "last" / "report.toml"
    toml.write_text(toml.read_text("utf-8").replace("2023/24", "2022/23"), encoding="utf-8")
    (tmp_path / "this" / "exports" / "awards.csv").unlink()
    assert ["R108"] == [p["code"] for p in problems_of(tmp_path / "this")]


# --- The list of problems as a workbook -------------------------------------------------------

LIST = "output/internal/problems.xlsx"


def listed(content: bytes) -> list[tuple[Any, ...]]:
    """The rows of the workbook, without its headings."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert tuple(problems_xlsx.COLUMNS) == next(sheet.values)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    return list(sheet.iter_rows(min_row=2, values_only=True))


def test_a_row_for_each_problem_in_the_order_of_the_files(tmp_path: Path) -> None:
    """Sorted by file and row, whatever order they were found in."""
    folder = project(
        tmp_path,
        complaints=[complaint_row(n, outcome="?") for n in (1, 2)]
        + [complaint_row(1, service="?")],
        awards=[award_row(1, amount="=1+1"), award_row(2, awarded_on="")],
    )
    assert 1 == hcreport("check", folder).status
    rows = listed((folder / LIST).read_bytes())
    told = problems_of(folder)
    assert len(told) == len(rows)
    assert sorted((p["file"], p["row"] or 0, p["code"]) for p in told) == [
        (row[0], row[2] or 0, row[6]) for row in rows
    ]
    assert ("=1+1", "error", "D105") in {(row[4], row[5], row[6]) for row in rows}


def test_the_list_is_settled(tmp_path: Path) -> None:
    """Twice the same bytes; absent where nothing is wrong; emptied once all is mended."""
    folder = project(tmp_path, complaints=complaints(2))
    assert 0 == hcreport("check", folder).status
    assert not (folder / "output").exists()
    project(folder, complaints=complaints(2, outcome="?"))
    hcreport("check", folder)
    first = contents(folder / "output")
    hcreport("check", folder)
    assert first == contents(folder / "output")
    project(folder, complaints=complaints(2))
    hcreport("check", folder)
    assert [] == listed((folder / LIST).read_bytes())


def test_a_list_that_somebody_edited_is_left(tmp_path: Path) -> None:
    """Ticks and notes of a person's are never written over, and check says so."""
    folder = project(tmp_path, complaints=complaints(2, outcome="?"))
    hcreport("check", folder)
    (folder / LIST).write_bytes(b"my ticks")
    ran = hcreport("check", folder)
    assert 1 == ran.status
    assert "was edited and is left as it is" in ran.out
    assert b"my ticks" == (folder / LIST).read_bytes()


def test_build_writes_it_too_and_check_after_it(tmp_path: Path) -> None:
    """Both know the other's list for nobody's work."""
    rows = [complaint_row(1, closed_on="2023-05-08")]
    folder = project(tmp_path, complaints=rows)
    hcreport("check", folder)
    assert 0 == hcreport("build", folder).status
    assert ["X102"] == [row[6] for row in listed((folder / LIST).read_bytes())]
    project(folder, complaints=[*rows, complaint_row(2, closed_on="2023-05-08")])
    assert "Listed row by row" in hcreport("check", folder).out
    assert 2 == len(listed((folder / LIST).read_bytes()))
    assert (0, "") == ((ran := hcreport("build", folder)).status, ran.err)


@pytest.mark.parametrize("content", [b"[]", b'{"outputs": []}', b'{"outputs": 3}', b"{", b"\xff"])
def test_a_damaged_record_of_the_last_build_is_no_hindrance(tmp_path: Path, content: bytes) -> None:
    """The list is written all the same."""
    folder = project(tmp_path, complaints=complaints(2, outcome="?"))
    record = folder / "output" / "internal" / "run.json"
    record.parent.mkdir(parents=True)
    record.write_bytes(content)
    ran = hcreport("check", folder)
    assert (1, "") == (ran.status, ran.err)
    assert listed((folder / LIST).read_bytes())


@pytest.mark.parametrize("taken", ["output", "output/internal"])
def test_a_list_that_cannot_be_written_is_a_message(tmp_path: Path, taken: str) -> None:
    """What check found is what counts; where the list should go stands a file."""
    folder = project(tmp_path, complaints=complaints(2, outcome="?"))
    (folder / taken).parent.mkdir(exist_ok=True)
    (folder / taken).write_bytes(b"mine")
    ran = hcreport("check", folder)
    assert 1 == ran.status
    assert "D104" in ran.out
    assert ran.err.startswith("\nNo list was written: ")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_a_message(tmp_path: Path) -> None:
    """A folder that may only be read is no reason not to be told what is wrong."""
    folder = project(tmp_path, complaints=complaints(2, outcome="?"))
    (folder / "output").mkdir(mode=0o555)
    ran = hcreport("check", folder)
    assert (1, True) == (ran.status, "permissions" in ran.err or "No list" in ran.err)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=25)
@given(st.lists(st.tuples(WORDS, st.integers(0, 9), WORDS, WORDS), max_size=6))
def test_any_words_are_listed_as_they_are(given_rows: list[tuple[str, int, str, str]]) -> None:
    """Signs that begin a formula, line breaks, control characters: a row each, in one order."""
    rule = Rule("X999", Severity.NOTE, "=1+1", "@SUM(A1)")
    found = [Problem(rule, Place(f, "", n, h), f"={h}", v) for f, n, h, v in given_rows]
    made = problems_xlsx.write(found)
    assert len(found) == len(listed(made))
    assert made == problems_xlsx.write(reversed(found))


def test_a_cell_too_long_for_excel_is_cut_and_not_lost(tmp_path: Path) -> None:
    """A page of text in a column of dates is named by its beginning."""
    folder = project(tmp_path, complaints=[complaint_row(1, closed_on="x" * 40_000)])
    ran = hcreport("check", folder)
    assert 2_000 > len(ran.out)
    ((_, _, row, heading, value, *_rest),) = listed((folder / LIST).read_bytes())
    assert (2, "closed_on", "x" * 100 + "…") == (row, heading, value)


def test_the_sample_has_no_problems_of_note() -> None:
    """The checks are not so strict that a good year is full of them."""
    assert () == sample_run().problems


def test_outcomes_over_closures_need_a_closing_date(tmp_path: Path) -> None:
    """Without the column every outcome would have no value, and nobody would know why."""
    rows = [complaint_row(1)]
    closed = '[basis]\noutcomes = "closed"\n'
    folder = project(tmp_path / "with", closed, complaints=rows)
    assert "X125" not in [p["code"] for p in problems_of(folder)]
    bare = without(rows, "closed_on")
    folder = project(tmp_path / "without", closed, complaints=bare)
    assert "X125" in [p["code"] for p in problems_of(folder)]


def test_a_scope_that_leaves_nothing_stops_the_build(tmp_path: Path) -> None:
    """A slip in [scope] would otherwise make a report of noughts."""
    rows = [complaint_row(1)]
    scope = '[scope]\nwhere = { service = ["Repair"] }\n'
    folder = project(tmp_path, scope, complaints=rows)
    found = {(p["code"], p["heading"]) for p in problems_of(folder)}
    assert {("X114", "scope"), ("X109", "scope.where.service")} <= found
    assert hcreport("build", folder).status == 1

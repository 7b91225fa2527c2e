"""The committed sample files are what the generator makes, and add up to the published report.

The counting here shares nothing with the generator: it reads the files as anybody would.
"""

# ruff: noqa: D103  a test's name says what it tests

import csv
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

SAMPLES = Path(__file__).parents[1] / "sample_data"
BRENT = SAMPLES / "brent-2023-24"
H, M = "Housing and Neighbourhoods", "Housing Management Property"
RECEIVED = {1: "CaseStatusReceipt.DateReceived", 2: "CaseStageStage2.DateReceived"}
TOKEN = "zq-private"  # noqa: S105  a marker, not a secret

Row = dict[str, str]


def read_sheet(path: Path, sheet: str) -> list[dict[str, object]]:
    """Read a sheet as headings to values."""
    page = openpyxl.load_workbook(path)[sheet]
    headings, *rows = page.iter_rows(values_only=True)
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def cases() -> list[Row]:
    """Read the case export; every cell is text or empty."""
    rows = read_sheet(BRENT / "exports" / "complaints-2023-24.xlsx", "Cases")
    assert all(value is None or isinstance(value, str) for row in rows for value in row.values())
    return [{heading: str(value or "") for heading, value in row.items()} for row in rows]


@pytest.fixture(scope="module")
def awards() -> list[Row]:
    """Read the compensation export."""
    path = BRENT / "exports" / "compensation-2023-24.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def findings() -> list[dict[str, object]]:
    """Read the Ombudsman's findings."""
    return read_sheet(BRENT / "ombudsman-findings.xlsx", "Findings")


def in_year(text: str) -> bool:
    return bool(text) and date(2023, 4, 1) <= date.fromisoformat(text) <= date(2024, 3, 31)


def accepted(cases: Iterable[Row], stage: int, team: str) -> list[Row]:
    """Keep one team's complaints at one stage, without the refused ones."""
    return [
        case
        for case in cases
        if case["CaseDetails.Team"] == team
        and case[RECEIVED[stage]]
        and case[f"CaseStageStage{stage}.Outcome"] != "Rejected"
    ]


def on_time(case: Row, stage: int) -> bool:
    recorded = case[f"CaseStageStage{stage}.ResponseInTarget"]
    if recorded:
        return recorded == "Yes"
    completed, due = (
        case[f"CaseStageStage{stage}.{name}"] for name in ("DateCompleted", "DateDue")
    )
    return date.fromisoformat(completed) <= date.fromisoformat(due)


def run(script: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(script), "--check"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_committed_files_are_what_the_generator_makes() -> None:
    done = run(SAMPLES / "make.py")
    assert (done.returncode, done.stderr) == (0, "")


def test_check_names_each_file_that_differs(tmp_path: Path) -> None:
    copy = shutil.copytree(SAMPLES, tmp_path / "sample_data")
    compensation = copy / "brent-2023-24" / "exports" / "compensation-2023-24.csv"
    compensation.write_bytes(compensation.read_bytes().replace(b"Paid", b"Owed", 1))
    (copy / "brent-2023-24" / "learning-log.xlsx").unlink()
    done = run(copy / "make.py")
    assert done.returncode == 1
    assert done.stderr.splitlines()[:2] == [
        f"{Path('brent-2023-24/exports/compensation-2023-24.csv')}: differs",
        f"{Path('brent-2023-24/learning-log.xlsx')}: missing",
    ]


@pytest.mark.parametrize(
    ("stage", "team", "received_closed_due_on_time"),
    [
        (1, H, (128, 133, 130, 118)),
        (1, M, (447, 468, 476, 473)),
        (2, H, (23, 28, 28, 27)),
        (2, M, (96, 96, 98, 94)),
    ],
)
def test_volumes_and_timeliness(
    cases: list[Row], stage: int, team: str, received_closed_due_on_time: tuple[int, int, int, int]
) -> None:
    ours = accepted(cases, stage, team)
    due_cases = [case for case in ours if in_year(case[f"CaseStageStage{stage}.DateDue"])]
    assert received_closed_due_on_time == (
        sum(in_year(case[RECEIVED[stage]]) for case in ours),
        sum(in_year(case[f"CaseStageStage{stage}.DateClosed"]) for case in ours),
        len(due_cases),
        sum(on_time(case, stage) for case in due_cases),
    )


@pytest.mark.parametrize(
    ("stage", "team", "at_start", "at_end"),
    [(1, H, 14, 9), (1, M, 61, 40), (2, H, 9, 4), (2, M, 6, 6)],
)
def test_open_at_start_and_end(
    cases: list[Row], stage: int, team: str, at_start: int, at_end: int
) -> None:
    ours = [
        (
            date.fromisoformat(case[RECEIVED[stage]]),
            date.fromisoformat(case[f"CaseStageStage{stage}.DateClosed"]),
        )
        for case in accepted(cases, stage, team)
    ]
    first, last = date(2023, 4, 1), date(2024, 3, 31)
    assert sum(received < first <= closed for received, closed in ours) == at_start
    assert sum(received <= last < closed for received, closed in ours) == at_end


@pytest.mark.parametrize(
    ("stage", "team", "upheld", "partly", "not_upheld"),
    [(1, H, 21, 45, 67), (1, M, 270, 46, 152), (2, H, 4, 10, 14), (2, M, 45, 39, 12)],
)
def test_outcomes(
    cases: list[Row], stage: int, team: str, upheld: int, partly: int, not_upheld: int
) -> None:
    outcomes = Counter(
        case[f"CaseStageStage{stage}.Outcome"]
        for case in accepted(cases, stage, team)
        if in_year(case[f"CaseStageStage{stage}.DateClosed"])
    )
    assert outcomes == {"Upheld": upheld, "Partly upheld": partly, "Not upheld": not_upheld}


@pytest.mark.parametrize(
    ("team", "service_failure", "communication", "policy", "delay"),
    [(H, 71, 52, 10, 15), (M, 423, 39, 6, 246)],
)
def test_root_causes(
    cases: list[Row],
    team: str,
    service_failure: int,
    communication: int,
    policy: int,
    delay: int,
) -> None:
    closed = [
        case for case in accepted(cases, 1, team) if in_year(case["CaseStageStage1.DateClosed"])
    ]
    causes = Counter(case["CaseStageStage1.RootCause"] for case in closed)
    details = Counter(case["CaseStageStage1.RootCauseDetail"] for case in closed)
    assert causes == {
        "Service failure": service_failure,
        "Communication": communication,
        "Policy or procedure": policy,
    }
    assert details["Delay in providing service"] == delay


def test_refusals(cases: list[Row]) -> None:
    refused = [case for case in cases if case["CaseStageStage1.Outcome"] == "Rejected"]
    reasons = Counter(case["CaseStatusRejection.ReturnedReason"] for case in refused)
    assert reasons == {
        "Already investigated or duplicate": 43,
        "Legal or HR matter": 2,
        "Not a Council service": 1,
        "Safeguarding investigation under way": 1,
    }
    assert Counter(case["CaseDetails.Team"] for case in refused) == {H: 12, M: 35}
    assert sum(case["CaseStageStage2.Outcome"] == "Rejected" for case in cases) == 1


@pytest.mark.parametrize(("team", "reasons"), [(H, (20, 3, 2, 7)), (M, (52, 18, 7, 25))])
def test_reasons_for_escalation(
    cases: list[Row], team: str, reasons: tuple[int, int, int, int]
) -> None:
    asked = [
        case["CaseStageStage2.EscalationReason"]
        for case in accepted(cases, 2, team)
        if in_year(case[RECEIVED[2]]) or in_year(case["CaseStageStage2.DateClosed"])
    ]
    assert Counter(asked) == {
        "Disagrees with the stage 1 decision": reasons[0],
        "Follow-up actions not carried out": reasons[1],
        "No or too little compensation": reasons[2],
        "Response did not address the issues in full": reasons[3],
    }


def test_references_are_text_and_unique(cases: list[Row], awards: list[Row]) -> None:
    references = [case["CaseDetails.CaseId"] for case in cases]
    assert len(set(references)) == len(references)
    assert all(len(reference) == 7 and reference.isdigit() for reference in references)
    assert any(reference.startswith("0") for reference in references)
    assert {award["Case reference"] for award in awards} <= set(references)


def test_dates_follow_each_other(cases: list[Row]) -> None:
    for case in cases:
        for stage in (1, 2):
            names = ("DateAcknowledged", "DateCompleted", "DateClosed")
            days = [case[RECEIVED[stage]], *(case[f"CaseStageStage{stage}.{n}"] for n in names)]
            known = [day for day in days if day]
            assert known == sorted(known)
            assert not known or known[-1] <= "2024-05-24"
        if case[RECEIVED[2]]:
            assert case["CaseStageStage1.DateClosed"] <= case[RECEIVED[2]]


@pytest.mark.parametrize(
    ("stage", "count", "pounds"),
    [("Stage 1", 154, 41_865), ("Stage 2", 104, 54_159)],
)
def test_compensation(awards: list[Row], stage: str, count: int, pounds: int) -> None:
    counted = [award for award in awards if counts(award) and award["Stage"] == stage]
    amounts = [Decimal(award["Amount"].replace("£", "").replace(",", "")) for award in counted]
    assert len({award["Case reference"] for award in counted}) == count
    assert sum(amounts) == pounds
    assert min(amounts) > 0


def test_reasons_for_compensation(awards: list[Row]) -> None:
    by_case = {
        (award["Case reference"], award["Stage"], award["Reason"])
        for award in awards
        if counts(award)
    }
    assert Counter(reason for *_, reason in by_case) == {
        "Delay or failure to provide a service": 190,
        "Time and trouble": 37,
        "Reimbursement of costs": 14,
        "Distress and inconvenience": 11,
        "Incorrect action": 6,
    }


def test_some_awards_do_not_count(awards: list[Row]) -> None:
    assert any(award["Status"] == "Declined" for award in awards)
    assert any(award["Status"] == "Withdrawn" for award in awards)
    assert any(award["Award date"] < "2023-04-01" for award in awards)
    assert any(award["Award date"] > "2024-03-31" for award in awards)


def counts(award: Row) -> bool:
    return award["Status"] in {"Accepted", "Paid", "Offered"} and in_year(award["Award date"])


def test_compensation_is_written_as_windows_exports_it() -> None:
    content = (BRENT / "exports" / "compensation-2023-24.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_ombudsman_findings(findings: list[dict[str, object]]) -> None:
    assert Counter((finding["Category"], finding["Finding"]) for finding in findings) == {
        ("Property condition", "Maladministration"): 4,
        ("Property condition", "Reasonable redress"): 1,
        ("Property condition", "No maladministration"): 1,
        ("Anti-social behaviour", "Service failure"): 2,
        ("Anti-social behaviour", "Reasonable redress"): 1,
        ("Complaints handling", "Maladministration"): 2,
    }
    assert len({finding["Case"] for finding in findings}) == 7
    assert {
        heading: sum(n for finding in findings if isinstance(n := finding[heading], int))
        for heading in list(findings[0])[5:]
    } == {
        "Orders": 15,
        "Orders complied": 15,
        "Recommendations": 6,
        "Compensation ordered": 14_350,
        "Compensation offered before": 10_550,
    }
    for finding in findings:
        decided = finding["Decision date"]
        assert isinstance(decided, datetime)
        assert date(2022, 4, 1) <= decided.date() <= date(2023, 3, 31)


def test_learning_log() -> None:
    log = read_sheet(BRENT / "learning-log.xlsx", "Log")
    assert Counter(entry["Status"] for entry in log) == {
        "Completed": 6,
        "In progress": 2,
        "Not started": 1,
    }
    for entry in log:
        assert isinstance(entry["Due"], datetime)
        assert isinstance(entry["Completed"], datetime) == (entry["Status"] == "Completed")


def test_personal_data_carries_the_token(cases: list[Row], awards: list[Row]) -> None:
    private = (
        "MainParty.FullName",
        "MainParty.Address",
        "MainParty.EmailAddress",
        "CaseDetails.Description",
    )
    assert all(TOKEN in case[heading] for case in cases for heading in private)
    assert all(TOKEN in award["Payee"] for award in awards)
    assert not any(
        TOKEN in value
        for case in cases
        for heading, value in case.items()
        if heading not in private
    )

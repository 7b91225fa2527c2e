"""A hand-kept spreadsheet in LibreOffice, and a CSV of compensation with semicolons."""

from collections.abc import Iterator, Mapping

from _files import Cell, csv_export, open_document

from _exports.cases import REFUSED, WITHDRAWN, Case, Step, make_cases
from _exports.expected import expected
from _exports.quotas import QUOTAS

_STAGES = {1: ("Stage One", "1", "S1"), 2: ("Stage Two", "2", "Review")}
_TENURES = ("General needs", "Shared owner", "Leaseholder", "Tenant")
_WARDS = ("Amberfold", "Brindlecote", "Cawdale")
_TRAILING = 5


def files() -> Mapping[str, bytes]:
    """The exports, and what the report must say."""
    quotas = QUOTAS["plain"]
    cases = make_cases("plain", quotas)
    rows = [dict(_row(case, step)) for case in cases for step in case.steps]
    awards = [dict(_award(case, step)) for case in cases for step in case.steps if step.award]
    return {
        "exports/Complaints log, housing (complaints).ods": open_document(
            "Log", list(rows[0]), [list(row.values()) for row in rows]
        ),
        "exports/compensation.csv": csv_export(
            list(awards[0]), [list(r.values()) for r in awards], delimiter=";", encoding="cp1252"
        ),
        "expected.toml": expected(quotas),
    }


def _row(case: Case, step: Step) -> Iterator[tuple[str, Cell]]:
    is_complaint = not case.is_request
    yield "Ref No", f"{case.number:04}"
    yield "Resident", case.person.name
    yield "Address", case.person.address
    stages = _STAGES[step.stage]
    yield "Stage", stages[case.number % len(stages)] if is_complaint else None
    yield "Case Type", "Housing complaint" if is_complaint else "Service request"
    yield "Service Area", case.service
    yield "Nature of Complaint", case.reason
    yield "Root Cause", case.reason if step.outcome and is_complaint else None
    yield "Tenure", _TENURES[case.number % len(_TENURES)]
    yield "How Received", case.channel
    yield "Ward", _WARDS[case.number % len(_WARDS)]
    yield "Date Received", step.received
    yield "Date Acknowledged", step.acknowledged
    yield "Target Date", step.due
    yield "Extension Date", step.ended if step.answered and step.ended > step.due else None
    yield "Date Responded", step.answered
    yield "Date Closed", step.closed
    yield "Date Withdrawn", step.ended if is_complaint and step.fate == WITHDRAWN else None
    yield "Outcome", _untidy(step.outcome, case.number) if is_complaint else None
    yield "Reason for Refusal", "Too old" if step.fate == REFUSED else None
    yield "Reason for Escalation", case.challenge if step.stage > 1 else None


def _untidy(outcome: str, number: int) -> str:
    """People leave a blank behind what they type, or write it all in capitals."""
    return f"{outcome.upper()} " if number % _TRAILING == 0 else outcome


def _award(case: Case, step: Step) -> Iterator[tuple[str, str]]:
    yield "Ref No", f"{case.number:04}"
    yield "Stage", str(step.stage)
    yield "Name", case.person.name
    yield "Award Date", f"{step.ended:%d/%m/%Y}"
    yield "Amount", f"£{step.award / 100:,.2f}"
    yield "Reason for Award", case.reason
    yield "Award Status", "Paid"

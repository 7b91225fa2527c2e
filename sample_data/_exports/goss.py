"""GOSS: text with a row for each stage, days first, in the code page of Windows."""

from collections.abc import Iterator, Mapping

from _files import csv_export

from _exports.cases import UPHELD, WITHDRAWN, Case, Step, make_cases
from _exports.expected import expected
from _exports.quotas import QUOTAS

_DAY = "%d/%m/%Y"
# Each carries a character that only looks right when the code page is known.
_SUMMARY = "The resident’s own words – about £20 of damage"
_ESCALATED = 2


def files() -> Mapping[str, bytes]:
    """The export, and what the report must say."""
    quotas = QUOTAS["goss"]
    rows = [dict(row) for case in make_cases("goss", quotas) for row in _rows(case)]
    return {
        "exports/complaints-2023-24.csv": csv_export(
            list(rows[0]), [list(row.values()) for row in rows], encoding="cp1252"
        ),
        "expected.toml": expected(quotas),
    }


def _rows(case: Case) -> Iterator[Iterator[tuple[str, str]]]:
    if case.is_request:
        yield _row(case, case.first, "Service request")
        return
    for step in case.steps:
        yield _row(case, step, f"Stage {step.stage}")
    if case.second and case.second.fate == UPHELD and case.number % _ESCALATED:
        # What the Ombudsman has to say is no complaint to the landlord.
        yield _row(case, case.second, "Ombudsman")


def _row(case: Case, step: Step, stage: str) -> Iterator[tuple[str, str]]:
    is_complaint = stage.startswith("Stage")
    answered = step.answered if is_complaint else None
    yield "Case reference", f"HC-{case.number:06}"
    yield "Stage", stage
    yield "Status", "Closed"
    yield "Customer", case.person.name
    yield "Customer address", case.person.address
    yield "Customer email", case.person.email
    yield "Summary", _SUMMARY
    yield "Service", case.service
    yield "Channel", case.channel
    yield "Date received", f"{step.received:{_DAY}}"
    yield "Date responded", f"{answered:{_DAY}}" if answered else ""
    yield "Date closed", f"{step.closed:{_DAY}}"
    yield "Outcome", step.outcome if is_complaint else ""
    is_withdrawn = is_complaint and step.fate == WITHDRAWN
    yield "Close reason", "Withdrawn" if is_withdrawn else "Closed"
    yield "Goodwill payment", f"£{step.award / 100:.2f}" if is_complaint and step.award else ""

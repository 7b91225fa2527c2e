"""Civica iCasework: a wide workbook, ISO dates as text, compensation in fields of its own."""

from collections.abc import Iterator, Mapping

from _files import Cell, workbook

from _exports.cases import REFUSED, WITHDRAWN, Case, Step, make_cases
from _exports.expected import expected
from _exports.quotas import QUOTAS

_STAGE = ("DateDue", "DateCompleted", "Outcome", "ResponseInTarget")
_REFUSALS = ("More than 12 months old", "Not a housing matter")


def files() -> Mapping[str, bytes]:
    """The export, and what the report must say."""
    quotas = QUOTAS["icasework"]
    rows = [dict(_row(case)) for case in make_cases("icasework", quotas)]
    return {
        "exports/complaints-2023-24.xlsx": workbook(
            "Cases", list(rows[0]), [list(row.values()) for row in rows]
        ),
        "expected.toml": expected(quotas),
    }


def _row(case: Case) -> Iterator[tuple[str, Cell]]:
    first, second = case.first, case.second
    yield "CaseDetails.CaseId", f"{99_980 + case.number:07}"
    yield "CaseDetails.CaseType", "Housing complaint"
    yield "MainParty.FullName", case.person.name
    yield "MainParty.Address", case.person.address
    yield "MainParty.EmailAddress", case.person.email
    yield "CaseStatusReceipt.Method", case.channel
    yield "CaseDetails.Team", case.service
    yield "CaseStatusReceipt.DateReceived", first.received.isoformat()
    is_refused, is_withdrawn = first.fate == REFUSED, first.fate == WITHDRAWN
    yield "CaseStatusRejection.DateReturned", first.ended.isoformat() if is_refused else ""
    reason = _REFUSALS[case.number % len(_REFUSALS)]
    yield "CaseStatusRejection.ReturnedReason", reason if is_refused else ""
    yield "CaseStatusWithdrawal.DateWithdrawn", first.ended.isoformat() if is_withdrawn else ""
    yield from _stage("CaseStageStage1", first)
    yield "CaseStageStage2.DateReceived", second.received.isoformat() if second else ""
    yield from _stage("CaseStageStage2", second)
    yield "CaseStageStage3.DateReceived", ""
    yield "CaseStatusClosure.DateClosed", case.steps[-1].closed.isoformat()
    for stage, step in ((1, first), (2, second)):
        yield f"CaseDetailsHousing.Stage{stage}Compensation", _pounds(step)


def _stage(prefix: str, step: Step | None) -> Iterator[tuple[str, Cell]]:
    if step is None:
        yield from ((f"{prefix}.{name}", "") for name in _STAGE)
        return
    yield f"{prefix}.DateDue", step.due.isoformat()
    yield f"{prefix}.DateCompleted", step.answered.isoformat() if step.answered else ""
    yield f"{prefix}.Outcome", step.fate
    in_target = "Yes" if step.ended <= step.due else "No"
    yield f"{prefix}.ResponseInTarget", in_target if step.answered else ""


def _pounds(step: Step | None) -> Cell:
    return step.award / 100 if step and step.award else None

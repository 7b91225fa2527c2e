"""The case export: one wide row for each case, as text, with personal data beside every case."""

from collections.abc import Sequence
from datetime import date
from random import Random

from _people import TOKEN, Person, invent_person

from _brent_2023_24.cases import Case, Complaint, Refusal
from _brent_2023_24.quotas import REJECTED, H, M, RootCause, Service

_STAGE_HEADINGS = ("DateAcknowledged", "DateDue", "ExtendedTo", "DateCompleted", "DateClosed")

HEADINGS = (
    "CaseDetails.CaseId",
    "CaseDetails.CaseType",
    "MainParty.FullName",
    "MainParty.Address",
    "MainParty.Postcode",
    "MainParty.EmailAddress",
    "MainParty.Phone",
    "MainParty.DateOfBirth",
    "CaseDetails.Description",
    "CaseStatusReceipt.DateReceived",
    "CaseStatusReceipt.Method",
    "CaseDetails.Team",
    "CaseDetailsHousing.Category",
    "CaseDetailsHousing.Tenure",
    "CaseDetailsHousing.Ward",
    "CaseDetailsHousing.Contractor",
    "CaseStatusRejection.DateReturned",
    "CaseStatusRejection.ReturnedReason",
    "CaseStatusWithdrawal.DateWithdrawn",
    *(f"CaseStageStage1.{name}" for name in _STAGE_HEADINGS),
    "CaseStageStage1.Outcome",
    "CaseStageStage1.ResponseInTarget",
    "CaseStageStage1.RootCause",
    "CaseStageStage1.RootCauseDetail",
    "CaseStageStage2.DateReceived",
    *(f"CaseStageStage2.{name}" for name in _STAGE_HEADINGS),
    "CaseStageStage2.Outcome",
    "CaseStageStage2.ResponseInTarget",
    "CaseStageStage2.EscalationReason",
    "CaseStageStage2.RejectedReason",
)

_METHODS = {"Online Form": 47, "Email": 29, "Telephone": 18, "Letter": 4, "In person": 2}
_LEASEHOLD = "Leasehold and service charges"
_CATEGORIES = {
    H: {
        "Tenancy management": 41,
        "Anti-social behaviour": 26,
        "Estate services": 21,
        _LEASEHOLD: 12,
    },
    M: {"Repairs": 46, "Damp and mould": 24, "Heating and hot water": 19, "Major works": 11},
}
_CONTRACTORS = {"Contractor A": 58, "Contractor B": 30, "Contractor C": 12}
_CONTRACTED = frozenset({"Repairs", "Damp and mould", "Heating and hot water"})
_TENURES = {"Social rent": 84, "Leaseholder": 11, "Shared ownership": 4, "": 1}
_OWNERS = {"Leaseholder": 85, "Shared ownership": 15}
_WARDS = {
    "Amberfold": 12, "Brindlecote": 11, "Cawdale": 10, "Dunmarrow": 9, "Elderwick": 9,
    "Fennimoor": 8, "Gorsebank": 8, "Hollinshaw": 8, "Ivelcombe": 7, "Juniper Cross": 7,
    "Kestlebrook": 6, "Larkenfield": 5,
}  # fmt: skip

_WRITTEN = {
    "Repairs": (
        "The kitchen tap still leaks after two visits, and nobody has come back.",
        "The front door does not lock properly; the part was ordered weeks ago.",
        "A bathroom light was taken out for repair and never put back.",
    ),
    "Damp and mould": (
        "Mould has come back on the bedroom wall since it was painted over.",
        "Water gets in around the window when it rains, and the plaster is wet.",
        "We were told that a survey was needed, and have heard nothing since.",
    ),
    "Heating and hot water": (
        "There has been no hot water since the boiler was serviced.",
        "The radiators stay cold in two rooms; this is the third report.",
    ),
    "Major works": (
        "The scaffolding has stood empty for weeks, with no date for the work.",
        "New windows were fitted badly and one of them does not close.",
    ),
    "Tenancy management": (
        "I asked about a transfer and was given different answers each time.",
        "My call about succession was never returned.",
        "The letter about my rent account had the wrong balance on it.",
    ),
    "Anti-social behaviour": (
        "The noise next door goes on every night and my diary sheets were not looked at.",
        "My report was closed without anyone speaking to me.",
    ),
    "Estate services": (
        "The stairwell has not been cleaned this month.",
        "Rubbish is left beside the bins and the lift is often out of order.",
    ),
    _LEASEHOLD: (
        "The service charge went up, and no breakdown was sent.",
        "I was charged for cleaning that did not take place.",
    ),
}


def case_rows(cases: Sequence[Case], rng: Random) -> list[dict[str, str]]:
    """Lay the cases out as the report of the case system prints them: heading to text."""
    return [_row(case, number, rng) for number, case in enumerate(cases, start=1)]


def _row(case: Case, number: int, rng: Random) -> dict[str, str]:
    category = _draw(rng, _CATEGORIES[case.service])
    cells = [
        case.reference,
        "Housing complaint",
        *_person_cells(invent_person(rng, number)),
        f"{rng.choice(_WRITTEN[category])} Please ring me, not my neighbour ({TOKEN} {number}).",
        case.received.isoformat(),
        _draw(rng, _METHODS),
        *_subject_cells(rng, case.service, category),
        *_stage1_cells(case.stage1),
        *_stage2_cells(case.stage2),
    ]
    return dict(zip(HEADINGS, cells, strict=True))


def _person_cells(person: Person) -> list[str]:
    born = person.born.isoformat()
    return [person.name, person.address, person.postcode, person.email, person.phone, born]


def _subject_cells(rng: Random, service: Service, category: str) -> list[str]:
    tenure = _draw(rng, _OWNERS if category == _LEASEHOLD else _TENURES)
    contractor = _draw(rng, _CONTRACTORS) if category in _CONTRACTED else ""
    return [service.value, category, tenure, _draw(rng, _WARDS), contractor]


def _stage1_cells(complaint: Complaint | Refusal) -> list[str]:
    """Give the cells from the return of the case to the root cause of its stage 1."""
    if isinstance(complaint, Refusal):
        returned = [complaint.returned_on, complaint.reason, ""]
        return [*returned, *_blanks(_STAGE_HEADINGS), REJECTED, "", "", ""]
    cause = complaint.root_cause or RootCause("", "")
    return ["", "", "", *_answer_cells(complaint), cause.cause, cause.detail]


def _stage2_cells(complaint: Complaint | Refusal | None) -> list[str]:
    if complaint is None:
        return ["", *_blanks(_STAGE_HEADINGS), "", "", "", ""]
    if isinstance(complaint, Refusal):
        received = complaint.received.isoformat()
        return [received, *_blanks(_STAGE_HEADINGS), REJECTED, "", "", complaint.reason]
    received = complaint.dates.received.isoformat()
    return [received, *_answer_cells(complaint), complaint.escalation_reason, ""]


def _answer_cells(complaint: Complaint) -> list[str]:
    """Give the cells that both stages have, from acknowledgement to "in target"."""
    dates = complaint.dates
    days = (dates.acknowledged, dates.due, dates.extended_to, dates.responded, dates.closed)
    in_target = {True: "Yes", False: "No", None: ""}[complaint.in_target]
    return [*map(_iso, days), complaint.outcome, in_target]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _blanks(headings: Sequence[str]) -> list[str]:
    return [""] * len(headings)


def _draw(rng: Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]

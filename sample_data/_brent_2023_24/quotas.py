"""How many of everything: the published totals as tables, and the invented splits under them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

START, END = date(2023, 4, 1), date(2024, 3, 31)
ALL_CLOSED_BY = date(2024, 5, 24)  # a week before the data is taken


class Service(StrEnum):
    """The two services that the report compares."""

    H = "Housing and Neighbourhoods"
    M = "Housing Management Property"


H, M = Service.H, Service.M

UPHELD, PARTLY, NOT_UPHELD, REJECTED = "Upheld", "Partly upheld", "Not upheld", "Rejected"


@dataclass(frozen=True)
class Totals:
    """What one service did at one stage in the year (refused complaints left out).

    Published, but for the split of the late answers and for what was open: there, the report fixes
    only open at start less open at end.
    """

    received: int
    closed: int
    due: int
    on_time: int
    with_extension: int
    late: int
    upheld: int
    partly_upheld: int
    not_upheld: int
    open_at_start: int
    open_at_end: int


TOTALS: Mapping[tuple[int, Service], Totals] = {
    #               recei- clos-  due  on   exten- late  up-   part- not   open at
    #               ved    ed          time sion         held  ly          start end
    (1, H): Totals(  128,  133,  130,  118,     5,   7,   21,   45,   67,  14,   9),
    (1, M): Totals(  447,  468,  476,  473,     1,   2,  270,   46,  152,  61,  40),
    (2, H): Totals(   23,   28,   28,   27,     0,   1,    4,   10,   14,   9,   4),
    (2, M): Totals(   96,   96,   98,   94,     2,   2,   45,   39,   12,   6,   6),
}  # fmt: skip


class When(StrEnum):
    """On which side of the year a date lies."""

    BEFORE = "before"
    IN = "in"
    AFTER = "after"


def when(day: date) -> When:
    """Place a day before, in or after the year."""
    if day < START:
        return When.BEFORE
    return When.IN if day <= END else When.AFTER


class Path(NamedTuple):
    """How a complaint lies across the year: when it was received, due and closed."""

    received: When
    due: When
    closed: When


_BEFORE, _IN, _AFTER = When
YEAR_BEFORE = Path(_BEFORE, _BEFORE, _BEFORE)
IN_YEAR = Path(_IN, _IN, _IN)

# Invented, so that the published totals hold although received, due and closed all differ.
# Columns 1 and 2 add up to open at start, columns 6 and 7 to open at end.
_PATHS = (
    Path(_BEFORE, _BEFORE, _IN),
    Path(_BEFORE, _IN, _IN),
    Path(_BEFORE, _IN, _BEFORE),
    IN_YEAR,
    Path(_IN, _AFTER, _IN),
    Path(_IN, _IN, _AFTER),
    Path(_IN, _AFTER, _AFTER),
)
_FLOWS = {
    # received:  before  before  before   in    in     in     in
    # due:       before  in      in       in    after  in     after
    # closed:    in      in      before   in    in     after  after
    (1, H): (     4,     10,       2,    117,    2,     1,     8),
    (1, M): (    11,     50,       4,    402,    5,    20,    20),
    (2, H): (     1,      8,       0,     19,    0,     1,     3),
    (2, M): (     0,      6,       0,     90,    0,     2,     4),
}  # fmt: skip
FLOWS: Mapping[tuple[int, Service], Mapping[Path, int]] = {
    key: dict(zip(_PATHS, counts, strict=True)) for key, counts in _FLOWS.items()
}

# Stage 2 complaints received early in the year whose stage 1 was closed before it (invented).
EARLY_STAGE2: Mapping[Service, int] = {H: 3, M: 10}


class RootCause(NamedTuple):
    """A root cause and the detail under it."""

    cause: str
    detail: str


SERVICE_FAILURE, COMMUNICATION, POLICY = "Service failure", "Communication", "Policy or procedure"

# Stage 1 complaints closed in the year.
ROOT_CAUSES: Mapping[RootCause, Mapping[Service, int]] = {
    RootCause(SERVICE_FAILURE, "Delay in providing service"): {H: 15, M: 246},
    RootCause(SERVICE_FAILURE, "Not to standard"): {H: 27, M: 118},
    RootCause(SERVICE_FAILURE, "Appointment missed or failed"): {H: 29, M: 59},
    RootCause(COMMUNICATION, "Customer not kept informed or updated"): {H: 34, M: 13},
    RootCause(COMMUNICATION, "Third-party communication"): {H: 18, M: 8},
    RootCause(COMMUNICATION, "Information unclear or wrong"): {H: 0, M: 18},
    RootCause(POLICY, "Policy disagreed with"): {H: 6, M: 3},
    RootCause(POLICY, "Procedure not followed"): {H: 4, M: 3},
}

DUPLICATE = "Already investigated or duplicate"

# Stage 1 complaints received in the year and not accepted; the split by service is invented.
REFUSALS: Mapping[str, Mapping[Service, int]] = {
    DUPLICATE: {H: 11, M: 32},
    "Legal or HR matter": {H: 0, M: 2},
    "Not a Council service": {H: 0, M: 1},
    "Safeguarding investigation under way": {H: 1, M: 0},
}

# Stage 2 complaints open at the start or received in the year.
ESCALATIONS: Mapping[str, Mapping[Service, int]] = {
    "Disagrees with the stage 1 decision": {H: 20, M: 52},
    "Follow-up actions not carried out": {H: 3, M: 18},
    "No or too little compensation": {H: 2, M: 7},
    "Response did not address the issues in full": {H: 7, M: 25},
}


@dataclass(frozen=True)
class Compensation:
    """Awards that count at one stage: cases and pounds are published."""

    cases: int
    pounds: int
    on_not_upheld: int
    typical: tuple[int, ...]
    """Usual sums in pounds, from which a case's own is drawn before the total is met."""


COMPENSATION: Mapping[int, Compensation] = {
    1: Compensation(154, 41_865, 6, (50, 75, 100, 125, 150, 200, 250, 300, 350, 450, 600, 900)),
    2: Compensation(104, 54_159, 6, (150, 200, 250, 300, 400, 450, 550, 700, 850, 1_250, 1_900)),
}

REIMBURSEMENT = "Reimbursement of costs"
DELAY = "Delay or failure to provide a service"

# Cases at either stage; the report does not count the last two.
AWARD_REASONS: Mapping[str, int] = {
    DELAY: 190,
    "Time and trouble": 37,
    REIMBURSEMENT: 14,
    "Distress and inconvenience": 11,
    "Incorrect action": 6,
}


@dataclass(frozen=True)
class OmbudsmanTotals:
    """Orders and money of the Ombudsman's decisions of 2022/23, as published."""

    cases: int = 7
    findings: int = 11
    orders: int = 15
    orders_complied: int = 15
    recommendations: int = 6
    compensation_ordered: int = 14_350
    compensation_offered_before: int = 10_550


OMBUDSMAN = OmbudsmanTotals()

FINDING_COUNTS: Mapping[tuple[str, str], int] = {
    ("Property condition", "Maladministration"): 4,
    ("Property condition", "Reasonable redress"): 1,
    ("Property condition", "No maladministration"): 1,
    ("Anti-social behaviour", "Service failure"): 2,
    ("Anti-social behaviour", "Reasonable redress"): 1,
    ("Complaints handling", "Maladministration"): 2,
}

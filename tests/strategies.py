"""Records made by hypothesis: any that do not contradict themselves, mess included.

Every event lies between receipt and the day of the data, every reference stands once at each
stage, and places are given by the order of rows. All else may be blank.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from builders import action, award, complaint, failure_order, finding, provision, records, settings
from hcreport.problems import Place
from hcreport.records import (
    ACTION_STATUSES,
    AWARD_STATUSES,
    CLOSURES,
    FAILURES,
    FINDINGS,
    KINDS,
    OUTCOMES,
    STAGES,
    TENURES,
    YES_NO,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hcreport.records import (
        Action,
        Award,
        Complaint,
        FailureOrder,
        Finding,
        Provision,
        Record,
        Records,
    )
    from hcreport.settings import Settings

FIRST, LAST = date(2023, 1, 9), date(2024, 5, 13)
AS_AT = date(2024, 6, 14)
# Values that fool a spreadsheet or a careless comparison.
WORDS = ("Repairs", "Tenancy", "0012", "12", "Damp*", "<other>", "Ä")


def maybe(values: Iterable[str]) -> st.SearchStrategy[str | None]:
    """One of these, or not recorded."""
    return st.sampled_from([None, *values])


def later(start: date, days: int) -> st.SearchStrategy[date | None]:
    """A day from ``start`` on, no later than the day of the data, or no day at all."""
    reach = min(days, (AS_AT - start).days)
    return st.none() | st.integers(0, reach).map(lambda n: start + timedelta(days=n))


@st.composite
def complaints(draw: st.DrawFn, reference: str, stage: str) -> Complaint:
    """Draw a complaint of this reference at this stage."""
    received = draw(st.dates(FIRST, LAST))
    said: dict[str, Any] = {
        "kind": draw(maybe([*KINDS, "complaint", "complaint"])),
        "service": draw(maybe(WORDS)),
        "category": draw(maybe(WORDS[:3])),
        "root_cause": draw(maybe(WORDS[:2])),
        "root_cause_detail": draw(maybe(WORDS[2:4])),
        "outcome": draw(maybe(OUTCOMES)),
        "closure": draw(maybe(["withdrawn", *CLOSURES]) if draw(st.booleans()) else st.none()),
        "escalation_reason": draw(maybe(WORDS[:2])),
        "tenure": draw(maybe(TENURES)),
        "ward": draw(maybe(WORDS[:2])),
        "acknowledged_on": draw(later(received, 14)),
        "due_on": draw(st.none() | st.dates(received, received + timedelta(days=60))),
        "extended_to": draw(st.none() | st.dates(received, received + timedelta(days=90))),
        "responded_on": draw(later(received, 60)),
        "closed_on": draw(later(received, 120)),
        "withdrawn_on": draw(later(received, 60) if draw(st.booleans()) else st.none()),
        "in_target": draw(maybe(YES_NO)),
    }
    if said["closure"] == "refused":
        said["refusal_reason"] = draw(maybe(WORDS[:2]))
    return complaint(received, reference=reference, stage=stage, **said)


@st.composite
def awards(draw: st.DrawFn) -> Award:
    """Draw an award, of a complaint that may not be there."""
    return award(
        draw(st.integers(0, 100_000)),
        reference=draw(st.sampled_from(["R0", "R1", "R2", "nobody's"])),
        stage=draw(maybe(STAGES)),
        reason=draw(maybe(WORDS[:3])),
        status=draw(maybe(AWARD_STATUSES)),
        awarded_on=draw(st.none() | st.dates(FIRST, AS_AT)),
    )


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """Draw a finding; no more orders are complied with than were made."""
    orders = draw(st.none() | st.integers(0, 5))
    complied = st.none() if orders is None else st.none() | st.integers(0, orders)
    money = st.none() | st.integers(0, 500_000)
    return finding(
        case=draw(st.sampled_from(["F1", "F2", "F3"])),
        decided_on=draw(st.dates(FIRST, AS_AT)),
        category=draw(maybe(WORDS[:3])),
        finding=draw(st.sampled_from(list(FINDINGS))),
        orders=orders,
        orders_complied=draw(complied),
        recommendations=draw(st.none() | st.integers(0, 5)),
        compensation_ordered=draw(money),
        compensation_offered_before=draw(money),
    )


@st.composite
def failure_orders(draw: st.DrawFn) -> FailureOrder:
    """Draw a complaint handling failure order."""
    return failure_order(
        draw(st.dates(FIRST, AS_AT)), reason=draw(maybe(FAILURES)), complied=draw(maybe(YES_NO))
    )


@st.composite
def actions(draw: st.DrawFn) -> Action:
    """Draw a line of the learning log."""
    return action(theme=draw(maybe(WORDS[:2])), status=draw(maybe(ACTION_STATUSES)))


@st.composite
def provisions(draw: st.DrawFn) -> Provision:
    """Draw a line of the self-assessment, of a provision that the Code has or has not."""
    number = draw(st.sampled_from(["1.2", "5.1", "5.10", "6.20", "9.9"]))
    return provision(number, draw(maybe(YES_NO)), promised_on=draw(st.none() | st.just(AS_AT)))


@st.composite
def record_sets(draw: st.DrawFn) -> Records:
    """Draw a year's records: up to a dozen complaints, a few of everything else."""
    cases = draw(st.lists(st.sampled_from(["1", "2", "12"]), max_size=8))
    rows: list[Record] = [
        draw(complaints(f"R{number}", f"stage{stage}"))
        for number, stages in enumerate(cases)
        for stage in stages
    ]
    rows += draw(st.lists(awards(), max_size=5))
    rows += draw(st.lists(findings(), max_size=4))
    rows += draw(st.lists(failure_orders(), max_size=2))
    rows += draw(st.lists(actions(), max_size=3))
    rows += draw(st.lists(provisions(), max_size=4))
    return records(*placed(rows))


def placed(rows: Iterable[Record]) -> list[Record]:
    """Give every record a place of its own, in the order in which they come."""
    return [
        replace(row, place=Place("made.xlsx", "Rows", n)) for n, row in enumerate(rows, start=2)
    ]


HOMES: Mapping[str, int] = {"LCRA": 1200, "LCHO": 80}
SURVEY: Mapping[str, Mapping[str, object]] = {
    "tp01": {"satisfied": 364, "answers": 708},
    "tp02": {"percent": "55.1"},
}
# Every basis and both clocks.
settings_sets: st.SearchStrategy[Settings] = st.builds(
    lambda clock, outcomes, timeliness: settings(
        timeliness=clock,
        basis={"outcomes": outcomes, "timeliness": timeliness},
        data_as_at=AS_AT,
        homes=HOMES,
        survey=SURVEY,
    ),
    st.sampled_from(["code", "recorded"]),
    st.sampled_from(["responded", "closed"]),
    st.sampled_from(["due", "responded", "received"]),
)

"""Figures: one small project worked by hand, and the laws that hold for every figure."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

import projects
from builders import (
    EVERY_FIELD,
    action,
    award,
    complaint,
    day,
    finding,
    ledger_of,
    records,
    settings,
)
from hcreport.derive.frame import frames
from hcreport.derive.terms import is_counted, terms
from hcreport.figures import catalogue, identities, year_before
from hcreport.figures.algebra import (
    Average,
    Cohort,
    Count,
    Figure,
    Quotient,
    Rate,
    Share,
    Total,
    Unit,
    column_is,
)
from hcreport.figures.evaluate import NOTHING, Evaluator
from hcreport.figures.selection import WHOLE, Givens
from hcreport.figures.shown import UNKNOWN_CHANGE, change, change_in_words, half_up, money, show
from hcreport.intake import load as intake
from hcreport.intake import profile as profiles
from hcreport.pipeline import compute
from hcreport.problems import CannotRun
from hcreport.records import NOT_RECORDED, STAGES, TABLES
from strategies import record_sets, settings_sets

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.figures.ledger import Entry, Ledger
    from hcreport.records import Records
    from hcreport.settings import Settings

# --- A small project worked by hand -----------------------------------------------------------
#
# The year is 2023/24, judged on 31 May 2024 by the Code of 2022; outcomes are over complaints
# responded to, timeliness over those due. R is Repairs, T is Tenancy.
#
# ref  stage  what happened                                                  counted as
# 1    1  R   5 Jun, ack 7 Jun, due 21 Jun, answered 21 Jun (12 days)        on time, upheld
# 1    2  R   3 Jul, ack 10 Jul, due 7 Aug, extended to and answered 14 Aug  with extension (30)
# 2    1  R   12 Jun, ack 20 Jun (late), due 3 Jul, answered 4 Jul (16)      late, partly upheld
# 3    1  T   3 Jul, ack not recorded, answered 17 Jul (10)                  on time, not upheld
# 3    2  T   1 Aug, refused
# 4    1  T   25 Mar 2024, ack 26 Mar, due 11 Apr 2024, never answered       open at end
# 5    1  R   20 Mar 2023, ack 21 Mar, due 4 Apr 2023, answered 3 Apr (10)   on time, upheld
# 6    1  T   4 Sep, refused
# 7    1  R   2 Oct, ack 3 Oct, withdrawn 6 Oct
# 8    -  R   6 Nov, service request
# 9    1  -   7 Aug, ack not recorded, due 29 Aug, answered 24 Aug (13)      unknown, undecided
# 10   2  T   27 Mar 2023, ack 28 Mar, due 27 Apr, answered 28 Apr (22)      late, upheld
# 11   1  R   4 Dec, duplicate

R: dict[str, Any] = {"service": "Repairs"}
T: dict[str, Any] = {"service": "Tenancy"}
COMPLAINTS = (
    complaint(
        "2023-06-05",
        **R,
        reference="1",
        tenure="LCRA",
        root_cause="Delay",
        acknowledged_on="2023-06-07",
        responded_on="2023-06-21",
        closed_on="2023-06-28",
        outcome="upheld",
    ),
    complaint(
        "2023-07-03",
        **R,
        reference="1",
        stage="stage2",
        tenure="LCRA",
        acknowledged_on="2023-07-10",
        extended_to="2023-08-14",
        responded_on="2023-08-14",
        outcome="partly_upheld",
        escalation_reason="Repair not done",
    ),
    complaint(
        "2023-06-12",
        **R,
        reference="2",
        tenure="LCHO",
        root_cause="Quality",
        acknowledged_on="2023-06-20",
        responded_on="2023-07-04",
        closed_on="2023-07-05",
        outcome="partly_upheld",
    ),
    complaint(
        "2023-07-03",
        **T,
        reference="3",
        tenure="LCRA",
        responded_on="2023-07-17",
        closed_on="2023-07-17",
        outcome="not_upheld",
    ),
    complaint("2023-08-01", **T, reference="3", stage="stage2", refusal_reason="No new grounds"),
    complaint("2024-03-25", **T, reference="4", tenure="leasehold", acknowledged_on="2024-03-26"),
    complaint(
        "2023-03-20",
        **R,
        reference="5",
        tenure="LCRA",
        root_cause="Delay",
        acknowledged_on="2023-03-21",
        responded_on="2023-04-03",
        closed_on="2023-04-11",
        outcome="upheld",
    ),
    complaint("2023-09-04", **T, reference="6", closure="refused", refusal_reason="Over 12 months"),
    complaint(
        "2023-10-02",
        **R,
        reference="7",
        tenure="LCRA",
        acknowledged_on="2023-10-03",
        withdrawn_on="2023-10-06",
    ),
    complaint("2023-11-06", **R, reference="8", kind="service_request"),
    complaint("2023-08-07", reference="9", responded_on="2023-08-24"),
    complaint(
        "2023-03-27",
        **T,
        reference="10",
        stage="stage2",
        tenure="LCRA",
        acknowledged_on="2023-03-28",
        responded_on="2023-04-28",
        outcome="upheld",
    ),
    complaint("2023-12-04", **R, reference="11", closure="duplicate"),
)
AWARDS = (
    # Two awards of one case: the larger stands for it.
    award(
        10_000,
        reference="1",
        stage="stage1",
        reason="Delay",
        awarded_on="2023-06-21",
        status="paid",
    ),
    award(5_050, reference="1", stage="stage1", reason="Distress", awarded_on="2023-06-21"),
    award(25_000, reference="1", stage="stage2", reason="Delay", awarded_on="2023-08-14"),
    # No stage: reference 2 has only stage 1.
    award(7_500, reference="2", awarded_on="2023-07-04", status="offered"),
    award(90_000, reference="2", awarded_on="2023-07-04", status="declined"),
    award(90_000, reference="2", awarded_on="2024-04-01"),
)
FINDINGS = (
    finding(
        case="F1",
        decided_on="2023-05-01",
        category="Property condition",
        orders=3,
        orders_complied=2,
        recommendations=1,
        compensation_ordered=100_000,
        compensation_offered_before=40_000,
    ),
    finding(case="F1", decided_on="2023-05-01", category="Handling", finding="redress"),
    finding(case="F2", decided_on="2024-02-01", finding="outside_jurisdiction"),
)
ACTIONS = (
    action(theme="Repairs", status="completed"),
    action(theme="Repairs", status="in_progress"),
    action(theme="Letters"),
)
HAND_WORKED = records(*COMPLAINTS, *AWARDS, *FINDINGS, *ACTIONS)
HAND_SETTINGS = settings(
    homes={"LCRA": 1000, "LCHO": 100, "managed": 5000},
    survey={"tp01": {"satisfied": 364, "answers": 708}, "tp02": {"percent": "55.1"}},
)
WHOLES: dict[str, Fraction | int | None] = {
    "stage1.received": 6,  # 1, 2, 3, 4, 7, 9
    "stage1.responded": 5,  # 1, 2, 3, 5, 9
    "stage1.closed": 4,  # 1, 2, 3, 5
    "stage1.due": 5,  # 1, 2, 3, 5, 9
    "stage1.open_at_start": 1,  # 5
    "stage1.open_at_end": 1,  # 4
    "stage1.undated": 0,
    "stage1.refused": 1,  # 6
    "stage1.withdrawn": 1,  # 7
    "stage1.ended_withdrawn": 1,  # 7
    "stage1.in_exports": 10,  # 1 to 9, 11
    "stage2.received": 1,  # 1
    "stage2.responded": 2,  # 1, 10
    "stage2.closed": 0,
    "stage2.due": 2,  # 1, 10
    "stage2.open_at_start": 1,  # 10
    "stage2.open_at_end": 0,
    "stage2.undated": 0,
    "stage2.refused": 1,  # 3
    "stage2.withdrawn": 0,
    "stage2.ended_withdrawn": 0,
    "stage2.in_exports": 3,  # 1, 3, 10
    "all_stages.received": 7,
    "all_stages.per_month": Fraction(7, 12),
    "service_requests.received": 1,  # 8
    "stage1.decided": 4,  # 1, 2, 3, 5
    "stage1.upheld": 2,  # 1, 5
    "stage1.partly_upheld": 1,  # 2
    "stage1.not_upheld": 1,  # 3
    "stage1.uphold_rate": Fraction(3, 4),
    "stage2.decided": 2,  # 1, 10
    "stage2.upheld": 1,  # 10
    "stage2.partly_upheld": 1,  # 1
    "stage2.not_upheld": 0,
    "stage2.uphold_rate": 1,
    "all_stages.upheld": 3,
    "all_stages.partly_upheld": 2,
    "escalation.rate": Fraction(1, 6),
    "escalation.cohort_rate": Fraction(1, 5),  # 1 of 1, 2, 3, 5, 9; 3's request was refused
    "escalation.requests": 2,  # 1, 10
    "stage1.acknowledged_in_time_rate": Fraction(1, 2),  # 1, 4, 7 of 1, 2, 3, 4, 7, 9
    "stage2.acknowledged_in_time_rate": 1,
    "stage1.on_time": 3,  # 1, 3, 5; 9 is set aside
    "stage1.with_extension": 0,
    "stage1.late": 1,  # 2
    "stage1.on_time_rate": Fraction(3, 4),
    "stage1.on_time_with_extension_rate": Fraction(3, 4),
    "stage1.median_days": 12,  # of 10, 10, 12, 13, 16
    "stage1.mean_days": Fraction(61, 5),
    "stage2.on_time": 0,
    "stage2.with_extension": 1,  # 1
    "stage2.late": 1,  # 10
    "stage2.on_time_rate": 0,
    "stage2.on_time_with_extension_rate": Fraction(1, 2),
    "stage2.median_days": 26,  # of 22, 30
    "stage2.mean_days": 26,
    "compensation.stage1.cases": 2,  # 1, 2
    "compensation.stage1.amount": 22_550,
    "compensation.stage2.cases": 1,  # 1
    "compensation.stage2.amount": 25_000,
    "compensation.total.cases": 3,
    "compensation.total.amount": 47_550,
    "compensation.total.median": 8_750,  # of 5,050, 7,500, 10,000, 25,000
    "tsm.ch01.stage1": Fraction(4_000, 1_100),  # 1, 2, 3, 7 for 1,100 homes
    "tsm.ch02.stage1": Fraction(2, 3),  # 1, 3 of 1, 2, 3; 7 was withdrawn
    "tsm.ch02_cases.stage1": 4,
    "tsm.ch01.stage2": Fraction(1_000, 1_100),
    "tsm.ch02.stage2": 1,
    "tsm.ch02_cases.stage2": 1,
    "ombudsman.determinations": 2,  # F1, F2
    "ombudsman.findings": 3,
    "ombudsman.maladministration_rate": Fraction(1, 2),  # F2 lay outside jurisdiction
    "ombudsman.orders": 3,
    "ombudsman.recommendations": 1,
    "ombudsman.orders_complied_rate": Fraction(2, 3),
    "ombudsman.compensation_ordered": 100_000,
    "ombudsman.compensation_offered_before": 40_000,
    "ombudsman.failure_orders": 0,  # the table is there, and empty; see test_ombudsman.py
    "tsm.tp01": Fraction(36_400, 708),
    "tsm.tp02": Fraction(551, 10),
    "tsm.tp09": None,
    "learning.actions": 3,
    "learning.completed": 1,
    "learning.overdue": 0,
    "learning.completed_rate": Fraction(1, 2),  # the line without a status is set aside
    # The table of provisions is there, and empty; test_self_assessment.py has one that is not.
    "self_assessment.provisions": 0,
    "self_assessment.compliant": 0,
    "self_assessment.not_compliant": 0,
    "self_assessment.compliant_rate": None,
}
# By one group each: figure, group, value, numerator, denominator, set aside.
Part = tuple[str, dict[str, str], Fraction | int | None, int | None, int | None, int]
PARTS: tuple[Part, ...] = (
    ("stage1.received", {"service": "Repairs"}, 3, 3, 6, 0),
    ("stage1.received", {"service": "Tenancy"}, 2, 2, 6, 0),
    ("stage1.received", {"service": NOT_RECORDED}, 1, 1, 6, 0),
    ("stage1.received", {"month": "2023-06"}, 2, 2, 6, 0),
    ("stage1.received", {"month": "2024-03"}, 1, 1, 6, 0),
    ("stage1.received", {"month": "2023-05"}, 0, 0, 6, 0),
    ("stage1.received", {"quarter": "2023/24 Q2"}, 2, 2, 6, 0),
    ("stage1.received", {"service": "Repairs", "month": "2023-06"}, 2, 2, 3, 0),
    ("stage1.responded", {"month": "2023-04"}, 1, 1, 5, 0),
    ("stage1.closed", {"root_cause": "Delay"}, 2, 2, 4, 0),
    ("stage1.closed", {"root_cause": NOT_RECORDED}, 1, 1, 4, 0),
    ("stage1.refused", {"reason": "Over 12 months"}, 1, 1, 1, 0),
    ("stage1.refused", {"reason": "No new grounds"}, 0, 0, 1, 0),
    ("stage1.decided", {"outcome": "Upheld"}, 2, 2, 4, 0),
    ("stage1.uphold_rate", {"service": "Repairs"}, 1, 3, 3, 0),
    ("stage1.uphold_rate", {"service": NOT_RECORDED}, None, 0, 0, 1),
    ("stage1.on_time_rate", {"service": "Repairs"}, Fraction(2, 3), 2, 3, 0),
    ("stage1.on_time_rate", {"service": NOT_RECORDED}, None, 0, 0, 1),
    ("stage1.median_days", {"service": "Repairs"}, 12, None, 3, 0),
    ("all_stages.received", {"stage": "Stage 2"}, 1, 1, 7, 0),
    ("escalation.rate", {"service": "Repairs"}, Fraction(1, 3), 1, 3, 0),
    ("escalation.requests", {"reason": "Repair not done"}, 1, 1, 2, 0),
    ("escalation.requests", {"reason": NOT_RECORDED}, 1, 1, 2, 0),
    ("compensation.stage1.cases", {"reason": "Delay"}, 1, 1, 2, 0),
    ("compensation.stage1.cases", {"reason": "Distress"}, 0, 0, 2, 0),
    ("compensation.stage1.amount", {"reason": "Distress"}, 5_050, None, None, 0),
    ("compensation.stage1.amount", {"reason": NOT_RECORDED}, 7_500, None, None, 0),
    ("compensation.total.cases", {"service": "Repairs"}, 3, 3, 3, 0),
    ("compensation.total.amount", {"stage": "Stage 2"}, 25_000, None, None, 0),
    ("tsm.ch01.stage1", {"tenure": "Low cost rental"}, 3, 3, 1_000, 0),
    ("tsm.ch01.stage1", {"tenure": "Low cost home ownership"}, 10, 1, 100, 0),
    ("tsm.ch02.stage1", {"tenure": "Low cost rental"}, 1, 2, 2, 1),
    ("tsm.ch02_cases.stage1", {"judged": "Withdrawn"}, 1, 1, 4, 0),
    ("tsm.ch02_cases.stage1", {"judged": "Can be judged"}, 3, 3, 4, 0),
    ("ombudsman.findings", {"category": "Property condition"}, 1, 1, 3, 0),
    ("ombudsman.findings", {"category": "Handling", "finding": "Reasonable redress"}, 1, 1, 1, 0),
    ("learning.actions", {"theme": "Repairs", "status": "Completed"}, 1, 1, 2, 0),
)


@pytest.fixture(scope="module")
def worked() -> Ledger:
    """The ledger of the project worked by hand."""
    return ledger_of(HAND_WORKED, HAND_SETTINGS)


def test_every_figure_is_worked_by_hand() -> None:
    """A figure that is added to the catalogue is added to the table above."""
    assert list(WHOLES) == list(catalogue.figures(HAND_SETTINGS))


@pytest.mark.parametrize("figure", WHOLES)
def test_a_figure_worked_by_hand(worked: Ledger, figure: str) -> None:
    """The whole of each figure is what counting on paper gives."""
    assert WHOLES[figure] == worked.at(figure).value


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part[0]} {'/'.join(part[1].values())}")
def test_a_part_worked_by_hand(worked: Ledger, part: Part) -> None:
    """A part has the value, the numerator, the base and the rows set aside of its own."""
    figure, group, value, numerator, denominator, set_aside = part
    found = worked.at(figure, **group)
    assert (value, numerator, denominator, set_aside) == (
        found.value,
        found.result.numerator,
        found.result.denominator,
        found.result.set_aside,
    )


def test_the_identities_hold_for_the_project_worked_by_hand(worked: Ledger) -> None:
    """Balances, timeliness, outcomes and sums agree."""
    assert () == identities.breaches(worked, HAND_SETTINGS)


def test_the_closed_basis_worked_by_hand() -> None:
    """Over closed complaints, stage 1 opens with 5, and ends with 4 and the unclosed 9."""
    s = settings(basis={"outcomes": "closed"})
    found = ledger_of(HAND_WORKED, s)
    assert (1, 6, 4, 1, 2) == tuple(
        found.at(f"stage1.{name}").value
        for name in ("open_at_start", "received", "closed", "ended_withdrawn", "open_at_end")
    )
    assert (4, 2) == (found.at("stage1.decided").value, found.at("stage1.upheld").value)
    assert 0 == found.at("stage2.decided").value
    assert found.at("stage2.uphold_rate").value is None
    assert () == identities.breaches(found, s)


@pytest.mark.parametrize(
    ("timeliness", "base", "on_time"),
    [
        ("due", 4, 3),  # 1, 2, 3, 5; 9 unknown
        ("responded", 4, 3),
        ("received", 4, 2),  # 1, 2, 3 and the unanswered 4; 5 came before the year
    ],
)
def test_the_bases_of_timeliness_worked_by_hand(timeliness: str, base: int, on_time: int) -> None:
    """Due, responded and received have bases of their own."""
    found = ledger_of(HAND_WORKED, settings(basis={"timeliness": timeliness}))
    rate = found.at("stage1.on_time_rate").result
    assert (on_time, base, 1) == (rate.numerator, rate.denominator, rate.set_aside)


def test_what_is_out_of_scope_enters_no_figure() -> None:
    """With Tenancy left out, only the rows of Repairs are there, and no Tenancy is printed."""
    found = ledger_of(HAND_WORKED, settings(scope={"where": {"service": ["Repairs"]}}))
    assert 3 == found.at("stage1.received").value
    assert 1 == found.at("stage2.responded").value
    assert 0 == found.at("stage1.refused").value
    assert [("service", "Repairs")] == [e.group[0] for e in found.by("stage1.received", "service")]


def test_a_breach_is_found() -> None:
    """A complaint answered in the year but received after it breaks the balance, and is told."""
    s = settings(data_as_at=day("2024-12-31"))
    upside_down = complaint("2024-05-01", reference="X", responded_on="2024-01-15")
    found = ledger_of(records(*COMPLAINTS, upside_down), s)
    (breach,) = identities.breaches(found, s)
    assert (
        "Stage 1: open at start + received is 7 but responded + withdrawn + open at end is 8"
        == (breach.message)
    )


def test_a_breach_names_the_complaints_between_its_sides(tmp_path: Path) -> None:
    """Whoever mends it is told which complaints one side counts and the other does not."""
    rows = [projects.complaint(1, "2023-03-30"), projects.complaint(2)]
    rows.append(projects.complaint(3, "2024-05-01", responded_on="2024-01-15"))
    found = compute(projects.project(tmp_path, complaints=rows)).problems
    (breach,) = [p for p in found if p.rule == identities.BREACH]
    assert breach.message.endswith("; between them: 0003 stage 1")


# --- What the exports do not say --------------------------------------------------------------


@pytest.mark.parametrize("table", [t for t in TABLES if t != "complaints"])
def test_figures_of_a_table_that_is_not_there_have_no_value(table: str) -> None:
    """No export of awards is not the same as no awards."""
    found = ledger_of(records(*COMPLAINTS, without=[table]), HAND_SETTINGS)
    topic = {
        "awards": "compensation.",
        "findings": "ombudsman.",
        "failure_orders": "ombudsman.failure_orders",
        "actions": "learning.",
        "provisions": "self_assessment.",
    }[table]
    own = [e for e in found.entries if e.id.startswith(topic)]
    other = "ombudsman.failure_orders" if table == "findings" else ""  # from a table of its own
    values = [e.value for e in own if e.id != other]
    assert values
    assert {None} == set(values)


@pytest.mark.parametrize(
    ("fields", "figures"),
    [
        (["responded_on"], ["stage1.responded", "stage1.uphold_rate", "stage2.median_days"]),
        (["closed_on"], ["stage1.closed", "stage2.closed"]),
        (["refusal_reason", "closure"], ["stage1.refused"]),
        (["withdrawn_on", "closure"], ["stage1.withdrawn"]),
        (["kind"], ["service_requests.received"]),
        (["tenure"], ["tsm.ch01.stage1", "tsm.ch01.stage2"]),
    ],
)
def test_a_figure_without_its_column_has_no_value(fields: list[str], figures: list[str]) -> None:
    """A field that no export has a column for was never recorded, which is not nought."""
    nothing: dict[str, Any] = dict.fromkeys(fields)
    blank = [replace(c, **nothing) for c in COMPLAINTS]
    unmapped = [f"complaints.{name}" for name in fields]
    found = ledger_of(records(*blank, unmapped=unmapped), HAND_SETTINGS)
    assert [None] * len(figures) == [found.at(figure).value for figure in figures]


@pytest.mark.parametrize(
    ("stage", "figures"),
    [
        ("stage2", ["escalation.rate", "escalation.cohort_rate", "tsm.ch01.stage2"]),
        ("stage1", ["escalation.rate", "escalation.cohort_rate", "tsm.ch01.stage1"]),
    ],
)
def test_a_rate_of_a_stage_that_no_export_holds_has_no_value(
    stage: str, figures: list[str]
) -> None:
    """That nothing went on to stage 2 is not known where there is no stage 2 at all."""
    held = [c for c in COMPLAINTS if c.stage != stage]
    found = ledger_of(records(*held), HAND_SETTINGS)
    assert found.at(f"{stage}.received").value == 0
    assert [None] * len(figures) == [found.at(figure).value for figure in figures]
    assert [] == [e.group for e in found.by(figures[0], "service") if e.value is not None]


def test_a_numerator_that_is_not_known_is_not_printed_as_nought() -> None:
    """Where the exports hold no stage 2, the base does not say that 0 of 6 went on to it."""
    held = [c for c in COMPLAINTS if c.stage == "stage1"]
    entry = ledger_of(records(*held), HAND_SETTINGS).at("escalation.rate")
    assert (None, 6) == (entry.result.numerator, entry.result.denominator)
    assert "no value" == entry.base


def test_a_stage_that_is_held_before_the_period_gives_a_rate_of_nought() -> None:
    """An old stage 2 complaint shows that the exports hold the stage: none went on to it now."""
    old = complaint("2020-01-06", **R, reference="old", stage="stage2", tenure="LCRA")
    held = [c for c in COMPLAINTS if c.stage == "stage1"]
    found = ledger_of(records(*held, old), HAND_SETTINGS)
    assert 0 == found.at("escalation.rate").value
    assert 0 == found.at("tsm.ch01.stage2").value


def test_a_field_without_a_column_breaks_nothing_down() -> None:
    """Services that were never recorded make no table of "not recorded"."""
    found = ledger_of(records(*COMPLAINTS, unmapped=["complaints.service"]), HAND_SETTINGS)
    assert not found.has("stage1.received", "service")
    assert found.has("stage1.received", "month")
    assert 6 == found.at("stage1.received").value


def test_outcomes_without_a_column_are_no_decisions_of_nought() -> None:
    """A landlord whose export has no outcomes has no uphold rate, and not 0 decisions either."""
    blank = [replace(c, outcome=None) for c in COMPLAINTS]
    found = ledger_of(records(*blank, unmapped=["complaints.outcome"]), HAND_SETTINGS)
    assert found.at("stage1.uphold_rate").value is None
    assert found.at("stage1.decided").value is None


def test_the_recorded_clock_without_due_dates_has_nothing_due() -> None:
    """Where neither a due date nor a target is recorded, "due" has no value instead of nought."""
    unmapped = ["complaints.due_on", "complaints.in_target"]
    found = ledger_of(records(*COMPLAINTS, unmapped=unmapped), settings(timeliness="recorded"))
    assert found.at("stage1.due").value is None
    assert found.at("stage1.on_time").value is None
    assert found.at("stage1.on_time_rate").value is None


def test_ch02_without_tenure_is_over_all_complaints() -> None:
    """Where no export has tenure, CH02 is over all complaints received, and says so."""
    blank = [replace(c, tenure=None) for c in COMPLAINTS]
    found = ledger_of(records(*blank, unmapped=["complaints.tenure"]), HAND_SETTINGS)
    # 1 and 3 of 1, 2, 3 and the unanswered 4; 7 was withdrawn and 9 is unknown.
    assert Fraction(2, 4) == found.at("tsm.ch02.stage1").value


def test_no_homes_no_rate() -> None:
    """CH01 has no value without homes, and managed homes are never its base."""
    found = ledger_of(HAND_WORKED, settings(homes={"managed": 5000}))
    assert found.at("tsm.ch01.stage1").value is None
    assert found.at("tsm.ch01.stage1", tenure="Low cost rental").value is None


def test_homes_of_one_tenure_are_no_base_for_complaints_of_another() -> None:
    """3 LCRA complaints and 1 LCHO complaint over LCRA homes alone are not 4 per 1,000."""
    found = ledger_of(HAND_WORKED, settings(homes={"LCRA": 1000})).at("tsm.ch01.stage1")
    assert found.value in {None, 3}


def test_no_row_before_the_period_leaves_the_opening_balance_out() -> None:
    """An export that starts with the year has no opening balance, and no identity over it."""
    inside = [c for c in COMPLAINTS if c.received_on >= HAND_SETTINGS.report_period.start]
    found = ledger_of(records(*inside), HAND_SETTINGS)
    assert found.at("stage1.open_at_start").value is None
    assert found.at("stage2.open_at_start").value is None
    assert 1 == found.at("stage1.open_at_end").value
    assert () == identities.breaches(found, HAND_SETTINGS)


def test_orders_whose_compliance_is_blank_are_set_aside() -> None:
    """Of two cases with orders, one blank on compliance: the rate says that it left one out."""
    rows = (
        finding(case="F1", orders=10),
        finding(case="F2", orders=1, orders_complied=1),
        finding(case="F2"),  # a case's orders stand on one of its rows
    )
    rate = ledger_of(records(*rows), HAND_SETTINGS).at("ombudsman.orders_complied_rate").result
    assert (Fraction(1), 1, 1, 1) == (rate.value, rate.numerator, rate.denominator, rate.set_aside)


@pytest.mark.parametrize(
    ("code", "numerator", "denominator"),
    [
        ("severe_maladministration", 1, 1),
        ("maladministration", 1, 1),
        ("service_failure", 1, 1),
        ("mediation", 0, 1),
        ("redress", 0, 1),
        ("no_maladministration", 0, 1),
        ("outside_jurisdiction", 0, 0),
        ("withdrawn", 0, 0),
    ],
)
def test_what_the_maladministration_rate_counts(
    code: str, numerator: int, denominator: int
) -> None:
    """Three findings are maladministration; two are no findings about the landlord at all."""
    found = ledger_of(records(finding(finding=code)), HAND_SETTINGS)
    rate = found.at("ombudsman.maladministration_rate").result
    assert (numerator, denominator) == (rate.numerator, rate.denominator)


def test_a_row_that_does_not_say_is_no_hit() -> None:
    """A figure of one's own whose test can pass on a row that is not known counts no such row."""
    s = HAND_SETTINGS
    judged = terms(HAND_WORKED, s, s.report_period)
    givens = Givens(s.report_period, s.ombudsman_period, s.homes.owned)
    share = Share(
        Cohort("complaints", "stage 1 complaints", (column_is("stage", "stage1"),)),
        hit=(column_is("service", "Repairs"),),
        known=(column_is("outcome", "upheld", "not_upheld"),),
    )
    evaluator = Evaluator(frames(HAND_WORKED, judged), HAND_WORKED.mapped, givens)
    found = evaluator.evaluate(Figure("own.share", "A share", Unit.SHARE, share))[WHOLE]
    # 1 and 5 were upheld, 3 was not; the other seven of stage 1 do not say.
    assert (2, 3, 7) == (found.numerator, found.denominator, found.set_aside)


WIDE = """
title = "Stage 2 has fewer columns"
[sources.complaints]
table = "complaints"
files = ["*.csv"]
shape = "wide"
headings = {reference = "Ref"}
[sources.complaints.stage1]
received_on = "In 1"
acknowledged_on = "Ack 1"
responded_on = "Out 1"
closed_on = "Closed 1"
[sources.complaints.stage2]
received_on = "In 2"
responded_on = "Out 2"
"""


@pytest.fixture(scope="module")
def lopsided(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The ledger of a wide export whose stage 2 has no acknowledgements and no closures."""
    folder = tmp_path_factory.mktemp("lopsided")
    (folder / "profile.toml").write_text(WIDE)
    (folder / "cases.csv").write_text(
        "Ref,In 1,Ack 1,Out 1,Closed 1,In 2,Out 2\n"
        "1,2023-06-05,2023-06-06,2023-06-19,2023-06-30,2023-07-03,2023-07-17\n"
    )
    return ledger_of(intake.load(folder, profiles.load(folder)).records, HAND_SETTINGS)


@pytest.mark.parametrize("name", ["acknowledged_in_time_rate", "closed"])
def test_a_column_of_one_stage_says_nothing_about_the_other(lopsided: Ledger, name: str) -> None:
    """A stage without a column has no value: neither 0% acknowledged nor 0 closed."""
    assert 1 == lopsided.at(f"stage1.{name}").value
    assert lopsided.at(f"stage2.{name}").value is None


# --- Last period ------------------------------------------------------------------------------

SETTINGS_TOML = """
data_as_at = {}-05-31
[landlord]
name = "Anytown Homes"
[period]
year = "{}"
"""
SURVEY = """
[survey.tp01]
satisfied = 364
answers = 708
"""
PROFILE_TOML = """
title = "Long"
[sources.complaints]
table = "complaints"
files = ["cases.csv"]
stage = "stage1"
headings = {reference = "Ref", received_on = "In", responded_on = "Out"}
"""


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The ledger of a project that has last year's export beside it."""
    folder = tmp_path_factory.mktemp("compared")
    earlier = folder / "last-year"
    earlier.mkdir()
    (folder / "profile.toml").write_text(PROFILE_TOML)
    previous = '[previous]\nproject = "last-year"\n[previous.figures]\n"stage1.responded" = 5\n'
    (folder / "report.toml").write_text(SETTINGS_TOML.format(2024, "2023/24") + SURVEY + previous)
    (earlier / "report.toml").write_text(SETTINGS_TOML.format(2023, "2022/23"))
    (earlier / "profile.toml").write_text(PROFILE_TOML)
    (folder / "cases.csv").write_text(
        "Ref,In,Out\n1,2023-06-05,2023-06-19\n2,2023-06-05,2023-06-19\n3,2023-06-05,\n"
    )
    (earlier / "cases.csv").write_text("Ref,In,Out\n1,2022-06-06,2022-06-19\n2,2022-06-06,\n")
    return compute(folder).ledger


def test_last_year_comes_from_its_own_export(compared: Ledger) -> None:
    """Two complaints a year ago and three now are an increase of 50%."""
    found = compared.at("stage1.received")
    assert (3, 2, Fraction(1, 2)) == (found.value, found.previous, found.change)
    assert "an increase of 50%" == found.change_shown


def test_what_is_typed_stands_over_what_is_counted(compared: Ledger) -> None:
    """A published figure of last year wins over the one recounted."""
    assert 5 == compared.at("stage1.responded").previous


def test_this_years_survey_is_not_last_years(compared: Ledger) -> None:
    """This year's settings hold this year's survey, which is no comparison from last year."""
    assert compared.at("tsm.tp01").previous is None
    assert compared.at("tsm.tp01").change_shown == UNKNOWN_CHANGE


def test_previous_figures_are_typed_in_pounds_and_by_known_id() -> None:
    """Money is typed in pounds and held in pence; an unknown id stops the run with near ones."""
    figures = catalogue.figures(HAND_SETTINGS)
    typed = {"compensation.total.amount": Decimal("76210.50"), "stage1.received": Decimal(780)}
    assert {
        ("compensation.total.amount", ()): 7_621_050,
        ("stage1.received", ()): 780,
    } == year_before.typed_previous(figures, typed)
    with pytest.raises(CannotRun) as found:
        year_before.typed_previous(figures, {"stage1.recieved": Decimal(1)})
    assert "stage1.received" in found.value.hint


# --- Laws for every figure --------------------------------------------------------------------

# A ledger takes a tenth of a second: fewer examples, in proportion to the profile's.
laws = effort(max_examples=effort().max_examples // 8)
ADDS_UP = (Count, Total)
VOLUMES = {"received", "responded", "closed", "due", "on_time", "late", "decided", "upheld"}


def keys(entry: Entry) -> tuple[str, ...]:
    """The keys of an entry's group."""
    return tuple(key for key, _ in entry.group)


@laws
@given(found=record_sets(), s=settings_sets, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(found: Records, s: Settings, order: Any) -> None:
    """The same rows in any order give the same ledger, to the last part."""
    shuffled = found
    for table in TABLES:
        rows = list(getattr(found, table))
        order.shuffle(rows)
        changed: dict[str, Any] = {table: tuple(rows)}
        shuffled = replace(shuffled, **changed)
    there = {(e.id, e.group): e.result for e in ledger_of(found, s).entries}
    assert there == {(e.id, e.group): e.result for e in ledger_of(shuffled, s).entries}


def found_at(found: Records, stage: str) -> bool:
    """Whether there is any complaint at a stage."""
    return any(c.stage == stage for c in found.complaints)


@laws
@given(found=record_sets(), s=settings_sets)
def test_laws_of_values_and_bases(found: Records, s: Settings) -> None:
    """No value is negative, no part exceeds its base, and an empty base gives no value.

    Nothing at all is known of how many went on to a stage that is not held.
    """
    for entry in ledger_of(found, s).entries:
        measure, result = entry.figure.measure, entry.result
        where = (entry.id, entry.group, result)
        if entry.id == "escalation.cohort_rate" and not found_at(found, "stage2"):
            assert result == NOTHING, where
            continue
        assert result.value is None or result.value >= 0, where
        assert result.set_aside >= 0, where
        if isinstance(measure, Share | Quotient):
            assert result.numerator is not None, where
            assert result.denominator is not None, where
            assert result.numerator <= result.denominator, where
            assert (result.value is None) == (result.denominator == 0), where
            assert result.value is None or 0 <= result.value <= 1, where
            assert result.value in {None, entry.share}, where
        elif isinstance(measure, Rate):
            assert result.denominator or result.value is None, where
        elif isinstance(measure, Average):
            assert (result.value is None) == (result.denominator == 0), where
        elif isinstance(measure, Count) and result.value is not None:
            assert result.value == result.numerator, where
            assert result.denominator is None or result.value <= result.denominator, where


@laws
@given(found=record_sets(), s=settings_sets)
def test_parts_add_up_to_the_whole(found: Records, s: Settings) -> None:
    """Each breakdown has a "not recorded", and its counts and sums add up to the whole."""
    ledger = ledger_of(found, s)
    totals: dict[tuple[str, tuple[str, ...]], int] = {}
    blanks: set[tuple[str, tuple[str, ...]]] = set()
    for entry in ledger.entries:
        if entry.group:
            spot = (entry.id, keys(entry))
            totals[spot] = totals.get(spot, 0) + entry.count
            blanks |= {spot} if all(v == NOT_RECORDED for _, v in entry.group) else set()
    assert set(totals) == blanks
    for (figure, by), total in totals.items():
        whole = ledger.at(figure)
        if isinstance(whole.figure.measure, ADDS_UP) and whole.value is not None:
            assert whole.count == total, (figure, by)


@laws
@given(found=record_sets(), s=settings_sets)
def test_parts_of_a_share_add_up_to_the_whole_base(found: Records, s: Settings) -> None:
    """Numerators, denominators and rows set aside of a breakdown add up to those of the whole."""
    ledger = ledger_of(found, s)
    sums: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for entry in ledger.entries:
        if entry.group and isinstance(entry.figure.measure, Share):
            r = entry.result
            at = sums.setdefault((entry.id, keys(entry)), [0, 0, 0])
            for n, part in enumerate((r.numerator, r.denominator, r.set_aside)):
                at[n] += part or 0
    for (figure, _), total in sums.items():
        whole = ledger.at(figure).result
        assert [whole.numerator, whole.denominator, whole.set_aside] == total, figure


@laws
@given(found=record_sets(), s=settings_sets)
def test_identities_hold_for_records_that_do_not_contradict_themselves(
    found: Records, s: Settings
) -> None:
    """Balances, timeliness, outcomes and sums agree whatever the records say."""
    assert () == identities.breaches(ledger_of(found, s), s)


@laws
@given(found=record_sets(), s=settings_sets)
def test_what_is_shown_is_the_exact_value_rounded_half_up(found: Records, s: Settings) -> None:
    """A printed figure, read back, is its exact value rounded once, half up."""
    for entry in ledger_of(found, s).entries:
        if entry.value is None:
            assert "no value" == entry.shown
            continue
        scale = {Unit.SHARE: Fraction(100), Unit.GBP: Fraction(1, 100)}.get(entry.figure.unit, 1)
        digits = entry.shown.strip("£%").replace(",", "")
        decimals = len(digits.partition(".")[2])
        assert Decimal(digits) == _rounded(entry.value * scale, decimals), (entry.id, entry.shown)


def _rounded(value: Fraction, decimals: int) -> Decimal:
    """The value by Python's own ROUND_HALF_UP, from far more digits than are shown."""
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@laws
@given(found=record_sets(), s=settings_sets)
def test_leaving_rows_that_are_not_counted_out_changes_no_volume(
    found: Records, s: Settings
) -> None:
    """Refused complaints, service requests and duplicates enter no cohort but their own."""
    counted = tuple(c for c in found.complaints if is_counted(c, s.scope.where))
    fewer = ledger_of(replace(found, complaints=counted), s)
    for entry in ledger_of(found, s).entries:
        stage, _, name = entry.id.partition(".")
        if stage in {"stage1", "stage2", "all_stages"} and name in VOLUMES and not entry.group:
            assert entry.value == fewer.at(entry.id).value, entry.id


def test_an_empty_project_has_no_rates_and_counts_of_nought() -> None:
    """Without a single row every share, rate and average has no value, and every count is 0."""
    found = ledger_of(records(), settings())
    for entry in found.entries:
        measure = entry.figure.measure
        expected = 0 if isinstance(measure, ADDS_UP) or entry.id == "all_stages.per_month" else None
        assert expected == entry.value, entry.id
    assert () == identities.breaches(found, settings())


# --- The catalogue ----------------------------------------------------------------------------

S_IDS = [
    "received",
    "responded",
    "closed",
    "open_at_start",
    "open_at_end",
    "due",
    "refused",
    "withdrawn",
    "acknowledged_in_time_rate",
    "on_time",
    "on_time_rate",
    "with_extension",
    "on_time_with_extension_rate",
    "late",
    "median_days",
    "mean_days",
    "decided",
    "upheld",
    "partly_upheld",
    "not_upheld",
    "uphold_rate",
]
OTHER_IDS = [
    "service_requests.received",
    "all_stages.received",
    "all_stages.upheld",
    "all_stages.partly_upheld",
    "all_stages.per_month",
    "escalation.rate",
    "escalation.cohort_rate",
    "escalation.requests",
    "compensation.total.cases",
    "compensation.total.amount",
    "compensation.total.median",
    "tsm.tp01",
    "tsm.tp09",
    "ombudsman.determinations",
    "ombudsman.findings",
    "ombudsman.maladministration_rate",
    "ombudsman.orders_complied_rate",
    "ombudsman.compensation_ordered",
    "learning.completed_rate",
]


def test_the_ids_that_scripts_depend_on_are_there() -> None:
    """Every id that the design promises is in the catalogue."""
    promised = {f"{stage}.{name}" for stage in ("stage1", "stage2") for name in S_IDS}
    promised |= {f"compensation.{s}.{n}" for s in ("stage1", "stage2") for n in ("cases", "amount")}
    promised |= {f"tsm.{m}.{s}" for m in ("ch01", "ch02") for s in ("stage1", "stage2")}
    promised |= set(OTHER_IDS)
    assert set() == promised - set(catalogue.figures(settings()))


def test_ids_are_unique() -> None:
    """No topic declares an id that another has, and no figure has a breakdown twice."""
    ids = [figure.id for topic in catalogue.TOPICS for figure in topic.figures(settings())]
    assert len(ids) == len(set(ids))
    for figure in catalogue.figures(settings()).values():
        assert len(figure.by) == len(set(figure.by)), figure.id


def test_every_figure_is_defined_in_a_sentence(worked: Ledger) -> None:
    """A definition begins with a capital, ends with a full stop, and holds no code words."""
    assert set(WHOLES) == set(worked.definitions)
    for figure, words in worked.definitions.items():
        assert re.fullmatch(r"[A-Z][^_{}]+\.", words), (figure, words)
        assert "  " not in words, figure
        assert not re.search(r"\bstage[12]\b|\bNone\b", words), (figure, words)


def test_labels_are_sentences_of_their_own_and_say_which_stage() -> None:
    """Labels are unique, and a figure over both stages says so."""
    figures = catalogue.figures(settings())
    labels = [figure.label for figure in figures.values()]
    assert len(labels) == len(set(labels))
    both = {i: f.label for i, f in figures.items() if i.startswith("all_stages.")}
    assert all("at either stage" in label for label in both.values())


def test_every_declared_field_exists() -> None:
    """What the cohorts need are fields of the records, or stages."""
    for figure in catalogue.figures(settings()).values():
        measure = figure.measure
        cohorts = [getattr(measure, "cohort", None)]
        if isinstance(measure, Rate):
            cohorts = [measure.over.cohort, getattr(measure.under, "cohort", None)]
        for cohort in filter(None, cohorts):
            names = {name for need in cohort.needs for name in need.split("|")}
            fields = {f"{cohort.table}.{name}" for name in names - set(STAGES)}
            assert fields <= EVERY_FIELD, figure.id


# --- The ledger -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "by", "message", "hint"),
    [
        ("stage1.recieved", {}, "There is no figure stage1.recieved", "stage1.received"),
        ("nothing.like.it", {}, "There is no figure nothing.like.it", "docs/figures.md"),
        ("stage1.received", {"service": "Repair"}, "no service 'Repair'", "Repairs"),
        ("stage1.received", {"service": "zzz"}, "no service 'zzz'", "Tenancy"),
        ("stage1.received", {"reason": "Delay"}, "not broken down by reason", "service"),
        ("tsm.tp01", {"service": "Repairs"}, "not broken down by service", "no breakdown"),
        (
            "stage1.received",
            {"service": "Repairs", "month": "2023-13"},
            "no month '2023-13'",
            "2023-12",
        ),
    ],
)
def test_the_ledger_names_what_it_lacks(
    worked: Ledger, figure: str, by: dict[str, str], message: str, hint: str
) -> None:
    """An unknown figure, breakdown or label stops the run with the near ones."""
    with pytest.raises(CannotRun) as found:
        worked.at(figure, **by)
    assert message in found.value.message
    assert hint in found.value.hint


def test_the_ledger_finds_a_part_whatever_the_order_of_its_keys(worked: Ledger) -> None:
    """A crossed group is one group, however it is asked for."""
    one = worked.at("stage1.received", service="Repairs", month="2023-06")
    assert one is worked.at("stage1.received", month="2023-06", service="Repairs")


def test_a_table_lists_groups_in_order_and_blanks_last(worked: Ledger) -> None:
    """Parts come in the order to print; a "not recorded" of nought is left out."""
    assert ["Repairs", "Tenancy", NOT_RECORDED] == [
        e.label for e in worked.by("stage1.received", "service")
    ]
    assert ["Upheld", "Partly upheld", "Not upheld"] == [
        e.label for e in worked.by("stage1.decided", "outcome")
    ]
    months = [e.label for e in worked.by("stage1.received", "month", service="Repairs")]
    assert (12, "2023-04", "2024-03") == (len(months), months[0], months[-1])


@pytest.mark.parametrize(
    ("figure", "by", "base", "shown"),
    [
        ("stage1.uphold_rate", {}, "3 of 4", "75%"),
        ("stage1.uphold_rate", {"service": NOT_RECORDED}, "0 of 0", "no value"),
        ("stage1.received", {"service": "Repairs"}, "3 of 6", "3"),
        ("stage1.received", {}, "no value", "6"),
        ("tsm.ch01.stage1", {}, "4 of 1,100", "3.6"),
        ("tsm.ch02.stage1", {}, "2 of 3", "66.7%"),
        ("compensation.total.amount", {}, "no value", "£475.50"),
        ("stage1.mean_days", {}, None, "12.2"),
        ("stage1.median_days", {}, None, "12"),
        ("all_stages.per_month", {}, "7 of 12", "1"),
        ("tsm.tp09", {}, "no value", "no value"),
    ],
)
def test_what_is_printed(
    worked: Ledger, figure: str, by: dict[str, str], base: str | None, shown: str
) -> None:
    """A value is printed by its unit, and its base beside it."""
    entry = worked.at(figure, **by)
    assert shown == entry.shown
    if base is not None:
        assert base == entry.base


def test_a_part_has_a_share_of_its_whole(worked: Ledger) -> None:
    """A count's share is its numerator over the whole's: 3 of 6 are 50%."""
    assert "50%" == worked.at("stage1.received", service="Repairs").share_shown


# --- Printing ---------------------------------------------------------------------------------

numbers = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


@given(numbers, st.integers(0, 4))
def test_half_up_agrees_with_the_decimal_module(value: Fraction, decimals: int) -> None:
    """Exact rounding agrees with ROUND_HALF_UP on sixty digits."""
    assert _rounded(value, decimals) == half_up(value, decimals)


@given(st.integers(-(10**6), 10**6), st.integers(0, 3))
def test_an_exact_half_goes_away_from_nought(whole: int, decimals: int) -> None:
    """2.5 is 3 and -2.5 is -3: never to even, never by a float's accident."""
    half = Fraction(2 * whole + 1, 2)
    away = whole + 1 if half > 0 else whole
    assert Decimal(away).scaleb(-decimals) == half_up(half / 10**decimals, decimals)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "shown"),
    [
        (Fraction(1234), Unit.COUNT, 0, "1,234"),
        (Fraction(0), Unit.COUNT, 0, "0"),
        (Fraction(382, 601), Unit.SHARE, 0, "64%"),
        (Fraction(1, 200), Unit.SHARE, 0, "1%"),
        (Fraction(199, 200), Unit.SHARE, 0, "100%"),
        (Fraction(2, 3), Unit.SHARE, 1, "66.7%"),
        (Fraction(1), Unit.SHARE, 1, "100.0%"),
        (Fraction(9_602_400), Unit.GBP, 0, "£96,024"),
        (Fraction(9_602_450), Unit.GBP, 0, "£96,024.50"),
        (Fraction(5), Unit.GBP, 0, "£0.05"),
        (Fraction(12), Unit.DAYS, 0, "12"),
        (Fraction(61, 5), Unit.DAYS, 0, "12.2"),
        (Fraction(25, 2), Unit.DAYS, 0, "12.5"),
        (Fraction(40, 11), Unit.PER_1000, 1, "3.6"),
        (Fraction(119, 2), Unit.PER_MONTH, 0, "60"),
        (Fraction(36_400, 708), Unit.SCORE, 1, "51.4%"),
        (None, Unit.SHARE, 0, "no value"),
    ],
)
def test_show(value: Fraction | None, unit: Unit, decimals: int, shown: str) -> None:
    """Thousands have commas, shares per cents, money pence only where there are any."""
    assert shown == show(value, unit, decimals)


@pytest.mark.parametrize(
    ("pence", "shown"),
    [(0, "£0"), (-5_050, "-£50.50"), (-100, "-£1"), (123_456_789, "£1,234,567.89")],
)
def test_money(pence: int, shown: str) -> None:
    """Pounds are whole where they are whole, and a sign stands before the pounds sign."""
    assert shown == money(Fraction(pence))


@pytest.mark.parametrize(
    ("value", "previous", "unit", "words"),
    [
        (575, 780, Unit.COUNT, "a decrease of 26%"),
        (9_602_400, 7_621_000, Unit.GBP, "an increase of 26%"),
        (780, 780, Unit.COUNT, "no change"),
        (1003, 1000, Unit.COUNT, "an increase of less than 1%"),
        (1005, 1000, Unit.COUNT, "an increase of 1%"),
        (997, 1000, Unit.COUNT, "a decrease of less than 1%"),
        (0, 5, Unit.COUNT, "a decrease of 100%"),
        (12, 1, Unit.DAYS, "an increase of 1,100%"),
        (5, 0, Unit.COUNT, UNKNOWN_CHANGE),
        (0, 0, Unit.COUNT, UNKNOWN_CHANGE),
        (5, None, Unit.COUNT, UNKNOWN_CHANGE),
        (None, 5, Unit.COUNT, UNKNOWN_CHANGE),
        (Fraction(64, 100), Fraction(45, 100), Unit.SHARE, "an increase of 19 percentage points"),
        (Fraction(45, 100), Fraction(46, 100), Unit.SHARE, "a decrease of 1 percentage point"),
        (
            Fraction(451, 1000),
            Fraction(450, 1000),
            Unit.SHARE,
            "an increase of less than 1 percentage point",
        ),
        (Fraction(1, 2), 0, Unit.SHARE, "an increase of 50 percentage points"),
        (Fraction(1, 2), Fraction(1, 2), Unit.SHARE, "no change"),
        (Fraction(514, 10), Fraction(551, 10), Unit.SCORE, "a decrease of 4 percentage points"),
        (Fraction(1, 2), None, Unit.SHARE, UNKNOWN_CHANGE),
    ],
    ids=repr,
)
def test_changes_in_words(
    value: Fraction | int | None, previous: Fraction | int | None, unit: Unit, words: str
) -> None:
    """Counts change by per cents, shares by percentage points, and from nought by nothing."""
    moved = change(
        None if value is None else Fraction(value),
        None if previous is None else Fraction(previous),
        unit,
    )
    assert words == change_in_words(moved, unit)


@given(numbers.filter(bool), numbers, st.sampled_from(list(Unit)))
def test_a_change_leads_from_one_value_to_the_other(
    previous: Fraction, value: Fraction, unit: Unit
) -> None:
    """The value before, moved by its change, is the value."""
    moved = change(value, previous, unit)
    assert moved is not None
    points = unit in {Unit.SHARE, Unit.SCORE}
    assert value == (previous + moved if points else previous * (1 + moved))


def test_a_ledger_holds_figures_by_id(worked: Ledger) -> None:
    """A figure is in the ledger by its id."""
    assert "stage1.received" in worked
    assert "stage1.recieved" not in worked

"""Row rules and links, each by an example worked out by hand.

June and July 2023 have no bank holidays, so there a week is five working days: a complaint
received on Monday 5 June is to be acknowledged by Monday 12 June, and one acknowledged on
Wednesday 7 June is to be answered by Wednesday 21 June (stage 1) or 5 July (stage 2).
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import action, award, complaint, day, finding, records, settings, terms_of
from hcreport.derive import complaints as rules
from hcreport.derive import links
from hcreport.derive.frame import DERIVED, STANDS_FOR_CASE, columns, frames
from hcreport.derive.terms import standing as standing_of
from hcreport.derive.terms import terms
from hcreport.problems import CannotRun

if TYPE_CHECKING:
    from hcreport.derive.terms import Terms
    from hcreport.records import Award, Record

# Received on Monday, acknowledged on Wednesday: due on 21 June at stage 1, 5 July at stage 2.
PLAIN: dict[str, Any] = {"received_on": "2023-06-05", "acknowledged_on": "2023-06-07"}


def judged(rule: Any, *others: Record, given: Any = None, **of: Any) -> Any:
    """Apply a rule to one complaint, under the settings in ``given``."""
    c = complaint(**of)
    return rule(c, terms_of(c, *others, **(given or {})))


# --- Who is counted ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ({}, "accepted"),
        ({"kind": "complaint"}, "accepted"),
        ({"closure": "no_response"}, "accepted"),
        ({"closure": "withdrawn"}, "withdrawn"),
        ({"withdrawn_on": "2023-06-09"}, "withdrawn"),
        ({"closure": "refused"}, "refused"),
        ({"refusal_reason": "Older than 12 months"}, "refused"),
        ({"kind": "service_request"}, "service_request"),
        ({"closure": "duplicate"}, "not_counted"),
        ({"closure": "logged_in_error"}, "not_counted"),
        ({"service": "Parking"}, "out_of_scope"),
        # The first that applies holds: scope, then kind, refusal, duplicate, withdrawal.
        (
            {"service": "Parking", "kind": "service_request", "closure": "refused"},
            "out_of_scope",
        ),
        ({"kind": "service_request", "closure": "refused"}, "service_request"),
        ({"kind": "service_request", "withdrawn_on": "2023-06-09"}, "service_request"),
        ({"refusal_reason": "Legal", "closure": "duplicate"}, "refused"),
        ({"refusal_reason": "Legal", "closure": "withdrawn"}, "refused"),
        ({"closure": "duplicate", "withdrawn_on": "2023-06-09"}, "not_counted"),
    ],
)
def test_standing(said: dict[str, Any], standing: str) -> None:
    """Each complaint has one standing, and where several apply the first of the list holds."""
    scope: dict[str, Any] = {"scope": {"where": {"service": ["Repairs", "Tenancy"]}}}
    c = complaint(**({"service": "Repairs"} | said))
    held = standing_of(c, terms_of(c, **scope).scope)
    assert standing == held
    assert held in rules.STANDINGS


def test_a_blank_is_out_of_a_scope_that_names_its_field() -> None:
    """A complaint that does not say its service is not in a scope of named services."""
    assert "out_of_scope" == standing_of(complaint(), {"service": ("Repairs",)})


# --- The clock --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "acknowledged", "by"),
    [
        ("stage1", "2023-06-05", "2023-06-19"),  # the same day
        ("stage1", "2023-06-07", "2023-06-21"),
        ("stage1", "2023-06-12", "2023-06-26"),  # on the last day
        ("stage1", "2023-06-13", "2023-06-26"),  # a day late buys no time
        ("stage1", "2023-09-01", "2023-06-26"),  # nor does a long silence
        ("stage1", None, "2023-06-26"),
        ("stage2", "2023-06-07", "2023-07-05"),
        ("stage2", "2023-06-13", "2023-07-10"),
        ("stage2", None, "2023-07-10"),
    ],
)
def test_the_codes_deadline(stage: str, acknowledged: str | None, by: str) -> None:
    """10 or 20 working days from acknowledgement, or from receipt + 5 where that is earlier."""
    c = complaint("2023-06-05", stage=stage, acknowledged_on=acknowledged)
    assert day("2023-06-12") == rules.acknowledge_by(c, terms_of(c))
    assert day(by) == rules.respond_by(c, terms_of(c))


@pytest.mark.parametrize("received", ["2023-06-03", "2023-06-04"])
def test_a_weekend_receipt_counts_from_the_monday(received: str) -> None:
    """Received on Saturday or Sunday, acknowledged by the Friday: Monday is day 1."""
    assert day("2023-06-09") == judged(rules.acknowledge_by, received_on=received)


def test_the_clock_stops_for_christmas() -> None:
    """Received 15 December 2023, acknowledged the same day: 10 working days end on 3 January."""
    c = complaint("2023-12-15", acknowledged_on="2023-12-15")
    # 18 to 22 December are 1 to 5, 27 to 29 are 6 to 8, 2 and 3 January are 9 and 10.
    assert day("2024-01-03") == rules.respond_by(c, terms_of(c))


def test_a_deadline_falls_into_the_next_year_over_easter() -> None:
    """Acknowledged 26 March 2024: Good Friday and Easter Monday push day 10 to 11 April."""
    c = complaint("2024-03-25", acknowledged_on="2024-03-26")
    assert day("2024-04-11") == rules.respond_by(c, terms_of(c))


@pytest.mark.parametrize(
    ("responded", "extended", "found"),
    [
        ("2023-06-19", None, "on_time"),
        ("2023-06-21", None, "on_time"),  # on the very day
        ("2023-06-22", None, "late"),
        ("2023-06-22", "2023-06-30", "with_extension"),
        ("2023-06-30", "2023-06-30", "with_extension"),  # on the extended day
        ("2023-07-03", "2023-06-30", "late"),  # after the extended day
        ("2023-07-05", "2023-12-31", "with_extension"),  # 10 more working days end on 5 July
        ("2023-07-06", "2023-12-31", "late"),  # an extension over the cap ends at the cap
        ("2023-06-21", "2023-06-14", "on_time"),  # an extension before the deadline is ignored
        ("2023-06-22", "2023-06-14", "late"),
        ("2023-06-20", "2023-06-30", "on_time"),  # an extension that was not needed
    ],
)
def test_timeliness_at_stage_1(responded: str, extended: str | None, found: str) -> None:
    """On time, with a valid extension and late exclude each other, to the day."""
    assert found == judged(rules.timeliness, **PLAIN, responded_on=responded, extended_to=extended)


@pytest.mark.parametrize(
    ("received", "acknowledged", "responded", "found"),
    [
        # 2022 Code: due 5 July 2023, and 10 more working days end on 19 July.
        ("2023-06-05", "2023-06-07", "2023-07-05", "on_time"),
        ("2023-06-05", "2023-06-07", "2023-07-19", "with_extension"),
        ("2023-06-05", "2023-06-07", "2023-07-20", "late"),
        # 2024 Code: due 3 July 2024, and 20 more working days end on 31 July.
        ("2024-06-03", "2024-06-05", "2024-07-03", "on_time"),
        ("2024-06-03", "2024-06-05", "2024-07-31", "with_extension"),
        ("2024-06-03", "2024-06-05", "2024-08-01", "late"),
    ],
)
def test_stage_2_extensions_by_code(
    received: str, acknowledged: str, responded: str, found: str
) -> None:
    """Stage 2 may be extended by 10 working days under the 2022 Code, 20 under that of 2024."""
    c = complaint(
        received,
        stage="stage2",
        acknowledged_on=acknowledged,
        responded_on=responded,
        extended_to="2024-12-31",
    )
    assert found == rules.timeliness(c, terms_of(c))


def test_the_code_of_the_day_of_receipt_holds_for_good() -> None:
    """A stage 2 complaint received on 28 March 2024 has the extension of the 2022 Code."""
    # Acknowledged 28 March: 20 working days end on 29 April, 10 more on 14 May.
    c = complaint(
        "2024-03-28", stage="stage2", acknowledged_on="2024-03-28", extended_to="2024-12-31"
    )
    t = terms_of(c)
    assert day("2024-04-29") == rules.respond_by(c, t)
    assert day("2024-05-14") == rules.extended_deadline(c, t, rules.respond_by(c, t))
    assert "Complaint Handling Code 2022" == rules.rules_of(c).name


def test_a_late_acknowledgement_makes_a_late_answer() -> None:
    """Ten working days after an acknowledgement on day 6 is one day too late."""
    late: dict[str, Any] = {"received_on": "2023-06-05", "acknowledged_on": "2023-06-13"}
    assert "on_time" == judged(rules.timeliness, **late, responded_on="2023-06-26")
    assert "late" == judged(rules.timeliness, **late, responded_on="2023-06-27")
    assert "no" == judged(rules.acknowledged_in_time, **late)


@pytest.mark.parametrize(
    ("stage", "responded", "found", "within"),
    [
        ("stage1", "2023-06-19", "on_time", "yes"),  # 10 working days from receipt
        ("stage1", "2023-06-20", "unknown", "unknown"),
        ("stage1", "2023-06-26", "unknown", "unknown"),  # 5 + 10
        ("stage1", "2023-06-27", "late", "no"),
        ("stage2", "2023-07-03", "on_time", "yes"),
        ("stage2", "2023-07-04", "unknown", "unknown"),
        ("stage2", "2023-07-10", "unknown", "unknown"),
        ("stage2", "2023-07-11", "late", "no"),
    ],
)
def test_an_unknown_acknowledgement(stage: str, responded: str, found: str, within: str) -> None:
    """Answered within N of receipt is in time, after 5 + N is not, between nobody can say."""
    assert found == judged(rules.timeliness, stage=stage, responded_on=responded)
    assert within == judged(rules.within_code, stage=stage, responded_on=responded)


@pytest.mark.parametrize(
    ("as_at", "extended", "found"),
    [
        ("2023-06-21", None, "not_yet_due"),  # the deadline itself
        ("2023-06-22", None, "late"),
        ("2023-06-22", "2023-06-30", "not_yet_due"),  # a valid extension still runs
        ("2023-06-30", "2023-06-30", "not_yet_due"),
        ("2023-07-01", "2023-06-30", "late"),
        ("2023-07-06", "2023-12-31", "late"),  # past the cap
    ],
)
def test_an_unanswered_complaint(as_at: str, extended: str | None, found: str) -> None:
    """Unanswered past its deadline, as at the day of the data, is late; before it, not yet due."""
    within = {"late": "no"}.get(found, "unknown")
    judge = {"given": {"data_as_at": day(as_at)}, **PLAIN, "extended_to": extended}
    assert found == judged(rules.timeliness, **judge)
    assert within == judged(rules.within_code, **judge)


def test_closing_never_stops_the_clock() -> None:
    """A complaint closed in time but answered late, or never, is late."""
    closed = {**PLAIN, "closed_on": "2023-06-08"}
    assert "late" == judged(rules.timeliness, **closed, responded_on="2023-06-22")
    assert "late" == judged(rules.timeliness, **closed)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        # The system's own yes to an answer is taken, whatever the dates say.
        ({"in_target": "yes", "due_on": "2023-06-21", "responded_on": "2023-07-31"}, "on_time"),
        ({"in_target": "yes", "responded_on": "2023-07-31"}, "on_time"),
        # Without an answer yet there is nothing to say yes to.
        ({"in_target": "yes", "due_on": "2023-06-21"}, "late"),
        ({"in_target": "yes", "due_on": "2024-06-03"}, "not_yet_due"),
        # Its no holds even before the due date, unless a valid extension rescues the answer.
        ({"in_target": "no", "due_on": "2023-06-21", "responded_on": "2023-06-20"}, "late"),
        ({"in_target": "no", "due_on": "2023-06-21", "responded_on": "2023-06-22"}, "late"),
        (
            {
                "in_target": "no",
                "due_on": "2023-06-21",
                "extended_to": "2023-06-30",
                "responded_on": "2023-06-30",
            },
            "with_extension",
        ),
        (
            {
                "in_target": "no",
                "due_on": "2023-06-21",
                "extended_to": "2023-12-31",
                "responded_on": "2023-07-06",
            },
            "late",
        ),
        ({"in_target": "no", "responded_on": "2023-06-06"}, "late"),
        # Where it is blank, the response is held against the recorded due date.
        ({"due_on": "2023-06-21", "responded_on": "2023-06-21"}, "on_time"),
        ({"due_on": "2023-06-21", "responded_on": "2023-06-22"}, "late"),
        (
            {"due_on": "2023-06-21", "extended_to": "2023-06-22", "responded_on": "2023-06-22"},
            "with_extension",
        ),
        ({"due_on": "2023-06-21"}, "late"),  # unanswered by 31 May 2024
        ({"due_on": "2024-06-03"}, "not_yet_due"),
        ({"responded_on": "2023-06-06"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_the_recorded_clock(said: dict[str, Any], found: str) -> None:
    """The system's yes or no decides; where it is blank, its due date does; else nobody knows."""
    assert found == judged(rules.timeliness, given={"timeliness": "recorded"}, **said)


def test_the_recorded_clock_leaves_the_codes_own_judgement_alone() -> None:
    """CH02 is judged by the Code even where the report's timeliness is the system's."""
    c = {**PLAIN, "responded_on": "2023-07-31", "in_target": "yes", "due_on": "2023-08-31"}
    assert "on_time" == judged(rules.timeliness, given={"timeliness": "recorded"}, **c)
    assert "no" == judged(rules.within_code, given={"timeliness": "recorded"}, **c)


def test_which_deadline_makes_a_complaint_due() -> None:
    """The Code's clock goes by its own deadline, the recorded one by due_on; neither extended."""
    c = {**PLAIN, "due_on": "2023-06-30", "extended_to": "2023-07-31"}
    assert day("2023-06-21") == judged(rules.deadline, **c)
    assert day("2023-06-30") == judged(rules.deadline, given={"timeliness": "recorded"}, **c)
    assert judged(rules.deadline, given={"timeliness": "recorded"}, **PLAIN) is None


def test_a_withdrawn_complaint_was_not_answered_within_the_code_or_without() -> None:
    """CH02 sets a withdrawn complaint aside."""
    c = {**PLAIN, "responded_on": "2023-06-08", "withdrawn_on": "2023-06-09"}
    assert "unknown" == judged(rules.within_code, **c)


@pytest.mark.parametrize(
    ("acknowledged", "as_at", "found"),
    [
        ("2023-06-05", "2024-05-31", "yes"),
        ("2023-06-12", "2024-05-31", "yes"),
        ("2023-06-13", "2024-05-31", "no"),
        (None, "2023-06-12", "unknown"),  # it may still come
        (None, "2023-06-13", "no"),
    ],
)
def test_acknowledged_in_time(acknowledged: str | None, as_at: str, found: str) -> None:
    """Five working days; silence past them is a no, and before them nobody can say."""
    given = {"data_as_at": day(as_at)}
    assert found == judged(rules.acknowledged_in_time, given=given, acknowledged_on=acknowledged)


def test_acknowledgements_that_were_never_recorded_are_unknown() -> None:
    """Without a column for it, silence says nothing."""
    c = complaint()
    t = terms_of(c, unmapped=["complaints.acknowledged_on"])
    assert "unknown" == rules.acknowledged_in_time(c, t)


def test_days_count_from_receipt() -> None:
    """Durations are working days from receipt; None where there was no such event."""
    c = {**PLAIN, "responded_on": "2023-06-21"}
    assert 2 == judged(rules.days_to_acknowledge, **c)
    assert 12 == judged(rules.days_to_respond, **c)
    assert 0 == judged(rules.days_to_respond, responded_on="2023-06-05")
    assert judged(rules.days_to_acknowledge) is None
    assert judged(rules.days_to_respond) is None


# --- Ends and balances ------------------------------------------------------------------------

RESPONDED, CLOSED = {"outcomes": "responded"}, {"outcomes": "closed"}
BEFORE = complaint("2023-01-09", reference="older", responded_on="2023-01-10")


@pytest.mark.parametrize(
    ("basis", "said", "end"),
    [
        (RESPONDED, {"responded_on": "2023-06-21", "closed_on": "2023-07-31"}, "2023-06-21"),
        (CLOSED, {"responded_on": "2023-06-21", "closed_on": "2023-07-31"}, "2023-07-31"),
        (CLOSED, {"responded_on": "2023-06-21"}, None),
        (RESPONDED, {"closed_on": "2023-07-31"}, None),
        (RESPONDED, {"withdrawn_on": "2023-06-09"}, "2023-06-09"),
        (CLOSED, {"withdrawn_on": "2023-06-09"}, "2023-06-09"),
        (RESPONDED, {"closure": "withdrawn", "closed_on": "2023-06-12"}, "2023-06-12"),
        (RESPONDED, {"closure": "withdrawn"}, None),
        (RESPONDED, {}, None),
    ],
)
def test_the_day_a_complaint_ends(
    basis: dict[str, str], said: dict[str, Any], end: str | None
) -> None:
    """Answered or closed by the basis in settings; a withdrawn one ends when it is withdrawn."""
    found = judged(rules.ended_on, given={"basis": basis}, **said)
    assert (day(end) if end else None) == found


# The period runs from 1 April 2023 to 31 March 2024.
@pytest.mark.parametrize("basis", ["responded", "closed"])
@pytest.mark.parametrize(
    ("received", "ended", "at_start", "at_end", "live"),
    [
        ("2023-03-31", "2023-03-31", "no", "no", "no"),
        ("2023-03-31", "2023-04-01", "yes", "no", "yes"),  # open through the first morning
        ("2023-03-31", None, "yes", "yes", "yes"),
        ("2023-04-01", "2023-04-01", "no", "no", "yes"),
        ("2023-04-01", None, "no", "yes", "yes"),
        ("2024-03-31", "2024-03-31", "no", "no", "yes"),
        ("2024-03-31", "2024-04-01", "no", "yes", "yes"),
        ("2024-04-01", None, "no", "no", "no"),
    ],
)
def test_open_and_live_on_boundary_days(
    basis: str, received: str, ended: str | None, at_start: str, at_end: str, live: str
) -> None:
    """Open at start: received before and not ended before; open at end: likewise, a year on."""
    event = "responded_on" if basis == "responded" else "closed_on"
    c = complaint(received, **{event: ended})
    t = terms_of(c, BEFORE, basis={"outcomes": basis})
    found = (rules.open_at_start(c, t), rules.open_at_end(c, t), rules.live_in_period(c, t))
    assert (at_start, at_end, live) == found


@pytest.mark.parametrize(
    "said", [{"closure": "refused"}, {"kind": "service_request"}, {"closure": "duplicate"}]
)
def test_what_is_not_counted_is_never_open(said: dict[str, str]) -> None:
    """Refused complaints, service requests and duplicates enter no balance."""
    c = complaint("2023-03-31", **said)
    t = terms_of(c, BEFORE)
    found = (rules.open_at_start(c, t), rules.open_at_end(c, t), rules.live_in_period(c, t))
    assert ("no", "no", "no") == found


def test_a_withdrawn_complaint_was_open_until_it_was_withdrawn() -> None:
    """Withdrawn complaints stay in the balance."""
    c = complaint("2023-03-31", withdrawn_on="2023-04-03")
    assert "yes" == rules.open_at_start(c, terms_of(c, BEFORE))


def test_no_rows_before_the_period_leave_the_opening_balance_unknown() -> None:
    """An export that begins with the period cannot say what was open; each stage for itself."""
    first, second = complaint("2023-05-01"), complaint("2023-05-01", stage="stage2")
    assert "unknown" == rules.open_at_start(first, terms_of(first))
    t = terms_of(first, second, BEFORE)
    assert ("no", "unknown") == (rules.open_at_start(first, t), rules.open_at_start(second, t))


def test_decided_is_whether_the_outcome_is_recorded() -> None:
    """A blank outcome is no decision."""
    assert "no" == judged(rules.decided)
    assert "yes" == judged(rules.decided, outcome="not_upheld")


# --- Links ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ({}, "yes"),
        ({"received_on": "2026-01-05"}, "yes"),  # at any time
        ({"closure": "withdrawn"}, "yes"),  # a request it was
        ({"closure": "refused"}, "no"),
        ({"refusal_reason": "Out of time"}, "no"),
        ({"reference": "0002"}, "no"),
        ({"stage": "stage1"}, "no"),
    ],
)
def test_escalated(second: dict[str, Any], found: str) -> None:
    """A stage 1 complaint is escalated when stage 2 has accepted its reference."""
    other = complaint(**({"received_on": "2023-07-03", "stage": "stage2"} | second))
    assert found == judged(rules.escalated, other)


@pytest.mark.parametrize(
    "second",
    [{"closure": "duplicate"}, {"closure": "logged_in_error"}, {"kind": "service_request"}],
)
def test_what_is_not_counted_escalates_nothing(second: dict[str, Any]) -> None:
    """A stage 2 row logged in error, or for a service request, makes no escalation."""
    other = complaint("2023-07-03", stage="stage2", **second)
    assert "no" == judged(rules.escalated, other)


S1 = complaint(reference="A", service="Repairs")
S2 = complaint(reference="A", stage="stage2", service="Tenancy")
ALONE = complaint(reference="B", stage="stage2", service="Estates")


@pytest.mark.parametrize(
    ("said", "stage", "service"),
    [
        ({"reference": "A", "stage": "stage1"}, "stage1", "Repairs"),
        ({"reference": "A", "stage": "stage2"}, "stage2", "Tenancy"),
        ({"reference": "A"}, None, "Repairs"),  # two stages: nobody can say which
        ({"reference": "B"}, "stage2", "Estates"),  # the only stage there is
        ({"reference": "B", "stage": "stage1"}, "stage1", "Estates"),
        ({"reference": "C"}, None, None),
        ({"reference": "C", "stage": "stage1"}, "stage1", None),
    ],
)
def test_an_award_finds_its_stage_and_service(
    said: dict[str, Any], stage: str | None, service: str | None
) -> None:
    """A blank stage is the reference's only one; the service is that of the complaint."""
    t = terms_of(S1, S2, ALONE)
    a = award(**said)
    assert (stage, service) == (links.award_stage(a, t), links.award_service(a, t))


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({}, "yes"),
        ({"status": "offered"}, "yes"),
        ({"status": "accepted"}, "yes"),
        ({"status": "paid"}, "yes"),
        ({"status": "declined"}, "no"),
        ({"status": "withdrawn"}, "no"),
        ({"amount": 0}, "no"),
        ({"amount": 1}, "yes"),
        ({"reference": "nobody's"}, "yes"),
        ({"reference": "P"}, "no"),  # its complaint is out of scope
    ],
)
def test_which_awards_count(said: dict[str, Any], counts: str) -> None:
    """Positive, neither declined nor withdrawn, and its complaint in scope."""
    scope: dict[str, Any] = {"where": {"service": ["Repairs"]}}
    inside = complaint(reference="0001", service="Repairs")
    outside = complaint(reference="P", service="Parking")
    assert counts == links.award_counts(award(**said), terms_of(inside, outside, scope=scope))


def _chosen(awards: tuple[Award, ...], t: Terms) -> set[int]:
    return {awards[n].place.row for n in links.awards_for_cases(awards, t)}


def test_the_award_that_stands_for_a_case_does_not_depend_on_the_order_of_rows() -> None:
    """It is the first by date, then the larger, then by reason; whatever order rows come in."""
    one: dict[str, Any] = {"reference": "A", "stage": "stage1"}
    earlier = award(1_000, **one, awarded_on="2023-06-05")
    later = award(90_000, **one, awarded_on="2023-06-06")
    smaller = award(2_000, reference="B", awarded_on="2023-06-05", reason="Delay")
    larger = award(3_000, reference="B", awarded_on="2023-06-05", reason="Delay")
    alike = award(3_000, reference="B", awarded_on="2023-06-05", reason="Distress")
    t = terms_of(S1, S2, ALONE)
    expected = {earlier.place.row, larger.place.row}
    for order in permutations((earlier, later, smaller, larger, alike)):
        assert expected == _chosen(order, t)


def test_each_stage_of_a_reference_is_a_case_and_only_counted_awards_stand() -> None:
    """Awards declined, outside the period or undated stand for nothing."""
    stands = award(reference="A", stage="stage1", awarded_on="2024-03-31")
    too = award(reference="A", stage="stage2", awarded_on="2023-04-01")
    declined = award(reference="B", awarded_on="2023-06-05", status="declined")
    outside = award(reference="B", awarded_on="2024-04-01")
    undated = award(reference="B")
    t = terms_of(S1, S2, ALONE)
    assert {stands.place.row, too.place.row} == _chosen(
        (undated, outside, declined, too, stands), t
    )


def test_one_finding_stands_for_each_determination_of_the_ombudsmans_year() -> None:
    """Several findings of a case are one determination, in whatever order they come."""
    found = (
        finding(case="F1", category="Repairs"),
        finding(case="F1", category="Complaint handling"),
        finding(case="F2", decided_on="2024-03-31"),
        finding(case="F3", decided_on="2024-04-01"),
    )
    for order in permutations(found):
        chosen = links.findings_for_cases(order, terms_of())
        assert {found[1], found[2]} == {order[n] for n in chosen}


# --- Frames -----------------------------------------------------------------------------------


def test_every_derived_column_is_in_its_frame_with_a_label() -> None:
    """Each table's frame holds its recorded fields, its derived columns, and its places."""
    rows = (complaint(), award(awarded_on="2023-06-05"), finding(), action())
    made = frames(records(*rows), terms_of(*rows))
    for table, frame in made.items():
        named = {"file", "sheet", "row"} | set(columns(table))
        assert named == set(frame.columns)
        assert all(len(frame.values(name)) == len(frame) for name in frame.columns)
        assert {d.name for d in DERIVED[table]} <= named
        assert all(info.label for info in columns(table).values())
    assert ["yes"] == made["awards"].values(STANDS_FOR_CASE)


def test_every_answer_has_a_printed_label() -> None:
    """Every value that a rule with codes can give is one of its codes."""
    rows = (
        BEFORE,
        complaint(closure="refused"),
        complaint(kind="service_request"),
        complaint(withdrawn_on="2023-06-09"),
        complaint(responded_on="2023-06-20"),
        complaint("2024-05-30"),
    )
    t = terms_of(*rows)
    for column in DERIVED["complaints"]:
        if column.codes:
            assert {column.rule(c, t) for c in rows} <= set(column.codes), column.name


def test_empty_tables_make_empty_frames() -> None:
    """A project without a single row has frames with all their columns."""
    made = frames(records(), terms_of())
    assert dict.fromkeys(made, 0) == {table: len(frame) for table, frame in made.items()}
    assert all(list(frame.values(name)) == [] for frame in made.values() for name in frame.columns)


offsets = st.none() | st.integers(0, 90)


@given(
    received=st.dates(day("2022-04-01"), day("2025-12-31")),
    offset=st.tuples(offsets, offsets, offsets),
    stage=st.sampled_from(["stage1", "stage2"]),
)
def test_laws_of_the_clock(
    received: date, offset: tuple[int | None, int | None, int | None], stage: str
) -> None:
    """An earlier answer never fares worse, an extension never harms, a blank never passes."""
    acknowledged, responded, extended = (
        None if n is None else received + timedelta(days=n) for n in offset
    )
    said = {"acknowledged_on": acknowledged, "responded_on": responded, "stage": stage}
    as_at: dict[str, Any] = {"data_as_at": day("2026-12-31")}
    plain = complaint(received, **said)
    longer = complaint(received, **said, extended_to=extended)
    t = terms_of(plain, **as_at)
    assert rules.acknowledge_by(plain, t) < rules.respond_by(plain, t)
    good = {"on_time", "with_extension"}
    if rules.timeliness(plain, t) in good:
        assert rules.timeliness(plain, t) == rules.timeliness(longer, t)
    if responded is None:
        assert rules.timeliness(longer, t) not in good
    elif responded > received and rules.timeliness(longer, t) in good:
        sooner = complaint(
            received,
            **(said | {"responded_on": responded - timedelta(days=1)}),
            extended_to=extended,
        )
        assert rules.timeliness(sooner, t) in {*good, "unknown"}


def test_records_hold_no_field_for_a_person() -> None:
    """No derived column and no field of a complaint is a name, an address or a contact."""
    forbidden = ("name", "address", "email", "phone", "postcode", "tenant")
    held = {f.name for f in fields(complaint())} | {d.name for d in DERIVED["complaints"]}
    assert set() == {name for name in held if any(word in name for word in forbidden)}


def test_a_scope_by_an_unknown_field_cannot_run() -> None:
    """A misspelt field in [scope] where is refused before a row is judged, naming it."""
    with pytest.raises(CannotRun, match="servce"):
        terms_of(scope={"where": {"servce": ["Repairs"]}})


def test_terms_know_the_stages_that_have_an_opening() -> None:
    """Only a complaint received before the period gives its stage an opening balance."""
    s = settings()
    found = terms(records(BEFORE, complaint("2023-04-01", stage="stage2")), s, s.report_period)
    assert frozenset({"stage1"}) == found.has_opening

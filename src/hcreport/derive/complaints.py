"""Row rules for complaints: all that the program concludes about one complaint.

Each rule is a small function from a complaint to a value. Answers are text (``yes``, ``no``,
``unknown``), never a blank that something downstream might read as no. All durations are working
days (see ``calendar/working_days.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from hcreport.calendar.code import RuleSet, in_force_on
from hcreport.calendar.periods import month_of, quarter_of
from hcreport.derive.column import Derived
from hcreport.derive.terms import (
    ANSWERS,
    NO,
    UNKNOWN,
    YES,
    Terms,
    is_counted,
    is_withdrawn,
    standing,
)

if TYPE_CHECKING:
    from hcreport.calendar.working_days import WorkingDays
    from hcreport.records import Complaint

STANDINGS = {
    "accepted": "Accepted",
    "withdrawn": "Withdrawn",
    "refused": "Refused",
    "service_request": "Service request",
    "not_counted": "Duplicate or logged in error",
    "out_of_scope": "Out of scope",
}
TIMELINESS = {
    "on_time": "On time",
    "with_extension": "On time with a valid extension",
    "late": "Late",
    "not_yet_due": "Not yet due",
    UNKNOWN: "Unknown",
}
WITHIN_CODE = {"on_time": YES, "with_extension": YES, "late": NO}

# --- The clock (Code 6.2 to 6.4 and 6.11 to 6.15) ---------------------------------------------

# Several columns go by the same deadline, and many complaints have the same dates: what follows
# from dates alone is remembered by them.


def rules_of(c: Complaint) -> RuleSet:
    """The Code as it stood when the complaint was received."""
    return in_force_on(c.received_on)


def acknowledge_by(c: Complaint, t: Terms) -> date:
    """The last day for acknowledging the complaint (Code 6.2, 6.11)."""
    return _acknowledge_by(t.days, c.received_on)


@cache
def _acknowledge_by(days: WorkingDays, received_on: date) -> date:
    return days.after(received_on, in_force_on(received_on).acknowledge_within)


def respond_by(c: Complaint, t: Terms) -> date:
    """The Code's last day for the response, without extension (Code 6.3, 6.14).

    The clock starts at acknowledgement. A late one buys no time and an unknown one is given the
    benefit of the doubt: both start the clock on the last day for acknowledging.
    """
    return _respond_by(t.days, c.stage, c.received_on, c.acknowledged_on)


@cache
def _respond_by(
    days: WorkingDays, stage: str, received_on: date, acknowledged_on: date | None
) -> date:
    latest = _acknowledge_by(days, received_on)
    start = min(acknowledged_on, latest) if acknowledged_on else latest
    return days.after(start, in_force_on(received_on).limits(stage).respond_within)


def deadline(c: Complaint, t: Terms) -> date | None:
    """The deadline that decides when the complaint was due; never the extended one."""
    return respond_by(c, t) if t.by_code else c.due_on


def extended_deadline(c: Complaint, t: Terms, due: date) -> date:
    """The deadline with its extension, as far as the Code lets one reach (Code 6.4, 6.15)."""
    if c.extended_to is None:
        return due
    cap = t.days.after(due, rules_of(c).limits(c.stage).extension_at_most)
    return max(due, min(c.extended_to, cap))


def _against(c: Complaint, t: Terms, due: date) -> str:
    """The response, or its absence, held against a deadline and its valid extension."""
    extended = extended_deadline(c, t, due)
    if c.responded_on is None:
        return "late" if t.data_as_at > extended else "not_yet_due"
    if c.responded_on <= due:
        return "on_time"
    return "with_extension" if c.responded_on <= extended else "late"


def code_timeliness(c: Complaint, t: Terms) -> str:
    """Whether the response met the Code, recomputed from the dates.

    Without an acknowledgement date, an answer within the limit of receipt was in time whenever
    the acknowledgement was, and one beyond the latest possible deadline was not; between the two
    nobody can say.
    """
    found = _against(c, t, respond_by(c, t))
    if c.acknowledged_on is None and c.responded_on is not None and found == "on_time":
        sure = t.days.after(c.received_on, rules_of(c).limits(c.stage).respond_within)
        return "on_time" if c.responded_on <= sure else UNKNOWN
    return found


def recorded_timeliness(c: Complaint, t: Terms) -> str:
    """Whether the response met the target the case system recorded.

    The system's own yes or no to an answered complaint is taken; where it is blank, or there is
    no answer yet, the recorded due date decides. A no can still be in time with a valid extension.
    """
    if c.responded_on is not None and c.in_target == YES:
        return "on_time"
    if c.due_on is None:
        return "late" if c.in_target == NO else UNKNOWN
    found = _against(c, t, c.due_on)
    return "late" if c.in_target == NO and found == "on_time" else found


def timeliness(c: Complaint, t: Terms) -> str:
    """On time, with a valid extension, late, not yet due or unknown, by the clock in settings."""
    return code_timeliness(c, t) if t.by_code else recorded_timeliness(c, t)


def within_code(c: Complaint, t: Terms) -> str:
    """Whether it was answered within the Code, a valid extension included (TSM CH02)."""
    if standing(c, t.scope) == "withdrawn":
        return UNKNOWN
    return WITHIN_CODE.get(code_timeliness(c, t), UNKNOWN)


def judged(c: Complaint, t: Terms) -> str:
    """Whether that can be said, and if not, why: withdrawn, too early, or the dates leave it open.

    It agrees with :func:`within_code`: what is judged is a yes or a no there.
    """
    if standing(c, t.scope) == "withdrawn":
        return "withdrawn"
    found = code_timeliness(c, t)
    if found in WITHIN_CODE:
        return "judged"
    return "not_yet_due" if found == "not_yet_due" else UNKNOWN


def acknowledged_in_time(c: Complaint, t: Terms) -> str:
    """Whether acknowledged within the limit; silence past the limit is a no (Code 6.2, 6.11)."""
    last = acknowledge_by(c, t)
    if c.acknowledged_on is not None:
        return YES if c.acknowledged_on <= last else NO
    if is_withdrawn(c):
        return UNKNOWN
    return NO if c.stage in t.acknowledgement_mapped and t.data_as_at > last else UNKNOWN


def days_to_acknowledge(c: Complaint, t: Terms) -> int | None:
    """Working days from receipt to acknowledgement."""
    return _days_between(t.days, c.received_on, c.acknowledged_on) if c.acknowledged_on else None


def days_to_respond(c: Complaint, t: Terms) -> int | None:
    """Working days from receipt to response."""
    return _days_between(t.days, c.received_on, c.responded_on) if c.responded_on else None


@cache
def _days_between(days: WorkingDays, start: date, end: date) -> int:
    return days.between(start, end)


# --- Ends and balances ------------------------------------------------------------------------


def ended_on(c: Complaint, t: Terms) -> date | None:
    """The day the complaint stopped being open, by the basis in settings."""
    if is_withdrawn(c):
        return c.withdrawn_on or c.closed_on or c.responded_on
    return c.closed_on if t.over_closed else c.responded_on


def open_at_start(c: Complaint, t: Terms) -> str:
    """Whether it was open when the period began; unknown if the export starts with the period."""
    if c.stage not in t.has_opening:
        return UNKNOWN
    end = ended_on(c, t)
    is_open = c.received_on < t.period.start and (end is None or end >= t.period.start)
    return YES if is_open and is_counted(c, t.scope) else NO


def open_at_end(c: Complaint, t: Terms) -> str:
    """Whether it was open when the period ended."""
    end = ended_on(c, t)
    is_open = c.received_on <= t.period.end and (end is None or end > t.period.end)
    return YES if is_open and is_counted(c, t.scope) else NO


def undated(c: Complaint, t: Terms) -> str:
    """Whether it is over without a day on which it ended; such a one counts as still open."""
    is_over = is_withdrawn(c) or c.closure is not None
    return YES if is_over and ended_on(c, t) is None else NO


def live_in_period(c: Complaint, t: Terms) -> str:
    """Whether it was open at some time in the period: open at its start, or received in it."""
    live = c.received_on in t.period or open_at_start(c, t) == YES
    return YES if live and is_counted(c, t.scope) else NO


def arrived(c: Complaint, t: Terms) -> str:
    """Whether it was received before, in or after the period: what ties its cohorts together."""
    if c.received_on < t.period.start:
        return "before"
    return "during" if c.received_on in t.period else "after"


def decided(c: Complaint, _: Terms) -> str:
    """Whether the landlord's decision is recorded."""
    return NO if c.outcome is None else YES


def escalated(c: Complaint, t: Terms) -> str:
    """Whether a stage 1 complaint has a stage 2 complaint, at any time."""
    return YES if c.reference in t.escalated else NO


# --- The columns ------------------------------------------------------------------------------


@cache
def _month_of(day: date | None) -> str | None:
    return month_of(day) if day else None


@cache
def _quarter_of(day: date | None) -> str | None:
    return quarter_of(day) if day else None


def _month(of: str) -> Callable[[Any, Terms], str | None]:
    return lambda row, _: _month_of(getattr(row, of))


def _quarter(of: str) -> Callable[[Any, Terms], str | None]:
    return lambda row, _: _quarter_of(getattr(row, of))


# The name of the cohort says it already.
SAID = {YES: ""}
TIMELY = {
    "on_time": "answered on time",
    "with_extension": "answered within a valid extension",
    "late": "answered or still open after the deadline",
}
JUDGED = {
    "judged": "Can be judged",
    "withdrawn": "Withdrawn",
    "not_yet_due": "Not yet due",
    UNKNOWN: "The dates leave it open",
}
ARRIVALS = {
    "before": "Received before the period",
    "during": "Received in the period",
    "after": "Received after the period",
}
COLUMNS = (
    Derived("arrived", "Received before, in or after the period", arrived, ARRIVALS),
    Derived("standing", "Standing", lambda c, t: standing(c, t.scope), STANDINGS),
    Derived("rule_set", "Rule set", lambda c, _: rules_of(c).name),
    Derived("acknowledge_by", "Acknowledge by", acknowledge_by),
    Derived("respond_by", "Respond by (Code)", respond_by),
    Derived("deadline", "Deadline", deadline),
    Derived("days_to_acknowledge", "Working days to acknowledge", days_to_acknowledge),
    Derived("days_to_respond", "Working days to respond", days_to_respond),
    Derived(
        "acknowledged_in_time",
        "Acknowledged in time",
        acknowledged_in_time,
        ANSWERS,
        {YES: "acknowledged in time"},
    ),
    Derived("timeliness", "Timeliness", timeliness, TIMELINESS, TIMELY),
    Derived(
        "within_code",
        "Answered within the Code",
        within_code,
        ANSWERS,
        {YES: "answered within the Code's timescales"},
    ),
    Derived("judged", "Can be judged by the Code", judged, JUDGED),
    Derived("decided", "Decided", decided, ANSWERS, {YES: "with a recorded decision"}),
    Derived("ended_on", "Ended on", ended_on),
    Derived("open_at_start", "Open at start", open_at_start, ANSWERS, SAID),
    Derived("open_at_end", "Open at end", open_at_end, ANSWERS, SAID),
    Derived("undated", "Over without a date", undated, ANSWERS, SAID),
    Derived("live_in_period", "Live in the period", live_in_period, ANSWERS),
    Derived(
        "escalated",
        "Escalated to stage 2",
        escalated,
        ANSWERS,
        {YES: "that went on to stage 2, at any time"},
    ),
    Derived("month_received", "Month received", _month("received_on")),
    Derived("month_responded", "Month responded", _month("responded_on")),
    Derived("month_closed", "Month closed", _month("closed_on")),
    Derived("quarter_received", "Quarter received", _quarter("received_on")),
    Derived("quarter_responded", "Quarter responded", _quarter("responded_on")),
    Derived("quarter_closed", "Quarter closed", _quarter("closed_on")),
    Derived("month_due", "Month due", lambda c, t: _month_of(deadline(c, t))),
    Derived("quarter_due", "Quarter due", lambda c, t: _quarter_of(deadline(c, t))),
)

"""Checks across records: what each row may say alone and not together. Problems, never raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from hcreport.derive.complaints import ended_on
from hcreport.derive.links import award_stage, complaint_of
from hcreport.derive.terms import Terms, is_refused, standing
from hcreport.problems import Place, Problem, Rule, Severity
from hcreport.records import STAGES

if TYPE_CHECKING:
    from hcreport.records import Complaint, Records

BEFORE_RECEIPT = Rule(
    "X101",
    Severity.ERROR,
    "Something happened before the complaint was received",
    "Correct the date of receipt, or the later date, in the case system and export again.",
)
CLOSED_BEFORE_RESPONSE = Rule(
    "X102",
    Severity.WARNING,
    "A complaint was closed before it was answered",
    "Check both dates. The date of the response decides timeliness; closing dates never do.",
)
NO_STAGE_1 = Rule(
    "X103",
    Severity.WARNING,
    "A stage 2 complaint has no stage 1",
    "Check the reference. Stage 1 may lie in an earlier export, which can be added beside it.",
)
REPEATED = Rule(
    "X104",
    Severity.ERROR,
    "A complaint stands in the exports twice",
    "Take out the repeated row, or the file that repeats it: it would be counted twice.",
)
AWARD_WITHOUT_COMPLAINT = Rule(
    "X105",
    Severity.WARNING,
    "An award has no complaint",
    "Check the reference. The award is counted, with its service as not recorded.",
)
AWARD_WITHOUT_STAGE = Rule(
    "X106",
    Severity.ERROR,
    "It is not clear which stage an award belongs to",
    "Fill in the stage: the case has both, or there is no such case.",
)
AWARD_WITHOUT_DATE = Rule(
    "X107",
    Severity.ERROR,
    "An award has no date",
    "Fill in the date: without it nobody can say which year the award belongs to.",
)
AFTER_EXTRACT = Rule(
    "X108",
    Severity.ERROR,
    "An event lies after the day of the extract",
    "Correct the date, or set data_as_at in report.toml to the day the export was made.",
)
UNKNOWN_SCOPE = Rule(
    "X109",
    Severity.WARNING,
    "A value in [scope] where does not occur in the exports",
    "Correct it in report.toml, unless there really were no such complaints.",
)
SAME_AWARD = Rule(
    "X110",
    Severity.WARNING,
    "Two rows of a table are the same",
    "Take one out if it is a repeat; both are counted.",
)
NO_DEADLINE = Rule(
    "X111",
    Severity.WARNING,
    "A complaint has no due date",
    "Fill it in: a complaint without one is left out of what was due, and of timeliness.",
)
DECIDED_AND_OUT = Rule(
    "X112",
    Severity.WARNING,
    "A complaint was refused or withdrawn, and answered too",
    "Check the row, and that the profile's columns for refusal and withdrawal are what they seem. "
    "It is not counted among the answered.",
)
NEVER_ENDS = Rule(
    "X113",
    Severity.WARNING,
    "A complaint is over, and the exports do not say when",
    "Fill in the date; without it the complaint counts as still open.",
)
OUT_OF_TIME = Rule(
    "X114",
    Severity.ERROR,
    "No complaint was received in the report's period",
    "Correct [period] in report.toml, or add the exports of that period.",
)
EARLY_EXTRACT = Rule(
    "X115",
    Severity.WARNING,
    "The extract was made before the period ended",
    "Set data_as_at in report.toml to the day of the export, and export again after the period.",
)
AWARD_OF_OTHER_STAGE = Rule(
    "X116",
    Severity.WARNING,
    "An award is for a stage that its complaint did not reach",
    "Check the stage. The award is counted at the stage it gives.",
)
STAGE_2_FIRST = Rule(
    "X117",
    Severity.WARNING,
    "A stage 2 complaint was received before its stage 1",
    "Check both dates of receipt.",
)
NO_AREA = Rule(
    "X118",
    Severity.WARNING,
    "A complaint is out of scope because a field is blank",
    "Fill in the field that [scope] where goes by.",
)
NOWHERE = Place("")
EVENTS = (
    ("acknowledged_on", "acknowledged"),
    ("responded_on", "answered"),
    ("closed_on", "closed"),
    ("withdrawn_on", "withdrawn"),
)
Check = Callable[["Records", Terms], Iterator[Problem]]


def _order_of_events(records: Records, terms: Terms) -> Iterator[Problem]:
    for c in _in_scope(records, terms):
        if c.received_on > terms.data_as_at:
            message = f"received on {c.received_on}, after {terms.data_as_at}"
            yield Problem(AFTER_EXTRACT, c.place, message, c.reference)
        for name, verb in EVENTS:
            day = getattr(c, name)
            if day is None:
                continue
            if day < c.received_on:
                message = f"{verb} on {day} but received on {c.received_on}"
                yield Problem(BEFORE_RECEIPT, c.place, message, c.reference)
            if day > terms.data_as_at:
                message = f"{verb} on {day}, after {terms.data_as_at}"
                yield Problem(AFTER_EXTRACT, c.place, message, c.reference)
        if c.closed_on and c.responded_on and c.closed_on < c.responded_on:
            message = f"closed on {c.closed_on} but answered on {c.responded_on}"
            yield Problem(CLOSED_BEFORE_RESPONSE, c.place, message, c.reference)


def _in_scope(records: Records, terms: Terms) -> Iterable[Complaint]:
    """The complaints the report is about: a mistake in another area's row is not ours."""
    if not terms.scope:
        return records.complaints
    return (c for c in records.complaints if standing(c, terms.scope) != "out_of_scope")


def _standings(records: Records, terms: Terms) -> Iterator[Problem]:
    for c in records.complaints:
        held = standing(c, terms.scope)
        if held in {"refused", "withdrawn"} and (c.outcome or c.responded_on):
            what = "an outcome" if c.outcome else f"an answer of {c.responded_on}"
            yield Problem(DECIDED_AND_OUT, c.place, f"{held}, with {what}", c.reference)
        if held == "withdrawn" and ended_on(c, terms) is None:
            yield Problem(NEVER_ENDS, c.place, "withdrawn, without a date", c.reference)
        if held == "accepted" and c.closure is not None and ended_on(c, terms) is None:
            message = "closed without a response, and without a date that ends it"
            yield Problem(NEVER_ENDS, c.place, message, c.reference)
        if held == "accepted" and not terms.by_code and c.due_on is None:
            yield Problem(NO_DEADLINE, c.place, "the row gives no due date", c.reference)
        if held == "out_of_scope":
            blank = [name for name in terms.scope if getattr(c, name) is None]
            if blank:
                yield Problem(NO_AREA, c.place, f"no {blank[0].replace('_', ' ')}", c.reference)


def _stages(records: Records, terms: Terms) -> Iterator[Problem]:
    first = {c.reference: c for c in records.complaints if c.stage == "stage1"}
    for c in _in_scope(records, terms):
        if c.stage != "stage2":
            continue
        before = first.get(c.reference)
        if before is None and not is_refused(c):
            yield Problem(NO_STAGE_1, c.place, "its stage 1 is not in the exports", c.reference)
        elif before is not None and c.received_on < before.received_on:
            message = f"received on {c.received_on}, its stage 1 on {before.received_on}"
            yield Problem(STAGE_2_FIRST, c.place, message, c.reference)


def _repeats(records: Records, _: Terms) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Place] = {}
    for c in records.complaints:
        key = (c.reference, c.stage)
        if key in seen:
            yield Problem(REPEATED, c.place, f"it stands at {seen[key]} too", c.reference)
        seen.setdefault(key, c.place)
    for rows in (records.awards, records.findings, records.actions):
        same: dict[object, Place] = {}
        for row in rows:
            content = replace(row, place=NOWHERE)
            if content in same:
                yield Problem(SAME_AWARD, row.place, f"the same as {same[content]}")
            same.setdefault(content, row.place)


def _awards(records: Records, terms: Terms) -> Iterator[Problem]:
    if not records.complaints:
        return
    for a in records.awards:
        c, stage = complaint_of(a, terms), award_stage(a, terms)
        if c is None:
            message = "no complaint has its reference"
            yield Problem(AWARD_WITHOUT_COMPLAINT, a.place, message, a.reference)
        elif stage is not None and c.stage != stage:
            message = f"it is for {STAGES[stage].lower()}"
            yield Problem(AWARD_OF_OTHER_STAGE, a.place, message, a.reference)
        if stage is None:
            yield Problem(AWARD_WITHOUT_STAGE, a.place, "the row gives no stage", a.reference)
        if a.awarded_on is None:
            yield Problem(AWARD_WITHOUT_DATE, a.place, "the row gives no date", a.reference)
        elif a.awarded_on > terms.data_as_at:
            message = f"awarded on {a.awarded_on}, after {terms.data_as_at}"
            yield Problem(AFTER_EXTRACT, a.place, message, a.reference)
        elif c is not None and a.awarded_on < c.received_on:
            message = f"awarded on {a.awarded_on} but received on {c.received_on}"
            yield Problem(BEFORE_RECEIPT, a.place, message, a.reference)


def _scope(records: Records, terms: Terms) -> Iterator[Problem]:
    for name, values in terms.scope.items():
        held = {getattr(c, name) for c in records.complaints}
        for value in values:
            if value not in held:
                place = Place("report.toml", heading=f"scope.where.{name}")
                yield Problem(UNKNOWN_SCOPE, place, "no complaint has this value", value)


def _period(records: Records, terms: Terms) -> Iterator[Problem]:
    place = Place("report.toml", heading="period")
    days = [c.received_on for c in _in_scope(records, terms)]
    if days and not any(day in terms.period for day in days):
        message = f"the complaints in the exports run from {min(days)} to {max(days)}"
        yield Problem(OUT_OF_TIME, place, message, terms.period.label)
    if terms.data_as_at < terms.period.end:
        message = f"data_as_at is {terms.data_as_at}, the period ends on {terms.period.end}"
        yield Problem(EARLY_EXTRACT, place, message)


CHECKS: tuple[Check, ...] = (
    _period,
    _order_of_events,
    _standings,
    _stages,
    _repeats,
    _awards,
    _scope,
)
RULES = (
    BEFORE_RECEIPT,
    CLOSED_BEFORE_RESPONSE,
    NO_STAGE_1,
    REPEATED,
    AWARD_WITHOUT_COMPLAINT,
    AWARD_WITHOUT_STAGE,
    AWARD_WITHOUT_DATE,
    AFTER_EXTRACT,
    UNKNOWN_SCOPE,
    SAME_AWARD,
    NO_DEADLINE,
    DECIDED_AND_OUT,
    NEVER_ENDS,
    OUT_OF_TIME,
    EARLY_EXTRACT,
    AWARD_OF_OTHER_STAGE,
    STAGE_2_FIRST,
    NO_AREA,
)


def run(records: Records, terms: Terms) -> tuple[Problem, ...]:
    """Every problem that every check finds."""
    return tuple(problem for check in CHECKS for problem in check(records, terms))

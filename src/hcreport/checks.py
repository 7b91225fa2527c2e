"""Checks across records: what each row may say alone and not together. Problems, never raised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from hcreport.derive.links import award_stage, complaint_of
from hcreport.derive.terms import Terms, is_refused
from hcreport.problems import Place, Problem, Rule, Severity

if TYPE_CHECKING:
    from hcreport.records import Records

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
    Severity.ERROR,
    "A value in [scope] where does not occur in the exports",
    "Correct it in report.toml: as it stands, nothing would match it.",
)
EVENTS = (
    ("acknowledged_on", "acknowledged"),
    ("responded_on", "answered"),
    ("closed_on", "closed"),
    ("withdrawn_on", "withdrawn"),
)
Check = Callable[["Records", Terms], Iterator[Problem]]


def _order_of_events(records: Records, terms: Terms) -> Iterator[Problem]:
    for c in records.complaints:
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


def _stages(records: Records, _: Terms) -> Iterator[Problem]:
    first = {c.reference for c in records.complaints if c.stage == "stage1"}
    for c in records.complaints:
        if c.stage == "stage2" and c.reference not in first and not is_refused(c):
            yield Problem(NO_STAGE_1, c.place, "its stage 1 is not in the exports", c.reference)


def _repeats(records: Records, _: Terms) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Place] = {}
    for c in records.complaints:
        key = (c.reference, c.stage)
        if key in seen:
            yield Problem(REPEATED, c.place, f"it stands at {seen[key]} too", c.reference)
        seen.setdefault(key, c.place)


def _awards(records: Records, terms: Terms) -> Iterator[Problem]:
    for a in records.awards:
        if complaint_of(a, terms) is None:
            message = "no complaint has its reference"
            yield Problem(AWARD_WITHOUT_COMPLAINT, a.place, message, a.reference)
        if award_stage(a, terms) is None:
            yield Problem(AWARD_WITHOUT_STAGE, a.place, "the row gives no stage", a.reference)
        if a.awarded_on is None:
            yield Problem(AWARD_WITHOUT_DATE, a.place, "the row gives no date", a.reference)


def _scope(records: Records, terms: Terms) -> Iterator[Problem]:
    for name, values in terms.scope.items():
        held = Counter(getattr(c, name) for c in records.complaints)
        for value in values:
            if value not in held:
                place = Place("report.toml", heading=f"scope.where.{name}")
                yield Problem(UNKNOWN_SCOPE, place, "no complaint has this value", value)


CHECKS: tuple[Check, ...] = (_order_of_events, _stages, _repeats, _awards, _scope)
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
)


def run(records: Records, terms: Terms) -> tuple[Problem, ...]:
    """Every problem that every check finds."""
    return tuple(problem for check in CHECKS for problem in check(records, terms))

"""The order of events, and the days they can have happened on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.checks.scope import in_scope
from hcreport.derive.terms import Terms
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
AFTER_EXTRACT = Rule(
    "X108",
    Severity.ERROR,
    "An event lies after the day of the extract",
    "Correct the date, or set data_as_at in report.toml to the day the export was made.",
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
EVENTS = (
    ("acknowledged_on", "acknowledged"),
    ("responded_on", "answered"),
    ("closed_on", "closed"),
    ("withdrawn_on", "withdrawn"),
)


RULES = (
    BEFORE_RECEIPT,
    CLOSED_BEFORE_RESPONSE,
    AFTER_EXTRACT,
    OUT_OF_TIME,
    EARLY_EXTRACT,
)


def period(records: Records, terms: Terms) -> Iterator[Problem]:
    """A period without complaints, or an extract made before its end."""
    place = Place("report.toml", heading="period")
    days = [c.received_on for c in in_scope(records, terms)]
    if records.complaints and not days:
        message = "none of the complaints in the exports is in [scope]"
        yield Problem(OUT_OF_TIME, Place("report.toml", heading="scope"), message)
    if days and not any(day in terms.period for day in days):
        message = f"the complaints in the exports run from {min(days)} to {max(days)}"
        yield Problem(OUT_OF_TIME, place, message, terms.period.label)
    if terms.data_as_at < terms.period.end:
        message = f"data_as_at is {terms.data_as_at}, the period ends on {terms.period.end}"
        yield Problem(EARLY_EXTRACT, place, message)


def order_of_events(records: Records, terms: Terms) -> Iterator[Problem]:
    """Events before the receipt, after the day of the extract, or in the wrong order."""
    for c in in_scope(records, terms):
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

"""What no rule forbids and hardly ever is right: for a person to look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from hcreport.checks.scope import in_scope
from hcreport.derive.complaints import deadline, ended_on, extended_deadline
from hcreport.derive.terms import Terms, standing
from hcreport.intake.values import folded, opposed
from hcreport.problems import Problem, Rule, Severity
from hcreport.records import TABLES, FieldKind, specs

if TYPE_CHECKING:
    from hcreport.records import Complaint, Records

TWO_SERVICES = Rule(
    "X119",
    Severity.WARNING,
    "One reference has two services",
    "Check that both rows are the same case. Each stage is counted under its own service.",
)
FAR_DATE = Rule(
    "X120",
    Severity.WARNING,
    "A date lies far from all others",
    "Check the year; it may be a slip of the keyboard.",
)
LARGE_AWARD = Rule(
    "X121",
    Severity.WARNING,
    "An award is far larger than the others",
    "Check the amount: a decimal point may be missing, or two amounts have run together.",
)
NEAR_VALUE = Rule(
    "X122",
    Severity.WARNING,
    "A value is nearly another, which is far more frequent",
    "If they are one, list both under one label in the source's values in profile.toml.",
)
OVERDUE = Rule(
    "X123",
    Severity.NOTE,
    "A complaint is open after its deadline",
    "Nothing, if it truly is unanswered. If it was answered, fill in the date.",
)
RULES = (TWO_SERVICES, FAR_DATE, LARGE_AWARD, NEAR_VALUE, OVERDUE)

# A receipt so long before the first of the bulk, or an event so long after its receipt, is odd.
LONG_BEFORE, LONG_AFTER = timedelta(days=730), timedelta(days=730)
# The bulk of an export's complaints: all but this share at each end.
ENDS = 20
# Of few rows nobody can say what is usual.
ENOUGH = 20
EVENTS = ("acknowledged_on", "due_on", "extended_to", "responded_on", "closed_on", "withdrawn_on")
# An award so many times the median one, or above so many pence, is odd.
MANY_TIMES, VERY_LARGE = 20, 1_000_000
# A value that occurs at most so often, beside one so many times as frequent and so nearly alike.
RARE, TIMES_RARER, ALIKE = 2, 10, 85
# A longer list of values is of another kind: addresses, or words typed freely.
LONGEST_LIST = 500


def two_services(records: Records, terms: Terms) -> Iterator[Problem]:
    """The same reference under two services."""
    first: dict[str, Complaint] = {}
    for c in in_scope(records, terms):
        if c.service is None:
            continue
        held = first.setdefault(c.reference, c)
        if held.service != c.service:
            message = f"{c.service} here, {held.service} at {held.place}"
            yield Problem(TWO_SERVICES, c.place, message, c.reference)


def far_dates(records: Records, terms: Terms) -> Iterator[Problem]:
    """Dates outside the span of their own export, or years after the complaint was received."""
    starts = _starts(records)
    for c in in_scope(records, terms):
        start = starts.get(c.place.file)
        if start is not None and c.received_on < start - LONG_BEFORE:
            message = f"received on {c.received_on}; nearly all in this file since {start}"
            yield Problem(FAR_DATE, c.place, message, c.reference)
        latest = c.received_on + LONG_AFTER
        for name in EVENTS:
            day = getattr(c, name)
            if day is not None and day > latest:
                what = name.rpartition("_")[0]
                message = f"{what} {day}, but received on {c.received_on}"
                yield Problem(FAR_DATE, c.place, message, c.reference)
        if c.due_on is not None and c.due_on < c.received_on:
            message = f"due on {c.due_on}, but received on {c.received_on}"
            yield Problem(FAR_DATE, c.place, message, c.reference)


def _starts(records: Records) -> Mapping[str, date]:
    """The day on which the bulk of each file's complaints begins."""
    received: defaultdict[str, list[date]] = defaultdict(list)
    for c in records.complaints:
        received[c.place.file].append(c.received_on)
    return {
        file: sorted(days)[len(days) // ENDS]
        for file, days in received.items()
        if len(days) >= ENOUGH
    }


def large_awards(records: Records, _: Terms) -> Iterator[Problem]:
    """Awards out of all proportion to the others, or to any."""
    amounts = [a.amount for a in records.awards if a.amount > 0]
    usual = median(amounts) * MANY_TIMES if len(amounts) >= ENOUGH else VERY_LARGE
    for a in records.awards:
        if a.amount > min(usual, VERY_LARGE):
            message = f"£{a.amount / 100:,.2f}, where the median is £{median(amounts) / 100:,.2f}"
            yield Problem(LARGE_AWARD, a.place, message, a.reference)


def near_values(records: Records, _: Terms) -> Iterator[Problem]:
    """Rare values of a landlord's own words that look like a slip for a frequent one."""
    for table in TABLES:
        rows = getattr(records, table)
        for spec in specs(table):
            if spec.kind is not FieldKind.CATEGORY:
                continue
            said = map(attrgetter(spec.name), rows)
            met = Counter(word for word in said if word is not None)
            for rare, usual in _slips(met) if len(met) <= LONGEST_LIST else ():
                place = next(row.place for row in rows if getattr(row, spec.name) == rare)
                times = "once" if met[rare] == 1 else f"{met[rare]} times"
                message = f"{spec.label.lower()}: {times}, and {usual!r} {met[usual]:,} times"
                yield Problem(NEAR_VALUE, place, message, rare)


def _slips(met: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Each rare value with the frequent one that it is nearly."""
    usual = sorted((v for v in met if met[v] >= TIMES_RARER), key=lambda v: (-met[v], v))
    for rare in sorted(v for v in met if met[v] <= RARE):
        near = next((v for v in usual if met[v] >= met[rare] * TIMES_RARER and _alike(rare, v)), "")
        if near:
            yield rare, near


def _alike(one: str, other: str) -> bool:
    """Whether two values differ by a slip; "Area 1" and "Area 2" do not."""
    a, b = folded(one), folded(other)
    same_digits = [c for c in a if c.isdigit()] == [c for c in b if c.isdigit()]
    return same_digits and not opposed(a, b) and fuzz.ratio(a, b) >= ALIKE


def overdue(records: Records, terms: Terms) -> Iterator[Problem]:
    """Complaints that nobody has answered by their deadline, as at the day of the extract."""
    for c in records.complaints:
        # Nearly all were answered, which is the quickest to see.
        if c.responded_on or standing(c, terms.scope) != "accepted" or ended_on(c, terms):
            continue
        due = deadline(c, terms)
        last = extended_deadline(c, terms, due) if due else None
        if last is not None and last < terms.data_as_at:
            yield Problem(OVERDUE, c.place, f"unanswered since {last}", c.reference)

"""What a case says of itself at its stages, and what stands there twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from hcreport.checks.scope import in_scope
from hcreport.derive.complaints import ended_on
from hcreport.derive.terms import Terms, is_refused, standing
from hcreport.problems import Place, Problem, Rule, Severity

if TYPE_CHECKING:
    from hcreport.records import Records

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
UNKNOWN_SCOPE = Rule(
    "X109",
    Severity.WARNING,
    "A value in [scope] where does not occur in the exports",
    "Correct it in report.toml, unless there really were no such complaints.",
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
SAME_AWARD = Rule(
    "X110",
    Severity.WARNING,
    "Two rows of a table are the same",
    "Take one out if it is a repeat; both are counted.",
)
NOWHERE = Place("")


NEVER_CLOSED = Rule(
    "X125",
    Severity.WARNING,
    "Outcomes are counted over complaints closed, and no export says when one was",
    'Map closed_on in profile.toml, or set outcomes = "responded" under [basis] in report.toml.',
)
NO_STAGE_2 = Rule(
    "X133",
    Severity.WARNING,
    "No stage 2 complaint is in the exports",
    "If there were any, add the export that holds them, or map the stage in profile.toml.",
)
# Of so many complaints at stage 1 it would be odd if none had gone on to stage 2.
MANY = 20
RULES = (
    NO_STAGE_1,
    REPEATED,
    UNKNOWN_SCOPE,
    NO_DEADLINE,
    DECIDED_AND_OUT,
    NEVER_ENDS,
    STAGE_2_FIRST,
    NO_AREA,
    NEVER_CLOSED,
    NO_STAGE_2,
    SAME_AWARD,
)


def standings(records: Records, terms: Terms) -> Iterator[Problem]:
    """Refused or withdrawn and answered too; over without a date; no due date; no area."""
    if terms.over_closed and records.complaints and not records.has("complaints", "closed_on"):
        place = Place("report.toml", heading="basis.outcomes")
        yield Problem(NEVER_CLOSED, place, "closed_on has no column", "closed")
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


def stages(records: Records, terms: Terms) -> Iterator[Problem]:
    """A stage 2 without its stage 1, or before it; or none where there is much of stage 1."""
    first = {c.reference: c for c in records.complaints if c.stage == "stage1"}
    if len(first) == len(records.complaints) >= MANY:
        place = Place("profile.toml", heading="stage")
        yield Problem(NO_STAGE_2, place, f"{len(first)} complaints, and every one at stage 1")
    for c in in_scope(records, terms):
        if c.stage != "stage2":
            continue
        before = first.get(c.reference)
        if before is None and not is_refused(c):
            yield Problem(NO_STAGE_1, c.place, "its stage 1 is not in the exports", c.reference)
        elif before is not None and c.received_on < before.received_on:
            message = f"received on {c.received_on}, its stage 1 on {before.received_on}"
            yield Problem(STAGE_2_FIRST, c.place, message, c.reference)


def repeats(records: Records, _: Terms) -> Iterator[Problem]:
    """What stands in the exports twice."""
    seen: dict[tuple[str, str], Place] = {}
    for c in records.complaints:
        key = (c.reference, c.stage)
        if key in seen:
            yield Problem(REPEATED, c.place, f"it stands at {seen[key]} too", c.reference)
        seen.setdefault(key, c.place)
    for rows in (records.awards, records.findings, records.failure_orders, records.actions):
        same: dict[object, Place] = {}
        for row in rows:
            content = replace(row, place=NOWHERE)
            if content in same:
                yield Problem(SAME_AWARD, row.place, f"the same as {same[content]}")
            same.setdefault(content, row.place)


def scope(records: Records, terms: Terms) -> Iterator[Problem]:
    """A value in ``[scope] where`` that no complaint has."""
    for name, values in terms.scope.items():
        held = {getattr(c, name) for c in records.complaints}
        for value in values:
            if value not in held:
                place = Place("report.toml", heading=f"scope.where.{name}")
                yield Problem(UNKNOWN_SCOPE, place, "no complaint has this value", value)

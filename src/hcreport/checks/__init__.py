"""Checks across records: what each row may say alone and not together. Problems, never raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from hcreport.checks import awards, cases, events, findings, learning, oddities, provisions
from hcreport.derive.terms import Terms
from hcreport.problems import Problem

if TYPE_CHECKING:
    from hcreport.records import Records

Check = Callable[["Records", Terms], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (
    events.period,
    events.order_of_events,
    cases.standings,
    cases.stages,
    cases.repeats,
    awards.against_complaints,
    findings.offered_before,
    cases.scope,
    oddities.two_services,
    oddities.far_dates,
    oddities.large_awards,
    oddities.near_values,
    oddities.overdue,
    provisions.listed,
    provisions.answered,
    learning.themes,
)
RULES = (
    *events.RULES,
    *cases.RULES,
    *awards.RULES,
    *findings.RULES,
    *oddities.RULES,
    *provisions.RULES,
    *learning.RULES,
)


def run(records: Records, terms: Terms) -> tuple[Problem, ...]:
    """Every problem that every check finds."""
    return tuple(problem for check in CHECKS for problem in check(records, terms))


def unexplained(found: Iterable[Problem], unread: Iterable[Problem]) -> Iterator[Problem]:
    """The problems between records, less those of rows that could not be read in full.

    ``unread`` are the errors of reading. What is odd about such a row may come of the cell that
    stops the build as it is. A row that is only warned of is counted, so everything about it is
    told.
    """
    rows = {p.place.at("") for p in unread if p.place.row}
    return (p for p in found if p.place.at("") not in rows)

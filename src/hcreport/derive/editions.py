"""Which editions of the Code the complaints of a period fall under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.calendar.code import in_force_on, rule_sets
from hcreport.derive.complaints import live_in_period
from hcreport.derive.terms import YES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hcreport.calendar.code import RuleSet
    from hcreport.derive.terms import Terms
    from hcreport.records import Complaint


def editions(complaints: Iterable[Complaint], terms: Terms) -> tuple[RuleSet, ...]:
    """Each edition that some complaint of the period falls under, oldest first."""
    days: set[date] = set()
    for c in complaints:
        # Many come in on one day, and one of them that counts is enough.
        if c.received_on not in days and live_in_period(c, terms) == YES:
            days.add(c.received_on)
    return tuple(rules for rules in rule_sets() if any(in_force_on(day) == rules for day in days))

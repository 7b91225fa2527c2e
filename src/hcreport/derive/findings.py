"""A row rule for the Ombudsman's findings: whether what was offered is part of what was ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.derive.column import Derived
from hcreport.derive.terms import ANSWERS, NO, YES

if TYPE_CHECKING:
    from hcreport.derive.terms import Terms
    from hcreport.records import Finding


def ordered(f: Finding, t: Terms) -> str:
    """Whether compensation was ordered in the finding's case, on whichever row its sums stand."""
    return YES if f.case in t.with_order else NO


COLUMNS = (
    Derived(
        "compensation_was_ordered",
        "Compensation ordered in the case",
        ordered,
        ANSWERS,
    ),
)

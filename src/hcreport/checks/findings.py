"""The Ombudsman's decisions: what was offered before, held against what was ordered."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from hcreport.problems import Problem, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.derive.terms import Terms
    from hcreport.records import Finding, Records

OFFERED_MORE = Rule(
    "X134",
    Severity.WARNING,
    "More compensation was offered before than the Ombudsman ordered",
    "Give only the part of the sum ordered that had been offered already. Where nothing was "
    "ordered, what was offered is left out.",
)
RULES = (OFFERED_MORE,)


def offered_before(records: Records, _: Terms) -> Iterator[Problem]:
    """A case with more offered than ordered: the report calls the one a part of the other."""
    if not records.has("findings", "compensation_ordered"):
        return
    cases: dict[str, list[Finding]] = defaultdict(list)
    for f in records.findings:
        cases[f.case].append(f)
    for case, findings in cases.items():
        offered = sum(f.compensation_offered_before or 0 for f in findings)
        ordered = sum(f.compensation_ordered or 0 for f in findings)
        if offered > ordered:
            place = next(f.place for f in findings if f.compensation_offered_before)
            message = f"£{offered / 100:,.2f} offered before, and £{ordered / 100:,.2f} ordered"
            yield Problem(OFFERED_MORE, place, message, case)

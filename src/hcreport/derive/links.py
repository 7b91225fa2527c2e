"""The linking step: what one record says about another. Links never join tables.

An award is given its complaint's service and its case; joining awards onto complaints instead
would count a case's complaint once for each award, and its money once for each stage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.derive.column import Derived
from hcreport.derive.terms import ANSWERS, NO, YES, Terms, standing
from hcreport.records import STAGES, Award, Complaint, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Statuses of awards that a resident may keep; a blank one is taken as awarded.
KEPT = (None, "offered", "accepted", "paid")


def award_stage(a: Award, t: Terms) -> str | None:
    """The award's stage; where it is blank, the only stage its reference has."""
    if a.stage is not None:
        return a.stage
    stages = [stage for stage in STAGES if (a.reference, stage) in t.complaints]
    return stages[0] if len(stages) == 1 else None


def complaint_of(a: Award, t: Terms) -> Complaint | None:
    """The complaint an award belongs to: of its stage, or else of its reference."""
    stages = (award_stage(a, t) or "", *STAGES)
    found = (t.complaints.get((a.reference, stage)) for stage in stages)
    return next((c for c in found if c is not None), None)


def award_counts(a: Award, t: Terms) -> str:
    """Whether an award is counted: positive, not declined or withdrawn, its complaint in scope."""
    c = complaint_of(a, t)
    in_scope = c is None or standing(c, t.scope) != "out_of_scope"
    return YES if a.amount > 0 and a.status in KEPT and in_scope else NO


def award_service(a: Award, t: Terms) -> str | None:
    """The service of the complaint the award belongs to."""
    c = complaint_of(a, t)
    return c.service if c else None


AWARD_COLUMNS = (
    Derived("case_stage", "Stage of the case", award_stage, STAGES),
    Derived("counts", "Counts", award_counts, ANSWERS),
    Derived("service", "Service", award_service, same_as="complaints.service"),
)


def awards_for_cases(awards: Sequence[Award], t: Terms) -> frozenset[int]:
    """For each case with an award in the period, the index of the award that stands for it.

    A case is a reference at a stage. Which award stands for it is told by date, then the larger
    amount, then the reason and the place, so that the order of rows does not matter.
    """
    return _first_of_each(
        ((a.reference, award_stage(a, t)), (a.awarded_on, -a.amount, a.reason or "", a.place), n)
        for n, a in enumerate(awards)
        if a.awarded_on in t.period and award_counts(a, t) == YES
    )


def findings_for_cases(findings: Sequence[Finding], t: Terms) -> frozenset[int]:
    """For each case decided in the Ombudsman's year, the index of the finding that stands for it.

    It is the first by date, category and finding, so that the order of rows does not matter.
    """
    return _first_of_each(
        (f.case, (f.decided_on, f.category or "", f.finding, f.place), n)
        for n, f in enumerate(findings)
        if f.decided_on in t.ombudsman_period
    )


def _first_of_each(
    ranked: Iterable[tuple[object, tuple[object, ...], int]],
) -> frozenset[int]:
    """The index ranked lowest for each key."""
    best: dict[object, tuple[tuple[object, ...], int]] = {}
    for key, rank, index in ranked:
        here = (rank, index)
        best[key] = min(best.get(key, here), here)
    return frozenset(index for _, index in best.values())

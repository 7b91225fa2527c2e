"""Compensation awarded in the period. An award is what was decided, whether or not yet paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.figures.algebra import (
    Average,
    Breakdown,
    Cohort,
    Count,
    During,
    Figure,
    Total,
    Unit,
    column_is,
)
from hcreport.records import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.settings import Settings

NAMES = (("stage", "case_stage"),)
BY: tuple[Breakdown, ...] = (("reason",), ("service",), ("service", "reason"))


def figures(_: Settings) -> Iterator[Figure]:
    """Cases and amounts, by stage and in all. A case is a reference at a stage."""
    awards = Cohort(
        "awards",
        "awards made in the period (none that was declined or withdrawn)",
        (column_is("counts", "yes"), During("awarded_on")),
        needs=("awarded_on",),
        names=NAMES,
    )
    for stage, label in STAGES.items():
        cohort = awards.where(f"at {label.lower()}", column_is("case_stage", stage))
        yield from _cases_and_amount(stage, f"at {label.lower()}", cohort, BY)
    everything = (("stage",), *BY, ("reason", "stage"), ("service", "stage"))
    yield from _cases_and_amount("total", "at either stage", awards, everything)
    yield Figure(
        "compensation.total.median",
        "Median award of compensation",
        Unit.GBP,
        Average(awards, "amount", "median"),
        BY,
    )


def _cases_and_amount(
    name: str, words: str, cohort: Cohort, by: tuple[Breakdown, ...]
) -> Iterator[Figure]:
    cases = cohort.where(", counted once for each case", column_is("stands_for_case", "yes"))
    yield Figure(
        f"compensation.{name}.cases",
        f"Cases awarded compensation {words}",
        Unit.COUNT,
        Count(cases),
        by,
    )
    yield Figure(
        f"compensation.{name}.amount",
        f"Compensation awarded {words}",
        Unit.GBP,
        Total(cohort, "amount"),
        by,
    )

"""What the landlord decided, and how often it upheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.figures.algebra import Cohort, Count, Figure, Share, Unit, column_is
from hcreport.figures.catalogue.cohorts import BY_SERVICE, for_outcomes
from hcreport.records import OUTCOMES, STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.settings import Settings

DECIDED = column_is("decided", "yes")
UPHELD_OR_PARTLY = column_is("outcome", "upheld", "partly_upheld")


def figures(settings: Settings) -> Iterator[Figure]:
    """Outcomes at each stage over the outcome cohort. No statutory definition exists."""
    for stage, label in STAGES.items():
        cohort = for_outcomes(stage, settings)
        yield from _at_stage(stage, label, cohort)
    either = for_outcomes(None, settings)
    for outcome in ("upheld", "partly_upheld"):
        yield Figure(
            f"all_stages.{outcome}",
            f"Complaints {OUTCOMES[outcome].lower()} at either stage",
            Unit.COUNT,
            Count(either, hit=(column_is("outcome", outcome),)),
            BY_SERVICE,
        )


def _at_stage(stage: str, label: str, cohort: Cohort) -> Iterator[Figure]:
    yield Figure(
        f"{stage}.decided",
        f"{label} complaints with a decision",
        Unit.COUNT,
        Count(cohort, hit=(DECIDED,)),
        (*BY_SERVICE, ("outcome",), ("service", "outcome"), ("category", "outcome")),
    )
    for outcome, words in OUTCOMES.items():
        yield Figure(
            f"{stage}.{outcome}",
            f"{label} complaints {words.lower()}",
            Unit.COUNT,
            Count(cohort, hit=(column_is("outcome", outcome),)),
            BY_SERVICE,
        )
    yield Figure(
        f"{stage}.uphold_rate",
        f"{label} uphold rate",
        Unit.SHARE,
        Share(cohort, hit=(UPHELD_OR_PARTLY,), known=(DECIDED,)),
        (*BY_SERVICE, ("root_cause",)),
    )

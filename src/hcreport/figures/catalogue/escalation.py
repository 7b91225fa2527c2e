"""How many complaints went on to stage 2, and why. Two rates, never to be mixed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.figures.algebra import Cohort, Count, Figure, Rate, Share, Unit, column_is
from hcreport.figures.catalogue.cohorts import BY_SERVICE, received, responded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.settings import Settings


def figures(_: Settings) -> Iterator[Figure]:
    """The flow rate, the cohort rate, and the requests that were live in the period."""
    # Without any stage 2 in the exports it is not known that nothing went on to it.
    second = Count(received("stage2").needing("stage2"))
    yield Figure(
        "escalation.rate",
        "Escalation rate (stage 2 received for each stage 1 received)",
        Unit.SHARE,
        Rate(second, Count(received("stage1"))),
        BY_SERVICE,
    )
    yield Figure(
        "escalation.cohort_rate",
        "Stage 1 complaints responded to that were escalated, at any time",
        Unit.SHARE,
        Share(responded("stage1").needing("stage2"), hit=(column_is("escalated", "yes"),)),
        BY_SERVICE,
    )
    live = Cohort(
        "complaints",
        "stage 2 complaints live in the period (open at its start, or received in it)",
        (column_is("stage", "stage2"), column_is("live_in_period", "yes")),
        names=(
            ("reason", "escalation_reason"),
            ("month", "month_received"),
            ("quarter", "quarter_received"),
        ),
    )
    yield Figure(
        "escalation.requests",
        "Stage 2 complaints live in the period",
        Unit.COUNT,
        Count(live),
        (("reason",), ("service",), ("service", "reason")),
        source="Code 6.12: a resident need not give a reason",
    )

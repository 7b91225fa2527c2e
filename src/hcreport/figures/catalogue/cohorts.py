"""The cohorts: which complaints belong to a period (``docs/figures.md`` has what they count)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.figures.algebra import Breakdown, Cohort, Condition, During, column_is
from hcreport.records import STAGES

if TYPE_CHECKING:
    from hcreport.settings import Settings

# "stage1" or "stage2"; None for both, which is always said.
Stage = str | None
ACCEPTED = column_is("standing", "accepted")
COUNTED = column_is("standing", "accepted", "withdrawn")
# What complaints are broken down by; a field that no export holds is left out.
BY: tuple[Breakdown, ...] = (
    ("service",),
    ("category",),
    ("tenure",),
    ("channel",),
    ("ward",),
    ("contractor",),
    ("month",),
    ("quarter",),
    ("service", "category"),
    ("service", "month"),
)
# What rates are broken down by: coarser, so that the bases stay worth a rate.
BY_SERVICE: tuple[Breakdown, ...] = (("service",), ("category",), ("tenure",), ("quarter",))


def _complaints(
    stage: Stage, words: str, *conditions: Condition, event: str, needs: tuple[str, ...] = ()
) -> Cohort:
    """Complaints at a stage, or at either, whose months and quarters are those of ``event``."""
    names = tuple((name, f"{name}_{event}") for name in ("month", "quarter"))
    if stage is None:
        return Cohort("complaints", f"complaints {words} at either stage", conditions, needs, names)
    at_stage = (column_is("stage", stage), *conditions)
    return Cohort(
        "complaints", f"{STAGES[stage].lower()} complaints {words}", at_stage, needs, names
    )


def received(stage: Stage) -> Cohort:
    """Received in the period. Withdrawn ones were received too; refused ones were not accepted."""
    return _complaints(
        stage, "received in the period", COUNTED, During("received_on"), event="received"
    )


def with_standing(stage: Stage, standing: str, words: str, needs: tuple[str, ...]) -> Cohort:
    """Received in the period and counted apart: refused or withdrawn."""
    return _complaints(
        stage,
        f"received in the period and {words}",
        column_is("standing", standing),
        During("received_on"),
        event="received",
        needs=needs,
    )


def responded(stage: Stage) -> Cohort:
    """Answered in the period."""
    return _complaints(
        stage,
        "responded to in the period",
        ACCEPTED,
        During("responded_on"),
        event="responded",
        needs=("responded_on",),
    )


def closed(stage: Stage) -> Cohort:
    """Closed in the period."""
    return _complaints(
        stage,
        "closed in the period",
        ACCEPTED,
        During("closed_on"),
        event="closed",
        needs=("closed_on",),
    )


def due(stage: Stage) -> Cohort:
    """With a deadline in the period; an extension does not move it.

    By the Code the deadline follows from receipt; the recorded one has a column of its own.
    """
    return _complaints(stage, "due in the period", ACCEPTED, During("deadline"), event="due")


def for_outcomes(stage: Stage, settings: Settings) -> Cohort:
    """The cohort that outcomes are counted over, by ``[basis] outcomes``."""
    ended = closed(stage) if settings.basis.outcomes == "closed" else responded(stage)
    return ended.needing("outcome")


def for_timeliness(stage: Stage, settings: Settings) -> Cohort:
    """The cohort that timeliness is counted over, by ``[basis] timeliness``."""
    if settings.basis.timeliness == "received":
        cohort = received(stage).where("and not withdrawn", ACCEPTED)
    elif settings.basis.timeliness == "responded":
        cohort = responded(stage)
    else:
        cohort = due(stage)
    recorded = settings.timeliness == "recorded"
    return cohort.needing("responded_on", *(("due_on|in_target",) if recorded else ()))

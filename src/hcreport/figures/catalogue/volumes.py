"""How many complaints there were, and how the year's balance closes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hcreport.figures.algebra import Cohort, Count, During, Figure, Rate, Unit, column_is
from hcreport.figures.catalogue.cohorts import (
    BY,
    BY_SERVICE,
    closed,
    due,
    received,
    responded,
    with_standing,
)
from hcreport.records import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.settings import Settings

# Ties what was due, answered and closed in the period to what was received in it.
ARRIVED = ("arrived",)
CAUSES = (
    ("root_cause",),
    ("root_cause", "root_cause_detail"),
    ("service", "root_cause"),
    ("service", "root_cause", "root_cause_detail"),
)


def figures(settings: Settings) -> Iterator[Figure]:
    """Volumes at each stage, and at either stage where the label says so."""
    for stage, label in STAGES.items():
        yield from _events(stage, label, settings)
        yield from _balances(stage, label, settings)
        yield from _apart(stage, label)
        yield from _in_exports(stage, label)
    either = received(None)
    yield Figure(
        "all_stages.received",
        "Complaints received at either stage",
        Unit.COUNT,
        Count(either),
        (*BY, ("stage",), ("service", "stage")),
    )
    yield Figure(
        "all_stages.per_month",
        "Complaints received a month at either stage",
        Unit.PER_MONTH,
        Rate(Count(either), "months"),
    )
    requests = Cohort(
        "complaints",
        "service requests received in the period",
        (column_is("standing", "service_request"), During("received_on")),
        needs=("kind",),
        names=(("month", "month_received"), ("quarter", "quarter_received")),
    )
    yield Figure(
        "service_requests.received",
        "Service requests received",
        Unit.COUNT,
        Count(requests),
        BY_SERVICE,
        source="Code 1.4",
    )


def _events(stage: str, label: str, settings: Settings) -> Iterator[Figure]:
    names = f"{label} complaints"
    yield Figure(f"{stage}.received", f"{names} received", Unit.COUNT, Count(received(stage)), BY)
    yield Figure(
        f"{stage}.responded",
        f"{names} responded to",
        Unit.COUNT,
        Count(responded(stage)),
        (*BY, ARRIVED),
    )
    yield Figure(
        f"{stage}.closed",
        f"{names} closed",
        Unit.COUNT,
        Count(closed(stage)),
        (*BY, ARRIVED, *CAUSES),
    )
    recorded = settings.timeliness == "recorded"
    cohort = due(stage).needing("due_on") if recorded else due(stage)
    yield Figure(f"{stage}.due", f"{names} due", Unit.COUNT, Count(cohort), (*BY_SERVICE, ARRIVED))


def _ends(settings: Settings) -> tuple[str, ...]:
    """The field that says when a complaint stopped being open."""
    return ("closed_on" if settings.basis.outcomes == "closed" else "responded_on",)


def _balances(stage: str, label: str, settings: Settings) -> Iterator[Figure]:
    """What was open when the period began and when it ended."""
    for moment, words in (("start", "at the start"), ("end", "at the end")):
        column = f"open_at_{moment}"
        open_ones = Cohort(
            "complaints",
            f"{label.lower()} complaints open {words} of the period",
            (column_is("stage", stage),),
            needs=_ends(settings),
            names=(("month", "month_received"), ("quarter", "quarter_received")),
        )
        yield Figure(
            f"{stage}.{column}",
            f"{label} complaints open {words} of the period",
            Unit.COUNT,
            Count(
                open_ones,
                hit=(column_is(column, "yes"),),
                known=(column_is(column, "yes", "no"),),
            ),
            (("service",),),
        )
    undated = Cohort(
        "complaints",
        f"{label.lower()} complaints that are over, though no record says since when",
        (column_is("stage", stage), column_is("open_at_end", "yes"), column_is("undated", "yes")),
        needs=_ends(settings),
    )
    yield Figure(
        f"{stage}.undated",
        f"{label} complaints over without a date, and so counted as open at the end of the period",
        Unit.COUNT,
        Count(undated),
        (("service",),),
    )


def _in_exports(stage: str, label: str) -> Iterator[Figure]:
    """Every record of a stage, whatever its day, by what becomes of it."""
    records = Cohort(
        "complaints",
        f"{label.lower()} complaints in the exports, whenever received",
        (column_is("stage", stage),),
    )
    yield Figure(
        f"{stage}.in_exports",
        f"{label} complaints in the exports",
        Unit.COUNT,
        Count(records),
        (("standing",),),
    )


def _apart(stage: str, label: str) -> Iterator[Figure]:
    """Refused and withdrawn ones (Code 8.1b asks for the refused by type)."""
    refused = with_standing(stage, "refused", "not accepted", ("refusal_reason|closure",))
    refused = replace(refused, names=(*refused.names, ("reason", "refusal_reason")))
    yield Figure(
        f"{stage}.refused",
        f"{label} complaints refused",
        Unit.COUNT,
        Count(refused),
        (("reason",), ("service",), ("service", "reason")),
        source="Code 2.1 to 2.5, 8.1b",
    )
    withdrawn = with_standing(stage, "withdrawn", "withdrawn", ("withdrawn_on|closure",))
    yield Figure(
        f"{stage}.withdrawn",
        f"{label} complaints withdrawn",
        Unit.COUNT,
        Count(withdrawn),
        (("service",),),
    )
    ended = Cohort(
        "complaints",
        f"{label.lower()} complaints withdrawn in the period, whenever received",
        (
            column_is("stage", stage),
            column_is("standing", "withdrawn"),
            During("ended_on"),
        ),
    )
    yield Figure(
        f"{stage}.ended_withdrawn",
        f"{label} complaints that ended by being withdrawn",
        Unit.COUNT,
        Count(ended),
        (("service",),),
    )

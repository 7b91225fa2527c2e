"""What the Housing Ombudsman decided in its year. A determination can hold several findings.

Figures are counted from the findings file. Where there is none, or it lacks a column, they take
the totals that ``[ombudsman]`` in the settings types from what the Ombudsman published.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hcreport.figures.algebra import (
    PENCE,
    Cohort,
    Count,
    During,
    Figure,
    Instead,
    Quotient,
    Share,
    Total,
    Typed,
    Unit,
    column_is,
)
from hcreport.records import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hcreport.settings import Ombudsman, Settings

MALADMINISTRATION = ("severe_maladministration", "maladministration", "service_failure")
CONSIDERED = (*MALADMINISTRATION, "mediation", "redress", "no_maladministration")
AS_PUBLISHED = "as published"


def figures(settings: Settings) -> Iterator[Figure]:
    """Determinations, findings, the maladministration rate, orders and compensation."""
    typed = _typed(settings.ombudsman)
    for figure in _counted():
        measure = typed.get(figure.id)
        if measure is None:
            yield figure
        else:
            yield replace(figure, instead=Instead(f"{figure.label} ({AS_PUBLISHED})", measure))


def _counted() -> Iterator[Figure]:
    findings = Cohort(
        "findings",
        "Housing Ombudsman findings decided in the Ombudsman's year",
        (During("decided_on", "ombudsman"),),
    )
    yield from _decided(findings)
    yield from _orders(findings)
    yield _failure_orders()


def _decided(findings: Cohort) -> Iterator[Figure]:
    yield Figure(
        "ombudsman.determinations",
        "Cases the Housing Ombudsman determined",
        Unit.COUNT,
        Count(findings.where("counted once for each case", column_is("stands_for_case", "yes"))),
    )
    yield Figure(
        "ombudsman.findings",
        "Findings the Housing Ombudsman made",
        Unit.COUNT,
        Count(findings),
        (("category",), ("finding",), ("sub_category",), ("category", "finding")),
    )
    yield Figure(
        "ombudsman.maladministration_rate",
        "Maladministration rate",
        Unit.SHARE,
        Share(
            findings.where("and considered", column_is("finding", *CONSIDERED)),
            hit=(column_is("finding", *MALADMINISTRATION),),
        ),
        (("category",),),
        source="Housing Ombudsman landlord reports",
    )


def _orders(findings: Cohort) -> Iterator[Figure]:
    for name in ("orders", "recommendations"):
        label = f"{name.capitalize()} the Housing Ombudsman made"
        total = Total(findings.needing(name), name)
        yield Figure(f"ombudsman.{name}", label, Unit.COUNT, total)
    yield Figure(
        "ombudsman.orders_complied_rate",
        "Orders complied with",
        Unit.SHARE,
        Quotient(findings.needing("orders_complied"), "orders_complied", "orders"),
    )
    yield Figure(
        "ombudsman.compensation_ordered",
        "Compensation the Housing Ombudsman ordered",
        Unit.GBP,
        Total(findings.needing("compensation_ordered"), "compensation_ordered"),
    )
    yield Figure(
        "ombudsman.compensation_offered_before",
        "Part of the compensation ordered that had been offered before",
        Unit.GBP,
        # What was offered where nothing was ordered is no part of what was ordered.
        Total(
            findings.where(
                "in cases where it ordered compensation",
                column_is("compensation_was_ordered", "yes"),
            ).needing("compensation_ordered", "compensation_offered_before"),
            "compensation_offered_before",
        ),
    )


def _failure_orders() -> Figure:
    issued = Cohort(
        "failure_orders",
        "complaint handling failure orders issued in the Ombudsman's year",
        (During("issued_on", "ombudsman"),),
    )
    return Figure(
        "ombudsman.failure_orders",
        "Complaint handling failure orders the Housing Ombudsman issued",
        Unit.COUNT,
        Count(issued),
        (("reason",), ("complied",), ("reason", "complied")),
        source="Code 8.1c",
    )


# --- As typed ---


def _typed(given: Ombudsman) -> Mapping[str, Typed]:
    """The totals that settings type, by the figure they are."""
    found = {
        f"ombudsman.{name}": Typed((((), value),))
        for name in ("determinations", "orders", "recommendations", "failure_orders")
        if (value := getattr(given, name)) is not None
    }
    found |= {
        f"ombudsman.{name}": Typed((((), int(value * PENCE)),), is_sum=True)
        for name in ("compensation_ordered", "compensation_offered_before")
        if (value := getattr(given, name)) is not None
    }
    if given.orders is not None and given.orders_complied is not None:
        complied = Typed((((), given.orders_complied),), (((), given.orders),))
        found["ombudsman.orders_complied_rate"] = complied
    if given.by_type:
        found |= _typed_findings(given)
    return found


def _typed_findings(given: Ombudsman) -> Mapping[str, Typed]:
    """The findings by type, and by category where they are so given, with the rate of each."""
    groups: dict[tuple[tuple[str, str], ...], Mapping[str, int]] = {(): given.by_type}
    groups |= {(("category", name),): held for name, held in given.categories.items()}
    numbers = [(group, _sum(held, FINDINGS)) for group, held in groups.items()]
    numbers += [
        ((*group, ("finding", label)), held.get(code, 0))
        for group, held in groups.items()
        for code, label in FINDINGS.items()
    ]
    return {
        "ombudsman.findings": Typed(tuple(numbers)),
        "ombudsman.maladministration_rate": Typed(
            tuple((group, _sum(held, MALADMINISTRATION)) for group, held in groups.items()),
            tuple((group, _sum(held, CONSIDERED)) for group, held in groups.items()),
        ),
    }


def _sum(held: Mapping[str, int], codes: Iterable[str]) -> int:
    return sum(held.get(code, 0) for code in codes)

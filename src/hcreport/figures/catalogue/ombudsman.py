"""What the Housing Ombudsman decided in its year. A determination can hold several findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.figures.algebra import (
    Cohort,
    Count,
    During,
    Figure,
    Quotient,
    Share,
    Total,
    Unit,
    column_is,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.settings import Settings

MALADMINISTRATION = ("severe_maladministration", "maladministration", "service_failure")
CONSIDERED = (*MALADMINISTRATION, "mediation", "redress", "no_maladministration")


def figures(_: Settings) -> Iterator[Figure]:
    """Determinations, findings, the maladministration rate, orders and compensation."""
    findings = Cohort(
        "findings",
        "Housing Ombudsman findings decided in the Ombudsman's year",
        (During("decided_on", "ombudsman"),),
    )
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
    yield from _orders(findings)


def _orders(findings: Cohort) -> Iterator[Figure]:
    yield Figure(
        "ombudsman.orders",
        "Orders the Housing Ombudsman made",
        Unit.COUNT,
        Total(findings.needing("orders"), "orders"),
    )
    yield Figure(
        "ombudsman.recommendations",
        "Recommendations the Housing Ombudsman made",
        Unit.COUNT,
        Total(findings.needing("recommendations"), "recommendations"),
    )
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
        Total(findings.needing("compensation_offered_before"), "compensation_offered_before"),
    )

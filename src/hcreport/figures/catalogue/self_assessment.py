"""How many provisions of the Code the self-assessment says are met (Code 8.1a)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.figures.algebra import Cohort, Count, Figure, Share, Unit, column_is
from hcreport.records import YES_NO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.settings import Settings

BY = (("section",),)
SOURCE = "Code 8.1a"


def figures(_: Settings) -> Iterator[Figure]:
    """The self-assessment in numbers, by section of the Code."""
    assessed = Cohort("provisions", "provisions of the Code in the self-assessment", ())
    met, not_met = column_is("comply", "yes"), column_is("comply", "no")
    answered = (column_is("comply", *YES_NO),)
    yield Figure(
        "self_assessment.provisions",
        "Provisions of the Code assessed",
        Unit.COUNT,
        Count(assessed),
        BY,
        source=SOURCE,
    )
    for name, label, hit in (
        ("compliant", "Provisions met", met),
        ("not_compliant", "Provisions not met", not_met),
    ):
        yield Figure(
            f"self_assessment.{name}",
            label,
            Unit.COUNT,
            Count(assessed.needing("comply"), (hit,), answered),
            BY,
            source=SOURCE,
        )
    yield Figure(
        "self_assessment.compliant_rate",
        "Share of provisions met",
        Unit.SHARE,
        Share(assessed.needing("comply"), (met,), answered),
        BY,
        source=SOURCE,
    )

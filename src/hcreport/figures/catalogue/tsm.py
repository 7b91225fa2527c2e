"""The regulator's Tenant Satisfaction Measures that come from complaints: CH01 and CH02.

Both are over complaints received in the period from tenants of homes the landlord owns: low cost
rental (LCRA) and low cost home ownership (LCHO). Leaseholders never enter, and managed homes are
never the base.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.figures.algebra import Cohort, Count, Figure, Instead, Rate, Share, Unit, column_is
from hcreport.figures.catalogue.cohorts import received
from hcreport.records import STAGES, TENURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.settings import Settings

LOW_COST = ("LCRA", "LCHO")
PER_HOMES = 1000
NO_TENURE = "tenure not recorded"


def figures(settings: Settings) -> Iterator[Figure]:
    """CH01 (complaints per 1,000 homes) and CH02 (answered within the Code), stage by stage."""
    for stage, label in STAGES.items():
        yield _per_home(stage, label, settings)
        yield from _in_time(stage, label)


def _per_home(stage: str, label: str, settings: Settings) -> Figure:
    # A rate per home counts only the tenures whose homes are known.
    housed = tuple(settings.homes.owned) or LOW_COST
    of_homes = Count(
        received(stage).needing("tenure", stage),
        hit=(column_is("tenure", *housed),),
        known=(column_is("tenure", *TENURES),),
    )
    return Figure(
        f"tsm.ch01.{stage}",
        f"CH01: {label.lower()} complaints received per 1,000 homes",
        Unit.PER_1000,
        Rate(of_homes, "homes", PER_HOMES),
        (("tenure",),),
        decimals=1,
        source="TSM CH01",
    )


def _in_time(stage: str, label: str) -> Iterator[Figure]:
    """The measure and the complaints that it is about; all, where no export has tenure."""
    of_all = received(stage).needing("responded_on")
    tenants = (
        received(stage)
        .needing("tenure", "responded_on")
        .where("from tenants of low cost homes", column_is("tenure", *LOW_COST))
    )
    words = f"CH02: {label.lower()} complaints answered within the Code's timescales"
    yield Figure(
        f"tsm.ch02.{stage}",
        words,
        Unit.SHARE,
        _within_code(tenants),
        (("tenure",),),
        decimals=1,
        source="TSM CH02",
        instead=Instead(f"{words} ({NO_TENURE})", _within_code(of_all)),
    )
    words = f"CH02: {label.lower()} complaints that the measure is about"
    yield Figure(
        f"tsm.ch02_cases.{stage}",
        words,
        Unit.COUNT,
        Count(tenants),
        (("judged",),),
        source="TSM CH02",
        instead=Instead(f"{words} ({NO_TENURE})", Count(of_all)),
    )


def _within_code(cohort: Cohort) -> Share:
    return Share(
        cohort,
        hit=(column_is("within_code", "yes"),),
        known=(column_is("within_code", "yes", "no"),),
    )

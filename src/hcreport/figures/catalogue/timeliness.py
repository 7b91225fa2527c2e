"""Whether complaints were answered in time, and how long answers took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.figures.algebra import Average, Count, Figure, Share, Unit, column_is
from hcreport.figures.catalogue.cohorts import BY_SERVICE, for_timeliness, responded
from hcreport.records import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.settings import Settings

ON_TIME = column_is("timeliness", "on_time")
WITH_EXTENSION = column_is("timeliness", "with_extension")
LATE = column_is("timeliness", "late")
IN_TIME_AT_ALL = column_is("timeliness", "on_time", "with_extension")
KNOWN = (column_is("timeliness", "on_time", "with_extension", "late"),)
SOURCES = {"stage1": "Code 6.3, 6.4", "stage2": "Code 6.14, 6.15"}


def figures(settings: Settings) -> Iterator[Figure]:
    """On time, with a valid extension, late: each apart, and their rates over what is known."""
    for stage, label in STAGES.items():
        cohort = for_timeliness(stage, settings)
        source = SOURCES[stage]
        names = f"{label} complaints"
        for name, words, hit in (
            ("on_time", "answered on time", ON_TIME),
            ("with_extension", "answered on time with a valid extension", WITH_EXTENSION),
            ("late", "late", LATE),
        ):
            yield Figure(
                f"{stage}.{name}",
                f"{names} {words}",
                Unit.COUNT,
                Count(cohort, hit=(hit,), known=KNOWN),
                BY_SERVICE,
                source=source,
            )
        for name, words, hit in (
            ("on_time_rate", "answered on time", ON_TIME),
            (
                "on_time_with_extension_rate",
                "answered on time, valid extensions included",
                IN_TIME_AT_ALL,
            ),
        ):
            yield Figure(
                f"{stage}.{name}",
                f"Share of {names[0].lower()}{names[1:]} {words}",
                Unit.SHARE,
                Share(cohort, hit=(hit,), known=KNOWN),
                BY_SERVICE,
                source=source,
            )
        yield Figure(
            f"{stage}.median_days",
            f"{names}: median working days to respond",
            Unit.DAYS,
            Average(responded(stage), "days_to_respond", "median"),
            BY_SERVICE,
        )
        yield Figure(
            f"{stage}.mean_days",
            f"{names}: mean working days to respond",
            Unit.DAYS,
            Average(responded(stage), "days_to_respond", "mean"),
            BY_SERVICE,
        )

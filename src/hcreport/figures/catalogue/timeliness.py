"""Whether complaints were answered in time, and how long answers took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.figures.algebra import Average, Count, Figure, Share, Unit, column_is
from hcreport.figures.catalogue.cohorts import BY_SERVICE, for_timeliness, responded
from hcreport.records import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.figures.algebra import Cohort
    from hcreport.settings import Settings

ON_TIME = column_is("timeliness", "on_time")
WITH_EXTENSION = column_is("timeliness", "with_extension")
LATE = column_is("timeliness", "late")
IN_TIME_AT_ALL = column_is("timeliness", "on_time", "with_extension")
KNOWN = (column_is("timeliness", "on_time", "with_extension", "late"),)
SOURCES = {"stage1": "Code 6.3, 6.4", "stage2": "Code 6.14, 6.15"}


# How a complaint was answered: the figure's name, its words, and the test.
COUNTS = (
    ("on_time", "answered on time", ON_TIME),
    ("with_extension", "answered on time with a valid extension", WITH_EXTENSION),
    ("late", "late", LATE),
)
RATES = (
    ("on_time_rate", "answered on time", ON_TIME),
    (
        "on_time_with_extension_rate",
        "answered on time, valid extensions included",
        IN_TIME_AT_ALL,
    ),
)


def figures(settings: Settings) -> Iterator[Figure]:
    """On time, with a valid extension, late: each apart, and their rates over what is known."""
    for stage, label in STAGES.items():
        yield from _in_time(stage, f"{label} complaints", for_timeliness(stage, settings))
        yield from _days(stage, f"{label} complaints")


def _in_time(stage: str, names: str, cohort: Cohort) -> Iterator[Figure]:
    source = SOURCES[stage]
    for name, words, hit in COUNTS:
        count = Count(cohort, hit=(hit,), known=KNOWN)
        label = f"{names} {words}"
        yield Figure(f"{stage}.{name}", label, Unit.COUNT, count, BY_SERVICE, source=source)
    for name, words, hit in RATES:
        share = Share(cohort, hit=(hit,), known=KNOWN)
        label = f"Share of {names[0].lower()}{names[1:]} {words}"
        yield Figure(f"{stage}.{name}", label, Unit.SHARE, share, BY_SERVICE, source=source)


def _days(stage: str, names: str) -> Iterator[Figure]:
    for how in ("median", "mean"):
        days = Average(responded(stage), "days_to_respond", how)
        label = f"{names}: {how} working days to respond"
        yield Figure(f"{stage}.{how}_days", label, Unit.DAYS, days, BY_SERVICE)

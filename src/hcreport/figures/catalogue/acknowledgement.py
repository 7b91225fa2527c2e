"""Whether complaints were acknowledged in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.figures.algebra import Figure, Share, Unit, column_is
from hcreport.figures.catalogue.cohorts import BY_SERVICE, received
from hcreport.records import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.settings import Settings

SOURCES = {"stage1": "Code 6.2", "stage2": "Code 6.11"}


def figures(_: Settings) -> Iterator[Figure]:
    """Acknowledgement at each stage, over the complaints received."""
    for stage, label in STAGES.items():
        yield Figure(
            f"{stage}.acknowledged_in_time_rate",
            f"{label} complaints acknowledged in time",
            Unit.SHARE,
            Share(
                received(stage),
                hit=(column_is("acknowledged_in_time", "yes"),),
                known=(column_is("acknowledged_in_time", "yes", "no"),),
            ),
            BY_SERVICE,
            source=SOURCES[stage],
        )

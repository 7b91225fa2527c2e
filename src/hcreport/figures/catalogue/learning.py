"""What was done about what complaints taught (Code 8.1d, 9.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.figures.algebra import Cohort, Count, Figure, Share, Unit, column_is
from hcreport.records import ACTION_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.settings import Settings


def figures(_: Settings) -> Iterator[Figure]:
    """The learning log in numbers."""
    log = Cohort("actions", "actions in the learning log", ())
    yield Figure(
        "learning.actions",
        "Actions in the learning log",
        Unit.COUNT,
        Count(log),
        (("status",), ("theme",), ("theme", "status")),
        source="Code 8.1d",
    )
    yield Figure(
        "learning.completed_rate",
        "Actions completed",
        Unit.SHARE,
        Share(
            log,
            hit=(column_is("status", "completed"),),
            known=(column_is("status", *ACTION_STATUSES),),
        ),
        (("theme",),),
        source="Code 8.1d",
    )

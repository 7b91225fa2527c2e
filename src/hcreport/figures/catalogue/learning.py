"""What was done about what complaints taught (Code 8.1d, 9.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.derive.actions import PROGRESS
from hcreport.figures.algebra import Breakdown, Cohort, Count, Figure, Share, Unit, column_is

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.settings import Settings

KNOWN = (column_is("progress", *PROGRESS),)
BY: tuple[Breakdown, ...] = (("theme",), ("root_cause",))
SOURCE = "Code 8.1d"


def figures(_: Settings) -> Iterator[Figure]:
    """The learning log in numbers: how many actions, how far they have got, and about what."""
    log = Cohort("actions", "actions in the learning log", (), names=(("root_cause", "cause"),))
    yield Figure(
        "learning.actions",
        "Actions in the learning log",
        Unit.COUNT,
        Count(log),
        (("status",), ("progress",), *BY, ("theme", "status"), *((*k, "progress") for k in BY)),
        source=SOURCE,
    )
    for name, label, code, needs in (
        ("completed", "Actions that are done", "done", ()),
        ("overdue", "Actions that are overdue", "overdue", ("due_on",)),
    ):
        yield Figure(
            f"learning.{name}",
            label,
            Unit.COUNT,
            Count(log.needing(*needs), (column_is("progress", code),), KNOWN),
            BY,
            source=SOURCE,
        )
    yield Figure(
        "learning.completed_rate",
        "Share of actions that are done",
        Unit.SHARE,
        Share(log, (column_is("progress", "done"),), KNOWN),
        BY,
        source=SOURCE,
    )

"""Row rules for the learning log: how far an action has got, and which root cause it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.derive.column import Derived
from hcreport.intake.values import folded

if TYPE_CHECKING:
    from hcreport.derive.terms import Terms
    from hcreport.records import Action

PROGRESS = {
    "done": "Done",
    "under_way": "Under way",
    "not_started": "Not started",
    "overdue": "Overdue",
}
_OPEN = {"in_progress": "under_way", "not_started": "not_started"}


def progress(a: Action, t: Terms) -> str | None:
    """How far an action has got by the day of the data; None where the log does not say.

    What is not done by its due date is overdue; without a due date nothing ever is. A day of
    completion does for a blank status.
    """
    if a.status == "completed" or (a.status is None and a.completed_on is not None):
        return "done"
    if a.status is None:
        return None
    if a.due_on is not None and a.due_on < t.data_as_at:
        return "overdue"
    return _OPEN[a.status]


def cause(a: Action, t: Terms) -> str | None:
    """The root cause that an action's theme names, or that settings tie it to; None for neither."""
    return t.causes.get(folded(a.theme)) if a.theme else None


COLUMNS = (
    Derived(
        "progress",
        "Progress",
        progress,
        PROGRESS,
        {code: f"that are {label.lower()}" for code, label in PROGRESS.items()},
    ),
    Derived("cause", "Root cause", cause, same_as="complaints.root_cause"),
)

"""What complaints taught, and what is changing: how many changes, and a few of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.derive.actions import PROGRESS
from hcreport.records import NOT_RECORDED
from hcreport.sections.section import Section
from hcreport.tables import Absent, Table, words

if TYPE_CHECKING:
    from hcreport.sections.section import Writer

# So many lines of the log are shown; the report holds them all.
_FEW = 3


def commentary(w: Writer) -> Iterator[str]:
    """How many changes were planned and how many are made."""
    actions, done = w.at("learning.actions"), w.at("learning.completed_rate")
    if actions.value is None:
        yield "We have no list to show of what we learned from complaints."
        return
    if not actions.value:
        yield f"Our list of what we learned is empty for the {w.span}."
        return
    said = f"Complaints led us to plan {w.count(actions, 'change')}."
    if done.value is not None:
        finished = f"So far we have finished {w.base(done)} ({w.show(done)})."
        said += f" {finished}{w.aside(done, 'have no progress recorded')}"
    yield said


def changes_table(w: Writer) -> Table | Absent:
    """A few lines of the log, of as many themes as they can be."""
    firsts = {line.action.theme: line for line in reversed(w.actions)}
    lines = sorted(w.actions, key=lambda line: line is not firsts[line.action.theme])[:_FEW]
    if not lines:
        return Absent()
    rows = tuple(
        (
            words(PROGRESS.get(line.progress or "", NOT_RECORDED)),
            words(line.action.what_happened or NOT_RECORDED),
            words(line.action.action),
        )
        for line in lines
    )
    headings = ("Progress", "What went wrong", "What we did or will do")
    left_out = len(w.actions) - len(lines)
    note = "The full report lists every change." if left_out else "Source: learning log."
    return Table(
        "summary_changes", "What we learned, and what we do about it", headings, rows, note=note
    )


SECTION = Section(
    "summary_learning",
    "For residents: what was learned",
    commentary,
    tables={"summary_changes": changes_table},
)

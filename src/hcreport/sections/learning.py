"""What complaints taught and what was done about it (Code 8.1d)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.sections.section import Section, listed, lower, was
from hcreport.tables import Absent, Table, words

if TYPE_CHECKING:
    from hcreport.sections.section import Writer


def commentary(w: Writer) -> Iterator[str]:
    """How many actions there were and how far they have got."""
    actions = w.at("learning.actions")
    if actions.value is None:
        yield "No learning log was supplied."
        return
    if not actions.value:
        yield f"The learning log holds no actions for the {w.span}."
        return
    said = (
        f"{w.count(actions, 'action')} from complaints {was(actions)} recorded in our learning log"
    )
    statuses = [e for e in w.by("learning.actions", "status") if e.value]
    parts = listed(f"{w.show(e)} {lower(e.label)}" for e in statuses)
    done = w.at("learning.completed_rate")
    if done.value is None:
        yield f"{said}."
    else:
        yield f"{said}: {parts}. The share completed is {w.show(done)}."
    themes = [e for e in w.by("learning.actions", "theme") if e.value]
    if len(themes) > 1:
        yield f"By theme: {listed(f'{lower(e.label)} ({w.show(e)})' for e in themes)}."


def table(w: Writer) -> Table | Absent:
    """The log itself."""
    if not w.log:
        return Absent()
    rows = tuple(tuple(words(text) for text in line) for line in w.log)
    headings = ("Theme", "What happened", "What we did or will do", "Status")
    note = "Source: learning log."
    return Table("actions", "What complaints taught us, and what we did", headings, rows, note=note)


SECTION = Section("learning", "Learning", commentary, tables={"actions": table})

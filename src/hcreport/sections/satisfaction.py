"""What tenants said in the survey: the perception measures that settings give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.sections.section import Section
from hcreport.tables import Absent, Table, number, words

if TYPE_CHECKING:
    from hcreport.figures.ledger import Entry
    from hcreport.sections.section import Writer


def _measures(w: Writer) -> list[Entry]:
    found = [e for e in w.ledger.entries if e.id.startswith("tsm.tp") and e.value is not None]
    return sorted(found, key=lambda e: e.id)


def commentary(w: Writer) -> Iterator[str]:
    """Each measure that the survey gave, with its base where there is one."""
    measures = _measures(w)
    if not measures:
        yield "No results of a tenant survey were supplied."
        return
    for entry in measures:
        name, _, what = entry.figure.label.partition(": ")
        base = f", {w.base(entry)} answers" if entry.result.denominator else ""
        yield f"In the tenant survey, {w.show(entry)} expressed {what} ({name}{base})."


def table(w: Writer) -> Table | Absent:
    """Each measure with the answers behind it."""
    measures = _measures(w)
    if not measures:
        return Absent()
    rows = []
    for entry in measures:
        name, _, what = entry.figure.label.partition(": ")
        base = entry.base if entry.result.denominator else "not published"
        rows.append((words(name), words(what[0].upper() + what[1:]), number(entry), words(base)))
    headings = ("Measure", "What was asked", "Satisfied", "Answers")
    note = "Source: the landlord's tenant survey."
    return Table("survey", "Results of the tenant survey", headings, tuple(rows), note=note)


SECTION = Section("satisfaction", "Customer feedback", commentary, tables={"survey": table})

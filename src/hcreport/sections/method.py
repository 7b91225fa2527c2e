"""How the figures are worked out: the records, the rules, the balance, the definitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.calendar.periods import in_words
from hcreport.figures.english import either
from hcreport.figures.shown import WITHHELD
from hcreport.records import STAGES
from hcreport.sections.overview import FIGURES
from hcreport.sections.section import Section, listed
from hcreport.tables import Absent, Cell, Table, number, words

if TYPE_CHECKING:
    from hcreport.sections.section import Writer

CLOCKS = {
    "code": "Timeliness is recomputed from the dates, against the Code in force on the day of "
    "receipt",
    "recorded": "Timeliness is taken from the case system's own record of whether its target was "
    "met; where that is blank, the response is compared with the recorded due date",
}


def commentary(w: Writer) -> Iterator[str]:
    """Which records were read, by which clock, and what is counted apart."""
    files = [f"{name} ({rows:,} {'row' if rows == 1 else 'rows'})" for name, rows in w.files]
    if files:
        yield f"The figures come from {listed(files)}, read as they were exported."
    if w.corrections:
        yield _corrected(w)
    rules = listed(f"the {r.name}" for r in w.rule_sets)
    under = f" The complaints of the year fall under {rules}." if rules else ""
    yield f"{CLOCKS[w.settings.timeliness]}.{under}"
    yield (
        "Working days are Monday to Friday less the bank holidays of England and Wales. The day "
        "of an event is day 0 and the next working day is day 1."
    )
    yield (
        "Complaints that were refused and service requests are counted apart and enter no other "
        "figure. Withdrawn complaints stay among those received and leave the rest. What is open, "
        f"overdue or not yet due is judged as at {in_words(w.settings.data_as_at)}."
    )
    yield (
        "Percentages are rounded once, half up, from the counts beside them, so the parts of a "
        "whole can add up to 99% or 101%."
    )
    if w.settings.disclosure.fields:
        yield _withheld(w)


def _withheld(w: Writer) -> str:
    """By which rule small numbers are withheld."""
    rule = w.settings.disclosure
    fields = either(name.replace("_", " ") for name in rule.fields)
    return (
        f"So that nothing is told of a few people, a number from 1 to {rule.threshold - 1} is not "
        f"published where complaints are broken down by {fields}, and nor is any other number from "
        f"which it could be worked out. {WITHHELD} stands in their place; a nought is printed."
    )


def _corrected(w: Writer) -> str:
    """How many cells of the exports were corrected, by field and reason."""
    number = len(w.corrections)
    what = "One cell of them was" if number == 1 else f"{number:,} cells of them were"
    kinds = Counter(w.corrections)
    reasons = (
        f"{label.lower()}, {times:,}: {reason.rstrip('.')}"
        for (label, reason), times in sorted(kinds.items())
    )
    return f"{what} corrected before anything was counted ({'; '.join(reasons)})."


def reconciliation_table(w: Writer) -> Table | Absent:
    """Open at start + received = ended + withdrawn + open at end, in numbers to add up."""
    end = w.settings.basis.outcomes
    lines = (
        ("open_at_start", "Open at the start"),
        ("received", "and received"),
        (end, "less closed" if end == "closed" else "less responded to"),
        ("ended_withdrawn", "less withdrawn"),
        ("open_at_end", "makes open at the end"),
    )
    if any(w.at(f"{stage}.open_at_start").value is None for stage in STAGES):
        return Absent(
            "The year's balance cannot be drawn up: the exports hold no complaints received "
            "before it, so how many were open at its start is not known."
        )
    rows: list[tuple[Cell, ...]] = [
        (words(label), *(number(w.at(f"{stage}.{name}")) for stage in STAGES))
        for name, label in lines
    ]
    return Table(
        "reconciliation",
        "How the complaints received and ended in the year fit together",
        ("Complaints", *STAGES.values()),
        tuple(rows),
        has_total=True,
    )


def definitions_table(w: Writer) -> Table:
    """The definition of each figure on the first page."""
    rows = tuple(
        (words(label), words(w.ledger.definitions[figure]))
        for figure, label in FIGURES
        if w.at(figure).value is not None
    )
    note = "The same definitions hold for every service, reason and month."
    headings = ("Figure", "Definition")
    return Table("definitions", "Definitions of the main figures", headings, rows, note=note)


SECTION = Section(
    "data_note",
    "How the figures are worked out",
    commentary,
    tables={"reconciliation": reconciliation_table, "definitions": definitions_table},
)

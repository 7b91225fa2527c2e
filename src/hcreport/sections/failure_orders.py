"""Complaint handling failure orders, which the Code asks to be reported even if there are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.records import NOT_RECORDED
from hcreport.sections.section import Section, listed, lower, published, told, was
from hcreport.tables import Absent, Cell, Table, number, words

if TYPE_CHECKING:
    from hcreport.sections.section import Writer

ISSUED = "ombudsman.failure_orders"


def commentary(w: Writer) -> Iterator[str]:
    """How many there were and why; that there were none, or that nobody said."""
    issued, year = w.at(ISSUED), w.settings.ombudsman_period.label
    if issued.value is None:
        yield f"No record of complaint handling failure orders was supplied for {year}."
    elif not issued.value:
        yield f"The Ombudsman issued no complaint handling failure orders against us in {year}."
    else:
        orders = w.count(issued, "complaint handling failure order")
        every = w.by(ISSUED, "reason")
        why = [e for e in every if e.value and e.label != NOT_RECORDED]
        reasons = listed(f"{lower(e.label)} ({w.show(e)})" for e in why)
        said = f"The Ombudsman issued {orders} against us in {year}"
        if why and (some := published(every)):
            yield f"{said}. The reasons{some} were: {reasons}."
        else:
            yield f"{said}, for: {reasons}." if why else f"{said}."
        complied = [e for e in told(w.by(ISSUED, "complied")) if e.label == "Yes"]
        for entry in complied:
            yield f"Of these, {w.show(entry)} {was(entry)} complied with."


def table(w: Writer) -> Table | Absent:
    """Each reason with its number, and how many of them were complied with."""
    if w.at(ISSUED).value is None:
        missing = "complaint handling failure orders"
        return Absent(not_supplied=missing)  # the commentary says so
    reasons = [e for e in w.by(ISSUED, "reason") if e.occurs]
    if not reasons:
        return Absent()
    known = bool(w.by(ISSUED, "reason", "complied"))
    rows: list[tuple[Cell, ...]] = []
    for e in reasons:
        cells = (words(e.label), number(e))
        rows.append(
            (*cells, number(w.at(ISSUED, reason=e.label, complied="Yes"))) if known else cells
        )
    whole = (words("Total"), number(w.at(ISSUED)))
    rows.append((*whole, number(w.at(ISSUED, complied="Yes"))) if known else whole)
    year = w.settings.ombudsman_period.label
    title = f"Complaint handling failure orders, {year}"
    headings = ("Reason", "Orders", *(("Complied with",) if known else ()))
    note = f"Source: Housing Ombudsman orders, {year}."
    return Table("failure_orders", title, headings, tuple(rows), has_total=True, note=note)


SECTION = Section(
    "failure_orders",
    "Complaint handling failure orders",
    commentary,
    tables={"failure_orders": table},
)

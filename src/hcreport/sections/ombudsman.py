"""What the Housing Ombudsman decided, in the Ombudsman's own year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.figures.catalogue.ombudsman import CONSIDERED
from hcreport.figures.english import either
from hcreport.records import FINDINGS
from hcreport.sections.section import Section, listed, lower, ranked, told
from hcreport.tables import Absent, Table, number, words

if TYPE_CHECKING:
    from hcreport.sections.section import Writer

FOUND = "ombudsman.findings"


def commentary(w: Writer) -> Iterator[str]:
    """Cases and findings, the maladministration rate, orders and compensation."""
    year = w.settings.ombudsman_period.label
    findings, rate = w.at(FOUND), w.at("ombudsman.maladministration_rate")
    if findings.value is None:
        yield "No record of the Housing Ombudsman's decisions was supplied."
        return
    if not findings.value:
        yield f"The Housing Ombudsman made no findings about our complaints in {year}."
        return
    cases = w.at("ombudsman.determinations")
    yield (
        f"In {year} the Housing Ombudsman decided {w.count(cases, 'case')} about us, with "
        f"{w.count(findings, 'finding')}."
    )
    if rate.value is not None:
        yield (
            f"Maladministration of some degree was found in {w.base(rate)} findings that were "
            f"considered, a maladministration rate of {w.show(rate)}."
        )
    kinds = [e for e in ranked(w.by(FOUND, "finding")) if e.value]
    yield f"By type the findings were {listed(f'{lower(e.label)} ({w.show(e)})' for e in kinds)}."
    parts = [e for e in ranked(told(w.by(FOUND, "sub_category"))) if e.value]
    if parts:
        yield f"They concerned {listed(f'{lower(e.label)} ({w.show(e)})' for e in parts)}."
    yield (
        "One decision can hold several findings, one for each matter complained of. The rate "
        "counts findings, not cases."
    )
    yield from _orders(w)


def _orders(w: Writer) -> Iterator[str]:
    complied = w.at("ombudsman.orders_complied_rate")
    if complied.value is not None:
        yield (
            f"Of the orders made, {w.base(complied)} had been complied with ({w.show(complied)})."
            + w.aside(complied, "are on record without saying whether they were complied with")
        )
    ordered = w.at("ombudsman.compensation_ordered")
    offered = w.at("ombudsman.compensation_offered_before")
    if ordered.value:
        said = f"The Ombudsman ordered {w.show(ordered)} in compensation"
        yield (
            f"{said}, of which we had already offered {w.show(offered)}."
            if offered.value
            else f"{said}."
        )


def findings_table(w: Writer) -> Table | Absent:
    """Findings by category, a column for each type that occurs."""
    categories = [e for e in w.by(FOUND, "category") if e.occurs]
    kinds = [e for e in w.by(FOUND, "finding") if e.value]
    if not categories:
        return Absent()
    rows = [
        (
            words(category.label),
            *(number(w.at(FOUND, category=category.label, finding=k.label)) for k in kinds),
            number(category),
        )
        for category in categories
    ]
    rows.append((words("Total"), *(number(kind) for kind in kinds), number(w.at(FOUND))))
    found = {kind.label for kind in kinds}
    absent = [lower(FINDINGS[code]) for code in CONSIDERED if FINDINGS[code] not in found]
    none = f" There were no findings of {either(absent)}." if absent else ""
    note = f"Source: Housing Ombudsman decisions, {w.settings.ombudsman_period.label}.{none}"
    return Table(
        "findings_by_category",
        f"Housing Ombudsman findings by category, {w.settings.ombudsman_period.label}",
        ("Category", *(k.label for k in kinds), "Total"),
        tuple(rows),
        has_total=True,
        note=note,
    )


SECTION = Section(
    "ombudsman",
    "Housing Ombudsman",
    commentary,
    tables={"findings_by_category": findings_table},
)

"""What the Housing Ombudsman decided, in the Ombudsman's own year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.figures.algebra import Typed
from hcreport.figures.catalogue.ombudsman import CONSIDERED
from hcreport.figures.english import either
from hcreport.records import FINDINGS
from hcreport.sections.section import Section, listed, lower, ranked, told
from hcreport.sections.shapes import gathered, pooled, together
from hcreport.settings import NO_REPORT
from hcreport.tables import Absent, Table, number, with_base, with_share, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcreport.figures.ledger import Entry
    from hcreport.sections.section import Writer
    from hcreport.tables import Cell

FOUND = "ombudsman.findings"
RATE = "ombudsman.maladministration_rate"
ISSUED = "ombudsman.failure_orders"
TOTALS = (
    ("determinations", "Cases decided"),
    ("findings", "Findings in them"),
    ("maladministration_rate", "Maladministration rate"),
    ("orders", "Orders"),
    ("orders_complied_rate", "Orders complied with"),
    ("recommendations", "Recommendations"),
    ("compensation_ordered", "Compensation ordered"),
    ("compensation_offered_before", "Part of it that we had already offered"),
    ("failure_orders", "Complaint handling failure orders"),
)
# Types of finding that fit beside each other, and findings that a rate should rest on at least.
MOST_TYPES = 5
STEADY = 5
# Matters that a sentence names before it stops.
MOST_NAMED = 8


def commentary(w: Writer) -> Iterator[str]:
    """Cases and findings, the maladministration rate, orders and compensation."""
    year = w.settings.ombudsman_period.label
    cases, findings = w.at("ombudsman.determinations"), w.at(FOUND)
    if cases.value is None and findings.value is None:
        yield "No record of the Housing Ombudsman's decisions was supplied."
    elif not cases.value and not findings.value:
        yield f"The Housing Ombudsman made no findings about our complaints in {year}."
        return
    else:
        yield f"In {year} the Housing Ombudsman {_decided(w, cases, findings)}"
        if _is_typed(cases) or _is_typed(findings):
            yield "These totals are as the Ombudsman published them, not counted from our records."
        yield from _findings(w)
    yield from _orders(w)


def _is_typed(entry: Entry) -> bool:
    return isinstance(entry.figure.measure, Typed)


def _decided(w: Writer, cases: Entry, findings: Entry) -> str:
    if findings.value is None:
        decided = f"decided {w.count(cases, 'case')} about us"
        return f"{decided}. How many findings it made was not supplied."
    if cases.value is None:
        made = f"made {w.count(findings, 'finding')} about us"
        return f"{made}. How many cases it decided was not supplied."
    return f"decided {w.count(cases, 'case')} about us, with {w.count(findings, 'finding')}."


def _findings(w: Writer) -> Iterator[str]:
    rate = w.at(RATE)
    if rate.value is not None:
        yield (
            f"Maladministration of some degree was found in {w.base(rate)} findings that were "
            f"considered, a maladministration rate of {w.show(rate)}."
        )
        if (rate.result.denominator or 0) < STEADY:
            yield "A rate that rests on so few findings moves far with each one more or less."
    kinds = [e for e in ranked(w.by(FOUND, "finding")) if e.value]
    if kinds:
        yield f"By type the findings were {_each(w, kinds)}."
    parts = [e for e in ranked(told(w.by(FOUND, "sub_category"))) if e.value]
    if parts:
        who = "They" if len(parts) <= MOST_NAMED else "Most often they"
        yield f"{who} concerned {_each(w, parts[:MOST_NAMED])}."
    if kinds:
        yield (
            "One decision can hold several findings, one for each matter complained of. The rate "
            "counts findings, not cases."
        )


def _each(w: Writer, entries: Sequence[Entry]) -> str:
    return listed(f"{lower(e.label)} ({w.show(e)})" for e in entries)


def _orders(w: Writer) -> Iterator[str]:
    made = [
        w.count(entry, noun) if entry.value else f"no {noun}s"
        for noun in ("order", "recommendation")
        if (entry := w.at(f"ombudsman.{noun}s")).value is not None
    ]
    if made:
        yield f"The Ombudsman made {listed(made)}."
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


def their_report(w: Writer) -> Iterator[str]:
    """The year of the Ombudsman's latest report on the landlord (Code 8.1e)."""
    theirs, year = w.settings.ombudsman.landlord_report, w.settings.ombudsman_period.label
    if theirs == NO_REPORT:
        yield "The Ombudsman has written no report on our performance."
    elif theirs is None:
        yield "Not supplied: the year of the Ombudsman's latest report on our performance."
    elif w.at(FOUND).value is None and w.at("ombudsman.determinations").value is None:
        yield f"The Ombudsman's latest report on our performance is for {theirs}."
    elif theirs == year:
        yield (
            f"The Ombudsman's latest report on our performance is for {theirs}, the year of the "
            "decisions above."
        )
    else:
        yield (
            f"The Ombudsman's latest report on our performance is for {theirs}. The decisions "
            f"above are those of {year} and are not to be compared with it number by number."
        )


# --- Tables ---


def totals_table(w: Writer) -> Table | Absent:
    """Cases, findings, orders and money, each with what it rests on."""
    entries = [(w.at(f"ombudsman.{name}"), label) for name, label in TOTALS]
    decisions = "the Housing Ombudsman's decisions"
    if all(e.value is None for e, _ in entries if e.id != ISSUED):
        return Absent(not_supplied=decisions)  # the commentary says so
    rows = [(words(label), with_base(e)) for e, label in entries if e.value is not None]
    missing = [lower(label) for e, label in entries if e.value is None]
    also = f" Not supplied: {listed(missing)}." if missing else ""
    year = w.settings.ombudsman_period.label
    title = f"What the Housing Ombudsman decided, {year}"
    note = f"{_source(w, [e for e, _ in entries])}{also}"
    return Table("ombudsman_totals", title, ("Measure", year), tuple(rows), note=note)


def by_type_table(w: Writer) -> Table | Absent:
    """Every type of finding there is, the ones of which there were none too."""
    kinds = w.by(FOUND, "finding")
    if not any(e.value for e in kinds):
        return Absent()
    rows: list[tuple[Cell, ...]] = [(words(e.label), with_share(e)) for e in kinds]
    rows.append((words("Total"), number(w.at(FOUND))))
    title = f"Housing Ombudsman findings by type, {w.settings.ombudsman_period.label}"
    headings = ("Type of finding", "Findings")
    note = _source(w, [w.at(FOUND)])
    return Table("findings_by_type", title, headings, tuple(rows), has_total=True, note=note)


def by_category_table(w: Writer) -> Table | Absent:
    """Findings by category: a column for each type, or the rate where the types are many."""
    categories = [e for e in w.by(FOUND, "category") if e.occurs]
    if not categories:
        return Absent()
    kinds = [e for e in w.by(FOUND, "finding") if e.value]
    if len(kinds) > MOST_TYPES:
        return _with_rates(w, categories)
    return _crossed(w, categories, kinds)


def _crossed(w: Writer, categories: Sequence[Entry], kinds: Sequence[Entry]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (words(label), *(together(_cross(w, held, k)) for k in kinds), together(held))
        for label, held in gathered(categories, "categories")
    ]
    rows.append((words("Total"), *(number(kind) for kind in kinds), number(w.at(FOUND))))
    found = {kind.label for kind in kinds}
    absent = [lower(FINDINGS[code]) for code in CONSIDERED if FINDINGS[code] not in found]
    none = f" There were no findings of {either(absent)}." if absent else ""
    headings = ("Category", *(k.label for k in kinds), "Total")
    return _by_category(w, headings, rows, none)


def _cross(w: Writer, categories: Sequence[Entry], kind: Entry) -> list[Entry]:
    return [w.at(FOUND, category=c.label, finding=kind.label) for c in categories]


def _with_rates(w: Writer, categories: Sequence[Entry]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            words(label),
            together(held, shared=True),
            pooled([w.at(RATE, category=c.label) for c in held]),
        )
        for label, held in gathered(categories, "categories")
    ]
    rows.append((words("Total"), number(w.at(FOUND)), with_base(w.at(RATE))))
    return _by_category(w, ("Category", "Findings", "Maladministration rate"), rows)


def _by_category(
    w: Writer, headings: tuple[str, ...], rows: Sequence[tuple[Cell, ...]], none: str = ""
) -> Table:
    return Table(
        "findings_by_category",
        f"Housing Ombudsman findings by category, {w.settings.ombudsman_period.label}",
        headings,
        tuple(rows),
        has_total=True,
        note=f"{_source(w, [w.at(FOUND)])}{none}",
    )


def _source(w: Writer, entries: Sequence[Entry]) -> str:
    """Where figures come from, and which of them are as published and not counted."""
    year = w.settings.ombudsman_period.label
    typed = [e for e in entries if _is_typed(e)]
    if not typed:
        how = ""
    elif all(_is_typed(e) or e.value is None for e in entries):
        how = ", totals as published"
    else:
        names = listed(label for name, label in TOTALS for e in typed if e.id.endswith(f".{name}"))
        how = f"; as published: {lower(names)}"
    return f"Source: Housing Ombudsman decisions, {year}{how}."


SECTION = Section(
    "ombudsman",
    "Housing Ombudsman",
    commentary,
    tables={
        "ombudsman_totals": totals_table,
        "findings_by_type": by_type_table,
        "findings_by_category": by_category_table,
    },
)
REPORT = Section("ombudsman_report", "The Ombudsman's report on the landlord", their_report)

"""The Tenant Satisfaction Measures that complaints data yields: CH01 and CH02."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.records import STAGES, TENURES
from hcreport.sections.section import Section
from hcreport.tables import Absent, Table, number, words

if TYPE_CHECKING:
    from hcreport.sections.section import Writer

LOW_COST = (TENURES["LCRA"], TENURES["LCHO"])


def commentary(w: Writer) -> Iterator[str]:
    """CH01 and CH02 at each stage, or why there are none."""
    if w.span != "year":
        yield "CH01 is a measure of whole years, so there is none for a part of one."
    elif any(
        w.at(f"tsm.ch01.{s}").value is None and not w.at(f"tsm.ch01.{s}").suppressed for s in STAGES
    ):
        yield (
            "The measure CH01 cannot be given: it needs the tenure of each complaint and the "
            "number of homes owned at the end of the year."
        )
    for stage, label in STAGES.items():
        relative, in_time = w.at(f"tsm.ch01.{stage}"), w.at(f"tsm.ch02.{stage}")
        if relative.value is not None:
            yield (
                f"For every 1,000 low cost homes that we own, tenants made {w.show(relative)} "
                f"{label.lower()} complaints (CH01)."
            ) + w.aside(relative, "have no tenure recorded")
        if in_time.value is not None:
            _, _, unknown = in_time.figure.label.partition(" (")
            whose = f", of all tenures ({unknown}" if unknown else ""
            yield (
                f"Of the {label.lower()} complaints that can be judged{whose}, {w.show(in_time)} "
                f"were answered within the Code's timescales ({w.base(in_time)}, CH02)."
            )


def table(w: Writer) -> Table | Absent:
    """Each measure by tenure."""
    first = w.at("tsm.ch01.stage1")
    if not (first.suppressed or first.value is not None) or not w.ledger.has(
        "tsm.ch01.stage1", "tenure"
    ):
        return Absent()
    rows = []
    for measure, words_for in (("ch01", "complaints per 1,000 homes"), ("ch02", "within the Code")):
        for stage, label in STAGES.items():
            figure = f"tsm.{measure}.{stage}"
            cells = (number(w.at(figure, tenure=tenure)) for tenure in LOW_COST)
            name = f"{measure.upper()}: {label.lower()}, {words_for}"
            rows.append((words(name), *cells, number(w.at(figure))))
    return Table(
        "tsm",
        "Tenant satisfaction measures from complaints",
        ("Measure", *LOW_COST, "Both"),
        tuple(rows),
        note="Complaints received from tenants of homes we own. Leaseholders are not included.",
    )


SECTION = Section("tsm", "Tenant satisfaction measures", commentary, tables={"tsm": table})

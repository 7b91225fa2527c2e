"""The Tenant Satisfaction Measures that complaints data yields: CH01 and CH02."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.derive.complaints import JUDGED
from hcreport.figures.catalogue.tsm import NO_TENURE
from hcreport.records import STAGES, TENURES
from hcreport.sections.section import Section, listed, told
from hcreport.tables import Absent, Table, number, words

if TYPE_CHECKING:
    from hcreport.figures.ledger import Entry
    from hcreport.sections.section import Writer

# Why a complaint is in neither part of CH02, of one and of several.
WHY_NOT = (
    ("withdrawn", "that was withdrawn", "that were withdrawn"),
    ("not_yet_due", "that is not yet due", "that are not yet due"),
    ("unknown", "whose dates leave it open", "whose dates leave it open"),
)
LOW_COST = (TENURES["LCRA"], TENURES["LCHO"])


def commentary(w: Writer) -> Iterator[str]:
    """CH01 and CH02 at each stage, or why there are none."""
    if w.span != "year":
        yield "CH01 is a measure of whole years, so there is none for a part of one."
    else:
        yield from _not_given(w)
    if any(_is_of_all(w.at(f"tsm.ch02.{stage}")) for stage in STAGES):
        yield "Since tenures are not recorded, CH02 is about complaints of every tenure."
    for stage, label in STAGES.items():
        relative, in_time = w.at(f"tsm.ch01.{stage}"), w.at(f"tsm.ch02.{stage}")
        if relative.value is not None:
            yield (
                f"For every 1,000 low cost homes that we own, tenants made {w.show(relative)} "
                f"{label.lower()} complaints (CH01)."
            ) + w.aside(relative, "have no tenure recorded")
        if in_time.value is not None:
            yield _within_code(w, in_time, label.lower())


def _not_given(w: Writer) -> Iterator[str]:
    """Why there is no CH01, by what is missing alone."""
    held = [stage for stage in STAGES if w.held(stage)]
    lacking = [s for s in held if (e := w.at(f"tsm.ch01.{s}")).value is None and not e.suppressed]
    if not lacking:
        return
    needs = []
    if not all(w.ledger.has(f"tsm.ch01.{stage}", "tenure") for stage in lacking):
        needs.append("the tenure of each complaint")
    if not w.settings.homes.owned:
        needs.append("the number of homes owned at the end of the year")
    at = "" if lacking == held else f" at {listed(STAGES[s].lower() for s in lacking)}"
    if needs:
        verb = "was" if len(needs) == 1 else "were"
        yield f"The measure CH01 cannot be given{at}: {listed(needs)} {verb} not supplied."


def _is_of_all(in_time: Entry) -> bool:
    """Whether CH02 has a value, and is over complaints of every tenure for want of a column."""
    return in_time.value is not None and in_time.figure.label.endswith(f"({NO_TENURE})")


def _within_code(w: Writer, in_time: Entry, stage: str) -> str:
    """CH02 at a stage, with what could not be judged and why."""
    return (
        f"Of the {stage} complaints that can be judged, {w.show(in_time)} were answered "
        f"within the Code's timescales ({w.base(in_time)}, CH02)."
    ) + _unjudged(w, in_time)


def _unjudged(w: Writer, in_time: Entry) -> str:
    """What could not be judged and so was set aside, by why."""
    cases = w.by(in_time.id.replace("ch02", "ch02_cases"), "judged")
    held = {e.label: e for e in told(cases) if e.value}
    parts = [
        f"{w.show(e)} {one if e.value == 1 else many}"
        for code, one, many in WHY_NOT
        if (e := held.get(JUDGED[code])) is not None
    ]
    return f" Set aside: {listed(parts)}." if parts else ""


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
            if not w.ledger.has(figure, "tenure"):
                continue
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

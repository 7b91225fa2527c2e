"""Complaints received: how many, at which stage, about which service, in which month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.charts import Bar, Chart, Kind, Panel
from hcreport.records import NOT_RECORDED, STAGES
from hcreport.sections.section import (
    Section,
    for_service,
    highest,
    listed,
    month_name,
    month_short,
    told,
)
from hcreport.sections.shapes import bar, bar_with_share, describe
from hcreport.tables import Absent, Table, change, number, previous, with_share, words

if TYPE_CHECKING:
    from hcreport.figures.ledger import Entry
    from hcreport.sections.section import Writer


def commentary(w: Writer) -> Iterator[str]:
    """What arrived, against the year before, by service and by month."""
    for stage, label in STAGES.items():
        if stage in w.stages:
            yield _against_last_year(w, w.at(f"{stage}.received"), label.lower())
        else:
            yield f"No {label.lower()} complaints are in the exports."
    services = told(w.services("stage1.received"))
    if len(services) > 1:
        parts = [f"{w.show(e)} {for_service(e)} ({w.share(e)})" for e in services]
        see = w.see("received_by_service")
        yield f"Of the stage 1 complaints{see}, there were {listed(parts)}."
    busiest = highest(w.by("stage1.received", "month"))
    if len(busiest) == 1 and busiest[0].count > 1:
        month = busiest[0]
        complaints, see = w.count(month, "stage 1 complaint"), w.see("received_by_month")
        yield f"The busiest month was {month_name(month.label)}, with {complaints}{see}."
    requests = w.at("service_requests.received")
    if requests.value is not None:
        recorded = f"We {'also ' if requests.value else ''}recorded"
        yield (
            f"{recorded} {w.count(requests, 'service request')}. A service request asks for "
            "something to be put right and is not a complaint, so it is counted apart (Code 1.4)."
        )


def _against_last_year(w: Writer, entry: Entry, stage: str) -> str:
    sentence = f"We received {w.count(entry, f'{stage} complaint')} {w.period.when}"
    if entry.previous is None:
        return f"{sentence}. There is no figure for {w.before} to compare with."
    if entry.previous == 0:
        return f"{sentence}, where there were none in {w.before}."
    return f"{sentence}, {w.change(entry)} on the {w.previous(entry)} received in {w.before}."


def by_stage_table(w: Writer) -> Table:
    """This year, beside last where that is known."""
    entries = {label: w.at(f"{stage}.received") for stage, label in w.stages.items()}
    title = "Complaints received at each stage"
    if all(entry.previous is None for entry in entries.values()):
        plain = tuple((words(label), number(entry)) for label, entry in entries.items())
        return Table("received_by_stage", title, ("Stage", w.period.label), plain)
    rows = [(words(label), number(e), previous(e), change(e)) for label, e in entries.items()]
    headings = ("Stage", w.period.label, w.before, "Change on the year")
    return Table("received_by_stage", title, headings, tuple(rows))


def by_stage_chart(w: Writer) -> Chart:
    """This year's bar over last year's, a panel for each stage."""
    panels, years = [], {w.period.label: None}
    for stage, label in w.stages.items():
        entry = w.at(f"{stage}.received")
        bars = [bar(entry, w.period.label)]
        if entry.previous is not None:
            years[w.before] = None
            bars.append(Bar(w.before, entry.previous, entry.previous_shown, muted=True))
        panels.append(Panel(label, tuple(bars)))
    title = f"Complaints received at each stage, {listed(years)}"
    alt = describe("Bar chart", title, panels)
    return Chart("received_by_stage", Kind.BARS, title, tuple(panels), alt)


def by_service_table(w: Writer) -> Table | Absent:
    """Each stage's complaints by service, and the escalation rate between them."""
    services = _services(w)
    if not services:
        return Absent()
    rates = ("escalation.rate",) if len(w.stages) == len(STAGES) else ()
    rows = [
        (
            words(e.label),
            *(with_share(w.at(f"{stage}.received", service=e.label)) for stage in w.stages),
            *(number(w.at(rate, service=e.label)) for rate in rates),
        )
        for e in services
    ]
    totals = (number(w.at(f"{stage}.received")) for stage in w.stages)
    rows.append((words("Total"), *totals, *(number(w.at(rate)) for rate in rates)))
    headings = ("Service", *w.stages.values(), *("Escalation rate" for _ in rates))
    note = "The escalation rate is stage 2 complaints received over stage 1 complaints received."
    return Table(
        "received_by_service",
        "Complaints received by service",
        headings,
        tuple(rows),
        has_total=True,
        note=note if rates else "",
    )


def _services(w: Writer) -> list[Entry]:
    """The services in the order of their first column; none where there is only one.

    What would then be said of the one service is said of the stage.
    """
    services = w.services("all_stages.received")
    stage = next(iter(w.stages))
    first = {e.label: e.count for e in w.by(f"{stage}.received", "service")}
    in_order = sorted(services, key=lambda e: (e.label == NOT_RECORDED, -first[e.label]))
    return in_order if len(services) > 1 else []


def by_service_chart(w: Writer) -> Chart | None:
    """A panel for each stage, a bar for each service."""
    services = _services(w)
    if not services:
        return None
    panels = tuple(
        Panel(
            label,
            tuple(bar_with_share(w.at(f"{stage}.received", service=e.label)) for e in services),
        )
        for stage, label in w.stages.items()
    )
    title = f"Complaints received by stage and service, {w.period.label}"
    alt = describe("Bar chart", title, panels)
    return Chart("received_by_service", Kind.BARS, title, panels, alt)


def by_month_table(w: Writer) -> Table:
    """Each month of the period."""
    rows = [
        (
            words(month_name(month)),
            *(number(w.at(f"{stage}.received", month=month)) for stage in w.stages),
        )
        for month in w.period.months()
    ]
    rows.append((words("Total"), *(number(w.at(f"{stage}.received")) for stage in w.stages)))
    headings = ("Month", *w.stages.values())
    return Table(
        "received_by_month",
        "Complaints received in each month",
        headings,
        tuple(rows),
        has_total=True,
    )


def by_month_chart(w: Writer) -> Chart:
    """A panel for each stage, a column for each month."""
    panels = tuple(
        Panel(
            label,
            tuple(
                bar(w.at(f"{stage}.received", month=month), month_short(month))
                for month in w.period.months()
            ),
        )
        for stage, label in w.stages.items()
    )
    title = f"Complaints received in each month, {w.period.label}"
    alt = describe("Column chart", title, panels)
    return Chart("received_by_month", Kind.COLUMNS, title, panels, alt)


SECTION = Section(
    "volumes",
    "Complaints received",
    commentary,
    tables={
        "received_by_stage": by_stage_table,
        "received_by_service": by_service_table,
        "received_by_month": by_month_table,
    },
    charts={
        "received_by_stage": by_stage_chart,
        "received_by_service": by_service_chart,
        "received_by_month": by_month_chart,
    },
)

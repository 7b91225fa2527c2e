"""Complaints that went on to stage 2: how many, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.records import NOT_RECORDED
from hcreport.sections.section import (
    Section,
    for_service,
    highest,
    is_only,
    listed,
    opening,
    published,
    quoted,
    told,
    was,
)
from hcreport.sections.shapes import across_services, crossed_chart, crossed_table, recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcreport.charts import Chart
    from hcreport.sections.section import Writer
    from hcreport.tables import Absent, Table

REQUESTS = "escalation.requests"


def commentary(w: Writer) -> Iterator[str]:
    """The two rates, each named, then the reasons given."""
    rate, span = w.at("escalation.rate"), w.span
    if "stage2" not in w.stages:
        yield "No stage 2 complaints are in the exports, so how many went on to it is not known."
        return
    if rate.value is not None:
        services = across_services(w, rate.id, "stage 1 complaints")
        yield (
            f"The escalation rate sets the stage 2 complaints received in the {span} against the "
            f"stage 1 complaints received in it. It was {w.show(rate)} ({w.base(rate)})."
        ) + (f" By service it {services}." if services else "")
    cohort = w.at("escalation.cohort_rate")
    if cohort.value is not None:
        yield (
            f"Followed one by one, {w.show(cohort)} of the stage 1 complaints we answered in the "
            f"{span} have gone on to stage 2 ({w.base(cohort)}). Some answered near the end of the "
            f"{span} may still do so."
        )
    yield from _live(w)
    yield from _reasons(w)


def _live(w: Writer) -> Iterator[str]:
    live, at_start = w.at(REQUESTS), w.at("stage2.open_at_start")
    received = w.at("stage2.received")
    if not live.value:
        yield f"No stage 2 complaints were live in the {w.span}."
        return
    if at_start.value is None:
        yield (
            f"{opening(w.count(received, 'stage 2 complaint'))} {was(received)} received in the "
            f"{w.span}; how many were open at its start is not recorded."
        )
        return
    yield (
        f"{w.count(live, 'stage 2 complaint')} {was(live)} live at some time in the {w.span}"
        f"{w.see('escalation_reasons_by_service')}: {w.show(at_start)} open at its start and "
        f"{w.show(received)} received in it."
    )


def _reasons(w: Writer) -> Iterator[str]:
    """The reasons in order of how many gave them, then the services where another came first."""
    reasons = recorded(w, REQUESTS, "reason", {})
    top, some = highest(reasons), published(w.by(REQUESTS, "reason"))
    if top and is_only(w.by(REQUESTS, "reason")):
        yield (
            f"The only reason given for going to stage 2 was {quoted(top[0].label)}, in "
            f"{w.count(top[0])}."
        )
    elif top:
        verb = "was" if len(top) == 1 else "were"
        noun = f"reason{'s' if len(top) > 1 else ''}{some}"
        each = " each" if len(top) > 1 else ""
        names = listed(quoted(e.label) for e in top)
        said = (
            f"The most common {noun} for going to stage 2 {verb} {names} "
            f"({w.base(top[0])}{each}, {w.share(top[0])})"
        )
        rest = [f"{quoted(e.label)} ({w.show(e)}, {w.share(e)})" for e in reasons if e not in top]
        yield f"{said}. Next came {listed(rest)}." if rest else f"{said}."
        yield from _elsewhere(w, [e.label for e in top])
    if any(e.value for e in w.by(REQUESTS, "reason") if e.label == NOT_RECORDED):
        yield "A resident need not give a reason for going to stage 2, and some did not."


def _elsewhere(w: Writer, first: Sequence[str]) -> Iterator[str]:
    """The services whose commonest reason is another than that of all together."""
    others = []
    services = told(w.services(REQUESTS))
    for service in services:
        within = {"service": service.label}
        top = highest(recorded(w, REQUESTS, "reason", within))
        if len(top) != 1 or published(w.by(REQUESTS, "reason", **within)):
            continue
        if top[0].label not in first:
            others.append(f"{quoted(top[0].label)} {for_service(service)} ({w.base(top[0])})")
    if others:
        yield f"Another reason came first in some services: {listed(others)}."


def reasons_table(w: Writer) -> Table | Absent:
    """Reasons by service."""
    title = f"Reasons for escalation of the stage 2 complaints live in the {w.span}, by service"
    return crossed_table(
        w, "escalation_reasons_by_service", title, REQUESTS, "reason", heading="Reason"
    )


def reasons_chart(w: Writer) -> Chart | None:
    """Reasons, a panel for each service."""
    title = f"Reasons for escalation by service, {w.period.label}"
    return crossed_chart(w, "escalation_reasons_by_service", title, REQUESTS, "reason")


SECTION = Section(
    "escalation",
    "Reasons for escalation",
    commentary,
    tables={"escalation_reasons_by_service": reasons_table},
    charts={"escalation_reasons_by_service": reasons_chart},
)

"""Complaints that went on to stage 2: how many, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.figures.evaluate import NOT_RECORDED
from hcreport.sections.section import Section, highest, listed, lower, ranked, was
from hcreport.sections.shapes import crossed_chart, crossed_table

if TYPE_CHECKING:
    from hcreport.charts import Chart
    from hcreport.sections.section import Writer
    from hcreport.tables import Table

REQUESTS = "escalation.requests"


def commentary(w: Writer) -> Iterator[str]:
    """The two rates, each named, then the reasons given."""
    rate = w.at("escalation.rate")
    if rate.value is not None:
        by_service = [
            f"{w.show(e)} for {e.label} ({w.base(e)})" for e in w.services("escalation.rate")
        ]
        services = f" By service it was {listed(by_service)}." if len(by_service) > 1 else ""
        yield f"The escalation rate was {w.show(rate)} ({w.base(rate)}).{services}"
    cohort = w.at("escalation.cohort_rate")
    if cohort.value is not None:
        yield (
            f"Followed one by one, {w.show(cohort)} of the stage 1 complaints we answered in the "
            f"year have gone on to stage 2 ({w.base(cohort)}). Some answered near the end of the "
            "year may still do so."
        )
    yield from _live(w)
    yield from _reasons(w)


def _live(w: Writer) -> Iterator[str]:
    live, opening = w.at(REQUESTS), w.at("stage2.open_at_start")
    received = w.at("stage2.received")
    if live.value is None:
        return
    verb = was(live)
    said = f"{w.count(live, 'stage 2 complaint')} {verb} live at some time in the year"
    if opening.value is not None:
        said += f": {w.show(opening)} open at its start and {w.show(received)} received in it"
    yield f"{said}."


def _reasons(w: Writer) -> Iterator[str]:
    groups = [(f"For {s.label}", {"service": s.label}) for s in w.services(REQUESTS)]
    if len(groups) != 1:
        groups.append(("Across all services", {}))
    for opening, within in groups:
        reasons = [
            e
            for e in ranked(w.by(REQUESTS, "reason", **within))
            if e.label != NOT_RECORDED and e.value
        ]
        top = highest(reasons)
        if not top:
            continue
        names = listed(lower(e.label) for e in top)
        noun, each = ("reason", "") if len(top) == 1 else ("reasons", " each")
        said = (
            f"{opening}, the most common {noun} for escalation: {names} "
            f"({w.base(top[0])}{each}, {w.share(top[0])})"
        )
        rest = [f"{lower(e.label)} ({w.show(e)}, {w.share(e)})" for e in reasons if e not in top]
        yield f"{said}. After that: {listed(rest)}." if rest else f"{said}."


def reasons_table(w: Writer) -> Table | None:
    """Reasons by service."""
    title = "Reasons for escalation of the stage 2 complaints live in the year, by service"
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

"""Complaints that went on to stage 2: how many, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.records import NOT_RECORDED
from hcreport.sections.section import (
    Section,
    for_service,
    highest,
    listed,
    published,
    quoted,
    told,
    was,
)
from hcreport.sections.shapes import crossed_chart, crossed_table, each_service, recorded

if TYPE_CHECKING:
    from hcreport.charts import Chart
    from hcreport.sections.section import Writer
    from hcreport.tables import Absent, Table

REQUESTS = "escalation.requests"


def commentary(w: Writer) -> Iterator[str]:
    """The two rates, each named, then the reasons given."""
    rate, span = w.at("escalation.rate"), w.span
    if rate.value is not None:
        by_service = [
            f"{w.show(e)} {for_service(e)} ({w.base(e)})"
            for e in told(w.services("escalation.rate"))
        ]
        services = f" By service it was {listed(by_service)}." if len(by_service) > 1 else ""
        yield (
            f"The escalation rate sets the stage 2 complaints received in the {span} against the "
            f"stage 1 complaints received in it. It was {w.show(rate)} ({w.base(rate)}).{services}"
        )
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
            f"{w.count(received, 'stage 2 complaint')} {was(received)} received in the "
            f"{w.span}; how many were open at its start is not recorded."
        )
        return
    yield (
        f"{w.count(live, 'stage 2 complaint')} {was(live)} live at some time in the {w.span}"
        f"{w.see('escalation_reasons_by_service')}: {w.show(at_start)} open at its start and "
        f"{w.show(received)} received in it."
    )


def _reasons(w: Writer) -> Iterator[str]:
    some_without = any(e.value for e in w.by(REQUESTS, "reason") if e.label == NOT_RECORDED)
    for who, within in each_service(w, REQUESTS):
        reasons = recorded(w, REQUESTS, "reason", within)
        top, some = highest(reasons), published(w.by(REQUESTS, "reason", **within))
        if not top:
            continue
        names = listed(quoted(e.label) for e in top)
        reason, each = (
            (f"reason{some} was", "") if len(top) == 1 else (f"reasons{some} were", " each")
        )
        said = (
            f"{who}, the most common {reason} {names} ({w.base(top[0])}{each}, {w.share(top[0])})"
        )
        rest = [f"{quoted(e.label)} ({w.show(e)}, {w.share(e)})" for e in reasons if e not in top]
        yield f"{said}. Next came {listed(rest)}." if rest else f"{said}."
    if some_without:
        yield "A resident need not give a reason for going to stage 2, and some did not."


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

"""Root causes, recorded when a complaint is closed and so counted over the closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.records import NOT_RECORDED
from hcreport.sections.section import (
    Section,
    highest,
    is_only,
    listed,
    lower,
    published,
    ranked,
)
from hcreport.sections.shapes import crossed_chart, crossed_table, each_service, recorded
from hcreport.tables import Absent, Table, number, share, words

if TYPE_CHECKING:
    from hcreport.charts import Chart
    from hcreport.figures.ledger import Entry
    from hcreport.sections.section import Writer

CLOSED = "stage1.closed"


def commentary(w: Writer) -> Iterator[str]:
    """The leading cause for each service with its largest detail, then all services together."""
    causes = w.by(CLOSED, "root_cause")
    if not any(e.occurs for e in causes if e.label != NOT_RECORDED):
        yield f"No root causes are recorded for the stage 1 complaints closed in the {w.span}."
        return
    for who, within in each_service(w, CLOSED):
        yield from _leading(w, who, within)
    for entry in causes:
        if entry.label == NOT_RECORDED and not entry.suppressed:
            yield f"No root cause was recorded for {w.count(entry)}."
    yield (
        "A root cause is recorded when a complaint is closed, so these figures"
        f"{w.see('root_causes_by_service')} cover the complaints closed in the {w.span} and need "
        "not add up to those received."
    )


def _leading(w: Writer, who: str, within: dict[str, str]) -> Iterator[str]:
    """The most common cause, its largest detail, and the others in order."""
    causes = recorded(w, CLOSED, "root_cause", within)
    top, some = highest(causes), published(w.by(CLOSED, "root_cause", **within))
    if not top:
        if not some:
            yield f"{who}, no root causes are recorded."
        return
    if is_only(causes) and not some:
        yield (
            f"{who}, the only root cause recorded was {lower(top[0].label)}, for "
            f"{w.count(top[0])} closed at stage 1{_largest_detail(w, top[0], within)}."
        )
        return
    names = listed(lower(e.label) for e in top)
    cause, verb = ("cause", "was") if len(top) == 1 else ("causes", "were")
    each = "" if len(top) == 1 else " each"
    said = (
        f"{who}, the most common root {cause}{some} {verb} {names}, with {w.base(top[0])} "
        f"complaints closed at stage 1{each} ({w.share(top[0])})"
    )
    if len(top) == 1:
        said += _largest_detail(w, top[0], within)
    rest = [f"{lower(e.label)} ({w.show(e)}, {w.share(e)})" for e in causes if e not in top]
    after = "it" if len(top) == 1 else "them"
    yield f"{said}. After {after} came {listed(rest)}." if rest else f"{said}."


def _largest_detail(w: Writer, cause: Entry, within: dict[str, str]) -> str:
    details = w.by(CLOSED, "root_cause_detail", **within, root_cause=cause.label)
    top = highest(details)
    if len(top) != 1 or published(details) or is_only(details):
        return ""
    return f". Within it, {lower(top[0].label)} came first ({w.base(top[0])})"


def causes_table(w: Writer) -> Table | Absent:
    """Root causes by service."""
    title = "Root causes of the stage 1 complaints closed, by service"
    return crossed_table(
        w, "root_causes_by_service", title, CLOSED, "root_cause", heading="Root cause"
    )


def details_table(w: Writer) -> Table | Absent:
    """Every detail under its cause."""
    rows = [
        (words(cause.label), words(detail.label), number(detail), share(detail))
        for cause in ranked(w.by(CLOSED, "root_cause"))
        for detail in ranked(w.by(CLOSED, "root_cause_detail", root_cause=cause.label))
        if detail.occurs
    ]
    if not rows:
        return Absent()
    return Table(
        "root_cause_details",
        "What lay behind each root cause",
        ("Root cause", "Detail", "Complaints", "Share of the cause"),
        tuple(rows),
    )


def causes_chart(w: Writer) -> Chart | None:
    """Root causes, a panel for each service."""
    title = f"Root causes of the stage 1 complaints closed, by service, {w.period.label}"
    return crossed_chart(w, "root_causes_by_service", title, CLOSED, "root_cause")


SECTION = Section(
    "causes",
    "Root causes",
    commentary,
    tables={"root_causes_by_service": causes_table, "root_cause_details": details_table},
    charts={"root_causes_by_service": causes_chart},
)

"""The few numbers that matter, for the first page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.figures.shown import NO_FIGURE
from hcreport.records import NOT_RECORDED, STAGES
from hcreport.sections.section import (
    Section,
    highest,
    in_scope,
    is_only,
    listed,
    lower,
    opening,
    published,
    quoted,
)
from hcreport.tables import Cell, Table, number, previous, words

if TYPE_CHECKING:
    from hcreport.figures.ledger import Entry
    from hcreport.sections.section import Writer

FIGURES = (
    ("stage1.received", "Stage 1 complaints received"),
    ("stage2.received", "Stage 2 complaints received"),
    ("escalation.rate", "Escalation rate"),
    ("stage1.uphold_rate", "Stage 1 uphold rate"),
    ("stage2.uphold_rate", "Stage 2 uphold rate"),
    ("stage1.on_time_rate", "Stage 1 answered on time"),
    ("stage2.on_time_rate", "Stage 2 answered on time"),
    ("stage1.refused", "Stage 1 complaints not accepted"),
    ("compensation.total.amount", "Compensation awarded"),
    ("ombudsman.maladministration_rate", "Ombudsman maladministration rate"),
    ("tsm.tp09", "Satisfied with complaint handling (TP09)"),
)


def commentary(w: Writer) -> Iterator[str]:
    """The year in single sentences, each with its base."""
    if w.settings.scope.where:
        yield f"Only {in_scope(w)} are counted in this report."
    received = w.at("stage1.received")
    compared = "" if received.change is None else f", {w.change(received)} on {w.before}"
    yield f"We received {w.count(received, 'stage 1 complaint')}{compared}."
    yield from _cause(w)
    yield from _reason(w)
    yield from _rates(w)
    yield from _refused(w)
    amount = w.at("compensation.total.amount")
    if amount.value:
        cases = w.at("compensation.total.cases")
        yield f"Compensation of {w.show(amount)} awarded, over {w.count(cases, 'case')}."


def _cause(w: Writer) -> Iterator[str]:
    """The root cause that came first, where one did."""
    every = [e for e in w.by("stage1.closed", "root_cause") if e.label != NOT_RECORDED]
    causes = highest(every)
    if len(causes) != 1:
        return
    cause = causes[0]
    if is_only(every):
        yield f"The only root cause recorded was {lower(cause.label)}, for {w.count(cause)} closed."
        return
    yield (
        f"The most common root cause{published(every)} was {lower(cause.label)}: "
        f"{w.base(cause)} complaints closed ({w.share(cause)})."
    )


def _reason(w: Writer) -> Iterator[str]:
    """The reason for going to stage 2 that came first, where one did."""
    given = w.by("escalation.requests", "reason")
    reasons = highest(given)
    if len(reasons) != 1:
        return
    reason = reasons[0]
    if is_only(given):
        yield f"The only reason given for going to stage 2 was {quoted(reason.label)}."
        return
    yield (
        f"The most common reason for going to stage 2{published(given)} was "
        f"{quoted(reason.label)} ({w.base(reason)}, {w.share(reason)})."
    )


def _rates(w: Writer) -> Iterator[str]:
    """What was upheld and what was on time, at each stage."""
    for rate, what in (
        ("uphold_rate", "upheld or partly upheld"),
        ("on_time_rate", "answered on time"),
    ):
        parts = [
            f"{w.show(e)} at {label.lower()} ({w.base(e)})"
            for stage, label in STAGES.items()
            if (e := w.at(f"{stage}.{rate}")).value is not None
        ]
        if parts:
            yield f"Complaints {what}: {listed(parts)}."


def _is_known(w: Writer, entry: Entry) -> bool:
    """Whether there is a value; and of stage 2 none is known where the exports hold nothing."""
    needs_second = entry.id.startswith(("stage2.", "escalation."))
    return entry.value is not None and (not needs_second or "stage2" in w.stages)


def _refused(w: Writer) -> Iterator[str]:
    first, second = w.at("stage1.refused"), w.at("stage2.refused")
    if first.value is None:
        return
    if not first.value and not second.value:
        yield "No complaints were refused."
    elif "stage2" not in w.stages:
        yield f"{w.count(first)} not accepted at stage 1."
    else:
        number = w.show(second) if second.value else "none"
        at_stage_2 = "" if second.value is None else f" and {number} at stage 2"
        yield f"{opening(w.count(first))} not accepted at stage 1{at_stage_2}."


def table(w: Writer) -> Table:
    """This year beside last, with the counts behind each rate in its label."""
    entries = [(e, label) for f, label in FIGURES if _is_known(w, e := w.at(f))]
    compared = any(entry.previous is not None for entry, _ in entries)
    lacking = compared and any(entry.previous_shown == NO_FIGURE for entry, _ in entries)
    rows: list[tuple[Cell, ...]] = []
    for entry, label in entries:
        base = f" ({entry.base})" if entry.result.denominator else ""
        cells = (words(f"{label}{base}"), number(entry))
        rows.append((*cells, previous(entry)) if compared else cells)
    before = (w.before,) if compared else ()
    title = f"The {w.span} at a glance, {listed((w.period.label, *before))}"
    note = f"“{NO_FIGURE.capitalize()}”: no figure for {w.before} was supplied." if lacking else ""
    headings = ("Measure", w.period.label, *before)
    return Table("at_a_glance", title, headings, tuple(rows), note=note)


SECTION = Section("headlines", "At a glance", commentary, tables={"at_a_glance": table})

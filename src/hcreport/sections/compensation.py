"""Compensation awarded, by stage and by reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from hcreport.charts import Chart, Kind, Panel
from hcreport.records import STAGES
from hcreport.sections.section import (
    Section,
    highest,
    is_only,
    listed,
    lower,
    published,
    ranked,
    told,
)
from hcreport.sections.shapes import bar, bar_with_share, describe
from hcreport.tables import Absent, Cell, Table, number, with_share, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcreport.sections.section import Writer

CASES, AMOUNT = "compensation.total.cases", "compensation.total.amount"


def commentary(w: Writer) -> Iterator[str]:
    """What was awarded in all, at each stage, and for what."""
    cases, amount = w.at(CASES), w.at(AMOUNT)
    if cases.value is None:
        yield "No record of the compensation awarded was supplied."
        return
    if not cases.value:
        yield f"No compensation was awarded in the {w.span}."
        return
    said = (
        f"We awarded {w.show(amount)} in compensation {w.period.when}, "
        f"over {w.count(cases, 'case')}"
    )
    if amount.previous is None:
        yield f"{said}. There is no figure for {w.before} to compare with."
    elif amount.previous == 0:
        yield f"{said}, where there was none in {w.before}."
    else:
        yield f"{said}: {w.change(amount)} on {w.before} ({w.previous(amount)})."
    yield _by_stage(w)
    yield from _reasons(w)
    yield (
        "A case is a complaint at one stage with an award that was not declined or withdrawn. An "
        "award can be made on a complaint that was not upheld, so cases need not match outcomes."
    )


def _by_stage(w: Writer) -> str:
    """How the awards fall to the stages."""
    parts = [
        f"{w.show(w.at(f'compensation.{stage}.amount'))} over {w.count(cases, 'case')} "
        f"at {label.lower()}"
        for stage, label in STAGES.items()
        if (cases := w.at(f"compensation.{stage}.cases")).occurs
    ]
    if len(parts) == 1:
        only = next(n for s, n in STAGES.items() if w.at(f"compensation.{s}.cases").occurs)
        return f"All of it was awarded at {only.lower()}."
    return f"That is {listed(parts)}{w.see('compensation_by_stage')}."


def _reasons(w: Writer) -> Iterator[str]:
    reasons = [e for e in ranked(told(w.by(CASES, "reason"))) if e.value]
    top, some = highest(reasons), published(w.by(CASES, "reason"))
    if not top:
        return
    if is_only(w.by(CASES, "reason")) and top[0].value == w.at(CASES).value:
        every = "" if top[0].value == 1 else " in every case"
        yield f"The reason was {lower(top[0].label)}{every}."
        return
    names = listed(lower(e.label) for e in top)
    reason, each = (f"reason{some} was", "") if len(top) == 1 else (f"reasons{some} were", " each")
    said = f"The main {reason} {names}, in {w.base(top[0])} cases{each} ({w.share(top[0])})."
    others = [
        f"{lower(e.label)} ({w.count(e, 'case')}, {w.share(e)})" for e in reasons if e not in top
    ]
    other, were = ("other", "was") if len(others) == 1 else ("others", "were")
    see = w.see("compensation_by_reason")
    yield f"{said} The {other}{see} {were} {listed(others)}." if others else said


def by_stage_table(w: Writer) -> Table | Absent:
    """Cases and amounts at each stage."""
    if not w.at(CASES).value:
        return Absent()
    rows = [
        (
            words(label),
            number(w.at(f"compensation.{stage}.cases")),
            number(w.at(f"compensation.{stage}.amount")),
        )
        for stage, label in STAGES.items()
    ]
    title = "Compensation awarded at each stage"
    return _in_all(w, "compensation_by_stage", title, "Stage", rows)


def by_reason_table(w: Writer) -> Table | Absent:
    """Cases and amounts for each reason."""
    reasons = [e for e in ranked(w.by(CASES, "reason")) if e.occurs]
    if not reasons:
        return Absent()
    rows = [(words(e.label), with_share(e), number(w.at(AMOUNT, reason=e.label))) for e in reasons]
    note = "A case with several awards is counted under the reason of its first."
    title = "Compensation awarded, by reason"
    return replace(_in_all(w, "compensation_by_reason", title, "Reason", rows), note=note)


def _in_all(
    w: Writer, name: str, title: str, heading: str, rows: Sequence[tuple[Cell, ...]]
) -> Table:
    """A table of cases and amounts that ends in those of all awards."""
    total = (words("Total"), number(w.at(CASES)), number(w.at(AMOUNT)))
    headings = (heading, "Cases", "Amount awarded")
    return Table(name, title, headings, (*rows, total), has_total=True)


def by_reason_chart(w: Writer) -> Chart | None:
    """Cases and amounts for each reason, a panel each."""
    reasons = [e for e in ranked(w.by(CASES, "reason")) if e.occurs]
    if not reasons:
        return None
    panels = (
        Panel("Cases", tuple(bar_with_share(e) for e in reasons)),
        Panel("Amount awarded", tuple(bar(w.at(AMOUNT, reason=e.label)) for e in reasons)),
    )
    title = f"Compensation awarded, by reason, {w.period.label}"
    alt = describe("Bar chart", title, panels)
    return Chart("compensation_by_reason", Kind.BARS, title, panels, alt)


def finance(w: Writer) -> Iterator[str]:
    """What compensation cost, for the part of a report that is about money."""
    amount = w.at(AMOUNT)
    if amount.value is None:
        yield f"What compensation cost in the {w.span} was not supplied."
        return
    before = "" if amount.previous is None else f", against {w.previous(amount)} in {w.before}"
    yield f"Compensation awarded {w.period.when} came to {w.show(amount)}{before}."


FINANCE = Section("finance", "Cost of compensation", finance)
SECTION = Section(
    "compensation",
    "Compensation",
    commentary,
    tables={
        "compensation_by_stage": by_stage_table,
        "compensation_by_reason": by_reason_table,
    },
    charts={"compensation_by_reason": by_reason_chart},
)

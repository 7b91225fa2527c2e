"""How complaints were decided, how quickly, and what was awarded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.charts import Chart, Kind, Panel
from hcreport.sections.outcomes import stack
from hcreport.sections.section import Section, listed, opening
from hcreport.sections.shapes import describe

if TYPE_CHECKING:
    from hcreport.sections.section import Writer

NAMES = {"stage1": "First stage", "stage2": "Second stage"}


def decisions(w: Writer) -> Iterator[str]:
    """How often the landlord agreed that something had gone wrong."""
    upheld = _at_stages(w, "uphold_rate")
    if not upheld:
        none = w.at("stage1.decided").value == 0
        unknown = "Our records do not show how complaints were decided."
        yield f"We decided no complaints in the {w.span}." if none else unknown
        return
    yield (
        "To uphold a complaint means to agree that something went wrong, in full or in part. "
        f"We upheld {upheld}."
    )


def _at_stages(w: Writer, rate: str) -> str:
    """A rate at each stage that has one: "4 of 5 complaints at the first stage (80%)"."""
    return listed(
        f"{w.base(entry)} complaints at the {name.lower()} ({w.show(entry)})"
        for stage, name in NAMES.items()
        if (entry := w.at(f"{stage}.{rate}")).value is not None
    )


def decisions_chart(w: Writer) -> Chart | None:
    """A bar for each stage, cut by outcome."""
    stacks = tuple(
        stack(w, stage, label) for stage, label in NAMES.items() if w.at(f"{stage}.decided").value
    )
    if not stacks:
        return None
    panels = (Panel("", stacks=stacks),)
    title = f"How we decided complaints, {w.period.label}"
    alt = describe("Bar chart of shares", title, panels)
    return Chart("summary_decisions", Kind.STACKS, title, panels, alt)


def speed(w: Writer) -> Iterator[str]:
    """How many answers were on time, and how long a typical one took."""
    on_time, days = _at_stages(w, "on_time_rate"), w.at("stage1.median_days")
    if on_time:
        said = f"Answered on time: {on_time}."
    elif w.at("stage1.on_time").value == 0:
        said = f"We had no answers to give by a date in the {w.span}."
    else:
        said = "Our records do not show how many complaints we answered on time."
    if days.value is not None:
        limit = f"{w.whole(days)} working day{'' if days.value <= 1 else 's'}"
        said += f" At least half of the answers at the first stage came within {limit}."
    yield said


def compensation(w: Writer) -> Iterator[str]:
    """What was awarded, and over how many complaints."""
    cases, amount = w.at("compensation.total.cases"), w.at("compensation.total.amount")
    if cases.value is None:
        yield "We have no record to show of the compensation that was awarded."
        return
    if not cases.value:
        yield f"We awarded no compensation in the {w.span}."
        return
    said = f"We awarded {w.show(amount)} in compensation, in {w.count(cases, 'case')}."
    if amount.previous is not None:
        said += f" {opening(w.settings.previous_period.when)} it was {w.previous(amount)}."
    yield said


DECISIONS = Section(
    "summary_decisions",
    "For residents: what was decided",
    decisions,
    charts={"summary_decisions": decisions_chart},
)
SPEED = Section("summary_speed", "For residents: how quick the answers were", speed)
COMPENSATION = Section("summary_compensation", "For residents: compensation", compensation)

"""What was decided at each stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.charts import Bar, Chart, Kind, Panel, Stack
from hcreport.figures.shown import WITHHELD
from hcreport.records import OUTCOMES, STAGES
from hcreport.sections.section import Section, for_service, opening, told, was
from hcreport.sections.shapes import ALL, describe
from hcreport.tables import Absent, Cell, Table, number, with_share, words

if TYPE_CHECKING:
    from hcreport.figures.ledger import Entry
    from hcreport.sections.section import Writer


def commentary(w: Writer) -> Iterator[str]:
    """Each stage in all and by service, and how the two stages compare."""
    for stage, label in STAGES.items():
        rate = w.at(f"{stage}.uphold_rate")
        if rate.value is None:
            yield _nothing_decided(w, stage, label)
            continue
        upheld, partly = w.at(f"{stage}.upheld"), w.at(f"{stage}.partly_upheld")
        yield (
            f"At {label.lower()}, {w.count(upheld)} {was(upheld)} upheld and {w.show(partly)} "
            f"partly upheld: {w.base(rate)} decided, an uphold rate of {w.show(rate)}"
            f"{w.see('outcomes_by_service')}." + w.aside(rate, "have no outcome recorded")
        )
        for service in told(w.services(f"{stage}.decided")):
            yield from _of_service(w, stage, service)
    yield from _compared(w)


def _compared(w: Writer) -> Iterator[str]:
    first, second = w.at("stage1.uphold_rate"), w.at("stage2.uphold_rate")
    if first.value is not None and second.value is not None:
        if first.shown == second.shown:
            yield f"The uphold rate was {w.show(first)} at both stages."
        else:
            how = "higher" if second.value > first.value else "lower"
            yield (
                f"The uphold rate was {how} at stage 2 ({w.show(second)}) than at stage 1 "
                f"({w.show(first)})."
            )

    if first.value is not None:
        yield (
            "The uphold rate is the share of decided complaints in which we found that something "
            "had gone wrong, in whole or in part."
        )


def _nothing_decided(w: Writer, stage: str, label: str) -> str:
    how = w.settings.basis.outcomes
    verb = "closed" if how == "closed" else "answered"
    if w.at(f"{stage}.{how}").value == 0:
        return f"No {label.lower()} complaints were {verb} in the {w.span}."
    return f"The outcomes of {label.lower()} complaints are not recorded."


def _of_service(w: Writer, stage: str, service: Entry) -> Iterator[str]:
    parts = {
        code: w.at(f"{stage}.decided", service=service.label, outcome=label)
        for code, label in OUTCOMES.items()
    }
    rate = w.at(f"{stage}.uphold_rate", service=service.label)
    upheld, partly = parts["upheld"], parts["partly_upheld"]
    if any(e.share_is_withheld for e in (upheld, partly, rate)):
        return
    yield (
        f"{opening(for_service(service))}, at {STAGES[stage].lower()}, {w.show(upheld)} "
        f"{was(upheld)} upheld "
        f"({w.share(upheld)}) and {w.show(partly)} partly upheld ({w.share(partly)}), which makes "
        f"{w.show(rate)} ({w.base(rate)})."
    )


def by_service_table(w: Writer) -> Table | Absent:
    """Every outcome at each stage, by service."""
    rows = []
    for stage, label in STAGES.items():
        if not w.at(f"{stage}.decided").value:
            continue
        rows += [
            _row(w, stage, f"{label}: {service.label}", service=service.label)
            for service in w.services(f"{stage}.decided")
        ]
        rows.append(_row(w, stage, f"{label}: {ALL.lower()}"))
    if not rows:
        return Absent()
    headings = ("Stage and service", *OUTCOMES.values(), "Decided", "Uphold rate")
    return Table(
        "outcomes_by_service",
        "Outcomes at each stage, by service",
        headings,
        tuple(rows),
        note="The uphold rate is upheld and partly upheld complaints over those decided.",
    )


def _row(w: Writer, stage: str, label: str, **by: str) -> tuple[Cell, ...]:
    outcomes = (
        with_share(w.at(f"{stage}.decided", **by, outcome=outcome)) for outcome in OUTCOMES.values()
    )
    decided = number(w.at(f"{stage}.decided", **by))
    return (words(label), *outcomes, decided, number(w.at(f"{stage}.uphold_rate", **by)))


def by_stage_chart(w: Writer) -> Chart | None:
    """A panel for each stage; each service's decisions, cut by outcome."""
    panels = []
    for stage, label in STAGES.items():
        if not w.at(f"{stage}.decided").value:
            continue
        services = w.services(f"{stage}.decided")
        stacks = [stack(w, stage, s.label, service=s.label) for s in services]
        if len(services) != 1:
            stacks.append(stack(w, stage, ALL))
        panels.append(Panel(label, stacks=tuple(stacks)))
    if not panels:
        return None
    title = f"Outcomes at each stage, by service, {w.period.label}"
    alt = describe("Bar chart of shares", title, panels)
    return Chart("outcomes_by_stage", Kind.STACKS, title, tuple(panels), alt)


def stack(w: Writer, stage: str, label: str, **by: str) -> Stack:
    """The decisions at a stage as one bar, cut by outcome."""
    parts = [w.at(f"{stage}.decided", **by, outcome=outcome) for outcome in OUTCOMES.values()]
    if any(p.share_is_withheld for p in parts):
        # The other parts' lengths would tell how long the withheld one is.
        return Stack(label, tuple(Bar(p.label, None, WITHHELD) for p in parts))
    return Stack(label, tuple(Bar(p.label, p.value, with_share(p).text) for p in parts))


SECTION = Section(
    "outcomes",
    "Outcomes",
    commentary,
    tables={"outcomes_by_service": by_service_table},
    charts={"outcomes_by_stage": by_stage_chart},
)

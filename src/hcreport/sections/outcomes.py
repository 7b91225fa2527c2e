"""What was decided at each stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.charts import Bar, Chart, Kind, Panel, Stack
from hcreport.figures.shown import WITHHELD
from hcreport.records import OUTCOMES, STAGES
from hcreport.sections.section import Section, was
from hcreport.sections.shapes import ALL, across_services, describe
from hcreport.tables import Absent, Cell, Table, number, with_share, words

if TYPE_CHECKING:
    from hcreport.sections.section import Writer


def commentary(w: Writer) -> Iterator[str]:
    """Each stage in all and by service, and how the two stages compare."""
    for stage, label in STAGES.items():
        rate = w.at(f"{stage}.uphold_rate")
        if rate.value is None:
            yield _nothing_decided(w, stage, label)
            continue
        yield _decided(w, stage) + w.aside(rate, "have no outcome recorded")
        services = across_services(w, rate.id, "complaints decided")
        if services:
            see = w.see("outcomes_by_service")
            yield f"By service{see}, the uphold rate at {label.lower()} {services}."
    yield from _compared(w)


def _decided(w: Writer, stage: str) -> str:
    """How the complaints of a stage were decided, by as much as there is to say."""
    decided, rate = w.at(f"{stage}.decided"), w.at(f"{stage}.uphold_rate")
    outcomes = {code: w.at(f"{stage}.{code}") for code in OUTCOMES}
    upheld, partly = outcomes["upheld"], outcomes["partly_upheld"]
    at = f"At {STAGES[stage].lower()}"
    only = [OUTCOMES[code].lower() for code, e in outcomes.items() if e.value == decided.value]
    if decided.value == 1:
        return f"{at}, the only complaint decided was {only[0]}."
    if decided.value == outcomes["not_upheld"].value:
        return f"{at}, none of the {w.count(decided)} decided was upheld, in full or in part."
    if only:
        return f"{at}, all {w.count(decided)} decided were {only[0]}."
    if not partly.value:
        which = f"{w.base(rate)} complaints decided {was(upheld)} upheld, and none in part"
    elif not upheld.value:
        which = f"{w.base(rate)} complaints decided {was(partly)} partly upheld, and none in full"
    else:
        both = f"{w.count(upheld)} {was(upheld)} upheld and {w.show(partly)} partly upheld"
        return f"{at}, {both}: {w.base(rate)} decided, an uphold rate of {w.show(rate)}."
    return f"{at}, {which}: an uphold rate of {w.show(rate)}."


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
    if stage not in w.stages:
        return f"No {label.lower()} complaints are in the exports."
    how = w.settings.basis.outcomes
    verb = "closed" if how == "closed" else "answered"
    if w.at(f"{stage}.{how}").value == 0:
        return f"No {label.lower()} complaints were {verb} in the {w.span}."
    return f"The outcomes of {label.lower()} complaints are not recorded."


def by_service_table(w: Writer) -> Table | Absent:
    """Every outcome at each stage, by service."""
    rows = []
    for stage, label in STAGES.items():
        if not w.at(f"{stage}.decided").value:
            continue
        services = w.services(f"{stage}.decided")
        rows += [_row(w, stage, f"{label}: {s.label}", service=s.label) for s in services]
        if len(services) != 1:
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

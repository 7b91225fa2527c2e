"""How quickly complaints were acknowledged and answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.charts import Bar, Chart, Kind, Panel
from hcreport.records import NOT_RECORDED, STAGES
from hcreport.sections.section import Section, listed, was
from hcreport.sections.shapes import ALL, across_services, describe
from hcreport.tables import Absent, Cell, Table, number, words

if TYPE_CHECKING:
    from hcreport.figures.ledger import Entry
    from hcreport.sections.section import Writer

COHORTS = {
    "due": "due",
    "responded": "answered",
    "received": "received",
}


def commentary(w: Writer) -> Iterator[str]:
    """Answers in time at each stage, by service, then how long they took."""
    cohort = _cohort(w)
    for stage, label in STAGES.items():
        rate = w.at(f"{stage}.on_time_rate")
        if rate.value is None:
            yield _nothing_known(w, stage, label)
            continue
        yield _on_time(w, stage, cohort) + w.aside(rate, "have no dates to tell by")
        services = across_services(w, rate.id, f"complaints {COHORTS[w.settings.basis.timeliness]}")
        if services:
            by = f"By service{w.see('timeliness_by_service')}"
            yield f"{by}, the share answered on time at {label.lower()} {services}."
    yield from _limits(w)
    yield from _days(w)
    yield from _acknowledged(w)


def _cohort(w: Writer) -> str:
    """Which complaints timeliness is about: "due in the year"."""
    return f"{COHORTS[w.settings.basis.timeliness]} in the {w.span}"


def _nothing_known(w: Writer, stage: str, label: str) -> str:
    if stage not in w.stages:
        return f"No {label.lower()} complaints are in the exports."
    on_time = w.at(f"{stage}.on_time")
    cohort_is_known = w.at(f"{stage}.{w.settings.basis.timeliness}").value is not None
    if not w.held(stage) or (
        cohort_is_known and on_time.value == 0 and not on_time.result.set_aside
    ):
        cohort = _cohort(w)
        return f"There were no {label.lower()} complaints {cohort}."
    return f"The exports do not say which {label.lower()} complaints were answered on time."


def _on_time(w: Writer, stage: str, cohort: str) -> str:
    """How many were answered on time, and what became of the rest."""
    rate, on_time, late = (w.at(f"{stage}.{n}") for n in ("on_time_rate", "on_time", "late"))
    at, number = f"At {STAGES[stage].lower()}", rate.result.denominator
    if number == 1 and (on_time.value or late.value):
        answered = "answered on time" if on_time.value else "late"
        return f"{at}, the only complaint {cohort} was {answered}."
    if on_time.value == number:
        return f"{at}, all {w.count(on_time)} {cohort} were answered on time."
    if late.value == number:
        return f"{at}, all {w.count(late)} {cohort} were late."
    said = f"{at}, {w.base(rate)} complaints {cohort} were answered on time ({w.show(rate)})."
    return f"{said} {_rest(w, stage)}"


def _rest(w: Writer, stage: str) -> str:
    """What became of those that were not on time."""
    extended, late = w.at(f"{stage}.with_extension"), w.at(f"{stage}.late")
    parts = [f"{w.show(late)} {was(late)} late" if late.value else "None was late"]
    if extended.value:
        parts.insert(0, f"{w.show(extended)} {was(extended)} answered within a valid extension")
        parts[1] = parts[1].replace("None", "none")
    return f"{listed(parts)}."


def _limits(w: Writer) -> Iterator[str]:
    """What the Code asks, so that the numbers can be judged."""
    for rules in w.rule_sets:
        first, second = rules.stage1, rules.stage2
        yield (
            f"Under the {rules.name}, an answer is due within {first.respond_within} working days "
            f"of acknowledgement at stage 1 and {second.respond_within} at stage 2. An extension "
            f"is valid for at most {_longest(first.extension_at_most, second.extension_at_most)}."
        )


def _longest(first: int, second: int) -> str:
    """How much longer an extension can make it."""
    if first == second:
        return f"{first} working days more at either stage"
    return f"{first} working days more at stage 1 and {second} at stage 2"


def _days(w: Writer) -> Iterator[str]:
    parts = [
        f"{w.count(days, 'working day')} at {label.lower()}"
        for stage, label in STAGES.items()
        if (days := w.at(f"{stage}.median_days")).value is not None
    ]
    if parts:
        yield (
            f"Counted from receipt, half of the answers sent in the {w.span} took no longer than "
            f"{listed(parts)}."
        )


def _acknowledged(w: Writer) -> Iterator[str]:
    parts = [
        f"{w.show(rate)} at {label.lower()} ({w.base(rate)})"
        for stage, label in STAGES.items()
        if (rate := w.at(f"{stage}.acknowledged_in_time_rate")).value is not None
    ]
    if parts and w.rule_sets:
        yield (
            "A complaint is to be acknowledged within "
            f"{listed(dict.fromkeys(str(r.acknowledge_within) for r in w.rule_sets))} working "
            f"days. Of those received in the {w.span}, the share acknowledged in that time was "
            f"{listed(parts)}."
        )


def by_service_table(w: Writer) -> Table | Absent:
    """On time, with a valid extension and late at each stage, by service."""
    rows = []
    for stage, label in STAGES.items():
        if w.at(f"{stage}.on_time_rate").value is None:
            continue
        services = _by_first_column(w, stage)
        rows += [_row(w, stage, f"{label}: {s.label}", service=s.label) for s in services]
        if len(services) != 1:
            rows.append(_row(w, stage, f"{label}: {ALL.lower()}"))
    if not rows:
        return Absent()
    return Table(
        "timeliness_by_service",
        f"Timeliness of the complaints {_cohort(w)}, by service",
        ("Stage and service", "On time", "With valid extension", "Late", "On time, share"),
        tuple(rows),
    )


def _by_first_column(w: Writer, stage: str) -> list[Entry]:
    """The services with a share on time, in the order of how many were."""
    on_time = {e.label: e.count for e in w.by(f"{stage}.on_time", "service")}
    services = w.services(f"{stage}.on_time_rate")
    return sorted(services, key=lambda e: (e.label == NOT_RECORDED, -on_time[e.label]))


def _row(w: Writer, stage: str, label: str, **by: str) -> tuple[Cell, ...]:
    names = ("on_time", "with_extension", "late", "on_time_rate")
    return (words(label), *(number(w.at(f"{stage}.{name}", **by)) for name in names))


def by_service_chart(w: Writer) -> Chart | None:
    """The share on time, a panel for each stage, a track for each service.

    None where each stage would have one track alone: the table says the same.
    """
    panels = []
    for stage, label in STAGES.items():
        rates = list(w.services(f"{stage}.on_time_rate"))
        whole = w.at(f"{stage}.on_time_rate")
        if whole.value is None:
            continue
        bars = [_track(e, e.label) for e in rates]
        if len(rates) != 1:
            bars.append(_track(whole, ALL))
        panels.append(Panel(label, tuple(bars)))
    if all(len(panel.bars) == 1 for panel in panels):
        return None
    title = f"Share of complaints answered on time, by stage and service, {w.period.label}"
    alt = describe("Bar chart of shares", title, panels)
    return Chart("timeliness_by_service", Kind.TRACKS, title, tuple(panels), alt)


def _track(entry: Entry, label: str) -> Bar:
    shown = entry.shown if entry.suppressed else f"{entry.shown} ({entry.base})"
    return Bar(label, entry.value, shown)


SECTION = Section(
    "timeliness",
    "Timeliness",
    commentary,
    tables={"timeliness_by_service": by_service_table},
    charts={"timeliness_by_service": by_service_chart},
)

"""Complaints that were not accepted, by reason (Code 8.1b)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.charts import Chart, Kind, Panel
from hcreport.records import STAGES
from hcreport.sections.section import Section, listed, published, quoted, ranked, told, was
from hcreport.sections.shapes import bar_with_share, describe
from hcreport.tables import Absent, Table, number, with_share, words

if TYPE_CHECKING:
    from hcreport.sections.section import Writer


# Fewer refusals than this are better told in the sentence above the chart.
WORTH_A_PANEL = 5


def commentary(w: Writer) -> Iterator[str]:
    """How many were refused at each stage, and why."""
    for stage, label in STAGES.items():
        refused = w.at(f"{stage}.refused")
        if refused.value is None and w.held(stage):
            yield f"The exports do not record refusals at {label.lower()}."
        elif refused.count == 0:
            yield f"No complaints were refused at {label.lower()}."
        else:
            yield _refused(w, stage, label)


def _refused(w: Writer, stage: str, label: str) -> str:
    refused = w.at(f"{stage}.refused")
    said = f"{w.count(refused)} {was(refused)} refused at {label.lower()}"
    every = w.by(f"{stage}.refused", "reason")
    reasons, some = [e for e in ranked(told(every)) if e.value], published(every)
    if not reasons:
        return f"{said}." if some else f"{said}. The reasons are not recorded."
    if len(reasons) == 1 and not some:
        return f"{said}, with the reason {quoted(reasons[0].label)}."
    parts = [f"{quoted(e.label)} ({w.show(e)}, {w.share(e)})" for e in reasons]
    if len(parts) == 1:
        return f"{said}. The only reason{some} was {parts[0]}."
    return f"{said}. The reasons{some}{w.see('refusals_by_reason')} were {listed(parts)}."


def by_reason_table(w: Writer) -> Table | Absent:
    """Reasons for refusal at each stage."""
    reasons = _reasons(w)
    if not reasons:
        return Absent()
    told = [stage for stage in STAGES if w.ledger.has(f"{stage}.refused", "reason")]
    rows = [
        (words(reason), *(with_share(w.at(f"{stage}.refused", reason=reason)) for stage in told))
        for reason in reasons
    ]
    rows.append((words("Total"), *(number(w.at(f"{stage}.refused")) for stage in told)))
    return Table(
        "refusals_by_reason",
        "Complaints not accepted, by reason",
        ("Reason", *(STAGES[stage] for stage in told)),
        tuple(rows),
        has_total=True,
    )


def _reasons(w: Writer) -> list[str]:
    """The reasons that occur at either stage, most frequent at stage 1 first."""
    entries = [
        e for stage in STAGES for e in ranked(w.by(f"{stage}.refused", "reason")) if e.occurs
    ]
    return list(dict.fromkeys(e.label for e in entries))


def reasons_chart(w: Writer) -> Chart | None:
    """Reasons for refusal, a panel for each stage that refused more than a sentence can hold."""
    panels = tuple(
        Panel(label, tuple(bar_with_share(e) for e in reasons))
        for stage, label in STAGES.items()
        if w.at(f"{stage}.refused").count >= WORTH_A_PANEL
        and (reasons := [e for e in ranked(w.by(f"{stage}.refused", "reason")) if e.occurs])
    )
    if not panels:
        return None
    title = f"Reasons for not accepting complaints, {w.period.label}"
    return Chart("refusal_reasons", Kind.BARS, title, panels, describe("Bar chart", title, panels))


SECTION = Section(
    "refusals",
    "Complaints not accepted",
    commentary,
    tables={"refusals_by_reason": by_reason_table},
    charts={"refusal_reasons": reasons_chart},
)

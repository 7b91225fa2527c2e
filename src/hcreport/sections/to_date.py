"""The period to date: a second period, usually the new year so far, beside the one reported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.figures.ledger import TO_DATE
from hcreport.records import STAGES
from hcreport.sections.section import Section, listed, opening, was
from hcreport.tables import Absent, Table, number, words

if TYPE_CHECKING:
    from hcreport.sections.section import Writer

RECEIVED, A_MONTH = "all_stages.received", "all_stages.per_month"
UPHELD, PARTLY = "all_stages.upheld", "all_stages.partly_upheld"
FIGURES = {
    **{f"{stage}.received": f"{label} complaints received" for stage, label in STAGES.items()},
    RECEIVED: "Complaints received at either stage",
    A_MONTH: "Complaints received a month at either stage",
    UPHELD: "Complaints upheld at either stage",
    PARTLY: "Complaints partly upheld at either stage",
}


def commentary(w: Writer) -> Iterator[str]:
    """What arrived in it, how fast, and how it was decided; nothing where there is none."""
    period = w.settings.to_date_period
    if period is None:
        return
    parts = [
        f"{w.show(entry)} at {label.lower()}"
        for stage, label in STAGES.items()
        if (entry := w.at(f"{TO_DATE}{stage}.received")).value is not None
    ]
    received = w.count(w.at(f"{TO_DATE}{RECEIVED}"))
    yield f"{opening(period.when)} we received {received} at either stage: {listed(parts)}."
    now, then = w.at(f"{TO_DATE}{A_MONTH}"), w.at(A_MONTH)
    if now.value is not None and then.value is not None:
        yield (
            f"That is an average of {w.show(now)} a month, against {w.show(then)} a month "
            f"{w.period.when}."
        )
    upheld, partly = w.at(f"{TO_DATE}{UPHELD}"), w.at(f"{TO_DATE}{PARTLY}")
    if upheld.value is not None and partly.value is not None:
        verb = "closed" if w.settings.basis.outcomes == "closed" else "answered"
        yield (
            f"Of the complaints {verb} {period.when}, at either stage, {w.show(upheld)} "
            f"{was(upheld)} upheld and {w.show(partly)} partly upheld."
        )


def table(w: Writer) -> Table | Absent:
    """The period to date beside the one reported."""
    period = w.settings.to_date_period
    if period is None:
        return Absent()
    rows = tuple(
        (words(label), number(now), number(w.at(figure)))
        for figure, label in FIGURES.items()
        if (now := w.at(f"{TO_DATE}{figure}")).value is not None
    )
    title = f"{opening(period.label)} beside {w.period.label}"
    return Table("to_date", title, ("Measure", period.label, w.period.label), rows)


SECTION = Section("to_date", "The period to date", commentary, tables={"to_date": table})

"""What complaints were about: the landlord's own categories, at each stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.records import NOT_RECORDED, STAGES
from hcreport.sections.section import Section, listed, lower, published, told, was
from hcreport.sections.shapes import gathered, recorded, together
from hcreport.tables import Absent, Cell, Table, number, words

if TYPE_CHECKING:
    from hcreport.sections.section import Writer

RECEIVED = "all_stages.received"
# Categories that a sentence names; the table has them all.
MOST_NAMED = 3


def commentary(w: Writer) -> Iterator[str]:
    """What the complaints of each stage were most often about, and how many do not say."""
    if not recorded(w, RECEIVED, "category", {}):
        if not any(e.suppressed for e in w.by(RECEIVED, "category")):
            yield f"No categories are recorded for the complaints received in the {w.span}."
        return
    for stage, label in STAGES.items():
        figure = f"{stage}.received"
        every = w.by(figure, "category")
        top = recorded(w, figure, "category", {})
        named = listed(f"{lower(e.label)} ({w.show(e)}, {w.share(e)})" for e in top[:MOST_NAMED])
        if top:
            most = f" most often{published(every)}" if len(top) > 1 else ""
            yield f"The {label.lower()} complaints received were{most} about {named}."
        for blank in told(e for e in every if e.label == NOT_RECORDED):
            yield f"{w.count(blank, f'{label.lower()} complaint')} {was(blank)} given no category."


def table(w: Writer) -> Table | Absent:
    """Complaints received by category, a column for each stage; a long tail shares a row."""
    held = [e for e in w.by(RECEIVED, "category") if e.occurs]
    if all(e.label == NOT_RECORDED for e in held):
        return Absent()
    rows: list[tuple[Cell, ...]] = [
        (words(label), *(_at(w, stage, [e.label for e in entries]) for stage in STAGES))
        for label, entries in gathered(held, "categories")
    ]
    rows.append((words("Total"), *(number(w.at(f"{stage}.received")) for stage in STAGES)))
    return Table(
        "complaints_by_category",
        "Complaints received by category",
        ("Category", *STAGES.values()),
        tuple(rows),
        has_total=True,
        note="Each share is of the total at the foot of its column.",
    )


def _at(w: Writer, stage: str, categories: list[str]) -> Cell:
    return together([w.at(f"{stage}.received", category=c) for c in categories], shared=True)


SECTION = Section(
    "categories",
    "Complaints by category",
    commentary,
    tables={"complaints_by_category": table},
)

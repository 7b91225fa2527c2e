"""A difference as a note for a committee: what moved and why, in Markdown, without references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hcreport.diff.text import NOTHING, settings_and_rules
from hcreport.diff.wording import how, quantity, transition, with_base
from hcreport.report.naming import label

if TYPE_CHECKING:
    from hcreport.diff.compare import Difference, FigureChange, RecordChange

_NOUNS = {
    "complaints": "complaint",
    "awards": "award",
    "findings": "finding",
    "failure_orders": "failure order",
    "actions": "action",
    "provisions": "provision",
}
_DONE = {"changed": "corrected", "added": "added", "removed": "removed", "judged": "judged anew"}


def lines(difference: Difference) -> Iterator[str]:
    """The note, line by line."""
    run = difference.new.run
    yield "# What changed in the figures"
    yield ""
    yield f"{_safe(run['landlord'])}, {run['period']['label']}."
    if not difference:
        yield from ("", NOTHING)
        return
    for part in (_table(difference), _records(difference.records), _settings(difference)):
        told = list(part)
        yield from (["", *told] if told else [])


def _table(difference: Difference) -> Iterator[str]:
    """A row for each whole figure; groups of figures, and what is withheld, are only counted."""
    every = [change for change in difference.figures if not change.group]
    withheld = difference.old.withheld | difference.new.withheld
    wholes = [change for change in every if (change.figure.id, ()) not in withheld]
    if wholes:
        yield "| Figure | Before | Now | Why |"
        yield "|---|---|---|---|"
    for change in wholes:
        cells = (change.figure.label, with_base(change.old), with_base(change.new))
        yield f"| {' | '.join(map(_safe, (*cells, _why(difference, change))))} |"
    untold = list(_untold(len(difference.figures) - len(every), len(every) - len(wholes)))
    yield from (["", *untold] if wholes and untold else untold)


def _untold(parts: int, kept_back: int) -> Iterator[str]:
    """How many figures moved that have no row of their own."""
    if parts:
        yield f"{quantity(parts, 'figure')} for parts of these, such as a service, moved too."
    if kept_back:
        those = "is not told, as disclosure control withholds it"
        if kept_back > 1:
            those = "are not told, as disclosure control withholds them"
        yield f"{quantity(kept_back, 'figure')} {those}."


def _why(difference: Difference, change: FigureChange) -> str:
    """How many records moved a figure, and how."""
    moved = Counter((how(move, change.figure), move.table) for move in difference.moves(change))
    said = [f"{quantity(n, _NOUNS[table])} {way}" for (way, table), n in moved.items()]
    if with_base(change.old) == with_base(change.new):
        said.append("less than the rounded figure shows")
    return "; ".join(said) if moved else f"Not by a record: {transition(change)}"


def _records(changes: Iterable[RecordChange]) -> Iterator[str]:
    """How many records of each kind changed, and in which fields."""
    met = Counter((change.table, change.kind) for change in changes)
    if met:
        yield from ("In the records:", "")
    fields = Counter((change.table, name) for change in changes for name in change.fields)
    for (table, kind), n in met.items():
        told = [
            f"{label(table, name)} in {times:,}"
            for (at, name), times in fields.items()
            if at == table and kind == "changed"
        ]
        inside = f" ({', '.join(told)})" if told else ""
        yield f"- {quantity(n, _NOUNS[table])} {_DONE[kind]}{inside}"


def _settings(difference: Difference) -> Iterator[str]:
    told = [f"- {_safe(change)}" for change in settings_and_rules(difference.made_with)]
    if told:
        yield from ("In how the figures are made:", "", *told)


def _safe(words: str) -> str:
    """Words that mean nothing to Markdown."""
    for sign in "\\`*_|<>[]#":
        words = words.replace(sign, f"\\{sign}")
    return " ".join(words.split())

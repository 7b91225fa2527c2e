"""A difference as lines for a terminal: whole figures, their groups folded, records, settings.

It names references, so it is for whoever has the case system, not for a published note.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hcreport.diff.wording import how, listed, quantity, transition
from hcreport.report.naming import label, place, said

if TYPE_CHECKING:
    from hcreport.diff.compare import Change, Difference, FigureChange, RecordChange
    from hcreport.diff.matching import Values
    from hcreport.diff.moves import Move
    from hcreport.figures.algebra import Figure

NOTHING = "Nothing differs."
SHOWN_GROUPS = 4
SHOWN_RECORDS = 20
_KINDS = {"changed": "changed", "added": "added", "removed": "removed", "judged": "judged anew"}


def lines(difference: Difference) -> Iterator[str]:
    """All of it, a part after another; one line where nothing differs."""
    if not difference:
        yield NOTHING
        return
    parts = (
        list(_figures(difference)),
        list(_records(difference.records)),
        list(_made_with(difference.made_with)),
        list(_inputs(difference.inputs)),
    )
    for n, part in enumerate(part for part in parts if part):
        yield from ([""] if n else [])
        yield from part


def _figures(difference: Difference) -> Iterator[str]:
    by_figure: dict[str, list[FigureChange]] = {}
    for change in difference.figures:
        by_figure.setdefault(change.figure.id, []).append(change)
    if by_figure:
        yield f"Figures that changed ({len(by_figure):,})"
    wholes = [changes for changes in by_figure.values() if not changes[0].group]
    rest = [changes for changes in by_figure.values() if changes[0].group]
    for changes in (*wholes, *rest):
        yield from _figure(difference, changes)


def _figure(difference: Difference, changes: list[FigureChange]) -> Iterator[str]:
    """One figure: the whole and why it moved, then a line for each of its breakdowns."""
    figure = changes[0].figure
    whole = next((change for change in changes if not change.group), None)
    yield f"  {figure.id}: {figure.label}"
    if whole is not None:
        yield f"    {transition(whole)}"
        yield from (f"      {why}" for why in _reasons(figure, difference.moves(whole)))
    own = [change for change in changes if change.group and not change.is_base_alone]
    yield from _parts(own)
    if whole is None and own:
        names = dict.fromkeys(move.name for part in own for move in difference.moves(part))
        yield f"      between groups: {listed(names)}" if names else f"      {_BY_SETTINGS}"


def _parts(changes: Iterable[FigureChange]) -> Iterator[str]:
    """A line for each breakdown with the first groups that moved."""
    by_keys: dict[str, list[str]] = {}
    for change in changes:
        group = " / ".join(value for _, value in change.group)
        told = by_keys.setdefault(" and ".join(key for key, _ in change.group), [])
        told.append(f"{group} {transition(change)}")
    for keys, told in by_keys.items():
        yield f"    by {keys}: {listed(told, SHOWN_GROUPS, '; ')}"


_BY_SETTINGS = "by what the builds were made with, not by a record"


def _reasons(figure: Figure, moves: Iterable[Move]) -> Iterator[str]:
    """The records that moved a figure, those that moved alike together."""
    alike: dict[str, list[str]] = {}
    for move in moves:
        cells = _cells(move.table, move.values)
        name = f"{move.name} ({'; '.join(cells)})" if cells else move.name
        alike.setdefault(how(move, figure), []).append(name)
    yield from (f"{what}: {listed(names)}" for what, names in alike.items())
    if not alike:
        yield _BY_SETTINGS


def _cells(table: str, values: Values) -> list[str]:
    return [
        f"{label(table, name)} {said(table, name, old)} → {said(table, name, new)}"
        for name, (old, new) in values.items()
    ]


def _records(changes: Iterable[RecordChange]) -> Iterator[str]:
    by_kind: dict[str, list[RecordChange]] = {kind: [] for kind in _KINDS}
    for change in changes:
        by_kind[change.kind].append(change)
    counts = [f"{len(met):,} {_KINDS[kind]}" for kind, met in by_kind.items() if met]
    if counts:
        yield f"Records ({', '.join(counts)})"
    for kind, met in by_kind.items():
        for change in met[:SHOWN_RECORDS]:
            yield f"  {_KINDS[kind]}: {change.name} ({place(change.new or change.old or {})})"
            yield from (f"    {cell}" for cell in _cells(change.table, change.fields))
            yield from (f"    so {cell}" for cell in _cells(change.table, change.concluded))
        if len(met) > SHOWN_RECORDS:
            yield f"  and {len(met) - SHOWN_RECORDS:,} more {_KINDS[kind]}; --json lists them all"


def _made_with(changes: Iterable[Change]) -> Iterator[str]:
    told = list(settings_and_rules(changes))
    if told:
        yield "Settings and rules"
    yield from (f"  {change}" for change in told)


def settings_and_rules(changes: Iterable[Change]) -> Iterator[str]:
    """A phrase for each thing the builds were made with that differs."""
    for change in changes:
        if change.name.startswith("definition of ") and change.old and change.new:
            yield f"{change.name}: changed"
        else:
            yield f"{change.name}: {_plain(change.old)} → {_plain(change.new)}"


def _plain(value: object) -> str:
    if value is None:
        return "none"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _inputs(changes: Iterable[Change]) -> Iterator[str]:
    for n, change in enumerate(changes):
        if not n:
            yield "Files read"
        if change.old is None or change.new is None:
            what = "no longer read" if change.new is None else "not read before"
        else:
            what = f"another file, {quantity(change.new['rows'], 'row')}"
            if change.old["rows"] != change.new["rows"]:
                what += f" (was {change.old['rows']:,})"
        yield f"  {change.name}: {what}"

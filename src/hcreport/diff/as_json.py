"""A difference as JSON, for other programs: every figure, every record, nothing folded.

It names references: never publish it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from hcreport.report.run_json import measured

if TYPE_CHECKING:
    from hcreport.diff.compare import Change, Difference, FigureChange, RecordChange
    from hcreport.diff.folder import Row
    from hcreport.diff.matching import Values
    from hcreport.diff.moves import Move

SCHEMA = "hcreport.diff/1"


def lines(difference: Difference) -> Iterator[str]:
    """One JSON document, a line for each item.

    It is made as it is read: builds of different exports differ in every record of every figure.
    """
    yield f'{{"schema": {_json(SCHEMA)}, "differ": {_json(bool(difference))}'
    parts: tuple[tuple[str, Iterable[object]], ...] = (
        ("figures", (_figure(difference, change) for change in difference.figures)),
        ("records", map(_record, difference.records)),
        ("made_with", map(_change, difference.made_with)),
        ("inputs", map(_change, difference.inputs)),
    )
    for name, items in parts:
        yield f", {_json(name)}: ["
        for n, item in enumerate(items):
            yield f"{',' if n else ' '}{_json(item)}"
        yield "]"
    yield "}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _figure(difference: Difference, change: FigureChange) -> dict[str, Any]:
    return {
        "id": change.figure.id,
        "group": dict(change.group),
        "label": change.figure.label,
        "unit": change.figure.unit.value,
        "old": measured(change.old) if change.old else None,
        "new": measured(change.new) if change.new else None,
        "records": [_move(move) for move in difference.moves(change)],
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        **_named(move.table, move.name, move.row),
        "was": [part.value for part in move.before],
        "now": [part.value for part in move.after],
        "values": _pairs(move.values),
    }


def _record(change: RecordChange) -> dict[str, Any]:
    return {
        **_named(change.table, change.name, change.new or change.old or {}),
        "change": change.kind,
        "fields": _pairs(change.fields),
        "concluded": _pairs(change.concluded),
    }


def _named(table: str, name: str, row: Row) -> dict[str, Any]:
    return {
        "table": table,
        "name": name,
        "reference": row.get("reference") or row.get("case"),
        "stage": row.get("stage") or None,
        "place": {"file": row["file"], "sheet": row["sheet"], "row": int(row["row"])},
    }


def _pairs(values: Values) -> dict[str, dict[str, str | None]]:
    return {name: {"old": old or None, "new": new or None} for name, (old, new) in values.items()}


def _change(change: Change) -> dict[str, Any]:
    return {"name": change.name, "old": change.old, "new": change.new}

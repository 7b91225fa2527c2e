"""How a record and its cells are named to whoever has the case system open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.derive.frame import columns
from hcreport.problems import Place
from hcreport.records import STAGES, FieldKind, specs

if TYPE_CHECKING:
    from collections.abc import Mapping

BLANK = "blank"
_KEYS = {
    "complaints": "reference",
    "awards": "reference",
    "findings": "case",
    "failure_orders": "issued_on",
    "actions": "theme",
    "provisions": "provision",
}
_SAYS = {
    "complaints": "{}",
    "awards": "award to {}",
    "findings": "finding in {}",
    "failure_orders": "failure order of {}",
    "actions": "action on {}",
    "provisions": "provision {}",
}


def named(table: str, row: Mapping[str, str]) -> str:
    """A record in few words: ``0012 at stage 1``, ``award to 0012``, ``finding in F1``."""
    at = f" at {STAGES[row['stage']].lower()}" if row.get("stage") else ""
    return _SAYS[table].format(row[_KEYS[table]] or "no theme") + at


def place(row: Mapping[str, str]) -> Place:
    """Where a record stands in its file."""
    return Place(row["file"], row["sheet"], int(row["row"]))


def label(table: str, column: str) -> str:
    """What a column is called in print."""
    return columns(table)[column].label


def said(table: str, column: str, cell: str) -> str:
    """What a cell says, in print."""
    if not cell:
        return BLANK
    if any(s.name == column and s.kind is FieldKind.MONEY for s in specs(table)):
        return f"£{cell}"
    return columns(table)[column].codes.get(cell, cell)

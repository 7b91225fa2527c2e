"""Records and derived columns side by side, as one pandas frame per table.

Text columns are categorical, so that a condition is one comparison of small integers and a
breakdown one count; dates are ``datetime64``; money is integer pence. Every frame keeps the
``file``, ``sheet`` and ``row`` of its records.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from hcreport.derive import complaints, links
from hcreport.derive.column import Derived
from hcreport.derive.terms import ANSWERS, NO, YES, Terms
from hcreport.records import TABLES, specs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcreport.records import Record, Records

STANDS_FOR_CASE = "stands_for_case"
DERIVED: Mapping[str, tuple[Derived, ...]] = {
    "complaints": complaints.COLUMNS,
    "awards": links.AWARD_COLUMNS,
    "findings": (),
    "actions": (),
}
# Which row of a table stands for its case needs the other rows too, so it is no row rule.
_CASES: Mapping[str, Callable[[Any, Terms], frozenset[int]]] = {
    "awards": links.awards_for_cases,
    "findings": links.findings_for_cases,
}


@dataclass(frozen=True)
class ColumnInfo:
    """What a column is called in print, how its codes are printed, and how they are said.

    ``same_as`` names the column whose values it takes.
    """

    label: str
    codes: Mapping[str, str]
    says: Mapping[str, str]
    same_as: str = ""


@cache
def columns(table: str) -> Mapping[str, ColumnInfo]:
    """Every column of a table, recorded and derived, by name."""
    found = {spec.name: ColumnInfo(spec.label, spec.codes, {}) for spec in specs(table)}
    found |= {
        d.name: ColumnInfo(d.label, d.codes or {}, d.says or {}, d.same_as) for d in DERIVED[table]
    }
    if table in _CASES:
        found[STANDS_FOR_CASE] = ColumnInfo("Stands for its case", ANSWERS, {})
    return found


def frames(records: Records, terms: Terms) -> dict[str, pd.DataFrame]:
    """One frame per table."""
    return {table: _frame(table, getattr(records, table), terms) for table in TABLES}


def _frame(table: str, rows: Sequence[Any], terms: Terms) -> pd.DataFrame:
    values = _recorded(table, rows)
    for column in DERIVED[table]:
        values[column.name] = _filled([column.rule(row, terms) for row in rows])
    if table in _CASES:
        chosen = _CASES[table](rows, terms)
        values[STANDS_FOR_CASE] = _filled([YES if n in chosen else NO for n in range(len(rows))])
    return pd.DataFrame(values)


def _recorded(table: str, rows: Sequence[Record]) -> dict[str, Any]:
    values: dict[str, Any] = {
        part: np.array([getattr(row.place, part) for row in rows], dtype=object)
        for part in ("file", "sheet")
    }
    values["row"] = np.array([row.place.row for row in rows], dtype=np.int64)
    for spec in specs(table):
        values[spec.name] = _filled([getattr(row, spec.name) for row in rows])
    return values


def _filled(values: list[Any]) -> Any:
    """A column of the type its values have; None stays missing in each."""
    first = next((value for value in values if value is not None), None)
    if isinstance(first, date):
        # Exports hold few different days, and numpy takes long over each: each is given to it once.
        place = {day: n for n, day in enumerate(dict.fromkeys(values))}
        days = np.array(list(place), dtype="datetime64[D]").astype("datetime64[s]")
        return days[[place[day] for day in values]]
    if isinstance(first, int):
        return np.array([np.nan if v is None else v for v in values], dtype=np.float64)
    return pd.Categorical(values)

"""Records and derived columns side by side, as pandas columns, one frame per table.

Text columns are categorical, so that a condition is one comparison of small integers and a
breakdown one count; dates are ``datetime64``; money is integer pence. Every frame keeps the
``file``, ``sheet`` and ``row`` of its records.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
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

PLACE = ("file", "sheet", "row")
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


class Frame:
    """The rows of one table, column by column.

    A column is worked out when it is first asked for: no figure asks for some of them, and with
    fifty thousand complaints each takes its time. ``whole`` is all of them, side by side.
    """

    def __init__(self, table: str, rows: Sequence[Record], terms: Terms) -> None:
        self._table, self._rows, self._terms = table, rows, terms
        self._made: dict[str, pd.Series[Any]] = {}
        self.columns = (*PLACE, *columns(table))

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, name: str) -> pd.Series[Any]:
        if name not in self._made:
            self._made[name] = pd.Series(self._column(name), name=name)
        return self._made[name]

    def whole(self) -> pd.DataFrame:
        """Every column, in order."""
        return pd.DataFrame({name: self[name] for name in self.columns})

    def _column(self, name: str) -> Any:
        """Raises KeyError when the table has no such column."""
        rows = self._rows
        if name in PLACE:
            kind = np.int64 if name == "row" else object
            return np.array([getattr(row.place, name) for row in rows], dtype=kind)
        if name == STANDS_FOR_CASE:
            chosen = _CASES[self._table](rows, self._terms)
            return _filled([YES if n in chosen else NO for n in range(len(rows))])
        rule = next((d.rule for d in DERIVED[self._table] if d.name == name), None)
        if rule is not None:
            return _filled([rule(row, self._terms) for row in rows])
        if name not in self.columns:
            raise KeyError(name)
        return _filled(list(map(attrgetter(name), rows)))


def frames(records: Records, terms: Terms) -> dict[str, Frame]:
    """One frame per table."""
    return {table: Frame(table, getattr(records, table), terms) for table in TABLES}


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

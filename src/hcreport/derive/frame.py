"""Records and derived columns side by side, as one frame per table.

Text columns are kept as small integers, so that a condition is one look-up by them and a breakdown
one count; dates are ``datetime64``; money is whole pence. Every frame keeps the ``file``,
``sheet`` and ``row`` of its records.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from hcreport.derive import actions, complaints, findings, links, provisions
from hcreport.derive.column import Derived
from hcreport.derive.terms import ANSWERS, NO, YES, Terms
from hcreport.records import TABLES, specs

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from hcreport.records import Records

PLACE = ("file", "sheet", "row")
STANDS_FOR_CASE = "stands_for_case"
DERIVED: Mapping[str, tuple[Derived, ...]] = {
    "complaints": complaints.COLUMNS,
    "awards": links.AWARD_COLUMNS,
    "findings": findings.COLUMNS,
    "failure_orders": (),
    "actions": actions.COLUMNS,
    "provisions": provisions.COLUMNS,
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


@dataclass(frozen=True)
class Words:
    """A column of text: the different words in it, and each row's place among them.

    The place of a blank is -1, which in Python is the last: what is looked up for each word can
    have the answer for a blank at its end.
    """

    words: tuple[str, ...]
    places: NDArray[np.int64]


class Frame:
    """The rows of one table, column by column.

    A column is worked out when it is first asked for: no figure asks for some of them, and with
    fifty thousand complaints each takes its time. Who asks says what the column holds.
    """

    def __init__(self, rows: int, columns: Mapping[str, Callable[[], Sequence[Any]]]) -> None:
        self._rows, self._columns = rows, columns
        self._words: dict[str, Words] = {}
        self._days: dict[str, NDArray[np.datetime64]] = {}
        self._numbers: dict[str, NDArray[np.float64]] = {}

    @classmethod
    def of(cls, table: pd.DataFrame) -> Frame:
        """The frame that a table with every column was made from."""
        columns = {str(name): partial(_said, table[name]) for name in table.columns}
        return cls(len(table), columns)

    @cached_property
    def table(self) -> pd.DataFrame:
        """Every column side by side: text and days as they are, numbers as floats."""
        import pandas as pd  # noqa: PLC0415  (slow to import, and only what writes tables needs it)

        return pd.DataFrame({name: _typed(self.values(name)) for name in self.columns})

    def __len__(self) -> int:
        return self._rows

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self._columns)

    def values(self, name: str) -> Sequence[Any]:
        """A column as it was recorded or concluded, None for a blank."""
        return self._columns[name]()

    def words(self, name: str) -> Words:
        """A column of text."""
        if name not in self._words:
            self._words[name] = _words(self.values(name))
        return self._words[name]

    def days(self, name: str) -> NDArray[np.datetime64]:
        """A column of dates; a blank is no date (NaT)."""
        if name not in self._days:
            self._days[name] = _days(self.values(name))
        return self._days[name]

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers; a blank is no number (NaN)."""
        if name not in self._numbers:
            self._numbers[name] = np.array(self.values(name), dtype=np.float64)
        return self._numbers[name]


def _typed(values: Sequence[Any]) -> Any:
    """A column for a table, of the type its values have; None is missing in each."""
    first = next((value for value in values if value is not None), None)
    if isinstance(first, date):
        return _days(values).astype("datetime64[s]")
    if isinstance(first, int):
        return np.array(values, dtype=np.float64)
    return np.array(values, dtype=object)


def _said(column: pd.Series[Any]) -> list[Any]:
    """A table's column as plain values, None for a blank."""
    missing = column.isna()
    if column.dtype.kind == "M":
        column = column.dt.date
    elif column.dtype.kind == "f":
        column = column.fillna(0).astype("int64")
    return [None if gone else value for value, gone in zip(column, missing, strict=True)]


def frames(records: Records, terms: Terms) -> dict[str, Frame]:
    """One frame per table."""
    return {table: _frame(table, getattr(records, table), terms) for table in TABLES}


def _frame(table: str, rows: Sequence[Any], terms: Terms) -> Frame:
    """The places of the records, their fields, and what is derived from them."""
    found: dict[str, Callable[[], Sequence[Any]]] = {}
    for part in PLACE:
        found[part] = partial(_each, attrgetter(f"place.{part}"), rows)
    for spec in specs(table):
        found[spec.name] = partial(_each, attrgetter(spec.name), rows)
    for column in DERIVED[table]:
        found[column.name] = partial(_concluded, column, rows, terms)
    if table in _CASES:
        found[STANDS_FOR_CASE] = partial(_standing_for_cases, table, rows, terms)
    return Frame(len(rows), found)


def _each(of: Callable[[Any], Any], rows: Sequence[Any]) -> Sequence[Any]:
    return list(map(of, rows))


def _concluded(column: Derived, rows: Sequence[Any], terms: Terms) -> Sequence[Any]:
    rule = column.rule
    return [rule(row, terms) for row in rows]


def _standing_for_cases(table: str, rows: Sequence[Any], terms: Terms) -> Sequence[str]:
    chosen = _CASES[table](rows, terms)
    return [YES if n in chosen else NO for n in range(len(rows))]


def _words(values: Sequence[str | None]) -> Words:
    words = tuple(word for word in dict.fromkeys(values) if word is not None)
    place: dict[str | None, int] = {word: n for n, word in enumerate(words)}
    place[None] = -1
    return Words(words, np.fromiter(map(place.__getitem__, values), np.int64, len(values)))


def _days(values: Sequence[date | None]) -> NDArray[np.datetime64]:
    # Exports hold few different days, and numpy takes long over each: each is given to it once.
    place = {day: n for n, day in enumerate(dict.fromkeys(values))}
    days = np.array(list(place), dtype="datetime64[D]")
    return days[np.fromiter(map(place.__getitem__, values), np.int64, len(values))]

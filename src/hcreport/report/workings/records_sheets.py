"""The sheets of records: a row for each, all that was recorded but free text, all that was derived.

Beside a landlord's own words stand their codes, and beside pounds stand pence: formulas read those.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from hcreport.derive.frame import columns
from hcreport.figures.algebra import PENCE
from hcreport.records import NOT_RECORDED, FieldKind, specs
from hcreport.report.workings.codes import NONE, is_money, range_name
from hcreport.report.workings.rows import BLANK, Cell, Row, number, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from hcreport.derive.frame import Frame
    from hcreport.figures.evaluate import Evaluator
    from hcreport.report.workings.codes import Codes, Tested

PLACE = {"file": "File", "sheet": "Sheet", "row": "Row"}
# The day before the first that a spreadsheet counts, for every day since March 1900.
_DAY_NOUGHT = np.datetime64("1899-12-30", "D")


class Kind(Enum):
    """What a column's cells hold, and so how they look."""

    TEXT = "text"
    CODE = "code"
    DATE = "date"  # as the number of a day
    NUMBER = "number"
    POUNDS = "pounds"


class Origin(Enum):
    """Where a column comes from."""

    RECORDED = "recorded"
    DERIVED = "derived"
    COUNTED = "counted"  # made for formulas from the column before it


@dataclass(frozen=True)
class Column:
    """A column: its different values, and for each row which of them it holds (-1 for none)."""

    name: str
    heading: str
    kind: Kind
    different: Sequence[Any]
    places: NDArray[np.integer[Any]]
    origin: Origin

    @property
    def is_empty(self) -> bool:
        """Whether no row holds a value."""
        return not len(self.different)


@dataclass(frozen=True)
class Sheet:
    """A table's sheet. Row 1 holds headings; ``rows`` counts the records below it."""

    table: str
    rows: int
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        """The name on the sheet's tab."""
        return self.table.capitalize()


def sheets(evaluator: Evaluator, used: Tested, coded: Codes) -> Iterator[Sheet]:
    """A sheet for every table of which the exports hold some column; free text stays out."""
    for table, frame in evaluator.frames.items():
        if any(name.startswith(f"{table}.") for name in evaluator.mapped):
            yield Sheet(table, len(frame), tuple(_columns(table, frame, used, coded)))


def rows(sheet: Sheet) -> Iterator[Row]:
    """A sheet's rows, all with one look. Each different value of a column is worded once."""
    worded = (_cells(column) for column in sheet.columns)
    return ((0, cells) for cells in zip(*worded, strict=True))


def _cells(column: Column) -> list[Cell]:
    worded = [text(v) if isinstance(v, str) else number(v) for v in column.different]
    # The place of a blank is -1: the last.
    cells: list[Cell] = np.array([*worded, BLANK], dtype=object)[column.places].tolist()
    return cells


def _columns(table: str, frame: Frame, used: Tested, coded: Codes) -> Iterator[Column]:
    """The columns that hold something or that a formula points to."""
    left_out = {spec.name for spec in specs(table) if spec.kind is FieldKind.TEXT}
    fields = [name for name in frame.columns if name not in left_out | PLACE.keys()]
    for name in (*fields, *PLACE):
        key = (table, name)
        column = _column(table, name, frame.table[name])
        if column.is_empty and key not in used:
            continue
        if key in coded:
            yield column
            yield _codes_of(column, coded[key])
        elif is_money(table, name):
            yield _pounds_of(column)
            yield _pence_of(column)
        else:
            yield _with_blanks_as(NOT_RECORDED, column) if used.get(key) else column


def _column(table: str, name: str, held: pd.Series[Any]) -> Column:
    """A column of a frame, its codes as they are printed."""
    info = columns(table).get(name)
    labels = info.codes if info else {}
    recorded = name in PLACE or any(spec.name == name for spec in specs(table))
    places, different = pd.factorize(held)
    kind, values = _kind_and_values(different)
    if kind is Kind.TEXT:
        values = [labels.get(code, code) for code in values]
    return Column(
        name=range_name(table, name),
        heading=info.label if info else PLACE[name],
        kind=kind,
        different=values,
        places=places,
        origin=Origin.RECORDED if recorded else Origin.DERIVED,
    )


def _kind_and_values(different: Any) -> tuple[Kind, list[Any]]:
    if pd.api.types.is_datetime64_any_dtype(different.dtype):
        days = different.to_numpy().astype("datetime64[D]") - _DAY_NOUGHT
        return Kind.DATE, days.astype(int).tolist()
    is_number = pd.api.types.is_numeric_dtype(different.dtype)
    return Kind.NUMBER if is_number else Kind.TEXT, different.tolist()


def _codes_of(column: Column, coded: Mapping[str, str]) -> Column:
    made = replace(
        column,
        name=f"{column.name}_code",
        heading=f"{column.heading} code",
        kind=Kind.CODE,
        different=[coded.get(word, NONE) for word in column.different],
        origin=Origin.COUNTED,
    )
    return _with_blanks_as(NONE, made)


def _with_blanks_as(word: str, column: Column) -> Column:
    """The column with a word for its blanks, which COUNTIFS does not count reliably."""
    places = np.where(column.places < 0, len(column.different), column.places)
    return replace(column, different=[*column.different, word], places=places)


def _pounds_of(pence: Column) -> Column:
    return replace(pence, kind=Kind.POUNDS, different=[value / PENCE for value in pence.different])


def _pence_of(pence: Column) -> Column:
    name, heading = f"{pence.name}_pence", f"{pence.heading} in pence"
    return replace(pence, name=name, heading=heading, origin=Origin.COUNTED)

"""``internal/*.csv``: each table's records with all that was concluded about them, to and fro.

A row keeps its place (file, sheet, row), its fields and its derived columns: dates as 2023-04-01,
money in pounds, codes as they are, blanks as blanks. Free text stays out. Words from an export that
a spreadsheet would take for a formula get an apostrophe in front, which reading takes away again.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from hcreport.derive.frame import Frame
from hcreport.figures.algebra import PENCE
from hcreport.records import FieldKind, specs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hcreport.figures.evaluate import Evaluator

PLACE = ("file", "sheet", "row")
TEXT, DATE, NUMBER, MONEY = "text", "date", "number", "money"
# What makes a spreadsheet take a cell for a formula; and the guard itself, so as to be undone.
GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")
GUARD = "'"


def name_of(prefix: str, table: str) -> str:
    """The file of a table, judged over the report's period, or over the one to date."""
    return f"internal/{prefix.replace('.', '/')}{table}.csv"


def files(evaluators: Mapping[str, Evaluator]) -> dict[str, bytes]:
    """Every table's file, by its name in the output folder."""
    return {
        name_of(prefix, table): write(table, frame)
        for prefix, evaluator in evaluators.items()
        for table, frame in evaluator.frames.items()
    }


def kinds(table: str, frame: Frame) -> dict[str, str]:
    """The columns that a table's file has, and what their cells hold."""
    fields = {spec.name: spec.kind for spec in specs(table)}
    return {
        name: MONEY if fields.get(name) is FieldKind.MONEY else _kind(frame.table[name])
        for name in frame.columns
        if fields.get(name) is not FieldKind.TEXT
    }


def _kind(column: pd.Series[Any]) -> str:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return DATE
    return NUMBER if pd.api.types.is_numeric_dtype(column.dtype) else TEXT


def write(table: str, frame: Frame) -> bytes:
    """A table's file. It begins as Excel likes UTF-8 to begin."""
    columns = kinds(table, frame)
    written = (_written(frame.table[name], kind) for name, kind in columns.items())
    return lines([tuple(columns), *zip(*written, strict=True)])


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of text as a CSV file, as ``read`` and Excel take it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _written(column: pd.Series[Any], kind: str) -> Sequence[str]:
    """A column's cells as text; the few different words of a column are each worded once."""
    if kind == DATE:
        days = np.datetime_as_string(column.to_numpy().astype("datetime64[D]"))
        return ["" if day == "NaT" else str(day) for day in days]
    if kind in {NUMBER, MONEY}:
        said = (None if pd.isna(value) else int(value) for value in column)
        return [_number(value, kind) for value in said]
    words = {word: guarded(str(word)) for word in column.dropna().unique()}
    return [words.get(word, "") for word in column]


def _number(value: int | None, kind: str) -> str:
    if value is None:
        return ""
    if kind == NUMBER:
        return str(value)
    pounds, pence = divmod(abs(value), PENCE)
    return f"{'-' if value < 0 else ''}{pounds}.{pence:02}"


def guarded(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"{GUARD}{words}" if words.startswith(GUARDED) else words


def read(content: bytes, columns: Mapping[str, str]) -> tuple[list[dict[str, str]], Frame]:
    """A table's rows as text, and as the frame they were written from.

    Raises ValueError when the file is not one that ``write`` made with these columns.
    """
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    try:
        headings, *cells = list(reader)
    except csv.Error as fault:
        raise ValueError(str(fault)) from None
    if headings != list(columns) or any(len(row) != len(headings) for row in cells):
        raise ValueError("its columns are not those that run.json names")
    unguarded = [[cell.removeprefix(GUARD) for cell in row] for row in cells]
    rows = [dict(zip(headings, row, strict=True)) for row in unguarded]
    frame = {name: _read([row[name] for row in rows], name, kind) for name, kind in columns.items()}
    return rows, Frame.of(pd.DataFrame(frame))


def _read(cells: Sequence[str], name: str, kind: str) -> Any:
    """A column of the type its kind has in the frame."""
    if kind == DATE:
        return np.array([cell or "NaT" for cell in cells], dtype="datetime64[s]")
    if name == "row":
        return np.array([int(cell) for cell in cells], dtype=np.int64)
    if kind == NUMBER:
        return np.array([float(cell or "nan") for cell in cells], dtype=np.float64)
    if kind == MONEY:
        return np.array([_pence(cell) for cell in cells], dtype=np.float64)
    if name in PLACE:
        return np.array(cells, dtype=object)
    return np.array([cell or None for cell in cells], dtype=object)


def _pence(cell: str) -> float:
    """Pounds and pence as pence, without going through a fraction of a pound."""
    return float(int(cell.replace(".", ""))) if cell else np.nan

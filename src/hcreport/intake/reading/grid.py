"""What every reader hands over: a grid of raw cells, and what else the file says about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hcreport.intake.values import Cell

Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Span:
    """A merged range, in rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """One sheet as it stands in the file, from its first row and column.

    ``how`` says how it was read, for a person. ``ragged`` tells whether rows can differ in
    length, as in text, where that means that a cell has slipped. ``hidden_rows`` and
    ``hidden_columns`` count from 0; ``filtered`` tells whether a filter hides some of them.
    """

    name: str
    rows: Rows
    how: str
    ragged: bool = False
    merged: tuple[Span, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    filtered: bool = False
    hidden_columns: frozenset[int] = frozenset()

    def with_cells(self, cells: dict[tuple[int, int], Cell]) -> Grid:
        """The grid with some of its cells, by row and column, replaced."""
        rows = list(self.rows)
        for (row, column), cell in cells.items():
            if row < len(rows) and column < len(rows[row]):
                changed = list(rows[row])
                changed[column] = cell
                rows[row] = changed
        return replace(self, rows=rows)

"""Workbooks of every kind, through calamine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from lxml.etree import LxmlError
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from hcreport.intake import rules
from hcreport.intake.reading.grid import Grid, Span
from hcreport.intake.reading.kinds import Kind
from hcreport.intake.reading.scan import scan
from hcreport.intake.values import Broken, Cell, Fault

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

# What calamine raises for a file that is cut short differs with the place of the cut.
_DAMAGE = (CalamineError, BadZipFile, LxmlError, ValueError, OverflowError)


class Workbook:
    """An open workbook. Raises Fault, in plain words, when it cannot be read."""

    def __init__(self, content: bytes, kind: Kind) -> None:
        self._content, self._kind = content, kind
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        except _DAMAGE as fault:
            raise Fault(
                rules.NOT_A_TABLE, "it is a workbook that is cut short or damaged; export it again"
            ) from fault

    @property
    def names(self) -> list[str]:
        """The sheets that a person sees."""
        visible = SheetVisibleEnum.Visible
        return [s.name for s in self._book.sheets_metadata if s.visible is visible]

    @property
    def hidden_names(self) -> list[str]:
        """The sheets that are hidden."""
        return [s.name for s in self._book.sheets_metadata if s.name not in self.names]

    def read(self, name: str) -> Grid:
        """One sheet. Blank rows above the first are kept, so that row numbers are the file's."""
        try:
            sheet = self._book.get_sheet_by_name(name)
            grid = Grid(
                name,
                sheet.to_python(skip_empty_area=False),
                self._kind.value,
                merged=tuple(_merged(sheet)),
            )
            return self._scanned(grid) if self._kind is Kind.WORKBOOK else grid
        except _DAMAGE as fault:
            raise Fault(rules.NOT_A_TABLE, f"its sheet {name!r} cannot be read") from fault

    def _scanned(self, grid: Grid) -> Grid:
        """The grid with what only the XML tells."""
        found = scan(self._content, grid.name)
        cells: dict[tuple[int, int], Cell] = {at: Broken(w) for at, w in found.broken.items()}
        for (row, column), width in found.padded.items():
            held = grid.rows[row][column] if row < len(grid.rows) else None
            if isinstance(held, int | float) and float(held).is_integer():
                cells[row, column] = str(int(held)).zfill(width)
        return Grid(
            grid.name,
            grid.with_cells(cells).rows,
            grid.how,
            merged=grid.merged,
            hidden_rows=found.hidden_rows,
            filtered=found.filtered,
        )


def _merged(sheet: CalamineSheet) -> Iterator[Span]:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        yield Span(top, left, bottom, right)

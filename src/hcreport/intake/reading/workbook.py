"""Workbooks of every kind, through calamine."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from hcreport.intake import rules
from hcreport.intake.reading import scan, scan_ods, scan_xlsb
from hcreport.intake.reading.grid import Grid, Span
from hcreport.intake.reading.kinds import Kind
from hcreport.intake.reading.scan import MOST_CELLS, Scan
from hcreport.intake.values import Broken, Cell, Fault

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

T = TypeVar("T")
# Of what is laid out whole, how many cells that will be.
_AREAS = {Kind.OPEN_DOCUMENT: scan_ods.area, Kind.BINARY: scan_xlsb.area}


class Workbook:
    """An open workbook. Raises Fault, in plain words, when it cannot be read."""

    def __init__(self, content: bytes, kind: Kind) -> None:
        self._content, self._kind = content, kind
        damaged = "it is a workbook that is cut short or damaged; export it again"
        if kind in _AREAS:
            _refuse_vast(_guarded(lambda: _AREAS[kind](content), damaged))
        self._book = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)), damaged)

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
        damaged = f"its sheet {name!r} is cut short or damaged; export it again"
        is_new = self._kind is Kind.WORKBOOK
        xml = _guarded(lambda: scan.sheet_xml(self._content, name), damaged) if is_new else None
        if xml is not None:
            _refuse_vast(_guarded(lambda: scan.area(xml), damaged))
        grid = _guarded(lambda: self._raw(name), damaged)
        if xml is not None:
            return _guarded(lambda: _scanned(grid, scan.scan(xml)), damaged)
        if self._kind is Kind.OPEN_DOCUMENT:
            return _guarded(lambda: _scanned(grid, scan_ods.scan_ods(self._content, name)), damaged)
        return grid

    def _raw(self, name: str) -> Grid:
        sheet = self._book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
        return Grid(name, rows, self._kind.value, merged=tuple(_merged(sheet)))


def _refuse_vast(cells: int) -> None:
    """Raise Fault for a sheet that would fill the machine's memory, most of it with blanks."""
    if cells > MOST_CELLS:
        said = f"a sheet of it reaches over {cells:,} cells; clear what stands far from the rest"
        raise Fault(rules.NOT_A_TABLE, said)


def _guarded(step: Callable[[], T], message: str) -> T:
    """What a step gives; a Fault where the file makes it fail, in whatever way."""
    try:
        return step()
    except (Fault, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:
        raise Fault(rules.NOT_A_TABLE, message) from fault


def _scanned(grid: Grid, found: Scan) -> Grid:
    """The grid with what only the XML tells."""
    cells: dict[tuple[int, int], Cell] = {at: Broken(what) for at, what in found.broken.items()}
    for (row, column), width in found.padded.items():
        held = (
            grid.rows[row][column] if row < len(grid.rows) and column < len(grid.rows[row]) else 0
        )
        if isinstance(held, int | float) and float(held).is_integer():
            cells[row, column] = str(int(held)).zfill(width)
    return replace(
        grid.with_cells(cells),
        hidden_rows=found.hidden_rows,
        filtered=found.filtered,
        hidden_columns=found.hidden_columns,
    )


def _merged(sheet: CalamineSheet) -> Iterator[Span]:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        yield Span(top, left, bottom, right)

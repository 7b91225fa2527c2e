"""Rows with faults planted in them, and the writing of both: the file, and what check must find."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import xlsxwriter
from _files import Cell, write_cell
from xlsxwriter.worksheet import Worksheet


@dataclass(frozen=True)
class Shown:
    """A number that its format shows as something else."""

    value: float
    number_format: str


@dataclass(frozen=True)
class Formula:
    """A formula with the value a spreadsheet last kept for it: an error, or nothing at all."""

    formula: str
    kept: str = ""


Value = Cell | Shown | Formula


@dataclass(frozen=True)
class Fault:
    """What is wrong, by the code of the problem: at a heading, or in the row as a whole."""

    code: str
    what: str
    heading: str = ""


@dataclass(frozen=True)
class Line:
    """One row: cells by heading, and the faults in it."""

    cells: Mapping[str, Value]
    faults: tuple[Fault, ...] = ()
    is_hidden: bool = False


@dataclass(frozen=True)
class Planted:
    """A fault and its place, the row counted from 1; no row where the whole sheet is meant."""

    fault: Fault
    file: str
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True)
class Tab:
    """A sheet: rows above its headings, one or two rows of headings, its lines.

    ``left`` columns stay empty; ``hidden`` headings are those of columns that nobody sees;
    ``merged`` joins cells of one column under a heading, from one line to another, counted from 0.
    With ``groups`` there are two rows of headings: each upper one with those it stands over.
    """

    name: str
    headings: Sequence[str]
    lines: Sequence[Line]
    above: Sequence[str] = ()
    left: int = 0
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hidden: Sequence[str] = ()
    merged: Sequence[tuple[str, int, int]] = ()
    is_filtered: bool = False
    faults: tuple[Fault, ...] = ()

    @property
    def first(self) -> int:
        """The row of the first line, counted from 0."""
        return len(self.above) + (2 if self.groups else 1)

    def column(self, heading: str) -> int:
        """The column of a heading, counted from 0; of two that are the same, the last."""
        return self.left + max(n for n, held in enumerate(self.headings) if held == heading)

    def planted(self, file: str) -> Iterator[Planted]:
        """Every fault of the sheet with its place."""
        yield from (Planted(fault, file, self.name) for fault in self.faults)
        for number, line in enumerate(self.lines, start=self.first + 1):
            yield from (Planted(fault, file, self.name, number) for fault in line.faults)

    def write(self, book: xlsxwriter.Workbook) -> None:
        """Write the sheet into a workbook."""
        page = book.add_worksheet(self.name)
        for number, title in enumerate(self.above):
            if title:
                page.merge_range(number, self.left, number, self.left + 2, title)
        self._write_headings(page)
        for number, line in enumerate(self.lines, start=self.first):
            for heading, cell in line.cells.items():
                _write(book, page, (number, self.column(heading)), cell)
            if line.is_hidden:
                page.set_row(number, None, None, {"hidden": True})
        for heading, top, bottom in self.merged:
            column, value = self.column(heading), self.lines[top].cells[heading]
            page.merge_range(self.first + top, column, self.first + bottom, column, value)
        for heading in self.hidden:
            page.set_column(
                self.column(heading), self.column(heading), None, None, {"hidden": True}
            )
        if self.is_filtered:
            last = self.first + len(self.lines) - 1
            page.autofilter(self.first - 1, self.left, last, self.left + len(self.headings) - 1)
            page.filter_column(self.left, "x != hidden")

    def _write_headings(self, page: Worksheet) -> None:
        bottom = self.first - 1
        for number, heading in enumerate(self.headings, start=self.left):
            page.write_string(bottom, number, heading)
        for group, under in self.groups.items():
            columns = [self.column(f"{group} {heading}") for heading in under]
            page.merge_range(bottom - 1, columns[0], bottom - 1, columns[-1], group)
            for column, heading in zip(columns, under, strict=True):
                page.write_string(bottom, column, heading)


def _write(
    book: xlsxwriter.Workbook,
    page: Worksheet,
    at: tuple[int, int],
    cell: Value,
) -> None:
    match cell:
        case Shown():
            page.write_number(*at, cell.value, book.add_format({"num_format": cell.number_format}))
        case Formula():
            page.write_formula(*at, cell.formula, None, cell.kept)
        case _:
            write_cell(page, *at, cell)

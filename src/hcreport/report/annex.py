"""``annex.xlsx``: every table of the report as a workbook that anyone can read.

One table a sheet, marked as a table, title in A1, one header row with different headings, no
merged and no empty cells, as the Analysis Function's guidance asks. Text that begins like a
formula stays text.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import xlsxwriter

from hcreport.archive import MADE, settled
from hcreport.figures.algebra import PENCE, Unit
from hcreport.figures.shown import WITHHELD
from hcreport.sections import summary
from hcreport.tables import Absent, Cell, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hcreport.sections.section import Writer
    from hcreport.settings import Settings

NOT_AVAILABLE = "[x]"
NOT_APPLICABLE = "[z]"
# How each unit is shown, less its decimals.
FORMATS = {
    Unit.COUNT: "#,##0{}",
    Unit.SHARE: "0{}%",
    Unit.GBP: "£#,##0.00",
    Unit.DAYS: "0.0",
    Unit.PER_1000: "0{}",
    Unit.PER_MONTH: "0{}",
    Unit.SCORE: '0{}"%"',
}
NOTES = (
    "Each sheet holds one table of the report, with the numbers unrounded.",
    f"{NOT_AVAILABLE} means that there is no such figure, and {NOT_APPLICABLE} that none applies.",
    "Percentages are rounded half up in the report, each from its own counts.",
)
NOTE_WITHHELD = (
    f"{WITHHELD} means that a number is withheld, so that nothing is told of a few people; the "
    "report says by which rule, where it tells how the figures are worked out."
)
WIDEST = 60


def in_order(tables: Mapping[str, Table | Absent], placed: Iterable[str]) -> list[Table]:
    """The tables as the report numbers them, and after them those that it does not show.

    A table made for the summary shows a part of one of these, and is not among them.
    """
    parts = {name for section in summary.SECTIONS for name in section.tables}
    names = dict.fromkeys((*placed, *(name for name in tables if name not in parts)))
    return [table for name in names if isinstance(table := tables[name], Table)]


def write(tables: Sequence[Table], w: Writer) -> bytes:
    """The workbook: a cover, a list of contents, then the tables in the report's order."""
    settings = w.settings
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.set_properties(
        {"title": settings.title, "author": settings.landlord.name, "created": MADE}
    )
    styles = _styles(workbook)
    is_withheld = any(cell.withheld for t in tables for row in t.rows for cell in row)
    _cover(workbook, styles, settings, (*NOTES, NOTE_WITHHELD) if is_withheld else NOTES)
    _contents(workbook, styles, tables)
    for number, table in enumerate(tables, start=1):
        _sheet(workbook, styles, number, table)
    workbook.close()
    return settled(out.getvalue())


def _styles(workbook: Any) -> dict[str, Any]:
    font = {"font_name": "Arial", "font_size": 12, "valign": "top"}
    styles = {
        "title": workbook.add_format({**font, "bold": True, "font_size": 16}),
        "text": workbook.add_format({**font, "text_wrap": True}),
        "heading": workbook.add_format({**font, "bold": True, "text_wrap": True, "bottom": 1}),
        "number heading": workbook.add_format(
            {**font, "bold": True, "text_wrap": True, "bottom": 1, "align": "right"}
        ),
        "absent": workbook.add_format({**font, "align": "right"}),
    }
    for unit, pattern in FORMATS.items():
        for decimals in (0, 1):
            shown = pattern.format("." + "0" * decimals if decimals else "")
            styles[f"{unit} {decimals}"] = workbook.add_format(
                {**font, "num_format": shown, "align": "right"}
            )
    return styles


def _cover(
    workbook: Any, styles: Mapping[str, Any], settings: Settings, notes: Sequence[str]
) -> None:
    sheet = workbook.add_worksheet("Cover")
    sheet.set_column(0, 0, 90)
    sheet.write_string(0, 0, f"{settings.title}: tables", styles["title"])
    lines = (settings.landlord.name, settings.report_period.long, *notes)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line, styles["text"])


def _contents(workbook: Any, styles: Mapping[str, Any], tables: Sequence[Table]) -> None:
    sheet = workbook.add_worksheet("Contents")
    sheet.write_string(0, 0, "Contents", styles["title"])
    rows = [[f"Table {n}", table.title] for n, table in enumerate(tables, start=1)]
    if rows:
        _marked(sheet, styles, "contents", ["Sheet", "Table"], len(rows), {})
    for n, (name, title) in enumerate(rows, start=2):
        sheet.write_url(n, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_string(n, 1, title, styles["text"])
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90)


def _sheet(workbook: Any, styles: Mapping[str, Any], number: int, table: Table) -> None:
    sheet = workbook.add_worksheet(f"Table {number}")
    sheet.write_string(0, 0, f"Table {number}: {table.title}", styles["title"])
    headings, rows = _with_shares(table)
    right = {n: True for n in range(len(headings)) if any(row[n].is_number for row in rows)}
    _marked(sheet, styles, table.id, headings, len(rows), right)
    for row, cells in enumerate(rows, start=2):
        for column, cell in enumerate(cells):
            _write(sheet, styles, row, column, cell)
    if table.note:
        sheet.write_string(len(rows) + 3, 0, table.note, styles["text"])
    for column, heading in enumerate(headings):
        longest = max(len(row[column].text) for row in rows)
        sheet.set_column(column, column, min(max(longest, len(heading)) + 4, WIDEST))


def _with_shares(table: Table) -> tuple[list[str], list[list[Cell]]]:
    """The table with a column of its own for each share that the report prints in brackets."""
    shared = [
        any(row[n].share is not None for row in table.rows) for n in range(len(table.headings))
    ]
    headings, rows = [], [list[Cell]() for _ in table.rows]
    for n, heading in enumerate(table.headings):
        headings.append(heading)
        for made, row in zip(rows, table.rows, strict=True):
            made.append(row[n])
        if shared[n]:
            headings.append(f"{heading}, share")
            for made, row in zip(rows, table.rows, strict=True):
                share, withheld = row[n].share, row[n].withheld
                made.append(Cell(NOT_APPLICABLE, share, Unit.SHARE, withheld=withheld))
    return headings, rows


def _marked(
    sheet: Any,
    styles: Mapping[str, Any],
    name: str,
    headings: Sequence[str],
    rows: int,
    right: Mapping[int, bool],
) -> None:
    """Mark the cells from row 2 on as a table with these headings."""
    columns = [
        {
            "header": heading,
            "header_format": styles["number heading" if right.get(n) else "heading"],
        }
        for n, heading in enumerate(headings)
    ]
    options = {
        "name": f"table_{name}",
        "columns": columns,
        "autofilter": False,
        "style": "Table Style Light 1",
        "banded_rows": False,
    }
    sheet.add_table(1, 0, rows + 1, len(headings) - 1, options)


def _write(sheet: Any, styles: Mapping[str, Any], row: int, column: int, cell: Cell) -> None:
    if cell.unit is None:
        sheet.write_string(row, column, cell.text, styles["text"])
    elif cell.value is None:
        sheet.write_string(row, column, _missing(cell), styles["absent"])
    else:
        value = cell.value / PENCE if cell.unit is Unit.GBP else cell.value
        sheet.write_number(row, column, float(value), styles[f"{cell.unit} {cell.decimals}"])


def _missing(cell: Cell) -> str:
    """What stands for a number that is not there."""
    if cell.withheld:
        return WITHHELD
    return NOT_APPLICABLE if cell.text == NOT_APPLICABLE else NOT_AVAILABLE

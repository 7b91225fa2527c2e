"""The sheet ``Read me``: what the workbook is, whether it agrees, and how to check a number."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from hcreport.report.workings.figures_sheet import AGREES, NOT_BY_FORMULA
from hcreport.report.workings.records_sheets import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.calendar.periods import Period
    from hcreport.report.workings.figures_sheet import Line
    from hcreport.report.workings.styles import Styles
    from hcreport.settings import Settings

ABOUT = """\
Every figure of the report, calculated again from the same records by formulas. Keep this workbook \
inside the organisation: it holds case references.
"""
CHECKING = """\
Find the figure in Figures by its id and group. Its numerator, denominator and value are formulas \
over the sheets of records. Change a record, and they change.
To see the rows behind a number, select it and read its formula. A name such as complaints_stage \
is the column Stage of the sheet Complaints. Filter each column to what the formula tests.
A spreadsheet misreads some words that landlords use, such as * or 0012, so formulas test codes \
that stand beside them. Codes says what each one stands for.
The first and last day of the period, and the homes, are in Settings. Days are working days. Money \
is added up in whole pence and shown in pounds.
To calculate everything again press Ctrl+Alt+F9 in Excel or Ctrl+Shift+F9 in LibreOffice. Programs \
that do not calculate show the results that each cell carries.
"""
MEANING = """\
reported is the number as the report prints it, rounded half up.
agrees is TRUE if the numerator and denominator are exactly those of the report, and the value, \
rounded in the same way, is the number printed. A value without a numerator must be the same \
before it is rounded too.
no value means that there is nothing to divide by, or that the records do not say. An empty \
numerator or denominator is one that the figure does not have.
not by formula marks what cannot be calculated from records: a figure whose columns the exports \
lack, and a percentage that settings give.
"""
# Characters to a line, and the height of one in points.
WIDE, LINE = 94, 14
LEGEND = {
    Origin.RECORDED: "as the exports have it",
    Origin.DERIVED: "worked out from the record, row by row",
    Origin.COUNTED: "the column before it, in a form that formulas can count on",
}


def write(
    workbook: Any, styles: Styles, settings: Settings, period: Period, lines: list[Line]
) -> None:
    """Add the sheet to a workbook."""
    sheet = workbook.add_worksheet("Read me")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, WIDE)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, f"{settings.title}: workings", styles.title)
    sheet.write_string(1, 0, f"{settings.landlord.name}, {period.long}", styles.text)
    row = 3
    for heading, words in (("What it is", ABOUT), ("To check a number", CHECKING)):
        row = _paragraphs(sheet, styles, row, heading, words)
    row = _paragraphs(sheet, styles, row, "What the words mean", MEANING)
    for origin, meaning in LEGEND.items():
        sheet.write_string(row, 0, f"Heading of {origin.value} columns", styles.headings[origin])
        sheet.write_string(row, 1, meaning, styles.prose)
        row += 1
    for label, criterion, count in _counts(lines):
        row += 1
        sheet.write_string(row, 0, label, styles.bold)
        found = f"COUNTIF({AGREES},{criterion})"
        sheet.write_formula(row, 1, found, styles.left, count)


def _paragraphs(sheet: Any, styles: Styles, row: int, heading: str, words: str) -> int:
    """Write a part, and say in which row the next begins."""
    sheet.write_string(row, 0, heading, styles.bold)
    for line in words.splitlines():
        sheet.write_string(row, 1, line, styles.prose)
        sheet.set_row(row, LINE * ceil(len(line) / WIDE))
        row += 1
    return row + 1


def _counts(lines: list[Line]) -> Iterator[tuple[str, str, int]]:
    """What a reader wants to know first, as formulas with their results."""
    calculated = sum(line.is_calculated for line in lines)
    yield "Figures that agree", "TRUE", calculated
    yield "Figures that do not", "FALSE", 0
    yield "Not by formula", f'"{NOT_BY_FORMULA}"', len(lines) - calculated

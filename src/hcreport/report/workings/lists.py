"""The sheets ``Codes`` and ``Settings``: what codes stand for, and what no export holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hcreport.derive.frame import columns
from hcreport.records import TENURES
from hcreport.report.workings.codes import NONE
from hcreport.report.workings.records_sheets import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hcreport.figures.selection import Givens
    from hcreport.report.workings.codes import Codes
    from hcreport.report.workings.styles import Styles

# The names of each period's first and last day, of the number of months, and of homes.
PERIODS = {
    "report": ("period_start", "period_end"),
    "ombudsman": ("ombudsman_start", "ombudsman_end"),
}
MONTHS = "period_months"
NEITHER = "not recorded, or none of those that the report counts"


def homes(givens: Givens) -> Mapping[str, str]:
    """The names of the homes of each tenure that settings give, by the tenure as printed."""
    return {TENURES[tenure]: f"homes_{tenure}" for tenure in givens.homes}


def write_codes(workbook: Any, styles: Styles, codes: Codes) -> None:
    """Every code with the words it stands for, column by column."""
    sheet = _sheet(workbook, styles, "Codes", {"column": 40, "code": 28, "stands for": 60})
    row = 0
    for columns_of, coded in _shared(codes):
        for word, code in coded.items():
            row += 1
            meaning = NEITHER if code == NONE else word
            for n, text in enumerate((columns_of, code, meaning)):
                sheet.write_string(row, n, text, styles.text)
    sheet.autofilter(0, 0, row, 2)


def _shared(codes: Codes) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each list of codes once, after the columns that use it."""
    lists: list[tuple[list[str], Mapping[str, str]]] = []
    for (table, column), coded in sorted(codes.items(), key=lambda item: item[0]):
        title = f"{table.capitalize()}: {columns(table)[column].label}"
        titles = next((titles for titles, known in lists if known is coded), None)
        if titles is None:
            lists.append(([title], coded))
        else:
            titles.append(title)
    return ((", ".join(titles), coded) for titles, coded in lists)


def write_settings(workbook: Any, styles: Styles, givens: Givens) -> None:
    """The dates and numbers that formulas take from settings, each with its name."""
    sheet = _sheet(workbook, styles, "Settings", {"setting": 50, "value": 16, "name": 24})
    for row, (label, name, value) in enumerate(_given(givens), start=1):
        sheet.write_string(row, 0, label, styles.text)
        if isinstance(value, int):
            sheet.write_number(row, 1, value, styles.columns[Kind.NUMBER])
        else:
            sheet.write_datetime(row, 1, value, styles.columns[Kind.DATE])
        sheet.write_string(row, 2, name, styles.code)
        workbook.define_name(name, f"=Settings!$B${row + 1}")


def _given(givens: Givens) -> Iterator[tuple[str, str, date | int]]:
    whose = {
        "report": ("the report's period", givens.period),
        "ombudsman": ("the Ombudsman's year", givens.ombudsman_period),
    }
    for key, (words, period) in whose.items():
        first, last = PERIODS[key]
        yield f"First day of {words}", first, period.start
        yield f"Last day of {words}", last, period.end
    yield "Months of the report's period", MONTHS, len(givens.period.months())
    for tenure, name in homes(givens).items():
        label = f"{tenure} homes owned at the end of the year"
        yield label, name, givens.homes[name.removeprefix("homes_")]


def _sheet(workbook: Any, styles: Styles, title: str, headings: Mapping[str, int]) -> Any:
    sheet = workbook.add_worksheet(title)
    for n, (heading, width) in enumerate(headings.items()):
        sheet.write_string(0, n, heading, styles.heading)
        sheet.set_column(n, n, width)
    sheet.freeze_panes(1, 0)
    sheet.fit_to_pages(1, 0)
    return sheet

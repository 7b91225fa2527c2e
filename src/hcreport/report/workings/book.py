"""The workbook: its sheets in order, and the names that formulas use.

``Read me`` says how to check a number, ``Figures`` holds the formulas, a sheet for each table the
records; ``Codes`` says what each code stands for, and ``Settings`` what no export holds.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_range_abs

from hcreport.archive import MADE, settled
from hcreport.figures.excel import Formulary, Layout
from hcreport.figures.ledger import Ledger
from hcreport.figures.worked import prefix_of
from hcreport.problems import CannotRun
from hcreport.report.workings import codes, figures_sheet, lists, read_me, records_sheets, rows
from hcreport.report.workings.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hcreport.figures.evaluate import Evaluator
    from hcreport.figures.worked import Worked
    from hcreport.report.workings.records_sheets import Column, Sheet
    from hcreport.settings import Settings

# The most records that fit on a sheet, below its headings.
MOST = 1_048_575
WIDEST, NARROWEST = 40, 11


def files(worked: Worked, settings: Settings) -> dict[str, bytes]:
    """A workbook for each period that figures are over, by its name in the output folder."""
    found = {}
    for prefix, evaluator in worked.evaluators.items():
        entries = tuple(e for e in worked.ledger.entries if prefix_of(e.id) == prefix)
        ledger = Ledger(entries, worked.ledger.definitions)
        name = f"internal/{prefix.replace('.', '/')}workings.xlsx"
        found[name] = write(ledger, evaluator, settings)
    return found


def write(ledger: Ledger, evaluator: Evaluator, settings: Settings) -> bytes:
    """The workbook. Raises CannotRun when a table has more records than a sheet has rows."""
    used = codes.tested(ledger.entries)
    coded = codes.codes(evaluator, used)
    sheets = tuple(records_sheets.sheets(evaluator, used, coded))
    layout = Layout(
        codes.cells(used, coded),
        lists.PERIODS,
        lists.MONTHS,
        lists.homes(evaluator.givens),
        evaluator.is_recorded,
    )
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.set_properties(
        {"title": f"{settings.title}: workings", "author": settings.landlord.name, "created": MADE}
    )
    styles = Styles(workbook)
    lines = figures_sheet.lines(ledger, Formulary(layout))
    read_me.write(workbook, styles, settings, evaluator.givens.period, lines)
    figures_sheet.write(workbook, styles, lines)
    for sheet in sheets:
        _records(workbook, styles, sheet)
    lists.write_codes(workbook, styles, coded)
    lists.write_settings(workbook, styles, evaluator.givens)
    workbook.close()
    filled = {figures_sheet.TITLE: figures_sheet.rows(lines)}
    filled |= {sheet.title: records_sheets.rows(sheet) for sheet in sheets}
    return _with_rows(out.getvalue(), [page.name for page in workbook.worksheets()], filled)


def _records(workbook: Any, styles: Styles, sheet: Sheet) -> None:
    """A sheet of records, all but its rows: headings, widths, names, and one row to copy."""
    if sheet.rows > MOST:
        raise CannotRun(
            f"There are {sheet.rows:,} {sheet.table}, and a spreadsheet holds {MOST:,}.",
            "Leave records of other years out of the exports.",
        )
    page = workbook.add_worksheet(sheet.title)
    last = max(sheet.rows, 1)
    for n, column in enumerate(sheet.columns):
        page.write_string(0, n, column.heading, styles.headings[column.origin])
        page.write_blank(last, n, None, styles.columns[column.kind])
        page.set_column(n, n, _width(column))
        workbook.define_name(column.name, f"={sheet.title}!{xl_range_abs(1, n, last, n)}")
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.autofilter(0, 0, last, len(sheet.columns) - 1)
    page.ignore_errors({"number_stored_as_text": xl_range(1, 0, last, len(sheet.columns) - 1)})


def _width(column: Column) -> int:
    longest = max((len(value) for value in column.different if isinstance(value, str)), default=0)
    return min(max(longest + 2, NARROWEST), WIDEST)


def _with_rows(
    content: bytes, titles: Sequence[str], filled: Mapping[str, Iterable[rows.Row]]
) -> bytes:
    """The workbook with the rows in their sheets."""
    changed = {}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for title, lines in filled.items():
            part = f"xl/worksheets/sheet{titles.index(title) + 1}.xml"
            changed[part] = rows.filled(book.read(part), lines)
    return settled(content, changed)

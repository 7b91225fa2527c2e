"""Write workbooks and CSV files that have the same bytes every time."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter

Cell = str | int | float | date | None

# A workbook records when it was made; a fixed day keeps the clock out of the bytes.
_CREATED = datetime(2024, 6, 3)  # noqa: DTZ001  the file format has no time zone
_WIDEST = 32


def workbook(sheet: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Make a workbook of one sheet: text stays text, dates and numbers are real ones."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": sheet, "created": _CREATED})
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True})
    for column, heading in enumerate(headings):
        page.write_string(0, column, heading, bold)
        page.set_column(column, column, min(len(heading) + 2, _WIDEST))
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            match value:
                case None | "":
                    pass  # an empty cell, as a case system leaves it
                case str():
                    page.write_string(line, column, value)
                case date():
                    page.write_datetime(line, column, value)
                case _:
                    page.write_number(line, column, value)
    page.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()


def csv_export(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Make a CSV file as spreadsheet programs on Windows export it: byte order mark and CRLF."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8-sig")

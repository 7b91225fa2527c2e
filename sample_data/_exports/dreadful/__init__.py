"""An export with everything wrong in it that an export can have, and the list of it.

``expected-problems.csv`` is written from where each fault was put, by what ``hcreport`` promises of
it; nothing here runs ``hcreport``. What looks odd and is no fault stands among the rest: titles,
blank rows and columns, headings in two rows, subtotals, footers, merged cells, words with invisible
characters in them.

Not here, since no library writes them or their bytes would differ each time: workbooks of Excel 97,
binary ones, ones with a password. ``tests/test_reading.py`` has those that can be made at all.
"""

import csv
import io
from collections.abc import Iterable, Mapping

import xlsxwriter
from _files import CREATED

from _exports.dreadful.planting import Fault, Planted
from _exports.dreadful.sheets import tabs
from _exports.dreadful.texts import texts

_BOOK = "exports/dreadful.xlsx"
# What is wrong with the workbook as a whole, and with what the profile looks for in it.
_WHOLE = (
    Planted(Fault("R114", "a hidden sheet"), _BOOK),
    Planted(Fault("R102", "a sheet that the profile names is not there"), _BOOK),
    Planted(Fault("R108", "a file that the profile names is not there"), "exports/not-sent.csv"),
)


def files() -> Mapping[str, bytes]:
    """The exports, and the problems that are in them."""
    made = texts()
    planted = [*_WHOLE, *(p for tab in tabs() for p in tab.planted(_BOOK))]
    planted += [p for _, faults in made.values() for p in faults]
    return {
        _BOOK: _book(),
        **{name: content for name, (content, _) in made.items()},
        "expected-problems.csv": _listed(planted),
    }


def _book() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    book.set_properties({"title": "Complaints", "created": CREATED})
    book.add_worksheet("Read me").write_string(0, 0, "Figures for the annual report. Do not alter.")
    for tab in tabs():
        tab.write(book)
    book.add_worksheet("Lists").hide()
    book.close()
    return buffer.getvalue()


def _listed(planted: Iterable[Planted]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("code", "file", "sheet", "row", "heading", "what is wrong"))
    for p in sorted(planted, key=lambda p: (p.file, p.sheet, p.row, p.fault.code)):
        place = (p.file, p.sheet, p.row or "", p.fault.heading)
        writer.writerow((p.fault.code, *place, p.fault.what))
    return buffer.getvalue().encode()

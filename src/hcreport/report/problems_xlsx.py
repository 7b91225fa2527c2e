"""``internal/problems.xlsx``: every problem as a row, for the analyst to sort, filter and tick off.

It holds values from the exports, so it is never for publication.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlsxwriter

from hcreport.archive import MADE, settled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcreport.problems import Problem

NAME = "internal/problems.xlsx"
LONGEST = 32_767  # letters that a cell of a workbook can hold; a longer text is not written at all
# Each column's heading, with the width that lets its cells be read.
COLUMNS = {
    "File": 34,
    "Sheet": 14,
    "Row": 8,
    "Heading": 22,
    "Value": 22,
    "Severity": 10,
    "Code": 8,
    "Problem": 46,
    "What is the matter": 60,
    "What to do": 70,
}


def write(problems: Iterable[Problem]) -> bytes:
    """The workbook, sorted by file, sheet, row and heading: the order of somebody who mends."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.set_properties({"title": "Problems in the exports", "created": MADE})
    plain = workbook.add_format({"valign": "top", "text_wrap": True})
    head = workbook.add_format({"bold": True, "bottom": 1})
    sheet = workbook.add_worksheet("Problems")
    rows = [_row(problem) for problem in sorted(problems, key=_order)]
    for column, (heading, width) in enumerate(COLUMNS.items()):
        sheet.write_string(0, column, heading, head)
        sheet.set_column(column, column, width, plain)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, plain)
            elif cell:
                sheet.write_string(number, column, cell[:LONGEST], plain)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    workbook.close()
    return settled(out.getvalue())


def _order(problem: Problem) -> tuple[object, ...]:
    return problem.place, problem.rule.code, problem.value, problem.message


def _row(problem: Problem) -> tuple[str | int, ...]:
    place, rule = problem.place, problem.rule
    return (
        place.file,
        place.sheet,
        place.row or "",
        place.heading,
        problem.value,
        problem.severity.value,
        rule.code,
        rule.title,
        problem.message,
        rule.advice,
    )

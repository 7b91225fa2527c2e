"""The totals that a file gives, held against its own rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hcreport.intake import rules
from hcreport.intake.columns import match
from hcreport.intake.values import Cell, Fault, pence_of, text_of
from hcreport.problems import Place, Problem
from hcreport.records import FieldKind

if TYPE_CHECKING:
    from hcreport.intake.profile import Source
    from hcreport.intake.reading import Sheet

# "Grand Totals (1,204 records)": how some reports end.
_RECORDS = re.compile(
    r"\(?\b([0-9][0-9,]{0,12}) (?:records?|rows?|cases?|complaints?)\b", re.IGNORECASE
)


def differing(sheet: Sheet, source: Source) -> Iterator[Problem]:
    """A problem for each total row whose amounts, or number of records, its rows do not add up to.

    A total may be of all rows above it or of those since the last total; either will do.
    """
    money = {
        column.position: column.heading
        for _, headings in source.stages()
        for column in match(sheet, source, headings)[0]
        if column.spec.kind is FieldKind.MONEY
    }
    start = 0
    for number, total in sheet.totals:
        above = [(n, row) for n, row in sheet.rows if n < number]
        since = [row for n, row in above if n > start]
        place = Place(sheet.file, sheet.name, number)
        for position, heading in money.items():
            said = _amount(total[position]) if position < len(total) else None
            sums = {_sum([row for _, row in above], position), _sum(since, position)}
            if said is not None and None not in sums and said not in sums:
                yield Problem(rules.OTHER_TOTAL, place.at(heading), "the amounts above differ")
        counted = _count(total)
        if counted is not None and counted not in {len(above), len(since)}:
            message = f"it says {counted:,}, and there are {len(above):,} rows above it"
            yield Problem(rules.OTHER_TOTAL, place, message)
        start = number


def _amount(cell: Cell) -> int | None:
    try:
        return pence_of(cell)
    except Fault:
        return None


def _sum(rows: Sequence[Sequence[Cell]], position: int) -> int | None:
    """The sum of a column in pence; None where one of its cells is no amount, which is told."""
    found = 0
    for row in rows:
        try:
            found += pence_of(row[position]) or 0
        except Fault:
            return None
    return found


def _count(total: Sequence[Cell]) -> int | None:
    """The number of records that a total row states in words."""
    for cell in total:
        said = _RECORDS.search(text_of(cell) or "") if isinstance(cell, str) else None
        if said:
            return int(said[1].replace(",", ""))
    return None

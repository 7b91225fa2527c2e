"""The sheet ``Figures``: a row for every entry of the ledger, each with its formulas.

A formula carries the exact result as its cached value, for viewers that do not calculate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_range_abs

from hcreport.figures import shown
from hcreport.figures.algebra import PENCE, Unit
from hcreport.figures.shown import NO_VALUE
from hcreport.report.workings.rows import BLANK, Cell, Row, formula, text
from hcreport.report.workings.rows import number as plain
from hcreport.report.workings.styles import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hcreport.figures.evaluate import Result
    from hcreport.figures.excel import Formulary, Formulas
    from hcreport.figures.ledger import Entry, Ledger
    from hcreport.figures.selection import Group
    from hcreport.report.workings.styles import Styles

TITLE = "Figures"
# The headings, and how wide their columns are.
HEADINGS = {
    "id": 32,
    "group": 36,
    "label": 36,
    "definition": 32,
    "numerator": 12,
    "denominator": 13,
    "value": 13,
    "reported": 13,
    "agrees": 16,
}
# The columns from this one on hold numbers.
_FIRST_NUMBER = 4
# The name of the last column.
AGREES = "figures_agrees"
NOT_BY_FORMULA = "not by formula"
WHOLE = "whole"
# Less than any real difference, and more than any that comes of binary fractions.
_HAIR = "1E-9"
# How many more decimals a value has than the number that the report prints.
_CLOSER = 2


@dataclass(frozen=True)
class Look:
    """What decides how a row looks: bold for the whole, and how its values are shown."""

    is_whole: bool
    unit: Unit
    decimals: int


@dataclass(frozen=True)
class Line:
    """A row of the sheet; ``is_calculated`` tells whether its value is a formula."""

    look: Look
    is_calculated: bool
    cells: tuple[Cell, ...]


def lines(ledger: Ledger, formulary: Formulary) -> list[Line]:
    """A row for every entry of the ledger."""
    return [
        _line(n, entry, ledger.definitions[entry.id], formulary)
        for n, entry in enumerate(ledger.entries, start=2)
    ]


def looks(made: Sequence[Line]) -> list[Look]:
    """The different looks, in the order in which they are met."""
    return list(dict.fromkeys(line.look for line in made))


def write(workbook: Any, styles: Styles, made: Sequence[Line]) -> None:
    """Add the sheet, all but its rows."""
    sheet = workbook.add_worksheet(TITLE)
    for column, (heading, width) in enumerate(HEADINGS.items()):
        is_number = column >= _FIRST_NUMBER
        sheet.write_string(0, column, heading, styles.right if is_number else styles.heading)
        sheet.set_column(column, column, width)
    last = len(made)
    different = looks(made)
    for row, look in enumerate(different, start=max(1, last + 1 - len(different))):
        for column, style in enumerate(_styles(look, styles)):
            sheet.write_blank(row, column, None, style)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, last, len(HEADINGS) - 1)
    agrees = len(HEADINGS) - 1
    workbook.define_name(AGREES, f"={TITLE}!{xl_range_abs(1, agrees, last, agrees)}")
    wrong = {"type": "cell", "criteria": "==", "value": "FALSE", "format": styles.wrong}
    sheet.conditional_format(1, agrees, last, agrees, wrong)


def rows(made: Sequence[Line]) -> Iterator[Row]:
    """The sheet's rows."""
    numbered = {look: n for n, look in enumerate(looks(made))}
    return ((numbered[line.look], line.cells) for line in made)


def _styles(look: Look, styles: Styles) -> tuple[Any, ...]:
    text = styles.bold if look.is_whole else styles.text
    count = styles.number(pattern(Unit.COUNT, 0))
    closer = look.decimals if look.unit is Unit.COUNT else look.decimals + _CLOSER
    value, printed = (styles.number(pattern(look.unit, d)) for d in (closer, look.decimals))
    return text, text, text, text, count, count, value, printed, styles.answer


def in_words(group: Group) -> str:
    """A group as one cell: ``service = Repairs; month = 2023-04``."""
    return "; ".join(f"{key} = {value}" for key, value in group) or WHOLE


@dataclass(frozen=True)
class _Number:
    """A value as a spreadsheet has it: exact and as printed, money in pounds, a share from 0 to 1.

    ``decimals`` are those that are printed, and ``places`` those of the number itself.
    """

    exact: float
    printed: float
    decimals: int
    places: int


def _number(entry: Entry) -> _Number | None:
    value, unit = entry.value, entry.figure.unit
    if value is None:
        return None
    decimals = shown.places(value, unit, entry.figure.decimals)
    places = decimals + 2 if unit is Unit.SHARE else decimals
    pounds = value / PENCE if unit is Unit.GBP else value
    return _Number(float(pounds), float(shown.half_up(pounds, places)), decimals, places)


def _line(row: int, entry: Entry, definition: str, formulary: Formulary) -> Line:
    over, under, value, reported = (f"{column}{row}" for column in "EFGH")
    made = formulary.formulas(entry.figure, entry.group, over, under)
    number, result = _number(entry), entry.result
    array_at = value if made.is_array else ""
    if made.value is None:
        agrees = text(NOT_BY_FORMULA)
    else:
        tests = ",".join(_tests(made, result, number, (over, under, value, reported)))
        agrees = formula(f"IFERROR(AND({tests}),FALSE)", cached=True)
    cells = (
        text(entry.id),
        text(in_words(entry.group)),
        text(entry.figure.label),
        text(definition),
        _cell(made.numerator, result.numerator),
        _cell(made.denominator, result.denominator),
        _cell(made.value, number.exact if number else NO_VALUE, array_at),
        _cell(None, number.printed if number else NO_VALUE),
        agrees,
    )
    decimals = number.decimals if number else 0
    look = Look(not entry.group, entry.figure.unit, decimals)
    return Line(look, made.value is not None, cells)


def _cell(calculated: str | None, value: float | str | None, array_at: str = "") -> Cell:
    """A formula with its cached value, or else the value itself, if there is one."""
    if calculated is not None:
        return formula(calculated, NO_VALUE if value is None else value, array_at)
    if isinstance(value, str):
        return text(value)
    return BLANK if value is None else plain(value)


def _tests(
    made: Formulas, result: Result, number: _Number | None, cells: tuple[str, str, str, str]
) -> Iterator[str]:
    """What has to hold: the counts exactly, and the value as the report rounds it.

    A value without a numerator to test is compared unrounded too.
    """
    over, under, value, reported = cells
    if made.numerator is not None:
        yield f"{over}={_literal(result.numerator)}"
    if made.denominator is not None:
        yield f"{under}={_literal(result.denominator)}"
    if number is None:
        yield f"{value}={reported}"
        return
    if made.numerator is None:
        yield f"ABS({value}-{number.exact:.15g})<{_HAIR}"
    yield f"ABS(ROUND({value},{number.places})-{reported})<{_HAIR}"


def _literal(count: int | None) -> str:
    return f'"{NO_VALUE}"' if count is None else str(count)

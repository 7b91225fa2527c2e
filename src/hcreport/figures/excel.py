"""A declaration as Excel formulas, so that a spreadsheet arrives at the same number by itself.

Every condition is a pair of a COUNTIFS: a range, and what its cells must hold. Where things stand
in the workbook is told by a :class:`Layout`; a formula knows nothing else about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from hcreport.derive.frame import columns
from hcreport.figures.algebra import (
    PENCE,
    Average,
    Cohort,
    Condition,
    Count,
    FromSettings,
    Given,
    Is,
    Measure,
    OverRows,
    Quotient,
    Rate,
    Share,
    Total,
    Typed,
    Unit,
)
from hcreport.figures.shown import NO_VALUE

if TYPE_CHECKING:
    from hcreport.figures.algebra import Figure
    from hcreport.figures.selection import Group

# A column that is filled in every row of a table: what is counted where nothing is tested.
EVERY_ROW = "row"
# What parts the values of an array that goes across, and of one that goes down.
_ACROSS_AND_DOWN = (",", ";")


@dataclass(frozen=True)
class Cells:
    """A column's cells: the name of the range, and how printed values are written in it.

    A value that ``written`` does not have is written as it is printed.
    """

    name: str
    written: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """What formulas can point to.

    ``columns`` are by table and column; ``periods`` are the names of a period's first and last
    day; ``months`` that of the number of months; ``homes`` those of the homes of each tenure, by
    printed label. ``is_recorded`` says whether the exports hold what a cohort needs.
    """

    columns: Mapping[tuple[str, str], Cells]
    periods: Mapping[str, tuple[str, str]]
    months: str
    homes: Mapping[str, str]
    is_recorded: Callable[[Cohort], bool]


@dataclass(frozen=True)
class Formulas:
    """A figure's formulas, without their equals signs; None where there is nothing to calculate.

    ``is_array`` says that the value's must be entered as an array formula.
    """

    numerator: str | None = None
    denominator: str | None = None
    value: str | None = None
    is_array: bool = False


@dataclass(frozen=True)
class _Pair:
    """A range and what its cells must hold: one of some values, one side of a value, a number.

    The values are Excel expressions.
    """

    cells: str
    values: tuple[str, ...] = ()
    test: Literal["=", ">=", "<=", "number"] = "="

    @property
    def criteria(self) -> tuple[str, ...]:
        """What COUNTIFS asks for."""
        if self.test == "number":
            return ('"<>"',)
        return self.values if self.test == "=" else (f'"{self.test}"&{self.values[0]}',)

    @property
    def comparison(self) -> str:
        """The same as an expression for an array formula: nought for each row that fails."""
        if self.test == "number":
            return f"ISNUMBER({self.cells})"
        either = "+".join(f"({self.cells}{self.test}{value})" for value in self.values)
        return f"({either})" if len(self.values) > 1 else either


class Formulary:
    """Writes figures as formulas over one workbook."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._tested = cache(self._pairs_of)

    def formulas(  # noqa: PLR0911  (one return for each kind)
        self, figure: Figure, group: Group, over: str, under: str
    ) -> Formulas:
        """How Excel arrives at a figure for a group, given by printed labels.

        ``over`` and ``under`` are the cells where its numerator and denominator will stand: the
        value is made from those. Money is in pounds, and a share is from 0 to 1.
        """
        measure = figure.measure
        if isinstance(measure, OverRows) and not self._layout.is_recorded(measure.cohort):
            return Formulas()
        scale = f"/{PENCE}" if figure.unit is Unit.GBP else ""
        match measure:
            case Count():
                whole = self._count(measure, group[:-1]) if group else None
                return Formulas(self._count(measure, group), whole, over)
            case Share():
                return self._share(measure, group, _unless_nought(under, f"{over}/{under}"))
            case Total():
                pairs = self._pairs(measure.cohort, group)
                return Formulas(value=self._sum(measure.cohort, measure.column, pairs) + scale)
            case Average():
                return self._average(measure, group, under, scale)
            case Quotient():
                value = _unless_nought(under, f"{over}/{under}{scale}")
                return self._quotient(measure, group, value)
            case Rate():
                return self._rate(measure, group, over, under)
            case Given():
                return _given(measure, over, under)
            case Typed():
                divided = _unless_nought(under, f"{over}/{under}")
                return Formulas(value=divided) if measure.over else Formulas()

    # --- Measures ---

    def _count(self, measure: Count, group: Group) -> str:
        """The rows that hit; no value where there are rows and none of them says."""
        cohort = measure.cohort
        hits = _rows(self._pairs(cohort, group, *measure.known, *measure.hit))
        if not measure.known:
            return hits
        known = _rows(self._pairs(cohort, group, *measure.known))
        everything = _rows(self._pairs(cohort, group))
        return f'IF(AND({known}=0,{everything}>0),"{NO_VALUE}",{hits})'

    def _share(self, measure: Share, group: Group, value: str) -> Formulas:
        cohort = measure.cohort
        hits = self._pairs(cohort, group, *measure.known, *measure.hit)
        return Formulas(_rows(hits), _rows(self._pairs(cohort, group, *measure.known)), value)

    def _average(self, measure: Average, group: Group, under: str, scale: str) -> Formulas:
        cohort = measure.cohort
        filled = self._filled(cohort, measure.column)
        pairs = [*self._pairs(cohort, group), filled]
        if measure.how == "mean":
            total = self._sum(cohort, measure.column, pairs)
            value = _unless_nought(under, f"{total}/{under}{scale}")
            return Formulas(None, _rows(pairs), value)
        tests = "*".join(pair.comparison for pair in pairs)
        value = _unless_nought(under, f"MEDIAN(IF({tests},{filled.cells})){scale}")
        return Formulas(None, _rows(pairs), value, is_array=True)

    def _quotient(self, measure: Quotient, group: Group, value: str) -> Formulas:
        cohort = measure.cohort
        both = [self._filled(cohort, column) for column in (measure.over, measure.under)]
        pairs = [*self._pairs(cohort, group), *both]
        over, under = (self._sum(cohort, c, pairs) for c in (measure.over, measure.under))
        return Formulas(over, under, value)

    def _rate(self, measure: Rate, group: Group, over: str, under: str) -> Formulas:
        """A rate has no value where either of its numbers is missing."""
        scale = f"*{measure.scale}" if measure.scale != 1 else ""
        value = f'IF(AND(COUNT({over},{under})=2,{under}<>0),{over}/{under}{scale},"{NO_VALUE}")'
        return Formulas(self._if_recorded(measure.over, group), self._under(measure, group), value)

    def _under(self, measure: Rate, group: Group) -> str | None:
        if isinstance(measure.under, Count):
            return self._if_recorded(measure.under, group)
        if measure.under == "months":
            return self._layout.months
        homes = self._layout.homes
        return homes.get(group[0][1]) if group else "+".join(homes.values()) or None

    def _if_recorded(self, measure: Count, group: Group) -> str | None:
        is_recorded = self._layout.is_recorded(measure.cohort)
        return self._count(measure, group) if is_recorded else None

    # --- Rows ---

    def _pairs(self, cohort: Cohort, group: Group, *more: Condition) -> list[_Pair]:
        """What the rows of a cohort's group must hold, and these conditions too."""
        tests = _narrowed(_cohort_tests(cohort, more), _group_tests(cohort, group))
        found = [pair for test in tests for pair in self._tested(cohort.table, test)]
        return found or [self._filled(cohort, EVERY_ROW)]

    def _pairs_of(self, table: str, test: Condition) -> tuple[_Pair, ...]:
        cells = self._layout.columns[table, test.column]
        if isinstance(test, Is):
            written = (cells.written.get(value, value) for value in test.codes)
            return (_Pair(cells.name, tuple(map(_quoted, written))),)
        first, last = self._layout.periods[test.period]
        return _Pair(cells.name, (first,), ">="), _Pair(cells.name, (last,), "<=")

    def _filled(self, cohort: Cohort, column: str) -> _Pair:
        return _Pair(self._layout.columns[cohort.table, column].name, test="number")

    def _sum(self, cohort: Cohort, column: str, pairs: Sequence[_Pair]) -> str:
        return _ifs(f"SUMIFS({self._layout.columns[cohort.table, column].name},", pairs)


def mentions(measure: Measure, group: Group) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every column that a measure's formulas point to: its table, its name, the values tested."""
    if isinstance(measure, FromSettings):
        return
    if isinstance(measure, Rate):
        yield from mentions(measure.over, group)
        if isinstance(measure.under, Count):
            yield from mentions(measure.under, group)
        return
    cohort = measure.cohort
    yield cohort.table, EVERY_ROW, ()
    more = (*measure.hit, *measure.known) if isinstance(measure, Count | Share) else ()
    for test in (*_cohort_tests(cohort, more), *_group_tests(cohort, group)):
        yield cohort.table, test.column, test.codes if isinstance(test, Is) else ()
    if isinstance(measure, Total | Average):
        yield cohort.table, measure.column, ()
    if isinstance(measure, Quotient):
        yield cohort.table, measure.over, ()
        yield cohort.table, measure.under, ()


def _group_tests(cohort: Cohort, group: Group) -> list[Condition]:
    """A group as conditions. A printed label does for its code: no two codes share one."""
    return [Is(cohort.column(key), (label,)) for key, label in group]


@cache
def _cohort_tests(cohort: Cohort, more: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """A cohort's conditions and some more, with their values as printed."""
    return tuple(
        _narrowed((), (_as_printed(cohort.table, test) for test in (*cohort.conditions, *more)))
    )


def _as_printed(table: str, test: Condition) -> Condition:
    if not isinstance(test, Is):
        return test
    labels = columns(table)[test.column].codes
    return Is(test.column, tuple(dict.fromkeys(labels.get(code, code) for code in test.codes)))


def _narrowed(tests: Iterable[Condition], more: Iterable[Condition]) -> list[Condition]:
    """All these tests; one of a column that is tested already narrows that test if it can."""
    found = list(tests)
    for test in more:
        for n, held in enumerate(found):
            if held.column == test.column and isinstance(held, Is) and isinstance(test, Is):
                both = tuple(value for value in held.codes if value in test.codes)
                if both:
                    found[n] = Is(held.column, both)
                    break
        else:
            found.append(test)
    return found


def _rows(pairs: Sequence[_Pair]) -> str:
    return _ifs("COUNTIFS(", pairs)


def _ifs(opening: str, pairs: Sequence[_Pair]) -> str:
    """COUNTIFS or SUMIFS over the rows that meet every pair.

    Several values are an array, one across and one down so that each meets each. An array has no
    third direction: the values of a third pair are added up one by one.
    """
    several = [n for n, pair in enumerate(pairs) if len(pair.criteria) > 1]
    if len(several) > len(_ACROSS_AND_DOWN):
        n = several[-1]
        each = [replace(pairs[n], values=(value,)) for value in pairs[n].values]
        return "+".join(_ifs(opening, [*pairs[:n], one, *pairs[n + 1 :]]) for one in each)
    criteria = [pair.criteria[0] for pair in pairs]
    for n, join in zip(several, _ACROSS_AND_DOWN, strict=False):
        criteria[n] = f"{{{join.join(pairs[n].criteria)}}}"
    tested = ",".join(f"{p.cells},{wanted}" for p, wanted in zip(pairs, criteria, strict=True))
    return f"SUM({opening}{tested}))" if several else f"{opening}{tested})"


def _unless_nought(under: str, value: str) -> str:
    return f'IF({under}=0,"{NO_VALUE}",{value})'


def _given(measure: Given, over: str, under: str) -> Formulas:
    """What settings give as counts is divided; what they give as per cent stands as it is."""
    if measure.percent is not None or measure.denominator is None:
        return Formulas()
    return Formulas(value=_unless_nought(under, f"{over}/{under}*100"))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'

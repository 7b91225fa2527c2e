"""From a declaration to its value, whole and by group.

A breakdown is one pass of counting over the rows of a figure's cohort. Values are exact: integers
and fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from hcreport.derive.frame import Frame
from hcreport.figures.algebra import (
    Average,
    Breakdown,
    Cohort,
    Condition,
    Count,
    Figure,
    Given,
    Measure,
    OverRows,
    Quotient,
    Rate,
    Share,
    Total,
    Typed,
)
from hcreport.figures.selection import WHOLE, Givens, Group, Selection

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Result:
    """A value with the counts behind it.

    ``value`` is None where there is none: nothing in the base, or nothing recorded. What is
    withheld from print is None too, ``set_aside`` included.
    """

    value: Fraction | None
    numerator: int | None = None
    denominator: int | None = None
    set_aside: int | None = 0


NOTHING = Result(None)


class Evaluator(Selection):
    """Evaluates figures over one set of frames."""

    def __init__(self, frames: Mapping[str, Frame], mapped: frozenset[str], givens: Givens) -> None:
        super().__init__(frames, mapped, givens)
        # A figure's breakdowns follow one another, and count the same rows.
        self._found = lru_cache(maxsize=8)(self._find)

    def evaluate(self, figure: Figure, by: Breakdown = ()) -> dict[Group, Result]:
        """The figure's value for each group of a breakdown; for none, the whole alone."""
        return self._measured(figure.measure, by)

    def _measured(self, measure: Measure, by: Breakdown) -> dict[Group, Result]:
        """The measure by group; nothing at all where the exports lack what its rows need."""
        if isinstance(measure, OverRows) and not self.is_recorded(measure.cohort):
            return {} if by else {WHOLE: NOTHING}
        return self._evaluators[type(measure)](measure, by)

    @cached_property
    def _evaluators(self) -> Mapping[type, Callable[[Any, Breakdown], dict[Group, Result]]]:
        return {
            Count: self._count,
            Share: self._share,
            Total: self._total,
            Average: self._average,
            Quotient: self._quotient,
            Rate: self._rate,
            Given: lambda given, _: {WHOLE: _given(given)},
            Typed: _typed,
        }

    def _find(self, cohort: Cohort, conditions: tuple[Condition, ...]) -> NDArray[np.int64]:
        """The numbers of the rows that meet the conditions."""
        return np.flatnonzero(self.rows(cohort, *conditions))

    def _split(
        self, measure: Count | Share, by: Breakdown
    ) -> Iterator[tuple[Group, int, int, int]]:
        """For each group: rows that hit, rows that are known, rows set aside."""
        place, groups = self.slots(measure.cohort, by)

        def tally(*conditions: Condition) -> list[int]:
            return _tally(place[self._found(measure.cohort, conditions)], len(groups))

        # Most figures set no condition here: the same rows are not counted again.
        rows = tally()
        known = tally(*measure.known) if measure.known else rows
        hits = tally(*measure.known, *measure.hit) if measure.hit else known
        for number, group in enumerate(groups):
            yield group, hits[number], known[number], rows[number] - known[number]

    def _count(self, measure: Count, by: Breakdown) -> dict[Group, Result]:
        wholes = self._count(measure, by[:-1]) if by else {}
        found = {}
        for group, hits, known, aside in self._split(measure, by):
            # A count of rows that all refuse to say is no count of nought.
            silent = known == 0 and aside > 0
            whole = wholes[group[:-1]].numerator if group else None
            value = None if silent else Fraction(hits)
            found[group] = Result(value, None if silent else hits, whole, aside)
        return found

    def _share(self, measure: Share, by: Breakdown) -> dict[Group, Result]:
        return {
            group: Result(_fraction(hits, known), hits, known, aside)
            for group, hits, known, aside in self._split(measure, by)
        }

    def _columns_by_group(
        self, cohort: Cohort, by: Breakdown, *names: str
    ) -> Iterator[tuple[Group, NDArray[np.float64], int]]:
        """For each group: its rows in which all the columns are filled, and how many are not."""
        frame = self.frames[cohort.table]
        filled = np.column_stack([frame.numbers(name) for name in names])
        said = ~np.isnan(filled).any(axis=1)
        rows = self.rows(cohort)
        place, groups = self.slots(cohort, by)
        aside = _tally(place[rows & ~said], len(groups))
        for number, group in enumerate(groups):
            yield group, filled[rows & said & (place == number)], aside[number]

    def _total(self, measure: Total, by: Breakdown) -> dict[Group, Result]:
        return {
            group: Result(Fraction(int(values.sum())))
            for group, values, _ in self._columns_by_group(measure.cohort, by, measure.column)
        }

    def _average(self, measure: Average, by: Breakdown) -> dict[Group, Result]:
        found = {}
        for group, values, aside in self._columns_by_group(measure.cohort, by, measure.column):
            whole = values[:, 0].astype(np.int64)
            if measure.how == "mean":
                value = _fraction(int(whole.sum()), len(whole))
            else:
                value = _middle(np.sort(whole).tolist())
            found[group] = Result(value, None, len(whole), aside)
        return found

    def _quotient(self, measure: Quotient, by: Breakdown) -> dict[Group, Result]:
        found = {}
        columns_by_group = self._columns_by_group(measure.cohort, by, measure.over, measure.under)
        said = {g: len(v) for g, v, _ in self._columns_by_group(measure.cohort, by, measure.under)}
        for group, values, _ in columns_by_group:
            over, under = (int(total) for total in values.sum(axis=0))
            aside = said[group] - len(values)
            found[group] = Result(_fraction(over, under), over, under, aside)
        return found

    def _rate(self, measure: Rate, by: Breakdown) -> dict[Group, Result]:
        overs = self._measured(measure.over, by)
        unders = self._unders(measure, by, overs)
        found = {}
        for group, over in overs.items():
            under = unders.get(group)
            value = _fraction(over.numerator, under)
            scaled = None if value is None else value * measure.scale
            found[group] = Result(scaled, over.numerator, under, over.set_aside)
        return found

    def _unders(
        self, measure: Rate, by: Breakdown, groups: Mapping[Group, Result]
    ) -> Mapping[Group, int | None]:
        if isinstance(measure.under, Count):
            return {g: result.numerator for g, result in self._measured(measure.under, by).items()}
        if measure.under == "months":
            return dict.fromkeys(groups, len(self.givens.period.months()))
        # A rate per home is one of a whole year; over a part of one it would mislead.
        homes = self.givens.homes if self.givens.period.kind == "year" else {}
        if not by:
            return {WHOLE: sum(homes.values()) if homes else None}
        return {group: homes.get(group[0][1]) for group in groups}


def _tally(places: NDArray[np.int64], size: int) -> list[int]:
    """How many rows stand at each of so many places."""
    return list(map(int, np.bincount(places, minlength=size)))


def _middle(ordered: Sequence[int]) -> Fraction | None:
    """The median of numbers in order; None of none."""
    half = len(ordered) // 2
    if not ordered:
        return None
    low = ordered[half] if len(ordered) % 2 else ordered[half - 1]
    return Fraction(low + ordered[half], 2)


def _fraction(over: int | None, under: int | None) -> Fraction | None:
    """A quotient; None where there is nothing to divide, or nothing to divide by."""
    return Fraction(over, under) if over is not None and under else None


def _given(given: Given) -> Result:
    if given.percent is not None:
        return Result(Fraction(given.percent))
    share = _fraction(given.numerator, given.denominator)
    value = None if share is None else share * 100
    return Result(value, given.numerator, given.denominator)


def _typed(measure: Typed, by: Breakdown) -> dict[Group, Result]:
    """The groups of a breakdown that were typed; a count's part is over the count it is part of."""
    numbers, over = dict(measure.numbers), dict(measure.over)
    found = {}
    for group, number in numbers.items():
        if tuple(key for key, _ in group) != by:
            continue
        if over:
            found[group] = Result(_fraction(number, over[group]), number, over[group])
        elif measure.is_sum:
            found[group] = Result(Fraction(number))
        else:
            whole = numbers.get(group[:-1]) if group else None
            found[group] = Result(Fraction(number), number, whole)
    return found

"""From a declaration to its value, whole and by group.

Each condition becomes a mask over its table once; a figure is the AND of masks, and a breakdown
is one pass of counting over the rows that are left. Values are exact: integers and fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from hcreport.derive.frame import ColumnInfo, Frame, columns
from hcreport.figures.algebra import (
    Average,
    Breakdown,
    Cohort,
    Condition,
    Count,
    Figure,
    Given,
    Is,
    Measure,
    OverRows,
    Quotient,
    Rate,
    Share,
    Total,
    Typed,
    cohort_of,
)
from hcreport.records import NOT_RECORDED, STAGES, specs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcreport.calendar.periods import Period

# A group is the value of each key of its breakdown, as codes; the whole is the empty group.
Group = tuple[tuple[str, str], ...]
WHOLE: Group = ()


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


@dataclass(frozen=True)
class Givens:
    """The numbers and periods that settings contribute. ``homes`` are by tenure, as codes."""

    period: Period
    ombudsman_period: Period
    homes: Mapping[str, int]


class Evaluator:
    """Evaluates figures over one set of frames."""

    def __init__(self, frames: Mapping[str, Frame], mapped: frozenset[str], givens: Givens) -> None:
        self.frames = frames
        self.mapped = mapped
        self.givens = givens
        self._masks: dict[tuple[str, Condition], NDArray[np.bool_]] = {}
        self._codes: dict[tuple[str, str], tuple[NDArray[np.int64], tuple[str, ...]]] = {}
        # Many figures of a table are broken down alike.
        self._placed: dict[tuple[str, ...], tuple[NDArray[np.int64], list[Group]]] = {}
        # A figure's breakdowns follow one another, and count the same rows.
        self._found = lru_cache(maxsize=8)(self._find)

    # --- Rows ---

    def rows(self, cohort: Cohort, *more: Condition) -> NDArray[np.bool_]:
        """Which rows of the cohort's table meet its conditions and these."""
        mask = np.ones(len(self.frames[cohort.table]), dtype=bool)
        for condition in (*cohort.conditions, *more):
            mask &= self._mask(cohort.table, condition)
        return mask

    def _mask(self, table: str, condition: Condition) -> NDArray[np.bool_]:
        key = (table, condition)
        if key not in self._masks:
            frame = self.frames[table]
            if isinstance(condition, Is):
                column = frame.words(condition.column)
                met = [word in condition.codes for word in column.words]
                self._masks[key] = np.array([*met, False])[column.places]
            else:
                days = frame.days(condition.column)
                report = condition.period == "report"
                period = self.givens.period if report else self.givens.ombudsman_period
                first, last = np.datetime64(period.start), np.datetime64(period.end)
                self._masks[key] = (first <= days) & (days <= last)
        return self._masks[key]

    def is_recorded(self, cohort: Cohort) -> bool:
        """Whether the exports have the table and all that the cohort cannot do without."""
        has_table = any(name.startswith(f"{cohort.table}.") for name in self.mapped)
        return has_table and not self.lacking(cohort)

    def lacking(self, cohort: Cohort) -> tuple[str, ...]:
        """Those of the cohort's needs that are not met.

        What is needed must be there at the cohort's own stage, where it has one.
        """
        stages = [c for c in cohort.conditions if isinstance(c, Is) and c.column == "stage"]
        own = stages[0].codes[0] if stages else ""
        return tuple(
            need
            for need in cohort.needs
            if not any(self._is_told(cohort.table, name, own) for name in need.split("|"))
        )

    def _is_told(self, table: str, name: str, own: str) -> bool:
        if name in STAGES:
            # A column that could say a stage and never does tells nothing of it.
            return bool(self._mask(table, Is("stage", (name,))).any())
        return f"{_field(table, name)}{own and f'@{own}'}" in self.mapped

    # --- Groups ---

    def can_break_down(self, figure: Figure, by: Breakdown) -> bool:
        """Whether every key of a breakdown has a column in the exports to go by."""
        cohort = cohort_of(figure.measure)
        return cohort is None or all(self._has_key(cohort, name) for name in by)

    def _has_key(self, cohort: Cohort, name: str) -> bool:
        column = cohort.column(name)
        info = columns(cohort.table)[column]
        recorded = {spec.name for spec in specs(cohort.table)}
        is_worked_out = column not in recorded and not info.same_as
        return is_worked_out or _field(cohort.table, column) in self.mapped

    def values(self, cohort: Cohort, name: str) -> tuple[str, ...]:
        """Every code that a breakdown's key can take, in the order to print, less the blank."""
        return self._coded(cohort, name)[1]

    def _coded(self, cohort: Cohort, name: str) -> tuple[NDArray[np.int64], tuple[str, ...]]:
        """Each row's value of a key as a small integer; the highest stands for a blank."""
        column = cohort.column(name)
        key = (cohort.table, column)
        if key not in self._codes:
            universe = self._universe(cohort.table, column, name)
            place = {value: n for n, value in enumerate(universe)}
            held = self.frames[cohort.table].words(column)
            codes = [place.get(word, len(universe)) for word in held.words]
            self._codes[key] = np.array([*codes, len(universe)])[held.places], universe
        return self._codes[key]

    def _universe(self, table: str, column: str, name: str) -> tuple[str, ...]:
        info: ColumnInfo = columns(table)[column]
        if name in {"month", "quarter"}:
            period = self.givens.period
            return period.months() if name == "month" else period.quarters()
        if info.codes:
            return tuple(info.codes)
        if info.same_as:
            table, column = info.same_as.split(".")
        held = self.frames[table].words(column)
        places = held.places
        if table == "complaints":
            places = places[~self._mask(table, Is("standing", ("out_of_scope",)))]
        found = {held.words[place] for place in set(places.tolist()) if place >= 0}
        return tuple(sorted(found, key=lambda text: (text.casefold(), text)))

    def _slots(self, cohort: Cohort, by: Breakdown) -> tuple[NDArray[np.int64], list[Group]]:
        """Each row's group as one integer, and the groups those integers stand for."""
        key = (cohort.table, *by, *map(cohort.column, by))
        if key not in self._placed:
            self._placed[key] = self._places_of(cohort, by)
        return self._placed[key]

    def _places_of(self, cohort: Cohort, by: Breakdown) -> tuple[NDArray[np.int64], list[Group]]:
        place = np.zeros(len(self.frames[cohort.table]), dtype=np.int64)
        names: list[list[tuple[str, str]]] = []
        for name in by:
            codes, universe = self._coded(cohort, name)
            place = place * (len(universe) + 1) + codes
            names.append([(name, value) for value in (*universe, NOT_RECORDED)])
        return place, list(product(*names))

    def in_group(self, cohort: Cohort, group: Group) -> NDArray[np.bool_]:
        """Which rows of the cohort's table belong to a group, given by codes."""
        mask = np.ones(len(self.frames[cohort.table]), dtype=bool)
        for name, value in group:
            codes, universe = self._coded(cohort, name)
            known = dict(zip((*universe, NOT_RECORDED), range(len(universe) + 1), strict=True))
            mask &= codes == known.get(value, -1)
        return mask

    # --- Values ---

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
        place, groups = self._slots(measure.cohort, by)

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
        place, groups = self._slots(cohort, by)
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


def _field(table: str, column: str) -> str:
    """The field that fills a column, with its table: an award's service is its complaint's."""
    return columns(table)[column].same_as or f"{table}.{column}"


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

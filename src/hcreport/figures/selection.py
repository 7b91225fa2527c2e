"""Which rows a figure is about, and which group of a breakdown each belongs to.

Each condition becomes a mask over its table once; a cohort is the AND of masks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from hcreport.derive.frame import ColumnInfo, Frame, columns
from hcreport.figures.algebra import Breakdown, Cohort, Condition, Figure, Is, cohort_of
from hcreport.records import NOT_RECORDED, STAGES, specs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcreport.calendar.periods import Period

# A group is the value of each key of its breakdown, as codes; the whole is the empty group.
Group = tuple[tuple[str, str], ...]
WHOLE: Group = ()


@dataclass(frozen=True)
class Givens:
    """The numbers and periods that settings contribute. ``homes`` are by tenure, as codes."""

    period: Period
    ombudsman_period: Period
    homes: Mapping[str, int]


class Selection:
    """Finds rows in one set of frames. ``mapped`` are the fields that the exports have."""

    def __init__(self, frames: Mapping[str, Frame], mapped: frozenset[str], givens: Givens) -> None:
        self.frames = frames
        self.mapped = mapped
        self.givens = givens
        self._masks: dict[tuple[str, Condition], NDArray[np.bool_]] = {}
        self._codes: dict[tuple[str, str], tuple[NDArray[np.int64], tuple[str, ...]]] = {}
        # Many figures of a table are broken down alike.
        self._placed: dict[tuple[str, ...], tuple[NDArray[np.int64], list[Group]]] = {}

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

    def slots(self, cohort: Cohort, by: Breakdown) -> tuple[NDArray[np.int64], list[Group]]:
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


def _field(table: str, column: str) -> str:
    """The field that fills a column, with its table: an award's service is its complaint's."""
    return columns(table)[column].same_as or f"{table}.{column}"

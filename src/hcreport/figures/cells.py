"""What every printed number is the sum of, so that subtracting them can be reasoned about.

A cell is a set of rows that unprotected conditions choose (a cohort, an outcome, a month), cut by
a value of each protected field (a ward). How those rows share themselves out over the wards is what
a reader must not learn; how many there are in all is a headline, and known. A number is a sum of
cells: most are one cell, and a headline over two tenures is two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from hcreport.derive.frame import columns
from hcreport.figures.algebra import (
    Average,
    Count,
    FromSettings,
    Is,
    Quotient,
    Rate,
    Share,
    Total,
    cohort_of,
)
from hcreport.figures.elimination import dependencies
from hcreport.figures.ledger import SET_ASIDE, VALUE, WHOLE
from hcreport.records import NOT_RECORDED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcreport.figures.algebra import Cohort, Condition, OverRows
    from hcreport.figures.evaluate import Evaluator
    from hcreport.figures.ledger import Entry
    from hcreport.figures.selection import Group


@dataclass(frozen=True, order=True)
class Cell:
    """Rows of a table that a protected group cuts out (column to label), or a column's sum there.

    ``rows`` is the number of a set of rows in the book that holds them.
    """

    table: str
    summed: str
    rows: int
    group: Group


# Cells with how often each is taken.
Number = frozenset[tuple[Cell, int]]
# Numbers with coefficients: what they come to is known, being nought or a headline.
Relation = dict[Number, int]


def one(cell: Cell) -> Number:
    """A cell as a number."""
    return frozenset({(cell, 1)})


@dataclass(frozen=True)
class Facet:
    """A printed part of an entry, and the number it tells. ``told`` is False where it only follows.

    An entry has a number besides: the rows that a share leaves over follow from its two counts.
    """

    name: str
    number: Number
    told: bool = True


@dataclass
class Book:
    """Turns entries into numbers. ``fields`` are the protected keys of breakdowns."""

    evaluator: Evaluator
    fields: frozenset[str]
    _rows: list[NDArray[np.bool_]] = field(default_factory=list)
    _known: dict[tuple[str, bytes], int] = field(default_factory=dict)
    _parts: dict[tuple[str, str], dict[str, NDArray[np.bool_]]] = field(default_factory=dict)
    _sizes: dict[tuple[int, Group], int] = field(default_factory=dict)

    # --- Entries ---

    def note(self, entries: Sequence[Entry]) -> None:
        """Learn every protected column there is, with the labels that cut it.

        One of a single label cuts nothing: its numbers are those of the headlines.
        """
        for entry in entries:
            cohort = cohort_of(entry.figure.measure)
            for key, _ in entry.group if cohort else ():
                assert cohort is not None  # noqa: S101  (for mypy: the loop is empty without one)
                at = (cohort.table, cohort.column(key))
                if key in self.fields and at not in self._parts:
                    codes = (*self.evaluator.values(cohort, key), NOT_RECORDED)
                    labels = columns(cohort.table)[at[1]].codes
                    if len(codes) > 1:
                        self._parts[at] = {
                            labels.get(c, c): self.evaluator.in_group(cohort, ((key, c),))
                            for c in codes
                        }

    def is_protected(self, entry: Entry) -> bool:
        """Whether an entry belongs to a breakdown by a protected field."""
        return any(key in self.fields for key, _ in entry.group)

    def facets(self, entry: Entry) -> Iterator[Facet]:
        """The numbers that an entry prints, less those that have nothing to do with a field."""
        measure, group = entry.figure.measure, entry.group
        if isinstance(measure, FromSettings):
            return
        if isinstance(measure, Rate):
            found = list(self._of(measure.over, group))
            if isinstance(measure.under, Count):
                found += [f for f in self._of(measure.under, group) if f.name == VALUE]
            found = [f for f in found if f.name != WHOLE]
        else:
            found = list(self._of(measure, group))
        yield from (facet for facet in found if facet.number)

    def _of(self, measure: OverRows, group: Group) -> Iterator[Facet]:
        """A measure's facets, those of no number too; none where the exports lack its rows."""
        cohort = measure.cohort
        if not self.evaluator.is_recorded(cohort):
            return
        if isinstance(measure, Total | Average | Quotient):
            yield from self._summed(measure, group)
            return
        hits = (*measure.known, *measure.hit)
        hit, known = (self._number(cohort, tests, group) for tests in (hits, measure.known))
        yield Facet(VALUE, hit)
        if isinstance(measure, Share):
            yield from (Facet(VALUE, known), Facet(VALUE, less(known, hit), told=False))
        elif group:
            yield Facet(WHOLE, self._number(cohort, hits, group[:-1]))
        whole = self._number(cohort, (), group, over=known)
        yield Facet(SET_ASIDE, less(whole, known))

    def _summed(self, measure: Total | Average | Quotient, group: Group) -> Iterator[Facet]:
        """The sums behind a measure, and the rows where its columns are filled or are not."""
        cohort = measure.cohort
        names = (
            (measure.over, measure.under) if isinstance(measure, Quotient) else (measure.column,)
        )
        if not (isinstance(measure, Average) and measure.how == "median"):
            for name in names:
                yield Facet(VALUE, self._number(cohort, (), group, names, name))
        if isinstance(measure, Total):
            return
        said = self._number(cohort, (), group, names)
        if isinstance(measure, Average):
            yield Facet(VALUE, said)
        asked = self._number(cohort, (), group, names[1:])
        yield Facet(SET_ASIDE, less(asked, said))

    # --- Numbers ---

    def _number(
        self,
        cohort: Cohort,
        more: Sequence[Condition],
        group: Group,
        filled: Sequence[str] = (),
        summed: str = "",
        over: Number = frozenset(),
    ) -> Number:
        """The rows of a cohort that meet conditions, in a group.

        Empty where no field cuts them, or there are none to cut, which the headline tells. They
        are cut by every column that ``over`` is cut by, so that one can be taken from the other.
        """
        tests = (*cohort.conditions, *more)
        cuts = self._cuts(cohort, tests, group, over)
        if not cuts:
            return frozenset()
        plain = (t for t in tests if not (isinstance(t, Is) and t.column in cuts))
        rows = self.evaluator.rows(replace(cohort, conditions=()), *plain)
        for key, label in group:
            column = cohort.column(key)
            if column not in cuts:
                rows &= self.evaluator.in_group(cohort, ((key, _code(cohort, column, label)),))
        for name in filled:
            rows &= ~np.isnan(self.evaluator.frames[cohort.table].numbers(name))
        if not rows.any():
            return frozenset()
        at = self._noted(cohort.table, rows)
        groups = product(*([(c, label) for label in sorted(cuts[c])] for c in sorted(cuts)))
        return frozenset((Cell(cohort.table, summed, at, g), 1) for g in groups)

    def _cuts(
        self, cohort: Cohort, tests: Sequence[Condition], group: Group, over: Number
    ) -> dict[str, set[str]]:
        """The labels of each protected column that conditions and a group leave."""
        cuts = {
            column: set(self._parts[cohort.table, column])
            for cell, _ in over
            for column, _ in cell.group
        }
        left = [(cohort.column(key), {label}) for key, label in group]
        for test in tests:
            if isinstance(test, Is):
                labels = columns(cohort.table)[test.column].codes
                left.append((test.column, {labels.get(code, code) for code in test.codes}))
        for column, allowed in left:
            if (cohort.table, column) in self._parts:
                cuts[column] = cuts.get(column, allowed) & allowed
        return cuts

    def _noted(self, table: str, rows: NDArray[np.bool_]) -> int:
        known = self._known.setdefault((table, np.packbits(rows).tobytes()), len(self._rows))
        if known == len(self._rows):
            self._rows.append(rows)
        return known

    def size(self, number: Number) -> int:
        """How many rows lie behind a number."""
        return sum(times * self._size(cell) for cell, times in number)

    def _size(self, cell: Cell) -> int:
        key = (cell.rows, cell.group)
        if key not in self._sizes:
            rows = self._rows[cell.rows].copy()
            for column, label in cell.group:
                rows &= self._parts[cell.table, column][label]
            self._sizes[key] = int(rows.sum())
        return self._sizes[key]

    def dominates(self, cell: Cell, other: Cell) -> bool:
        """Whether all rows of another cell are rows of this one, so that its nought is theirs."""
        alike = cell.table == other.table and set(cell.group) <= set(other.group)
        return alike and not (self._rows[other.rows] & ~self._rows[cell.rows]).any()

    # --- Relations ---

    def relations(self, numbers: Sequence[Number]) -> list[Relation]:
        """What a reader knows of numbers however the rows fall: every sum that must come out.

        Parts of a protected field make up their whole; sets of rows that make up others do so
        within every group; and a number of several cells is their sum.
        """
        cells = dict.fromkeys(cell for number in numbers for cell, _ in sorted(number))
        found = [
            {number: 1, **{one(cell): -times for cell, times in sorted(number)}}
            for number in numbers
            if len(number) > 1 or next(iter(number))[1] != 1
        ]
        levels: dict[tuple[str, str, tuple[str, ...]], set[int]] = defaultdict(set)
        for cell in cells:
            keys = tuple(column for column, _ in cell.group)
            for few in (c for n in range(1, len(keys) + 1) for c in combinations(keys, n)):
                levels[cell.table, cell.summed, few].add(cell.rows)
        for (table, summed, keys), held in levels.items():
            sets = sorted(held, key=lambda n: (int(self._rows[n].sum()), n))
            for rows in sets:
                found += self._splits(table, summed, rows, keys)
            made = dependencies([self._rows[n] for n in sets])
            for group in self._groups(table, keys):
                found += [
                    {one(Cell(table, summed, sets[n], group)): times for n, times in sums.items()}
                    for sums in made
                ]
        return found

    def _splits(
        self, table: str, summed: str, rows: int, keys: tuple[str, ...]
    ) -> Iterator[Relation]:
        """A set of rows cut by all these keys makes up the set cut by all but one."""
        for key in keys:
            rest = tuple(other for other in keys if other != key)
            for group in self._groups(table, rest):
                parts = (
                    Cell(table, summed, rows, tuple(sorted((*group, (key, label)))))
                    for label in self._parts[table, key]
                )
                # Without a key left the whole is a headline, which is known.
                whole = {one(Cell(table, summed, rows, group)): -1} if group else {}
                yield {**dict.fromkeys(map(one, parts), 1), **whole}

    def _groups(self, table: str, keys: tuple[str, ...]) -> Iterator[Group]:
        yield from product(*([(key, label) for label in self._parts[table, key]] for key in keys))


def less(number: Number, other: Number) -> Number:
    """One number taken from another."""
    left = dict(number)
    for cell, times in other:
        left[cell] = left.get(cell, 0) - times
    return frozenset((cell, times) for cell, times in left.items() if times)


def _code(cohort: Cohort, column: str, label: str) -> str:
    """The code that is printed as this label."""
    codes: Mapping[str, str] = columns(cohort.table)[column].codes
    return next((code for code, words in codes.items() if words == label), label)

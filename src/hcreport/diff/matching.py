"""Which record of one build is which of the other.

A complaint is known by its reference and stage. Awards and findings share a reference, and a line
of the learning log has none, so those are told apart by what they say: equal ones first, then the
most alike. It makes no difference which build is the old one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from hcreport.records import FieldKind, specs
from hcreport.report.records_csv import PLACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from hcreport.diff.folder import Row

# A record's index in the old build and in the new; None where it has none.
Pair = tuple[int | None, int | None]
# What columns said before and after.
Values = dict[str, tuple[str, str]]
_KEYS: Mapping[str, tuple[str, ...]] = {
    "complaints": ("reference", "stage"),
    "awards": ("reference",),
    "findings": ("case",),
    "failure_orders": ("case",),
    "actions": (),
    "provisions": ("provision",),
}


@dataclass(frozen=True)
class Aligned:
    """A table's records of two builds side by side: each record once, with its fellow."""

    table: str
    old: Sequence[Row]
    new: Sequence[Row]
    pairs: Sequence[Pair]

    def rows(self, n: int) -> tuple[Row | None, Row | None]:
        """What the nth record said before and says now."""
        before, after = self.pairs[n]
        return (
            None if before is None else self.old[before],
            None if after is None else self.new[after],
        )

    def masks(
        self, old: NDArray[np.bool_] | None, new: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Masks over each build's rows as masks over the records; no rows where there is none."""
        before, after = self._indexes
        return _at(old, before), _at(new, after)

    @cached_property
    def _indexes(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Each record's index in either build; -1 where it is not there."""
        found = [[-1 if n is None else n for n in pair] for pair in self.pairs]
        columns = np.array(found, dtype=np.int64).reshape(-1, 2)
        return columns[:, 0], columns[:, 1]

    @cached_property
    def altered(self) -> NDArray[np.bool_]:
        """Which records are in both builds and differ in some column."""
        found = np.zeros(len(self.pairs), dtype=bool)
        for n in range(len(self.pairs)):
            old, new = self.rows(n)
            found[n] = bool(old and new and old != new and differing(old, new, new))
        return found


def _at(mask: NDArray[np.bool_] | None, indexes: NDArray[np.int64]) -> NDArray[np.bool_]:
    if mask is None:
        return np.zeros(len(indexes), dtype=bool)
    found: NDArray[np.bool_] = np.append(mask, False)[indexes]  # -1 is what was put at the end
    return found


def align(table: str, old: Sequence[Row], new: Sequence[Row]) -> Aligned:
    """Find each record's fellow."""
    return Aligned(table, old, new, pairs(table, old, new))


def differing(old: Row, new: Row, names: Iterable[str]) -> Values:
    """Those of the columns that both rows have and that differ. Where a row stands is no matter."""
    return {
        name: (old[name], new[name])
        for name in names
        if name in old and name in new and name not in PLACE and old[name] != new[name]
    }


def recorded(table: str) -> tuple[str, ...]:
    """The columns of a table that come from the exports."""
    return tuple(spec.name for spec in specs(table) if spec.kind is not FieldKind.TEXT)


def pairs(table: str, old: Sequence[Row], new: Sequence[Row]) -> list[Pair]:
    """Every record of both builds once, with its fellow where it has one."""
    by_key: dict[tuple[str, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((old, new)):
        for n, row in enumerate(rows):
            by_key[tuple(row[name] for name in _KEYS[table])][side].append(n)
    return [
        pair
        for _, (olds, news) in sorted(by_key.items())
        for pair in _paired(table, {n: old[n] for n in olds}, {n: new[n] for n in news})
    ]


def _paired(table: str, old: dict[int, Row], new: dict[int, Row]) -> Iterator[Pair]:
    """The records under one key; what finds a fellow is taken out of ``old`` and ``new``."""
    yield from _equal(table, old, new)
    yield from _alike(table, old, new)
    yield from ((n, None) for n in old)
    yield from ((None, n) for n in new)


def _equal(table: str, old: dict[int, Row], new: dict[int, Row]) -> Iterator[Pair]:
    """Records that say the same; of several such, those concluded about the same come together."""
    waiting = defaultdict(list)
    for n in sorted(new, key=lambda n: _concluded(table, new[n]), reverse=True):
        waiting[_content(table, new[n])].append(n)
    for n in sorted(old, key=lambda n: _concluded(table, old[n])):
        same = waiting[_content(table, old[n])]
        if same:
            fellow = same.pop()
            del old[n], new[fellow]
            yield n, fellow


def _alike(table: str, old: dict[int, Row], new: dict[int, Row]) -> Iterator[Pair]:
    """What is left, the most alike first. Without a key, something at least must be the same."""
    ranked = []
    for n, before in old.items():
        for m, after in new.items():
            first, second = _content(table, before), _content(table, after)
            same = sum(a == b != "" for a, b in zip(first, second, strict=True))
            if same or _KEYS[table]:
                ranked.append((-same, sorted((first, second)), n, m))
    for _, _, n, m in sorted(ranked):
        if n in old and m in new:
            del old[n], new[m]
            yield n, m


def _content(table: str, row: Row) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in recorded(table))


def _concluded(table: str, row: Row) -> tuple[tuple[str, str], ...]:
    """What was concluded about a record, and its place last, to settle an order."""
    said = set(recorded(table))
    return tuple((name, value) for name, value in reversed(row.items()) if name not in said)

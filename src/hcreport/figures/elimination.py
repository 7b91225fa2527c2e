"""Which numbers follow from others by adding and subtracting: elimination, exact and quick.

Sums are worked modulo a large prime, where whole numbers neither round nor grow. A relation that
holds in whole numbers holds here too; one with a coefficient divisible by the prime, the only
kind that could be missed, is no subtraction that anybody would do.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

PRIME = 2**31 - 1
Name = TypeVar("Name", bound="Hashable")


def worked_out(
    relations: Sequence[Mapping[Name, int]], unknown: Collection[Name]
) -> Iterator[tuple[Name, list[Name]]]:
    """Every unknown that relations tell, with the known names that it follows from.

    A relation gives coefficients by name, and comes to nought or to something known.
    """
    for linked in _linked(relations, unknown):
        names = dict.fromkeys(name for relation in linked for name in relation)
        sought = [name for name in names if name in unknown]
        ordered = [*sought, *(name for name in names if name not in unknown)]
        place = {name: n for n, name in enumerate(ordered)}
        matrix = np.zeros((len(linked), len(ordered)), dtype=np.int64)
        for row, relation in enumerate(linked):
            for name, times in relation.items():
                matrix[row, place[name]] = times
        rows, pivots = reduced(matrix, len(sought))
        alone = np.count_nonzero(rows[:, : len(sought)], axis=1) == 1
        for n in np.flatnonzero(alone):
            from_what = np.flatnonzero(rows[n, len(sought) :]) + len(sought)
            yield ordered[pivots[n]], [ordered[column] for column in from_what]


def _linked(
    relations: Sequence[Mapping[Name, int]], unknown: Collection[Name]
) -> Iterator[list[Mapping[Name, int]]]:
    """Relations in sets that share no unknown with each other, and can be cleared apart."""
    holding: dict[Name, list[int]] = defaultdict(list)
    for number, relation in enumerate(relations):
        for name in relation:
            if name in unknown:
                holding[name].append(number)
    left = dict.fromkeys(range(len(relations)))
    while left:
        ahead, found = [next(iter(left))], []
        while ahead:
            number = ahead.pop()
            if number in left:
                del left[number]
                found.append(number)
                ahead += [o for name in relations[number] for o in holding.get(name, ())]
        yield [relations[number] for number in sorted(found)]


def reduced(matrix: NDArray[np.int64], width: int) -> tuple[NDArray[np.int64], list[int]]:
    """The rows cleared against each other in their first ``width`` columns.

    Gives the rows that hold a pivot, and the column of each one's pivot. A column is known from
    those after ``width`` exactly if its pivot stands alone among the first ``width``.
    """
    rows = matrix % PRIME
    pivots: list[int] = []
    for column in range(width):
        below = np.flatnonzero(rows[len(pivots) :, column])
        if not len(below):
            continue
        top = len(pivots)
        chosen = top + below[0]
        rows[[top, chosen]] = rows[[chosen, top]]
        filled = np.flatnonzero(rows[top])
        rows[top, filled] = rows[top, filled] * pow(int(rows[top, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(rows[:, column])
        others = others[others != top]
        if len(others):
            taken = rows[others, column][:, None] * rows[top, filled] % PRIME
            rows[np.ix_(others, filled)] = (rows[np.ix_(others, filled)] - taken) % PRIME
        pivots.append(column)
    return rows[: len(pivots)], pivots


def dependencies(vectors: Sequence[NDArray[np.bool_]]) -> list[dict[int, int]]:
    """Every way to make one vector of those before it, as coefficients that come to nought."""
    if not vectors:
        return []
    rows = np.unique(np.column_stack(vectors), axis=0).astype(np.int64)
    rows, pivots = reduced(rows, len(vectors))
    free = [n for n in range(len(vectors)) if n not in set(pivots)]
    found = []
    for column in free:
        made_of = {
            pivots[row]: -_signed(rows[row, column]) for row in np.flatnonzero(rows[:, column])
        }
        found.append({column: 1, **made_of})
    return found


def _signed(residue: np.int64) -> int:
    """The number nearest to nought that a residue stands for."""
    number = int(residue)
    return number - PRIME if number > PRIME // 2 else number

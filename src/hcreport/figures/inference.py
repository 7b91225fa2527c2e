"""What a reader works out, from what is published, of the numbers that are withheld."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from hcreport.figures.cells import one
from hcreport.figures.elimination import worked_out
from hcreport.figures.ledger import VALUE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from hcreport.figures.cells import Book, Cell, Facet, Number, Relation
    from hcreport.figures.selection import Group


class Reader:
    """Somebody who has all that is published, while these numbers are withheld.

    ``facets`` are the numbers of each entry of the ledger.
    """

    def __init__(
        self, book: Book, facets: Sequence[Sequence[Facet]], withheld: Collection[Number]
    ) -> None:
        self._book, self._facets, self._withheld = book, facets, withheld

    @cached_property
    def told(self) -> Collection[Number]:
        """The numbers that are printed somewhere: not withheld, nor beside a value that is."""
        told = set()
        for facets in self._facets:
            hidden = any(f.name == VALUE and f.number in self._withheld for f in facets)
            told |= {f.number for f in facets if f.told and not hidden}
        return told.difference(self._withheld)

    @cached_property
    def _noughts(self) -> Mapping[Group, Sequence[Cell]]:
        """The cells that are printed as nought, by their group."""
        noughts: dict[Group, list[Cell]] = defaultdict(list)
        for number in self.told:
            if len(number) == 1 and not self._book.size(number):
                ((cell, _),) = number
                noughts[cell.group].append(cell)
        return noughts

    def given_away(self, relations: Sequence[Relation]) -> list[tuple[Number, list[Number]]]:
        """Withheld numbers that follow from published ones, each with those it follows from.

        First those that follow from one relation, as in a table: what is withheld for them is
        then what a person would withhold. Only then those that take several.
        """
        unknown = self._unknown(relations)
        met = [r for r in relations if not unknown.keys().isdisjoint(r)]
        plain = [
            (number, [n for n in r if n != number])
            for r in met
            for number in r
            if number in self._withheld
            and (sum(n in unknown for n in r) == 1 or self._comes_to_nought(r, unknown))
        ]
        return [*plain, *self._known_noughts()] or [
            (number, others)
            for number, others in worked_out(met, unknown)
            if number in self._withheld
        ]

    def _unknown(self, relations: Sequence[Relation]) -> dict[Number, None]:
        """The numbers that a reader is not told, in order: not printed, nor part of a nought."""
        met = dict.fromkeys(n for r in relations for n in r if n not in self.told)
        unknown = {n: None for n in met if not self.is_under_nought(n)}
        while found := [
            n
            for relation in relations
            if self._comes_to_nought(relation, unknown)
            for n in relation
            if n in unknown and n not in self._withheld
        ]:
            unknown = {n: None for n in unknown if n not in set(found)}
        return unknown

    def _comes_to_nought(self, relation: Relation, unknown: Collection[Number]) -> bool:
        """Whether the unknown numbers of a relation add up to nought: none is less, so all are."""
        left = [(n, times) for n, times in relation.items() if n in unknown]
        return len({times > 0 for _, times in left}) == 1 and not any(
            self._book.size(n) for n, _ in left
        )

    def _known_noughts(self) -> Iterator[tuple[Number, list[Number]]]:
        """Withheld noughts that are under printed ones after all, each with those."""
        for number in self._withheld:
            if self.is_under_nought(number):
                yield number, [n for n in self.told if self.makes_nought(n, [number])]

    def is_under_nought(self, number: Number) -> bool:
        """Whether a number must be nought, as all it counts is in other cells printed as nought."""
        return not self._book.size(number) and all(
            any(
                self._book.dominates(nought, cell)
                for group in _within(cell.group)
                for nought in self._noughts.get(group, ())
                if one(nought) != number
            )
            for cell, _ in number
        )

    def makes_nought(self, number: Number, others: Sequence[Number]) -> bool:
        """Whether a number is a printed nought that makes one of these numbers nought."""
        if len(number) != 1 or self._book.size(number):
            return False
        ((cell, _),) = number
        return any(self._book.dominates(cell, part) for other in others for part, _ in other)


def _within(group: Group) -> Iterator[Group]:
    """A group, and every group of fewer keys that it is a part of."""
    for number in range(len(group), 0, -1):
        yield from combinations(group, number)

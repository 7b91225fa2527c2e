"""Disclosure control: small numbers about few people, withheld from everything that is published.

A count from 1 to one below the threshold is withheld in a breakdown by a protected field (primary
suppression). Then others are, the smallest beside it first, until none that is withheld can be
worked out from what is left (complementary suppression). Noughts stay, unless nothing else will do;
a cell under a printed nought is known to be nought, so it never guards another.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from hcreport.figures.algebra import Is, Share, cohort_of
from hcreport.figures.cells import Book, one
from hcreport.figures.elimination import worked_out
from hcreport.figures.evaluate import Result
from hcreport.figures.ledger import (
    PREVIOUS,
    SET_ASIDE,
    TO_DATE,
    VALUE,
    WHOLE,
    Ledger,
    year_on_year,
)
from hcreport.figures.own import PREFIX as OWN
from hcreport.problems import CannotRun, did_you_mean
from hcreport.records import NOT_RECORDED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from hcreport.figures.algebra import Figure
    from hcreport.figures.cells import Cell, Facet, Number, Relation
    from hcreport.figures.evaluate import Evaluator, Group
    from hcreport.figures.ledger import Entry
    from hcreport.settings import Disclosure

# Keys that tell when, or what we did, and not of whom: their numbers stand among the headlines, and
# the learning log and the self-assessment are printed line by line.
NOT_OF_WHOM = {"month", "quarter", "arrived", "stage", "standing", "outcome", "finding"}
NOT_OF_WHOM |= {"status", "theme", "section"}


@dataclass(frozen=True)
class Withheld:
    """A line of the log: an entry, the part of it, and why it is withheld.

    ``guards`` is the entry that it would give away; None where it is small itself, or withheld
    outright, whatever its size.
    """

    entry: Entry
    part: str
    guards: Entry | None = None
    is_outright: bool = False


@dataclass(frozen=True)
class Control:
    """What may be published of a ledger, and the log of what may not."""

    ledger: Ledger
    log: tuple[Withheld, ...] = ()


def refuse_unknown(figures: Mapping[str, Figure], rule: Disclosure) -> None:
    """Raise CannotRun for a field that nothing is broken down by."""
    known = {key for f in figures.values() for by in f.by for key in by} - NOT_OF_WHOM
    for name in rule.fields:
        if name not in known:
            near = did_you_mean(name, known) or f"There are {', '.join(sorted(known))}."
            raise CannotRun(
                f"report.toml: disclosure.fields: no figure is broken down by {name!r} in a way "
                "that tells of people.",
                near,
            )


def control(
    ledger: Ledger,
    evaluator: Evaluator,
    rule: Disclosure,
    before: Collection[tuple[str, Group]] = (),
) -> Control:
    """The ledger with small numbers withheld; the ledger itself where settings ask for none.

    ``before`` are the entries whose value was withheld in the period before, by the same rule.
    """
    if not rule.fields:
        return Control(ledger)
    fields = frozenset(rule.fields)
    outright = [entry for entry in ledger.entries if _is_outright(entry, fields)]
    beside = {id(entry) for entry in ledger.entries if entry.id.startswith(TO_DATE)}
    beside |= set(map(id, outright))
    judged = tuple(entry for entry in ledger.entries if id(entry) not in beside)
    done = _Control(Ledger(judged, ledger.definitions), evaluator, rule).done()
    found = dict(zip(map(id, judged), done.ledger.entries, strict=True))
    found |= {id(entry): withhold(entry, frozenset({VALUE, PREVIOUS})) for entry in outright}
    entries = (found.get(id(entry), entry) for entry in ledger.entries)
    published = tuple(_without_previous(entry, before) for entry in entries)
    log = (*done.log, *(Withheld(entry, VALUE, is_outright=True) for entry in outright))
    return Control(Ledger(published, ledger.definitions), log)


def _is_outright(entry: Entry, fields: Collection[str]) -> bool:
    """Whether an entry is withheld whatever its size.

    Numbers of protected groups over a second period, and figures that settings narrow to such a
    group, would have to be held against every number of the first; so they are not published.
    """
    if entry.id.startswith(TO_DATE) and any(key in fields for key, _ in entry.group):
        return True
    cohort = cohort_of(entry.figure.measure)
    if cohort is None or not entry.id.removeprefix(TO_DATE).startswith(OWN):
        return False
    hit = entry.figure.measure.hit if isinstance(entry.figure.measure, Share) else ()
    columns = {cohort.column(name) for name in fields}
    return any(isinstance(t, Is) and t.column in columns for t in (*cohort.conditions, *hit))


def _without_previous(entry: Entry, before: Collection[tuple[str, Group]]) -> Entry:
    if entry.previous is None or year_on_year(entry) not in before:
        return entry
    return replace(entry, previous=None, withheld=entry.withheld | {PREVIOUS})


class _Control:
    """The work on one ledger: which numbers there are, and which are withheld because of which."""

    def __init__(self, ledger: Ledger, evaluator: Evaluator, rule: Disclosure) -> None:
        self._ledger, self._threshold = ledger, rule.threshold
        self._book = Book(evaluator, frozenset(rule.fields))
        self._book.note(ledger.entries)
        self._facets = [tuple(self._book.facets(entry)) for entry in ledger.entries]
        # Where each number is first printed: what it is called, and what stands beside it.
        self._homes: dict[Number, Entry] = {}
        self._in_headlines: set[Number] = set()
        self._order = {name: n for n, name in enumerate(ledger.definitions)}
        # A withheld number, and the one it would give away (itself, where it is small).
        self._withheld: dict[Number, Number] = {}
        for entry, facets in zip(ledger.entries, self._facets, strict=True):
            for facet in facets:
                self._take_in(entry, facet)

    def _take_in(self, entry: Entry, facet: Facet) -> None:
        protected = self._book.is_protected(entry)
        small = protected and 0 < self._book.size(facet.number) < self._threshold
        if small:
            self._withheld[facet.number] = facet.number
        if facet.told or small:
            self._homes.setdefault(facet.number, entry)
        if not protected:
            self._in_headlines.add(facet.number)

    def done(self) -> Control:
        """Withhold until nothing withheld follows from what is published."""
        relations = self._book.relations(tuple(self._homes))
        while found := self._given_away(relations):
            if not self._withhold_for(found):
                raise self._impossible(found[0][0])
        both = tuple(zip(self._ledger.entries, self._facets, strict=True))
        entries = tuple(self._published(entry, facets) for entry, facets in both)
        log = tuple(line for entry, facets in both for line in self._reasons(entry, facets))
        return Control(Ledger(entries, self._ledger.definitions), log)

    def _withhold_for(self, found: Sequence[tuple[Number, list[Number]]]) -> set[Number]:
        """Withhold one more number for each that is given away, and hand them back.

        What was withheld just now may do for another too, which the next round finds out.
        """
        fresh: set[Number] = set()
        for number, others in found:
            chosen = None if fresh.intersection(others) else self._cheapest(number, others)
            if chosen is not None:
                self._withheld[chosen] = number
                fresh.add(chosen)
        return fresh

    def _impossible(self, number: Number) -> CannotRun:
        home = self._homes[number]
        group = " and ".join(f"{key} {label!r}" for key, label in home.group)
        return CannotRun(
            f"{home.id} for {group} is small and follows from the headlines alone.",
            "Take the field out of disclosure.fields in report.toml, or leave it unmapped.",
        )

    def _told(self) -> set[Number]:
        """The numbers that are printed somewhere: not withheld, nor beside a value that is."""
        told = set()
        for facets in self._facets:
            hidden = any(f.name == VALUE and f.number in self._withheld for f in facets)
            told |= {f.number for f in facets if f.told and not hidden}
        return told - self._withheld.keys()

    def _unknown(self, relations: Sequence[Relation]) -> dict[Number, None]:
        """The numbers that a reader is not told, in order: not printed, nor part of a nought."""
        told = self._told()
        noughts = self._noughts(told)
        met = dict.fromkeys(n for r in relations for n in r if n not in told)
        unknown = {n: None for n in met if not self._is_under(noughts, n)}
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

    def _noughts(self, told: Collection[Number]) -> dict[Group, list[Cell]]:
        """The cells that are printed as nought, by their group."""
        noughts: dict[Group, list[Cell]] = defaultdict(list)
        for number in told:
            if len(number) == 1 and not self._book.size(number):
                ((cell, _),) = number
                noughts[cell.group].append(cell)
        return noughts

    def _is_under(self, noughts: Mapping[Group, Sequence[Cell]], number: Number) -> bool:
        """Whether a number must be nought, as all it counts is in other cells printed as nought."""
        return not self._book.size(number) and all(
            any(
                self._book.dominates(nought, cell)
                for group in _within(cell.group)
                for nought in noughts.get(group, ())
                if one(nought) != number
            )
            for cell, _ in number
        )

    def _given_away(self, relations: Sequence[Relation]) -> list[tuple[Number, list[Number]]]:
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

    def _known_noughts(self) -> Iterator[tuple[Number, list[Number]]]:
        """Withheld noughts that are under printed ones after all, each with those."""
        told = self._told()
        noughts = self._noughts(told)
        for number in self._withheld:
            if self._is_under(noughts, number):
                yield number, [n for n in told if self._makes_nought(n, [number])]

    def _cheapest(self, number: Number, others: Sequence[Number]) -> Number | None:
        """The printed number to withhold so that another does not follow; None if all are gone."""
        home, places = self._homes[number], {n: at for at, n in enumerate(self._homes)}

        def cost(other: Number) -> tuple[object, ...]:
            at, size = self._homes[other], self._book.size(other)
            elsewhere = at.id != home.id
            return (
                other in self._in_headlines,
                size == 0,
                elsewhere,
                -self._order[at.id] if elsewhere else 0,
                _table(at) != _table(home),
                size,
                at.label == NOT_RECORDED,
                [label.casefold() for _, label in at.group],
                places[other],
            )

        return min(self._guards(others), key=cost, default=None)

    def _guards(self, others: Sequence[Number]) -> list[Number]:
        """The printed numbers of which one may be withheld, so that these no longer tell another.

        What is under a printed nought is known all the same and guards nothing. Where there is
        nothing else, that nought has to go first. A headline goes only where no other will do.
        """
        told = self._told()
        noughts = self._noughts(told)
        printed = [n for n in others if n in told and not self._is_under(noughts, n)]
        apart = [n for n in printed if n not in self._in_headlines]
        if apart:
            return apart
        above = [n for n in told if self._makes_nought(n, others) and n not in self._in_headlines]
        highest = [
            n
            for n in above
            if not any(self._makes_nought(m, [n]) and not self._makes_nought(n, [m]) for m in above)
        ]
        return highest or printed

    def _makes_nought(self, number: Number, others: Sequence[Number]) -> bool:
        """Whether a number is a printed nought that makes one of these numbers nought."""
        if len(number) != 1 or self._book.size(number):
            return False
        ((cell, _),) = number
        return any(self._book.dominates(cell, part) for other in others for part, _ in other)

    # --- What comes of it ---

    def _published(self, entry: Entry, facets: Sequence[Facet]) -> Entry:
        parts = {f.name for f in facets if f.number in self._withheld}
        return withhold(entry, frozenset(parts)) if parts else entry

    def _reasons(self, entry: Entry, facets: Sequence[Facet]) -> Iterator[Withheld]:
        """A line for each part of an entry that is withheld; its own smallness comes first."""
        for part in (VALUE, WHOLE, SET_ASIDE):
            met = [f.number for f in facets if f.name == part and f.number in self._withheld]
            if met:
                small = any(self._withheld[number] == number for number in met)
                guards = None if small else self._homes[self._withheld[met[0]]]
                yield Withheld(entry, part, guards)


def _within(group: Group) -> Iterator[Group]:
    """A group, and every group of fewer keys that it is a part of."""
    for number in range(len(group), 0, -1):
        yield from combinations(group, number)


def _table(entry: Entry) -> tuple[Group, tuple[str, ...]]:
    """What entries that stand beside each other share: their parent group and their keys."""
    return entry.group[:-1], tuple(key for key, _ in entry.group)


def withhold(entry: Entry, parts: frozenset[str]) -> Entry:
    """An entry without what is withheld: all of its numbers with its value, or one beside it."""
    held = entry.result
    if VALUE in parts:
        result = Result(None, None, None, None)
    else:
        result = replace(
            held,
            denominator=None if WHOLE in parts else held.denominator,
            set_aside=None if SET_ASIDE in parts else held.set_aside,
        )
    return replace(entry, result=result, withheld=entry.withheld | parts)

"""Disclosure control: small numbers about few people, withheld from everything that is published.

A count from 1 to one below the threshold is withheld in a breakdown by a protected field (primary
suppression). Then others are, the smallest beside it first, until none that is withheld can be
worked out from what is left (complementary suppression). Noughts stay, unless nothing else will do;
a cell under a printed nought is known to be nought, so it never guards another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hcreport.figures.algebra import Is, Share, cohort_of
from hcreport.figures.cells import Book
from hcreport.figures.evaluate import Result
from hcreport.figures.inference import Reader
from hcreport.figures.ledger import (
    PREVIOUS,
    SET_ASIDE,
    TO_DATE,
    VALUE,
    WHOLE,
    Ledger,
)
from hcreport.figures.own import PREFIX as OWN
from hcreport.figures.year_before import year_on_year
from hcreport.problems import CannotRun, did_you_mean
from hcreport.records import NOT_RECORDED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from hcreport.figures.algebra import Figure
    from hcreport.figures.cells import Facet, Number
    from hcreport.figures.evaluate import Evaluator
    from hcreport.figures.ledger import Entry
    from hcreport.figures.selection import Group
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
        while found := self._reader().given_away(relations):
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

    def _reader(self) -> Reader:
        """Somebody who reads what is published as things stand."""
        return Reader(self._book, self._facets, dict(self._withheld))

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
        reader = self._reader()
        printed = [n for n in others if n in reader.told and not reader.is_under_nought(n)]
        apart = [n for n in printed if n not in self._in_headlines]
        if apart:
            return apart
        above = [
            n for n in reader.told if reader.makes_nought(n, others) and n not in self._in_headlines
        ]
        highest = [
            n
            for n in above
            if not any(
                reader.makes_nought(m, [n]) and not reader.makes_nought(n, [m]) for m in above
            )
        ]
        return highest or printed

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

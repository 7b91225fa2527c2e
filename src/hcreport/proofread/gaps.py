"""How far a figure is from another: of the other stage, another group, another time.

The text names one end, or neither: "15 points more than at stage 1", "An increase of 21%". The
ledger knows both.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from hcreport.figures.shown import half_up
from hcreport.proofread.facts import Facet, Fact, Facts, When
from hcreport.proofread.hearing import About, Near
from hcreport.proofread.mentions import Slot
from hcreport.proofread.numbers import Bound, Kind, Number
from hcreport.proofread.told import Told

_APART = re.compile(
    r"\b(?:gap|difference|above|below|higher|lower|better|worse|drop|fall|rise|improvement|more|less"
    r"|rose|fell|(?<!make )(?<!makes )(?<!made )up|down|increase|decrease|went|slipped|points)\b",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 60, 30
# So many rates before a gap may be its ends.
_ENDS = 3
# Rates as printed may lie this much closer, or farther apart, than they are.
_ROUNDING = Fraction(1, 100)
_RATES = frozenset({Kind.PERCENT, Kind.POINTS})
_CHANGES = frozenset({Facet.CHANGE, Facet.DIFFERENCE})
_NAMING = frozenset({Slot.MEASURE, Slot.LABEL, Slot.STAGE})

Pair = tuple[Fact, Fact]


def check(told: Told) -> None:
    """Every gap and every bare change of a sentence."""
    for number in told.sentence.figures:
        if told.is_open(number) and number.bound is not Bound.UNDER:
            if number.kind in _RATES and _is_apart(told, number):
                _hold_stated(told, number)
                _hold_gap(told, number)
            if told.about(number).is_change and told.sentence.figures[0] is number:
                _hold_last_change(told, number)


def _is_apart(told: Told, number: Number) -> bool:
    if number.is_word and number.kind is Kind.PERCENT:
        return told.about(number).is_change  # "just over half"
    near = told.sentence.text[max(0, number.start - _BEFORE) : number.end + _AFTER]
    return told.about(number).is_change or bool(_APART.search(near))


def _hold_stated(told: Told, number: Number) -> None:
    """A change in per cent that is how many points two rates of the text are apart."""
    rates = [n for n in told.numbers_before(number) if n.kind is Kind.PERCENT][:_ENDS]
    if number.kind is Kind.POINTS or not told.about(number).is_change:
        return
    for late, early in itertools.combinations(rates, 2):
        apart = abs(late.value - early.value)
        relative = (apart / rate.value for rate in (late, early) if rate.value)
        if apart and number.agrees(apart) and not any(map(number.agrees, relative)):
            said = f"{half_up(apart * 100)} percentage points"
            told.settle(number, f"{early.text} and {late.text}", said)


def _hold_gap(told: Told, number: Number) -> None:
    pairs = list(_pairs(told, number))
    if any(number.agrees(end.value) for pair in pairs for end in pair):
        return  # it is one of the ends
    likely = pairs if number.kind is Kind.POINTS else pairs[:1]
    fits = next((pair for pair in likely if _says(number, *pair)), None)
    if fits is not None:
        told.settle(number, _both(fits), None)
    elif pairs:
        apart = abs(pairs[0][0].value - pairs[0][1].value)
        told.settle(number, _both(pairs[0]), f"{half_up(apart * 100)} percentage points")


def _both(pair: Pair) -> str:
    return f"{pair[0].said} and {pair[1].said}"


def _says(number: Number, one: Fact, other: Fact) -> bool:
    """Whether a number says how far two rates are apart, in its own unit."""
    apart = abs(one.value - other.value)
    if number.kind is Kind.POINTS:
        return abs(apart - number.value) <= _ROUNDING
    return any(number.agrees(apart / rate.value) for rate in (one, other) if rate.value)


def _pairs(told: Told, number: Number) -> Iterator[Pair]:
    """The rates that a gap may lie between, the likeliest first."""
    about = told.about(number)
    rates = [
        f
        for f in told.figures_before(number)
        if f.kind is Kind.PERCENT and f.facet in {Facet.VALUE, Facet.SHARE}
    ][:_ENDS]
    if not rates:
        yield from _named(about, told.facts)
        return
    yield from ((rates[0], other) for other in _beside(rates[0], about, told.facts))
    for one, other in itertools.pairwise(rates):
        if one.measures[0] == other.measures[0] and one.value != other.value:
            yield one, other


def _named(about: About, facts: Facts) -> Iterator[Pair]:
    """The rates of the two stages, groups or times that a sentence names, by its measure."""
    groups = set(about.said(Slot.LABEL, Near.REST))
    stages = set(about.said(Slot.STAGE, Near.REST))
    named = [f for m in about.said(Slot.MEASURE) for f in facts.by_measure.get(m, ())]
    for f in named or facts.allowed(facts.by_measure, frozenset(groups)):
        is_rate = f.facet is Facet.VALUE if named else len(f.labels) > 1
        is_here = f.labels <= groups and (not stages or f.stages <= stages)
        if is_rate and f.kind is Kind.PERCENT and f.firm and is_here and f.when is When.NOW:
            yield from ((f, other) for other in _beside(f, about, facts))


def _beside(fact: Fact, about: About, facts: Facts) -> Iterator[Fact]:
    """What a figure is at another stage, group or time that words name."""
    groups = frozenset(about.said(Slot.LABEL, Near.REST))
    stages = frozenset(about.said(Slot.STAGE, Near.REST))
    before = frozenset(about.said(Slot.STAGE, Near.BEFORE))
    for f in facts.by_measure.get(fact.measures[0], ()):
        if f.facet is not fact.facet or f.kind is not fact.kind or not f.firm:
            continue
        match (f.stages != fact.stages, f.labels != fact.labels, f.when is not fact.when):
            case (True, False, False):
                is_named = bool(f.stages & (stages | before))
            case (False, True, False):
                is_named = len(f.labels) == len(fact.labels) and f.labels - fact.labels <= groups
            case (False, False, True):
                is_named = f.when.value in about.whens
            case _:
                is_named = False
        if is_named:
            yield f


def _hold_last_change(told: Told, number: Number) -> None:
    """A change alone, said of the figure that was spoken of last: "An increase of 21%"."""
    about = told.about(number)
    if any(h.near <= Near.FRAME and h.slot in _NAMING for h in about.heard):
        return
    last = told.figures_before(number)[:1]
    moved = [f for each in last for f in told.facts.of(each.known) if f.facet in _CHANGES]
    alike = [
        f for f in moved if f.firm and (f.kind is number.kind or {f.kind, number.kind} == _RATES)
    ]
    if not alike:
        return
    fits = any(
        f.kind is number.kind and about.rose in {None, f.value > 0} and number.agrees(abs(f.value))
        for f in alike
    )
    told.settle(number, alike[0].name, None if fits else alike[0].said)

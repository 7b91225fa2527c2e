"""How likely a number says a figure rightly, says one wrongly, or is about something else.

Each reading has a weight that falls with its cost. One with the number's value speaks for "right";
one with another value for "wrong", and the less so, the less a chance hit is to be expected: that a
number of three digits is some figure's own value is no accident. What is not understood of the
words speaks for "something else".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hcreport.proofread import slips
from hcreport.proofread.facts import Fact
from hcreport.proofread.hearing import About, Near
from hcreport.proofread.likely import Reading
from hcreport.proofread.mentions import Surety
from hcreport.proofread.numbers import Kind, Number
from hcreport.proofread.weights import WEIGHTS

_ODDS, _LESS_SURE = WEIGHTS["odds"], WEIGHTS["less_sure"]
# Among so many values a number of a kind is likely to lie, besides those of its own size.
_SPREAD = {
    Kind.COUNT: Fraction(3),
    Kind.DAYS: Fraction(10),
    Kind.PERCENT: Fraction(1, 2),
    Kind.POINTS: Fraction(1, 5),
    Kind.MONEY: Fraction(10_000),
}
_RATES = frozenset({Kind.PERCENT, Kind.POINTS})


@dataclass(frozen=True)
class Odds:
    """How likely each outcome is, of 1 in all; and the figures that the number should be, or is.

    ``against`` are the readings that it contradicts, those first that it likeliest was meant for.
    """

    right: float
    wrong: float
    against: tuple[Reading, ...] = ()
    meant: Reading | None = None


def odds(number: Number, about: About, found: Sequence[Reading]) -> Odds:
    """What the readings of a number and its value come to."""
    chance = by_chance(number) ** _ODDS["chance"]
    lost = math.exp(-_ODDS["fault"])
    agreeing = [r for r in found if agrees(number, about, r.fact)]
    against = [
        r for r in found if r.fact.firm and not r.is_guess and _contradicts(number, about, r.fact)
    ]
    right = sum(math.exp(-r.cost) for r in agreeing)
    price = {r: r.cost + slips.cost(number, r.fact) for r in against}
    wrong = lost * chance * sum(math.exp(-each) for each in price.values())
    other = chance * math.exp(unsureness(about) - _ODDS["other"])
    whole = right + wrong + other
    return Odds(
        right / whole,
        wrong / whole,
        tuple(sorted(against, key=lambda r: price[r])),
        next(iter(agreeing), None),
    )


def by_chance(number: Number) -> float:
    """How likely a number is to have a value by chance, as exactly as it is stated."""
    size = Fraction(0) if number.kind in _RATES else abs(number.value)
    width = 2 * number.leeway / (size + _SPREAD[number.kind])
    return max(float(width), 1e-6)


def unsureness(about: About) -> float:
    """How much a number's writing and what is not understood tell that it is something else."""
    unknown = min(_LESS_SURE["unknown_most"], _LESS_SURE["unknown"] * about.unknown)
    faint = any(h.surety is Surety.FAINT and h.near <= Near.HOST for h in about.heard)
    return (
        unknown
        + _LESS_SURE["faint"] * faint
        + _LESS_SURE["beyond"] * bool(about.beyond)
        + sum(_LESS_SURE.get(trait, 0.0) for trait in about.traits)
    )


def agrees(number: Number, about: About, fact: Fact) -> bool:
    """Whether a number says what a fact is, as exactly as it is stated."""
    if fact.kind is not number.kind and {number.kind, fact.kind} == _RATES:
        return False
    if not about.is_change:
        return number.agrees(fact.value)
    rose = number.value > 0 if about.rose is None and number.text[:1] in "+-−" else about.rose
    if rose is not None and fact.value and (fact.value > 0) != rose:
        return False
    return _sized(number).agrees(abs(fact.value))


def _contradicts(number: Number, about: About, fact: Fact) -> bool:
    if about.is_change:
        return not agrees(number, about, fact)
    return number.contradicts(fact.value)


def _sized(number: Number) -> Number:
    return replace(number, value=abs(number.value)) if number.value < 0 else number

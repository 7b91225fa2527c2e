"""A number held against the ledger: what its words can mean, and whether that has its value.

"Right" needs a figure that the words allow and that has the value. "Wrong" needs more: words that
name a figure so well that little is taken for granted, nothing that narrows the number to what the
ledger does not know, and no figure that the words allow with the value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hcreport.proofread.facts import Facet, Fact, Facts
from hcreport.proofread.hearing import About, Near
from hcreport.proofread.likely import WEIGHTS, Reading, readings
from hcreport.proofread.mentions import Surety
from hcreport.proofread.numbers import Kind, Number

_LIMITS, _LESS_SURE = WEIGHTS["limits"], WEIGHTS["less_sure"]


class Outcome(StrEnum):
    """What a number turned out to be."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "not recognised"
    EXEMPT = "not a figure"


@dataclass(frozen=True)
class Verdict:
    """What is held of a number, why, what it should be, and the fact it was held against.

    One that is not ``is_sure`` gives way to what the text itself shows.
    """

    outcome: Outcome
    why: str = ""
    should_be: str = ""
    fact: Fact | None = None
    is_sure: bool = True


NOTHING = Verdict(Outcome.UNKNOWN, "no figure of the ledger has these words and this value")
_UNSURE = Verdict(Outcome.UNKNOWN, "too little of what is said of it is understood")
_ROUGH = Verdict(Outcome.UNKNOWN, "near a figure of the ledger, but stated too roughly to say")


def judged(number: Number, about: About, facts: Facts) -> Verdict:
    """A number's verdict by the ledger alone."""
    found = readings(number.kind, about, facts)
    meant = next((r for r in _meant(found) if _agrees(number, about, r.fact)), None)
    if meant is not None:
        return Verdict(Outcome.RIGHT, meant.fact.name, fact=meant.fact)
    best = next((r for r in found if r.fact.firm), None)
    if best is None or best.cost > _LIMITS["wrong"]:
        return NOTHING
    if about.doubt:
        return Verdict(Outcome.UNKNOWN, about.doubt)
    cost = best.cost + _unsureness(about)
    if cost > _LIMITS["wrong"] or found[0].against > _LIMITS["wrong_against"]:
        return _UNSURE
    if not _contradicts(number, about, best.fact):
        return _ROUGH
    fact = best.fact
    return Verdict(Outcome.WRONG, fact.name, fact.said, fact, is_sure=cost <= _LIMITS["sure"])


def _meant(found: Sequence[Reading]) -> list[Reading]:
    """The readings that may show a number right: not much less likely than the best."""
    least = min((r.against for r in found), default=0.0)
    return [
        r
        for r in found
        if r.cost <= min(_LIMITS["right"], found[0].cost + _LIMITS["granted"])
        and r.against <= least + _LIMITS["against"]
    ]


def _unsureness(about: About) -> float:
    """How much less sure a number's writing makes it that it is wrong."""
    unknown = min(_LESS_SURE["unknown_most"], _LESS_SURE["unknown"] * about.unknown)
    faint = any(h.surety is Surety.FAINT and h.near <= Near.HOST for h in about.heard)
    return (
        unknown
        + _LESS_SURE["faint"] * faint
        + sum(_LESS_SURE.get(trait, 0.0) for trait in about.traits)
    )


def _agrees(number: Number, about: About, fact: Fact) -> bool:
    if fact.kind is not number.kind and {number.kind, fact.kind} == {Kind.PERCENT, Kind.POINTS}:
        return False
    if not about.is_change:
        return number.agrees(fact.value)
    rose = number.value > 0 if about.rose is None and number.text[:1] in "+-−" else about.rose
    if rose is not None and fact.value and (fact.value > 0) != rose:
        return False
    return _sized(number).agrees(abs(fact.value))


def _contradicts(number: Number, about: About, fact: Fact) -> bool:
    if about.is_change:
        return not _agrees(number, about, fact)
    return number.contradicts(fact.value)


def _sized(number: Number) -> Number:
    return replace(number, value=abs(number.value)) if number.value < 0 else number


def counted(about: About, facts: Facts) -> list[Fact]:
    """The shares with counts behind them that words allow, whatever their number.

    Only those that little is taken for granted for, the likeliest first.
    """
    found = readings(Kind.PERCENT, replace(about, is_change=False), facts)
    return [
        r.fact
        for r in _meant(found)
        if r.fact.over is not None and r.fact.under and r.fact.facet is not Facet.CHANGE
    ]

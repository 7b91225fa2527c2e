"""A number held against the ledger: what its words can mean, and whether that has its value.

"Right" needs a figure that the words allow and that has the value. "Wrong" needs more: words that
name a figure so well that little is taken for granted, nothing that narrows the number to what the
ledger does not know, and no likely figure with the value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hcreport.proofread.facts import Facet, Fact, Facts, When
from hcreport.proofread.hearing import About, Near, Trait
from hcreport.proofread.lexicon import BASES
from hcreport.proofread.likely import Reading, readings
from hcreport.proofread.mentions import Slot
from hcreport.proofread.numbers import Kind, Number
from hcreport.proofread.odds import Odds, by_chance, odds
from hcreport.proofread.weights import WEIGHTS

_LIMITS = WEIGHTS["limits"]
# How likely a value may be by chance, to tell what no words do.
_LUCK = 0.01


class Outcome(StrEnum):
    """What a number turned out to be."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "not recognised"
    EXEMPT = "not a figure"


@dataclass(frozen=True)
class Verdict:
    """What is held of a number, why, what it should be, and the fact it was held against.

    One that is not ``is_sure`` gives way to what the text itself shows. ``word`` is what is wrong
    beside the number, where it is not the number itself: "fell".
    """

    outcome: Outcome
    why: str = ""
    should_be: str = ""
    fact: Fact | None = None
    is_sure: bool = True
    word: str = ""


NOTHING = Verdict(Outcome.UNKNOWN, "no figure of the ledger has these words and this value")
_UNSURE = Verdict(Outcome.UNKNOWN, "too little of what is said of it is understood")


def judged(number: Number, about: About, facts: Facts) -> Verdict:
    """A number's verdict by the ledger alone."""
    found = odds(number, about, readings(number, about, facts))
    best = _best(about, found)
    if best is not None and found.wrong >= _LIMITS["wrong"]:
        is_sure = found.wrong >= _LIMITS["sure"]
        return Verdict(Outcome.WRONG, best.name, best.said, best, is_sure=is_sure)
    if found.meant is not None and found.right >= _LIMITS["right"] and not _is_luck(number, found):
        return Verdict(Outcome.RIGHT, found.meant.fact.name, fact=found.meant.fact)
    if not found.against:
        return NOTHING
    why = about.doubt or about.beyond
    return Verdict(Outcome.UNKNOWN, why) if why else _UNSURE


def _best(about: About, found: Odds) -> Fact | None:
    """What a number should be, if it can be called wrong.

    That is the figure of about the likeliest that was likeliest mistaken for it; where something
    unknown is said, one that is surely named.
    """
    if about.doubt or not about.heard or not found.against:
        return None
    first = min(found.against, key=lambda r: r.cost)
    if _is_spared(about, first.fact):
        return None
    near = (r.fact for r in found.against if r.cost <= first.cost + _LIMITS["beside"])
    return next((f for f in near if not about.unknown or _are_sure(about, f.labels)), None)


def _is_spared(about: About, fact: Fact) -> bool:
    """Whether a number cannot be called wrong by a figure.

    It is a part of what its sentence opens with, and the figure is no part of that; or it is last
    year's, or the Ombudsman's, and the figure is this year's or the landlord's own.
    """
    return (
        (Trait.PART in about.traits and _is_of_another_part(about, fact))
        or (Trait.COMPARED in about.traits and fact.when is When.NOW)
        or (Trait.OMBUDSMAN in about.traits and not fact.is_of_ombudsman)
    )


def _are_sure(about: About, labels: frozenset[str]) -> bool:
    """Whether some labels are surely meant, as far as they are named."""
    said = {h.value for h in about.heard if h.slot is Slot.LABEL and h.is_sure}
    return labels <= said


def _is_of_another_part(about: About, fact: Fact) -> bool:
    """Whether a sentence opens with what a number is a part of, and a figure is no part of that."""
    opening = set(about.said(Slot.MEASURE, Near.FRAME)) - set(about.said(Slot.MEASURE, Near.HOST))
    own = about.said(Slot.MEASURE, Near.HOST)
    is_part = bool(opening & set(fact.measures)) and bool(fact.labels)
    return bool(opening - BASES) and not own and not is_part


def _is_luck(number: Number, found: Odds) -> bool:
    """Whether a number has a figure's value that no words name, and that chance may have hit."""
    return found.meant is not None and found.meant.is_guess and by_chance(number) > _LUCK


def _meant(found: Sequence[Reading]) -> list[Reading]:
    """The readings that are not much less likely than the best."""
    least = min((r.against for r in found), default=0.0)
    return [
        r
        for r in found
        if not r.is_guess
        and r.cost <= min(_LIMITS["cost"], found[0].cost + _LIMITS["granted"])
        and r.against <= least + _LIMITS["against"]
    ]


def counted(number: Number, about: About, facts: Facts) -> list[Fact]:
    """The shares with counts behind them that the words around a count allow, whatever it is.

    Only those that little is taken for granted for, the likeliest first.
    """
    share = replace(number, kind=Kind.PERCENT)
    found = readings(share, replace(about, is_change=False), facts)
    return [
        r.fact
        for r in _meant(found)
        if r.fact.over is not None and r.fact.under and r.fact.facet is not Facet.CHANGE
    ]

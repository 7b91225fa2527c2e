"""How a figure comes to be said wrongly: by the digits that were mistyped, or how far it is off.

Two digits that changed places or one that is another are what a slip of the hand leaves; what is
neither is the less likely to be meant for a figure, the farther it is from it.
"""

from __future__ import annotations

import math
from fractions import Fraction

from hcreport.figures.shown import half_up
from hcreport.proofread.facts import Fact
from hcreport.proofread.numbers import Bound, Kind, Number
from hcreport.proofread.weights import WEIGHTS

_SLIP = WEIGHTS["slip"]
# Of so many digits, one that is another tells.
_TELLING = 3
_RATES = frozenset({Kind.PERCENT, Kind.POINTS})


def cost(number: Number, fact: Fact) -> float:
    """How much less likely than any other mistake it is that a figure was said as this number."""
    if _is_mistyped(number, fact):
        return _SLIP["digit"]
    sizes = [abs(number.value), abs(fact.value)]
    if number.kind in _RATES:
        return _SLIP["far_rate"] * float(abs(sizes[0] - sizes[1]))
    return _SLIP["far"] * math.log(max(sizes) / min(sizes)) if all(sizes) else 0.0


def _is_mistyped(number: Number, fact: Fact) -> bool:
    """Whether the digits are the same in another order, or but one of three or more is another."""
    if number.is_word or number.bound is not Bound.EXACT:
        return False
    said, true = _digits(number.value, number), _digits(fact.value, number)
    if len(said) != len(true):
        return False
    others = sum(a != b for a, b in zip(said, true, strict=True))
    return sorted(said) == sorted(true) or (others == 1 and len(said) >= _TELLING)


def _digits(value: Fraction, like: Number) -> str:
    """A value's digits, to the place that a number is stated to."""
    return str(half_up(abs(value) / (2 * like.half)))

"""The one formatter: an exact value is rounded here, once, half up, and nowhere else."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from hcreport.figures.algebra import PENCE, Unit

NO_VALUE = "no value"
NO_FIGURE = "not given"
NO_COMPARISON = "no comparison"
UNKNOWN_CHANGE = "an unknown change"
# What stands for a number that disclosure control withholds: the shorthand of official statistics.
WITHHELD = "[c]"
# Units whose change is a difference in percentage points, not a percentage.
POINTS = (Unit.SHARE, Unit.SCORE)


def half_up(value: Fraction, decimals: int = 0) -> Decimal:
    """A value rounded to so many decimals; an exact half goes away from nought."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    signed = Decimal(-whole if value < 0 else whole)
    with localcontext() as context:
        context.prec = 60
        return signed.scaleb(-decimals)


def show(value: Fraction | None, unit: Unit, decimals: int = 0) -> str:
    """A value as it is printed: ``1,234``, ``64%``, ``£96,024``, ``9.5``; "no value" for None."""
    if value is None:
        return NO_VALUE
    match unit:
        case Unit.SHARE:
            return f"{half_up(value * 100, decimals):,}%"
        case Unit.SCORE:
            return f"{half_up(value, decimals):,}%"
        case Unit.GBP:
            return money(value)
        case _:
            return f"{half_up(value, places(value, unit, decimals)):,}"


def places(value: Fraction, unit: Unit, decimals: int = 0) -> int:
    """How many decimals are printed of pounds, of per cent or of whatever the unit counts."""
    match unit:
        case Unit.GBP:
            return 0 if half_up(value) % PENCE == 0 else 2
        case Unit.DAYS:
            return 0 if value.denominator == 1 else 1
        case _:
            return decimals


def money(pence: Fraction) -> str:
    """Pence as pounds: whole pounds where they are whole, else with two decimals."""
    return _pounds(pence, places(pence, Unit.GBP))


def in_pence(pence: Fraction) -> str:
    """Pence as pounds with two decimals, to stand under others that have them."""
    return _pounds(pence, 2)


def _pounds(pence: Fraction, decimals: int) -> str:
    whole = half_up(pence)
    sign = "-" if whole < 0 else ""
    return f"{sign}£{abs(half_up(Fraction(whole) / PENCE, decimals)):,}"


def change(value: Fraction | None, previous: Fraction | None, unit: Unit) -> Fraction | None:
    """How far a value moved: relative to the one before, or as a difference for shares.

    None without a value before, or from nought, where no percentage can be given.
    """
    if value is None or previous is None:
        return None
    if unit in POINTS:
        return value - previous
    return (value - previous) / previous if previous else None


def change_in_words(moved: Fraction | None, unit: Unit) -> str:
    """A change as a phrase: "a decrease of 26%", "an increase of 3 percentage points"."""
    if moved is None:
        return UNKNOWN_CHANGE
    if moved == 0:
        return "no change"
    noun = "an increase" if moved > 0 else "a decrease"
    size = half_up(abs(moved) * (1 if unit is Unit.SCORE else 100))
    amount = "less than 1" if size == 0 else f"{size:,}"
    if unit not in POINTS:
        return f"{noun} of {amount}%"
    points = "percentage point" if amount in {"1", "less than 1"} else "percentage points"
    return f"{noun} of {amount} {points}"


def change_in_brief(moved: Fraction | None, unit: Unit) -> str:
    """A change for a table: "-26%", "+3 points", "0%"."""
    if moved is None:
        return NO_COMPARISON
    size = half_up(moved * (1 if unit is Unit.SCORE else 100))
    sign = "+" if size > 0 else ""
    return f"{sign}{size:,} points" if unit in POINTS else f"{sign}{size:,}%"

"""Phrases that a difference is told in, to a terminal and in a note."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hcreport.figures.algebra import Average, Count, Figure, Measure, Quotient, Total
from hcreport.figures.behind import Part

if TYPE_CHECKING:
    from hcreport.diff.compare import FigureChange
    from hcreport.diff.moves import Move
    from hcreport.figures.ledger import Entry

SHOWN = 6
# What the parts of a figure are called, by what is measured.
_SHARED = {Part.NUMERATOR: "the numerator", Part.DENOMINATOR: "the denominator"}
_CALLED: dict[type[Measure], dict[Part, str]] = {
    Count: {Part.NUMERATOR: "the count", Part.DENOMINATOR: "the whole"},
    Total: {Part.NUMERATOR: "the sum"},
    Average: {Part.DENOMINATOR: "the average"},
    Quotient: {Part.NUMERATOR: "both sums"},
}


def listed(names: Iterable[str], shown: int = SHOWN, between: str = ", ") -> str:
    """The first few of some names, and how many more there are."""
    every = list(names)
    more = f"{between}and {len(every) - shown:,} more" if len(every) > shown else ""
    return between.join(every[:shown]) + more


def quantity(number: int, noun: str) -> str:
    """A number and what it counts: 1 row, 1,250 rows."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def transition(change: FigureChange) -> str:
    """A figure before and after: ``64% (382 of 601) → 63% (381 of 601)``."""
    old, new = change.old, change.new
    told = f"{with_base(old)} → {with_base(new)}"
    if old is None or new is None:
        return told
    if old.value != new.value and with_base(old) == with_base(new):
        told += f", exactly {old.value} → {new.value}"
    if old.result.set_aside != new.result.set_aside:
        told += f", set aside {old.result.set_aside:,} → {new.result.set_aside:,}"
    if old.previous != new.previous:
        told += f", last period's {old.previous_shown} → {new.previous_shown}"
    return told


def with_base(entry: Entry | None) -> str:
    """A value with the counts behind it, if it was there."""
    return "not there" if entry is None else entry.in_full


def how(move: Move, figure: Figure) -> str:
    """How a record moved in a figure: "out of the numerator, into those set aside"."""
    called = _CALLED.get(type(figure.measure), _SHARED) | {Part.SET_ASIDE: "those set aside"}
    left = [called[part] for part in move.before if part not in move.after]
    came = [called[part] for part in move.after if part not in move.before]
    said = [
        f"{way} {' and '.join(parts)}" for way, parts in (("out of", left), ("into", came)) if parts
    ]
    return ", ".join(said) or "changed"

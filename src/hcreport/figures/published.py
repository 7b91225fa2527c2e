"""Totals that settings type from what was published, held against what the records come to.

A figure is counted from records wherever there are any; a total typed beside them is then a second
account of the same thing, and where the two differ somebody has to look.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hcreport.figures.algebra import Typed, Unit
from hcreport.figures.shown import show
from hcreport.problems import Place, Problem, Rule, Severity
from hcreport.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hcreport.figures.algebra import Figure
    from hcreport.figures.ledger import Entry, Ledger
    from hcreport.figures.selection import Group

DIFFERS = Rule(
    "X131",
    Severity.WARNING,
    "A typed total differs from what the records come to",
    "The report prints what the records come to. Correct the total in report.toml or take it out, "
    "or correct the records.",
)
RULES = (DIFFERS,)


def differences(ledger: Ledger, figures: Mapping[str, Figure]) -> Iterator[Problem]:
    """A warning for each typed number that the records contradict, part by part."""
    counted = {(entry.id, entry.group): entry for entry in ledger.entries}
    for figure in figures.values():
        typed = figure.instead.measure if figure.instead else None
        if not isinstance(typed, Typed):
            continue
        if isinstance(counted[figure.id, ()].figure.measure, Typed):
            continue
        for group, number in typed.numbers:
            entry = counted.get((figure.id, group))
            theirs = _counts(entry) if entry else (0, 0)
            ours = (number, dict(typed.over).get(group, theirs[1]))
            if ours != theirs:
                yield _differing(figure, group, ours, theirs)


def _counts(entry: Entry) -> tuple[int, int]:
    """What a figure counted, or added up, and over how much."""
    over, under = entry.result.numerator, entry.result.denominator
    return entry.count if over is None else over, under or 0


def _differing(
    figure: Figure, group: Group, ours: tuple[int, int], theirs: tuple[int, int]
) -> Problem:
    named = ", ".join(label for _, label in group)
    where = f" for {named}" if named else ""
    typed, counted = (_said(figure, counts) for counts in (ours, theirs))
    message = f"{typed} typed{where}, and {counted} counted from the records"
    return Problem(DIFFERS, Place(SETTINGS, heading=figure.id), message)


def _said(figure: Figure, counts: tuple[int, int]) -> str:
    if figure.unit is Unit.SHARE:
        return f"{counts[0]:,} of {counts[1]:,}"
    return show(Fraction(counts[0]), figure.unit)

"""Last period's figures, as another ledger or somebody's typing gives them to this one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hcreport.figures.algebra import PENCE, Unit
from hcreport.problems import CannotRun, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from hcreport.figures.algebra import Figure
    from hcreport.figures.ledger import Entry, Ledger
    from hcreport.figures.selection import Group


def typed_previous(
    figures: Mapping[str, Figure], typed: Mapping[str, Decimal]
) -> dict[tuple[str, Group], Fraction]:
    """Last period's figures as settings type them: money in pounds, shares from 0 to 1.

    Raises CannotRun when there is no such figure.
    """
    found: dict[tuple[str, Group], Fraction] = {}
    for name, value in typed.items():
        if name not in figures:
            near = did_you_mean(name, figures)
            hint = near or "docs/figures.md lists every figure."
            raise CannotRun(f"report.toml: previous.figures: there is no figure {name}.", hint)
        unit = figures[name].unit
        if unit is Unit.SHARE and not 0 <= value <= 1:
            raise CannotRun(
                f"report.toml: previous.figures: {name} is {value}, and a share is from 0 to 1.",
                f"Write {value / 100} for {value}%.",
            )
        found[name, ()] = Fraction(value) * (PENCE if unit is Unit.GBP else 1)
    return found


def as_previous(ledger: Ledger) -> dict[tuple[str, Group], Fraction]:
    """The values of a ledger of the period before. Labels match whatever their capitals."""
    return {year_on_year(e): e.value for e in ledger.entries if e.value is not None}


def year_on_year(entry: Entry) -> tuple[str, Group]:
    """What one period's entry shares with the next's."""
    return entry.id, folded(entry.group)


def folded(group: Group) -> Group:
    """A group whose labels match whatever their capitals."""
    return tuple((key, value.casefold()) for key, value in group)

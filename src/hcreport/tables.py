"""What a table is: cells that were worded by the ledger, under one row of headings.

Tables hold no empty cells, no merged cells and one header row, so that a screen reader can
follow them and a spreadsheet can hold them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from hcreport.figures.algebra import Unit
from hcreport.figures.shown import WITHHELD, in_pence, places
from hcreport.records import as_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcreport.figures.ledger import Entry


# What stands for a rate where there was nothing to divide by.
NOTHING = "none"


@dataclass(frozen=True)
class Cell:
    """What a cell shows, and behind it for the workbook a value, and its share of a whole.

    ``withheld`` says that a missing value or share is withheld, and not that there is none.
    """

    text: str
    value: Fraction | None = None
    unit: Unit | None = None
    decimals: int = 0
    share: Fraction | None = None
    withheld: bool = False

    @property
    def is_number(self) -> bool:
        """Whether the cell holds a number (or says that there is none)."""
        return self.unit is not None


@dataclass(frozen=True)
class Absent:
    """A table that cannot be made. ``reason`` is printed in its place, if the text gives none.

    ``not_supplied`` names what a landlord must supply and has not: the reason then stands in a
    box, and ``build`` says so too.
    """

    reason: str = ""
    not_supplied: str = ""


@dataclass(frozen=True)
class Table:
    """A table: ``title`` is its caption, and ``note`` stands under it.

    One that ``is_wide`` holds so much text that a report shows it on pages on their side.
    """

    id: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    has_total: bool = False
    note: str = ""
    is_wide: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.headings):
                raise ValueError(f"{self.id}: a row of {len(row)} under {len(self.headings)}")
        columns = [_evenly(column) for column in zip(*self.rows, strict=True)]
        object.__setattr__(self, "rows", tuple(zip(*columns, strict=True)))
        object.__setattr__(self, "headings", tuple(map(as_label, self.headings)))

    def is_number(self, column: int) -> bool:
        """Whether a column holds numbers, and so is set to the right."""
        return any(row[column].is_number for row in self.rows)


def words(text: str) -> Cell:
    """A cell of words."""
    return Cell(as_label(text))


def _evenly(column: Sequence[Cell]) -> list[Cell]:
    """A column's cells, each sum with its pence where any has them."""
    sums = [c for c in column if c.unit is Unit.GBP and c.value is not None]
    if not any(places(c.value or Fraction(0), Unit.GBP) for c in sums):
        return list(column)
    return [
        replace(c, text=in_pence(c.value)) if c in sums and c.value is not None else c
        for c in column
    ]


def number(entry: Entry) -> Cell:
    """A figure's value."""
    figure = entry.figure
    withheld = entry.suppressed
    return Cell(entry.shown, entry.value, figure.unit, figure.decimals, withheld=withheld)


def previous(entry: Entry) -> Cell:
    """Last period's value."""
    figure = entry.figure
    withheld = entry.previous_shown == WITHHELD
    return Cell(
        entry.previous_shown, entry.previous, figure.unit, figure.decimals, withheld=withheld
    )


def change(entry: Entry) -> Cell:
    """How far a value moved: relative, or in percentage points for shares."""
    unit = Unit.SCORE if entry.figure.unit is Unit.SCORE else Unit.SHARE
    return Cell(entry.change_brief, entry.change, unit, withheld=entry.change_brief == WITHHELD)


def share(entry: Entry) -> Cell:
    """A count's share of its whole."""
    return Cell(entry.share_shown, entry.share, Unit.SHARE, withheld=entry.share_is_withheld)


def with_base(entry: Entry) -> Cell:
    """A rate with the counts behind it: "64% (382 of 601)"; the rate alone where it has none.

    Where there was nothing to divide by it says so.
    """
    cell = number(entry)
    if entry.suppressed or not entry.result.denominator:
        is_empty = entry.result.denominator == 0 and not entry.suppressed
        return replace(cell, text=NOTHING) if is_empty else cell
    return replace(cell, text=f"{entry.shown} ({entry.base})")


def with_share(entry: Entry) -> Cell:
    """A count with its share beside it: "71 (53%)"; the count alone where there is no whole."""
    alone = entry.suppressed or (entry.share is None and not entry.share_is_withheld)
    shown = entry.shown if alone else f"{entry.shown} ({entry.share_shown})"
    withheld = entry.share_is_withheld
    return Cell(shown, entry.value, entry.figure.unit, share=entry.share, withheld=withheld)

"""Which rows the panels share, and which number is drawn at full length."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcreport.charts import Bar, Panel

# A label with its occurrence in the panel: a label that comes twice makes two rows.
RowKey: TypeAlias = tuple[str, int]

_POUNDS = "£"


def keyed(bars: Iterable[Bar]) -> dict[RowKey, Bar]:
    """Index a panel's bars by the row they belong to."""
    seen: Counter[str] = Counter()
    rows: dict[RowKey, Bar] = {}
    for bar in bars:
        rows[bar.label, seen[bar.label]] = bar
        seen[bar.label] += 1
    return rows


def shared_rows(panels: Iterable[Panel]) -> tuple[RowKey, ...]:
    """List the rows of all panels, in order of first appearance."""
    return tuple(dict.fromkeys(key for panel in panels for key in keyed(panel.bars)))


def unit(panel: Panel) -> str:
    """Tell amounts of money from counts: only panels of one unit share a scale."""
    return _POUNDS if any(bar.shown.startswith(_POUNDS) for bar in panel.bars) else ""


def peaks(panels: Iterable[Panel]) -> dict[str, Fraction]:
    """Give the largest value of each unit."""
    largest: dict[str, Fraction] = {}
    for panel in panels:
        values = [bar.value for bar in panel.bars if bar.value is not None]
        largest[unit(panel)] = max(largest.get(unit(panel), Fraction(0)), *values, Fraction(0))
    return largest


def share(value: Fraction | None, whole: Fraction) -> float:
    """Give a value as a part of the whole, from 0 to 1; no value and no whole give 0."""
    # The division stays exact until the end: even values too large for a float can be drawn.
    return float(min(max(value / whole, Fraction(0)), Fraction(1))) if value and whole else 0.0

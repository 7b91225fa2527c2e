"""Vertical columns, such as one per month: panels one above another that share their labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from hcreport.drawing.scale import keyed, peaks, share, shared_rows, unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from hcreport.charts import Bar, Chart, Panel
    from hcreport.drawing.scale import RowKey
    from hcreport.drawing.sheet import Sheet

_FULL_HEIGHT = 96.0
_WIDEST_PITCH = 64.0
_COLUMN_SHARE = 0.7
_SLIVER = 1.0
_TEXT_GAP = 3.0
_AIR = 2.0
_HEADING_GAP = 6.0
_PANEL_GAP = 12.0
_MONTH_AND_YEAR = re.compile(r"(?P<name>.*\S)\s+(?P<year>\d{4})")


@dataclass(frozen=True)
class _Band:
    """The columns that stand beside one another; more than fit go to a further band."""

    keys: tuple[RowKey, ...]
    pitch: float
    peaks: dict[str, Fraction]

    def centre(self, place: int) -> float:
        """Give the middle of the column at this place."""
        return (place + 0.5) * self.pitch

    def height(self, panel: Panel, bar: Bar) -> float:
        """Give how high a column is drawn; one too small to see still leaves a sliver."""
        height = share(bar.value, self.peaks[unit(panel)]) * _FULL_HEIGHT
        return max(height, _SLIVER) if bar.value and bar.value > 0 else 0.0


def draw_columns(sheet: Sheet, chart: Chart) -> float:
    """Draw a chart of columns and give the height it took."""
    keys = shared_rows(chart.panels)
    pitch = min(_needed_pitch(sheet, chart.panels, keys), sheet.width)
    bands = ceil(len(keys) / int(sheet.width / pitch))
    per_band = ceil(len(keys) / bands)
    # A few columns alone stay slim; bands that follow one another fill the width.
    widest = max(_WIDEST_PITCH, pitch) if bands == 1 else sheet.width
    pitch = min(sheet.width / per_band, widest)
    bottom = 0.0
    for first in range(0, len(keys), per_band):
        band = _Band(keys[first : first + per_band], pitch, peaks(chart.panels))
        bottom += _PANEL_GAP if first else 0.0
        for number, panel in enumerate(chart.panels):
            bottom = _draw_panel(sheet, band, panel, bottom + (_PANEL_GAP if number else 0.0))
        bottom = _draw_labels(sheet, band, bottom + _TEXT_GAP)
    return bottom


def _needed_pitch(sheet: Sheet, panels: Sequence[Panel], keys: Sequence[RowKey]) -> float:
    """Give the least distance between columns at which no two texts touch."""
    letters = sheet.letters
    texts = [bar.shown for panel in panels for bar in panel.bars]
    texts += [_parted(label)[0] for label, _ in keys]
    needed = max(letters.longest_word(text) for text in texts)
    # A year is written once and may run on under the months that follow in the same year.
    for year, months in _year_runs(keys):
        needed = max(needed, letters.width(year) / len(months))
    return needed + _AIR


def _parted(label: str) -> tuple[str, str]:
    """Part a label such as "Apr 2023" into month and year; another label has no year."""
    match = _MONTH_AND_YEAR.fullmatch(label)
    return (match["name"], match["year"]) if match else (label, "")


def _year_runs(keys: Sequence[RowKey]) -> list[tuple[str, list[int]]]:
    """List each year with the places of the months that follow one another in it."""
    runs = groupby(range(len(keys)), key=lambda place: _parted(keys[place][0])[1])
    return [(year, list(places)) for year, places in runs]


def _draw_panel(sheet: Sheet, band: _Band, panel: Panel, top: float) -> float:
    """Draw one panel's columns and give the height of its baseline."""
    heading = sheet.letters.block(panel.title, sheet.width, heading=True)
    sheet.write(heading, 0.0, top + heading.height / 2)
    rows = keyed(panel.bars)
    bars = [(place, rows[key]) for place, key in enumerate(band.keys) if key in rows]
    values = [sheet.letters.block(bar.shown, band.pitch) for _, bar in bars]
    columns = [
        (band.centre(place), band.height(panel, bar), bar, value)
        for (place, bar), value in zip(bars, values, strict=True)
    ]
    # The panel is only as high as its own highest column, so that all panels of one unit
    # can share a scale without leaving empty ground above the small ones.
    tallest = max((height + value.height for _, height, _, value in columns), default=0.0)
    base = top + heading.height + (_HEADING_GAP if heading.lines else 0.0) + tallest + _TEXT_GAP
    width = band.pitch * _COLUMN_SHARE
    style = sheet.style
    for centre, height, bar, value in columns:
        if height:
            fill = style.comparison if bar.muted else style.main
            sheet.bar(centre - width / 2, base - height, width, height, fill)
        middle = base - height - _TEXT_GAP - value.height / 2
        colour = style.muted_text if bar.muted or bar.value is None else style.ink
        sheet.write(value, centre, middle, align="center", colour=colour)
    sheet.rule((0.0, base), (band.pitch * len(band.keys), base))
    return base


def _draw_labels(sheet: Sheet, band: _Band, top: float) -> float:
    """Write the months below the columns, each year once below its first month."""
    months = [sheet.letters.block(_parted(label)[0], band.pitch) for label, _ in band.keys]
    bottom = top + max(block.height for block in months)
    for place, block in enumerate(months):
        sheet.write(block, band.centre(place), top + block.height / 2, align="center")
    years = [
        (sheet.letters.block(year, band.pitch * len(places)), places[0])
        for year, places in _year_runs(band.keys)
    ]
    for block, place in years:
        # Flush with the month above where that is the wider, else with the column's ground.
        left = band.centre(place) - min(max(months[place].width, block.width), band.pitch) / 2
        sheet.write(block, left, bottom + block.height / 2, colour=sheet.style.muted_text)
    return bottom + max(block.height for block, _ in years)

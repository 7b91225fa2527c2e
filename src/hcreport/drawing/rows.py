"""Horizontal bars, from zero or along a track: panels side by side that share their rows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from hcreport.charts import Kind
from hcreport.drawing.scale import keyed, peaks, share, shared_rows, unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcreport.charts import Bar, Chart, Panel
    from hcreport.drawing.sheet import Sheet

_LEAST_ROW = 22.0
_ROW_AIR = 8.0
_THICKNESS = 14.0
_SLIVER = 1.0
_LABEL_GAP = 10.0
_VALUE_GAP = 5.0
_GUTTER = 18.0
_HEADING_GAP = 5.0
_LINE_GAP = 16.0
# How much of the width the labels may take when so many panels stand side by side.
_LABEL_SHARE = {1: 0.42, 2: 0.36, 3: 0.29}
_MOST_PER_LINE = 3
_MOST_LINES = 3
# Four panels make two lines of two: better than a line of three and one left over.
_FOUR = 4
# Panels stand side by side only while the longest bar can be at least this long.
_LEAST_REACH = {Kind.BARS: 38.0, Kind.TRACKS: 54.0}


@dataclass(frozen=True)
class _Frame:
    """Where the panels of a chart stand, and how wide their texts may be."""

    kind: Kind
    per_line: int
    label_limit: float
    indent: float
    pane_width: float

    @property
    def value_limit(self) -> float:
        """Give the width that the text beside a bar may take."""
        return self.pane_width - _VALUE_GAP - _LEAST_REACH[self.kind]

    def left(self, place: int) -> float:
        """Give the zero line of the panel at this place in its line."""
        return self.indent + place * (self.pane_width + _GUTTER)


@dataclass(frozen=True)
class _Scale:
    """For each unit, the number drawn at full length and how long that is."""

    peaks: dict[str, Fraction]
    reach: dict[str, float]

    def length(self, panel: Panel, bar: Bar) -> float:
        """Give how long a bar is drawn; a number too small to see still leaves a sliver."""
        length = share(bar.value, self.peaks[unit(panel)]) * self.reach[unit(panel)]
        return max(length, _SLIVER) if bar.value and bar.value > 0 else 0.0


def draw_rows(sheet: Sheet, chart: Chart) -> float:
    """Draw a chart of bars or tracks and give the height it took."""
    frame = _frame(sheet, chart)
    scale = _scale(sheet, chart, frame)
    bottom = 0.0
    for first in range(0, len(chart.panels), frame.per_line):
        panels = chart.panels[first : first + frame.per_line]
        top = bottom + (_LINE_GAP if first else 0.0)
        top = _draw_headings(sheet, frame, panels, top)
        bottom = _draw_line(sheet, (frame, scale), panels, top)
    return bottom


def _frame(sheet: Sheet, chart: Chart) -> _Frame:
    """Put as many panels side by side as leave room for their labels, bars and values."""
    count = len(chart.panels)
    bars = [bar for panel in chart.panels for bar in panel.bars]
    widest = max(sheet.letters.width(bar.shown) for bar in bars)
    for per_line in (2,) if count == _FOUR else range(min(count, _MOST_PER_LINE), 1, -1):
        frame = _frame_of(sheet, chart, per_line)
        labels = [sheet.letters.block(bar.label, frame.label_limit) for bar in bars]
        if widest <= frame.value_limit and all(len(b.lines) <= _MOST_LINES for b in labels):
            return frame
    return _frame_of(sheet, chart, 1)


def _frame_of(sheet: Sheet, chart: Chart, per_line: int) -> _Frame:
    """Share the width between the labels and this many panels."""
    limit = _LABEL_SHARE[per_line] * sheet.width
    labels = [bar.label for panel in chart.panels for bar in panel.bars]
    width = max(sheet.letters.block(label, limit).width for label in labels)
    indent = width + _LABEL_GAP if width else 0.0
    pane_width = (sheet.width - indent + _GUTTER) / per_line - _GUTTER
    return _Frame(chart.kind, per_line, limit, indent, pane_width)


def _scale(sheet: Sheet, chart: Chart, frame: _Frame) -> _Scale:
    """Draw each unit's longest bar as long as leaves room for the value of every bar."""
    tracks = frame.kind is Kind.TRACKS
    tops = peaks(chart.panels)
    if tracks:
        # Each number is a share of one whole, and the track stands for the whole.
        tops = dict.fromkeys(tops, Fraction(1))
    reach = dict.fromkeys(tops, frame.pane_width)
    for panel in chart.panels:
        for bar in panel.bars:
            part = 1.0 if tracks else share(bar.value, tops[unit(panel)])
            if part:
                value = sheet.letters.block(bar.shown, frame.value_limit)
                room = frame.pane_width - _VALUE_GAP - value.width
                reach[unit(panel)] = min(reach[unit(panel)], room / part)
    if tracks:
        reach = dict.fromkeys(reach, min(reach.values()))
    return _Scale(tops, reach)


def _draw_headings(sheet: Sheet, frame: _Frame, panels: Sequence[Panel], top: float) -> float:
    """Write the headings of a line of panels and give the height at which its rows start."""
    # A panel that has the line to itself is headed at the margin, above its labels.
    alone = frame.per_line == 1
    limit = sheet.width if alone else frame.pane_width
    blocks = [sheet.letters.block(panel.title, limit, heading=True) for panel in panels]
    bottom = top + max(block.height for block in blocks)
    for place, block in enumerate(blocks):
        sheet.write(block, 0.0 if alone else frame.left(place), bottom - block.height / 2)
    return bottom + _HEADING_GAP if bottom > top else top


def _draw_line(
    sheet: Sheet, plan: tuple[_Frame, _Scale], panels: Sequence[Panel], top: float
) -> float:
    """Draw the rows of panels that stand side by side and give their lower end."""
    frame = plan[0]
    columns = [keyed(panel.bars) for panel in panels]
    bottom = top
    for key in shared_rows(panels):
        label = sheet.letters.block(key[0], frame.label_limit)
        bars = [column.get(key) for column in columns]
        values = [
            sheet.letters.block(bar.shown, frame.value_limit) if bar else None for bar in bars
        ]
        tallest = max(block.height for block in (label, *values) if block)
        height = max(_LEAST_ROW, tallest + _ROW_AIR)
        middle = bottom + height / 2
        sheet.write(label, 0.0, middle)
        for place, (panel, bar, value) in enumerate(zip(panels, bars, values, strict=True)):
            if bar and value:
                end = _draw_bar(sheet, plan, (panel, bar), (frame.left(place), middle))
                faint = bar.muted or bar.value is None
                colour = sheet.style.muted_text if faint else sheet.style.ink
                sheet.write(value, end + _VALUE_GAP, middle, colour=colour)
        bottom += height
    if frame.kind is Kind.BARS:
        for place, panel in enumerate(panels):
            if panel.bars:
                left = frame.left(place)
                sheet.rule((left, top), (left, bottom))
    return bottom


def _draw_bar(
    sheet: Sheet,
    plan: tuple[_Frame, _Scale],
    item: tuple[Panel, Bar],
    start: tuple[float, float],
) -> float:
    """Draw one bar, along its track if it has one, and give where its value may follow."""
    (frame, scale), (panel, bar), (left, middle) = plan, item, start
    style, top = sheet.style, middle - _THICKNESS / 2
    length = end = scale.length(panel, bar)
    if frame.kind is Kind.TRACKS and bar.value is not None:
        end = scale.reach[unit(panel)]
        sheet.bar(left, top, end, _THICKNESS, style.track)
    if length:
        sheet.bar(left, top, length, _THICKNESS, style.comparison if bar.muted else style.main)
    return left + end

"""Bars of 100% cut into parts that are named and labelled where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from hcreport.drawing.scale import share

if TYPE_CHECKING:
    from hcreport.charts import Bar, Chart, Panel, Stack
    from hcreport.drawing.lettering import Block
    from hcreport.drawing.sheet import Sheet
    from hcreport.drawing.style import Fill

_LEAST_ROW = 28.0
_ROW_AIR = 8.0
_THICKNESS = 20.0
_SEPARATOR = 1.5
_SLIVER = 1.5
_LABEL_GAP = 10.0
_VALUE_GAP = 6.0
_INNER_AIR = 4.5
_PATCH_AIR = 6.0
_NAME_GAP = 6.0
_HEADING_GAP = 4.0
_PANEL_GAP = 16.0
# Labels are kept narrow, for the bars; only very long ones are given more room.
_LABEL_SHARES = (0.27, 0.38)
_MOST_LINES = 3
_REST_SHARE = 0.3
_SWATCH = (14.0, 10.0)
_SWATCH_GAP = 4.0
_KEY_GAP = 16.0
_KEY_LEADING = 17.0
_KEY_BELOW = 8.0
_NONE = "none"


@dataclass(frozen=True)
class _Part:
    """A part where it lies on its bar; ``inside`` tells whether it holds its own text."""

    bar: Bar
    fill: Fill
    left: float
    right: float
    inside: bool


@dataclass(frozen=True)
class _Entry:
    """A text that a swatch ties to its part, in the key or at the end of a bar."""

    fill: Fill | None
    text: Block

    @property
    def indent(self) -> float:
        """Give the room that the swatch takes before the text."""
        return _SWATCH[0] + _SWATCH_GAP if self.fill else 0.0

    @property
    def width(self) -> float:
        """Give the width of swatch and text together."""
        return self.indent + self.text.width

    def draw(self, sheet: Sheet, x: float, middle: float) -> None:
        """Draw the swatch and write the text after it."""
        if self.fill:
            sheet.bar(x, middle - _SWATCH[1] / 2, *_SWATCH, self.fill)
        sheet.write(self.text, x + self.indent, middle)


@dataclass(frozen=True)
class _Plan:
    """The measures that all rows of a chart share."""

    fills: dict[str, Fill]
    label_limit: float
    left: float
    right: float
    rest_limit: float


def draw_stacks(sheet: Sheet, chart: Chart) -> float:
    """Draw a chart of stacked bars and give the height it took."""
    plan = _plan(sheet, chart)
    # Names stand above the parts only if they do so in every panel: one way to read a chart.
    named = all(_names_fit(sheet, plan, panel) for panel in chart.panels)
    bottom = 0.0 if named else _draw_key(sheet, plan)
    for number, panel in enumerate(chart.panels):
        top = bottom + (_PANEL_GAP if number else 0.0)
        heading = sheet.letters.block(panel.title, sheet.width, heading=True)
        sheet.write(heading, 0.0, top + heading.height / 2)
        bottom = top + heading.height + (_HEADING_GAP if heading.lines else 0.0)
        if named:
            bottom = _draw_names(sheet, plan, panel, bottom)
        for stack in panel.stacks:
            bottom = _draw_row(sheet, plan, stack, bottom)
    return bottom


def _plan(sheet: Sheet, chart: Chart) -> _Plan:
    """Share the width between labels, bars and the texts of parts too narrow for them."""
    stacks = [stack for panel in chart.panels for stack in panel.stacks]
    names = dict.fromkeys(part.label for stack in stacks for part in stack.parts)
    colours = sheet.style.parts
    fills = {name: colours[place % len(colours)] for place, name in enumerate(names)}
    label_limit, rest_limit = _label_limit(sheet, stacks), _REST_SHARE * sheet.width
    labels = [sheet.letters.block(stack.label, label_limit) for stack in stacks]
    width = max(label.width for label in labels)
    left = width + _LABEL_GAP if width else 0.0
    plan = _Plan(fills, label_limit, left, sheet.width, rest_limit)
    # A shorter bar can make more parts too narrow, so this repeats until nothing changes.
    while True:
        rests = [_rest_width(sheet, plan, stack) for stack in stacks]
        right = sheet.width - max(rests)
        if right >= plan.right:
            return plan
        plan = _Plan(fills, label_limit, left, right, rest_limit)


def _label_limit(sheet: Sheet, stacks: list[Stack]) -> float:
    """Give the width to which the rows' labels are wrapped."""
    narrow, wide = (part * sheet.width for part in _LABEL_SHARES)
    labels = (sheet.letters.block(stack.label, narrow) for stack in stacks)
    return narrow if all(len(label.lines) <= _MOST_LINES for label in labels) else wide


def _drawn(stack: Stack) -> list[tuple[Bar, Fraction]]:
    """List the parts that a bar is cut into; a part of zero is not one of them."""
    return [(part, part.value) for part in stack.parts if part.value and part.value > 0]


def _parts(sheet: Sheet, plan: _Plan, stack: Stack) -> list[_Part]:
    """Lay out the parts of a bar from left to right."""
    whole = sum((value for _, value in _drawn(stack)), Fraction(0))
    before, placed = Fraction(0), []
    length = plan.right - plan.left
    for bar, value in _drawn(stack):
        left = plan.left + share(before, whole) * length
        before += value
        right = plan.left + share(before, whole) * length
        fill = plan.fills[bar.label]
        air = _PATCH_AIR if fill.hatch else _INNER_AIR
        inside = sheet.letters.width(bar.shown) + 2 * air + _SEPARATOR <= right - left
        placed.append(_Part(bar, fill, left, right, inside))
    return placed


def _rest(sheet: Sheet, plan: _Plan, stack: Stack) -> list[_Entry]:
    """List what does not stand inside a bar: narrow parts, and parts without a number."""
    parts = _parts(sheet, plan, stack)
    rest = [
        _Entry(part.fill, sheet.letters.block(part.bar.shown, plan.rest_limit))
        for part in parts
        if not part.inside
    ]
    if parts:
        rest += [
            _Entry(None, sheet.letters.block(f"{bar.label}: {bar.shown}", plan.rest_limit))
            for bar in stack.parts
            if bar.value is None
        ]
    return rest


def _rest_width(sheet: Sheet, plan: _Plan, stack: Stack) -> float:
    widths = [entry.width for entry in _rest(sheet, plan, stack)]
    return max(widths) + _VALUE_GAP if widths else 0.0


def _draw_row(sheet: Sheet, plan: _Plan, stack: Stack, top: float) -> float:
    """Draw one labelled bar and give its lower end."""
    label = sheet.letters.block(stack.label, plan.label_limit)
    rest = _rest(sheet, plan, stack)
    rest_height = sum(entry.text.height for entry in rest)
    height = max(_LEAST_ROW, label.height + _ROW_AIR, rest_height + _ROW_AIR)
    middle = top + height / 2
    sheet.write(label, 0.0, middle)
    parts = _parts(sheet, plan, stack)
    for part in parts:
        _draw_part(sheet, part, middle)
    if not parts:
        _draw_empty(sheet, plan, stack, middle)
    below = middle - rest_height / 2
    for entry in rest:
        entry.draw(sheet, plan.right + _VALUE_GAP, below + entry.text.height / 2)
        below += entry.text.height
    return top + height


def _draw_part(sheet: Sheet, part: _Part, middle: float) -> None:
    """Draw one part, with white on either side of it, and its text if it holds that."""
    left = part.left + _SEPARATOR / 2
    width = max(part.right - part.left - _SEPARATOR, _SLIVER)
    sheet.bar(left, middle - _THICKNESS / 2, width, _THICKNESS, part.fill)
    if not part.inside:
        return
    block = sheet.letters.block(part.bar.shown, part.right - part.left)
    if part.fill.hatch:
        sheet.patch(left + _PATCH_AIR, middle, block)
        sheet.write(block, left + _PATCH_AIR, middle)
    else:
        colour = sheet.style.text_on(part.fill)
        sheet.write(block, left + _INNER_AIR, middle, colour=colour)


def _draw_empty(sheet: Sheet, plan: _Plan, stack: Stack, middle: float) -> None:
    """Say in the place of a bar that there is none, in the ledger's words if it has any."""
    words = next((bar.shown for bar in stack.parts if bar.value is None), _NONE)
    block = sheet.letters.block(words, plan.right - plan.left)
    sheet.write(block, plan.left, middle, colour=sheet.style.muted_text)


def _names_fit(sheet: Sheet, plan: _Plan, panel: Panel) -> bool:
    """Tell whether all names a panel needs can stand above the parts of its first row."""
    needed = {bar.label for stack in panel.stacks for bar, _ in _drawn(stack)}
    above = _parts(sheet, plan, panel.stacks[0]) if panel.stacks else []
    return needed == {part.bar.label for part in above} and all(
        part.left + sheet.letters.width(part.bar.label) + _NAME_GAP <= part.right for part in above
    )


def _draw_names(sheet: Sheet, plan: _Plan, panel: Panel, top: float) -> float:
    """Write the names of a panel's parts above its first bar."""
    bottom = top
    for part in _parts(sheet, plan, panel.stacks[0]) if panel.stacks else ():
        name = sheet.letters.block(part.bar.label, part.right - part.left)
        bottom = top + name.height
        colour = sheet.style.muted_text
        sheet.write(name, part.left + _SEPARATOR / 2, top + name.height / 2, colour=colour)
    return bottom


def _draw_key(sheet: Sheet, plan: _Plan) -> float:
    """Write the names of the parts beside swatches, on as many lines as they need."""
    x = bottom = 0.0
    line = _KEY_LEADING
    for name, fill in plan.fills.items():
        entry = _Entry(fill, sheet.letters.block(name, sheet.width / 2))
        if x and x + entry.width > sheet.width:
            x, bottom, line = 0.0, bottom + line, _KEY_LEADING
        line = max(line, entry.text.height)
        entry.draw(sheet, x, bottom + entry.text.height / 2)
        x += entry.width + _KEY_GAP
    return bottom + line + _KEY_BELOW

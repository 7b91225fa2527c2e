"""The sheet a chart is drawn on: shapes and text placed in points from the top left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from hcreport.colours import WHITE
from hcreport.drawing.lettering import Lettering

if TYPE_CHECKING:
    from matplotlib.artist import Artist

    from hcreport.drawing.lettering import Block
    from hcreport.drawing.style import Fill, Style

_POINTS_PER_INCH = 72
# Keeps outlines and the overhang of letters inside the picture.
_MARGIN = 2.0
# Half of Lato's capital height: the baseline lies this far below the middle of a line.
_HALF_CAPITAL = 0.36
_OUTLINE = 0.8
_HATCH_LINE = 0.6
_PATCH_PAD = 3.0


class Sheet:
    """Collects what is drawn; :meth:`figure` then cuts the sheet to its height."""

    def __init__(self, style: Style) -> None:
        """Start an empty sheet as wide as the style says."""
        self.style = style
        self.letters = Lettering(style)
        self.width = style.width_inches * _POINTS_PER_INCH - 2 * _MARGIN
        self._artists: list[Artist] = []
        # Shared by all artists and set once the height is known.
        self._to_pixels = Affine2D()

    def bar(self, x: float, y: float, width: float, height: float, fill: Fill) -> None:
        """Draw a rectangle whose outline lies within it."""
        inset = min(_OUTLINE, width) / 2
        rectangle = Rectangle(
            (x + inset, y + inset),
            width - 2 * inset,
            height - 2 * inset,
            facecolor=fill.face,
            edgecolor=fill.line,
            linewidth=2 * inset,
            joinstyle="miter",
            hatch=fill.hatch or None,
        )
        rectangle.set_hatch_linewidth(_HATCH_LINE)
        self._add(rectangle)

    def rule(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw a thin straight line, such as the baseline at zero."""
        across, down = zip(start, end, strict=True)
        self._add(Line2D(across, down, color=self.style.baseline, linewidth=_OUTLINE))

    def patch(self, x: float, middle: float, block: Block) -> None:
        """Draw a plain rounded ground for a text that stands on a hatch."""
        corner = (x - _PATCH_PAD, middle - block.height / 2)
        size = (block.width + 2 * _PATCH_PAD, block.height)
        shape = "round,pad=0,rounding_size=3"
        self._add(FancyBboxPatch(corner, *size, boxstyle=shape, facecolor=WHITE, linewidth=0))

    def write(
        self,
        block: Block,
        x: float,
        middle: float,
        *,
        colour: str | None = None,
        align: Literal["left", "center", "right"] = "left",
    ) -> None:
        """Write a block of text about the height ``middle``, on the given side of ``x``."""
        size = self.letters.size(heading=block.heading)
        leading = block.height / max(len(block.lines), 1)
        baseline = middle - (len(block.lines) - 1) * leading / 2 + _HALF_CAPITAL * size
        for number, line in enumerate(block.lines):
            text = Text(
                x,
                baseline + number * leading,
                line,
                color=colour or self.style.ink,
                fontproperties=self.letters.font(line, heading=block.heading),
                horizontalalignment=align,
                verticalalignment="baseline",
                parse_math=False,
            )
            self._add(text)

    def figure(self, bottom: float) -> Figure:
        """Cut the sheet off below ``bottom`` and hand it over."""
        dpi = self.style.dpi
        height = bottom + 2 * _MARGIN
        scale = dpi / _POINTS_PER_INCH
        self._to_pixels.scale(1, -1).translate(_MARGIN, height - _MARGIN).scale(scale)
        figure = Figure(
            figsize=(self.style.width_inches, height / _POINTS_PER_INCH),
            dpi=dpi,
            facecolor=WHITE,
        )
        for artist in self._artists:
            figure.add_artist(artist)
        return figure

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._to_pixels)
        # Drawn in the order in which they are added, whatever their kind.
        artist.set_zorder(len(self._artists))
        self._artists.append(artist)

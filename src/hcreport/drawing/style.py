"""The look of the charts: colours, hatches and sizes, with the contrast they must keep."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import cycle, islice
from typing import TYPE_CHECKING

from hcreport.colours import BLACK, LETTERS, SHAPES, WHITE, contrast, mixed, within
from hcreport.look import COLOURS, FONT

if TYPE_CHECKING:
    from collections.abc import Sequence

# Contrasts with white. A tint is seen as pale and takes dark letters; its outline and its hatch
# stand out from it. Beside a colour as dark as `_DARK` the second plain one is the paler of the
# two, else the darker, by `_APART` at least.
_TINT, _PALE, _FAINT, _LINE = (1.35, 1.6), (1.12, 1.16), (1.1, 1.14), 5.0
_DARK, _APART = 6.0, 2.0
_USED, _WASHED = 6, 92


@dataclass(frozen=True)
class Fill:
    """How a shape is filled. ``line`` colours both its outline and its hatch."""

    face: str
    line: str
    hatch: str = ""


def plain(colour: str) -> Fill:
    """Give a fill of one colour, darkened if it would be lost on white."""
    seen = within(colour, SHAPES)
    return Fill(seen, seen)


def tint(colour: str, hatch: str) -> Fill:
    """Give a pale fill with a hatch of the same hue."""
    return Fill(within(plain(colour).face, *_TINT), within(colour, _LINE), hatch)


def wash(colour: str, contrasts: tuple[float, float]) -> str:
    """Give a colour thinned until it is nearly white: bright yellow would be glaring."""
    return within(mixed(plain(colour).face, WHITE, _WASHED), *contrasts)


def parts(colours: Sequence[str]) -> tuple[Fill, ...]:
    """Give eight fills that nobody takes for one another, whatever the colours are.

    No two fills differ by hue alone: any two differ clearly in lightness, in hatch, or in both, so
    a black-and-white print still reads, and so do six blues that are nearly one.
    """
    first, second, third, fourth, fifth, sixth = islice(cycle(colours), _USED)
    main = plain(first)
    dark = contrast(main.face, WHITE)
    apart = (SHAPES, dark / _APART) if dark >= _DARK else (dark * _APART, 21.0)
    other = within(third, *apart)
    return (
        main,
        tint(second, "////"),
        Fill(wash(first, _FAINT), "#5A6B7A"),
        Fill(other, within(other, LETTERS)),
        tint(fourth, "...."),
        Fill("#3D3D3D", "#8C8C8C", "----"),
        tint(fifth, "xxxx"),
        tint(sixth, "\\\\\\\\"),
    )


@dataclass(frozen=True)
class Style:
    """Everything about a chart's look that is a choice. The main colour stands first."""

    colours: tuple[str, ...] = COLOURS
    font: str = FONT
    ink: str = "#1B2733"
    muted_text: str = "#4A5A68"
    baseline: str = "#5A6B7A"
    text_size: float = 10.0
    heading_size: float = 10.5
    dpi: int = 200
    width_inches: float = 6.3

    @cached_property
    def main(self) -> Fill:
        """Give the fill of a bar."""
        return plain(self.colours[0])

    @cached_property
    def comparison(self) -> Fill:
        """Give the fill of what a bar is compared with: very pale, and hatched."""
        return Fill(wash(self.colours[0], _PALE), within(self.colours[0], _LINE), "////")

    @cached_property
    def track(self) -> Fill:
        """Give the fill of the whole that a bar is a share of."""
        return Fill(wash(self.colours[0], _FAINT), "#7C8B98")

    @cached_property
    def parts(self) -> tuple[Fill, ...]:
        """Give the fills of the parts of a bar."""
        return parts(self.colours)

    def text_on(self, fill: Fill) -> str:
        """Choose white or ink, whichever reads better on the fill; black where neither does."""
        best = max((WHITE, self.ink), key=lambda colour: contrast(colour, fill.face))
        return best if contrast(best, fill.face) >= LETTERS else BLACK

"""The look of the charts: colours, hatches and sizes, with the contrast they must keep."""

from __future__ import annotations

from dataclasses import dataclass

WHITE = "#FFFFFF"


@dataclass(frozen=True)
class Fill:
    """How a shape is filled. ``line`` colours both its outline and its hatch."""

    face: str
    line: str
    hatch: str = ""


@dataclass(frozen=True)
class Style:
    """Everything about a chart's look that is a choice.

    Colours are from the UK Government Analysis Function palette or are tints of it. No two
    fills differ by hue alone: neighbours differ in lightness, in hatch, or in both, so a
    black-and-white print still reads.
    """

    ink: str = "#1B2733"
    muted_text: str = "#4A5A68"
    baseline: str = "#5A6B7A"
    main: Fill = Fill("#12436D", "#12436D")
    comparison: Fill = Fill("#EAF1F7", "#12436D", "////")
    track: Fill = Fill("#EFF2F5", "#7C8B98")
    parts: tuple[Fill, ...] = (
        Fill("#12436D", "#12436D"),
        Fill("#A6DAD6", "#1B6F68", "////"),
        Fill("#EEF2F6", "#5A6B7A"),
        Fill("#F46A25", "#A33E0C"),
        Fill("#D9CBEE", "#5B3F91", "...."),
        Fill("#3D3D3D", "#3D3D3D"),
        Fill("#F9D3BF", "#A33E0C", "xxxx"),
        Fill("#BFDBF0", "#12436D", "\\\\\\\\"),
    )
    font: str = "Lato"
    text_size: float = 10.0
    heading_size: float = 10.5
    dpi: int = 200
    width_inches: float = 6.3

    def text_on(self, fill: Fill) -> str:
        """Choose white or ink, whichever reads better on the fill."""
        return max((WHITE, self.ink), key=lambda colour: contrast(colour, fill.face))


def contrast(first: str, second: str) -> float:
    """Give the WCAG contrast ratio of two ``#RRGGBB`` colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Give the relative luminance as WCAG 2.2 defines it."""
    weights = (0.2126, 0.7152, 0.0722)
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)  # noqa: PLR2004  (the standard's own numbers)
    return sum(weight * channel for weight, channel in zip(weights, linear, strict=True))

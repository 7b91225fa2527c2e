"""Colours as ``#RRGGBB``: how they stand out from one another, and the same hue darker or paler."""

from __future__ import annotations

WHITE, BLACK = "#FFFFFF", "#000000"
# What WCAG 2.2 asks of shapes and of letters beside what is behind them.
SHAPES, LETTERS = 3.0, 4.5
_STEPS = 100


def contrast(first: str, second: str) -> float:
    """Give the WCAG contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def within(colour: str, low: float, high: float = 21.0) -> str:
    """Give the colour, with as much black or white in it as brings it to a contrast with white.

    ``low`` and ``high`` bound that contrast, and must be far enough apart for a step of a
    hundredth. A colour that is there already stays as it is.
    """
    found = contrast(colour, WHITE)
    if low <= found <= high:
        return colour
    other = BLACK if found < low else WHITE
    steps = (mixed(colour, other, part) for part in range(1, _STEPS))
    return next((c for c in steps if low <= contrast(c, WHITE) <= high), other)


def mixed(colour: str, other: str, hundredths: int) -> str:
    """Give a colour with so many hundredths of another in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    parts = ((own * (_STEPS - hundredths) + more * hundredths) // _STEPS for own, more in pairs)
    return "#" + "".join(f"{part:02X}" for part in parts)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    """Give the relative luminance as WCAG 2.2 defines it."""
    weights = (0.2126, 0.7152, 0.0722)
    shares = (channel / 255 for channel in _channels(colour))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)  # noqa: PLR2004  (the standard's own numbers)
    return sum(weight * share for weight, share in zip(weights, linear, strict=True))

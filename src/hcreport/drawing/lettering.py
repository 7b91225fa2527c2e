"""Measures and wraps text, so that the layout is known before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

if TYPE_CHECKING:
    from hcreport.drawing.style import Style

# Lato's ascent and descent together are 1.2 of its size; lines this far apart never touch.
_LEADING = 1.22
_LATO_FILES = {False: "Lato-Regular.ttf", True: "Lato-Bold.ttf"}
# matplotlib brings this font along; it has the letters that Lato lacks, such as Welsh ones.
_FALLBACK = "DejaVu Sans"
_POINTS_PER_INCH = 72


@dataclass(frozen=True)
class Block:
    """Wrapped text with its measured size in points."""

    lines: tuple[str, ...]
    width: float
    height: float
    heading: bool = False


@dataclass(frozen=True)
class Lettering:
    """Sets text in the style's font. Headings are bold and a little larger."""

    style: Style

    def size(self, *, heading: bool = False) -> float:
        """Give the size in points."""
        return self.style.heading_size if heading else self.style.text_size

    def font(self, text: str, *, heading: bool = False) -> FontProperties:
        """Give the font for a text: the style's, or one that has all of its letters."""
        path = _font_path(self.style.font, bold=heading)
        if not _letters(path).issuperset(map(ord, text)):
            path = _font_path(_FALLBACK, bold=heading)
        return _font(path, self.size(heading=heading))

    def width(self, text: str, *, heading: bool = False) -> float:
        """Measure one line, in points, with white space as :meth:`block` writes it."""
        text = " ".join(text.split())
        font = self.font(text, heading=heading)
        pixels = _pixels(text, str(font.get_file()), self.size(heading=heading), self.style.dpi)
        return pixels * _POINTS_PER_INCH / self.style.dpi

    def block(self, text: str, limit: float, *, heading: bool = False) -> Block:
        """Wrap a text to lines no wider than the limit, and as even as that allows."""
        lines = self._even_lines(text, limit, heading=heading)
        width = max((self.width(line, heading=heading) for line in lines), default=0.0)
        height = len(lines) * self.size(heading=heading) * _LEADING
        return Block(lines, width, height, heading)

    def longest_word(self, text: str) -> float:
        """Measure the width below which a text cannot be wrapped without breaking a word."""
        return max((self.width(word) for word in text.split()), default=0.0)

    def _even_lines(self, text: str, limit: float, *, heading: bool) -> tuple[str, ...]:
        """Wrap to the narrowest measure that needs no more lines than the limit does."""
        best = self._lines(text, limit, heading=heading)
        low, high = limit / 2, limit
        if len(best) > 1:
            while high - low > 1:
                middle = (low + high) / 2
                lines = self._lines(text, middle, heading=heading)
                if len(lines) > len(best):
                    low = middle
                else:
                    best, high = lines, middle
        return best

    def _lines(self, text: str, limit: float, *, heading: bool) -> tuple[str, ...]:
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, heading=heading) <= limit:
                lines[-1] = longer
            else:
                lines.extend(self._pieces(word, limit, heading=heading))
        return tuple(lines)

    def _pieces(self, word: str, limit: float, *, heading: bool) -> list[str]:
        """Break a word that is wider than a whole line; any other stays in one piece."""
        pieces = [""]
        if self.width(word, heading=heading) <= limit:
            return [word]
        for letter in word:
            if pieces[-1] and self.width(pieces[-1] + letter, heading=heading) > limit:
                pieces.append("")
            pieces[-1] += letter
        return pieces


def is_installed(family: str) -> bool:
    """Tell whether this computer has a font of this name. Lato is brought along."""
    try:
        return family == "Lato" or bool(findfont(family, fallback_to_default=False))
    except ValueError:
        return False


@lru_cache
def _font_path(family: str, *, bold: bool) -> str:
    """Find the font's file. Lato comes from its package, so that all machines agree."""
    if family == "Lato":
        return str(files("font_lato") / "files" / _LATO_FILES[bold])
    return str(findfont(FontProperties(family=family, weight="bold" if bold else "normal")))


@lru_cache
def _font(path: str, size: float) -> FontProperties:
    """Make a font once: matplotlib takes its time over each."""
    return FontProperties(fname=path, size=size)


@lru_cache
def _letters(path: str) -> frozenset[int]:
    return frozenset(get_font(path).get_charmap())


@lru_cache(maxsize=4096)
def _pixels(text: str, path: str, size: float, dpi: int) -> float:
    font = get_font(path)
    font.clear()
    font.set_size(size, dpi)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    # FreeType counts in 64ths of a pixel.
    return font.get_width_height()[0] / 64

"""The colours in which a reader meets a Word file: letters, what is behind them, and lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.word import W, Word, style_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.word import Element

BLACK, WHITE = "000000", "FFFFFF"
POINT = 8  # eighths of a point, in which lines are measured
INK, FILL = (f"{W}rPr/{W}color", "val"), (f"{W}pPr/{W}shd", "fill")
CELL_FILL = (f"{W}tcPr/{W}shd", "fill")


@dataclass(frozen=True)
class Look:
    """How a Word file looks: the nearest of run, paragraph, cell and table has its way."""

    word: Word

    @cached_property
    def _styles(self) -> dict[str, Element]:
        found = self.word.part("word/styles.xml").iter(f"{W}style")
        return {str(style.get(f"{W}styleId")): style for style in found}

    def inks(self, story: Element) -> Iterator[tuple[str, str]]:
        """The colour of every letter of a story, with the colour behind it."""
        for paragraph in story.iter(f"{W}p"):
            around = list(self._around(paragraph))
            styles = list(self._chain(style_of(paragraph)))
            fill = first([paragraph, *styles], *FILL) or first(around, *CELL_FILL) or WHITE
            for run in paragraph.iter(f"{W}r"):
                if run.find(f"{W}t") is not None:
                    own = run.find(f"{W}rPr/{W}rStyle")
                    named = [] if own is None else self._chain(own.get(f"{W}val", ""))
                    yield first([run, *named, *styles, *around], *INK) or BLACK, fill

    def lines(self) -> set[str]:
        """The colours of the lines of every style that are as thick as a point or more."""
        kinds = ("pBdr", "tblBorders", "tcBorders")
        return {
            str(line.get(f"{W}color"))
            for style in self._styles.values()
            for borders in style.iter(*(f"{W}{kind}" for kind in kinds))
            for line in borders
            if int(line.get(f"{W}sz", "0")) >= POINT and line.get(f"{W}color") not in {None, "auto"}
        }

    def _chain(self, style: str) -> Iterator[Element]:
        """A style and those it builds on."""
        while style in self._styles:
            yield self._styles[style]
            base = self._styles[style].find(f"{W}basedOn")
            style = "" if base is None else str(base.get(f"{W}val"))

    def _around(self, paragraph: Element) -> Iterator[Element]:
        """The cell a paragraph stands in, and what its table's style says of that row."""
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        row = next(paragraph.iterancestors(f"{W}tr"), None)
        table = next(paragraph.iterancestors(f"{W}tbl"), None)
        if cell is None or row is None or table is None:
            return
        yield cell
        named = table.find(f"{W}tblPr/{W}tblStyle")
        chain = list(self._chain("" if named is None else str(named.get(f"{W}val"))))
        if row.find(f"{W}trPr/{W}tblHeader") is not None:
            for style in chain:
                yield from style.findall(f"{W}tblStylePr[@{W}type='firstRow']")
        yield from chain


def first(elements: Iterable[Element], path: str, attribute: str) -> str:
    """The first colour that one of some elements says; empty where none does."""
    for element in elements:
        found = element.find(path)
        colour = None if found is None else found.get(f"{W}{attribute}")
        if colour not in {None, "auto"}:
            return str(colour)
    return ""

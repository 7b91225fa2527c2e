"""Reading a Word file as a reader meets it: paragraphs and tables in order, with their styles.

This shares nothing with the code that writes the report.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@dataclass(frozen=True)
class Word:
    """A Word file, its parts parsed when they are asked for."""

    parts: dict[str, bytes]

    @classmethod
    def of(cls, content: bytes) -> Word:
        """Open a file that is held in memory."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return cls({name: archive.read(name) for name in archive.namelist()})

    def part(self, name: str) -> Element:
        """One part, parsed."""
        return etree.fromstring(self.parts[name])

    @property
    def body(self) -> Element:
        """The text of the document."""
        body = self.part("word/document.xml").find(f"{W}body")
        assert body is not None
        return body

    @property
    def headers(self) -> dict[str, Element]:
        """Every header by the name of its part."""
        return {n: self.part(n) for n in self.parts if n.startswith("word/header")}

    @property
    def stories(self) -> dict[str, Element]:
        """The text, the headers and the footers."""
        kinds = ("word/document.xml", "word/header", "word/footer")
        return {n: self.part(n) for n in self.parts if n.startswith(kinds)}

    def paragraphs(self) -> list[Element]:
        """Every paragraph of the text, those in tables too."""
        return list(self.body.iter(f"{W}p"))

    def tables(self) -> list[Element]:
        """Every table of the text."""
        return list(self.body.iter(f"{W}tbl"))

    def texts(self, style: str) -> list[str]:
        """What the paragraphs of one style say."""
        return [text_of(p) for p in self.paragraphs() if style_of(p) == style]

    def contents(self) -> list[tuple[int, str]]:
        """The level and the words of each line of the contents; its page last where it has one."""
        return [
            (int(style[3:]), text_of(p))
            for p in self.paragraphs()
            if re.fullmatch(r"TOC\d", style := style_of(p)) and text_of(p)
        ]

    def headings(self) -> list[tuple[int, str]]:
        """The level and the words of each heading; its style has the level, or inherits it."""
        styles = {s.get(f"{W}styleId"): s for s in self.part("word/styles.xml").iter(f"{W}style")}
        found = []
        for paragraph in self.paragraphs():
            style = styles.get(style_of(paragraph))
            level = None
            while style is not None and level is None:
                level = style.find(f"{W}pPr/{W}outlineLvl")
                base = style.find(f"{W}basedOn")
                style = None if base is None else styles.get(base.get(f"{W}val"))
            if level is not None and level.get(f"{W}val") != "9":
                found.append((int(level.get(f"{W}val", "0")) + 1, text_of(paragraph)))
        return found

    def alts(self) -> list[str]:
        """The text alternative of every picture."""
        return [str(shape.get("descr", "")) for shape in self.body.iter(f"{WP}docPr")]

    def lines(self) -> Iterator[str]:
        """The text in reading order: a paragraph or a row of a table a line, pictures in words."""
        for element in blocks(self.body):
            if element.tag == f"{W}tbl":
                yield from (" | ".join(row) for row in rows_of(element))
            else:
                alts = [str(shape.get("descr", "")) for shape in element.iter(f"{WP}docPr")]
                yield from (f"[picture] {alt}" for alt in alts)
                if not alts:
                    yield f"{style_of(element)}: {text_of(element)}".strip()


def blocks(element: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, those inside content controls too."""
    for child in element:
        if child.tag in {f"{W}p", f"{W}tbl"}:
            yield child
        else:
            yield from blocks(child)


def text_of(element: Element) -> str:
    """What an element says; a tab counts as a space."""
    pieces = element.iter(f"{W}t", f"{W}tab")
    return "".join(" " if p.tag == f"{W}tab" else p.text or "" for p in pieces).strip()


def style_of(paragraph: Element) -> str:
    """The id of the style a paragraph names."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val", ""))


def rows_of(table: Element) -> list[list[str]]:
    """What each cell of a table says, row by row."""
    return [[text_of(cell) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]


def section_of(element: Element) -> Element:
    """The properties of the section that an element of the text stands in: the next there are."""
    *_, top, _, _ = (element, *element.iterancestors())  # below the body, which the document holds
    after = (e for e in (top, *top.itersiblings()) for e in e.iter(f"{W}sectPr"))
    return next(after)


def text_width(section: Element) -> int:
    """The width between a section's margins, in twentieths of a point."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert size is not None
    assert margins is not None
    sides = sum(int(margins.get(f"{W}{side}", "0")) for side in ("left", "right"))
    return int(size.get(f"{W}w", "0")) - sides


def is_wide(section: Element) -> bool:
    """Whether a section's pages lie on their side, and say so."""
    size = section.find(f"{W}pgSz")
    assert size is not None
    turned = int(size.get(f"{W}w", "0")) > int(size.get(f"{W}h", "0"))
    assert turned == (size.get(f"{W}orient") == "landscape")
    return turned

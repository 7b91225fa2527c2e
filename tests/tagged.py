"""Reading a tagged PDF as a screen reader meets it: its elements in order, with their kinds.

This shares nothing with the code that makes the PDF.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADINGS = ("/H1", "/H2", "/H3")


@dataclass(frozen=True)
class Tagged:
    """A PDF with its structure."""

    pdf: pikepdf.Pdf

    @classmethod
    def of(cls, content: bytes) -> Tagged:
        """Open a file that is held in memory."""
        return cls(pikepdf.open(io.BytesIO(content)))

    @property
    def root(self) -> pikepdf.Object:
        """What the file says of itself as a whole."""
        return self.pdf.Root

    def elements(self, above: pikepdf.Object | None = None) -> Iterator[pikepdf.Object]:
        """Every element in the order in which it is read out."""
        for element in below(self.root.StructTreeRoot if above is None else above):
            yield element
            yield from self.elements(element)

    def of_kind(self, *kinds: str) -> list[pikepdf.Object]:
        """The elements of some kinds, in order."""
        return [element for element in self.elements() if str(element.S) in kinds]

    def page_of(self, element: pikepdf.Object) -> int:
        """The page, from 1, on which an element begins."""
        pages = [page.obj.objgen for page in self.pdf.pages]
        return pages.index(element.Pg.objgen) + 1

    def headings(self) -> list[tuple[int, int]]:
        """The level and the page of each heading."""
        found = self.of_kind(*HEADINGS)
        return [(HEADINGS.index(str(each.S)) + 1, self.page_of(each)) for each in found]

    def bookmarks(self) -> list[tuple[int, str]]:
        """The outline: level and title."""

        def within(items: list[pikepdf.OutlineItem], level: int) -> Iterator[tuple[int, str]]:
            for item in items:
                yield level, " ".join(item.title.split())
                yield from within(item.children, level + 1)

        with self.pdf.open_outline() as outline:
            return list(within(outline.root, 1))


def below(above: pikepdf.Object) -> list[pikepdf.Object]:
    """The elements right below one."""
    held = above.get("/K")
    children = list(held) if isinstance(held, pikepdf.Array) else [held]
    return [c for c in children if isinstance(c, pikepdf.Dictionary) and "/S" in c]

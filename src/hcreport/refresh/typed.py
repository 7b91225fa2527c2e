"""The document paragraph by paragraph, and what of each stands outside our marks: typed by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml.ns import nsmap, qn
from lxml import etree

from hcreport.refresh.marked import fields, nodes, tag_of, under_headings
from hcreport.report.word.xml import is_double, style_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from hcreport.refresh.package import Package

HIDDEN = "\ue000"  # stands for each letter that a mark says, or a field of Word's: nobody typed it
_END = re.compile(r"[.!?](?=\s+[A-Z0-9£“])")
_PARAGRAPH, _CONTROL = qn("w:p"), qn("w:sdt")
_OPEN = etree.XPath(
    ".//w:p[not(ancestor::w:sdt[w:sdtPr/w:tag[not(starts-with(@w:val, 'commentary.'))]])]",
    namespaces=nsmap,
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph under its heading: all it says, and as long a text with what nobody typed hidden.

    ``block`` is the tag of the block that it stands in; nothing for one that stands in none.
    """

    element: Element
    where: str
    block: str
    text: str
    typed: str

    @property
    def is_cell(self) -> bool:
        """Whether it stands in a table."""
        return next(self.element.iterancestors(qn("w:tc")), None) is not None

    def node(self, place: int) -> Element:
        """The text node in which a place of the text lies."""
        end = 0
        for node in own_nodes(self.element):
            end += len(node.text or "")
            if place < end:
                return node
        raise IndexError(place)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a paragraph begins and ends."""
    begin = 0
    for end in (*(found.end() for found in _END.finditer(text)), len(text)):
        yield begin, end
        begin = end


def paragraphs(package: Package) -> Iterator[Paragraph]:
    """Every paragraph, once: those of the contents and the second copies of text boxes aside."""
    for _, where, element in under_headings(package):
        if element.tag == _PARAGRAPH and not _is_other(element):
            yield _read(element, where)


def open_to_people(package: Package) -> Iterator[Paragraph]:
    """The same outside our blocks and in commentaries, where people write.

    Without their headings, for which all of the document must be walked through.
    """
    for _, root in package.stories():
        for element in _OPEN(root):
            if not _is_other(element):
                yield _read(element, "")


def _is_other(paragraph: Element) -> bool:
    return is_double(paragraph) or (style_of(paragraph) or "").startswith("TOC")


def _read(paragraph: Element, where: str) -> Paragraph:
    block = next((tag for a in paragraph.iterancestors(_CONTROL) if (tag := tag_of(a))), "")
    asked = {node for _, result in fields(paragraph) for node in result}
    text = typed = ""
    for node in own_nodes(paragraph):
        words = node.text or ""
        text += words
        is_hidden = node in asked or _is_marked(node, paragraph)
        typed += HIDDEN * len(words) if is_hidden else words
    return Paragraph(paragraph, where, block, text, typed)


def own_nodes(paragraph: Element) -> Iterator[Element]:
    """The text nodes of a paragraph, less those of a text box that is anchored in it."""
    for node in nodes(paragraph):
        if next(node.iterancestors(_PARAGRAPH)) is paragraph:
            yield node


def _is_marked(node: Element, paragraph: Element) -> bool:
    """Whether a mark inside its paragraph says a node."""
    for above in node.iterancestors():
        if above is paragraph:
            return False
        if above.tag == _CONTROL and tag_of(above):
            return True
    return False

"""A template's paragraphs as somebody typed them, each with where it stands.

The runs that Word cuts a paragraph into are put together again; what is inside a text box is a
paragraph of its own, and the copy that Word keeps of it for older programs is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from lxml import etree

from hcreport.report.word.contents import Outline
from hcreport.report.word.package import PROPERTIES
from hcreport.report.word.xml import in_plain_text, is_double, own_text, qn, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from hcreport.report.word.package import Package

# What a run's properties say of proofing and language; nobody sees a difference in these.
_UNSEEN = {qn("w:lang"), qn("w:noProof"), qn("w:rtl"), qn("w:szCs"), qn("w:bCs"), qn("w:iCs")}


class Where(StrEnum):
    """The kinds of place that text stands in."""

    BODY = "text"
    TABLE = "table"
    BOX = "text box"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    COMMENT = "comment"
    PICTURE = "alternative text"


# What a build reads and this does not, being no text of a paragraph.
_RENDERED = {"header", "footer", "footnotes"}
_UNREAD = (
    "//@*[contains(., '{{')] | //*[local-name() = 'instrText' or local-name() = 'delText' or "
    "not(namespace-uri() = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main')]"
    "/text()[contains(., '{{')]"
)
_NOTES = {"footnotes": Where.FOOTNOTE, "endnotes": Where.ENDNOTE, "comments": Where.COMMENT}


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph in one run: its words, how they look and what they stand in."""

    text: str
    look: str
    holder: Element


@dataclass(frozen=True)
class Passage:
    """A paragraph: where it stands, the heading above it (its own, if it is one), its pieces."""

    where: Where
    heading: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(piece.text for piece in self.pieces)

    def is_plain(self, start: int, end: int) -> bool:
        """Whether some of its letters stand in a content control that takes plain text only."""
        return any(in_plain_text(piece.holder) for piece in self.across(start, end))

    def across(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces that some of its letters stand in."""
        found, at = [], 0
        for piece in self.pieces:
            if at < end and at + len(piece.text) > start:
                found.append(piece)
            at += len(piece.text)
        return tuple(found)


def passages(package: Package) -> Iterator[Passage]:
    """Every paragraph that says something: the body's, then those of headers, footers and notes."""
    outline = Outline(package.styles, package.numbering)
    for where, root in _stories(package):
        heading = ""
        for paragraph in root.iter(qn("w:p")):
            if is_double(paragraph):
                continue
            nodes = own_text(paragraph)
            if where is Where.BODY and outline.level(paragraph) is not None:
                heading = text_of(paragraph).strip() or heading
            if nodes:
                yield Passage(_place(where, paragraph), heading, tuple(map(_piece, nodes)))


def unseen(package: Package) -> Iterator[str]:
    """What stands in no paragraph and yet looks like a placeholder: descriptions, field codes."""
    roots = [package.body, *(root for kind, root in package.related if kind in _RENDERED)]
    if PROPERTIES in package.parts:
        roots.append(package.root(PROPERTIES))
    for root in roots:
        for found in root.xpath(_UNREAD):
            yield str(found)


def _stories(package: Package) -> Iterator[tuple[Where, Element]]:
    yield Where.BODY, package.body
    for kind, root in package.related:
        if kind in {"header", "footer"}:
            yield Where(kind), root
        elif kind in _NOTES:
            yield _NOTES[kind], root


def _place(where: Where, paragraph: Element) -> Where:
    if where not in {Where.BODY, Where.HEADER, Where.FOOTER}:
        return where
    inside = next(paragraph.iterancestors(qn("w:txbxContent"), qn("w:tc")), None)
    if inside is None:
        return where
    if inside.tag == qn("w:txbxContent"):
        return Where.BOX
    return Where.TABLE if where is Where.BODY else where


def _piece(node: Element) -> Piece:
    run, holder, *_ = node.iterancestors()
    properties = run.find(qn("w:rPr"))
    seen = [p for p in (properties if properties is not None else ()) if p.tag not in _UNSEEN]
    look = "".join(etree.tostring(p, encoding="unicode", with_tail=False) for p in seen)
    return Piece(node.text or "", look, holder)

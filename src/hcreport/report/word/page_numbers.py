"""Page numbers for the contents of a finished report, once its pages are known."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from hcreport.archive import settled
from hcreport.report.word.contents import Outline
from hcreport.report.word.xml import parsed, qn, run, style_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
_ENTRY = re.compile(r"_Toc\d{6}")


def listed(report: bytes) -> tuple[str, ...]:
    """The entries of the contents, as "3.2 Timeliness"."""
    return tuple(" ".join(_text(link).split()) for link in _links(_part(report, _DOCUMENT)))


def count_from_one(report: bytes) -> bool:
    """Whether the number printed on a page is its place in the file.

    A template may begin again at 1 after its cover, or number some pages in Roman numerals.
    """
    return next(_part(report, _DOCUMENT).iter(qn("w:pgNumType")), None) is None


def put(report: bytes, pages: Sequence[int]) -> bytes:
    """The report with a page number at the end of each entry of its contents, by a field."""
    document = _part(report, _DOCUMENT)
    outline = Outline(_part(report, _STYLES), etree.Element("none"))
    for link, page in zip(_links(document), pages, strict=True):
        for element in _number(link.get(qn("w:anchor"), ""), page):
            link.append(element)
        paragraph = link.getparent()
        if paragraph is not None and not _has_right_tab(outline, paragraph):
            _add_right_tab(paragraph, _text_width(document))
    changed = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
    return settled(report, {_DOCUMENT: changed})


def _part(report: bytes, name: str) -> Element:
    with zipfile.ZipFile(io.BytesIO(report)) as archive:
        return etree.fromstring(archive.read(name))


def _links(document: Element) -> Iterator[Element]:
    for link in document.iter(qn("w:hyperlink")):
        if _ENTRY.fullmatch(link.get(qn("w:anchor"), "")):
            yield link


def _text(link: Element) -> str:
    pieces = link.iter(qn("w:t"), qn("w:tab"))
    return "".join(p.text or "" if p.tag == qn("w:t") else " " for p in pieces)


def _number(bookmark: str, page: int) -> Iterator[Element]:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    ask = f'<w:r><w:instrText xml:space="preserve"> PAGEREF {bookmark} \\h </w:instrText></w:r>'
    pieces = ("<w:r><w:tab/></w:r>", mark("begin"), ask, mark("separate"), run(str(page)))
    yield from map(parsed, (*pieces, mark("end")))


def _has_right_tab(outline: Outline, paragraph: Element) -> bool:
    tabs = outline.inherited(style_of(paragraph), qn("w:tabs"))
    return tabs is not None and any(tab.get(qn("w:val")) in {"right", "end"} for tab in tabs)


def _add_right_tab(paragraph: Element, position: int) -> None:
    """What Word itself gives an entry whose style has no place for a page number."""
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{position}"/></w:tabs>'
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    if style is not None:
        style.addnext(parsed(tab))


def _text_width(document: Element) -> int:
    """The width between the margins, in twentieths of a point."""
    size, margins = next(document.iter(qn("w:pgSz"))), next(document.iter(qn("w:pgMar")))
    sides = sum(int(margins.get(qn(f"w:{side}"), "0")) for side in ("left", "right"))
    return int(size.get(qn("w:w"), "0")) - sides

"""The words at the head of every page of a draft: put there, and taken away again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

from hcreport.report.word.xml import paragraph, parsed, run, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DRAFT = "DRAFT: made while the data still had errors. Not for publication."


def mark(document: Any) -> None:
    """Say at the head of every page that this is a draft."""
    there: set[str] = set()
    for section in document.sections:
        headers = {"default": section.header}
        if section.different_first_page_header_footer:
            headers["first"] = section.first_page_header
        if document.settings.odd_and_even_pages_header_footer:
            headers["even"] = section.even_page_header
        own = section._sectPr.iterchildren(qn("w:headerReference"))  # noqa: SLF001  (unused ones too)
        there |= {reference.get(qn("w:type")) for reference in own}
        for kind in headers.keys() - there:
            headers[kind].is_linked_to_previous = False  # there is none to be linked to: make one
        there |= headers.keys()
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/header"):
            words = parsed(paragraph("Header", run(DRAFT, "<w:b/>")))
            relation.target_part.element.insert(0, words)


def unmark(header: Element) -> bool:
    """Take the words out of a header; whether they were there."""
    found = [p for p in header.iter(qn("w:p")) if text_of(p) == DRAFT]
    for marked in found:
        holder = marked.getparent()
        if holder is not None and len(holder) > 1:  # a header needs a paragraph
            holder.remove(marked)
        else:
            for node in marked.iter(qn("w:t")):
                node.text = ""
    return bool(found)

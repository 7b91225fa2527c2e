"""Turns a template's words into the document: cover, contents, numbered text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import _parts
from _kinds import OUTLINE_LIST, TEXT_WIDTH
from _styles import styles_part
from _word import (
    DECLARATION,
    NAMESPACES,
    package,
    paragraph,
    ppr,
    run,
    style_id,
    twips,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _look import Look


class Line(NamedTuple):
    """A paragraph: the style it is in, its text, and whether it starts a page."""

    style: str
    text: str
    starts_page: bool = False


@dataclass(frozen=True)
class Grid:
    """A table of words. ``widths`` are in cm; the last column has what they leave.

    ``style`` is the table's, ``cells`` are those of its headings and of its other cells;
    ``has_labels`` tells that the first column labels the rows.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    style: str = "Report Details"
    cells: tuple[str, str] = ("Table Heading", "Table Text")
    has_labels: bool = True


@dataclass(frozen=True)
class Words:
    """All the words of one template. Its body begins with a line.

    With a ``contents_heading`` there are contents, and the body begins a page after them.
    """

    header: tuple[str, str]
    footer: str
    cover: Sequence[Line | Grid]
    contents_heading: str
    body: Sequence[Line | Grid]


def template(words: Words, look: Look) -> bytes:
    """The template as a .docx."""
    return package(
        {
            "[Content_Types].xml": _parts.content_types(),
            "_rels/.rels": _parts.package_relationships(),
            "docProps/app.xml": _parts.app_part(),
            "docProps/core.xml": _parts.core_part(),
            "word/document.xml": document_part(words, look),
            "word/_rels/document.xml.rels": _parts.document_relationships(),
            "word/styles.xml": styles_part(look.styles),
            "word/numbering.xml": _parts.numbering_part(look),
            "word/settings.xml": _parts.settings_part(),
            "word/fontTable.xml": _parts.fonts_part(),
            "word/theme/theme1.xml": _parts.theme_part(look),
            "word/header1.xml": _parts.header_part(*words.header),
            "word/header2.xml": _parts.cover_header_part(),
            "word/footer1.xml": _parts.footer_part(words.footer),
            "word/footer2.xml": _parts.footer_part(words.footer),
        }
    )


def document_part(words: Words, look: Look) -> str:
    """word/document.xml."""
    return (
        f"{DECLARATION}<w:document {NAMESPACES}><w:body>"
        + blocks(words.cover)
        + (contents(words.contents_heading) if words.contents_heading else "")
        + blocks(words.body, starts_page=bool(words.contents_heading))
        + page_setup(look)
        + "</w:body></w:document>"
    )


def blocks(items: Sequence[Line | Grid], *, starts_page: bool = False) -> str:
    """Paragraphs and tables in order; what stands right above a table goes with it."""
    made = []
    for number, (item, following) in enumerate(zip(items, [*items[1:], None], strict=True)):
        if isinstance(item, Grid):
            made.append(grid(item))
        else:
            stays = isinstance(following, Grid)
            made.append(line(item, starts_page=starts_page and number == 0, stays=stays))
    return "".join(made)


def line(item: Line, *, starts_page: bool = False, stays: bool = False) -> str:
    """A paragraph of the text; one that ``stays`` is on the page of what follows.

    Two other things are set on paragraphs and not in styles: the start of a new page, which only
    the first heading and some others have; and the number of "Paragraph Level 2", whose level
    belongs to Heading 2, because Word follows a style's level only where the level names it.
    """
    direct = ppr(keep_next=stays) if stays else ""
    if starts_page or item.starts_page:
        direct = ppr(keep_next=stays, page_break=True, before=0)
    elif item.style == "Paragraph Level 2":
        direct = ppr(keep_next=stays, numbering=(OUTLINE_LIST, 1))
    return paragraph(item.style, run(item.text), direct)


def grid(table: Grid) -> str:
    """A table of labels and words, whole on a page, with a real header row for screen readers."""
    widths = [twips(width) for width in table.widths]
    widths.append(twips(TEXT_WIDTH) - sum(widths))
    stays = ppr(keep_next=True)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    labelled, (heading, cell) = int(table.has_labels), table.cells
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style_id(table.style)}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{0x0020 | 0x0080 * labelled:04X}" w:firstRow="1" w:lastRow="0" '
        f'w:firstColumn="{labelled}" w:lastColumn="0" w:noHBand="0" w:noVBand="0"/>'
        f"<w:tblCaption w:val={quoteattr(table.title)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>"
        + grid_row(table.headings, widths, (heading, ""), "<w:tblHeader/>")
        + "".join(grid_row(row, widths, (cell, stays)) for row in table.rows[:-1])
        + grid_row(table.rows[-1], widths, (cell, ""))
        + "</w:tbl>"
    )


def grid_row(
    texts: Sequence[str], widths: Sequence[int], manner: tuple[str, str], properties: str = ""
) -> str:
    """One row of such a table, which no page break cuts in two.

    ``manner`` is its paragraphs' style and what they add to it.
    """
    style, direct = manner
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{paragraph(style, run(text), direct)}</w:tc>"
        for text, width in zip(texts, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{cells}</w:tr>"


def contents(heading: str) -> str:
    """Word's own table of contents, with one paragraph where the entries go.

    As Word writes it: the field begins in the first entry's paragraph and ends in a paragraph
    of its own, all in a content control that offers "Update table".
    """

    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = escape(r' TOC \o "1-3" \h \z \u ')
    begin = (
        mark("begin")
        + f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        + mark("separate")
    )
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        + paragraph("TOC Heading", run(heading))
        + paragraph("TOC 1", begin + run("{{ contents }}"))
        + paragraph("TOC 3", mark("end"))
        + "</w:sdtContent></w:sdt>"
    )


def page_setup(look: Look) -> str:
    """A4 upright, with a first page that has its own header and footer."""
    edge, running = twips(2.3), twips(1.2)
    references = "".join(
        f'<w:{kind}Reference w:type="{page}" r:id="{identity}"/>'
        for kind, page, identity in (
            ("header", "default", _parts.HEADER),
            ("header", "first", _parts.COVER_HEADER),
            ("footer", "default", _parts.FOOTER),
            ("footer", "first", _parts.COVER_FOOTER),
        )
    )
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{twips(look.top)}" w:right="{edge}" '
        f'w:bottom="{twips(look.bottom)}" w:left="{edge}" '
        f'w:header="{running}" w:footer="{running}" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr>"
    )

"""The styles that looks share, with the numbers of the plain look.

The two edges of a page: headings, tables, charts and captions start at the margin; text starts
after the column in which its number hangs (see `NUMBER_COLUMN`). The indents of numbered and
bulleted styles live in the numbering, not here, so that there is one place to change them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from _kinds import (
    BULLET_LIST,
    NOT_NUMBERED,
    OUTLINE_LIST,
    Style,
    caption,
    contents_entry,
    contents_heading,
    header_row,
    heading,
    note,
    running,
    tables,
)
from _word import (
    BLUE,
    DECLARATION,
    INK,
    NAMESPACES,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    RULE,
    SLATE,
    TEAL,
    edge,
    ppr,
    rpr,
    shading,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBER_COLUMN = 1.5  # cm, in which paragraph numbers hang

FOUNDATION = (
    Style("Normal", based=""),
    Style("Default Paragraph Font", based="", kind="character"),
    Style(
        "Normal Table",
        based="",
        kind="table",
        rest='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>",
    ),
    Style("No List", based="", kind="numbering"),
)

COVER = (
    Style(
        "Cover Landlord",
        ppr(before=0, after=8, line=1, borders=edge("bottom", BLUE, 3, 6)),
        rpr(bold=True, tint=BLUE, size=20),
        following="Cover Line",
    ),
    Style("Cover Line", ppr(before=0, after=2, line=1), rpr(size=13)),
    Style(
        "Title",
        ppr(before=72, after=8, line=1, keep_next=True),
        rpr(bold=True, tint=BLUE, size=34),
        following="Subtitle",
    ),
    Style(
        "Subtitle",
        ppr(before=0, after=36, line=1.1),
        rpr(tint=SLATE, size=16),
        following="Body Text",
    ),
)

HEADINGS = (
    heading(1, before=26, after=8, size=18, following="Paragraph Level 2"),
    heading(2, before=20, after=6, size=15, following="Paragraph Level 3"),
    heading(3, before=18, after=6, size=13, following="Paragraph Level 3", numbered=False),
    Style(
        "Heading Unnumbered",
        ppr(numbering=NOT_NUMBERED, outline=0),
        based="Heading 1",
        following="Body Text",
    ),
    Style(
        "Heading Unnumbered 2",
        ppr(numbering=NOT_NUMBERED, outline=1),
        based="Heading 2",
        following="Body Text",
    ),
    Style(
        "Appendix Heading",
        ppr(page_break=True, before=0, outline=0),
        based="Heading Unnumbered",
        following="Body Text",
    ),
)

TEXT = (
    Style("Body Text"),
    Style("Paragraph Level 2", ppr(numbering=(OUTLINE_LIST, 1))),
    Style("Paragraph Level 3", ppr(numbering=(OUTLINE_LIST, 2))),
    Style("Paragraph Level 4", ppr(numbering=(OUTLINE_LIST, 3))),
    Style("List Bullet", ppr(numbering=(BULLET_LIST, 0), after=4)),
    Style("List Bullet 2", ppr(numbering=(BULLET_LIST, 1), after=4)),
    Style(
        "Quote",
        ppr(left=NUMBER_COLUMN, right=1, borders=edge("left", TEAL, 3, 10), after=8),
        rpr(tint=INK),
    ),
    Style("Sign Off", ppr(keep_lines=True, before=6), rpr(bold=True)),
    Style(
        # The indents bring the box, which Word draws outside the text, back to the margins.
        "Not Supplied",
        ppr(
            keep_lines=True,
            borders=edge("top", ORANGE, 1, 5)
            + edge("left", ORANGE, 6, 8)
            + edge("bottom", ORANGE, 1, 5)
            + edge("right", ORANGE, 1, 8)
            + edge("between", ORANGE, 1, 5),
            fill=PALE_ORANGE,
            before=8,
            after=12,
            left=0.4,
            right=0.3,
        ),
        rpr(bold=True),
        following="Body Text",
    ),
)

EXHIBITS = (
    caption(before=14),
    Style("Figure", ppr(before=4, after=8, line=1), following="Body Text"),
    note(before=5, after=12, line=1.1),
    Style("Table Text", ppr(before=0, after=0, line=1.05), rpr(size=11)),
    Style("Table Number", ppr(align="right"), rpr(tabular=True), based="Table Text"),
    Style("Table Heading", ppr(keep_next=True), rpr(bold=True, tint=BLUE), based="Table Text"),
    Style("Table Heading Number", ppr(align="right"), based="Table Heading"),
)

CONTENTS = (
    contents_heading(after=10, size=18),
    contents_entry(
        1, rpr(bold=True, size=11.5), before=5, after=1, left=NUMBER_COLUMN, hanging=NUMBER_COLUMN
    ),
    contents_entry(2, rpr(size=11.5), before=1, after=1, left=NUMBER_COLUMN, hanging=NUMBER_COLUMN),
    contents_entry(3, rpr(tint=SLATE, size=11), before=1, after=1, left=NUMBER_COLUMN),
)

HEADER, FOOTER = running(RULE, 0.75, 4)
RUNNING = (
    HEADER,
    Style("Header Cover", ppr(before=0, after=0, line=1), rpr(tint=SLATE, size=10)),
    FOOTER,
)

LETTERS = (
    Style(
        "Hyperlink",
        r=rpr(tint=("12436D", "hyperlink"), underline=True),
        based="Default Paragraph Font",
        kind="character",
    ),
    Style("Strong", r=rpr(bold=True), based="Default Paragraph Font", kind="character"),
    Style("Emphasis", r=rpr(italic=True), based="Default Paragraph Font", kind="character"),
)


HEADER_CELL = f"<w:tcBorders>{edge('bottom', BLUE, 1.5)}</w:tcBorders>{shading(PALE_BLUE)}"
TABLES = tables(BLUE, header_row(BLUE, HEADER_CELL), rpr(bold=True, tint=BLUE))

STYLES = FOUNDATION + HEADINGS + TEXT + COVER + CONTENTS + EXHIBITS + RUNNING + LETTERS + TABLES


def styles_part(others: Sequence[Style] = ()) -> str:
    """word/styles.xml: the defaults of the whole document, then every style.

    ``others`` stand in place of the styles of the same names.
    """
    by_name = {style.name: style for style in (*STYLES, *others)}
    fonts = "".join(
        f' w:{script}="{slot}"'
        for script, slot in (
            ("asciiTheme", "minorHAnsi"),
            ("eastAsiaTheme", "minorEastAsia"),
            ("hAnsiTheme", "minorHAnsi"),
            ("cstheme", "minorBidi"),
        )
    )
    letters = (
        f"<w:rFonts{fonts}/>"
        + rpr(tint=INK, size=12)
        + '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
    )
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults>"
        f"<w:rPrDefault><w:rPr>{letters}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr><w:widowControl/>{ppr(after=7, line=1.15)}</w:pPr></w:pPrDefault>"
        "</w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" '
        'w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
        + "".join(style.xml() for style in by_name.values())
        + "</w:styles>"
    )

"""Every look of the templates, as named Word styles.

The two edges of a page: headings, tables, charts and captions start at the margin; text starts
after the column in which its number hangs (see `_parts.NUMBER_COLUMN`). The indents of numbered
and bulleted styles live in the numbering, not here, so that there is one place to change them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    Colour,
    edge,
    ppr,
    rpr,
    shading,
    style_id,
    tab_stops,
    twips,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT_WIDTH = 16.4  # cm, between the margins of an A4 page
NUMBER_COLUMN = 1.5  # cm, in which paragraph numbers hang
OUTLINE_LIST, BULLET_LIST = 1, 2  # the two numbering instances
NOT_NUMBERED = (0, 0)  # takes a style out of the numbering its parent has


@dataclass(frozen=True)
class Style:
    """One style: what it is called, what it builds on, and its properties as XML."""

    name: str
    p: str = ""
    r: str = ""
    based: str = "Normal"
    following: str = ""
    kind: str = "paragraph"
    rest: str = ""

    def xml(self) -> str:
        """The w:style element."""
        identity = style_id(self.name)
        built_in = self.name in BUILT_IN
        custom = "" if built_in else ' w:customStyle="1"'
        default = ' w:default="1"' if self.name in DEFAULTS else ""
        return (
            f'<w:style w:type="{self.kind}"{default}{custom} w:styleId="{identity}">'
            f'<w:name w:val="{BUILT_IN.get(self.name, self.name)}"/>'
            + (f'<w:basedOn w:val="{style_id(self.based)}"/>' if self.based else "")
            + (f'<w:next w:val="{style_id(self.following)}"/>' if self.following else "")
            + (HIDDEN if self.name in DEFAULTS - {"Normal"} else '<w:uiPriority w:val="1"/>')
            + ("" if self.name in DEFAULTS - {"Normal"} else "<w:qFormat/>")
            + (f"<w:pPr>{self.p}</w:pPr>" if self.p else "")
            + (f"<w:rPr>{self.r}</w:rPr>" if self.r else "")
            + f"{self.rest}</w:style>"
        )


HIDDEN = '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
DEFAULTS = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}
# Word's own styles, with the names it keeps in files: it knows them by these.
BUILT_IN = {
    **{name: name for name in ("Normal", "Default Paragraph Font", "Normal Table", "No List")},
    **{name: name for name in ("Title", "Subtitle", "Body Text", "List Bullet", "List Bullet 2")},
    **{name: name for name in ("Quote", "Hyperlink", "Strong", "Emphasis", "TOC Heading")},
    **{f"Heading {level}": f"heading {level}" for level in (1, 2, 3)},
    **{f"TOC {level}": f"toc {level}" for level in (1, 2, 3)},
    **{name: name.lower() for name in ("Caption", "Header", "Footer")},
}

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
    Style(
        "Heading 1",
        ppr(
            keep_next=True,
            keep_lines=True,
            numbering=(OUTLINE_LIST, 0),
            before=26,
            after=8,
            line=1.05,
            outline=0,
        ),
        rpr(bold=True, tint=BLUE, size=18),
        following="Paragraph Level 2",
    ),
    Style(
        "Heading 2",
        ppr(
            keep_next=True,
            keep_lines=True,
            numbering=(OUTLINE_LIST, 1),
            before=20,
            after=6,
            line=1.05,
            outline=1,
        ),
        rpr(bold=True, tint=BLUE, size=15),
        following="Paragraph Level 3",
    ),
    Style(
        "Heading 3",
        ppr(keep_next=True, keep_lines=True, before=18, after=6, line=1.05, outline=2),
        rpr(bold=True, tint=BLUE, size=13),
        following="Paragraph Level 3",
    ),
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
    Style(
        "Caption",
        ppr(keep_next=True, keep_lines=True, before=14, after=5, line=1.05),
        rpr(bold=True, tint=BLUE, size=11.5),
        following="Body Text",
    ),
    Style("Figure", ppr(before=4, after=8, line=1), following="Body Text"),
    Style("Note", ppr(keep_lines=True, before=5, after=12, line=1.1), rpr(tint=SLATE, size=10)),
    Style("Table Text", ppr(before=0, after=0, line=1.05), rpr(size=11)),
    Style("Table Number", ppr(align="right"), rpr(tabular=True), based="Table Text"),
    Style("Table Heading", ppr(keep_next=True), rpr(bold=True, tint=BLUE), based="Table Text"),
    Style("Table Heading Number", ppr(align="right"), based="Table Heading"),
)

CONTENTS = (
    Style(
        # Not a heading: it stands outside the document's outline, as in Word's own contents.
        "TOC Heading",
        ppr(keep_next=True, page_break=True, before=0, after=10, line=1.05),
        rpr(bold=True, tint=BLUE, size=18),
        following="Body Text",
    ),
    Style(
        "TOC 1",
        ppr(
            tabs=tab_stops(("left", NUMBER_COLUMN), ("right...", TEXT_WIDTH)),
            before=5,
            after=1,
            line=1,
            left=NUMBER_COLUMN,
            hanging=NUMBER_COLUMN,
        ),
        rpr(bold=True, size=11.5),
    ),
    Style(
        "TOC 2",
        ppr(
            tabs=tab_stops(("left", NUMBER_COLUMN), ("right...", TEXT_WIDTH)),
            before=1,
            after=1,
            line=1,
            left=NUMBER_COLUMN,
            hanging=NUMBER_COLUMN,
        ),
        rpr(size=11.5),
    ),
    Style(
        "TOC 3",
        ppr(
            tabs=tab_stops(("right...", TEXT_WIDTH)),
            before=1,
            after=1,
            line=1,
            left=NUMBER_COLUMN,
        ),
        rpr(tint=SLATE, size=11),
    ),
)

RUNNING = (
    Style(
        "Header",
        ppr(
            borders=edge("bottom", RULE, 0.75, 4),
            tabs=tab_stops(("right", TEXT_WIDTH)),
            before=0,
            after=0,
            line=1,
        ),
        rpr(tint=SLATE, size=10),
    ),
    Style("Header Cover", ppr(before=0, after=0, line=1), rpr(tint=SLATE, size=10)),
    Style(
        "Footer",
        ppr(
            borders=edge("top", RULE, 0.75, 4),
            tabs=tab_stops(("right", TEXT_WIDTH)),
            before=0,
            after=0,
            line=1,
        ),
        rpr(tint=SLATE, size=10, tabular=True),
    ),
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


def cell_padding(top: float, side: float) -> str:
    """Room inside a table's cells, in centimetres."""
    sides = (("top", top), ("left", side), ("bottom", top), ("right", side))
    marks = "".join(f'<w:{name} w:w="{twips(cm)}" w:type="dxa"/>' for name, cm in sides)
    return f"<w:tblCellMar>{marks}</w:tblCellMar>"


def region(where: str, r: str = "", cell: str = "", row: str = "") -> str:
    """What a table style does to one region of the table (its first row, its last row…)."""
    return (
        f'<w:tblStylePr w:type="{where}">'
        + (f"<w:rPr>{r}</w:rPr>" if r else "")
        + (f"<w:trPr>{row}</w:trPr>" if row else "")
        + (f"<w:tcPr>{cell}</w:tcPr>" if cell else "")
        + "</w:tblStylePr>"
    )


def table_style(name: str, regions: str, line: Colour = BLUE) -> Style:
    """A table with thin rules between rows, none between columns, closed above and below."""
    borders = edge("top", line, 0.75) + edge("bottom", line, 0.75) + edge("insideH", RULE, 0.5)
    return Style(
        name,
        ppr(before=0, after=0, line=1.05),
        based="Normal Table",
        kind="table",
        rest=f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f"{cell_padding(top=0.11, side=0.2)}</w:tblPr>"
        f"<w:trPr><w:cantSplit/></w:trPr>{regions}",
    )


HEADER_CELL = f"<w:tcBorders>{edge('bottom', BLUE, 1.5)}</w:tcBorders>{shading(PALE_BLUE)}"
TOTAL_CELL = f"<w:tcBorders>{edge('top', BLUE, 1)}</w:tcBorders>"
HEADER_ROW = region(
    "firstRow",
    rpr(bold=True, tint=BLUE),
    HEADER_CELL + '<w:vAlign w:val="bottom"/>',
    "<w:cantSplit/><w:tblHeader/>",
)

TABLES = (
    table_style("Report Table", HEADER_ROW + region("lastRow", rpr(bold=True), TOTAL_CELL)),
    table_style("Report Details", HEADER_ROW + region("firstCol", rpr(bold=True, tint=BLUE))),
)

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

"""What a style is, and the kinds that every look has: each a maker, its numbers left open.

Spaces and sizes are in points, indents in centimetres.
"""

from __future__ import annotations

from dataclasses import dataclass

from _word import BLUE, RULE, SLATE, Colour, edge, ppr, rpr, style_id, tab_stops, twips

TEXT_WIDTH = 16.4  # cm, between the margins of an A4 page
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


def heading(  # noqa: PLR0913 - the ways in which the headings of looks differ
    level: int,
    *,
    before: float,
    after: float,
    size: float,
    tint: Colour = BLUE,
    numbered: bool = True,
    borders: str = "",
    following: str = "Body Text",
) -> Style:
    """A heading of the document's outline, with its number hanging before it if it has one."""
    return Style(
        f"Heading {level}",
        ppr(
            keep_next=True,
            keep_lines=True,
            numbering=(OUTLINE_LIST, level - 1) if numbered else None,
            borders=borders,
            before=before,
            after=after,
            line=1.05,
            outline=level - 1,
        ),
        rpr(bold=True, tint=tint, size=size),
        following=following,
    )


def caption(*, before: float, after: float = 5, size: float = 11.5, tint: Colour = BLUE) -> Style:
    """The line over a table or chart."""
    return Style(
        "Caption",
        ppr(keep_next=True, keep_lines=True, before=before, after=after, line=1.05),
        rpr(bold=True, tint=tint, size=size),
        following="Body Text",
    )


def note(*, before: float, after: float, line: float) -> Style:
    """The line under a table or chart."""
    return Style(
        "Note",
        ppr(keep_lines=True, before=before, after=after, line=line),
        rpr(tint=SLATE, size=10),
    )


def contents_heading(*, after: float, size: float, tint: Colour = BLUE) -> Style:
    """The heading of the contents: it stands outside the outline, as in Word's own contents."""
    return Style(
        "TOC Heading",
        ppr(keep_next=True, page_break=True, before=0, after=after, line=1.05),
        rpr(bold=True, tint=tint, size=size),
        following="Body Text",
    )


def contents_entry(
    level: int, letters: str, *, before: float, after: float, left: float, hanging: float = 0
) -> Style:
    """A line of the contents, its page number at the right margin."""
    stops = [("left", left)] if hanging else []
    return Style(
        f"TOC {level}",
        ppr(
            tabs=tab_stops(*stops, ("right...", TEXT_WIDTH)),
            before=before,
            after=after,
            line=1,
            left=left,
            hanging=hanging or None,
        ),
        letters,
    )


def running(line: Colour, points: float, space: int) -> tuple[Style, Style]:
    """The head and the foot of each page, with a line between them and the text."""
    header, footer = (
        Style(
            name,
            ppr(
                borders=edge(side, line, points, space),
                tabs=tab_stops(("right", TEXT_WIDTH)),
                before=0,
                after=0,
                line=1,
            ),
            rpr(tint=SLATE, size=10, tabular=name == "Footer"),
        )
        for name, side in (("Header", "bottom"), ("Footer", "top"))
    )
    return header, footer


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


def header_row(tint: Colour, cell: str) -> str:
    """The head of a table: its cells as said, repeated on each page, its words at the foot."""
    return region(
        "firstRow",
        rpr(bold=True, tint=tint),
        f'{cell}<w:vAlign w:val="bottom"/>',
        "<w:cantSplit/><w:tblHeader/>",
    )


def tables(line: Colour, header: str, first_column: str) -> tuple[Style, Style]:
    """The table of figures, which may end in a total, and the table of details.

    Thin rules stand between rows, none between columns; lines close the table above and below.
    """
    total = f"<w:tcBorders>{edge('top', line, 1)}</w:tcBorders>"
    return (
        _table("Report Table", line, header + region("lastRow", rpr(bold=True), total)),
        _table("Report Details", line, header + region("firstCol", first_column)),
    )


def _table(name: str, line: Colour, regions: str) -> Style:
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

"""The look of hillingdon.docx: deep green, a cover page of its own, text at the margin."""

from __future__ import annotations

from _look import THEME, Look
from _styles import BULLET_LIST, NOT_NUMBERED, OUTLINE_LIST, TEXT_WIDTH, Style, region, table_style
from _word import INK, SLATE, Colour, edge, ppr, rpr, shading, tab_stops

GREEN: Colour = ("0F5C57", "accent1")
WHITE: Colour = ("FFFFFF", "background1")
NUMBERS = 1.2  # cm, in which the numbers of headings hang
SECOND = 1.0  # cm, of a bullet's text within a bullet

COVER = (
    Style(
        "Cover Landlord",
        ppr(before=0, after=4, line=1),
        rpr(bold=True, tint=GREEN, size=22),
        following="Cover Line",
    ),
    Style("Cover Line", ppr(before=0, after=6, line=1.1), rpr(tint=SLATE, size=14)),
    Style(
        # A panel. Its borders have its colour, so that the letters stand clear of the edges; the
        # indents bring the borders, which Word draws outside the text, back to the margins.
        "Title",
        ppr(
            keep_next=True,
            borders="".join(
                edge(side, GREEN, 6, 24) for side in ("top", "left", "bottom", "right")
            ),
            fill=GREEN[0],
            before=150,
            after=44,
            line=1.05,
            left=1.05,
            right=1.05,
        ),
        rpr(bold=True, tint=WHITE, size=34),
        following="Subtitle",
    ),
    Style(
        "Subtitle",
        ppr(before=0, after=110, line=1.1),
        rpr(bold=True, tint=GREEN, size=20),
        following="Cover Line",
    ),
)

HEADINGS = (
    Style(
        "Heading 1",
        ppr(
            keep_next=True,
            keep_lines=True,
            numbering=(OUTLINE_LIST, 0),
            borders=edge("bottom", GREEN, 1.5, 4),
            before=30,
            after=10,
            line=1.05,
            outline=0,
        ),
        rpr(bold=True, tint=GREEN, size=20),
        following="Body Text",
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
        rpr(bold=True, tint=GREEN, size=15),
        following="Body Text",
    ),
    Style(
        "Heading 3",
        ppr(keep_next=True, keep_lines=True, before=16, after=5, line=1.05, outline=2),
        rpr(bold=True, tint=INK, size=13),
        following="Body Text",
    ),
    Style(
        "Heading Unnumbered 2",
        ppr(numbering=NOT_NUMBERED, left=0, hanging=0, outline=1),
        based="Heading 2",
        following="Body Text",
    ),
    Style(
        "Appendix Heading",
        ppr(page_break=True, numbering=NOT_NUMBERED, before=0, left=0, hanging=0, outline=0),
        based="Heading 1",
        following="Body Text",
    ),
)

TEXT = (
    Style("List Bullet", ppr(numbering=(BULLET_LIST, 0), after=4)),
    Style("Quote", ppr(left=0.6, right=1, borders=edge("left", GREEN, 3, 10)), rpr(tint=INK)),
    Style(
        "Caption",
        ppr(keep_next=True, keep_lines=True, before=16, after=5, line=1.05),
        rpr(bold=True, tint=INK, size=11.5),
        following="Body Text",
    ),
    Style("Table Heading", ppr(keep_next=True), rpr(bold=True, tint=WHITE), based="Table Text"),
)


def entry(level: int, before: float, left: float, letters: str) -> Style:
    """A level of the contents."""
    stops = tab_stops(("left", left), ("right...", TEXT_WIDTH))
    spaced = ppr(tabs=stops, before=before, after=2, line=1, left=left, hanging=NUMBERS)
    return Style(f"TOC {level}", spaced, letters)


CONTENTS = (
    Style(
        "TOC Heading",
        ppr(keep_next=True, page_break=True, before=0, after=14, line=1.05),
        rpr(bold=True, tint=GREEN, size=20),
        following="Body Text",
    ),
    entry(1, 9, NUMBERS, rpr(bold=True, tint=GREEN, size=12)),
    entry(2, 2, 2 * NUMBERS, rpr(size=11.5)),
)

RUNNING = tuple(
    Style(
        name,
        ppr(
            borders=edge(side, GREEN, 1.5, 5),
            tabs=tab_stops(("right", TEXT_WIDTH)),
            before=0,
            after=0,
            line=1,
        ),
        rpr(tint=SLATE, size=10, tabular=name == "Footer"),
    )
    for name, side in (("Header", "bottom"), ("Footer", "top"))
)

HEADER_ROW = region(
    "firstRow",
    rpr(bold=True, tint=WHITE),
    f'{shading(GREEN[0])}<w:vAlign w:val="bottom"/>',
    "<w:cantSplit/><w:tblHeader/>",
)
TOTAL = f"<w:tcBorders>{edge('top', GREEN, 1)}</w:tcBorders>"
TABLES = (
    table_style("Report Table", HEADER_ROW + region("lastRow", rpr(bold=True), TOTAL), GREEN),
    table_style("Report Details", HEADER_ROW + region("firstCol", rpr(bold=True)), GREEN),
)

HILLINGDON_LOOK = Look(
    styles=(*COVER, *HEADINGS, *TEXT, *CONTENTS, *RUNNING, *TABLES),
    theme={
        **THEME,
        "dk2": "0F5C57",
        "lt2": "E4F0EE",
        "accent1": "0F5C57",
        "accent2": "C99A2E",
        "accent4": "8FB35A",
        "accent5": "5B4A7D",
        "hlink": "0F5C57",
    },
    outline=(
        ("decimal", "%1", "Heading 1", 0.0, NUMBERS),
        ("decimal", "%1.%2", "Heading 2", 0.0, NUMBERS),
        ("decimal", "%1.%2.%3", "Paragraph Level 3", 0.0, 1.5),
        ("lowerLetter", "(%4)", "Paragraph Level 4", 1.5, 2.4),
    ),
    bullets=(
        ("bullet", "\u2022", "List Bullet", 0.0, SECOND / 2 + 0.1),
        ("bullet", "\u2013", "List Bullet 2", SECOND / 2 + 0.1, SECOND + 0.2),
    ),
)

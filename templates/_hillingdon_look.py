"""The look of hillingdon.docx: deep green, a cover page of its own, text at the margin."""

from __future__ import annotations

from _kinds import (
    BULLET_LIST,
    NOT_NUMBERED,
    Style,
    caption,
    contents_entry,
    contents_heading,
    header_row,
    heading,
    running,
    tables,
)
from _look import THEME, Look
from _word import INK, SLATE, Colour, edge, ppr, rpr, shading

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
    heading(1, before=30, after=10, size=20, tint=GREEN, borders=edge("bottom", GREEN, 1.5, 4)),
    heading(2, before=20, after=6, size=15, tint=GREEN),
    heading(3, before=16, after=5, size=13, tint=INK, numbered=False),
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
    caption(before=16, tint=INK),
    Style("Table Heading", ppr(keep_next=True), rpr(bold=True, tint=WHITE), based="Table Text"),
)

CONTENTS = (
    contents_heading(after=14, size=20, tint=GREEN),
    contents_entry(
        1,
        rpr(bold=True, tint=GREEN, size=12),
        before=9,
        after=2,
        left=NUMBERS,
        hanging=NUMBERS,
    ),
    contents_entry(2, rpr(size=11.5), before=2, after=2, left=2 * NUMBERS, hanging=NUMBERS),
)
RUNNING = running(GREEN, 1.5, 5)
TABLES = tables(GREEN, header_row(WHITE, shading(GREEN[0])), rpr(bold=True))

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

"""The look of summary.docx: a strip at the head, big numbers on pale ground, short paragraphs."""

from __future__ import annotations

from _kinds import BULLET_LIST, Style, caption, cell_padding, header_row, heading, note
from _look import Look
from _word import BLUE, INK, PALE_BLUE, Colour, edge, ppr, rpr, shading

WHITE: Colour = ("FFFFFF", "background1")
# The strip's lines are one panel: Word joins paragraphs with the same borders and indents. The
# indents bring the borders, which it draws outside the text, back to the margins.
PANEL = "".join(edge(side, BLUE, 6, 18) for side in ("top", "left", "bottom", "right"))


def strip(name: str, letters: str, before: float, after: float, following: str) -> Style:
    """A line of the strip."""
    inside = ppr(
        keep_next=True,
        borders=PANEL,
        fill=BLUE[0],
        before=before,
        after=after,
        line=1,
        left=0.85,
        right=0.85,
    )
    return Style(name, inside, letters, following=following)


STRIP = (
    strip("Cover Landlord", rpr(bold=True, tint=WHITE, size=15), 0, 6, "Title"),
    strip("Title", rpr(bold=True, tint=WHITE, size=30), 0, 4, "Subtitle"),
    strip("Subtitle", rpr(tint=WHITE, size=16), 0, 0, "Body Text"),
)
NUMBERS = (
    Style(
        "Number Label",
        ppr(keep_next=True, before=6, after=0, line=1),
        rpr(bold=True, tint=INK, size=11),
    ),
    Style("Big Number", ppr(before=0, after=6, line=1), rpr(bold=True, tint=BLUE, size=24)),
    Style(
        "Report Numbers",
        ppr(before=0, after=0, line=1),
        based="Normal Table",
        kind="table",
        rest=f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{cell_padding(top=0.1, side=0.3)}</w:tblPr>'
        f"<w:trPr><w:cantSplit/></w:trPr><w:tcPr>{shading(PALE_BLUE)}</w:tcPr>"
        + header_row(INK, shading(PALE_BLUE)),
    ),
)
HEADINGS = (
    heading(1, before=13, after=3, size=15, numbered=False),
    heading(2, before=10, after=3, size=12.5, tint=INK, numbered=False),
)
TEXT = (
    Style("Body Text", ppr(after=4, line=1.1)),
    Style("List Bullet", ppr(numbering=(BULLET_LIST, 0), after=3)),
    caption(before=8, after=4, size=11, tint=INK),
    note(before=4, after=6, line=1.05),
)

SUMMARY_LOOK = Look(
    top=2.3,
    bottom=1.9,
    styles=(*STRIP, *NUMBERS, *HEADINGS, *TEXT),
    bullets=(
        ("bullet", "\u2022", "List Bullet", 0.0, 0.6),
        ("bullet", "\u2013", "List Bullet 2", 0.6, 1.2),
    ),
)

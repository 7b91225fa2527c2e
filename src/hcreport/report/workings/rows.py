"""The rows of a sheet, written straight into its XML.

XlsxWriter takes a call for each cell and searches each formula a score of times, which for many
records takes longer than all the rest of a build. So it writes a sheet without its rows, and below
the headings a blank row for each look that a row can have. The rows take their place, and the
styles of one of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

# A cell's XML from after its style on.
Cell = str
BLANK: Cell = "/>"
# The number of the look that a row has, and its cells.
Row = tuple[int, tuple[Cell, ...]]

_BLANK_ROWS = re.compile(
    rb'(?:<row r="\d+"[^>]*>(?:<c r="[A-Z]+\d+"(?: s="\d+")?/>)+</row>)+(?=</sheetData>)'
)
_STYLE = re.compile(r'<c r="[A-Z]+\d+"(?: s="(\d+)")?/>')
# What Excel would take for a character that is written by its number: it is written so itself.
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The most characters that Excel takes in a cell.
_LONGEST = 32_767


def text(words: str) -> Cell:
    """A cell of text, which is never read as a formula, a number or a date."""
    if not words:
        return BLANK
    kept = _LIKE_ESCAPED.sub("_x005F_", _NO_XML.sub("", words)[:_LONGEST])
    space = "" if kept == kept.strip() else ' xml:space="preserve"'
    return f' t="inlineStr"><is><t{space}>{escape(kept)}</t></is></c>'


def number(value: float) -> Cell:
    """A cell with a number."""
    return f"><v>{value:.16g}</v></c>"


def formula(calculated: str, cached: float | str, array_at: str = "") -> Cell:
    """A cell with a formula and its result; ``array_at`` is the address of an array formula."""
    opening = f'<f t="array" ref="{array_at}">' if array_at else "<f>"
    written = f"{opening}{escape(calculated)}</f>"
    if isinstance(cached, str):
        return f' t="str">{written}<v>{escape(cached)}</v></c>'
    kind = ' t="b"' if isinstance(cached, bool) else ""
    return f"{kind}>{written}<v>{cached:.16g}</v></c>"


def filled(sheet: bytes, rows: Iterable[Row]) -> bytes:
    """The sheet's XML with these rows in place of its blank ones."""
    blank = next(_BLANK_ROWS.finditer(sheet))
    looks = [_look(row) for row in blank[0].decode().split("</row>")[:-1]]
    made = "".join([looks[look] % (n, *cells) for n, (look, cells) in enumerate(rows, start=2)])
    return sheet[: blank.start()] + made.encode() + sheet[blank.end() :]


def _look(row: str) -> str:
    """A row with places for its number and for the rest of each cell after its style.

    Cells need no addresses, for each follows the last, and without them a file is half as large.
    """
    cells = (f'<c s="{style}"%s' if style else "<c%s" for style in _STYLE.findall(row))
    return f'<row r="%d">{"".join(cells)}</row>'

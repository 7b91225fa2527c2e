"""A binary workbook (.xlsb) in a few lines, since no library here writes one.

Each part is a run of records: a number, a length, and that many bytes. Only what a reader needs to
find one sheet of text, numbers and days is written.
"""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHEET = "xl/worksheets/sheet1.bin"
DAY_NOUGHT = date(1899, 12, 30)
_SPACE = "http://schemas.openxmlformats.org/"
_TYPES = f"""<?xml version="1.0"?><Types xmlns="{_SPACE}package/2006/content-types">
<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Default Extension="rels"
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"""
_LINK = f'<Relationship Id="%s" Type="{_SPACE}officeDocument/2006/relationships/%s" Target="%s"/>'
_LINKS = f'<?xml version="1.0"?><Relationships xmlns="{_SPACE}package/2006/relationships">%s'
# Numbers of records.
ROW, REAL, TEXT, XF = 0, 5, 6, 47
BEGIN_SHEET, END_SHEET, BEGIN_BOOK, END_BOOK = 129, 130, 131, 132
BEGIN_SHEETS, END_SHEETS, BEGIN_ROWS, END_ROWS = 143, 144, 145, 146
EXTENT, BUNDLE, BEGIN_XFS, END_XFS = 148, 156, 617, 618
AS_NUMBER, AS_DAY = 0, 14  # formats that Excel knows without being told


def xlsb(rows: Sequence[Sequence[str | float | date | None]], more: bytes = b"") -> bytes:
    """Make a binary workbook of one sheet; ``more`` are records after its rows."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _links(("rId1", "officeDocument", "xl/workbook.bin")))
        archive.writestr("xl/workbook.bin", _book())
        sheets = (("rId1", "worksheet", "worksheets/sheet1.bin"), ("rId2", "styles", "styles.bin"))
        archive.writestr("xl/_rels/workbook.bin.rels", _links(*sheets))
        archive.writestr("xl/styles.bin", _styles())
        archive.writestr(SHEET, b"".join(_sheet(rows, more)))
    return made.getvalue()


def record(number: int, content: bytes = b"") -> bytes:
    """One record."""
    return _packed(number) + _packed(len(content)) + content


def _packed(number: int) -> bytes:
    """A number in bytes of seven bits, the lowest first."""
    found = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        found.append(low | (0x80 if number else 0))
        if not number:
            return bytes(found)


def _words(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _links(*links: tuple[str, str, str]) -> str:
    return _LINKS % "".join(_LINK % link for link in links) + "</Relationships>"


def _book() -> bytes:
    sheet = struct.pack("<II", 0, 1) + _words("rId1") + _words("Cases")
    inside = record(BEGIN_SHEETS) + record(BUNDLE, sheet) + record(END_SHEETS)
    return record(BEGIN_BOOK) + inside + record(END_BOOK)


def _styles() -> bytes:
    formats = (struct.pack("<HH", 0, number) + bytes(12) for number in (AS_NUMBER, AS_DAY))
    inside = b"".join(record(XF, held) for held in formats)
    return record(BEGIN_XFS, struct.pack("<I", 2)) + inside + record(END_XFS)


def far_record(row: int, column: int) -> bytes:
    """A cell that stands somewhere else than the others."""
    return record(ROW, struct.pack("<I", row) + bytes(13)) + _cell(column, "x")


def _sheet(rows: Sequence[Sequence[str | float | date | None]], more: bytes) -> Iterator[bytes]:
    yield record(BEGIN_SHEET)
    yield record(EXTENT, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1))
    yield record(BEGIN_ROWS)
    for number, row in enumerate(rows):
        yield record(ROW, struct.pack("<I", number) + bytes(13))
        for column, cell in enumerate(row):
            if cell is not None:
                yield _cell(column, cell)
    yield more + record(END_ROWS) + record(END_SHEET)


def _cell(column: int, cell: str | float | date) -> bytes:
    if isinstance(cell, str):
        return record(TEXT, struct.pack("<II", column, 0) + _words(cell))
    style, value = (1, (cell - DAY_NOUGHT).days) if isinstance(cell, date) else (0, cell)
    return record(REAL, struct.pack("<IId", column, style, value))

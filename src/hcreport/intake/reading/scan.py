"""What a workbook's reader does not tell, found in the sheet's XML.

Calamine hands over a blank for a spreadsheet error and for a formula that was never calculated,
and says nothing of hidden rows, filters and number formats that show leading zeros. Taken as it
is, each would change a figure without a word. The XML is searched as bytes: parsing it again
would take as long as reading it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from hcreport.intake import rules
from hcreport.intake.values import Fault

T = TypeVar("T")
# A pattern for a sheet of a million cells begins with letters that it can be searched by: what
# could begin in several ways takes ten times as long. So a prefix (<x:c> is as good as <c>) is
# taken off beforehand, and each pattern looks for one element.
_PREFIX = re.compile(rb"<(\w+:)?sheetData[ />]")
_CELL = re.compile(rb"<c((?: [^>]*?)?)(?<!/)>(.*?)</c>", re.DOTALL)
_VALUE = re.compile(rb"<v>([^<]+)</v>")
_UNPLACED_ROW = re.compile(rb"<row(?=[ />])(?![^>]*\br=)")
_UNPLACED_CELL = re.compile(rb"<c(?=[ />])(?![^>]*\br=)")
# A cell out here would make the reader lay out a sheet of a thousand million cells.
_FAR = re.compile(rb'<c [^>]*?\br="([A-Z]{3,}[0-9]+|[A-Z]+[0-9]{7,})"')
# A cell that may be either: anything but a place near the rest, where programs mostly put it.
_ODD_CELL = re.compile(rb'<c(?=[ />])(?! r="[A-Z]{1,2}[0-9]{1,6}")')
# That, or a cell beyond column Z, which most exports do not reach: one search tells both.
_WIDE_CELL = re.compile(rb'<c(?=[ />])(?! r="[A-Z][0-9]{1,6}")')
_FORMULA = re.compile(rb"<f[ >/]")
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_ROW = re.compile(rb"<row(?=[ />])[^>]*>")
_ROW_NUMBER = re.compile(rb'<row [^>]*?\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col ([^>]*)>")
_FIRST, _LAST = re.compile(rb'\bmin="(\d+)"'), re.compile(rb'\bmax="(\d+)"')
# An export of 300,000 rows and 100 columns is the largest anybody has.
MOST_CELLS = 30_000_000
_FAR_COLUMN = 702  # ZZ: further out a cell is refused wherever its row is
_ANY_CELL = re.compile(rb"<(?:\w+:)?c( [^>]*)>")
_WIDEST = 16_384  # columns there are in a sheet
_FORMAT = re.compile(rb"<numFmt [^>]*>")
_FORMAT_ID = re.compile(rb'numFmtId="(\d+)"')
_ZEROS = re.compile(rb'formatCode="(0{2,})"')
# Noughts among dashes or quoted letters: what is shown is not the number in the cell.
_DRESSED = re.compile(rb'formatCode="((?:0|-|/|\\.|&quot;[^&"]*&quot;)*)"')
SHOWN_OTHERWISE = "a number that its format shows as something else"
_STYLES = re.compile(rb"<xf ([^>]*)>")
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
NEVER_CALCULATED = "a formula that was never calculated"


@dataclass(frozen=True)
class Scan:
    """By row and column from 0: broken cells with what is wrong, and the digits that are shown."""

    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)
    padded: Mapping[tuple[int, int], int] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    filtered: bool = False
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True)
class SheetXml:
    """The parts of a workbook that tell about one sheet.

    ``rows`` are the opening tags of its rows alone: a search of them takes no time beside one of
    the sheet. ``is_narrow`` tells that no cell stands beyond column Z.
    """

    sheet: bytes
    rows: bytes
    is_narrow: bool
    book: bytes
    styles: bytes


def sheet_xml(content: bytes, sheet: str) -> SheetXml:
    """The XML of one sheet. Raises KeyError when the workbook does not say where it is.

    Raises Fault when a cell stands far from the rest.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = _part_of(archive, sheet)
        styles = archive.read("xl/styles.xml") if "xl/styles.xml" in archive.namelist() else b""
        xml, book = _unprefixed(archive.read(part)), archive.read("xl/workbook.xml")
    rows, is_narrow = _rows(xml), _WIDE_CELL.search(xml) is None
    if not is_narrow or _UNPLACED_ROW.search(rows):  # hardly any sheet
        xml = _plain(xml)
        rows = _rows(xml)
    return SheetXml(xml, rows, is_narrow, book, styles)


def _unprefixed(xml: bytes) -> bytes:
    prefix = _PREFIX.search(xml)
    if prefix and prefix[1]:
        return xml.replace(b"<" + prefix[1], b"<").replace(b"</" + prefix[1], b"</")
    return xml


def _rows(xml: bytes) -> bytes:
    """The opening tags of a sheet's rows."""
    return b"".join(_ROW.findall(xml))


def _plain(xml: bytes) -> bytes:
    """The sheet with a place on each row and cell, none of them far off."""
    is_placed = not _UNPLACED_ROW.search(xml)
    if is_placed and not _ODD_CELL.search(xml):
        return xml
    if not is_placed or _UNPLACED_CELL.search(xml):
        xml = _placed(xml)
    if far := _FAR.search(xml):
        place = far[1].decode("ascii")
        raise Fault(rules.NOT_A_TABLE, f"a cell stands far from the rest, at {place}; clear it")
    return xml


def _placed(xml: bytes) -> bytes:
    """The sheet with a place on each row and cell: a file may leave them to be counted."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    number = 0
    for row in root.iter("{*}row"):
        number = int(row.get("r", number + 1))
        row.set("r", str(number))
        column = 0
        for cell in row.iterchildren("{*}c"):
            given = cell.get("r")
            column = _place(f' r="{given}"'.encode())[1] + 1 if given else column + 1
            cell.set("r", f"{_letters(column)}{number}")
    return etree.tostring(root)


def _letters(column: int) -> str:
    """A column's letters, counting from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def scan(xml: SheetXml) -> Scan:
    """What the XML of one sheet of an .xlsx workbook says beside its values."""
    # Some programs write nought for every formula and leave the sum to Excel.
    untrusted = b'fullCalcOnLoad="1"' in xml.book
    has_broken = b't="e"' in xml.sheet or _FORMULA.search(xml.sheet) is not None
    return Scan(
        broken=dict(_dressed(xml))
        | (dict(_broken(xml.sheet, untrusted=untrusted)) if has_broken else {}),
        padded=dict(_padded(xml)),
        hidden_rows=frozenset(_hidden_rows(xml.rows)) if b"hidden=" in xml.rows else frozenset(),
        # A filter stands after the rows, the columns before them.
        filtered=xml.sheet.find(b"filterColumn", xml.sheet.rfind(b"</sheetData>")) >= 0,
        hidden_columns=frozenset(_hidden_columns(xml.sheet)),
    )


def _broken(xml: bytes, *, untrusted: bool) -> Iterator[tuple[tuple[int, int], str]]:
    for attributes, inside in _CELL.findall(xml):
        is_error = b't="e"' in attributes
        if not is_error and not _FORMULA.search(inside):
            continue
        value = _VALUE.search(inside)
        if is_error:
            yield _place(attributes), value[1].decode("utf-8", "replace") if value else "an error"
        elif (untrusted or value is None) and b't="str"' not in attributes:
            yield _place(attributes), NEVER_CALCULATED


def _hidden_rows(rows: bytes) -> Iterator[int]:
    for row in _ROW.findall(rows):
        number = _ROW_NUMBER.search(row)
        if number and _HIDDEN.search(row):
            yield int(number[1]) - 1


def _hidden_columns(xml: bytes) -> Iterator[int]:
    """The columns that the sheet's head declares hidden, by the ranges it gives."""
    for column in _COLUMN.findall(xml[: max(xml.find(b"<sheetData"), 0)]):
        first, last = _FIRST.search(column), _LAST.search(column)
        if first and last and _HIDDEN.search(column):
            yield from range(int(first[1]) - 1, min(int(last[1]), _WIDEST))


def _styled(xml: SheetXml, formats: Mapping[bytes, T]) -> Iterator[tuple[tuple[int, int], T]]:
    """The cells whose number format, by its id, is one of these."""
    used = xml.styles.partition(b"<cellXfs")[2].partition(b"</cellXfs>")[0]
    by_style = {
        str(n).encode(): formats[found[1]]
        for n, style in enumerate(_STYLES.findall(used))
        if (found := _FORMAT_ID.search(style)) and found[1] in formats
    }
    for attributes, _ in _CELL.findall(xml.sheet) if by_style else ():
        style = _STYLE.search(attributes)
        if style and style[1] in by_style and b't="' not in attributes:
            yield _place(attributes), by_style[style[1]]


def _formats(styles: bytes, pattern: re.Pattern[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The ids of the number formats that a pattern fits, and what it caught."""
    for declared in _FORMAT.findall(styles):
        code, identity = pattern.search(declared), _FORMAT_ID.search(declared)
        if code and identity:
            yield identity[1], code[1]


def _padded(xml: SheetXml) -> Iterator[tuple[tuple[int, int], int]]:
    """Cells whose number format is all noughts, and how many digits it shows."""
    yield from _styled(xml, {i: len(zeros) for i, zeros in _formats(xml.styles, _ZEROS)})


def _dressed(xml: SheetXml) -> Iterator[tuple[tuple[int, int], str]]:
    """Cells whose number format adds letters or dashes to noughts."""
    found = {
        identity: SHOWN_OTHERWISE
        for identity, code in _formats(xml.styles, _DRESSED)
        if b"00" in code and code.strip(b"0")
    }
    yield from _styled(xml, found)


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part that holds a sheet, by the workbook's list and its relations."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    book = etree.fromstring(archive.read("xl/workbook.xml"), parser)
    links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
    wanted = next((s.get(_LINK) for s in book.iter("{*}sheet") if s.get("name") == sheet), None)
    target = next((r.get("Target") for r in links if r.get("Id") == wanted), None)
    if target is None:
        raise KeyError(sheet)
    path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    names = {name.lower(): name for name in archive.namelist()}
    return names[posixpath.normpath(path).lower()]


def area(xml: SheetXml) -> int:
    """The cells from the first to the last row and column that hold one; rough for small sheets.

    The reader lays out all of them, so one stray cell in a far corner can fill a machine.
    """
    height = max(map(int, _ROW_NUMBER.findall(xml.rows)), default=0)
    # Nearly every sheet has one letter to a column, and is not looked at cell by cell.
    if height * _FAR_COLUMN <= MOST_CELLS or xml.is_narrow:
        return height
    cells = _ANY_CELL.findall(xml.sheet)
    return height * (1 + max((_place(cell)[1] for cell in cells), default=0))


def _place(attributes: bytes) -> tuple[int, int]:
    """A cell's row and column from 0. Raises ValueError where the cell does not say."""
    found = _PLACE.search(attributes)
    if found is None:
        raise ValueError("a cell that matters does not say where it stands")
    number = 0
    for letter in found[1]:
        number = number * 26 + letter - ord("A") + 1
    return int(found[2]) - 1, number - 1

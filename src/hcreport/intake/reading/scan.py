"""What a workbook's reader does not tell, found in the sheet's XML.

Calamine hands over a blank for a spreadsheet error and for a formula that was never calculated,
and says nothing of hidden rows, filters and number formats that show leading zeros. Taken as it
is, each would change a figure without a word. The XML is searched as bytes: parsing it again
would take as long as reading it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

_CELL = re.compile(rb"<c ([^>]*?)(?<!/)>(.*?)</c>", re.DOTALL)
_VALUE = re.compile(rb"<v>([^<]+)</v>")
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_ROW = re.compile(rb"<row ([^>]*)>")
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_FORMAT = re.compile(rb"<numFmt [^>]*>")
_FORMAT_ID = re.compile(rb'numFmtId="(\d+)"')
_ZEROS = re.compile(rb'formatCode="(0{2,})"')
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


def scan(content: bytes, sheet: str) -> Scan:
    """What the XML of one sheet of an .xlsx workbook says beside its values."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = _part_of(archive, sheet)
        if part is None:
            return Scan()
        xml, book = archive.read(part), archive.read("xl/workbook.xml")
        styles = archive.read("xl/styles.xml") if "xl/styles.xml" in archive.namelist() else b""
    # Some programs write nought for every formula and leave the sum to Excel.
    untrusted = b'fullCalcOnLoad="1"' in book
    has_broken = b't="e"' in xml or b"<f" in xml
    return Scan(
        broken=dict(_broken(xml, untrusted=untrusted)) if has_broken else {},
        padded=dict(_padded(xml, styles)),
        hidden_rows=frozenset(_hidden_rows(xml)) if b"hidden=" in xml else frozenset(),
        filtered=b"<filterColumn" in xml,
    )


def _broken(xml: bytes, *, untrusted: bool) -> Iterator[tuple[tuple[int, int], str]]:
    for attributes, inside in _CELL.findall(xml):
        place, value = _place(attributes), _VALUE.search(inside)
        if place is None:
            continue
        if b't="e"' in attributes:
            yield place, value[1].decode("utf-8", "replace") if value else "an error"
        elif b"<f" in inside and (untrusted or value is None) and b't="str"' not in attributes:
            yield place, NEVER_CALCULATED


def _hidden_rows(xml: bytes) -> Iterator[int]:
    for row in _ROW.findall(xml):
        number = _ROW_NUMBER.search(row)
        if number and _HIDDEN.search(row):
            yield int(number[1]) - 1


def _padded(xml: bytes, styles: bytes) -> Iterator[tuple[tuple[int, int], int]]:
    """Cells whose number format is all noughts, and how many digits it shows."""
    widths = {}
    for declared in _FORMAT.findall(styles):
        zeros, identity = _ZEROS.search(declared), _FORMAT_ID.search(declared)
        if zeros and identity:
            widths[identity[1]] = len(zeros[1])
    if not widths:
        return
    used = styles.partition(b"<cellXfs")[2].partition(b"</cellXfs>")[0]
    by_style = {
        str(n).encode(): widths[found[1]]
        for n, style in enumerate(_STYLES.findall(used))
        if (found := _FORMAT_ID.search(style)) and found[1] in widths
    }
    for attributes, _ in _CELL.findall(xml) if by_style else ():
        style, place = _STYLE.search(attributes), _place(attributes)
        if style and place and style[1] in by_style:
            yield place, by_style[style[1]]


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The part that holds a sheet, by the workbook's list and its relations."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    book = etree.fromstring(archive.read("xl/workbook.xml"), parser)
    links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
    wanted = next((s.get(_LINK) for s in book.iter("{*}sheet") if s.get("name") == sheet), None)
    target = next((r.get("Target") for r in links if r.get("Id") == wanted), None)
    if target is None:
        return None
    path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return path if path in names else None


def _place(attributes: bytes) -> tuple[int, int] | None:
    found = _PLACE.search(attributes)
    if found is None:
        return None
    number = 0
    for letter in found[1]:
        number = number * 26 + letter - ord("A") + 1
    return int(found[2]) - 1, number - 1

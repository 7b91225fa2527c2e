"""Cells that hold no value although they look as if they did.

A workbook's reader hands over a blank for a spreadsheet error and for a formula that was never
calculated. Taken as blank, either would be an unanswered complaint. Both stand in the sheet's
XML, which is searched as bytes: parsing it again would take as long as reading it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

_CELL = re.compile(rb"<c ([^>]*?)(?<!/)>(.*?)</c>", re.DOTALL)
_VALUE = re.compile(rb"<v>([^<]+)</v>")
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
NEVER_CALCULATED = "a formula that was never calculated"


def broken_cells(content: bytes, sheet: str) -> dict[tuple[int, int], str]:
    """What is wrong with each broken cell of a sheet, by row and column from 0.

    Only .xlsx workbooks can tell; the rest have none.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = _part_of(archive, sheet)
        if part is None:
            return {}
        xml, book = archive.read(part), archive.read("xl/workbook.xml")
    # Some programs write nought for every formula and leave the sum to Excel.
    untrusted = b'fullCalcOnLoad="1"' in book
    if b't="e"' not in xml and b"<f" not in xml:
        return {}
    return dict(_broken(xml, untrusted=untrusted))


def _broken(xml: bytes, *, untrusted: bool) -> Iterator[tuple[tuple[int, int], str]]:
    for attributes, inside in _CELL.findall(xml):
        place, value = _PLACE.search(attributes), _VALUE.search(inside)
        if place is None:
            continue
        at = int(place[2]) - 1, _column(place[1])
        if b't="e"' in attributes:
            yield at, value[1].decode("utf-8", "replace") if value else "an error"
        elif b"<f" in inside and (untrusted or value is None) and b't="str"' not in attributes:
            yield at, NEVER_CALCULATED


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


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1

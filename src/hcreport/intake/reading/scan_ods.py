"""What calamine does not tell of an OpenDocument sheet: error cells, and what is hidden."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from hcreport.intake.reading.scan import Scan

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
# Blank rows and cells to the edge of the sheet are written as one that is repeated so often.
MOST_REPEATS = 2_000


def scan_ods(content: bytes, sheet: str) -> Scan:
    """The error cells, hidden rows and hidden columns of one sheet, by row and column from 0."""
    root = _parsed(content)
    tables = (t for t in root.iter(f"{_TABLE}table") if t.get(f"{_TABLE}name") == sheet)
    table = next(tables, None)
    if table is None:
        raise KeyError(sheet)
    hidden: set[int] = set()
    filtered = False
    broken: dict[tuple[int, int], str] = {}
    for rows, row in _repeated(table.iter(f"{_TABLE}table-row"), "number-rows-repeated"):
        how = row.get(f"{_TABLE}visibility", "visible")
        if how != "visible":
            hidden.update(rows)
            filtered = filtered or how == "filter"
        for cells, cell in _repeated(row, "number-columns-repeated"):
            if cell.get(f"{_CALC}value-type") == "error":
                what = "".join(cell.itertext()) or "an error"
                broken.update({(n, column): what for n in rows for column in cells})
    columns = _repeated(table.iter(f"{_TABLE}table-column"), "number-columns-repeated")
    unseen = {
        number
        for numbers, column in columns
        if column.get(f"{_TABLE}visibility") == "collapse"
        for number in numbers
    }
    return Scan(
        broken=broken,
        hidden_rows=frozenset(hidden),
        filtered=filtered,
        hidden_columns=frozenset(unseen),
    )


def area(content: bytes) -> int:
    """The cells of the largest sheet, from its first to the last that says something.

    A few bytes can repeat a cell a thousand million times, and its reader would lay them all out.
    """
    return max(map(_area_of, _parsed(content).iter(f"{_TABLE}table")), default=0)


def _area_of(table: Any) -> int:
    height = width = above = 0
    for row in table.iter(f"{_TABLE}table-row"):
        last = before = 0
        for cell in row:
            before += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            last = before if len(cell) or cell.get(f"{_OFFICE}value-type") else last
        above += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        height, width = (above if last else height), max(width, last)
    return height * width


def _parsed(content: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("content.xml")
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _repeated(elements: Any, attribute: str) -> Iterator[tuple[range, Any]]:
    """Elements with their places from 0: as many as it is repeated, up to a bound."""
    place = 0
    for element in elements:
        times = int(element.get(f"{_TABLE}{attribute}", "1"))
        yield range(place, place + min(times, MOST_REPEATS)), element
        place += times

"""What calamine does not tell of an OpenDocument sheet: error cells, and what is hidden."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from hcreport.intake.reading.scan import Scan

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
# Blank rows and cells to the edge of the sheet are written as one that is repeated so often.
MOST_REPEATS = 10_000


def scan_ods(content: bytes, sheet: str) -> Scan:
    """The error cells, hidden rows and hidden columns of one sheet, by row and column from 0."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("content.xml")
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    tables = (t for t in root.iter(f"{_TABLE}table") if t.get(f"{_TABLE}name") == sheet)
    table = next(tables, None)
    if table is None:
        raise KeyError(sheet)
    hidden: set[int] = set()
    filtered = False
    broken: dict[tuple[int, int], str] = {}
    for number, row in _repeated(table.iter(f"{_TABLE}table-row"), "number-rows-repeated"):
        how = row.get(f"{_TABLE}visibility", "visible")
        if how != "visible":
            hidden.add(number)
            filtered = filtered or how == "filter"
        for column, cell in _repeated(row, "number-columns-repeated"):
            if cell.get(f"{_CALC}value-type") == "error":
                broken[number, column] = "".join(cell.itertext()) or "an error"
    columns = _repeated(table.iter(f"{_TABLE}table-column"), "number-columns-repeated")
    unseen = {n for n, column in columns if column.get(f"{_TABLE}visibility") == "collapse"}
    return Scan(
        broken=broken,
        hidden_rows=frozenset(hidden),
        filtered=filtered,
        hidden_columns=frozenset(unseen),
    )


def _repeated(elements: Any, attribute: str) -> Iterator[tuple[int, Any]]:
    """Elements with their place from 0, each as often as it is repeated."""
    place = 0
    for element in elements:
        times = int(element.get(f"{_TABLE}{attribute}", "1"))
        for _ in range(min(times, MOST_REPEATS)):
            yield place, element
            place += 1
        place += max(times - MOST_REPEATS, 0)

"""Tables that call themselves .xls and are not: web pages, and the XML spreadsheet of 2003."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree, html

from hcreport.intake import rules
from hcreport.intake.reading.grid import Grid, Span
from hcreport.intake.values import Broken, Cell, Fault

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
# No export is wider; a span that says more is damage or malice.
WIDEST = 2_000
LONGEST = 2_000_000


def read_html(content: bytes) -> list[Grid]:
    """Each table of a web page as a grid of text. Spans leave blanks, and are noted as merged."""
    try:
        parser = html.HTMLParser(encoding=_charset(content), huge_tree=False)
        page = html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError) as fault:
        raise Fault(rules.NOT_A_TABLE, "it is a web page that cannot be read") from fault
    tables = [t for t in page.iter("table") if not any(True for _ in t.iterdescendants("table"))]
    if not tables:
        raise Fault(rules.NOT_A_TABLE, "it is a web page without a table")
    return [_html_grid(f"Table {n}", table) for n, table in enumerate(tables, start=1)]


def _charset(content: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "utf-8"


def _html_grid(name: str, table: Any) -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    merged = []
    taken: set[tuple[int, int]] = set()
    height = 0
    for top, row in enumerate(table.iter("tr")):
        left = 0
        for cell in row.iterchildren("td", "th"):
            while (top, left) in taken:
                left += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            cells[top, left] = " ".join(cell.text_content().split())
            if across > 1 or down > 1:
                merged.append(Span(top, left, top + down - 1, left + across - 1))
                taken |= {(top + d, left + a) for d in range(down) for a in range(across)}
            left += across
        height = top + 1
    width = max((column + 1 for _, column in (*cells, *taken)), default=0)
    rows = [[cells.get((r, c)) for c in range(width)] for r in range(height)]
    return Grid(name, rows, "web page saved as a workbook", merged=tuple(merged))


def _span(cell: Any, name: str) -> int:
    given = str(cell.get(name, "1"))
    return min(max(int(given), 1), WIDEST) if given.isdecimal() else 1


def read_xml_2003(content: bytes) -> list[Grid]:
    """Each worksheet of an XML spreadsheet, its cells typed as the file types them."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.LxmlError as fault:
        raise Fault(rules.NOT_A_TABLE, "it is an XML spreadsheet that is damaged") from fault
    sheets = list(root.iter(f"{_SS}Worksheet"))
    if not sheets:
        raise Fault(rules.NO_RECORDS, "it has no worksheet")
    return [_xml_grid(sheet) for sheet in sheets]


def _xml_grid(sheet: Any) -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    merged = []
    for top, row in _numbered(sheet.iter(f"{_SS}Row"), LONGEST):
        for left, cell in _numbered(row.iterchildren(f"{_SS}Cell"), WIDEST):
            cells[top, left] = _xml_value(cell)
            across = int(cell.get(f"{_SS}MergeAcross", "0"))
            down = int(cell.get(f"{_SS}MergeDown", "0"))
            if across or down:
                merged.append(Span(top, left, top + down, left + across))
    height = max((row for row, _ in cells), default=-1) + 1
    width = max((column for _, column in cells), default=-1) + 1
    rows = [[cells.get((r, c)) for c in range(width)] for r in range(height)]
    return Grid(sheet.get(f"{_SS}Name", ""), rows, "XML spreadsheet 2003", merged=tuple(merged))


def _numbered(elements: Any, most: int) -> Iterator[tuple[int, Any]]:
    """Elements with their place from 0; ``ss:Index`` jumps ahead, counting from 1."""
    place = 0
    for element in elements:
        place = int(element.get(f"{_SS}Index", place + 1)) - 1
        if place >= most:
            raise Fault(rules.NOT_A_TABLE, f"it places a cell at {place + 1:,}, beyond any export")
        yield place, element
        place += 1 + int(element.get(f"{_SS}MergeAcross", "0"))


def _xml_value(cell: Any) -> Cell:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return None
    text = "".join(data.itertext())
    match data.get(f"{_SS}Type"):
        case "Number":
            return float(text)
        case "DateTime":
            return datetime.fromisoformat(text.rstrip("Z"))
        case "Boolean":
            return text == "1"
        case "Error":
            return Broken(text or "an error")
        case _:
            return text

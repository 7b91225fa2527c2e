"""Tables that call themselves .xls and are not: web pages, and the XML spreadsheet of 2003."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from lxml import etree, html

from hcreport.intake import rules
from hcreport.intake.reading.grid import Grid, Span
from hcreport.intake.values import Broken, Cell, Fault

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_TYPED: Mapping[str, Callable[[str], Cell]] = {
    "Number": float,
    "DateTime": lambda text: datetime.fromisoformat(text.rstrip("Z")),
    "Boolean": lambda text: text == "1",
    "Error": lambda text: Broken(text or "an error"),
}
# No export is wider; a span that says more is damage or malice.
WIDEST = 2_000
LONGEST = 1_048_576
MOST_CELLS = 50_000_000
MOST_DIGITS = 7


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
    merged, hidden = [], set()
    taken: dict[int, int] = {}  # for each column, the row until which a cell from above reaches
    rows = list(table.iter("tr"))
    for top, row in enumerate(rows):
        left = 0
        if _is_hidden(row):
            hidden.add(top)
        for cell in row.iterchildren("td", "th"):
            while taken.get(left, 0) > top:
                left += 1
            across = min(_whole(cell.get("colspan")), WIDEST)
            down = min(_whole(cell.get("rowspan")), len(rows) - top)
            cells[top, left] = " ".join(" ".join(cell.itertext()).split())
            if across > 1 or down > 1:
                merged.append(Span(top, left, top + down - 1, left + across - 1))
                taken |= dict.fromkeys(range(left, left + across), top + down)
            left += across
            if left > WIDEST:
                raise Fault(rules.NOT_A_TABLE, "it is a web page with a row wider than any export")
    grid = _filled_grid(cells)
    how = "web page saved as a workbook"
    return Grid(name, grid, how, merged=tuple(merged), hidden_rows=frozenset(hidden))


def _is_hidden(row: Any) -> bool:
    return "display:none" in str(row.get("style", "")).replace(" ", "").lower()


def _whole(text: str | None, least: int = 1) -> int:
    """A small whole number from an attribute; the least there can be for anything else."""
    plain = (text or "").strip()
    is_small = plain.isascii() and plain.isdecimal() and len(plain) <= MOST_DIGITS
    return max(int(plain), least) if is_small else least


def _filled_grid(cells: dict[tuple[int, int], Cell]) -> list[list[Cell]]:
    """The rows of a sheet from its cells. Raises Fault for a sheet that is nearly all blank."""
    height = max((row for row, _ in cells), default=-1) + 1
    width = max((column for _, column in cells), default=-1) + 1
    if height * width > MOST_CELLS:
        raise Fault(rules.NOT_A_TABLE, "a cell stands far from the rest; clear it")
    return [[cells.get((r, c)) for c in range(width)] for r in range(height)]


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
    merged, hidden = [], set()
    for top, row in _numbered(sheet.iter(f"{_SS}Row"), LONGEST):
        if row.get(f"{_SS}Hidden") == "1":
            hidden.add(top)
        for left, cell in _numbered(row.iterchildren(f"{_SS}Cell"), WIDEST):
            cells[top, left] = _xml_value(cell)
            across = _whole(cell.get(f"{_SS}MergeAcross"), 0)
            down = _whole(cell.get(f"{_SS}MergeDown"), 0)
            if across or down:
                merged.append(Span(top, left, top + down, left + across))
    return Grid(
        sheet.get(f"{_SS}Name", ""),
        _filled_grid(cells),
        "XML spreadsheet 2003",
        merged=tuple(merged),
        hidden_rows=frozenset(hidden),
    )


def _numbered(elements: Any, most: int) -> Iterator[tuple[int, Any]]:
    """Elements with their place from 0; ``ss:Index`` jumps ahead, counting from 1."""
    place = 0
    for element in elements:
        given = element.get(f"{_SS}Index")
        if given is not None:
            if _whole(given, 0) < place + 1:
                raise Fault(rules.NOT_A_TABLE, "it numbers its cells in a way that goes backwards")
            place = _whole(given, 0) - 1
        if place >= most:
            raise Fault(rules.NOT_A_TABLE, f"it places a cell at {place + 1:,}, beyond any export")
        yield place, element
        place += 1 + _whole(element.get(f"{_SS}MergeAcross"), 0)


def _xml_value(cell: Any) -> Cell:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return None
    text = "".join(data.itertext())
    read = _TYPED.get(data.get(f"{_SS}Type"))
    try:
        return text if read is None else read(text)
    except ValueError:
        return Broken(text or "a number without digits")

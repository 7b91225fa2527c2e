"""Write workbooks, text and web pages that have the same bytes every time."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

Cell = str | int | float | date | None
Row = Sequence[Cell]

# A workbook records when it was made; a fixed day keeps the clock out of the bytes.
CREATED = datetime(2024, 6, 3)  # noqa: DTZ001  the file format has no time zone
_WIDEST = 32


@dataclass(frozen=True)
class Page:
    """What a report writer adds to a sheet: rows around the table, and what it hides.

    ``above`` and ``below`` are written as they are; a blank row is an empty one. ``hidden_columns``
    is how many columns on the left nobody sees, ``hidden_sheet`` the name of a sheet nobody sees.
    """

    above: Sequence[Row] = ()
    below: Sequence[Row] = ()
    hidden_columns: int = 0
    hidden_sheet: str = ""


def workbook(
    sheet: str, headings: Sequence[str], rows: Iterable[Row], page: Page | None = None
) -> bytes:
    """Make a workbook of one sheet: text stays text, dates and numbers are real ones."""
    extra = page or Page()
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": sheet, "created": CREATED})
    written = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True})
    top = len(extra.above)
    for column, heading in enumerate(headings):
        written.write_string(top, column, heading, bold)
        width = min(len(heading) + 2, _WIDEST)
        hidden = {"hidden": True} if column < extra.hidden_columns else {}
        written.set_column(column, column, width, None, hidden)
    for line, row in [*enumerate(extra.above), *enumerate([*rows, *extra.below], start=top + 1)]:
        for column, value in enumerate(row):
            write_cell(written, line, column, value)
    written.freeze_panes(top + 1, 0)
    if extra.hidden_sheet:
        book.add_worksheet(extra.hidden_sheet).hide()
    book.close()
    return buffer.getvalue()


def write_cell(page: xlsxwriter.worksheet.Worksheet, line: int, column: int, value: Cell) -> None:
    """Write one cell by its type; a blank one is left empty, as a case system leaves it."""
    match value:
        case None | "":
            pass
        case str():
            page.write_string(line, column, value)
        case date():
            page.write_datetime(line, column, value)
        case _:
            page.write_number(line, column, value)


def csv_export(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
) -> bytes:
    """Make a text file as programs on Windows export it: byte order mark and CRLF."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n", delimiter=delimiter)
    writer.writerow(headings)
    writer.writerows(rows)
    return buffer.getvalue().encode(encoding)


def web_page(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Make a web page with one table: what some systems hand over as an .xls file."""
    lines = [
        "<html>",
        f'<head><meta charset="utf-8"><title>{escape(title)}</title></head>',
        "<body><table>",
        _html_row("th", headings),
        *(_html_row("td", row) for row in rows),
        "</table></body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode()


def _html_row(tag: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"


_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
_NAMES = " ".join(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "table", "text"))


def open_document(sheet: str, headings: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Make an OpenDocument spreadsheet of one sheet."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<office:document-content {_NAMES} office:version="1.2">',
        f"<office:body><office:spreadsheet><table:table table:name={quoteattr(sheet)}>",
        *(
            f"<table:table-row>{''.join(_ods_cells(row))}</table:table-row>"
            for row in (headings, *rows)
        ),
        "</table:table></office:spreadsheet></office:body>",
        "</office:document-content>",
        "",
    ]
    parts = {
        "mimetype": _MIMETYPE,
        "META-INF/manifest.xml": _MANIFEST,
        "content.xml": "\n".join(lines),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            # The kind of file stands first and unpacked, so that programs can tell it.
            packed = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            member = zipfile.ZipInfo(name, CREATED.timetuple()[:6])
            archive.writestr(member, content, compress_type=packed)
    return buffer.getvalue()


def _ods_cells(row: Row) -> Iterator[str]:
    for value in row:
        match value:
            case None | "":
                yield "<table:table-cell/>"
            case str():
                yield _ods_cell('"string"', value.split("\n"))
            case date():
                yield _ods_cell(f'"date" office:date-value="{value.isoformat()}"', [str(value)])
            case _:
                yield _ods_cell(f'"float" office:value="{value}"', [str(value)])


def _ods_cell(kind: str, lines: Iterable[str]) -> str:
    shown = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    return f"<table:table-cell office:value-type={kind}>{shown}</table:table-cell>"

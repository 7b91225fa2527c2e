"""Files as they come: each mess that other readers swallow is read rightly, or said with its place.

The messes are those of the survey of exports, in its order: whole files, cells, delimited text.
Everything goes through ``load``, as in a run, on small files that are made here.
"""

# ruff: noqa: DTZ001  a spreadsheet's times have no zone

from __future__ import annotations

import html
import io
import re
import sys
import tempfile
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from builders import day
from hcreport.intake import rules
from hcreport.intake.load import Intake, load
from hcreport.intake.profile import Profile, Source
from hcreport.intake.reading import Sheet, Wanted, read
from hcreport.intake.reading.kinds import Kind, kind_of
from hcreport.intake.unseen import unseen
from hcreport.intake.values import Fault, folded
from hcreport.records import Award, Complaint
from projects import python
from xlsb import far_record, xlsb

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HEADINGS = ["Case Ref", "Stage", "Date received", "Service", "Outcome"]
FIELDS = ("reference", "stage", "received_on", "service", "outcome")
COMPLAINTS: dict[str, Any] = {
    "table": "complaints",
    "files": ["exports/*"],
    "headings": dict(zip(FIELDS, HEADINGS, strict=True)),
}
AWARDS: dict[str, Any] = {
    "table": "awards",
    "files": ["exports/*"],
    "headings": {"reference": "Case Ref", "amount": "Amount"},
}
WANTED = Wanted(frozenset(map(folded, HEADINGS)), frozenset({"case ref"}))
SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
DAY = date(2024, 4, 3)
FIRST = ("0012", "stage1", "2024-04-03", "Repairs", "upheld")
SECOND = ("0013", "stage1", "2024-04-12", "Tenancy", "not_upheld")
CASES = [list(FIRST), list(SECOND)]


# --- Files to read ----------------------------------------------------------------------------


def loaded(folder: Path, content: str | bytes, name: str = "cases.xlsx", **source: Any) -> Intake:
    """Load a project of one file; ``source`` is that of complaints with these changes."""
    path = folder / "exports" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    given = {"title": "Ours", "sources": {"them": COMPLAINTS | source}}
    return load(folder, Profile.model_validate(given))


def cases(found: Intake) -> list[tuple[str | None, ...]]:
    """The complaints that were read, as text."""
    fields = (tuple(getattr(c, name) for name in FIELDS) for c in found.records.complaints)
    return [tuple(None if value is None else str(value) for value in case) for case in fields]


def amounts(found: Intake) -> list[tuple[str, int]]:
    """The awards that were read: reference and pence."""
    return [(a.reference, a.amount) for a in found.records.awards]


def said(found: Intake) -> list[tuple[str, str]]:
    """The problems met: code and place."""
    return [(p.rule.code, str(p.place)) for p in found.problems]


def kinds(found: Intake) -> dict[str, int]:
    """The rows of the only file by what they are, less what there is none of."""
    (account,) = found.reconciliation
    return {kind: number for kind, number in account.kinds.items() if number}


def refused(folder: Path, content: str | bytes, name: str = "cases.xlsx") -> tuple[str, str]:
    """Load a file that must be refused: the rule's code and the message."""
    found = loaded(folder, content, name)
    assert () == found.records.complaints
    (problem,) = found.problems
    assert f"exports/{name}" == problem.place.file
    return problem.rule.code, problem.message


def workbook(
    rows: Sequence[Sequence[Any]],
    also: Callable[[Any, Any], object] = lambda _book, _sheet: None,
    name: str = "Cases",
    **options: Any,
) -> bytes:
    """Make a workbook: text stays text, None leaves a cell out; ``also`` adds to book and sheet."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **options}) as book:
        book.set_properties({"created": datetime(2024, 4, 3)})
        as_day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, date | time):
                    sheet.write_datetime(r, c, cell, as_day)
                elif isinstance(cell, str):
                    sheet.write_string(r, c, cell)
                elif cell is not None:
                    sheet.write(r, c, cell)
        also(book, sheet)
    return made.getvalue()


def repacked(content: bytes, **parts: Callable[[bytes], bytes]) -> bytes:
    """Change parts of a workbook: ``sheet``, ``book`` or ``styles`` to what becomes of it."""
    names = {SHEET: "sheet", BOOK: "book", STYLES: "styles"}
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            change = parts.get(names.get(name, ""), bytes)
            new.writestr(name, change(old.read(name)))
    return made.getvalue()


def replaced(old: str, new: str) -> Callable[[bytes], bytes]:
    """Put one text of a part, which must be there, in place of another."""

    def change(part: bytes) -> bytes:
        assert old.encode() in part
        return part.replace(old.encode(), new.encode())

    return change


def csv_of(*rows: Sequence[str], between: str = ",") -> str:
    """Make delimited text without quotation marks."""
    return "".join(between.join(row) + "\n" for row in rows)


def web(*rows: Sequence[str], row: str = "<tr>", before: str = "") -> str:
    """Make a web page with a table; ``row`` opens its last row."""
    lines = ["".join(f"<td>{html.escape(cell)}</td>" for cell in cells) for cells in rows]
    lines = [f"<tr>{line}</tr>" for line in lines[:-1]] + [f"{row}{lines[-1]}</tr>"]
    return f"<html><body>{before}<table>{''.join(lines)}</table></body></html>"


def xml_2003(*rows: Sequence[str], row: str = "<Row>", more: str = "") -> str:
    """Make an XML spreadsheet; a cell may say its type as ``Number:5``; ``row`` opens the last."""
    lines = []
    for cells in rows:
        typed = [
            c.split(":", 1) if re.match("[A-Z][A-Za-z]+:", c) else ("String", c) for c in cells
        ]
        data = (f'<Cell><Data ss:Type="{t}">{html.escape(v)}</Data></Cell>' for t, v in typed)
        lines.append("".join(data))
    opened = ["<Row>"] * (len(lines) - 1) + [row]
    body = "".join(f"{o}{line}</Row>" for o, line in zip(opened, lines, strict=True))
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?>\n<Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="Cases"><Table>{body}{more}</Table></Worksheet></Workbook>'
    )


def ods(*rows: Sequence[str], row: str = "", error: str = "", locked: bool = False) -> bytes:
    """Make an OpenDocument sheet of text; ``row`` marks its last row, ``error`` ends it."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    lines = [
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{html.escape(cell)}</text:p>'
            "</table:table-cell>"
            for cell in cells
        )
        for cells in rows
    ]
    if error:
        lines[-1] += (
            '<table:table-cell table:formula="of:=NA()" office:value-type="string" '
            f'office:string-value="" calcext:value-type="error"><text:p>{error}</text:p>'
            "</table:table-cell>"
        )
    marks = [""] * (len(lines) - 1) + [row]
    body = "".join(
        f"<table:table-row {mark}>{line}</table:table-row>"
        for mark, line in zip(marks, lines, strict=True)
    )
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Cases">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    key = '<manifest:encryption-data manifest:checksum="x"/>' if locked else ""
    entry = f'manifest:full-path="content.xml" manifest:media-type="text/xml">{key}'
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{office}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
        f"<manifest:file-entry {entry}</manifest:file-entry></manifest:manifest>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", b"\x93\x01\xfe" * 90 if locked else content)
    return made.getvalue()


def prefixed(part: bytes) -> bytes:
    """Put the elements of a sheet under a prefix, as Microsoft's own library for .NET does."""
    space = b'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", part).replace(
        b"xmlns=" + space, b"xmlns:x=" + space
    )


def unplaced(part: bytes) -> bytes:
    """Take the places off rows and cells, which the standard allows and plain writers do."""
    return re.sub(rb'<(c|row) r="\w+"', rb"<\1", part)


TEXT = csv_of(HEADINGS, *CASES)
XLSX = workbook([HEADINGS, *CASES])


# --- Whole files (3.1) ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        XLSX,
        ods(HEADINGS, *CASES),
        web(HEADINGS, *CASES).encode(),
        xml_2003(HEADINGS, *CASES).encode(),
        csv_of(HEADINGS, *CASES, between="\t").encode("cp1252"),
        csv_of(HEADINGS, *CASES, between="\t").encode("utf-16"),
        csv_of(HEADINGS, *CASES, between=";").encode(),
        csv_of(HEADINGS, *CASES, between="|").encode(),
        TEXT.encode("utf-8-sig"),
    ],
    ids=["xlsx", "ods", "html", "xml", "tab", "utf-16", "semicolon", "bar", "csv"],
)
@pytest.mark.parametrize("name", ["cases.xls", "cases.xlsx", "cases.csv"])
def test_a_file_is_read_as_what_it_is(tmp_path: Path, content: bytes, name: str) -> None:
    """Whatever a file is called, it gives the same two cases, leading zeros and all."""
    found = loaded(tmp_path, content, name)
    assert [FIRST, SECOND] == cases(found)
    assert () == found.problems
    assert {"case": 2, "heading": 1} == kinds(found)


def test_the_kind_is_told_by_the_bytes() -> None:
    """Each kind by what it holds; a compound file that is no more than its first bytes is none."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
    assert Kind.BINARY is kind_of(made.getvalue())
    with pytest.raises(Fault, match="cut short or damaged"):
        kind_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    assert Kind.WORKBOOK is kind_of(XLSX)
    assert Kind.OPEN_DOCUMENT is kind_of(ods(HEADINGS))
    assert Kind.HTML is kind_of(b"\xef\xbb\xbf\r\n <!DOCTYPE html><table>")
    assert Kind.XML_2003 is kind_of(xml_2003(HEADINGS).encode())
    assert Kind.TEXT is kind_of(b"Case Ref")


def encrypted() -> bytes:
    """Protect a workbook by a password, as Excel does."""
    made = io.BytesIO()
    OOXMLFile(io.BytesIO(XLSX)).encrypt("secret", made)
    return made.getvalue()


def zip_of(**parts: bytes) -> bytes:
    """Make a zip file of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def strict() -> bytes:
    """Make a workbook of the strict kind."""
    transitional = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return repacked(
        XLSX, book=replaced(transitional, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    )


def spoilt() -> bytes:
    """Make a workbook whose list of sheets does not unpack."""
    at = zipfile.ZipFile(io.BytesIO(XLSX)).getinfo(BOOK).header_offset + 30 + len(BOOK)
    return XLSX[:at] + b"\xff" * 40 + XLSX[at + 40 :]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (encrypted(), "R105", "password"),
        (ods(HEADINGS, locked=True), "R105", "password"),
        (strict(), "R105", "Strict"),
        (XLSX[: len(XLSX) // 2], "R105", "cut short"),
        (XLSX[:-30], "R105", "cut short"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "R105", "cut short"),
        (b"", "R107", "empty"),
        (b" \r\n\t", "R107", "empty"),
        (b"%PDF-1.7\n1 0 obj", "R105", "PDF"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "R105", "web archive"),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: x", "R105", "web archive"),
        (bytes(range(256)) * 4, "R105", "neither"),
        (zip_of(a=b"\0" * 9_000_000), "R105", "unpacks"),
        (zip_of(a=b"x"), "R105", "no workbook"),
        (b"<html><body>Session expired</body></html>", "R105", "without a table"),
        (b"<?xml version='1.0'?><cases><case/></cases>", "R105", "XML"),
        (b"Case Ref,\x81\n1,2\n", "R105", "neither UTF-8"),
        (spoilt(), "R105", "damaged"),
    ],
    ids=[
        "locked xlsx",
        "locked ods",
        "strict",
        "half",
        "no end",
        "old and broken",
        "empty",
        "spaces",
        "pdf",
        "mhtml",
        "mhtml of Chrome",
        "junk",
        "bomb",
        "zip",
        "page",
        "xml",
        "strange letters",
        "damaged",
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str, words: str) -> None:
    """Each file that cannot be read is refused in plain words of its own, and named."""
    found, message = refused(tmp_path, content)
    assert code == found
    assert words in message


@pytest.mark.parametrize("extended", [False, True])
def test_dates_that_count_from_1904(tmp_path: Path, extended: bool) -> None:
    """A workbook from a Mac gives the right day, with Excel 2013's extension block or without."""
    block = (
        '<extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}" '
        'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">'
        '<x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>'
    )
    content = workbook([HEADINGS, ["0012", "stage1", DAY, "Repairs", "upheld"]], date_1904=True)
    content = repacked(content, book=replaced("</workbook>", block) if extended else bytes)
    found = loaded(tmp_path, content)
    assert [FIRST] == cases(found)
    assert () == found.problems


@pytest.mark.parametrize("dimension", ["A1", "A1:I1048571", "A1:XFD1048576", "C3:D4"])
def test_a_wrong_dimension_is_no_matter(tmp_path: Path, dimension: str) -> None:
    """A sheet that misstates its size gives every row, and no time is lost on what is not there."""
    began = monotonic()
    found = loaded(tmp_path, repacked(XLSX, sheet=replaced('"A1:E3"', f'"{dimension}"')))
    assert [FIRST, SECOND] == cases(found)
    assert 2 > monotonic() - began


def repeated(rows: int, *cells: tuple[int, str]) -> bytes:
    """Say an OpenDocument row so many times: of cells, each so many times and with its words."""
    made = (
        f'<table:table-cell table:number-columns-repeated="{times}" office:value-type="string">'
        f"<text:p>{words}</text:p></table:table-cell>"
        if words
        else f'<table:table-cell table:number-columns-repeated="{times}"/>'
        for times, words in cells
    )
    row = f'<table:table-row table:number-rows-repeated="{rows}">{"".join(made)}</table:table-row>'
    return row.encode()


def followed(*rows: bytes) -> bytes:
    """Put rows after the cases of an OpenDocument sheet."""
    with zipfile.ZipFile(io.BytesIO(ods(HEADINGS, *CASES))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    end = b"</table:table>"
    return zip_of(
        **parts | {"content.xml": parts["content.xml"].replace(end, b"".join(rows) + end)}
    )


def test_the_filler_of_a_sheet_takes_no_time(tmp_path: Path) -> None:
    """Blanks to the last corner, which office programs write, are nothing."""
    began = monotonic()
    found = loaded(tmp_path, followed(repeated(1_048_570, (16_384, ""))))
    assert ([FIRST, SECOND], ()) == (cases(found), found.problems)
    assert 2 > monotonic() - began


@pytest.mark.parametrize(
    "content",
    [
        xlsb([HEADINGS, *CASES], more=far_record(999_999, 16_383)),
        repacked(
            XLSX,
            sheet=replaced(
                "</sheetData>",
                '<row r="999999"><c r="ZZ999999"><v>1</v></c></row></sheetData>',
            ),
        ),
        followed(repeated(1_048_570, (16_384, "x"))),
        followed(repeated(500_000, (400, "")), repeated(1, (400, ""), (1, "x"))),
        repacked(
            XLSX,
            sheet=replaced(
                "</sheetData>",
                '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
            ),
        ),
        repacked(XLSX, sheet=replaced('r="A3"', 'r="A99999999"')),
        repacked(XLSX, sheet=replaced('r="A3"', 'r="ZZZZZZ3"')),
        xml_2003(
            HEADINGS,
            *CASES,
            more='<Row ss:Index="1900000"><Cell ss:Index="1900"><Data>x</Data></Cell></Row>',
        ).encode(),
        web(HEADINGS, *CASES, row='<tr><td colspan="2000" rowspan="2000">' * 9).encode(),
    ],
    ids=[
        "xlsb",
        "corner",
        "ods",
        "ods corner",
        "last cell",
        "no such row",
        "no such column",
        "xml",
        "html",
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
def test_a_cell_far_out_takes_no_memory(tmp_path: Path, content: bytes) -> None:
    """One stray cell in the last corner neither ends the program nor fills the machine."""
    path = tmp_path / "stray"
    path.write_bytes(content)
    script = (
        "import resource, sys; from pathlib import Path\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (3, 3))\n"
        "from hcreport.intake.reading import read\n"
        "from hcreport.intake.values import Fault\n"
        "try: print(len(read(Path(sys.argv[1]), 'stray').rows), 'rows')\n"
        "except Fault as fault: print(fault.rule.code)\n"
    )
    ran = python("-c", script, path, OPENBLAS_NUM_THREADS="1", RUST_BACKTRACE="0")
    assert (0, "") == (ran.status, ran.err[-300:])
    assert ran.out in {"2 rows\n", "3 rows\n", "R105\n"}


def sheets(*states: str) -> bytes:
    """Make a workbook of the cases after a cover page of this state, and so on."""

    def also(book: Any, sheet: Any) -> None:
        for n, state in enumerate(states):
            more = book.add_worksheet(f"More {n}")
            more.write_row(0, 0, ["Guidance"] if state == "cover" else HEADINGS)
            more.write_row(1, 0, ["9999", "stage1", "2020-01-01", "Old", "upheld"])
            if state == "hidden":
                more.hide()
            if state == "very hidden":
                more.very_hidden()
            if state == "first":
                more.activate()
                sheet.hide()

    return workbook([HEADINGS, *CASES], also)


@pytest.mark.parametrize("state", ["cover", "hidden", "very hidden"])
def test_covers_and_hidden_sheets_are_not_the_data(tmp_path: Path, state: str) -> None:
    """The one visible sheet with the headings is read, whatever stands around it."""
    found = loaded(tmp_path, sheets(state))
    assert [FIRST, SECOND] == cases(found)
    assert ([] if state == "cover" else ["R114"]) == [p.rule.code for p in found.problems]


def test_a_sheet_of_charts_is_passed_over(tmp_path: Path) -> None:
    """A workbook with a chart on a sheet of its own still has one sheet of cases."""

    def also(book: Any, _sheet: Any) -> None:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Cases!$A$2:$A$3"})
        book.add_chartsheet("Chart").set_chart(chart)

    found = loaded(tmp_path, workbook([HEADINGS, *CASES], also))
    assert ([FIRST, SECOND], ()) == (cases(found), found.problems)


def test_of_two_sheets_that_fit_none_is_chosen(tmp_path: Path) -> None:
    """Where two sheets have the headings, the profile has to say which."""
    found = loaded(tmp_path, sheets("visible"))
    assert ([], [("R102", "exports/cases.xlsx")]) == (cases(found), said(found))
    assert [FIRST, SECOND] == cases(loaded(tmp_path, sheets("visible"), sheet="Cases"))


def hide(_book: Any, sheet: Any) -> None:
    """Hide the last case."""
    sheet.set_row(2, None, None, {"hidden": True})


def filtered(book: Any, sheet: Any) -> None:
    """Filter the last case away."""
    sheet.autofilter(0, 0, 2, 4)
    sheet.filter_column(0, "x == 0012")
    hide(book, sheet)


HIDING = workbook([HEADINGS, *CASES], hide)


@pytest.mark.parametrize(
    "content",
    [
        HIDING,
        workbook([HEADINGS, *CASES], filtered),
        repacked(HIDING, sheet=prefixed),
        repacked(HIDING, sheet=unplaced),
        ods(HEADINGS, *CASES, row='table:visibility="collapse"'),
        ods(HEADINGS, *CASES, row='table:visibility="filter"'),
        web(HEADINGS, *CASES, row="<tr height=0 style='display:none'>").encode(),
        xml_2003(HEADINGS, *CASES, row='<Row ss:Hidden="1">').encode(),
    ],
    ids=["hidden", "filtered", "prefixed", "unplaced", "ods", "ods filter", "html", "xml"],
)
def test_hidden_rows_stop_the_run(tmp_path: Path, content: bytes) -> None:
    """A row that nobody sees is reported where it stands, and read only where that is meant."""
    found = loaded(tmp_path, content)
    assert ["R111"] == [p.rule.code for p in found.problems]
    assert 3 == found.problems[0].place.row
    meant = loaded(tmp_path, content, read_hidden=True)
    assert ([FIRST, SECOND], ()) == (cases(meant), meant.problems)


def test_hidden_headings_and_blanks_are_no_matter(tmp_path: Path) -> None:
    """Only hidden rows that hold a case are reported."""

    def also(_book: Any, sheet: Any) -> None:
        for row in (0, 3, 4):
            sheet.set_row(row, None, None, {"hidden": True})

    found = loaded(
        tmp_path, workbook([["Title"], HEADINGS, CASES[0], [], HEADINGS, CASES[1]], also)
    )
    assert ([FIRST, SECOND], ()) == (cases(found), found.problems)


def test_blank_rows_and_columns_keep_the_numbers(tmp_path: Path) -> None:
    """A table that starts in D5 is found, and its rows have the numbers that Excel shows."""
    rows = [[], [], [], [], *([None, None, None, *row] for row in [HEADINGS, *CASES])]
    found = loaded(tmp_path, workbook(rows))
    assert [FIRST, SECOND] == cases(found)
    assert [6, 7] == [c.place.row for c in found.records.complaints]
    assert {"case": 2, "heading": 1, "blank": 4} == kinds(found)


WIDE: dict[str, Any] = {
    "shape": "wide",
    "headings": {"reference": "Case Ref", "service": "Service"},
    "stage1": {"received_on": "Stage 1 Received", "responded_on": "Stage 1 Responded"},
    "stage2": {"received_on": "Stage 2 Received", "responded_on": "Stage 2 Responded"},
}


def test_merged_headings_in_two_rows(tmp_path: Path) -> None:
    """Under merged headings each column belongs to its own stage, by name and not by place."""
    rows: list[list[Any]] = [
        ["Complaints 2024/25"],
        [],
        ["Case Ref", "Service", "Stage 1", None, "Stage 2", None],
        [None, None, "Received", "Responded", "Received", "Responded"],
        ["0012", "Repairs", "2024-04-03", "2024-04-17", "2024-05-01", "2024-05-29"],
    ]

    def also(_book: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 0, 5, "Complaints 2024/25")
        for column in (0, 1):
            sheet.merge_range(2, column, 3, column, rows[2][column])
        sheet.merge_range(2, 2, 2, 3, "Stage 1")
        sheet.merge_range(2, 4, 2, 5, "Stage 2")

    found = loaded(tmp_path, workbook(rows, also), **WIDE)
    assert () == found.problems
    assert [
        ("0012", "stage1", day("2024-04-03"), day("2024-04-17"), "Repairs"),
        ("0012", "stage2", day("2024-05-01"), day("2024-05-29"), "Repairs"),
    ] == [
        (c.reference, c.stage, c.received_on, c.responded_on, c.service)
        for c in found.records.complaints
    ]
    assert 5 == sum(kinds(found).values())


def test_a_merged_service_goes_down_its_range_only(tmp_path: Path) -> None:
    """A merged name holds for its rows; a blank outside of the range stays blank."""
    rows = [[n, "stage1", "2024-04-03", None, "upheld"] for n in ("1", "2", "3", "4")]
    rows[2][3] = "Tenancy"
    content = workbook([HEADINGS, *rows], lambda _, s: s.merge_range(1, 3, 2, 3, "Repairs"))
    found = loaded(tmp_path, content)
    assert ["Repairs", "Repairs", "Tenancy", None] == [c[3] for c in cases(found)]
    assert () == found.problems


def test_a_merged_amount_is_paid_once(tmp_path: Path) -> None:
    """One sum written across two rows is one sum, or a problem; it is never paid twice."""
    rows: list[list[Any]] = [["Case Ref", "Amount"], ["0012", None], ["0013", None]]
    content = workbook(rows, lambda _, s: s.merge_range(1, 1, 2, 1, 250))
    found = loaded(tmp_path, content, **AWARDS)
    assert found.problems or [("0012", 25_000)] == amounts(found)
    assert 25_000 >= sum(pence for _, pence in amounts(found))


def test_totals_and_footers_are_no_cases(tmp_path: Path) -> None:
    """What Salesforce prints below a report, and totals between, are counted and not read."""
    rows: list[list[Any]] = [
        ["Case Ref", "Amount", "Remedy"],
        ["0012", "100", "Delay"],
        ["Subtotal", "100"],
        ["Case Ref", "Amount", "Remedy"],
        ["0013", "50", "Delay"],
        ["Total", "150"],
        ["Grand Total (2 records)", "150"],
        [],
        ["Confidential Information - Do Not Distribute"],
        ["Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved."],
    ]
    found = loaded(tmp_path, workbook(rows), **AWARDS)
    assert [("0012", 10_000), ("0013", 5_000)] == amounts(found)
    assert () == found.problems
    assert {"case": 2, "heading": 2, "total": 3, "blank": 1, "footer": 2} == kinds(found)


def test_the_subtotals_of_excel_are_no_awards(tmp_path: Path) -> None:
    """Excel's own subtotals put the word last: "0012 Total". They never double the money."""
    rows: list[list[Any]] = [
        ["Case Ref", "Amount"],
        ["0012", 100],
        ["0012", 50],
        ["0012 Total", 150],
        ["Grand Total", 150],
    ]
    found = loaded(tmp_path, workbook(rows), **AWARDS)
    assert found.problems or [("0012", 10_000), ("0012", 5_000)] == amounts(found)


def test_a_sum_without_a_word_is_no_case(tmp_path: Path) -> None:
    """A bare sum below the amounts is a footer, or a problem with its row; it is never paid."""
    found = loaded(
        tmp_path, workbook([["Case Ref", "Amount"], ["1", 100], ["2", 50], [None, 150]]), **AWARDS
    )
    assert [("1", 10_000), ("2", 5_000)] == amounts(found)


def test_a_firm_called_total_is_no_total(tmp_path: Path) -> None:
    """A case that begins with a contractor's name stays a case, whatever the name is."""
    firms = ["Total Repairs Ltd", "Repairs"]
    rows = [[firm, ref, *FIRST[1:3], "upheld"] for firm, ref in zip(firms, "12", strict=True)]
    headings = ["Service", *HEADINGS[:3], "Outcome"]
    found = loaded(tmp_path, workbook([headings, *rows]))
    assert found.problems or firms == [c[3] for c in cases(found)]


def test_a_last_case_without_a_reference_is_said(tmp_path: Path) -> None:
    """A case at the end that lacks its number is reported there; it is no footer."""
    nameless = ["", *SECOND[1:]]
    found = loaded(tmp_path, csv_of(HEADINGS, FIRST, nameless), "cases.csv")
    assert [FIRST] == cases(found)
    assert [("D106", "exports/cases.csv › row 3 › Case Ref")] == said(found)


@pytest.mark.parametrize("cut", ["0014", "00"])
def test_a_text_cut_short_in_its_last_reference_is_said(tmp_path: Path, cut: str) -> None:
    """A lone reference at the end is the start of a case that is lost."""
    assert loaded(tmp_path, TEXT + cut, "cases.csv").problems


def test_a_last_action_of_few_words_is_kept(tmp_path: Path) -> None:
    """The last line of a learning log that says only its action is an action."""
    source: dict[str, Any] = {
        "table": "actions",
        "headings": {"action": "Action", "theme": "Theme"},
    }
    rows = [["Action", "Theme"], ["Train the team", "Delay"], ["Call back within a day", ""]]
    found = loaded(tmp_path, workbook(rows), **source)
    assert found.problems or 2 == len(found.records.actions)


def test_the_rows_of_a_sheet_add_up(tmp_path: Path) -> None:
    """Each row of a file is something, titles and blanks included, and all of them are counted."""
    rows: list[list[Any]] = [
        ["Title"],
        [],
        HEADINGS,
        CASES[0],
        [],
        HEADINGS,
        CASES[1],
        ["Total", "", 2],
        ["Note"],
    ]
    assert 9 == sum(kinds(loaded(tmp_path, workbook(rows))).values())


# --- Cells (3.2) ------------------------------------------------------------------------------


def first(found: Intake) -> Complaint:
    """The only complaint."""
    (complaint,) = found.records.complaints
    return complaint


def one(cell: Any, field: str) -> list[list[Any]]:
    """Make rows of one case, with this cell in this field."""
    case: list[Any] = list(FIRST)
    case[FIELDS.index(field)] = cell
    return [HEADINGS, case]


def shown_as(number_format: str) -> bytes:
    """Make a case whose reference is the number 12345, shown by a number format."""

    def also(book: Any, sheet: Any) -> None:
        sheet.write_number(1, 0, 12345, book.add_format({"num_format": number_format}))

    return workbook([HEADINGS, FIRST], also)


def test_a_number_shown_with_zeros_is_the_text_that_is_seen(tmp_path: Path) -> None:
    """What Excel shows as 0012345 is that reference, and what it shows plain is plain."""
    assert "0012345" == first(loaded(tmp_path, shown_as("0000000"))).reference
    assert "12345" == first(loaded(tmp_path, shown_as("0"))).reference


@pytest.mark.parametrize(
    ("number_format", "seen"), [('"HC-"0000000', "HC-0012345"), ("000-0000", "001-2345")]
)
def test_a_number_shown_with_letters_is_never_taken_bare(
    tmp_path: Path, number_format: str, seen: str
) -> None:
    """A format that writes more than the number gives what is seen, or a problem."""
    found = loaded(tmp_path, shown_as(number_format))
    assert found.problems or seen == first(found).reference


def test_references_stay_what_they_are(tmp_path: Path) -> None:
    """Text keeps its zeros, numbers have no decimals, and blanks make no difference."""
    rows = [[ref, *FIRST[1:]] for ref in ("0012345", 12345, 7.0, "7A")]
    found = loaded(tmp_path, workbook([HEADINGS, *rows, ["", *FIRST[1:]], CASES[1]]))
    assert ["0012345", "12345", "7", "7A", "0013"] == [c[0] for c in cases(found)]
    assert [("D106", "exports/cases.xlsx › Cases › row 6 › Case Ref")] == said(found)


def test_a_long_number_is_no_reference(tmp_path: Path) -> None:
    """Beyond fifteen digits Excel has rounded, so the reference is refused."""
    found = loaded(tmp_path, workbook(one(1_234_567_890_123_456, "reference")))
    assert [("D107", "exports/cases.xlsx › Cases › row 2 › Case Ref")] == said(found)


@pytest.mark.parametrize("word", ["None", "N/A", "NA", "null", "nan", "#N/A"])
@pytest.mark.parametrize(
    "made",
    [
        lambda rows: csv_of(*rows).encode(),
        workbook,
        lambda rows: web(*rows).encode(),
        lambda rows: xml_2003(*rows).encode(),
    ],
    ids=["csv", "xlsx", "html", "xml"],
)
def test_words_for_nothing_are_kept(
    tmp_path: Path, word: str, made: Callable[[Any], bytes]
) -> None:
    """A remedy of "None" is one, in every kind of file."""
    assert word == first(loaded(tmp_path, made(one(word, "service")))).service


ERRORS = ["#N/A", "#REF!", "#DIV/0!", "#NAME?"]
BROKEN = workbook([HEADINGS, *CASES], lambda _, s: s.write_formula(2, 4, "=NA()", None, "#N/A"))


@pytest.mark.parametrize(
    "content",
    [
        *(
            workbook(
                one(f"={e}", "outcome"), lambda _, s, e=e: s.write_formula(1, 4, "=1", None, e)
            )
            for e in ERRORS
        ),
        BROKEN,
        repacked(BROKEN, sheet=prefixed),
        repacked(BROKEN, sheet=unplaced),
        ods(HEADINGS, *CASES[:1], SECOND[:4], error="#N/A"),
        xml_2003(HEADINGS, [*SECOND[:4], "Error:#N/A"]).encode(),
    ],
    ids=[*ERRORS, "last", "prefixed", "unplaced", "ods", "xml"],
)
def test_an_error_is_no_blank(tmp_path: Path, content: bytes) -> None:
    """A spreadsheet error in a column that counts is reported at its cell."""
    found = loaded(tmp_path, content)
    assert ["D109"] == [p.rule.code for p in found.problems]
    assert "Outcome" == found.problems[0].place.heading


def test_an_error_in_a_column_of_no_account_is_none(tmp_path: Path) -> None:
    """Only the columns that the profile names are judged."""
    rows = [[*HEADINGS, "Days"], [*FIRST, None]]
    found = loaded(
        tmp_path, workbook(rows, lambda _, s: s.write_formula(1, 5, "=1/0", None, "#DIV/0!"))
    )
    assert ([FIRST], ()) == (cases(found), found.problems)


def uncalculated() -> bytes:
    """Make an award whose amount is a formula, as openpyxl writes it: without a value."""
    book = openpyxl.Workbook()
    for row in (["Case Ref", "Amount"], ["0012", "=100+50"]):
        book.worksheets[0].append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        uncalculated(),
        repacked(uncalculated(), sheet=prefixed),
        repacked(uncalculated(), sheet=unplaced),
        workbook([["Case Ref", "Amount"], ["0012", "=100+50"]]),  # as text
        workbook([["Case Ref", "Amount"], ["0012"]], lambda _, s: s.write_formula(1, 1, "=100+50")),
    ],
    ids=["no value", "prefixed", "unplaced", "text", "nought"],
)
def test_a_formula_that_was_never_calculated_is_no_amount(tmp_path: Path, content: bytes) -> None:
    """Neither nothing nor £0: the cell is reported."""
    found = loaded(tmp_path, content, **AWARDS)
    assert [] == amounts(found)
    assert {"D109", "D105"} >= {p.rule.code for p in found.problems}
    assert ["Amount"] == [p.place.heading for p in found.problems]


def test_a_formula_that_was_calculated_is_its_value(tmp_path: Path) -> None:
    """What Excel has saved for a formula counts."""
    content = repacked(
        workbook(
            [["Case Ref", "Amount"], ["0012"]], lambda _, s: s.write_formula(1, 1, "=1", None, 150)
        ),
        book=replaced(' fullCalcOnLoad="1"', ""),
    )
    found = loaded(tmp_path, content, **AWARDS)
    assert ([("0012", 15_000)], ()) == (amounts(found), found.problems)


@pytest.mark.parametrize("as_day", [False, True])
@pytest.mark.parametrize("number", [45385, 0, 1, 60, -5])
def test_a_number_is_no_date(tmp_path: Path, number: int, as_day: bool) -> None:
    """A bare serial is refused; one that is shown as a day counts, if complaints existed then."""

    def also(book: Any, sheet: Any) -> None:
        given = book.add_format({"num_format": "dd/mm/yyyy"}) if as_day else None
        sheet.write_number(1, 2, number, given)

    found = loaded(tmp_path, workbook([HEADINGS, FIRST], also))
    if as_day and number == 45385:
        assert day("2024-04-03") == first(found).received_on
    else:
        codes = [p.rule.code for p in found.problems]
        assert codes in (["D101"], ["D102"], ["D110", "D106"])
        assert {"exports/cases.xlsx › Cases › row 2 › Date received"} == {p[1] for p in said(found)}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("01/01/1952", "D102"),
        ("2024-04-03", "D101"),
        ("2024-04-03 00:00:00", "D101"),
        ("29 September 2023 (amended at review)", "D101"),
        ("5 Novemebr 2021", "D101"),
        ("October 2025", "D101"),
        ("04/2024", "D101"),
        ("2024", "D101"),
        ("04/13/2024", "D101"),
    ],
)
def test_a_date_that_is_not_sure_is_said(tmp_path: Path, cell: str, code: str) -> None:
    """Only the profile's own format is read as text; the rest is reported at its cell."""
    found = loaded(tmp_path, workbook(one(cell, "received_on")), dates=["%d/%m/%Y"])
    assert [(code, "exports/cases.xlsx › Cases › row 2 › Date received")] == said(found)


@pytest.mark.parametrize("cell", ["01/01/1753", "01/01/0001", "31/12/9999", "01/01/1900"])
def test_a_day_that_stands_for_none_is_blank_and_said(tmp_path: Path, cell: str) -> None:
    """Where a day is needed it is missing as well as warned of."""
    needed = loaded(tmp_path, workbook(one(cell, "received_on")), dates=["%d/%m/%Y"])
    place = "exports/cases.xlsx › Cases › row 2 › Date received"
    assert [("D110", place), ("D106", place)] == said(needed)


def test_true_dates_and_british_text_stand_side_by_side(tmp_path: Path) -> None:
    """3 April is 3 April as a date, as a time late on that day, and as text."""
    cells: list[Any] = [DAY, datetime(2024, 4, 3, 23, 30), "03/04/2024"]
    rows = [HEADINGS, *([str(n), "stage1", cell] for n, cell in enumerate(cells))]
    found = loaded(tmp_path, workbook(rows), dates=["%d/%m/%Y"])
    assert ([DAY] * 3, ()) == ([c.received_on for c in found.records.complaints], found.problems)


def test_a_moment_in_utc_is_a_day_in_london(tmp_path: Path) -> None:
    """Half past eleven at night in UTC is the next day here, and the next year's complaint."""
    rows = csv_of(*one("2025-03-31T23:30:00Z", "received_on"))
    found = loaded(tmp_path, rows, "cases.csv", dates=["%Y-%m-%dT%H:%M:%S%z"])
    assert day("2025-04-01") == first(found).received_on


@pytest.mark.parametrize(
    ("cell", "pence"),
    [
        ("£1,250.00", 125_000),
        ("£50 ", 5_000),
        (250.5, 25_050),
        *(
            (cell, None)
            for cell in (
                "-",
                "TBC",
                "(50.00)",
                "£100 + £50",
                "£250 (distress) & £100 (time)",
                "\u221220",
                "£25 voucher",
                "2,50",
                "03,04",
                -50,
            )
        ),
    ],
)
def test_amounts_are_exact_or_said(tmp_path: Path, cell: Any, pence: int | None) -> None:
    """An amount is one amount, or its cell is reported."""
    found = loaded(
        tmp_path, workbook([["Case Ref", "Amount", "Remedy"], ["1", cell, "x"]]), **AWARDS
    )
    expected = ([("1", pence)], []) if pence else ([], ["Amount"])
    assert expected == (amounts(found), [p.place.heading for p in found.problems])


def test_spellings_of_one_word_are_one(tmp_path: Path) -> None:
    """Spaces of every kind, capitals and line breaks make no second group."""
    words = ["Upheld", "Upheld ", "Upheld\xa0", "UPHELD", "Up\u200bheld", "\nUpheld\ufeff"]
    rows = [HEADINGS, *([str(n), "stage1", DAY, word, word] for n, word in enumerate(words))]
    found = loaded(tmp_path, workbook(rows))
    assert {("Upheld", "upheld")} == {(c[3], c[4]) for c in cases(found)}
    assert () == found.problems


def test_a_line_break_parts_words(tmp_path: Path) -> None:
    """Two lines in a cell of a web page are two words, as they are in a workbook."""
    page = web(*one("Damp mould", "service")).replace("Damp mould", "Damp<br>mould")
    assert "Damp mould" == first(loaded(tmp_path, page, "cases.xls")).service
    content = workbook(one("Damp\nmould", "service"))
    assert "Damp mould" == first(loaded(tmp_path / "other", content)).service


# --- Delimited text (3.3) ---------------------------------------------------------------------

ADDRESSED = [*HEADINGS, "Address"]


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        (csv_of(HEADINGS, [*FIRST, ""], [*SECOND, ""]), "R106", 2),
        (csv_of(ADDRESSED, [*FIRST, "1 High St, Wembley"]), "R106", 2),
        (csv_of(ADDRESSED, [*FIRST, "1"], [*SECOND, "1 High St, Wembley"]), "R106", 3),
        (csv_of(ADDRESSED, [*FIRST, "1 High St\nWembley"], [*SECOND, "2"]), "R106", 3),
        (csv_of(HEADINGS, FIRST[:3], SECOND), "R106", 2),
        (csv_of(HEADINGS, FIRST, SECOND[:3]), "R106", 3),
        (csv_of(ADDRESSED, [*FIRST, '"1 High St'], [*SECOND, "2"]), "R105", 0),
        (csv_of(ADDRESSED, [*FIRST, '"1 High St'], [*SECOND, '"2']), "R105", 0),
        (csv_of([*HEADINGS, "Outcome"], [*FIRST, "upheld"]), "R104", 0),
        ("sep=:\n" + TEXT, "R105", 0),
    ],
    ids=[
        "trailing comma",
        "comma in first",
        "comma in later",
        "line break",
        "short",
        "short last",
        "unclosed",
        "unclosed twice",
        "twice headed",
        "strange sep",
    ],
)
def test_text_whose_cells_have_slipped_is_refused(
    tmp_path: Path, text: str, code: str, row: int
) -> None:
    """No cell is ever read under a heading that is not its own: the row is named."""
    (problem,) = loaded(tmp_path, text, "cases.csv").problems
    assert (code, row) == (problem.rule.code, problem.place.row)


def test_two_stray_quotation_marks_swallow_no_case(tmp_path: Path) -> None:
    """A mark that opens in one row and closes in another would make two cases one."""
    text = csv_of(
        ADDRESSED, [*FIRST, '"1 High St'], ["0014", *FIRST[1:], "x"], [*SECOND, '2 High St"']
    )
    found = loaded(tmp_path, text, "cases.csv")
    assert found.problems or 3 == len(cases(found))


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quoted", [False, True])
def test_a_first_line_that_names_the_delimiter(tmp_path: Path, between: str, quoted: bool) -> None:
    """``sep=`` is obeyed and is no heading; rows keep the numbers of their lines."""
    line = f'"sep={between}"' if quoted else f"sep={between}"
    found = loaded(tmp_path, f"{line}\n" + csv_of(HEADINGS, *CASES, between=between), "cases.csv")
    assert ([FIRST, SECOND], ()) == (cases(found), found.problems)
    assert [3, 4] == [c.place.row for c in found.records.complaints]


@pytest.mark.parametrize("between", [";", "\t", "|"])
def test_commas_in_the_cells_are_no_delimiters(tmp_path: Path, between: str) -> None:
    """The headings tell the delimiter, however many commas the addresses have."""
    address = (
        "Flat 1, 2 The High St, Wembley, Brent, London, NW1, United Kingdom, Europe, by the park"
    )
    rows = [ADDRESSED, [*FIRST, address], [*SECOND, address]]
    found = loaded(tmp_path, csv_of(*rows, between=between), "cases.csv")
    assert ([FIRST, SECOND], ()) == (cases(found), found.problems)


def test_the_guard_of_excel_is_taken_off(tmp_path: Path) -> None:
    """``="0012"`` is the reference 0012."""
    found = loaded(tmp_path, csv_of(HEADINGS, ['="0012"', *FIRST[1:]]), "cases.csv")
    assert ([FIRST], ()) == (cases(found), found.problems)


def test_a_long_cell_is_read(tmp_path: Path) -> None:
    """A history of 200,000 letters in a column of no account is no hindrance."""
    text = csv_of([*HEADINGS, "History"], [*FIRST, "x" * 200_000])
    found = loaded(tmp_path, text, "cases.csv")
    assert ([FIRST], ()) == (cases(found), found.problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_survive_their_encoding(tmp_path: Path, encoding: str) -> None:
    """Quotation marks, dashes and pounds come out as they were written."""
    service = "Café – £5 ‘tenant’s’"
    content = csv_of(*one(service, "service")).encode(encoding)
    found = loaded(tmp_path, content, "cases.csv")
    assert ([service], ()) == ([c[3] for c in cases(found)], found.problems)


def test_two_windows_letters_are_no_letter_of_another_encoding(tmp_path: Path) -> None:
    """An é before a curly apostrophe begins like a letter of UTF-8, and is none."""
    content = csv_of(*one("Café’s and naïve “tests”", "service")).encode("cp1252")
    found = loaded(tmp_path, content, "cases.csv")
    assert (["Café’s and naïve “tests”"], ()) == ([c[3] for c in cases(found)], found.problems)


def test_two_encodings_in_one_file_are_said(tmp_path: Path) -> None:
    """A stray Windows letter in UTF-8 text does not turn Café into CafÃ© without a word."""
    rows = csv_of(*one("Café", "service")).encode() + csv_of(SECOND).encode().replace(
        b"Tenancy", b"Tenant\x92s"
    )
    found = loaded(tmp_path, rows, "cases.csv")
    assert found.problems or "Café" == cases(found)[0][3]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_every_system_ends_them(tmp_path: Path, end: str) -> None:
    """Unix, Windows and old Macs."""
    found = loaded(tmp_path, TEXT.replace("\n", end).encode(), "cases.csv")
    assert ([FIRST, SECOND], ()) == (cases(found), found.problems)


def test_titles_and_footers_around_text(tmp_path: Path) -> None:
    """Lines of fewer cells above the headings and below the cases are no ragged rows."""
    text = f"Complaints report\nRun on,3 April\n\n{TEXT}\nTotal,2\nConfidential\n"
    found = loaded(tmp_path, text, "cases.csv")
    assert ([FIRST, SECOND], ()) == (cases(found), found.problems)
    assert 9 == sum(kinds(found).values())


# --- Whatever the bytes -----------------------------------------------------------------------

SLOWEST = 5
CORPUS = {
    "xlsx": XLSX,
    "ods": ods(HEADINGS, *CASES),
    "csv": TEXT.encode(),
    "html": web(HEADINGS, *CASES).encode(),
    "xml": xml_2003(HEADINGS, [*FIRST[:4], "Number:5"], [*SECOND[:4], "Boolean:1"]).encode(),
    "utf-16": TEXT.encode("utf-16"),
    "locked": encrypted()[:4096],
}
# What breaks parsers; no digits, since a cell far out has a test of its own.
JUNK = st.sampled_from(
    [b"", b"<", b">", b"&x;", b'"', b"\0", b"\xff", b"-", b"/>", b"\n", b",", b"'"]
)


def judged(content: bytes) -> Sheet | Fault:
    """Read bytes: a table whose rows fit, or a fault in plain words, and soon."""
    began = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        try:
            sheet = read(path, "file", None, WANTED)
        except Fault as fault:
            return fault
        finally:
            assert SLOWEST > monotonic() - began
    assert {len(sheet.headings)} == {len(row) for _, row in sheet.rows}
    assert len(sheet.rows) == sheet.kinds["case"]
    assert sorted(set(numbers := [n for n, _ in sheet.rows])) == numbers
    return sheet


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"sep=;\n"]),
)
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"")
@example(b"PK\x05\x06" + b"\0" * 18, b"")
def test_any_bytes_are_a_table_or_a_fault(content: bytes, head: bytes) -> None:
    """Nothing that can lie in a folder makes reading fail in another way."""
    assert isinstance(judged(head + content), Sheet | Fault)


@given(st.sampled_from(sorted(CORPUS)), st.floats(0, 1, exclude_max=True))
def test_a_file_cut_short_is_a_table_or_a_fault(name: str, share: float) -> None:
    """A copy that broke off anywhere is read as far as it goes, or refused."""
    content = CORPUS[name]
    assert isinstance(judged(content[: int(len(content) * share)]), Sheet | Fault)


@st.composite
def mutated(draw: st.DrawFn, content: bytes) -> bytes:
    """Draw a file with a few places overwritten, left out or filled with junk."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(content) - 1, 0)))
        length = draw(st.integers(0, 12))
        content = content[:at] + draw(JUNK) + content[at + length :]
    return content


@given(st.data(), st.sampled_from(sorted(CORPUS)))
def test_a_damaged_file_is_a_table_or_a_fault(data: st.DataObject, name: str) -> None:
    """Damage anywhere in the bytes of any kind of file is no surprise."""
    assert isinstance(judged(data.draw(mutated(CORPUS[name]))), Sheet | Fault)


@given(st.data(), st.integers(0, len(XLSX) - 1), st.integers(0, 255))
def test_a_changed_byte_is_a_table_or_a_fault(data: st.DataObject, at: int, byte: int) -> None:
    """One byte of a workbook can be anything, and a second one too."""
    content = bytearray(XLSX)
    content[at] = byte
    content[data.draw(st.integers(0, len(XLSX) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert isinstance(judged(bytes(content)), Sheet | Fault)


@given(st.data(), st.sampled_from(["sheet", "book", "styles"]))
def test_a_damaged_part_is_a_table_or_a_fault(data: st.DataObject, part: str) -> None:
    """Neither is damage in the XML of a workbook that unpacks well."""
    changed = repacked(XLSX, **{part: lambda content: data.draw(mutated(content))})
    assert isinstance(judged(changed), Sheet | Fault)


@pytest.mark.parametrize(
    "content",
    [
        xml_2003(HEADINGS, [*FIRST[:4], "Number:five"]),
        xml_2003(HEADINGS, [*FIRST[:4], "Number:"]),
        xml_2003(HEADINGS, [*FIRST[:4], "DateTime:yesterday"]),
        xml_2003(HEADINGS, FIRST, row='<Row ss:Index="x">'),
        xml_2003(HEADINGS, FIRST, row='<Row ss:Index="0">'),
        xml_2003(HEADINGS, FIRST, row='<Row ss:Index="-5">'),
        xml_2003(HEADINGS, FIRST).replace("<Cell>", '<Cell ss:MergeAcross="x">'),
        xml_2003(HEADINGS, FIRST).replace("<Cell>", '<Cell ss:MergeDown="-1">'),
        web(HEADINGS, FIRST).replace("<td>", f'<td colspan="{"9" * 5_000}">'),
        web(HEADINGS, FIRST).replace("<td>", '<td rowspan="²">'),
        web(HEADINGS, FIRST) + "\0",
    ],
    ids=[
        "number of letters",
        "number of nothing",
        "day of letters",
        "row x",
        "row 0",
        "row -5",
        "merged x",
        "merged -1",
        "endless span",
        "strange span",
        "nul",
    ],
)
def test_odd_markup_is_a_table_or_a_fault(tmp_path: Path, content: str) -> None:
    """Numbers that are none and places that do not exist are no surprise, and lose no case."""
    found = loaded(tmp_path, content, "cases.xls")
    assert found.problems or "0012" == first(found).reference


def test_an_empty_cell_out_of_reach_is_no_matter(tmp_path: Path) -> None:
    """A cell that only has a number format, beyond the last column, is nothing."""
    content = shown_as("0000000")
    style = re.search(rb'r="A2" s="(\d+)"', zipfile.ZipFile(io.BytesIO(content)).read(SHEET))
    assert style
    cell = f'<c r="Z2" s="{style[1].decode()}"></c></row></sheetData>'
    found = loaded(tmp_path, repacked(content, sheet=replaced("</row></sheetData>", cell)))
    assert ("0012345", ()) == (first(found).reference, found.problems)


TYPED = (
    st.none()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.sampled_from([*HEADINGS, *FIRST, "Total", "£5", '="0012"', "2024-04-03", "#N/A"])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(10**17), 10**17)
    | st.booleans()
    | st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 31))
)
ROWS = st.lists(st.lists(TYPED, min_size=5, max_size=5), min_size=1, max_size=5)


@given(ROWS, st.sampled_from(["complaints", "awards"]))
def test_any_cells_are_records_or_problems(rows: list[list[Any]], table: str) -> None:
    """No cell stops a run; every row is accounted for, and every case is a record or a problem."""
    headings = HEADINGS if table == "complaints" else ["Case Ref", "Amount", "Remedy", "A", "B"]
    source = {} if table == "complaints" else AWARDS
    with tempfile.TemporaryDirectory() as folder:
        found = loaded(Path(folder), workbook([headings, *rows]), **source)
    places = {record.place.row for record in (*found.records.complaints, *found.records.awards)}
    places |= {problem.place.row for problem in found.problems}
    for account in found.reconciliation:
        assert account.cases <= len(places)
        assert len(rows) + 1 >= sum(account.kinds.values())
    assert all(isinstance(r, Complaint | Award) for r in found.records.complaints)


@given(st.lists(st.lists(st.text(max_size=8), min_size=5, max_size=5), max_size=5))
def test_any_words_are_read_alike_in_every_kind_of_file(rows: list[list[str]]) -> None:
    """Text in a web page says what it says in a comma-separated file, or both are refused."""
    plain = [[re.sub(r"[^A-Za-z0-9 £]", "", cell) for cell in row] for row in rows]
    made = [csv_of(HEADINGS, *plain), web(HEADINGS, *plain), xml_2003(HEADINGS, *plain)]
    with tempfile.TemporaryDirectory() as folder:
        found = [loaded(Path(folder), content, "cases.xls") for content in made]
    assert 1 == len({tuple(cases(intake)) for intake in found})
    assert 1 == len({tuple(p.rule.code for p in intake.problems) for intake in found})


@pytest.mark.parametrize("kind", [Kind.OLD, Kind.BINARY])
def test_what_an_old_workbook_hides_is_said_to_be_hidden(tmp_path: Path, kind: Kind) -> None:
    """Where errors read as blanks and nothing tells of hidden rows, a warning says so."""
    found = loaded(tmp_path, workbook([HEADINGS, *CASES]))
    assert [] == [p for p in found.problems if p.rule is rules.OLD_KIND]
    sheet = Sheet("a.xls", "Cases", "", (), (), {"case": 0}, kind.value)
    source = Source.model_validate(COMPLAINTS)
    assert [rules.OLD_KIND] == [p.rule for p in unseen(sheet, source)]

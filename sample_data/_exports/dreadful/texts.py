"""Text files and web pages with what can only be wrong there."""

from collections.abc import Iterator, Sequence

from _files import csv_export, web_page

from _exports.dreadful.planting import Fault, Planted

_HEADINGS = ("Case", "Stage", "Customer", "Service", "Received", "Responded", "Outcome")
_CUSTOMER = "zq-private customer"
Made = tuple[bytes, tuple[Planted, ...]]


def texts() -> dict[str, Made]:
    """Each file by name, and what is planted in it."""
    made = {
        "exports/text/archive.xls": _archive(),
        "exports/text/ends-with-comma.csv": _ends_with_comma(),
        "exports/text/headings-only.csv": (csv_export(_HEADINGS, []), "R107", "no rows", 0),
        "exports/text/mixed.csv": _mixed(),
        "exports/text/quote.csv": _quote(),
        "exports/text/swallowed.csv": _swallowed(),
    }
    files: dict[str, Made] = {
        name: (content, (Planted(Fault(code, what), name, "", row),))
        for name, (content, code, what, row) in made.items()
    }
    files |= [_line_break(), *_readable()]
    return files


def _row(case: str, **cells: str) -> list[str]:
    ordinary = (case, "Stage 1", _CUSTOMER, "Repairs", "02/05/2023", "09/05/2023", "Upheld")
    return [cells.get(h, cell) for h, cell in zip(_HEADINGS, ordinary, strict=True)]


def _lines(*rows: Sequence[str]) -> list[str]:
    return [",".join(row) for row in (_HEADINGS, *rows)]


def _encoded(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def _archive() -> tuple[bytes, str, str, int]:
    page = web_page("Complaints", _HEADINGS, [_row("5001")])
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"
    return head + page, "R105", "a web archive that calls itself a workbook", 0


def _ends_with_comma() -> tuple[bytes, str, str, int]:
    headings, *rows = _lines(_row("5011"), _row("5012"))
    lines = [headings, *(f"{row}," for row in rows)]
    return _encoded(lines), "R106", "a comma at the end of each row and not of the headings", 2


def _line_break() -> tuple[str, Made]:
    broken = _row("5022", Customer=f"{_CUSTOMER},\r\n1 Sample Street")
    lines = _lines(_row("5021"), broken, _row("5023"))
    faults = [
        ("R106", "an address with a comma and a line break, unquoted", 3, ""),
        ("R106", "the rest of that row", 4, ""),
    ]
    return _planted("exports/text/line-break.csv", _encoded(lines), faults)


def _mixed() -> tuple[bytes, str, str, int]:
    lines = _encoded(_lines(_row("5031", Customer=f"{_CUSTOMER} at the café")))
    return (
        lines + "5032,the same, in another code: café\r\n".encode("cp1252"),
        "R105",
        "two encodings",
        0,
    )


def _quote() -> tuple[bytes, str, str, int]:
    lines = _lines(_row("5041"), _row("5042", Customer=f'"{_CUSTOMER}'), _row("5043"))
    return _encoded(lines), "R105", "a quotation mark that is never closed", 0


def _swallowed() -> tuple[bytes, str, str, int]:
    opens = _row("5052", Customer=f'"{_CUSTOMER}')
    closes = _row("5054", Customer=f'{_CUSTOMER}"')
    lines = _lines(_row("5051"), opens, _row("5053"), closes)
    return _encoded(lines), "R105", "two quotation marks that make one cell of several rows", 3


def _readable() -> Iterator[tuple[str, Made]]:
    """Files that can be read, and hold wrong cells."""
    yield _planted("exports/text/utc.csv", *_utc())
    content, _ = _utc()
    yield _planted(
        "exports/text/utc_copy.csv", content, [("R109", "a copy of another file", 0, "")]
    )
    yield _planted("exports/text/web.xls", *_web(), sheet="Table 1")
    yield _planted("exports/findings.csv", *_findings())
    yield _planted("exports/parents.csv", *_parents())


_Faults = list[tuple[str, str, int, str]]


def _planted(name: str, content: bytes, faults: _Faults, sheet: str = "") -> tuple[str, Made]:
    placed = tuple(
        Planted(Fault(code, what, at), name, sheet, row) for code, what, row, at in faults
    )
    return name, (content, placed)


def _utc() -> tuple[bytes, _Faults]:
    """Times in UTC under a first line that only names the delimiter, which counts as a row."""
    rows = [
        _row("6001", Received="2023-05-02T09:15:00+0000"),
        # Half past midnight in London, on the day after the one that is written.
        _row("6002", Received="2023-07-01T23:30:00+0000", Responded="01/07/2023"),
        _row('="6003"', Stage="Informal"),
        _row("6004", Stage="Ombudsman"),
        _row("6.005E+15"),
        _row("6006", Received="2023-05-02 09:15"),
    ]
    content = csv_export(_HEADINGS, rows, delimiter=";", encoding="utf-8")
    return b"sep=;\r\n" + content, [
        ("X101", "answered on the day before, in London", 4, ""),
        ("D104", "a stage that the profile does not name", 5, "Stage"),
        ("D107", "a power of ten", 7, "Case"),
        ("D101", "a time that the profile does not name", 8, "Received"),
    ]


def _web() -> tuple[bytes, _Faults]:
    rows = [_row("0061"), _row("61", Outcome="Upheld in part"), _row("0062", Received="1/13/2023")]
    return web_page("Complaints", _HEADINGS, rows), [
        ("D104", "an outcome that the profile does not name", 3, "Outcome"),
        ("D101", "the month first", 4, "Received"),
    ]


def _findings() -> tuple[bytes, _Faults]:
    headings = ("Case", "Decided", "Finding", "Orders", "Compensation")
    rows = [
        ("202300001", "14/06/2023", "Maladministration", "2", "£300"),
        ("202300002", "14/06/2023", "Maladministration", "two", "£300"),
        ("202300003", "14/06/2023", "Maladminstration", "2", "£300"),
        ("202300004", "", "Service failure", "1", ""),
        ("202300005", "14/06/2023", "Service failure", "1", "£300 and £50"),
    ]
    return csv_export(headings, rows, delimiter=";", encoding="cp1252"), [
        ("D103", "a number in words", 3, "Orders"),
        ("D104", "a finding that is misspelt", 4, "Finding"),
        ("D106", "no date", 5, "Decided"),
        ("D105", "two amounts in one cell", 6, "Compensation"),
    ]


def _parents() -> tuple[bytes, _Faults]:
    headings = ("Case", "Parent case", "Received", "Responded", "Outcome")
    rows = [
        ("P-1", "P-2", "02/05/2023", "09/05/2023", "Upheld"),
        ("P-2", "P-1", "02/05/2023", "09/05/2023", "Upheld"),
        ("P-3", "", "02/05/2023", "09/05/2023", "Upheld"),
        ("P-4", "P-3", "20/06/2023", "04/07/2023", "Upheld"),
        ("P-6", "P-5", "20/06/2023", "04/07/2023", "Upheld"),
    ]
    return csv_export(headings, rows), [
        ("R118", "its own parent, by way of another", 2, ""),
        ("R118", "its own parent, by way of another", 3, ""),
        ("X103", "its parent is nowhere", 6, ""),
    ]

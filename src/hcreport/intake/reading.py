"""Files to raw sheets. The kind of file is told by its bytes, and no cell is interpreted."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from lxml.etree import LxmlError
from python_calamine import CalamineError, CalamineWorkbook

from hcreport.intake import rules
from hcreport.intake.broken import broken_cells
from hcreport.intake.values import Broken, Cell, Fault, is_blank, tidy
from hcreport.problems import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


Grid = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Sheet:
    """One table as it was read.

    ``headings`` are tidied; ``rows`` holds each row that says something with its number in the
    file (the first row is 1), every row as long as the headings. ``blank_rows`` counts the rest.
    """

    file: str
    name: str
    sha256: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, Sequence[Cell]], ...]
    blank_rows: int


def read(path: Path, file: str, sheet: str | None = None) -> Sheet:
    """Read one table. ``file`` is the name that problems give it.

    Raises Fault when the file is no table, is ragged, or lacks the sheet.
    """
    content = path.read_bytes()
    if content.startswith((_ZIP, _OLE)):
        name, grid = _workbook(content, sheet)
    else:
        name, grid = "", _delimited(content)
    return _table(file, name, hashlib.sha256(content).hexdigest(), grid)


def _workbook(content: bytes, sheet: str | None) -> tuple[str, Grid]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = workbook.sheet_names
        if sheet is None and len(names) != 1:
            which = ", ".join(names)
            raise Fault(rules.NO_SHEET, f"it has several ({which}) and the profile names none")
        wanted = sheet if sheet is not None else names[0]
        if wanted not in names:
            near = did_you_mean(wanted, names) or f"It has {', '.join(names)}."
            raise Fault(rules.NO_SHEET, f"there is no sheet {wanted!r}. {near}")
        # Leading blank rows are kept, so that row numbers are the file's own.
        grid = workbook.get_sheet_by_name(wanted).to_python(skip_empty_area=False)
        broken = broken_cells(content, wanted) if content.startswith(_ZIP) else {}
    except (CalamineError, BadZipFile, LxmlError) as fault:
        raise Fault(
            rules.NOT_A_TABLE, f"it is not a workbook that can be opened ({fault})"
        ) from None
    return wanted, _with_broken(grid, broken)


def _with_broken(grid: Grid, broken: Mapping[tuple[int, int], str]) -> Grid:
    """The grid with a mark in each cell that only looks blank, or only looks like a value."""
    rows: list[Sequence[Cell]] = list(grid)
    for (row, column), what in broken.items():
        changed = list(rows[row]) if row < len(rows) else []
        if column < len(changed):
            changed[column] = Broken(what)
            rows[row] = changed
    return rows


def _delimited(content: bytes) -> Grid:
    text = _decoded(content)
    if "\0" in text:
        raise Fault(rules.NOT_A_TABLE, "it is neither a workbook nor text")
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error as fault:
        raise Fault(rules.NOT_A_TABLE, f"its quotation marks do not pair ({fault})") from None


def _decoded(content: bytes) -> str:
    """UTF-8, else the Windows code page of Western Europe, else a fault: never a guess."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Fault(rules.NOT_A_TABLE, "its text is neither UTF-8 nor Windows-1252")


def _table(file: str, name: str, sha256: str, grid: Grid) -> Sheet:
    rows = [(n, row) for n, row in enumerate(grid, start=1) if not all(map(is_blank, row))]
    if not rows:
        raise Fault(rules.NO_RECORDS, "it is empty")
    (_, first), *rest = rows
    if not rest:
        raise Fault(rules.NO_RECORDS, "it has headings and nothing under them")
    headings = tuple(tidy(str(cell)) if cell is not None else "" for cell in first)
    for number, row in rest:
        if len(row) != len(headings):
            raise Fault(
                rules.RAGGED, f"it has {len(row)} cells under {len(headings)} headings", number
            )
    return Sheet(file, name, sha256, headings, tuple(rest), len(grid) - len(rows))

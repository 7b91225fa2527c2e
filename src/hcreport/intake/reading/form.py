"""The Ombudsman's self-assessment form, filled in with Word: its tables as one grid.

The form has a table for each section, under the same headings. Where a page ends, or the form has
been through a PDF, a provision's row comes in parts: the parts without a number are put back where
they belong. Rows are counted through all tables of the form, and keep their numbers: a part that
was put back leaves a blank row.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from lxml import etree

from hcreport.intake import rules
from hcreport.intake.reading.grid import Grid
from hcreport.intake.reading.kinds import Kind
from hcreport.intake.values import Fault, folded, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Row = list[str]
Lines = Sequence[Row]
NAME = "Form"
_NUMBER = re.compile(r"\d+\.\d+")
# Text that is not there: a prompt such as "Choose an item", and what was moved elsewhere.
_PROMPT = "ancestor::*[local-name()='sdt'][*/*[local-name()='showingPlcHdr']]"
_MOVED = "ancestor::*[local-name()='moveFrom']"
_KINDS = " or ".join(f"local-name()='{kind}'" for kind in ("t", "tab", "br", "cr"))
_WORDS = f".//*[local-name()='r']/*[{_KINDS}][not({_PROMPT})][not({_MOVED})]"
# More columns than any form has.
MOST_COLUMNS = 60
# So many headings in one row are those of the form, and not a word in running text.
FEWEST_HEADINGS = 2


def read(content: bytes, wanted: Collection[str]) -> Grid:
    """The form under the headings wanted (folded). Raises Fault for any other document."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tables = list(_tables(archive.read("word/document.xml")))
    rows = _of_the_form(tables, frozenset(wanted))
    if not any(_is_numbered(row) for row in rows):
        message = "it is a Word document without a self-assessment under the profile's headings"
        raise Fault(rules.NOT_A_TABLE, message)
    return Grid(NAME, [[text or None for text in row] for row in _mended(rows)], Kind.FORM.value)


def _tables(document: bytes) -> Iterator[Lines]:
    """The rows of each table that stands in no other, all as wide as the widest."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError as fault:
        raise Fault(rules.NOT_A_TABLE, "its text is damaged; save it again in Word") from fault
    for table in root.iter("{*}tbl"):
        if next(table.iterancestors("{*}tbl"), None) is None:
            rows = [_row(row) for row in _within(table, "tr", "tbl")]
            width = max(map(len, rows), default=0)
            yield [[*row, *[""] * (width - len(row))] for row in rows]


def _row(row: Element) -> Row:
    """The texts of a row, a blank for each further column that a cell spans."""
    cells = list(_within(row, "tc", "tr"))
    texts = [part for cell in cells for part in (_text(cell), *[""] * (_span(cell) - 1))]
    # A single cell from side to side is a title between the rows.
    return [""] * len(texts) if len(cells) == 1 else texts


def _within(parent: Element, name: str, kind: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, less those of tables inside it."""
    for element in parent.iter(f"{{*}}{name}"):
        if next(element.iterancestors(f"{{*}}{kind}")) is parent:
            yield element


def _span(cell: Element) -> int:
    """How many columns a cell takes."""
    values = cell.xpath("./*[local-name()='tcPr']/*[local-name()='gridSpan']/@*")
    told = str(values[0]) if isinstance(values, list) and values else ""
    return int(told) if told.isdecimal() and 0 < int(told) <= MOST_COLUMNS else 1


def _text(cell: Element) -> str:
    """The words of a cell, its paragraphs and lines one after another."""
    said = []
    for paragraph in cell.iter("{*}p"):
        found = paragraph.xpath(_WORDS)
        said.append("".join(_said(node) for node in found))
    return tidy(" ".join(said))


def _said(node: Element) -> str:
    """A run's text; a tab or a line break parts words."""
    return (node.text or "") if etree.QName(node).localname == "t" else " "


def _of_the_form(tables: Sequence[Lines], wanted: frozenset[str]) -> Lines:
    """The rows of the form's tables, headings and all.

    Raises Fault for a table among them that has other headings, or none and other columns.
    """
    tops = {n: top for n, t in enumerate(tables) if (top := _top(t, wanted)) is not None}
    if not tops:
        return []
    first, last = min(tops), max(tops)
    headings = tables[first][tops[first]]
    rows: list[Row] = []
    for n, table in enumerate(tables[first:], start=first):
        own = table[tops.get(n, 0) :]
        if n in tops and not _are(headings, own[0]):
            raise Fault(rules.BROKEN_FORM, f"a table {_after(rows)} has other headings")
        if n in tops or _goes_on(own, len(headings)):
            rows += own
        elif n < last:
            raise Fault(rules.BROKEN_FORM, f"a table {_after(rows)} has no headings")
    return rows


def _top(table: Lines, wanted: frozenset[str]) -> int | None:
    """Which row of a table has the form's headings; None where none has."""
    return next((n for n, row in enumerate(table) if _headings_in(row, wanted)), None)


def _headings_in(row: Row, wanted: frozenset[str]) -> bool:
    return len(wanted.intersection(map(folded, row))) >= FEWEST_HEADINGS


def _goes_on(table: Lines, width: int) -> bool:
    """Whether a table without headings goes on with the one before it, over the page."""
    return bool(table) and len(table[0]) == width and (not table[0][0] or _is_numbered(table[0]))


def _after(rows: Lines) -> str:
    """Where in the form something stands, for a person."""
    before = next((row[0] for row in reversed(rows) if _is_numbered(row)), None)
    return f"after provision {before}" if before else "at the beginning"


def _are(headings: Row, row: Row) -> bool:
    return list(map(folded, headings)) == list(map(folded, row))


def _is_numbered(row: Row) -> bool:
    return _NUMBER.fullmatch(row[0]) is not None if row else False


def _mended(rows: Lines) -> Lines:
    """Each provision's parts in one row, and blanks in the place of those that were put back."""
    parts: list[list[Row]] = [[] for _ in rows]
    for row, owner in zip(rows, _owners(rows), strict=True):
        parts[owner].append(row)
    blank = [""] * len(rows[0]) if rows else []
    return [_joined(row, own) if own else blank for row, own in zip(rows, parts, strict=True)]


def _joined(row: Row, parts: Lines) -> Row:
    """The parts of a provision as one row, under its own number."""
    columns = list(zip(*parts, strict=True))[1:]
    return [row[0], *(" ".join(filter(None, texts)) for texts in columns)]


def _owners(rows: Lines) -> list[int]:
    """For each row, the row that it is a part of: most are their own."""
    owners: list[int] = []
    for n, row in enumerate(rows):
        if row[0] == "" and any(row):
            owners.append(_above(rows, owners, n))
        elif _is_numbered(row) and (before := _numbered_above(rows, n)) is not None:
            owners.append(before if rows[before][0] == row[0] else n)
        else:
            owners.append(n)
    for n, row in enumerate(rows):
        if owners[n] == n and _is_numbered(row) and _begins_small(row):
            for m in _lead_in(rows, n):
                owners[m] = n
    return owners


def _above(rows: Lines, owners: Sequence[int], n: int) -> int:
    """The provision that a row without a number goes on with. Raises Fault where there is none."""
    before = _numbered_above(rows, n)
    if before is None:
        raise Fault(rules.BROKEN_FORM, "a row has no provision number, nor any above it", n + 1)
    return owners[before]


def _numbered_above(rows: Lines, n: int) -> int | None:
    return next((m for m in range(n - 1, -1, -1) if _is_numbered(rows[m])), None)


def _begins_small(row: Row) -> bool:
    """Whether what a provision asks begins in the middle of a sentence."""
    return len(row) > 1 and row[1][:1].islower()


def _lead_in(rows: Lines, n: int) -> Sequence[int]:
    """The rows just above a provision in which its sentence began: its number stands lower down."""
    for m in range(n - 1, -1, -1):
        if rows[m][0]:
            return ()
        if rows[m][1][:1].isupper():
            return range(m, n)
    return ()

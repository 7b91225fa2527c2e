"""Delimited text: the encoding never guessed, the delimiter told from the headings and shown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Sequence

from hcreport.intake import rules
from hcreport.intake.reading.grid import Grid
from hcreport.intake.values import Fault, folded

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# A whole letter of two bytes or more, which no other encoding is likely to hold. In Windows text a
# curly apostrophe can follow an é; those two bytes are the beginning of a letter, and not one.
_UTF_8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# Enough lines to see what parts the cells.
_SAMPLE = 20
MOST_IN_A_CELL = 10_000_000


def read(content: bytes, wanted: Collection[str] = ()) -> Grid:
    """The only sheet of a delimited file. Every row must have as many cells as the headings.

    ``wanted`` are headings to tell the delimiter by, folded.
    """
    text, encoding = _decoded(content)
    delimiter, skipped = _delimiter(text, frozenset(wanted))
    csv.field_size_limit(MOST_IN_A_CELL)
    try:
        found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows: list[list[str]] = [list(row) for row in found]
    except csv.Error as fault:
        raise Fault(
            rules.NOT_A_TABLE,
            f"its cells cannot be told apart, as a quotation mark does not pair ({fault})",
        ) from None
    if skipped and rows:
        rows[0] = []
    _refuse_swallowed(rows, delimiter)
    how = f"text, {DELIMITERS[delimiter]} between cells, {encoding}"
    return Grid("", rows, how, ragged=True)


def _decoded(content: bytes) -> tuple[str, str]:
    """UTF-8, else the Windows code page of Western Europe, else a fault: never a guess."""
    for bom, encoding in _BOMS.items():
        if content.startswith(bom):
            try:
                return content.decode(encoding), "UTF-16"
            except UnicodeDecodeError:
                raise Fault(rules.NOT_A_TABLE, "its UTF-16 text is damaged") from None
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        if _UTF_8_LETTER.search(content):
            raise Fault(rules.NOT_A_TABLE, "its text mixes UTF-8 and another encoding") from None
    try:
        return content.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        pass
    raise Fault(rules.NOT_A_TABLE, "its text is neither UTF-8 nor Windows-1252")


def _refuse_swallowed(rows: Sequence[Sequence[str]], delimiter: str) -> None:
    """Two stray quotation marks make one cell of all the rows between them."""
    for number, row in enumerate(rows, start=1):
        for cell in row:
            if "\n" in cell and len(row) > 1:
                inner = cell.split("\n")[1:-1]
                if any(line.count(delimiter) >= len(row) - 1 for line in inner):
                    said = "a quotation mark in it has swallowed the rows that follow"
                    raise Fault(rules.NOT_A_TABLE, said, number)


def _delimiter(text: str, wanted: frozenset[str]) -> tuple[str, bool]:
    """What parts the cells, and whether the first line only says so (``sep=;``)."""
    first = text.partition("\n")[0].rstrip("\r")
    if first.lower().startswith("sep=") and len(first) == len("sep=") + 1:
        if first[-1] not in DELIMITERS:
            raise Fault(rules.NOT_A_TABLE, f"its first line names a delimiter {first[-1]!r}")
        return first[-1], True
    lines = [line for line in text.split("\n", _SAMPLE)[:_SAMPLE] if line.strip()]

    def fitness(delimiter: str) -> tuple[int, int, bool]:
        cells = ({folded(c.strip('"\r ')) for c in line.split(delimiter)} for line in lines)
        headings = max((len(wanted & held) for held in cells), default=0)
        outside = sum(_outside_quotes(line, delimiter) for line in lines)
        return headings, outside, delimiter == ","

    return max(DELIMITERS, key=fitness), False


def _outside_quotes(line: str, delimiter: str) -> int:
    """How often a delimiter stands in a line outside quotation marks."""
    return sum(part.count(delimiter) for part in line.split('"')[::2])

"""Delimited text: the encoding never guessed, the delimiter told from the headings and shown."""

from __future__ import annotations

import csv
import io

from hcreport.intake import rules
from hcreport.intake.reading.grid import Grid
from hcreport.intake.values import Fault

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# Enough lines to see what parts the cells.
_SAMPLE = 20
MOST_IN_A_CELL = 10_000_000


def read(content: bytes) -> Grid:
    """The only sheet of a delimited file. Every row must have as many cells as the headings."""
    text, encoding = _decoded(content)
    delimiter, skipped = _delimiter(text)
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
    for encoding, name in (("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")):
        try:
            return content.decode(encoding), name
        except UnicodeDecodeError:
            continue
    raise Fault(rules.NOT_A_TABLE, "its text is neither UTF-8 nor Windows-1252")


def _delimiter(text: str) -> tuple[str, bool]:
    """What parts the cells, and whether the first line only says so (``sep=;``)."""
    first = text.partition("\n")[0].rstrip("\r")
    if first.lower().startswith("sep=") and len(first) == len("sep=") + 1:
        if first[-1] not in DELIMITERS:
            raise Fault(rules.NOT_A_TABLE, f"its first line names a delimiter {first[-1]!r}")
        return first[-1], True
    lines = [line for line in text.split("\n", _SAMPLE)[:_SAMPLE] if line.strip()]
    counts = {d: sum(_outside_quotes(line, d) for line in lines) for d in DELIMITERS}
    best = max(counts, key=lambda d: (counts[d], d == ","))
    return best, False


def _outside_quotes(line: str, delimiter: str) -> int:
    """How often a delimiter stands in a line outside quotation marks."""
    return sum(part.count(delimiter) for part in line.split('"')[::2])

"""Reports to proofread, written in a plain form: what a council might have typed, in our own words.

A line is a paragraph; ``#`` begins a heading, ``-`` a bullet, ``|`` a row of a table. A number in
braces is planted and must be found wrong; every other number must not be.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

import docx


def _report(name: str) -> str:
    return (Path(__file__).parent / "reports" / f"{name}.txt").read_text(encoding="utf-8")


BRENT = _report("brent")

BRENT_IN_OTHER_WORDS = _report("brent-in-other-words")
# Nothing is planted here: all of it is right, or nothing that the ledger knows.
BRENT_AWKWARD = _report("brent-awkward")
HILLINGDON = _report("hillingdon")


@dataclass(frozen=True)
class Text:
    """A report as a Word file, and the numbers planted in it, each with its line."""

    word: bytes
    planted: tuple[tuple[str, str], ...]


def text(source: str) -> Text:
    """A report of its plain form."""
    document = docx.Document()
    planted: list[tuple[str, str]] = []
    rows: list[list[str]] = []
    for line in [*source.splitlines(), ""]:
        plain = re.sub(r"[{}]", "", line)
        planted += [(found, plain) for found in re.findall(r"\{([^}]+)\}", line)]
        if plain.startswith("|"):
            rows.append([cell.strip() for cell in plain.strip("|").split("|")])
            continue
        if rows:
            _table(document, rows)
            rows = []
        if plain.startswith("#"):
            level = len(plain) - len(plain.lstrip("#"))
            document.add_heading(plain.lstrip("# "), level)
        elif plain.startswith("- "):
            document.add_paragraph(plain[2:], style="List Bullet")
        elif plain:
            document.add_paragraph(plain)
    out = io.BytesIO()
    document.save(out)
    return Text(out.getvalue(), tuple(planted))


def _table(document: docx.document.Document, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, said in zip(row.cells, cells, strict=True):
            cell.text = said

"""A file to the one table it holds: told, opened, laid out."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hcreport.intake import rules
from hcreport.intake.reading import markup, text
from hcreport.intake.reading.kinds import Kind, kind_of
from hcreport.intake.reading.layout import count_headings, lay_out
from hcreport.intake.reading.workbook import Workbook
from hcreport.intake.values import Cell, Fault
from hcreport.problems import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.intake.reading.grid import Grid


@dataclass(frozen=True)
class Sheet:
    """One table as it was read.

    ``headings`` are tidied; ``rows`` holds each case with its number in the file (the first row
    is 1), every row as long as the headings. ``kinds`` counts all rows of the sheet by what they
    are; ``how`` says how the file was read. ``hidden`` holds the numbers of rows with something in
    them that a person does not see.
    """

    file: str
    name: str
    sha256: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, Sequence[Cell]], ...]
    kinds: Mapping[str, int]
    how: str
    hidden: tuple[int, ...] = ()
    filtered: bool = False


@dataclass(frozen=True)
class Wanted:
    """What to look for: the headings a profile names, folded.

    ``keys`` are those of the reference among them, ``once`` those of amounts and numbers.
    """

    headings: Collection[str] = ()
    keys: Collection[str] = ()
    once: Collection[str] = ()


def read(path: Path, file: str, sheet: str | None = None, wanted: Wanted = Wanted()) -> Sheet:
    """Read one table. ``file`` is the name that problems give it.

    Raises Fault when the file is no table, is ragged, or lacks the sheet.
    """
    content = path.read_bytes()
    grid = _grid(content, sheet, wanted)
    laid = lay_out(grid, wanted.headings, wanted.keys, wanted.once)
    if not laid.rows:
        raise Fault(rules.NO_RECORDS, "it has headings and nothing under them")
    hidden = tuple(n for n, _ in laid.rows if n - 1 in grid.hidden_rows)
    return Sheet(
        file,
        grid.name,
        hashlib.sha256(content).hexdigest(),
        laid.headings,
        laid.rows,
        laid.kinds,
        grid.how,
        hidden,
        grid.filtered,
    )


def _grid(content: bytes, sheet: str | None, wanted: Wanted) -> Grid:
    kind = kind_of(content)
    if kind is Kind.TEXT:
        return text.read(content, wanted.headings)
    if kind is Kind.HTML:
        return _chosen({g.name: g for g in markup.read_html(content)}, sheet, wanted)
    if kind is Kind.XML_2003:
        return _chosen({g.name: g for g in markup.read_xml_2003(content)}, sheet, wanted)
    book = Workbook(content, kind)
    if sheet is not None and sheet in book.hidden_names:
        return book.read(sheet)
    if sheet is None and len(book.names) == 1:
        return book.read(book.names[0])
    names = book.names if sheet is None else [n for n in book.names if n == sheet]
    grids = {name: book.read(name) for name in names}
    return _chosen(grids, sheet, wanted, known=book.names)


def _chosen(
    grids: Mapping[str, Grid], sheet: str | None, wanted: Wanted, known: Sequence[str] = ()
) -> Grid:
    """The sheet asked for; or, where none is, the only one with the headings that are wanted."""
    names = list(known or grids)
    if sheet is not None:
        if sheet not in grids:
            near = did_you_mean(sheet, names) or f"It has {', '.join(names)}."
            raise Fault(rules.NO_SHEET, f"there is no sheet {sheet!r}. {near}")
        return grids[sheet]
    fitting = list(_fitting(grids.values(), wanted))
    if len(fitting) != 1:
        which = ", ".join(g.name for g in fitting) or ", ".join(names)
        raise Fault(rules.NO_SHEET, f"it has several ({which}) and the profile names none")
    return fitting[0]


def _fitting(grids: Collection[Grid], wanted: Wanted) -> Iterator[Grid]:
    """The sheets with as many of the headings as the best of them has."""
    scores = {g.name: count_headings(g, wanted.headings) for g in grids}
    best = max(scores.values(), default=0)
    yield from (g for g in grids if len(grids) == 1 or (best and scores[g.name] == best))

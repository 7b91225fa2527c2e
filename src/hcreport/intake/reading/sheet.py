"""A file to the one table it holds: told, opened, laid out."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING

from hcreport.intake import rules
from hcreport.intake.reading import form, markup, text
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
    them that a person does not see, ``hidden_headings`` and ``hidden_sheets`` what else is out of
    sight. ``totals`` are the rows that add up others, with their numbers; ``ragged`` are those in
    which a cell has slipped, each with what is the matter.
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
    hidden_headings: tuple[str, ...] = ()
    hidden_sheets: tuple[str, ...] = ()
    totals: tuple[tuple[int, Sequence[Cell]], ...] = ()
    ragged: tuple[tuple[int, str], ...] = ()

    @cached_property
    def columns(self) -> Sequence[Sequence[Cell]]:
        """The cells of the cases column by column: several readers go through them so."""
        return tuple(zip(*(row for _, row in self.rows), strict=True))


@dataclass(frozen=True)
class Wanted:
    """What to look for: the headings a profile names, folded.

    ``keys`` are those of the reference among them, ``once`` those of amounts and numbers.
    """

    headings: Collection[str] = ()
    keys: Collection[str] = ()
    once: Collection[str] = ()


class Opened:
    """A file that has been told and opened; each of its sheets is read once, however often asked.

    Raises Fault when the file is no table.
    """

    def __init__(self, content: bytes) -> None:
        self.sha256 = hashlib.sha256(content).hexdigest()
        self._content = content
        self._kind = kind_of(content)
        is_book = self._kind not in {Kind.TEXT, Kind.HTML, Kind.XML_2003, Kind.FORM}
        self._book = Workbook(content, self._kind) if is_book else None
        self._grids: dict[str, Grid] = {}

    @property
    def names(self) -> tuple[str | None, ...]:
        """The sheets that a person sees; a single None for a file that has none to name."""
        return tuple(self._book.names) if self._book else (None,)

    @property
    def hidden_names(self) -> tuple[str, ...]:
        """The sheets that are hidden."""
        return tuple(self._book.hidden_names) if self._book else ()

    def sheets(
        self, file: str, which: str | tuple[str, ...] | None, wanted: Wanted
    ) -> tuple[Sheet, ...]:
        """The tables asked for, each laid out; ``file`` is the name that problems give the file.

        ``which`` is a name, or several names or patterns; without one, the only sheet that has the
        headings. Raises Fault when a sheet is lacking, is ragged throughout or has no rows.
        """
        if isinstance(which, str) and not any(mark in which for mark in "*?["):
            grids = [self._one(which, wanted)]
        elif which is None:
            grids = [self._one(None, wanted)]
        else:
            grids = self._several((which,) if isinstance(which, str) else which)
        return tuple(self._laid(file, grid, wanted) for grid in grids)

    def close(self) -> None:
        """Let go of what was read: a large file's cells take room."""
        self._content, self._book = b"", None
        self._grids.clear()

    def _several(self, patterns: Sequence[str]) -> list[Grid]:
        """Every visible sheet that one of the patterns fits, in the order of the workbook.

        A pattern that fits none is a fault: the sheet may have been renamed, with all in it.
        """
        if self._book is None:
            raise Fault(rules.NO_SHEET, "it is no workbook, and the profile asks for its sheets")
        fitting = {p: [n for n in self._book.names if fnmatchcase(n, p)] for p in patterns}
        if lacking := [pattern for pattern, names in fitting.items() if not names]:
            asked, there = " or ".join(map(repr, lacking)), ", ".join(self._book.names)
            raise Fault(rules.NO_SHEET, f"there is no sheet {asked}. It has {there}")
        chosen = {name for names in fitting.values() for name in names}
        return [self._read(name) for name in self._book.names if name in chosen]

    def _one(self, sheet: str | None, wanted: Wanted) -> Grid:
        if self._kind in {Kind.TEXT, Kind.FORM}:
            read_one = text.read if self._kind is Kind.TEXT else form.read
            return read_one(self._content, wanted.headings)
        if self._kind is Kind.HTML:
            return _chosen({g.name: g for g in markup.read_html(self._content)}, sheet, wanted)
        if self._book is None:
            grids = {g.name: g for g in markup.read_xml_2003(self._content)}
            return _chosen(grids, sheet, wanted)
        if sheet is not None and sheet in self._book.hidden_names:
            return self._read(sheet)
        if sheet is None and len(self._book.names) == 1:
            return self._read(self._book.names[0])
        names = self._book.names
        grids = {n: self._read(n) for n in names if sheet is None or n == sheet}
        return _chosen(grids, sheet, wanted, known=names)

    def _read(self, name: str) -> Grid:
        assert self._book is not None  # noqa: S101  (only workbooks have sheets to read by name)
        if name not in self._grids:
            self._grids[name] = self._book.read(name)
        return self._grids[name]

    def _laid(self, file: str, grid: Grid, wanted: Wanted) -> Sheet:
        laid = lay_out(grid, wanted.headings, wanted.keys, wanted.once)
        if not laid.rows:
            which = f"its sheet {grid.name!r}" if grid.name else "it"
            raise Fault(rules.NO_RECORDS, f"{which} has headings and nothing under them")
        return Sheet(
            file,
            grid.name,
            self.sha256,
            laid.headings,
            laid.rows,
            laid.kinds,
            grid.how,
            hidden=tuple(n for n, _ in laid.rows if n - 1 in grid.hidden_rows),
            filtered=grid.filtered,
            hidden_headings=tuple(
                heading
                for column, heading in enumerate(laid.headings)
                if heading and column in grid.hidden_columns
            ),
            hidden_sheets=self.hidden_names,
            totals=laid.totals,
            ragged=laid.ragged,
        )


def open_file(path: Path) -> Opened:
    """A file, told by its bytes. Raises Fault when it is no table."""
    return Opened(path.read_bytes())


def read(path: Path, file: str, sheet: str | None = None, wanted: Wanted = Wanted()) -> Sheet:
    """Read one table of a file: :meth:`Opened.sheets` for a single one."""
    return open_file(path).sheets(file, sheet, wanted)[0]


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

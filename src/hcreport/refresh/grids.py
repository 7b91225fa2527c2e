"""Tables: their cells brought up to date where nobody touched them, rows coming and going."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.refresh import grid_changes as told
from hcreport.refresh.account import Did, Line
from hcreport.refresh.grid_rows import rows_of, say, update
from hcreport.refresh.marked import accepted, drop, is_tracked
from hcreport.report.word import blocks, pages
from hcreport.report.word.imprint import Grid
from hcreport.report.word.walk import cells
from hcreport.report.word.xml import measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from hcreport.refresh.grid_rows import Row
    from hcreport.refresh.marked import Control
    from hcreport.refresh.taking import Take
    from hcreport.report.word.imprint import Kept
    from hcreport.tables import Table

Texts = tuple[str, ...]


def refresh(control: Control, old: Grid, new: Table, take: Take) -> tuple[list[Line], Grid]:
    """Bring a table up to date: every cell that moved, and the rows that came or went.

    A cell that somebody typed over stays, and the others around it are updated. A table whose
    shape was changed, by merging cells or adding rows, is left as a whole. What is taken keeps the
    look it has; only a table of another shape is made anew. Gives what to remember, too.
    """
    table, wanted = control.content.find(qn("w:tbl")), cells(new)
    if table is None:
        return [_line(control, Did.MISSING)], Grid(wanted)
    held = rows_of(table)
    theirs = [row.texts for row in held]
    if tuple(theirs) == wanted and not is_tracked(table):
        return [_line(control, Did.UNCHANGED)], Grid(wanted)
    before = told.standing(old.rows, theirs) if _can_have(table, wanted) else None
    places = None if before is None else told.matched(before, theirs)
    if before is None or places is None:
        why = _shapes(theirs, wanted) if before is None else _MOVED
        return [_whole(control, table, new, take, why)], Grid(wanted)
    work = _Work(control, table, *_split(before, [held[p] for p in places], wanted), wanted, take)
    if len(wanted[0]) != len(theirs[0]):
        return work.other_columns(new), Grid(wanted)
    lines = work.lines()
    work.write()
    _describe(table, new)
    return lines or [_line(control, Did.UNCHANGED)], work.remembered()


def fuller(one: Kept | None, other: Kept) -> Kept:
    """Of what two copies of a table remember, that which knows of more rows that stayed."""
    if isinstance(one, Grid) and isinstance(other, Grid) and len(one.rows) > len(other.rows):
        return one
    return other


def pieces(control: Control) -> set[str]:
    """The pieces of a table that can be taken, as an account calls them."""
    table = control.content.find(qn("w:tbl"))
    rows = [] if table is None else [row.texts for row in rows_of(table)]
    by_cell = {told.name_of_cell(row, h) for row in rows if row for h in rows[0]}
    return {*by_cell, *(told.name_of_row(row) for row in rows if row)}


_MOVED = "its rows or columns were moved, and cannot be told by their labels"
_COLUMNS = "cells of it were typed over, whose row or column the data gives no more"


def _shapes(theirs: Sequence[Texts], wanted: Sequence[Texts]) -> str:
    """Two shapes: by their rows, or by their columns where they have as many rows."""
    if len(theirs) != len(wanted) or not theirs:
        return f"{max(len(theirs) - 1, 0)} rows; ours has {len(wanted) - 1}"
    if len(theirs[0]) != len(wanted[0]):
        return f"{len(theirs[0])} columns; ours has {len(wanted[0])}"
    return "its shape was another, and which cells were typed over cannot be told"


def _whole(control: Control, table: Element, new: Table, take: Take, why: str) -> Line:
    """A table that cannot be compared cell by cell: left, or made anew where ours is taken."""
    if not take.takes(control.tag):
        return _line(control, Did.KEPT, theirs=why)
    control.content.replace(table, blocks.table(new, room(control)))
    return _line(control, Did.TAKEN, theirs=why)


def _split(
    before: Sequence[Texts], rows: Sequence[Row], wanted: Sequence[Texts]
) -> tuple[list[Texts], list[Row], list[Row]]:
    """What was last written in rows that are ours, those rows, and those left after their data.

    A row that the data gives again is ours again; of what was written in it, its label is known.
    """
    pairs = [
        (was or told.given_again(row.texts, before, wanted), row)
        for was, row in zip(before, rows, strict=True)
    ]
    ours = [pair for pair in pairs if pair[0]]
    return [was for was, _ in ours], [row for _, row in ours], [r for was, r in pairs if not was]


@dataclass(frozen=True)
class _Work:
    """A table that is compared cell by cell.

    ``before`` is what was last written in its ``rows``; ``stale`` are rows that the data gives no
    more and that stayed, for somebody had typed in them.
    """

    control: Control
    table: Element
    before: Sequence[Texts]
    rows: Sequence[Row]
    stale: Sequence[Row]
    wanted: Sequence[Texts]
    take: Take

    @cached_property
    def theirs(self) -> list[Texts]:
        """What its rows say."""
        return [row.texts for row in self.rows]

    @cached_property
    def went(self) -> tuple[int, ...]:
        """The rows that the data gives no more."""
        return told.paired(self.before, self.wanted).went

    @cached_property
    def typed(self) -> set[tuple[int, int]]:
        """The cells that somebody typed over."""
        return _typed(self.rows, self.before)

    @cached_property
    def left(self) -> set[tuple[int, int]]:
        """Those of them that are not taken."""
        return {(r, c) for r, c in self.typed if not self._takes(r, c)}

    def _takes(self, r: int, c: int) -> bool:
        theirs = self.theirs
        part = (
            told.name_of_row(theirs[r])
            if r in self.went
            else told.name_of_cell(theirs[r], theirs[0][c])
        )
        return self.take.takes(self.control.tag, part)

    @cached_property
    def given_up(self) -> list[Row]:
        """The rows left after their data that are taken, and so go."""
        tag = self.control.tag
        return [row for row in self.stale if self.take.takes(tag, told.name_of_row(row.texts))]

    def lines(self) -> list[Line]:
        """All that becomes of it."""
        versions = (self.before, self.theirs, self.wanted)
        return [
            *told.typed_over(self.control, Did.KEPT, self.left, *versions),
            *told.typed_over(self.control, Did.TAKEN, self.typed - self.left, *versions),
            *self._stale_lines(),
            *told.changed(self.control, self.before, self.wanted, self.typed),
        ]

    def _stale_lines(self) -> Iterator[Line]:
        """The rows that somebody typed in and the data gives no more."""
        typed, left = ({row for row, _ in found} for found in (self.typed, self.left))
        for r in self.went:
            if r in typed:
                yield told.gone(self.control, self.before[r], self.theirs[r], stays=r in left)
        for row in self.stale:
            yield told.gone(self.control, (), row.texts, stays=row not in self.given_up)

    def write(self) -> None:
        """Write all that is ours, and take out what is taken of what the data gives no more."""
        for row in self.given_up:
            drop(row.element)
        in_order = [r.element for r in self.rows] == [
            r.element for r in rows_of(self.table) if r in self.rows
        ]
        update(self.rows, self.before, self.wanted, self.left, in_order=in_order)

    def remembered(self) -> Grid:
        """Our rows as they now follow each other; of one that stays after its data, that it does.

        What it says is not remembered, for a build would not print it.
        """
        stay = [*self.stale, *(self.rows[r] for r in self.went)]
        ours = iter(self.wanted)
        return Grid(tuple(() if row in stay else next(ours) for row in rows_of(self.table)))

    def other_columns(self, new: Table) -> list[Line]:
        """Make it anew, for the data gives it other columns; what was typed over stays in it.

        It is left whole where that has no place any more.
        """
        now = told.places(self.before, self.wanted)
        if self.left - set(now) or len(self.given_up) < len(self.stale):
            return [_line(self.control, Did.KEPT, theirs=_COLUMNS)]
        fresh, lines = blocks.table(new, room(self.control)), self.lines()
        _restyle(fresh, self.table)
        rows = rows_of(fresh)
        for cell in self.left:
            (r, c), (row, column) = cell, now[cell]
            say(rows[row].cells[column], self.theirs[r][c])
        self.control.content.replace(self.table, fresh)
        return lines


def _line(control: Control, did: Did, theirs: str = "") -> Line:
    return Line(did, control.tag, control.heading, "table", theirs=theirs)


def _typed(rows: Sequence[Row], old: Sequence[Texts]) -> set[tuple[int, int]]:
    """The cells, by row and column, that somebody typed over, also with changes tracked."""
    return {
        (r, c)
        for r, (row, before) in enumerate(zip(rows, old, strict=True))
        for c, (cell, was) in enumerate(zip(row.cells, before, strict=True))
        if accepted(cell) != was or is_tracked(cell)
    }


def _can_have(table: Element, wanted: Sequence[Texts]) -> bool:
    """Whether a table can be given these columns without losing what hangs on it."""
    rows = rows_of(table)
    hung = (qn("w:footnoteReference"), qn("w:endnoteReference"), qn("w:drawing"))
    same = bool(rows) and len(wanted[0]) == len(rows[0].cells)
    return same or next(table.iter(*hung), None) is None


def _restyle(fresh: Element, table: Element) -> None:
    """Give a new table the style that somebody gave the old."""
    ours, theirs = (t.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") for t in (fresh, table))
    if ours is not None and theirs is not None:
        ours.set(qn("w:val"), theirs.get(qn("w:val"), ""))


def room(control: Control) -> int:
    """How wide a table may be where its control stands, in twentieths of a point."""
    width = control.content.find(f"{qn('w:tbl')}/{qn('w:tblPr')}/{qn('w:tblW')}")
    if width is not None and width.get(qn("w:type")) == "dxa":
        return measure(width, "w:w") or blocks.TEXT_WIDTH
    found = pages.widths(control.element)
    return found[0] if found else blocks.TEXT_WIDTH


def is_untouched(control: Control, old: Grid) -> bool:
    """Whether a table says what was last written, with no tracked change in it."""
    table = control.content.find(qn("w:tbl"))
    if table is None or is_tracked(table):
        return False
    return tuple(row.texts for row in rows_of(table)) == old.rows


def _describe(table: Element, new: Table) -> None:
    """Say anew, for whoever cannot see it, how many rows there are."""
    words = {"tblCaption": new.title, "tblDescription": blocks.description(new)}
    for name, text in words.items():
        said = table.find(f"{qn('w:tblPr')}/{qn(f'w:{name}')}")
        if said is not None:
            said.set(qn("w:val"), text)

"""Tables: their cells brought up to date where nobody touched them, rows coming and going."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.refresh import grid_changes as told
from hcreport.refresh.account import Did, Line
from hcreport.refresh.marked import accepted, drop, is_tracked, put
from hcreport.report.word import blocks, pages
from hcreport.report.word.walk import cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from hcreport.refresh.marked import Control
    from hcreport.report.word.imprint import Grid
    from hcreport.tables import Table

# What a copied row must not share with its model: Word wants each to be its own.
_OWN = ("paraId", "textId")
_ANCHORS = ("commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd")


@dataclass(frozen=True)
class _Row:
    """A row of the table: its element, and what its cells say."""

    element: Element

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(accepted(cell) for cell in self.element.findall(qn("w:tc")))


def refresh(control: Control, old: Grid, new: Table, *, taken: bool) -> Iterator[Line]:
    """Bring a table up to date: every cell that moved, and the rows that came or went."""
    table = control.content.find(qn("w:tbl"))
    if table is None:
        yield Line(Did.MISSING, control.tag, control.heading, "table")
        return
    rows, wanted = _rows(table), cells(new)
    theirs = tuple(row.texts for row in rows)
    if theirs == wanted:
        yield Line(Did.UNCHANGED, control.tag, control.heading, "table")
        return
    by_hand = not is_untouched(control, old)
    if by_hand and not taken:
        yield from told.kept(control, old.rows, theirs, wanted)
        return
    if by_hand or len(wanted[0]) != len(theirs[0]):
        # Rows and columns may be anybody's: only a whole new table is sure to be right.
        control.content.replace(table, blocks.table(new, room(control)))
    else:
        _update(rows, old.rows, wanted)
        _describe(table, new)
    did = Did.TAKEN if by_hand else Did.UPDATED
    yield from told.changed(control, did, theirs, wanted)


def room(control: Control) -> int:
    """How wide a table may be where its control stands, in twentieths of a point."""
    width = control.content.find(f"{qn('w:tbl')}/{qn('w:tblPr')}/{qn('w:tblW')}")
    if width is not None and width.get(qn("w:type")) == "dxa":
        return int(float(width.get(qn("w:w"), "0"))) or blocks.TEXT_WIDTH
    found = pages.widths(control.element)
    return found[0] if found else blocks.TEXT_WIDTH


def is_untouched(control: Control, old: Grid) -> bool:
    """Whether a table says what was last written, with no tracked change in it."""
    table = control.content.find(qn("w:tbl"))
    if table is None or is_tracked(table):
        return False
    return tuple(row.texts for row in _rows(table)) == old.rows


def _rows(table: Element) -> list[_Row]:
    return [_Row(element) for element in table.findall(qn("w:tr"))]


def _update(
    rows: Sequence[_Row], old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]
) -> None:
    """Write every row's cells; make a row like its neighbour where one came."""
    write(rows[0], new[0])
    last = rows[0]
    for kind, a, b, c, d in told.aligned(old[1:], new[1:]):
        if kind == "insert":
            for texts in new[1 + c : 1 + d]:
                model = last if last is not rows[0] else rows[1] if len(rows) > 1 else last
                last = _insert(model, last, texts)
            continue
        for row in rows[1 + a : 1 + b]:
            if kind == "delete":
                drop(row.element)
        if kind == "equal":
            for row, texts in zip(rows[1 + a : 1 + b], new[1 + c : 1 + d], strict=True):
                write(row, texts)
                last = row


def write(row: _Row, texts: Sequence[str]) -> None:
    """Let a row's cells say something else."""
    for cell, before, now in zip(row.element.findall(qn("w:tc")), row.texts, texts, strict=True):
        if before != now:
            put(cell, now)


def _insert(model: _Row, after: _Row, texts: Sequence[str]) -> _Row:
    made = copy.deepcopy(model.element)
    for element in list(made.iter()):
        for name in list(element.attrib):
            if str(name).rpartition("}")[2] in _OWN:
                del element.attrib[name]
        if str(element.tag).rpartition("}")[2] in _ANCHORS:
            drop(element)
    after.element.addnext(made)
    row = _Row(made)
    write(row, texts)
    return row


def _describe(table: Element, new: Table) -> None:
    """Say anew, for whoever cannot see it, how many rows there are."""
    fresh = blocks.table(new)
    for name in ("tblCaption", "tblDescription"):
        ours, theirs = (t.find(f"{qn('w:tblPr')}/{qn(f'w:{name}')}") for t in (fresh, table))
        if ours is not None and theirs is not None:
            theirs.set(qn("w:val"), ours.get(qn("w:val"), ""))

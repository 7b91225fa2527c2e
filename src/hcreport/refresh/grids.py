"""Tables: their cells brought up to date where nobody touched them, rows coming and going."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.refresh import grid_changes as told
from hcreport.refresh import hung
from hcreport.refresh.account import Did, Line
from hcreport.refresh.marked import accepted, is_tracked, nodes, put
from hcreport.report.word import blocks, pages
from hcreport.report.word.walk import cells
from hcreport.report.word.xml import parsed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.etree import _Element as Element

    from hcreport.refresh.marked import Control
    from hcreport.report.word.imprint import Grid
    from hcreport.tables import Table

# What a copied row must not share with its model: Word wants each to be its own.
_OWN = ("paraId", "textId")


@dataclass(frozen=True)
class _Row:
    """A row of the table: its element, and what its cells say."""

    element: Element

    @property
    def cells(self) -> list[Element]:
        return self.element.findall(qn("w:tc"))

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(map(accepted, self.cells))


def refresh(control: Control, old: Grid, new: Table, *, taken: bool) -> Iterator[Line]:
    """Bring a table up to date: every cell that moved, and the rows that came or went.

    A cell that somebody typed over stays, and the others around it are updated; a label that was
    typed over with today's is one that is there already. A table whose shape was changed, by
    merging cells or adding rows, is left as a whole.
    """
    table = control.content.find(qn("w:tbl"))
    if table is None:
        yield Line(Did.MISSING, control.tag, control.heading, "table")
        return
    held, wanted = _rows(table), cells(new)
    theirs = tuple(row.texts for row in held)
    if theirs == wanted and not is_tracked(table):
        yield Line(Did.UNCHANGED, control.tag, control.heading, "table")
    elif taken and not is_untouched(control, old):
        fresh = blocks.table(new, room(control))
        hung.onto_table(table, fresh)
        control.content.replace(table, fresh)
        yield from told.changed(control, Did.TAKEN, theirs, wanted)
    elif _shape(theirs) != _shape(old.rows) or not _can_have(table, wanted):
        what = f"{len(theirs) - 1} rows; ours has {len(wanted) - 1}"
        yield Line(Did.KEPT, control.tag, control.heading, "table", theirs=what)
    elif next(table.iter(qn("w:vMerge")), None) is not None:
        what = "cells in it were merged downwards"
        yield Line(Did.KEPT, control.tag, control.heading, "table", theirs=what)
    elif len(wanted[0]) != len(theirs[0]):
        fresh = blocks.table(new, room(control))
        _restyle(fresh, table)
        hung.onto_table(table, fresh)
        control.content.replace(table, fresh)
        yield from told.changed(control, Did.UPDATED, theirs, wanted)
    elif (places := told.matched(old.rows, theirs)) is None:
        what = "its rows or columns were moved, and cannot be told by their labels"
        yield Line(Did.KEPT, control.tag, control.heading, "table", theirs=what)
    else:
        rows = [held[place] for place in places]
        said = [row.texts for row in rows]
        before = told.renamed(old.rows, said, wanted)
        typed = _typed(rows, before) | _commented(rows, before, wanted)
        kept = told.kept(control, typed, before, said, wanted)
        lines = [*kept, *told.changed(control, Did.UPDATED, before, wanted, typed)]
        yield from lines or [Line(Did.UNCHANGED, control.tag, control.heading, "table")]
        _update(rows, before, wanted, typed, in_order=rows == held)
        _describe(table, new)


def _shape(rows: Sequence[tuple[str, ...]]) -> list[int]:
    return [len(row) for row in rows]


def _typed(rows: Sequence[_Row], old: Sequence[tuple[str, ...]]) -> set[tuple[int, int]]:
    """The cells, by row and column, that somebody typed over, also with changes tracked."""
    return {
        (r, c)
        for r, (row, before) in enumerate(zip(rows, old, strict=True))
        for c, (cell, was) in enumerate(zip(row.cells, before, strict=True))
        if accepted(cell) != was or is_tracked(cell)
    }


def _commented(
    rows: Sequence[_Row], old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]
) -> set[tuple[int, int]]:
    """The first cells of rows that went and hold a comment, which must not go with them."""
    went = told.paired(old, new).went
    return {(row, 0) for row in went if hung.is_commented(rows[row].element)}


def _can_have(table: Element, wanted: Sequence[tuple[str, ...]]) -> bool:
    """Whether a table can be given these columns without losing what hangs on it."""
    columns = len(table.findall(qn("w:tr"))[0].findall(qn("w:tc")))
    hung = (qn("w:footnoteReference"), qn("w:endnoteReference"), qn("w:drawing"))
    return len(wanted[0]) == columns or next(table.iter(*hung), None) is None


def _restyle(fresh: Element, table: Element) -> None:
    """Give a new table the style that somebody gave the old."""
    ours, theirs = (t.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") for t in (fresh, table))
    if ours is not None and theirs is not None:
        ours.set(qn("w:val"), theirs.get(qn("w:val"), ""))


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
    rows: Sequence[_Row],
    old: Sequence[tuple[str, ...]],
    new: Sequence[tuple[str, ...]],
    typed: Collection[tuple[int, int]],
    *,
    in_order: bool,
) -> None:
    """Write every row but the cells typed over; make a row like its neighbour where one came.

    The rows follow each other as ours do, unless somebody gave them an order of their own.
    """
    write(rows[0], new[0], _columns(typed, 0))
    pairs = told.paired(old, new)
    follows = {n: o for o, n in pairs.same}
    last = rows[0]
    for n, texts in enumerate(new[1:], start=1):
        if n not in follows:
            model = last if last is not rows[0] else rows[1] if len(rows) > 1 else last
            last = _insert(model, last, texts)
            continue
        row = rows[follows[n]]
        write(row, texts, _columns(typed, follows[n]))
        if in_order and n in pairs.moved:
            last.element.addnext(row.element)
        last = row
    for o in pairs.went:
        if not _columns(typed, o):
            hung.take_out(rows[o].element)


def _columns(typed: Collection[tuple[int, int]], row: int) -> set[int]:
    """The columns of a row that somebody typed over."""
    return {column for r, column in typed if r == row}


def write(row: _Row, texts: Sequence[str], but: Collection[int] = ()) -> None:
    """Let a row's cells say something else, but for some."""
    for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        if number not in but and accepted(cell) != text:
            put(cell, text)


def _insert(model: _Row, after: _Row, texts: Sequence[str]) -> _Row:
    """A row that looks like another, with words alone in its cells."""
    row = _Row(copy.deepcopy(model.element))
    hung.strip(row.element)
    for element in row.element.iter():
        for name in list(element.attrib):
            if str(name).rpartition("}")[2] in _OWN:
                del element.attrib[name]
    for cell in row.cells:
        first, *others = cell.findall(qn("w:p"))
        for other in others:
            cell.remove(other)
        _leave_one_run(first)
    after.element.addnext(row.element)
    write(row, texts)
    return row


def _leave_one_run(paragraph: Element) -> None:
    """Of a paragraph leave one run with its look, and nothing that hangs on it."""
    held = next((node.getparent() for node in nodes(paragraph)), None)
    for element in list(paragraph):
        if element.tag != qn("w:pPr"):
            paragraph.remove(element)
    run = parsed("<w:r/>") if held is None else copy.deepcopy(held)
    for child in list(run):
        if child.tag != qn("w:rPr"):
            run.remove(child)
    run.append(parsed("<w:t>-</w:t>"))
    paragraph.append(run)


def _describe(table: Element, new: Table) -> None:
    """Say anew, for whoever cannot see it, how many rows there are."""
    words = {"tblCaption": new.title, "tblDescription": blocks.description(new)}
    for name, text in words.items():
        said = table.find(f"{qn('w:tblPr')}/{qn(f'w:{name}')}")
        if said is not None:
            said.set(qn("w:val"), text)

"""Tables: their cells brought up to date where nobody touched them, rows coming and going."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.refresh import grid_changes as told
from hcreport.refresh import hung
from hcreport.refresh.account import Did, Line
from hcreport.refresh.grid_compared import compare
from hcreport.refresh.grid_rows import rows_of, texts_of
from hcreport.refresh.marked import is_tracked
from hcreport.report.word import blocks, pages
from hcreport.report.word.imprint import Grid
from hcreport.report.word.walk import cells
from hcreport.report.word.xml import measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from hcreport.refresh.grid_compared import Compared
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
    if next(table.iter(qn("w:vMerge")), None) is not None:
        return _whole(control, table, new, take, _MERGED, Grid(wanted))
    whole = partial(_whole, control, table, new, take)
    before = told.standing(old.rows, theirs)
    places = None if before is None else told.matched(before, theirs)
    if before is None or places is None:
        why = _shapes(theirs, wanted) if before is None else _MOVED
        return whole(why, Grid(wanted)) if old.rows else whole(_UNKNOWN, old)
    rows = [held[place] for place in places]
    return _brought_up(table, new, compare(control, before, rows, wanted, take))


def _brought_up(table: Element, new: Table, compared: Compared) -> tuple[list[Line], Grid]:
    """A table that has the shape it was given: cell by cell, or anew where its columns changed."""
    control, wanted = compared.control, cells(new)
    if compared.is_homeless or not told.has_columns(compared.headings, wanted[0]):
        if not compared.has_place or _hangs(table):
            return _whole(control, table, new, compared.take, _why(compared), _BLANK)
        return _made_anew(control, table, new, compared), Grid(wanted)
    lines = compared.lines()
    compared.write()
    _describe(table, new)
    return lines or [_line(control, Did.UNCHANGED)], compared.remembered(rows_of(table))


def _why(compared: Compared) -> str:
    """Why a table to which the data gives other columns is left whole."""
    if compared.has_place:
        return _HUNG
    return _COMMENTED if compared.is_only_commented else _COLUMNS


def fuller(one: Kept | None, other: Kept) -> Kept:
    """Of what two copies of a table remember, that which knows of more rows that stayed."""
    if isinstance(one, Grid) and isinstance(other, Grid) and len(one.rows) > len(other.rows):
        return one
    return other


def pieces(control: Control) -> set[str]:
    """The pieces of a table that can be taken, as an account calls them."""
    table = control.content.find(qn("w:tbl"))
    rows = () if table is None else texts_of(table)
    names = {name for row in rows for name in told.names(row)}
    by_cell = {told.name_of_cell(name, heading) for name in names for heading in rows[0]}
    return by_cell | {told.name_of_row(name) for name in names}


_BLANK = Grid(())
_MERGED = "cells in it were merged downwards"
_MOVED = "its rows or columns were moved, and cannot be told by their labels"
_COLUMNS = "cells of it were typed over, whose row or column the data gives no more"
_HUNG = "the data gives it other columns, and a note or a picture hangs on it"
_COMMENTED = "the data gives it other columns, and no more a row that somebody commented on"
_UNKNOWN = "it was left as it stood, and what was typed over in it cannot be told any more"


def _shapes(theirs: Sequence[Texts], wanted: Sequence[Texts]) -> str:
    """Two shapes: by their rows, or by their columns where they have as many rows."""
    if len(theirs) != len(wanted) or not theirs or len(theirs[0]) == len(wanted[0]):
        return f"{max(len(theirs) - 1, 0)} rows; ours has {len(wanted) - 1}"
    return f"{len(theirs[0])} columns; ours has {len(wanted[0])}"


def _whole(
    control: Control, table: Element, new: Table, take: Take, why: str, left: Grid
) -> tuple[list[Line], Grid]:
    """A table that cannot be brought up to date: left, or made anew where ours is taken."""
    why = f"{why}; {_age(texts_of(table), cells(new))}"
    if not take.takes(control.tag):
        return [_line(control, Did.KEPT, theirs=why)], left
    fresh = blocks.table(new, room(control))
    hung.onto_table(table, fresh)
    control.content.replace(table, fresh)
    return [_line(control, Did.TAKEN, theirs=why, ours="made anew")], Grid(cells(new))


def _age(theirs: Sequence[Texts], wanted: Sequence[Texts]) -> str:
    """How many figures are old in a table that is left as it stands, by their labels."""
    held, ours = told.by_name(theirs), told.by_name(wanted)
    old = sum(text != held.get(name) for name, text in ours.items())
    return f"{old} of {len(ours)} figures are not today's" if old else "its figures are today's"


def _made_anew(control: Control, table: Element, new: Table, compared: Compared) -> list[Line]:
    """A table to which the data gives other columns; what was typed over stays in it."""
    fresh, lines = blocks.table(new, room(control)), compared.lines()
    _restyle(fresh, table)
    compared.write_into(rows_of(fresh))
    hung.onto_table(table, fresh)
    control.content.replace(table, fresh)
    return lines


def _line(control: Control, did: Did, theirs: str = "", ours: str = "") -> Line:
    return Line(did, control.tag, control.heading, "table", theirs=theirs, ours=ours)


def _hangs(table: Element) -> bool:
    """Whether something hangs on a table that would be lost with it."""
    kinds = (qn("w:footnoteReference"), qn("w:endnoteReference"), qn("w:drawing"))
    return next(table.iter(*kinds), None) is not None


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
    return texts_of(table) == old.rows


def _describe(table: Element, new: Table) -> None:
    """Say anew, for whoever cannot see it, how many rows there are."""
    words = {"tblCaption": new.title, "tblDescription": blocks.description(new)}
    for name, text in words.items():
        said = table.find(f"{qn('w:tblPr')}/{qn(f'w:{name}')}")
        if said is not None:
            said.set(qn("w:val"), text)

"""A table's rows as they stand in the document: read, written over, put in and taken out."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.refresh import grid_changes as changes
from hcreport.refresh import hung
from hcreport.refresh.marked import accepted, is_plain, nodes, put, settle
from hcreport.report.word.xml import parsed, run

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lxml.etree import _Element as Element

# What a copied row must not share with its model: Word wants each to be its own.
_OWN = ("paraId", "textId")


@dataclass(frozen=True)
class Row:
    """A row of the table: its element, and what its cells say."""

    element: Element

    @property
    def place(self) -> int:
        """Which of the rows it is, as they follow each other."""
        return sum(1 for _ in self.element.itersiblings(qn("w:tr"), preceding=True))

    @property
    def cells(self) -> list[Element]:
        """Its cells."""
        return self.element.findall(qn("w:tc"))

    @property
    def texts(self) -> tuple[str, ...]:
        """What each says, every tracked change accepted."""
        return tuple(map(accepted, self.cells))


def rows_of(table: Element) -> list[Row]:
    """A table's rows, its headings first."""
    return [Row(element) for element in table.findall(qn("w:tr"))]


def texts_of(table: Element) -> tuple[tuple[str, ...], ...]:
    """What a table's rows say."""
    return tuple(row.texts for row in rows_of(table))


def update(
    rows: Sequence[Row],
    old: Sequence[tuple[str, ...]],
    new: Sequence[tuple[str, ...]],
    typed: Collection[tuple[int, int]],
    *,
    in_order: bool,
) -> None:
    """Write every row but the cells typed over; make a row like its neighbour where one came.

    The rows follow each other as ours do, unless somebody gave them an order of their own.
    """
    _write(rows[0], new[0], _columns(typed, 0))
    pairs = changes.paired(old, new)
    follows = {n: o for o, n in pairs.same}
    last = rows[0]
    for n, texts in enumerate(new[1:], start=1):
        if n not in follows:
            model = last if last is not rows[0] else rows[1] if len(rows) > 1 else last
            last = _insert(model, last, texts)
            continue
        row = rows[follows[n]]
        _write(row, texts, _columns(typed, follows[n]))
        if in_order and n in pairs.moved:
            last.element.addnext(row.element)
        last = row
    for o in pairs.went:
        if not _columns(typed, o):
            hung.take_out(rows[o].element)


def _columns(typed: Collection[tuple[int, int]], row: int) -> set[int]:
    """The columns of a row that somebody typed over."""
    return {column for r, column in typed if r == row}


def _write(row: Row, texts: Sequence[str], but: Collection[int] = ()) -> None:
    """Let a row's cells say something else, but for some."""
    for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        if number not in but and accepted(cell) != text:
            say(cell, text)


def say(cell: Element, text: str) -> None:
    """Let a cell say something else, in its first paragraph: no change is tracked in it any more.

    A paragraph that somebody typed after the first goes with its words.
    """
    settle(cell)
    first, *others = cell.findall(qn("w:p"))
    typed = [paragraph for paragraph in others if accepted(paragraph)]
    if next(nodes(cell), None) is None:
        first.append(parsed(run(text)))
    put(cell, text)
    for paragraph in typed:
        if is_plain(paragraph) and not hung.is_commented(paragraph):
            hung.take_out(paragraph)


def _insert(model: Row, after: Row, texts: Sequence[str]) -> Row:
    """A row that looks like another, with words alone in its cells."""
    row = Row(copy.deepcopy(model.element))
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
    _write(row, texts)
    return row


def _leave_one_run(paragraph: Element) -> None:
    """Of a paragraph leave one run with its look, and nothing that hangs on it."""
    held = next((node.getparent() for node in nodes(paragraph)), None)
    for element in list(paragraph):
        if element.tag != qn("w:pPr"):
            paragraph.remove(element)
    made = parsed("<w:r/>") if held is None else copy.deepcopy(held)
    for child in list(made):
        if child.tag != qn("w:rPr"):
            made.remove(child)
    made.append(parsed("<w:t>-</w:t>"))
    paragraph.append(made)

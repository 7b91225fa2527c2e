"""What people hang on words without changing them: comments, bookmarks, notes at the foot.

A comment is something that somebody wrote: words that are commented on are not taken out silently,
and where words are written anew the comment goes with those in their place. Nothing is left in the
document of which half is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from lxml import etree

from hcreport.refresh import grid_changes
from hcreport.refresh.marked import accepted, drop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

_COMMENT = tuple(qn(f"w:comment{name}") for name in ("RangeStart", "RangeEnd", "Reference"))
_OPENING = (qn("w:commentRangeStart"), qn("w:bookmarkStart"))
_CLOSING = (qn("w:commentRangeEnd"), qn("w:bookmarkEnd"))
_IN_RUNS = tuple(qn(f"w:{name}Reference") for name in ("comment", "footnote", "endnote"))
_KINDS = ("comment", "bookmark", "footnote", "endnote")
_RUN, _ROW, _ID = qn("w:r"), qn("w:tr"), qn("w:id")


def is_commented(element: Element) -> bool:
    """Whether a comment is about something in an element, or begins or ends in it."""
    return next(element.iter(*_COMMENT), None) is not None


def around(paragraph: Element) -> tuple[list[Element], list[Element]]:
    """All that hangs on a paragraph: what comes before its words and what after, written anew."""
    found = list(_hung(paragraph))
    after = [each for each in found if each.tag not in _OPENING]
    return [each for each in found if each.tag in _OPENING], after


def _hung(element: Element) -> Iterator[Element]:
    for each in element.iter(*_OPENING, *_CLOSING, _RUN):
        if each.tag != _RUN or next(each.iter(*_IN_RUNS), None) is not None:
            yield each


def strip(element: Element) -> None:
    """Take away what hangs on a copy: a comment or a bookmark is there once."""
    for each in list(_hung(element)):
        drop(each)


def take_out(element: Element) -> None:
    """Take an element out, but of what begins or ends elsewhere leave the half that was in it."""
    for first, last in zip(_OPENING, _CLOSING, strict=True):
        begun, ended = ({e.get(_ID) for e in element.iter(tag)} for tag in (first, last))
        for each in list(element.iter(first, last)):
            if each.get(_ID) in begun ^ ended:
                if each is element:
                    return
                element.addprevious(each)
    drop(element)


def onto(old: Iterable[Element], paragraph: Element) -> None:
    """Hang what hangs on some elements on the words of a paragraph."""
    for element in old:
        for each in list(_hung(element)):
            _hang(each, paragraph)


def onto_table(old: Element, new: Element) -> None:
    """Hang what hangs on a table's cells on those of another with the same labels and headings.

    The two ends of a comment go to one cell: that of its beginning.
    """
    cells: dict[tuple[str, str | None], Element] = {}
    for each in list(_hung(old)):
        cell = cells.setdefault(_identity(each), _same_cell(each, old, new))
        _hang(each, next(cell.iter(qn("w:p"))))


def _identity(each: Element) -> tuple[str, str | None]:
    """Which comment, bookmark or note something is part of."""
    inner = next(each.iter(*_IN_RUNS), each)
    kind = next(k for k in _KINDS if etree.QName(inner).localname.startswith(k))
    return kind, inner.get(_ID)


def _same_cell(each: Element, old: Element, new: Element) -> Element:
    """The cell of a new table for what hangs on one of the old; its first where there is none."""
    rows = new.findall(_ROW)
    cell = next((a for a in each.iterancestors(qn("w:tc")) if a.getparent() in list(old)), None)
    row = None if cell is None else cell.getparent()
    if cell is None or row is None:
        return _cells(rows[0])[0]
    label, column = grid_changes.name(_texts(row)), _cells(row).index(cell)
    same = next((r for r in rows[1:] if grid_changes.name(_texts(r)) == label), rows[0])
    said, headings = _texts(old.findall(_ROW)[0])[column : column + 1], _texts(rows[0])
    return _cells(same)[headings.index(said[0]) if said and said[0] in headings else 0]


def _cells(row: Element) -> list[Element]:
    return row.findall(qn("w:tc"))


def _texts(row: Element) -> tuple[str, ...]:
    return tuple(map(accepted, _cells(row)))


def _hang(each: Element, paragraph: Element) -> None:
    """Hang one thing on a paragraph: what opens before its words, what closes after them."""
    properties = paragraph.find(qn("w:pPr"))
    if each.tag not in _OPENING:
        paragraph.append(each)
    elif properties is None:
        paragraph.insert(0, each)
    else:
        properties.addnext(each)

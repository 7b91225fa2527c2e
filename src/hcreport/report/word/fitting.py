"""Tables and charts made narrower where a template's page has less room than they take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.report.word.blocks import TABLE_STYLE
from hcreport.report.word.xml import measure, qn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

EMU_PER_TWIP = 635


def fit(body: Element) -> None:
    """Make each table and chart of ours fit the text of the section that it stands in."""
    waiting: list[Element] = []
    for element in list(body.iter(qn("w:tbl"), qn("wp:inline"), qn("w:sectPr"))):
        if element.tag != qn("w:sectPr"):
            waiting.append(element)
            continue
        room = _room(element)
        for each in waiting if room else ():
            (_narrow_table if each.tag == qn("w:tbl") else _narrow_chart)(each, room)
        waiting = []


def _room(section: Element) -> int:
    """How wide the text of a section is, of a column where it has several; 0 if it says nothing."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or margins is None:
        return 0
    sides = (measure(margins, side) for side in ("w:left", "w:right", "w:gutter"))
    width = measure(size, "w:w") - sum(sides)
    columns = section.find(qn("w:cols"))
    count = 1 if columns is None else max(measure(columns, "w:num"), 1)
    between = 0 if columns is None else measure(columns, "w:space")
    return max((width - between * (count - 1)) // count, 0)


def _narrow_table(table: Element, room: int) -> None:
    style = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
    width = table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
    if style is None or style.get(qn("w:val")) != TABLE_STYLE or width is None:
        return
    whole = measure(width, "w:w")
    if width.get(qn("w:type")) != "dxa" or whole <= room:
        return
    for each in _widths(table):
        each.set(qn("w:w"), str(measure(each, "w:w") * room // whole))


def _widths(table: Element) -> Iterator[Element]:
    yield from table.iter(qn("w:tblW"), qn("w:gridCol"), qn("w:tcW"))


def _narrow_chart(inline: Element, room: int) -> None:
    properties, extent = inline.find(qn("wp:docPr")), inline.find(qn("wp:extent"))
    if properties is None or not properties.get("name", "").startswith("Chart ") or extent is None:
        return
    width, most = int(extent.get("cx", "0")), room * EMU_PER_TWIP
    if width <= most:
        return
    for each in (extent, *inline.iter(qn("a:ext"))):
        for side in ("cx", "cy"):
            each.set(side, str(int(each.get(side, "0")) * most // width))

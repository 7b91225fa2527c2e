"""Styles that stand in for those a template lacks, so that a report looks decent in any Word file.

A style is looked for by its id, then by its name: each program and language gives Word's own
styles other ids and keeps their names. What is not there at all is added, plain and in the
template's font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hcreport.report.word.lists import HANGING, add_instance, add_shape, numbering_of
from hcreport.report.word.xml import parsed, qn, style_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element as Element

_KINDS = {qn("w:pStyle"): "paragraph", qn("w:rStyle"): "character", qn("w:tblStyle"): "table"}
_BULLETS = (("bullet", "•"), ("bullet", "–"))
_SIDES = "".join(
    f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right")
)
_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{colour}"/>'
    for side, colour in (("top", "595959"), ("bottom", "595959"), ("insideH", "BFBFBF"))
)
_CELLS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 50), ("left", 100), ("bottom", 50), ("right", 100))
)
_TABLE = (
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    f"<w:tblBorders>{_LINES}</w:tblBorders><w:tblCellMar>{_CELLS}</w:tblCellMar></w:tblPr>"
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
    '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/><w:vAlign w:val="bottom"/></w:tcPr>'
    "</w:tblStylePr>"
    '<w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'
)


@dataclass(frozen=True)
class _Style:
    """A style as its template would have it. ``list_level`` is that of a bullet."""

    name: str
    p: str = ""
    r: str = ""
    based: str = ""
    rest: str = ""
    list_level: int | None = None


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _contents(level: int) -> _Style:
    return _Style(f"toc {level}", f'{_spacing(20, 20)}<w:ind w:left="{284 * (level - 1)}"/>')


_STYLES: Mapping[str, _Style] = {
    "Caption": _Style("caption", f"<w:keepNext/><w:keepLines/>{_spacing(240, 80)}", "<w:b/>"),
    "Note": _Style("Note", f"<w:keepLines/>{_spacing(80, 240)}", '<w:sz w:val="18"/>'),
    "TableText": _Style("Table Text", _spacing(0, 0)),
    "TableNumber": _Style("Table Number", '<w:jc w:val="right"/>', based="TableText"),
    "TableHeading": _Style("Table Heading", "<w:keepNext/>", "<w:b/>", based="TableText"),
    "TableHeadingNumber": _Style(
        "Table Heading Number", '<w:jc w:val="right"/>', based="TableHeading"
    ),
    "ReportTable": _Style("Report Table", rest=_TABLE),
    "NotSupplied": _Style(
        "Not Supplied", f"<w:keepLines/><w:pBdr>{_SIDES}</w:pBdr>{_spacing(120, 160)}", "<w:b/>"
    ),
    "ListBullet": _Style("List Bullet", _spacing(0, 80), list_level=0),
    "ListBullet2": _Style("List Bullet 2", _spacing(0, 80), list_level=1),
    "Hyperlink": _Style("Hyperlink", r='<w:color w:val="0B5394"/><w:u w:val="single"/>'),
    "Header": _Style("header", _spacing(0, 0)),
    **{f"TOC{level}": _contents(level) for level in (1, 2, 3)},
}


def stand_in(document: Any, stories: Iterable[Element]) -> None:
    """Give every style that the stories ask for: the template's of that name, or one of ours."""
    styles = document.styles.element
    known = {style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
    for story in stories:
        for mark in story.iter(*_KINDS):
            asked = mark.get(qn("w:val"), "")
            if asked in known or asked not in _STYLES:
                continue
            found = style_named(styles, _STYLES[asked].name)
            if found is not None:
                mark.set(qn("w:val"), found)
                continue
            known |= _add(document, styles, asked, _KINDS[str(mark.tag)])


def _add(document: Any, styles: Element, identity: str, kind: str) -> set[str]:
    """Add one of our styles and what it builds on. The ids that are known by now."""
    style = _STYLES[identity]
    added = {identity}
    if style.based:
        base = style_named(styles, _STYLES[style.based].name)
        if base is None:
            added |= _add(document, styles, style.based, kind)
            base = style.based
    else:
        base = _default(styles, kind)
    parent = f'<w:basedOn w:val="{base}"/>' if base else ""
    paragraph = _in_list(document, style)
    styles.append(
        parsed(
            f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{style.name}"/>'
            f"{parent}<w:qFormat/>"
            + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
            + (f"<w:rPr>{style.r}</w:rPr>" if style.r else "")
            + f"{style.rest}</w:style>"
        )
    )
    return added


def _in_list(document: Any, style: _Style) -> str:
    """The properties of a style's paragraphs, with the bullets of a list where it has them."""
    if style.list_level is None:
        return style.p
    numbering = numbering_of(document)
    indents = [(HANGING * (level + 1), HANGING) for level in range(len(_BULLETS))]
    instance = add_instance(numbering, add_shape(numbering, _BULLETS, indents))
    level = style.list_level
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{instance}"/></w:numPr>{style.p}'


def _default(styles: Element, kind: str) -> str:
    """The style that everything of a kind is, unless it says otherwise."""
    for style in styles.iter(qn("w:style")):
        if style.get(qn("w:type")) == kind and style.get(qn("w:default")) in {"1", "true", "on"}:
            return style.get(qn("w:styleId"), "")
    return ""

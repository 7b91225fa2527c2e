"""The few pieces of WordprocessingML the templates are written with, and the .docx package.

Measures are given as people give them (points, centimetres) and children are written in the
order the schema demands, so that a style or a paragraph can be described in one readable call.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping

INK = ("1B2733", "text1")
BLUE = ("12436D", "accent1")
TEAL = ("28A197", "accent2")
ORANGE = ("F46A25", "accent3")
SLATE = ("4A5A68", None)
RULE = ("C5CED6", None)
PALE_BLUE = "E6EDF4"
PALE_ORANGE = "FFF4EC"

Colour = tuple[str, str | None]

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'mc:Ignorable="w14"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def style_id(name: str) -> str:
    """The id of a style: its name without spaces, capitalised as Word does ("Heading1")."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def twips(cm: float) -> int:
    """Centimetres in twentieths of a point."""
    return round(cm * 1440 / 2.54)


def colour(tag: str, value: Colour) -> str:
    """A colour with the theme slot it comes from, so that changing the theme changes it."""
    shade, slot = value
    theme = f' w:themeColor="{slot}"' if slot else ""
    return f'<w:{tag} w:val="{shade}"{theme}/>'


def edge(side: str, value: Colour, points: float, space: int = 0) -> str:
    """One border line."""
    shade, slot = value
    theme = f' w:themeColor="{slot}"' if slot else ""
    size = round(points * 8)
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{shade}"{theme}/>'


def shading(fill: str) -> str:
    """A plain background."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def number_of(numbering: tuple[int, int]) -> str:
    """Membership of a numbered list: the numbering instance, then the level from 0."""
    instance, level = numbering
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{instance}"/></w:numPr>'


def tab_stops(*stops: tuple[str, float]) -> str:
    """Tab stops as (kind, centimetres); the kind "right..." has a dotted leader."""
    marks = []
    for kind, cm in stops:
        leader = ' w:leader="dot"' if kind.endswith("...") else ""
        marks.append(f'<w:tab w:val="{kind.rstrip(".")}"{leader} w:pos="{twips(cm)}"/>')
    return "".join(marks)


def ppr(  # noqa: PLR0913 - Word has this many properties, and all are named where used
    *,
    keep_next: bool = False,
    keep_lines: bool = False,
    page_break: bool = False,
    numbering: tuple[int, int] | None = None,
    borders: str = "",
    fill: str = "",
    tabs: str = "",
    before: float | None = None,
    after: float | None = None,
    line: float | None = None,
    left: float | None = None,
    right: float | None = None,
    hanging: float | None = None,
    contextual: bool = False,
    align: str = "",
    outline: int | None = None,
) -> str:
    """The properties of a paragraph: spacing in points, lines in multiples, indents in cm."""
    parts = [
        "<w:keepNext/>" if keep_next else "",
        "<w:keepLines/>" if keep_lines else "",
        "<w:pageBreakBefore/>" if page_break else "",
        number_of(numbering) if numbering else "",
        f"<w:pBdr>{borders}</w:pBdr>" if borders else "",
        shading(fill) if fill else "",
        f"<w:tabs>{tabs}</w:tabs>" if tabs else "",
        spacing(before, after, line),
        indent(left, right, hanging),
        "<w:contextualSpacing/>" if contextual else "",
        f'<w:jc w:val="{align}"/>' if align else "",
        f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else "",
    ]
    return "".join(parts)


def spacing(before: float | None, after: float | None, line: float | None) -> str:
    """Space around a paragraph and between its lines."""
    marks = []
    if before is not None:
        marks.append(f'w:before="{round(before * 20)}"')
    if after is not None:
        marks.append(f'w:after="{round(after * 20)}"')
    if line is not None:
        marks.append(f'w:line="{round(line * 240)}" w:lineRule="auto"')
    return f"<w:spacing {' '.join(marks)}/>" if marks else ""


def indent(left: float | None, right: float | None, hanging: float | None) -> str:
    """Indents in centimetres."""
    sides = (("left", left), ("right", right), ("hanging", hanging))
    marks = [f'w:{side}="{twips(cm)}"' for side, cm in sides if cm is not None]
    return f"<w:ind {' '.join(marks)}/>" if marks else ""


def rpr(
    *,
    bold: bool | None = None,
    italic: bool | None = None,
    tint: Colour | None = None,
    size: float | None = None,
    underline: bool = False,
    tabular: bool = False,
) -> str:
    """The properties of letters: size in points; tabular figures are all of one width."""
    parts = [
        toggle("b", bold),
        toggle("i", italic),
        colour("color", tint) if tint else "",
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else "",
        '<w:u w:val="single"/>' if underline else "",
        '<w14:numForm w14:val="lining"/><w14:numSpacing w14:val="tabular"/>' if tabular else "",
    ]
    return "".join(parts)


def toggle(tag: str, value: bool | None) -> str:
    """A property that is on, off, or left to the style below, with its complex-script twin."""
    if value is None:
        return ""
    mark = "" if value else ' w:val="0"'
    return f"<w:{tag}{mark}/><w:{tag}Cs{mark}/>"


def run(text: str) -> str:
    """A run of plain text; a tab character becomes Word's tab."""
    pieces = [f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\t")]
    return f"<w:r>{'<w:tab/>'.join(pieces)}</w:r>"


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph in a named style; the content is runs already written."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{properties}</w:pPr>{content}</w:p>'


def simple_field(instruction: str, shown: str) -> str:
    """A field with the result shown until Word works it out."""
    return f"<w:fldSimple w:instr={quoteattr(f' {instruction} ')}>{run(shown)}</w:fldSimple>"


def package(parts: Mapping[str, str]) -> bytes:
    """The parts as a .docx: their order, dates and attributes fixed, and stored unpacked.

    Compression is left out because different builds of zlib pack the same text differently,
    and the file has to come out the same on every machine.
    """
    holder = io.BytesIO()
    with zipfile.ZipFile(holder, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            entry.external_attr = 0
            archive.writestr(entry, text.encode("utf-8"))
    return holder.getvalue()

"""The lists of people's texts: bullets as the template's styles have them, and numbered lists.

Each numbered list counts by itself, which in Word takes a numbering instance of its own. Its
numbers hang where those of the template's list styles do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart

from hcreport.report.word.xml import paragraph, parsed, qn, style_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from hcreport.report.markdown import Item
    from hcreport.report.word.contents import Outline

BULLETS = ("ListBullet", "ListBullet2")
NUMBERS = ("ListNumber", "ListNumber2")
HANGING = 360  # twentieths of a point, where the template does not say
Indent = tuple[int, int]  # where the text starts, and how far the number hangs before it


@dataclass
class Lists:
    """The numbered lists of one document."""

    document: Any
    outline: Outline
    shape: str = ""
    made: dict[tuple[int, int], str] = field(default_factory=dict)

    def item(self, text: int, item: Item, content: str) -> Element:
        """An item of a list, the document's ``text`` th text's."""
        level = item.depth - 1
        if item.start is None:
            return parsed(paragraph(BULLETS[level], content))
        instance = self.made.get((text, item.list))
        if instance is None:
            instance = self.made[text, item.list] = self._instance(level, item.start)
        place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{instance}"/></w:numPr>'
        return parsed(paragraph(self._style(level), content, place))

    def _style(self, level: int) -> str:
        """The template's style of numbered lists; else that of bullets, for all but the bullet."""
        return style_named(self.outline.styles, NUMBERS[level]) or BULLETS[level]

    def _instance(self, level: int, start: int) -> str:
        numbering = numbering_of(self.document)
        if not self.shape:
            formats = (("decimal", "%1."), ("lowerLetter", "%2."))
            indents = [self._indent(level) for level in range(len(formats))]
            self.shape = add_shape(numbering, formats, indents)
        return add_instance(numbering, self.shape, (level, start))

    def _indent(self, level: int) -> Indent:
        """How a list style of the template indents its paragraphs, by its list or by itself."""
        outline = self.outline
        style = self._style(level)
        style = style_named(outline.styles, style) or style
        found = outline.indent_of(style)
        if found is None:
            return HANGING * (level + 1), HANGING
        left, hanging = (int(found.get(qn(name), "0")) for name in ("w:left", "w:hanging"))
        return left, hanging or HANGING


def numbering_of(document: Any) -> Element:
    """The numbering of a document, which is given an empty one where it has none."""
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return cast("Element", relation.target_part.element)
    element: Any = parsed("<w:numbering/>")
    name, kind = PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING
    part = XmlPart(name, kind, element, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return cast("Element", element)


def add_shape(
    numbering: Element, formats: Sequence[tuple[str, str]], indents: Sequence[Indent]
) -> str:
    """Add what lists can look like, level by level: the format, the text, the indent. Its id."""
    identity = _next(numbering, "w:abstractNum", "w:abstractNumId")
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
        for n, ((kind, text), (left, hanging)) in enumerate(zip(formats, indents, strict=True))
    )
    made = parsed(
        f'<w:abstractNum w:abstractNumId="{identity}">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
    )
    first = numbering.find(qn("w:num"))  # the shapes stand before all instances
    if first is None:
        numbering.append(made)
    else:
        first.addprevious(made)
    return identity


def add_instance(numbering: Element, shape: str, start: tuple[int, int] | None = None) -> str:
    """Add a list of a shape, which counts by itself from a number at a level. Its id."""
    identity = _next(numbering, "w:num", "w:numId")
    begin = ""
    if start is not None:
        level, number = start
        begin = (
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{number}"/></w:lvlOverride>'
        )
    made = parsed(f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{shape}"/>{begin}</w:num>')
    before = numbering.findall(qn("w:num"))  # some parts of Word stand after all instances
    if before:
        before[-1].addnext(made)
    else:
        numbering.append(made)
    return identity


def _next(numbering: Element, tag: str, attribute: str) -> str:
    used = (int(e.get(qn(attribute), "0")) for e in numbering.findall(qn(tag)))
    return str(max(used, default=0) + 1)

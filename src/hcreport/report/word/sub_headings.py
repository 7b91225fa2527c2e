"""Which of a template's heading styles a text's own headings take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.report.word.xml import parsed, qn, style_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from hcreport.report.word.contents import Outline

DEEPEST = 9  # Word's own heading styles end there


def style_below(outline: Outline, above: Element | None, steps: int) -> str:
    """The style of a heading so many levels below another one; at the top where there is none.

    Of several on that level, one that is numbered if the heading above is, and rather Word's own.
    """
    level = (outline.level(above) or 0) if above is not None else 0
    wanted = min(level + steps, DEEPEST)
    found = [s for s in outline.heading_styles if outline.level_of(_id(s)) == wanted]
    if not found:
        return _made(outline, wanted)
    is_numbered = above is not None and outline.is_numbered(style_of(above))
    return _id(min(found, key=lambda s: (outline.is_numbered(_id(s)) != is_numbered, _odd(s))))


def _id(style: Element) -> str:
    return style.get(qn("w:styleId"), "")


def _odd(style: Element) -> bool:
    """Whether a style is another than Word's own, which every language calls ``heading 2``."""
    name = style.find(qn("w:name"))
    return name is None or not name.get(qn("w:val"), "").lower().startswith("heading ")


def _made(outline: Outline, level: int) -> str:
    """A style for a level that the template has none for: like the one above it, in italics."""
    nearest = [s for s in outline.heading_styles if (outline.level_of(_id(s)) or DEEPEST) < level]
    based = max(nearest, key=lambda s: (outline.level_of(_id(s)) or 0, not _odd(s)), default=None)
    parent = "" if based is None else f'<w:basedOn w:val="{_id(based)}"/>'
    taken = {_id(style) for style in outline.styles.iter(qn("w:style"))}
    title = f"heading {level}" if f"Heading{level}" not in taken else f"Text Heading {level}"
    name = title.replace(" ", "").replace("heading", "Heading")
    plain = (
        '<w:pageBreakBefore w:val="0"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    )
    outline.add(
        parsed(
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/>'
            f"{parent}<w:qFormat/><w:pPr><w:keepNext/>{plain}"
            f'<w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
            f"<w:rPr>{'<w:b/>' if based is None else '<w:i/>'}</w:rPr></w:style>"
        )
    )
    return name

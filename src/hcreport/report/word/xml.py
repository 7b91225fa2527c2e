"""The little WordprocessingML the report needs, made as XML text and parsed once.

Building text first is some twenty times faster than adding cells one by one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OFFICE = "http://schemas.openxmlformats.org"
_KNOWN = {
    "w": f"{_OFFICE}/wordprocessingml/2006/main",
    "r": f"{_OFFICE}/officeDocument/2006/relationships",
    "wp": f"{_OFFICE}/drawingml/2006/wordprocessingDrawing",
    "a": f"{_OFFICE}/drawingml/2006/main",
    "pic": f"{_OFFICE}/drawingml/2006/picture",
}
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES, _FALLBACK = f"{_COMPATIBILITY}AlternateContent", f"{_COMPATIBILITY}Fallback"
NAMESPACES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _KNOWN.items())


@cache
def qn(name: str) -> str:
    """A name as lxml has it: ``w:p`` with its namespace in full."""
    prefix, _, rest = name.partition(":")
    return f"{{{_KNOWN[prefix]}}}{rest}"


def parsed(xml: str) -> Element:
    """An element from its text; the usual prefixes are known."""
    from docx.oxml import parse_xml  # noqa: PLC0415  (``check`` reads templates without it)

    head, _, tail = xml.partition(">")
    closing = "/" if head.endswith("/") else ""
    return cast("Element", parse_xml(f"{head.removesuffix('/')} {NAMESPACES}{closing}>{tail}"))


def run(text: str, properties: str = "") -> str:
    """A run of text. ``properties`` is the content of its ``w:rPr``."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph in a style; ``content`` is its runs."""
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{properties}</w:pPr>{content}</w:p>"


def field(instruction: str, result: str) -> str:
    """A field with its result already there, so that nothing needs updating to read right."""
    return f"<w:fldSimple w:instr={quoteattr(f' {instruction} ')}>{run(result)}</w:fldSimple>"


def remove(element: Element) -> None:
    """Take an element out of what it stands in."""
    parent = element.getparent()
    assert parent is not None  # noqa: S101  (what is removed stands in the document)
    parent.remove(element)


def text_of(element: Element) -> str:
    """The text of a paragraph or run."""
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def own_text(paragraph_element: Element) -> list[Element]:
    """The text of a paragraph, node by node, without that of a text box anchored in it."""
    return [
        node
        for node in paragraph_element.iter(qn("w:t"))
        if next(node.iterancestors(qn("w:p")), None) is paragraph_element
    ]


def is_double(element: Element) -> bool:
    """Whether an element stands in the second copy of a text box, which is for older programs."""
    return next(element.iterancestors(_FALLBACK), None) is not None


def in_plain_text(element: Element) -> bool:
    """Whether an element stands in a control that takes plain text only, and so no other."""
    return any(
        control.find(f"{qn('w:sdtPr')}/{qn('w:text')}") is not None
        for control in element.iterancestors(qn("w:sdt"))
    )


def style_of(paragraph_element: Element) -> str | None:
    """A paragraph's style id, if it names one."""
    found = paragraph_element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return None if found is None else found.get(qn("w:val"))


def measure(element: Element, name: str) -> int:
    """A whole number that an element gives, such as ``w:w``; some programs write it as 1304.0.

    Nought where it gives none that can be read.
    """
    try:
        return int(float(element.get(qn(name), "0")))
    except (ValueError, OverflowError):
        return 0


def style_named(styles: Element, name: str) -> str | None:
    """The id of the style of a name; neither spaces nor capitals tell names apart, as in Word."""
    wanted = name.replace(" ", "").casefold()
    for style in styles.iter(qn("w:style")):
        found = style.find(qn("w:name"))
        if found is not None:
            called = found.get(qn("w:val"), "").replace(" ", "").casefold()
            if called == wanted:
                return style.get(qn("w:styleId"))
    return None

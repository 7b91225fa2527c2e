"""The marks that an edited report still has, and what each says now.

Word's habits are seen through: runs cut up by spelling and revision, smart tags, tracked changes.
What counts is the text as it would be with every tracked change accepted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.report.word.contents import Outline
from hcreport.report.word.controls import shortened
from hcreport.report.word.xml import style_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from hcreport.refresh.package import Package

_PARAGRAPH, _CONTROL, _VALUE = qn("w:p"), qn("w:sdt"), qn("w:val")
_TAG = f"{qn('w:sdtPr')}/{qn('w:tag')}"
_TEXT, _RUN = qn("w:t"), qn("w:r")
_SIMPLE, _ASKED = qn("w:fldSimple"), qn("w:instr")
_STEP, _STEP_KIND, _INSTRUCTION = qn("w:fldChar"), qn("w:fldCharType"), qn("w:instrText")
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_GONE = (qn("w:del"), qn("w:moveFrom"))
_TRACKED = (*_GONE, qn("w:ins"), qn("w:moveTo"))


@dataclass(frozen=True)
class Control:
    """A content control of ours: its whole tag, the element, its part and the heading above it."""

    tag: str
    element: Element
    part: str
    heading: str

    @property
    def content(self) -> Element:
        """What it holds."""
        found = self.element.find(qn("w:sdtContent"))
        return self.element if found is None else found

    @property
    def is_emptied(self) -> bool:
        """Whether somebody took its words out; Word then shows an invitation to type in it."""
        shows = self.element.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
        return shows or not (accepted(self.content) or _holds_picture(self.content))


def controls(package: Package, tags: Iterable[str]) -> list[Control]:
    """Every control whose tag is one of ``tags``, in the order of the document."""
    whole = {shortened(tag): tag for tag in tags}
    is_heading = _headings(package)
    found = []
    for part, root in package.stories():
        heading = ""
        for element in root.iter(_PARAGRAPH, _CONTROL):
            if element.tag == _CONTROL:
                name = whole.get(tag_of(element))
                if name is not None:
                    found.append(Control(name, element, part, heading))
            elif is_heading(style_of(element)):
                heading = accepted(element).strip() or heading
    return found


def places(package: Package, tags: Iterable[str]) -> Counter[str]:
    """In how many places each tag stands."""
    whole = {shortened(tag): tag for tag in tags}
    held = (tag_of(e) for _, root in package.stories() for e in root.iter(_CONTROL))
    return Counter(whole[tag] for tag in held if tag in whole)


def tag_of(control: Element) -> str:
    """A control's tag as it stands there; nothing for one that has none."""
    tag = control.find(_TAG)
    return "" if tag is None else tag.get(_VALUE, "")


def _headings(package: Package) -> Callable[[str | None], bool]:
    """Which styles are those of headings; none in a file without styles."""
    for relation in package.relations(package.document).values():
        if relation.kind == "styles" and relation.target in package.parts:
            styles = package.parsed(relation.target)
            return cache(partial(_is_heading, Outline(styles, styles)))
    return lambda _: False


def _is_heading(outline: Outline, style: str | None) -> bool:
    return outline.inherited(style, qn("w:outlineLvl")) is not None


def nodes(element: Element) -> Iterator[Element]:
    """The text nodes of an element, less those that a tracked change takes away."""
    for node in element.iter(_TEXT):
        if not _is_gone(node):
            yield node


def accepted(element: Element) -> str:
    """What an element says once every tracked change is accepted.

    The numbers of tables that it refers to are left out, for Word counts these by itself.
    """
    referred = set(_references(element))
    said = "".join(
        node.text or "" if node.tag == _TEXT else _BREAKS[str(node.tag)]
        for node in element.iter(_TEXT, *_BREAKS)
        if not _is_gone(node) and _is_in_run(node) and node not in referred
    )
    return said.replace(" ()", "") if referred else said


def _references(element: Element) -> Iterator[Element]:
    """The nodes that say the numbers of tables referred to."""
    for asked, result in fields(element):
        if asked.split()[:1] == ["REF"]:
            yield from result


def fields(element: Element) -> Iterator[tuple[str, list[Element]]]:
    """Every field inside an element: what it asks for, and the text nodes of its result."""
    for simple in element.iter(_SIMPLE):
        yield simple.get(_ASKED, ""), list(nodes(simple))
    if next(element.iter(_STEP), None) is None:
        return
    under_way: list[tuple[list[str], list[Element], list[bool]]] = []
    for node in element.iter(_STEP, _INSTRUCTION, _TEXT):
        if node.tag == _INSTRUCTION and under_way:
            under_way[-1][0].append(node.text or "")
        elif node.tag == _TEXT and under_way and under_way[-1][2]:
            under_way[-1][1].append(node)
        elif node.tag == _STEP:
            step = node.get(_STEP_KIND)
            if step == "begin":
                under_way.append(([], [], []))
            elif step == "separate" and under_way:
                under_way[-1][2].append(True)
            elif step == "end" and under_way:
                asked, result, _ = under_way.pop()
                yield "".join(asked), result


def is_tracked(element: Element) -> bool:
    """Whether an element has tracked changes in it."""
    return next(element.iter(*_TRACKED), None) is not None


def put(element: Element, text: str) -> bool:
    """Let an element say something else: the text nodes only. True where that touched anything.

    Its first word's formatting is that of the whole; a tracked change keeps what it deletes.
    """
    held = list(nodes(element))
    if not held:
        return False
    before = [node.text for node in held]
    first = next((n for n in held if next(n.iterancestors(qn("w:ins")), None) is None), held[0])
    for node in held:
        node.text = text if node is first else ""
    if text != text.strip():
        first.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return before != [node.text for node in held]


def drop(element: Element) -> None:
    """Take an element out of what it stands in."""
    holder = element.getparent()
    if holder is not None:
        holder.remove(element)


def _is_in_run(node: Element) -> bool:
    """Whether a node is text; a tab stop of a paragraph's properties has the name of a tab."""
    holder = node.getparent()
    return holder is not None and holder.tag == _RUN


def _is_gone(node: Element) -> bool:
    return next(node.iterancestors(*_GONE), None) is not None


def _holds_picture(element: Element) -> bool:
    return next(element.iter(qn("w:drawing")), None) is not None

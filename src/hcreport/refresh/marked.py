"""The marks that an edited report still has, and what each says now.

Word's habits are seen through: runs cut up by spelling and revision, smart tags, tracked changes.
What counts is the text as it would be with every tracked change accepted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from lxml import etree

from hcreport.report.word.contents import Outline
from hcreport.report.word.controls import shortened
from hcreport.report.word.xml import is_double, style_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from hcreport.refresh.package import Package

_PARAGRAPH, _CONTROL, _VALUE = qn("w:p"), qn("w:sdt"), qn("w:val")
_TAG = f"{qn('w:sdtPr')}/{qn('w:tag')}"
_TEXT, _DELETED, _RUN = qn("w:t"), qn("w:delText"), qn("w:r")
_SIMPLE, _ASKED = qn("w:fldSimple"), qn("w:instr")
_STEP, _STEP_KIND, _INSTRUCTION = qn("w:fldChar"), qn("w:fldCharType"), qn("w:instrText")
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_LOOK, _COMMENT = qn("w:rPr"), qn("w:commentReference")
_HOLDERS = {qn(f"w:{n}") for n in ("r", "sdt", "sdtContent", "smartTag", "fldSimple")}
_HARMLESS = {
    qn(f"w:{name}")
    for name in (
        *("pPr", "sdtPr", "sdtEndPr", "smartTagPr", "t", "proofErr", "lastRenderedPageBreak"),
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"),
        *("fldChar", "instrText"),
    )
}
_UNSEEN = {qn("w:lang"), qn("w:noProof")}
# What stands for the heading above a mark outside the text.
_ELSEWHERE = {
    "hdr": "In a header",
    "ftr": "In a footer",
    "footnotes": "In a footnote",
    "endnotes": "In an endnote",
}
_ROOTS = {qn(f"w:{name}") for name in ("document", "hdr", "ftr", "footnotes", "endnotes")}
_MOVED = qn("w:moveFrom")
_GONE = (qn("w:del"), _MOVED)
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
    def is_double(self) -> bool:
        """Whether it stands in the second copy of a text box: updated like the first, not told."""
        return is_double(self.element)

    @property
    def is_emptied(self) -> bool:
        """Whether somebody took its words out; Word then shows an invitation to type in it."""
        shows = self.element.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
        says = any(node.text for node in nodes(self.content))
        return shows or not (says or _holds_picture(self.content))


@dataclass(frozen=True)
class Moved:
    """A mark whose words moved: its control, and what it said before and says now."""

    control: Control
    was: str
    ours: str


def controls(package: Package, tags: Iterable[str]) -> list[Control]:
    """Every control whose tag is one of ``tags``, in the order of the document."""
    whole = {shortened(tag): tag for tag in tags}
    return [
        Control(whole[tag], element, part, heading)
        for part, heading, element in under_headings(package)
        if element.tag == _CONTROL and (tag := tag_of(element)) in whole
        if not _is_moved_away(element)
    ]


def under_headings(package: Package) -> Iterator[tuple[str, str, Element]]:
    """Every paragraph and control, in order: its part, the heading above it, and itself."""
    is_heading = _headings(package)
    for part, root in package.stories():
        heading = _ELSEWHERE.get(etree.QName(root).localname, "")
        for element in root.iter(_PARAGRAPH, _CONTROL):
            if element.tag == _PARAGRAPH and is_heading(style_of(element)):
                heading = accepted(element, own=True).strip() or heading
            yield part, heading, element


def places(package: Package, tags: Iterable[str]) -> Counter[str]:
    """In how many places each tag stands; both copies of a text box are one."""
    whole = {shortened(tag): tag for tag in tags}
    return Counter(
        whole[tag]
        for _, root in package.stories()
        for element in root.iter(_CONTROL)
        if (tag := tag_of(element)) in whole
        if not (is_double(element) or _is_moved_away(element))
    )


def _is_moved_away(control: Element) -> bool:
    """Whether a control was moved with changes tracked, and this is where it was."""
    if next(control.iterancestors(_MOVED), None) is not None:
        return True
    is_moved = next(control.iter(_MOVED), None) is not None
    return is_moved and not (accepted(control) or _holds_picture(control))


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
        if not is_gone(node):
            yield node


def accepted(element: Element, *, own: bool = False) -> str:
    """What an element says once every tracked change is accepted.

    The numbers of tables that it refers to are left out, for Word counts these by itself; so is
    what a text box says that is anchored in a paragraph, where its ``own`` words are asked for.
    """
    referred = set(_references(element))
    said = "".join(
        node.text or "" if node.tag == _TEXT else _BREAKS[str(node.tag)]
        for node in element.iter(_TEXT, *_BREAKS)
        if not is_gone(node) and _is_in_run(node) and node not in referred
        if not own or next(node.iterancestors(_PARAGRAPH)) is element
    )
    return said.replace(" ()", "") if referred else said


def _references(element: Element) -> Iterator[Element]:
    """The nodes that say the numbers of tables referred to."""
    for asked, result in fields(element):
        if asked.split()[:1] == ["REF"]:
            yield from result


def fields(element: Element) -> list[tuple[str, list[Element]]]:
    """Every field inside an element, in order: what it asks for, and the nodes of its result.

    Those that a tracked change takes away are none.
    """
    if next(element.iter(_SIMPLE, _STEP), None) is None:
        return []
    found: list[tuple[str, list[Element]]] = []
    under_way: list[_Field] = []
    for node in element.iter(_SIMPLE, _STEP, _INSTRUCTION, _TEXT):
        if is_gone(node):
            continue
        if node.tag == _SIMPLE:
            result = list(nodes(node))
            if result or next(node.iter(_TEXT, _DELETED), None) is None:
                found.append((node.get(_ASKED, ""), result))
        elif node.tag == _STEP and node.get(_STEP_KIND) == "begin":
            under_way.append(_Field(len(found)))
            found.append(("", []))
        elif under_way and node.tag == _STEP and node.get(_STEP_KIND) == "end":
            done = under_way.pop()
            found[done.place] = (done.asked, done.result)
        elif under_way:
            under_way[-1].take(node)
    return found


@dataclass
class _Field:
    """A field of several runs while it is read."""

    place: int
    asked: str = ""
    result: list[Element] = field(default_factory=list)
    has_result: bool = False

    def take(self, node: Element) -> None:
        if node.tag == _STEP:
            self.has_result = True
        elif node.tag == _INSTRUCTION:
            self.asked += node.text or ""
        elif self.has_result:
            self.result.append(node)


def is_plain(element: Element) -> bool:
    """Whether an element holds words and marks alone, as we write them.

    What Word adds by itself, and comments and bookmarks, are no matter. A footnote, a picture, a
    highlight or a tracked change is: to write the words anew would lose it.
    """
    return all(_is_plain(child) for child in element)


def _is_plain(element: Element) -> bool:
    if element.tag in _HARMLESS:
        return True
    if element.tag == _LOOK:
        return all(child.tag in _UNSEEN for child in element)
    if element.tag == _RUN and next(element.iter(_COMMENT), None) is not None:
        return True
    return element.tag in _HOLDERS and is_plain(element)


def is_tracked(element: Element) -> bool:
    """Whether an element has tracked changes in it."""
    return next(element.iter(*_TRACKED), None) is not None


def settle(element: Element) -> None:
    """Accept every tracked change in an element."""
    for change in list(element.iter(*_TRACKED)):
        if change.tag not in _GONE:
            for child in list(change):
                change.addprevious(child)
        drop(change)


def put(element: Element, text: str) -> None:
    """Let an element say something else: the text nodes only.

    Its first word's formatting is that of the whole; a tracked change keeps what it deletes.
    """
    held = list(nodes(element))
    if not held:
        return
    first = next((n for n in held if next(n.iterancestors(qn("w:ins")), None) is None), held[0])
    for node in held:
        node.text = text if node is first else ""
    if text != text.strip():
        first.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def drop(element: Element) -> None:
    """Take an element out of what it stands in."""
    holder = element.getparent()
    if holder is not None:
        holder.remove(element)


def is_in_document(element: Element) -> bool:
    """Whether an element is still in its document, and not in what was taken out of it."""
    *_, root = element, *element.iterancestors()
    return root.tag in _ROOTS


def _is_in_run(node: Element) -> bool:
    """Whether a node is text; a tab stop of a paragraph's properties has the name of a tab."""
    holder = node.getparent()
    return holder is not None and holder.tag == _RUN


def is_gone(node: Element) -> bool:
    """Whether a tracked change takes a node away."""
    return next(node.iterancestors(*_GONE), None) is not None


def _holds_picture(element: Element) -> bool:
    return any(not is_gone(drawing) for drawing in element.iter(qn("w:drawing")))

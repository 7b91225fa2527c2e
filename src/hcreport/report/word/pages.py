"""Pages on their side: a wide table gets a section of its own, and the report goes on upright.

The sections before and after it are the template's own. Page numbers go on, and headers and footers
are the same with their tab stops moved to the wider page.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from hcreport.report.word.contents import Outline
from hcreport.report.word.xml import measure, parsed, remove, style_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SECTION, _BODY, _TYPE = qn("w:sectPr"), qn("w:body"), qn("w:type")
_REFERENCES = (qn("w:headerReference"), qn("w:footerReference"))
# What stands before the kind of a section in it.
_BEFORE_TYPE = (*_REFERENCES, qn("w:footnotePr"), qn("w:endnotePr"))
_BEFORE_TABS = {
    *map(qn, ("w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr")),
    *map(qn, ("w:widowControl", "w:numPr", "w:suppressLineNumbers", "w:pBdr", "w:shd")),
}
_MOVED = {"right", "end", "center"}


def widths(element: Element) -> tuple[int, int] | None:
    """The width of the text where an element stands, and on that page turned on its side.

    Both in twentieths of a point. None where no section can be begun: in a cell, a text box, a
    header.
    """
    parent = element.getparent()
    section = _section_of(element) if parent is not None and parent.tag == _BODY else None
    if section is None or not _width(section, "w"):
        return None
    return _width(section, "w"), _width(section, "h")


def turn(document: Any, groups: Iterable[Sequence[Element]]) -> None:
    """Put each group of elements of the body on pages on their side, in the order they stand in.

    Headings right above a group go with it.
    """
    pages = _Pages(document)
    for group in groups:
        pages.turn(group[0], group[-1])


class _Pages:
    """The sections of a document, and the headers and footers that were made for wide pages."""

    def __init__(self, document: Any) -> None:
        self._part, self._outline = document.part, Outline.of(document)
        self._made: dict[str, str] = {}
        self._turned: list[Element] = []  # the sections put in here, not the template's own

    def turn(self, first: Element, last: Element) -> None:
        """Put the elements from the first to the last, and headings above them, on wide pages."""
        rest = _section_of(last)
        assert rest is not None  # noqa: S101  (only tables with room to turn are asked for)
        first = self._with_headings(first)
        before = first.getprevious()
        references = _in_force(rest)
        wide = self._on_its_side(rest, references)
        ended = None if before is None else ended_by(before)
        if ended is not None and any(ended is wide for wide in self._turned):
            remove(ended)  # one group follows another
        elif before is not None and ended is None:
            end_section(before, copy.deepcopy(rest))
        if _is_last(last, rest):
            # Nothing follows: a section without text would be an empty page.
            rest.addprevious(wide)
            remove(rest)
        else:
            end_section(last, wide)
            _go_on(rest, references)

    def _with_headings(self, first: Element) -> Element:
        """The first of the headings that stand right above an element; itself where none does."""
        above = first.getprevious()
        while above is not None and above.tag == qn("w:p") and ended_by(above) is None:
            if self._outline.level(above) is None:
                break
            first, above = above, above.getprevious()
        return first

    def _on_its_side(self, section: Element, references: Sequence[Element]) -> Element:
        """A section's pages turned, without a first page of its own kind."""
        wide = copy.deepcopy(section)
        size = wide.find(qn("w:pgSz"))
        assert size is not None  # noqa: S101  (its width was read from it)
        wider = _width(section, "h") - _width(section, "w")
        width, height = size.get(qn("w:w"), ""), size.get(qn("w:h"), "")
        size.set(qn("w:w"), height)
        size.set(qn("w:h"), width)
        size.set(qn("w:orient"), "landscape")
        widened = []
        for reference in references:
            relation = reference.get(qn("r:id"), "")
            if reference.get(_TYPE) != "first":
                if relation not in self._made:
                    self._made[relation] = self._widened(relation, wider)
                widened.append(copy.copy(reference))
                widened[-1].set(qn("r:id"), self._made[relation])
        _go_on(wide, widened)
        self._turned.append(wide)
        return wide

    def _widened(self, relation: str, wider: int) -> str:
        """A copy of a header or footer with its tab stops moved; its relation."""
        ours = self._part.rels[relation].target_part
        element = copy.deepcopy(ours.element)
        for mark in list(element.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            remove(mark)
        for paragraph in element.iter(qn("w:p")):
            self._move_tabs(paragraph, wider)
        kind = "header" if element.tag == qn("w:hdr") else "footer"
        name = ours.package.next_partname(f"/word/{kind}%d.xml")
        made = XmlPart(name, ours.content_type, element, ours.package)
        for held in ours.rels.values():
            target = held.target_ref if held.is_external else held.target_part
            made.rels.add_relationship(held.reltype, target, held.rId, held.is_external)
        return str(self._part.relate_to(made, self._part.rels[relation].reltype))

    def _move_tabs(self, paragraph: Element, wider: int) -> None:
        """What stands at the middle or the right edge stands there on the wide page too."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:tabs')}")
        inherited = self._outline.inherited(style_of(paragraph), qn("w:tabs"))
        stops = [*(() if inherited is None else inherited), *(() if own is None else own)]
        moved = [stop for stop in stops if stop.get(qn("w:val")) in _MOVED]
        if not moved:
            return
        properties = paragraph.find(qn("w:pPr"))
        assert properties is not None  # noqa: S101  (its style or its tabs stand in it)
        tabs = parsed("<w:tabs/>")
        kept = [] if own is None else [stop for stop in own if stop not in moved]
        for stop in (*kept, *_cleared(moved), *_shifted(moved, wider)):
            tabs.append(stop)
        if own is not None:
            properties.replace(own, tabs)
        else:
            _after_style(properties, tabs)


def _cleared(stops: Iterable[Element]) -> Iterator[Element]:
    for stop in stops:
        yield parsed(f'<w:tab w:val="clear" w:pos="{stop.get(qn("w:pos"))}"/>')


def _shifted(stops: Iterable[Element], wider: int) -> Iterator[Element]:
    """Stops at the right as far from the edge as they were, those at the middle by half of it."""
    for stop in stops:
        new = copy.deepcopy(stop)
        by = wider // 2 if stop.get(qn("w:val")) == "center" else wider
        new.set(qn("w:pos"), str(measure(stop, "w:pos") + by))
        yield new


def _after_style(properties: Element, tabs: Element) -> None:
    """Tab stops in their place among a paragraph's properties, near the front."""
    held = [child for child in properties if child.tag in _BEFORE_TABS]
    properties.insert(len(held), tabs)


def _section_of(element: Element) -> Element | None:
    """The properties of the section that an element of the body stands in: at its end."""
    for following in (element, *element.itersiblings()):
        if following.tag == _SECTION:
            return following
        found = following.find(f"{qn('w:pPr')}/{_SECTION}")
        if found is not None:
            return found
    return None


def _sections(section: Element) -> list[Element]:
    """A section and those before it, from the first."""
    body = next(section.iterancestors(_BODY))
    found = [
        s for s in body.iter(_SECTION) if next(s.iterancestors(qn("w:pPrChange")), None) is None
    ]
    return found[: found.index(section) + 1]


def _in_force(section: Element) -> list[Element]:
    """Copies of a section's references to headers and footers, its own or handed down."""
    found: dict[tuple[str, str], Element] = {}
    for earlier in _sections(section):
        for reference in earlier.iterchildren(*_REFERENCES):
            found[str(reference.tag), reference.get(_TYPE, "")] = reference
    return [copy.deepcopy(reference) for reference in found.values()]


def _go_on(section: Element, references: Iterable[Element]) -> None:
    """Let a section begin on a new page, with the next number and no first page of its own kind."""
    for old in list(section.iterchildren(*_REFERENCES, _TYPE, qn("w:titlePg"))):
        section.remove(old)
    for place, reference in enumerate(references):
        section.insert(place, reference)
    before = [child for child in section if child.tag in _BEFORE_TYPE]
    section.insert(len(before), parsed('<w:type w:val="nextPage"/>'))
    numbers = section.find(qn("w:pgNumType"))
    if numbers is not None:
        numbers.attrib.pop(qn("w:start"), None)


def ended_by(element: Element) -> Element | None:
    """The section that an element of the body ends."""
    return element.find(f"{qn('w:pPr')}/{_SECTION}")


def _is_last(element: Element, section: Element) -> bool:
    """Whether nothing follows an element in its section."""
    following = element.getnext()
    if following is None or following is section:
        return True
    return ended_by(following) is section and not text_of(following)


def end_section(element: Element, section: Element) -> None:
    """End a section with an element: in its own properties, or in a paragraph after it.

    After it where it is no paragraph, or one that ends the section already and is to go.
    """
    if element.tag != qn("w:p") or ended_by(element) is section:
        low = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        holder = parsed(f"<w:p><w:pPr>{low}</w:pPr></w:p>")
        element.addnext(holder)
        element = holder
    properties = element.find(qn("w:pPr"))
    if properties is None:
        properties = parsed("<w:pPr/>")
        element.insert(0, properties)
    last = properties.find(qn("w:pPrChange"))
    if last is None:
        properties.append(section)
    else:
        last.addprevious(section)


def _width(section: Element, side: str) -> int:
    """The width between the margins of a page this wide: its width, or its height if turned."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or margins is None:
        return 0
    sides = sum(measure(margins, f"w:{edge}") for edge in ("left", "right"))
    return measure(size, f"w:{side}") - sides

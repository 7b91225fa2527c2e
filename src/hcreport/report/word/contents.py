"""The contents page: the field's result filled with the headings, so that it opens right.

Numbers are worked out as Word will: by walking the paragraphs and counting each level of the
template's own multilevel list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hcreport.report.word.xml import parsed, qn, run, style_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DEEPEST = 3
FIRST_BOOKMARK = 5000
_FIELD_BEGINS = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    f'<w:r><w:instrText> TOC \\o "1-{DEEPEST}" \\h \\z \\u </w:instrText></w:r>',
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
)
_FIELD_ENDS = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
BODY_TEXT = 9  # the outline level of what is no heading
_OWN_HEADING = re.compile(r"heading ([1-9])")
_PART = re.compile(r"%(\d)")


@dataclass(frozen=True)
class Heading:
    """A heading as the contents list it: its number as printed, its level from 1."""

    paragraph: Element
    text: str
    number: str
    level: int


@dataclass(frozen=True)
class Outline:
    """What a document's styles and numbering say about headings."""

    styles: Element
    numbering: Element

    @classmethod
    def of(cls, document: Any) -> Outline:
        """A document's own; one without a numbering part has no numbered headings."""
        related = document.part.rels.values()
        parts = (r.target_part for r in related if r.reltype.endswith("/numbering"))
        numbering = next((part.element for part in parts), parsed("<w:numbering/>"))
        return cls(document.styles.element, numbering)

    @cached_property
    def _by_id(self) -> dict[str, Element]:
        return {s.get(qn("w:styleId"), ""): s for s in self.styles.iter(qn("w:style"))}

    def add(self, style: Element) -> None:
        """Give the document one more style."""
        self.styles.append(style)
        self._by_id[style.get(qn("w:styleId"), "")] = style

    def inherited(self, style: str | None, path: str) -> Element | None:
        """A property of a style, or of the nearest one it is based on."""
        while style in self._by_id:
            element = self._by_id[style]
            found = element.find(f"{qn('w:pPr')}/{path}")
            if found is not None:
                return found
            base = element.find(qn("w:basedOn"))
            style = None if base is None else base.get(qn("w:val"))
        return None

    def level(self, paragraph: Element) -> int | None:
        """The outline level from 1; None for what is no heading."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        return self.level_of(style_of(paragraph)) if own is None else _level(own)

    def level_of(self, style: str | None) -> int | None:
        """The outline level that a style gives, from 1; Word's own headings have it by name."""
        while style in self._by_id:
            element = self._by_id[style]
            said = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if said is not None:
                return _level(said)
            name, base = element.find(qn("w:name")), element.find(qn("w:basedOn"))
            own = _OWN_HEADING.fullmatch("" if name is None else name.get(qn("w:val"), "").lower())
            if own:
                return int(own[1])
            style = None if base is None else base.get(qn("w:val"))
        return None

    @property
    def heading_styles(self) -> list[Element]:
        """The paragraph styles that make a heading."""
        return [s for name, s in self._by_id.items() if self.level_of(name) is not None]

    def is_numbered(self, style: str | None) -> bool:
        """Whether a style numbers its paragraphs."""
        found = self.inherited(style, f"{qn('w:numPr')}/{qn('w:numId')}")
        return found is not None and found.get(qn("w:val")) != "0"

    def place(self, paragraph: Element) -> tuple[str, int] | None:
        """The list a paragraph is numbered by, and its level there from 0."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        return self._place(
            self.inherited(style_of(paragraph), qn("w:numPr")) if own is None else own
        )

    def _place(self, found: Element | None) -> tuple[str, int] | None:
        if found is None:
            return None
        number, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
        if number is None:
            return None
        at = 0 if level is None else int(level.get(qn("w:val"), "0"))
        return number.get(qn("w:val"), "0"), at

    def indent_of(self, style: str) -> Element | None:
        """The indent that a style's list gives its paragraphs, or else the style itself."""
        place = self._place(self.inherited(style, qn("w:numPr")))
        if place is not None:
            number, at = place
            for level in self._levels.get(number, ()):
                found = level.find(f"{qn('w:pPr')}/{qn('w:ind')}")
                if level.get(qn("w:ilvl")) == str(at) and found is not None:
                    return found
        return self.inherited(style, qn("w:ind"))

    @cached_property
    def _levels(self) -> dict[str, list[Element]]:
        """Each list's levels."""
        abstract = {
            a.get(qn("w:abstractNumId")): a.findall(qn("w:lvl"))
            for a in self.numbering.iter(qn("w:abstractNum"))
        }
        found = {}
        for number in self.numbering.iter(qn("w:num")):
            target = number.find(qn("w:abstractNumId"))
            if target is not None:
                found[number.get(qn("w:numId"), "")] = abstract.get(target.get(qn("w:val")), [])
        return found

    @cached_property
    def _formats(self) -> dict[str, list[str]]:
        """Each list's level formats, such as ``%1.%2``."""
        return {
            number: [
                t.get(qn("w:val"), "") for level in levels for t in level.iter(qn("w:lvlText"))
            ]
            for number, levels in self._levels.items()
            if levels
        }

    def headings(self, body: Element) -> Iterator[Heading]:
        """Every heading of a document with the number that Word will print."""
        counts: dict[str, list[int]] = {}
        for paragraph in body.iter(qn("w:p")):
            place = self.place(paragraph)
            number = ""
            if place is not None and place[1] < len(self._formats.get(place[0], ())):
                number = self._numbered(counts, *place)
            level = self.level(paragraph)
            text = text_of(paragraph).strip()
            if level is not None and level <= DEEPEST and text:
                yield Heading(paragraph, text, number, level)

    def _numbered(self, counts: dict[str, list[int]], number: str, level: int) -> str:
        formats = self._formats[number]
        counted = counts.setdefault(number, [0] * len(formats))
        counted[level] += 1
        counted[level + 1 :] = [0] * (len(formats) - level - 1)
        return _PART.sub(lambda part: str(counted[int(part[1]) - 1]), formats[level])


def _level(outline: Element) -> int | None:
    """A level from 1, as a style writes it from 0; body text is its ninth."""
    level = int(outline.get(qn("w:val"), str(BODY_TEXT)))
    return None if level >= BODY_TEXT else level + 1


def fill(placeholder: Element, body: Element, outline: Outline) -> None:
    """Replace the placeholder inside the contents field by an entry for each heading."""
    headings = list(outline.headings(body))
    entries = [_entry(n, h) for n, h in enumerate(headings)]
    for n, heading in enumerate(headings):
        _bookmark(heading.paragraph, n)
    opening = [r for r in placeholder.iter(qn("w:r")) if r.find(qn("w:t")) is None]
    for element in entries:
        placeholder.addprevious(element)
    if entries:
        if not _is_in_field(body):
            opening = list(map(parsed, _FIELD_BEGINS))
            entries[-1].append(parsed(_FIELD_ENDS))
        # The field begins in the placeholder's own runs: they move to the first entry.
        for position, begin in enumerate(opening, start=1):
            entries[0].insert(position, begin)
        parent = placeholder.getparent()
        if parent is not None:
            parent.remove(placeholder)


def _is_in_field(body: Element) -> bool:
    """Whether the template has a contents field. One without is given it, for Word to redo."""
    return any((code.text or "").split()[:1] == ["TOC"] for code in body.iter(qn("w:instrText")))


def _entry(number: int, heading: Heading) -> Element:
    label = run(heading.number) + "<w:r><w:tab/></w:r>" if heading.number else ""
    anchor = f'<w:hyperlink w:anchor="{_name(number)}" w:history="1">'
    link = f"{anchor}{label}{run(heading.text)}</w:hyperlink>"
    style = f'<w:pPr><w:pStyle w:val="TOC{heading.level}"/></w:pPr>'
    return parsed(f"<w:p>{style}{link}</w:p>")


def _name(number: int) -> str:
    return f"_Toc{number + 1:06d}"


def _bookmark(paragraph: Element, number: int) -> None:
    identity = FIRST_BOOKMARK + number
    start = parsed(f'<w:bookmarkStart w:id="{identity}" w:name="{_name(number)}"/>')
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(parsed(f'<w:bookmarkEnd w:id="{identity}"/>'))

"""A Word file as a reader meets it: paragraphs and tables in order, each with the headings above.

The alternative text of a picture is a passage after the paragraph or the table that it stands in.
Tracked insertions are read and deletions are not, as if all were accepted. Every letter knows the
run it stands in, so that a comment can be put on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from hcreport.problems import CannotRun
from hcreport.report.word.opening import Why, opened, refusal
from hcreport.report.word.passages import Where

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_STYLES = "word/styles.xml"
_SAVE = "Save it in Word as .docx, without a password."
_WORDS = {
    Why.UNREAD: ("{path} cannot be read: {more}.", "Give a Word file."),
    Why.NO_DOCUMENT: ("{path} is not a Word document.", _SAVE),
}
_SHORT = 90
# The outline level that Word gives to what is no heading.
_BODY_TEXT = 9
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
_SPACES = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_LEADS = re.compile(r"(?:table|figure|chart|graph)\s+(?:\d+|[A-Z]\b)", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Passage:
    """A paragraph: its text, the headings above it, and its text nodes with where each begins.

    ``where`` is what it stands in, ``story`` the body, or the header, footer or note around that.
    ``tags`` are the stretches that stand in a content control, with its tag. An alternative text
    has no text nodes, but a ``holder``: the run that its picture stands in.
    """

    text: str
    where: Where
    headings: tuple[str, ...]
    nodes: tuple[tuple[int, Element], ...]
    tags: tuple[tuple[int, int, str], ...] = ()
    is_heading: bool = False
    is_caption: bool = False
    is_contents: bool = False
    holder: Element | None = None
    story: Where = Where.BODY


@dataclass(frozen=True, eq=False)
class Grid:
    """A table: its cells' passages row by row, what its caption says and the headings above."""

    rows: tuple[tuple[tuple[Passage, ...], ...], ...]
    caption: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """A file as it was read: its parts, the main one by name and parsed, and what it says."""

    parts: dict[str, bytes]
    main: str
    root: Element
    blocks: tuple[Passage | Grid, ...]

    @property
    def body(self) -> Element:
        """The text of the main part."""
        body = self.root.find(f"{W}body")
        assert body is not None  # noqa: S101  (a file without one is not read)
        return body


def read(path: Path) -> Read:
    """A Word file. Raises CannotRun when it is none, or cannot be read."""
    parts = opened(path, _WORDS).parts
    try:
        main = _main(parts)
        root = _parsed(parts[main])
        reader = _Reader(_Styles(_parsed(parts[_STYLES])) if _STYLES in parts else _Styles(None))
        blocks = tuple(_all(parts, root, reader))
    except (KeyError, ValueError, RuntimeError, etree.XMLSyntaxError):
        raise refusal(path, Why.NO_DOCUMENT, _WORDS) from None
    if root.find(f"{W}body") is None:
        raise CannotRun(f"{path} is a Word document of a kind that cannot be read.", _SAVE)
    return Read(parts, main, root, blocks)


def _main(parts: dict[str, bytes]) -> str:
    """The part that holds the text: Word on the web calls it ``word/document2.xml`` at times."""
    for relation in _parsed(parts["_rels/.rels"]):
        if str(relation.get("Type")).endswith("/officeDocument"):
            return str(relation.get("Target")).lstrip("/")
    raise KeyError("officeDocument")


def _parsed(content: bytes) -> Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))


def _all(parts: dict[str, bytes], root: Element, reader: _Reader) -> Iterator[Passage | Grid]:
    body = root.find(f"{W}body")
    if body is not None:
        yield from reader.blocks(body, Where.BODY)
    for name in sorted(parts):
        kind = re.fullmatch(r"word/(header|footer|footnote|endnote)s?\d*\.xml", name)
        if kind:
            story = Where(kind[1])
            yield from _Reader(reader.styles, story).blocks(_parsed(parts[name]), story)


class _Styles:
    """What the file's styles say a paragraph is."""

    def __init__(self, styles: Element | None) -> None:
        found = [] if styles is None else list(styles.iter(f"{W}style"))
        self._by_id = {str(s.get(f"{W}styleId")): s for s in found}

    def _name(self, style: Element) -> str:
        name = style.find(f"{W}name")
        return "" if name is None else str(name.get(f"{W}val", "")).lower()

    def names(self, style: str | None) -> Iterator[str]:
        """The names of a style and of those it is based on."""
        for _ in range(10):
            element = self._by_id.get(style or "")
            if element is None:
                return
            yield self._name(element)
            based = element.find(f"{W}basedOn")
            style = None if based is None else based.get(f"{W}val")

    def level(self, style: str | None) -> int | None:
        """The level of a heading style, from 1."""
        for name in self.names(style):
            if found := re.match(r"heading (\d)|title\b", name):
                return int(found[1] or 0)
        element = self._by_id.get(style or "")
        outline = None if element is None else element.find(f"{W}pPr/{W}outlineLvl")
        level = 9 if outline is None else int(outline.get(f"{W}val", 9))
        return level + 1 if level < _BODY_TEXT else None


@dataclass
class _Reader:
    """Goes through a story, keeping the headings it has passed."""

    styles: _Styles
    story: Where = Where.BODY
    above: dict[int, str] = field(default_factory=dict)
    caption: str = ""

    def blocks(self, parent: Element, where: Where) -> Iterator[Passage | Grid]:
        """What a story says, in order; a text box after the paragraph that holds it."""
        for child in parent:
            if child.tag == f"{W}p":
                passage = self._paragraph(child, where)
                if passage.text.strip():
                    self._note(passage)
                    yield passage
                yield from self._alternatives(child)
                for box in child.iter(f"{W}txbxContent"):
                    if next(box.iterancestors(_FALLBACK), None) is None:
                        yield from self.blocks(box, Where.BOX)
            elif child.tag == f"{W}tbl":
                yield self._grid(child, where)
                self.caption = ""
                yield from self._alternatives(child)
            elif child.tag not in _GONE:
                yield from self.blocks(child, where)

    def _alternatives(self, block: Element) -> Iterator[Passage]:
        """The alternative texts of the pictures in a paragraph of its own, or in a table."""
        for picture in block.iter(_PICTURE):
            text = picture.get("descr", "")
            run = next(picture.iterancestors(f"{W}r"), None)
            if run is not None and text.strip() and _is_read(picture, block):
                yield Passage(
                    text, Where.PICTURE, self._headings(), (), holder=run, story=self.story
                )

    def _note(self, passage: Passage) -> None:
        if passage.is_heading:
            return
        self.caption = passage.text if passage.is_caption or _LEADS.match(passage.text) else ""
        if not self.caption and len(passage.text) < 4 * _SHORT:
            self.caption = (
                passage.text if re.search(r"\b(?:table|below|following)\b", passage.text) else ""
            )

    def _grid(self, table: Element, where: Where) -> Grid:
        caption = self.caption
        rows = []
        for row in _children(table, f"{W}tr"):
            cells = []
            for cell in _children(row, f"{W}tc"):
                inside = [
                    self._paragraph(p, Where.TABLE if where is Where.BODY else where)
                    for p in cell.iter(f"{W}p")
                    if next(p.iterancestors(_FALLBACK), None) is None
                ]
                cells.append(tuple(inside))
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                cells += [()] * (int(span.get(f"{W}val", 1)) - 1 if span is not None else 0)
            rows.append(tuple(cells))
        return Grid(tuple(rows), caption, self._headings())

    def _headings(self) -> tuple[str, ...]:
        return tuple(self.above[level] for level in sorted(self.above))

    def _paragraph(self, paragraph: Element, where: Where) -> Passage:
        text, nodes, tags = _text(paragraph)
        properties = paragraph.find(f"{W}pPr")
        style = None if properties is None else properties.find(f"{W}pStyle")
        name = None if style is None else style.get(f"{W}val")
        names = list(self.styles.names(name))
        level = self._level(paragraph, name, text, where)
        if level is not None:
            self.above = {k: v for k, v in self.above.items() if k < level} | {level: text.strip()}
        return Passage(
            text,
            where,
            self._headings(),
            nodes,
            tags,
            is_heading=level is not None,
            is_caption=any(n.startswith("caption") for n in names),
            is_contents=any(n.startswith(("toc ", "table of figures")) for n in names),
            story=self.story,
        )

    def _level(self, paragraph: Element, style: str | None, text: str, where: Where) -> int | None:
        """The level of a heading: by its style, or 9 where it is only set in bold."""
        if where is not Where.BODY or not text.strip():
            return None
        level = self.styles.level(style)
        if level is not None:
            return level
        short = len(text) < _SHORT and text.strip()[-1] not in ".:;,"
        runs = [
            r
            for r in paragraph.iter(f"{W}r")
            if "".join(t.text or "" for t in r.iter(f"{W}t")).strip()
        ]
        bold = all(r.find(f"{W}rPr/{W}b") is not None for r in runs)
        return 9 if short and bold and not re.search(r"\d\s*%|£", text) else None


def _is_read(picture: Element, block: Element) -> bool:
    """Whether a picture is neither deleted, nor a copy for older programs, nor another block's.

    A paragraph's text boxes are read after it; those in a table with the table.
    """
    for above in picture.iterancestors():
        if above is block:
            return True
        if above.tag in _GONE or above.tag == _FALLBACK:
            return False
        if above.tag == f"{W}txbxContent" and block.tag == f"{W}p":
            return False
    return False


def _children(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those inside content controls too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"}:
            yield from _children(child, tag)


def _text(
    paragraph: Element,
) -> tuple[str, tuple[tuple[int, Element], ...], tuple[tuple[int, int, str], ...]]:
    """What a paragraph says, its text nodes, and its content controls."""
    said: list[str] = []
    nodes: list[tuple[int, Element]] = []
    tags: list[tuple[int, int, str]] = []
    at = 0

    def walk(element: Element) -> None:
        nonlocal at
        for child in element:
            if child.tag == f"{W}t":
                nodes.append((at, child))
                said.append(child.text or "")
                at += len(child.text or "")
            elif child.tag in _SPACES:
                said.append(_SPACES[str(child.tag)])
                at += 1
            elif child.tag == f"{W}sdt":
                start, tag = at, child.find(f"{W}sdtPr/{W}tag")
                walk(child)
                if tag is not None:
                    tags.append((start, at, str(tag.get(f"{W}val", ""))))
            elif child.tag not in _SKIPPED and child.tag not in _GONE:
                walk(child)

    walk(paragraph)
    return "".join(said), tuple(nodes), tuple(tags)


_SKIPPED = frozenset(
    (
        *(
            f"{W}{name}"
            for name in (
                "pPr",
                "rPr",
                "sdtPr",
                "txbxContent",
                "instrText",
                "delText",
                "drawing",
                "pict",
            )
        ),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    )
)

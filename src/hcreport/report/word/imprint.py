"""What a report remembers of the run that wrote it: the text of every mark, as it was last written.

It travels inside the Word file as a small XML part of its own, which Word keeps and nobody sees.
It holds only what the report itself says: no references, nothing that is withheld.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from hcreport import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from hcreport.sections.section import Writer

NAMESPACE = "urn:hcreport:imprint:1"
# What Word wants to stand beside a custom part: an identity, and the namespace it is in.
PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    '<ds:datastoreItem ds:itemID="{0B7C2F64-5D1E-4A93-8E36-2F1D9A60C7B5}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()


@dataclass(frozen=True)
class Said:
    """A mark inside a sentence: which it is, and its words."""

    tag: str
    text: str


Piece = str | Said


@dataclass(frozen=True)
class Sentences:
    """Paragraphs made of words and marks: a commentary, or a statement that there is no table."""

    paragraphs: tuple[tuple[Piece, ...], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What each says."""
        return tuple(text_of(pieces) for pieces in self.paragraphs)


@dataclass(frozen=True)
class Grid:
    """A table's cells, its row of headings first."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A chart: the digest of its picture, and its text alternative."""

    sha256: str
    alt: str


Kept = str | Sentences | Grid | Picture


@dataclass(frozen=True)
class Typed:
    """Words that stand in somebody's own and are what a mark, or a ``part`` of a table, once said.

    Either its control was taken off them, or somebody typed them and they are old. Of a chart the
    digest of its picture.
    """

    tag: str
    words: str
    part: str = ""


@dataclass
class Imprint:
    """The run, as ``landlord``, ``start``, ``end`` …, and what each mark said, by its tag.

    ``places`` counts where each was written: none, where there was nothing to write. ``typed`` is
    what a refresh has told of in people's own words, to be told of as long as it stands there.
    """

    run: dict[str, str] = field(default_factory=dict)
    marks: dict[str, Kept] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    typed: tuple[Typed, ...] = ()

    def keep(self, tag: str, what: Kept, places: int = 1) -> None:
        """Remember what a mark says, in so many more places; every copy of it says the same."""
        self.marks[tag] = what
        self.places[tag] = self.places.get(tag, 0) + places


def text_of(pieces: tuple[Piece, ...]) -> str:
    """What a sentence says."""
    return "".join(p.text if isinstance(p, Said) else p for p in pieces)


def words_of(pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    """A sentence without its figures: two that differ in figures only have the same."""
    return tuple(f"\ue000{p.tag}" if isinstance(p, Said) else p for p in pieces)


def without_figures(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A sentence's words, its figures blank: what may be remembered of one that is not printed."""
    return tuple(Said(p.tag, "") if isinstance(p, Said) else p for p in pieces)


def identity(w: Writer, *, draft: bool) -> dict[str, str]:
    """Which report a document is: whose, of what period, and whether it is a draft."""
    return {
        "landlord": w.settings.landlord.name,
        "start": w.period.start.isoformat(),
        "end": w.period.end.isoformat(),
        "version": __version__,
        "draft": "yes" if draft else "no",
    }


# --- As XML ---


def write(imprint: Imprint) -> bytes:
    """The imprint as the XML part that the report carries."""
    root = etree.Element(_name("imprint"), dict(sorted(imprint.run.items())), {None: NAMESPACE})
    for tag, kept in imprint.marks.items():
        _add(root, tag, kept)
        if imprint.places[tag] != 1:
            root[-1].set("places", str(imprint.places[tag]))
    for each in imprint.typed:
        _child(root, "typed", tag=each.tag, words=each.words, part=each.part)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def read(content: bytes) -> Imprint | None:
    """What ``write`` wrote; None for a part that is something else. Raises ValueError if damaged.

    An attribute or a mark that a later version may have added is passed over.
    """
    try:
        root = etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError:
        return None
    if root.tag != _name("imprint"):
        return None
    imprint = Imprint({str(k): str(v) for k, v in root.attrib.items()})
    for element in root:
        kept = _kept(element)
        if kept is not None:
            imprint.keep(_tag(element), kept, int(element.get("places", "1")))
    imprint.typed = tuple(map(_typed, root.findall(_name("typed"))))
    return imprint


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def _tag(element: Element) -> str:
    tag = element.get("tag")
    if tag is None:
        raise ValueError("a mark without its tag")
    return tag


def _add(root: Element, tag: str, kept: Kept) -> None:
    match kept:
        case str():
            _child(root, "words", kept, tag=tag)
        case Picture():
            _child(root, "picture", tag=tag, sha256=kept.sha256, alt=kept.alt)
        case Grid():
            _add_rows(_child(root, "grid", tag=tag), kept)
        case Sentences():
            _add_paragraphs(_child(root, "sentences", tag=tag), kept)


def _add_rows(grid: Element, kept: Grid) -> None:
    for row in kept.rows:
        line = _child(grid, "row")
        for cell in row:
            _child(line, "cell", cell)


def _add_paragraphs(sentences: Element, kept: Sentences) -> None:
    for pieces in kept.paragraphs:
        line = _child(sentences, "p")
        for piece in pieces:
            if isinstance(piece, Said):
                _child(line, "said", piece.text, tag=piece.tag)
            else:
                _child(line, "as", piece)


def _child(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    child = etree.SubElement(parent, _name(name), attributes)
    child.text = text
    return child


def _kept(element: Element) -> Kept | None:
    match etree.QName(element).localname:
        case "words":
            return element.text or ""
        case "picture":
            return Picture(element.get("sha256", ""), element.get("alt", ""))
        case "grid":
            return Grid(tuple(tuple(cell.text or "" for cell in row) for row in element))
        case "sentences":
            return Sentences(tuple(tuple(_pieces(line)) for line in element))
        case _:
            return None


def _typed(element: Element) -> Typed:
    return Typed(_tag(element), element.get("words", ""), element.get("part", ""))


def _pieces(line: Element) -> Iterator[Piece]:
    for piece in line:
        text = piece.text or ""
        yield Said(_tag(piece), text) if piece.tag == _name("said") else text

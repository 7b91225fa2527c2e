"""A Word file as its parts: those that are touched are written anew, the others byte for byte.

Word gives parts what names it likes, so each is found by its relation and not by its name.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from hcreport.archive import settled
from hcreport.report.word import imprint as imprints
from hcreport.report.word.opening import Why, opened, refusal

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from hcreport.report.word.imprint import Imprint

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_CONTENT_TYPES = "[Content_Types].xml"
_SAVE = "Open it in Word and save it as a Word document (.docx)."
_OLD = (
    "{path} is locked with a password, or is in Word's old .doc format.",
    "Take the password off, and save it as .docx.",
)
_WORDS = {
    Why.UNREAD: (
        "{path} cannot be read: {more}.",
        "Name a report that hcreport build has written, and people have edited since.",
    ),
    Why.LOCKED: _OLD,
    Why.OLD: _OLD,
    Why.DAMAGED: ("{path} is damaged or locked.", _SAVE),
    Why.NO_DOCUMENT: ("{path} is not a Word document.", _SAVE),
}
# How a file's name ends, by what its text is declared to be: Word opens none that ends otherwise.
_SUFFIXES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": ".docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": ".dotx",
    "application/vnd.ms-word.document.macroEnabled.main+xml": ".docm",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": ".dotm",
}
SUFFIXES = frozenset(_SUFFIXES.values())
STORIES = ("header", "footer", "footnotes", "endnotes")


@dataclass(frozen=True)
class Relation:
    """What a part points to: the last word of its kind, and the part's name."""

    kind: str
    target: str


@dataclass
class Package:
    """The parts of a Word file by name, and those parsed so far, which may have been touched."""

    name: str
    content: bytes
    parts: dict[str, bytes]
    _parsed: dict[str, Element] = field(default_factory=dict)
    _pointing: dict[str, dict[str, Relation]] = field(default_factory=dict)
    _added: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path) -> Package:
        """A file's. Raises CannotRun when there is none, or it is no Word file that can be read."""
        found = opened(path, _WORDS)
        package = cls(path.name, found.content, found.parts)
        try:
            package.read()
        except (KeyError, ValueError, etree.XMLSyntaxError):
            raise refusal(path, Why.NO_DOCUMENT, _WORDS) from None
        return package

    def read(self) -> None:
        """Parse all that is asked for later. Raises as the parsers do, KeyError or ValueError."""
        _ = self.suffix, self.imprint
        for name in self.parts:
            if name.endswith(".rels"):
                etree.fromstring(self.parts[name], _PARSER)
        for part, root in self.stories():
            if part == self.document and etree.QName(root).localname != "document":
                raise ValueError("no text document")
        for relation in self.relations(self.document).values():
            if relation.kind == "styles" and relation.target in self.parts:
                self.parsed(relation.target)

    @cached_property
    def document(self) -> str:
        """The name of the part that holds the text. Raises ValueError where there is none."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument":
                return relation.target
        raise ValueError("no document")

    @cached_property
    def suffix(self) -> str:
        """How the name of such a file ends. Raises ValueError for what is no document of Word's."""
        types = etree.fromstring(self.parts[_CONTENT_TYPES], _PARSER)
        for declared in types.iter(f"{_TYPES}Override"):
            if declared.get("PartName", "").lower() == f"/{self.document}".lower():
                kind = declared.get("ContentType", "")
                if kind in _SUFFIXES:
                    return _SUFFIXES[kind]
        raise ValueError("no text document")

    @property
    def is_strict(self) -> bool:
        """Whether it is in the other dialect of Open XML, whose words all have other names."""
        return _STRICT.encode() in self.parts[self.document][:2000]

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part points to inside the file, by the relation's id; "" is the package."""
        if part not in self._pointing:
            self._pointing[part] = self._pointed(part)
        return self._pointing[part]

    def _pointed(self, part: str) -> dict[str, Relation]:
        if self._relations_of(part) not in self.parts:
            return {}
        found = {}
        for relation in self._rels(part):
            if relation.get("TargetMode") != "External":
                target = posixpath.join("/", posixpath.dirname(part), relation.get("Target", ""))
                name = posixpath.normpath(target).lstrip("/")
                kind = relation.get("Type", "").rpartition("/")[2]
                found[relation.get("Id", "")] = Relation(kind, name)
        return found

    def stories(self) -> Iterator[tuple[str, Element]]:
        """The text, then headers, footers and notes: name and root of each."""
        yield self.document, self.parsed(self.document)
        for relation in self.relations(self.document).values():
            if relation.kind in STORIES and relation.target in self.parts:
                yield relation.target, self.parsed(relation.target)

    def parsed(self, part: str) -> Element:
        """A part as XML; what is done to it is written if ``touch`` is told so."""
        if part not in self._parsed:
            self._parsed[part] = etree.fromstring(self.parts[part], _PARSER)
        return self._parsed[part]

    def touch(self, part: str) -> None:
        """Write a parsed part as it now is."""
        xml = self.parsed(part)
        self._added[part] = etree.tostring(
            xml, xml_declaration=True, encoding="UTF-8", standalone=True
        )

    # --- The imprint ---

    @cached_property
    def imprint(self) -> Imprint | None:
        """What the report remembers; None where it remembers nothing."""
        found = self._imprint_part
        return None if found is None else imprints.read(self.parts[found])

    @cached_property
    def _imprint_part(self) -> str | None:
        of = imprints.NAMESPACE.encode()
        for relation in self.relations(self.document).values():
            if relation.kind == "customXml" and of in self.parts.get(relation.target, b"")[:2000]:
                return relation.target
        return None

    def put_imprint(self, imprint: Imprint) -> None:
        """Remember something else."""
        assert self._imprint_part is not None  # noqa: S101  (only a report with one is refreshed)
        if imprint != self.imprint:
            self._added[self._imprint_part] = imprints.write(imprint)

    # --- Pictures ---

    def held(self, part: str, relation: str) -> bytes | None:
        """The picture that a relation of a part points to; None for one outside the file."""
        found = self.relations(part).get(relation)
        return None if found is None else self.parts.get(found.target)

    def add_picture(self, part: str, png: bytes) -> str:
        """Put a picture in for a part to show, and return the relation to it."""
        digest = hashlib.sha256(png).hexdigest()[:16]
        name = posixpath.join(posixpath.dirname(part), "media", f"chart-{digest}.png")
        for identity, relation in self.relations(part).items():
            if relation.target == name:
                return identity
        self._write(name, png)
        self._declare_png()
        relations = self._rels(part)
        taken = {relation.get("Id") for relation in relations}
        identity = next(i for n in range(1, len(taken) + 2) if (i := f"rIdChart{n}") not in taken)
        etree.SubElement(
            relations,
            f"{_RELATIONS}Relationship",
            {"Id": identity, "Type": f"{_KINDS}/image", "Target": f"media/chart-{digest}.png"},
        )
        self._write(self._relations_of(part), _bytes(relations))
        return identity

    def drop_relation(self, part: str, identity: str) -> None:
        """Take a picture that a part shows no more out of it; out of the file if no part does."""
        target = self.relations(part)[identity].target
        relations = self._rels(part)
        for relation in relations:
            if relation.get("Id") == identity:
                relations.remove(relation)
        self._write(self._relations_of(part), _bytes(relations))
        others = (name for name in self.parts if name.endswith(".rels"))
        sources = (
            posixpath.normpath(n.replace("_rels/", "").removesuffix(".rels")) for n in others
        )
        if not any(r.target == target for s in sources for r in self.relations(s).values()):
            self.parts.pop(target, None)
            self._added.pop(target, None)

    def _declare_png(self) -> None:
        types = etree.fromstring(self.parts[_CONTENT_TYPES], _PARSER)
        declared = {d.get("Extension", "").lower() for d in types.iter(f"{_TYPES}Default")}
        if "png" not in declared:
            kind = etree.Element(f"{_TYPES}Default", Extension="png", ContentType="image/png")
            types.insert(0, kind)
            self._write(_CONTENT_TYPES, _bytes(types))

    def _rels(self, part: str) -> Element:
        return etree.fromstring(self.parts[self._relations_of(part)], _PARSER)

    def _relations_of(self, part: str) -> str:
        folder, name = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{name}.rels")

    def _write(self, name: str, content: bytes) -> None:
        self.parts[name] = self._added[name] = content
        if name.endswith(".rels"):
            self._pointing.clear()

    def written(self) -> bytes:
        """The file with what was touched; its very bytes where nothing was."""
        if not self._added:
            return self.content
        return settled(self.content, self._added, set(self.parts))


def _bytes(element: Element) -> bytes:
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)

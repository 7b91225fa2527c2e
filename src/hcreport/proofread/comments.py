"""A copy of the file with a Word comment at each number that needs a person.

Only the text's own part, its relations, the list of content types and the comments change; runs
are cut in two where a number begins or ends inside one, and each half keeps its formatting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from hcreport.archive import packed
from hcreport.proofread import telling
from hcreport.proofread.anchors import anchor
from hcreport.proofread.claims import Outcome
from hcreport.proofread.passages import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from hcreport.proofread.passages import Read
    from hcreport.proofread.proof import Found

_TYPES = "[Content_Types].xml"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
AUTHOR, INITIALS = "hcreport", "hc"


def commented(read: Read, found: Iterable[Found], *, all_unknown: bool = False) -> bytes:
    """The file with its comments, one for each number that is wrong or, if asked, not recognised.

    For what stands where Word takes no comment it is in the body, and says where the number is.
    """
    wanted = {Outcome.WRONG, Outcome.UNKNOWN} if all_unknown else {Outcome.WRONG}
    placed = [f for f in found if f.outcome in wanted]
    parts = dict(read.parts)
    package = _Package(parts, read.main)
    comments = package.comments()
    first = 1 + max((int(c.get(f"{W}id", 0)) for c in comments), default=-1)
    for number, each in enumerate(placed, first):
        comments.append(_comment(number, _said(each)))
    for number, each in reversed(
        list(enumerate(placed, first))
    ):  # from the end: letters keep their places
        anchor(each, number, read.body)
    if not placed:
        return packed(parts)
    parts[read.main] = _written(read.root)
    package.put(comments)
    return packed(parts)


def _said(found: Found) -> str:
    said = f"{found.text.strip()} was not recognised: {found.verdict.why}"
    if found.outcome is Outcome.WRONG:
        said = telling.fault(found)
    where = telling.standing(found)
    return f"{where[0].upper()}{where[1:]}: {said}" if where else said


# --- The comments' own part ---


@dataclass(frozen=True)
class _Package:
    """A file's parts, and where among them its comments are, or shall be."""

    parts: dict[str, bytes]
    main: str

    @property
    def _relations_part(self) -> str:
        folder, _, name = self.main.rpartition("/")
        return f"{folder}/_rels/{name}.rels"

    def _relations(self) -> Element:
        name = self._relations_part
        if name in self.parts:
            return etree.fromstring(self.parts[name])
        return etree.Element(f"{_PACKAGE}Relationships")

    @property
    def _part(self) -> str:
        """The part that holds comments, or shall."""
        kinds = {r.get("Type"): str(r.get("Target")) for r in self._relations()}
        target = kinds.get(_RELATION, "comments.xml")
        return target.lstrip("/") if target.startswith("/") else f"{self._folder}/{target}"

    @property
    def _folder(self) -> str:
        return self.main.rpartition("/")[0]

    def comments(self) -> Element:
        """The comments there are, or an empty list of them."""
        if self._part in self.parts:
            return etree.fromstring(self.parts[self._part])
        return etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})

    def put(self, comments: Element) -> None:
        """Put the comments in, and tell the package of them if it knows of none."""
        self.parts[self._part] = _written(comments)
        relations = self._relations()
        if not any(r.get("Type") == _RELATION for r in relations):
            taken = {r.get("Id") for r in relations}
            name = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
            relation = etree.SubElement(relations, f"{_PACKAGE}Relationship")
            for key, value in (("Id", name), ("Type", _RELATION), ("Target", "comments.xml")):
                relation.set(key, value)
            self.parts[self._relations_part] = _written(relations)
        types = etree.fromstring(self.parts[_TYPES])
        if not any(o.get("PartName") == f"/{self._part}" for o in types):
            override = etree.SubElement(types, f"{_CONTENT}Override")
            override.set("PartName", f"/{self._part}")
            override.set("ContentType", _KIND)
            self.parts[_TYPES] = _written(types)


def _comment(number: int, text: str) -> Element:
    comment = etree.Element(f"{W}comment", nsmap={"w": W[1:-1]})
    comment.set(f"{W}id", str(number))
    comment.set(f"{W}author", AUTHOR)
    comment.set(f"{W}initials", INITIALS)
    paragraph = etree.SubElement(comment, f"{W}p")
    node = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
    node.text = text
    node.set(_XML_SPACE, "preserve")
    return comment


def _written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

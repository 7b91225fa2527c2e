"""A copy of the file with a Word comment at each number that needs a person.

Only the text's own part, its relations, the list of content types and the comments change; runs
are cut in two where a number begins or ends inside one, and each half keeps its formatting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from hcreport.archive import packed
from hcreport.proofread import telling
from hcreport.proofread.claims import Outcome
from hcreport.proofread.passages import W
from hcreport.report.word.passages import Where

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
    """The file with its comments. What stands in a header, a note or a text box is left out."""
    wanted = {Outcome.WRONG, Outcome.UNKNOWN} if all_unknown else {Outcome.WRONG}
    placed = [
        f for f in found if f.outcome in wanted and f.passage.where in {Where.BODY, Where.TABLE}
    ]
    parts, root = dict(read.parts), read.root
    package = _Package(parts, read.main)
    comments = package.comments()
    first = 1 + max((int(c.get(f"{W}id", 0)) for c in comments), default=-1)
    for number, each in enumerate(placed, first):
        comments.append(_comment(number, _said(each)))
    for number, each in reversed(
        list(enumerate(placed, first))
    ):  # from the end: letters keep their places
        _anchor(each, number)
    if not placed:
        return packed(parts)
    parts[read.main] = _written(root)
    package.put(comments)
    return packed(parts)


def _said(found: Found) -> str:
    if found.outcome is Outcome.WRONG:
        return telling.fault(found)
    return f"{found.text.strip()} was not recognised: {found.verdict.why}"


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


# --- Where they stand ---


@dataclass(frozen=True)
class _Span:
    """The first and the last element that a comment is about; they may be one."""

    first: Element
    last: Element


def _anchor(found: Found, number: int) -> None:
    span = _span(found.passage.nodes, found.start, found.end)
    if span is None:
        return
    start, end = (etree.Element(f"{W}commentRange{name}") for name in ("Start", "End"))
    run = etree.Element(f"{W}r")
    reference = etree.SubElement(run, f"{W}commentReference")
    for element in (start, end, reference):
        element.set(f"{W}id", str(number))
    span.first.addprevious(start)
    span.last.addnext(end)
    end.addnext(run)


def _span(nodes: Sequence[tuple[int, Element]], start: int, end: int) -> _Span | None:
    """The runs that hold some letters, cut so that they hold no others."""
    inside = [(at, n) for at, n in nodes if at < end and start < at + len(n.text or "")]
    if not inside:
        return None
    (at, first), (last_at, last) = inside[0], inside[-1]
    tail, head = _outer(last), _outer(first)
    if tail is None:
        tail = _cut_after(last, end - last_at)
    if head is None:
        cut = start - at
        before = _run_of(first)
        head = _cut_before(first, cut)
        tail = head if tail is before else tail
    return _Span(head, tail)


def _run_of(node: Element) -> Element:
    run = node.getparent()
    assert run is not None  # noqa: S101  (text stands in a run)
    return run


def _outer(node: Element) -> Element | None:
    """The content control or field around a run: a comment goes round it, not into it."""
    found = None
    for above in node.iterancestors():
        if above.tag == f"{W}p":
            break
        if above.tag in {f"{W}sdt", f"{W}fldSimple"}:
            found = above
    return found


def _cut_after(node: Element, letters: int) -> Element:
    """End a run after some letters of one of its texts; what follows goes into a run like it."""
    run, text = _run_of(node), node.text or ""
    following = list(node.itersiblings())
    if letters >= len(text) and not following:
        return run
    rest = _like(run)
    if letters < len(text):
        etree.SubElement(rest, f"{W}t").text = text[letters:]
        rest[-1].set(_XML_SPACE, "preserve")
        node.text = text[:letters]
        node.set(_XML_SPACE, "preserve")
    rest.extend(following)
    run.addnext(rest)
    return run


def _cut_before(node: Element, letters: int) -> Element:
    """Begin a run at some letter of one of its texts; what comes before goes into a run like it."""
    run, text = _run_of(node), node.text or ""
    leading = [e for e in node.itersiblings(preceding=True) if e.tag != f"{W}rPr"]
    if letters <= 0 and not leading:
        return run
    before = _like(run)
    before.extend(reversed(leading))
    if letters > 0:
        etree.SubElement(before, f"{W}t").text = text[:letters]
        before[-1].set(_XML_SPACE, "preserve")
        node.text = text[letters:]
        node.set(_XML_SPACE, "preserve")
    run.addprevious(before)
    return run


def _like(run: Element) -> Element:
    """An empty run that looks the same."""
    made = etree.Element(run.tag, dict(run.attrib))
    properties = run.find(f"{W}rPr")
    if properties is not None:
        made.append(deepcopy(properties))
    return made

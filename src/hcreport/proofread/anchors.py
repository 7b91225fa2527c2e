"""Where a comment's marks stand in the text: on its number, or as near to it as Word takes one.

Word takes comments in the body alone. A number in a note is commented on at the note's mark, one in
a header or footer at the first paragraph, one in an alternative text at its picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from hcreport.proofread.passages import W
from hcreport.report.word.passages import Where

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from hcreport.proofread.passages import Passage
    from hcreport.proofread.proof import Found

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What a comment goes round, and not into: Word would lose it with what it stands in.
_WHOLE = frozenset({f"{W}sdt", f"{W}fldSimple", f"{W}del", f"{W}moveFrom"})
_NOTES = {Where.FOOTNOTE: "footnote", Where.ENDNOTE: "endnote"}


@dataclass(frozen=True)
class _Span:
    """The first and the last element that a comment is about; they may be one."""

    first: Element
    last: Element


def anchor(found: Found, number: int, body: Element) -> None:
    """Put the marks of a comment of some number into the text, for a number of the report."""
    start, end = (etree.Element(f"{W}commentRange{name}") for name in ("Start", "End"))
    run = etree.Element(f"{W}r")
    reference = etree.SubElement(run, f"{W}commentReference")
    for element in (start, end, reference):
        element.set(f"{W}id", str(number))
    span = _span(found, body)
    if span is None:
        paragraph = _first_paragraph(body)
        paragraph.insert(int(paragraph.find(f"{W}pPr") is not None), start)
        paragraph.append(end)
    else:
        span.first.addprevious(start)
        span.last.addnext(end)
    end.addnext(run)


def _span(found: Found, body: Element) -> _Span | None:
    """What to comment on; None where no run of the body is the place."""
    passage = found.passage
    run = passage.holder
    if passage.story is not Where.BODY:
        run = _mark(passage, body)
    elif run is None:
        return _letters(passage.nodes, found.start, found.end)
    if run is None:
        return None
    whole = _outer(run)
    return _Span(run, run) if whole is None else _Span(whole, whole)


def _mark(passage: Passage, body: Element) -> Element | None:
    """The run of the body with the mark of the note that a passage stands in, if it is in one."""
    kind = _NOTES.get(passage.story)
    if kind is None:
        return None
    inside = passage.nodes[0][1] if passage.holder is None else passage.holder
    note = next(inside.iterancestors(f"{W}{kind}"), None)
    for mark in body.iter(f"{W}{kind}Reference"):
        if note is not None and mark.get(f"{W}id") == note.get(f"{W}id"):
            return next(mark.iterancestors(f"{W}r"), None)
    return None


def _first_paragraph(body: Element) -> Element:
    """The first paragraph of the text itself; a text without one is given one."""
    outside = [p for p in body.iter(f"{W}p") if not _is_in(p, "txbxContent")]
    # What a control holds may be filled anew, and the comment would be gone.
    free = (p for p in outside if not _is_in(p, "sdt"))
    found = next(iter((*free, *outside)), None)
    if found is None:
        found = etree.Element(f"{W}p")
        body.insert(0, found)
    return found


def _is_in(element: Element, kind: str) -> bool:
    return next(element.iterancestors(f"{W}{kind}"), None) is not None


# --- The letters of a number ---


def _letters(nodes: Sequence[tuple[int, Element]], start: int, end: int) -> _Span | None:
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
    """The control, field or deletion around a run: a comment goes round it, not into it."""
    found = None
    for above in node.iterancestors():
        if above.tag == f"{W}p":
            break
        if above.tag in _WHOLE:
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

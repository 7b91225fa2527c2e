"""Captions and references: one put before a table that came, taken away with one that went.

Whatever is put in or taken out, the captions are counted again and the references say the new
numbers, as Word would on F9.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from docx.oxml.ns import qn

from hcreport.refresh.marked import fields, is_gone
from hcreport.report.word import blocks
from hcreport.report.word.blocks import Label
from hcreport.report.word.xml import ALTERNATIVES, is_double, measure

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from hcreport.refresh.marked import Control

# Only what counts plainly: somebody's own that begins at another number is theirs.
_SEQUENCE = re.compile(r"\s*SEQ (Table|Figure)(?: \\\* (?:ARABIC|MERGEFORMAT))*\s*")
OURS = ("_Ref_T_", "_Ref_F_")
_REFERENCE = re.compile(r"^\s*REF (\S+)")
_LABEL = re.compile(r"^(Table|Figure) (\d+)$")
_KINDS: Mapping[str, Literal["Table", "Figure"]] = {"tables": "Table", "charts": "Figure"}


def add_caption(control: Control, name: str, words: str) -> None:
    """Put a table's caption before its control; ``words`` are the runs after its number."""
    *_, root = control.element.iterancestors()
    taken = {measure(b, "w:id") for b in root.iter(qn("w:bookmarkStart"))}
    label = Label("Table", 0, name)
    caption = blocks.caption(label, words, max(taken, default=0) + 1)
    control.element.addprevious(caption)


def caption_of(control: Control) -> Element | None:
    """The caption right before a table's control."""
    caption = control.element.getprevious()
    if caption is not None and caption.tag == qn("w:p") and next(_sequences(caption), None):
        return caption
    return None


def lost(root: Element, held: Collection[str]) -> Iterator[Element]:
    """The paragraphs that refer to a table or chart of ours that is no more.

    ``held`` are the bookmarks there are.
    """
    for paragraph in root.iter(qn("w:p")):
        for asked, _ in fields(paragraph):
            reference = _REFERENCE.match(asked)
            if reference and reference[1].startswith(OURS) and reference[1] not in held:
                yield paragraph
                break


def bookmarks(root: Element) -> set[str]:
    """The names of the bookmarks there are."""
    return {b.get(qn("w:name"), "") for b in root.iter(qn("w:bookmarkStart"))}


def count_again(root: Element) -> None:
    """Number the captions as they follow each other, and let references say so."""
    _number(root)
    said = _bookmarked(root)
    for asked, result in fields(root):
        reference = _REFERENCE.match(asked)
        if reference and said.get(reference[1]):
            _say(result, said[reference[1]])


def _number(root: Element) -> None:
    """Number the captions; those in the second copy of a text box as those in the first."""
    counts: Counter[str] = Counter()
    before: dict[Element, Counter[str]] = {}  # what the second copy of each box counts on from
    for result, kind in _sequences(root):
        counting = counts
        box = next(result[0].iterancestors(ALTERNATIVES), None) if result else None
        if box is not None:
            before.setdefault(box, Counter(counts))
            counting = before[box] if is_double(result[0]) else counts
        counting[kind] += 1
        _say(result, str(counting[kind]))


def _say(result: list[Element], text: str) -> None:
    """Let a field's result say something else, in the first of its nodes."""
    for number, node in enumerate(result):
        node.text = "" if number else text


def labels(root: Element, names: Mapping[str, list[str]]) -> dict[tuple[str, str], Label]:
    """What a reference to each table and chart says, of those that have a caption here.

    ``names`` are those that there can be, by kind: ``tables`` and ``charts``.
    """
    said = _bookmarked(root)
    found = {}
    for kind, known in names.items():
        for name in known:
            label = _LABEL.match(said.get(blocks.bookmark_of(_KINDS[kind], name), ""))
            if label:
                found[kind, name] = Label(_KINDS[kind], int(label[2]), name)
    return found


def _bookmarked(root: Element) -> dict[str, str]:
    """What stands inside each bookmark of ours, every tracked change accepted."""
    said: dict[str, str] = {}
    open_: dict[str, str] = {}
    for element in root.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:t")):
        if element.tag == qn("w:bookmarkStart"):
            name = element.get(qn("w:name"), "")
            if name.startswith(OURS):
                open_[element.get(qn("w:id"), "")] = name
                said[name] = ""
        elif element.tag == qn("w:bookmarkEnd"):
            open_.pop(element.get(qn("w:id"), ""), None)
        elif open_ and not is_gone(element):
            for name in open_.values():
                said[name] += element.text or ""
    return said


def _sequences(root: Element) -> Iterator[tuple[list[Element], str]]:
    """Every field that counts captions: the nodes of its result, and what it counts."""
    for asked, result in fields(root):
        counted = _SEQUENCE.fullmatch(asked)
        if counted:
            yield result, counted[1]

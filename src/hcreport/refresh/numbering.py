"""Captions: one put before a table that came, taken away with one that went, all counted again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.refresh.marked import drop, put
from hcreport.report.word import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from hcreport.refresh.marked import Control

_SEQUENCE = re.compile(r"^\s*SEQ (\w+)")


def add_caption(control: Control, words: str) -> None:
    """Put a table's caption before its control; ``words`` are the runs after its number."""
    root = control.element.getroottree().getroot()
    taken = {int(b.get(qn("w:id"), "0")) for b in root.iter(qn("w:bookmarkStart"))}
    number = max(taken, default=0) + 1
    control.element.addprevious(blocks.caption("Table", number, words, number))
    _count_again(root)


def drop_caption(control: Control) -> None:
    """Take away the caption of a table that went."""
    caption = control.element.getprevious()
    root = control.element.getroottree().getroot()
    if caption is not None and caption.tag == qn("w:p") and next(_sequences(caption), None):
        drop(caption)
        _count_again(root)


def _count_again(root: Element) -> None:
    """Number the captions as they now follow each other."""
    counts: dict[str, int] = {}
    for field, kind in _sequences(root):
        counts[kind] = counts.get(kind, 0) + 1
        put(field, str(counts[kind]))


def _sequences(root: Element) -> Iterator[tuple[Element, str]]:
    """Every field that counts captions, with what it counts."""
    for field in root.iter(qn("w:fldSimple")):
        counted = _SEQUENCE.match(field.get(qn("w:instr"), ""))
        if counted:
            yield field, counted[1]

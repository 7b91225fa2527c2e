"""Runs of text taken apart, so that a figure in a sentence can have a control of its own."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from lxml import etree

from hcreport.marks import Inline
from hcreport.report.word.xml import in_plain_text, parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from hcreport.marks import Mark
    from hcreport.report.word.controls import Controls


def split(node: Element, pieces: Sequence[str | Mark], controls: Controls) -> None:
    """Put the pieces of a text node in its run's place, words in runs and marks in controls.

    What else the run holds, a tab or a break, keeps its place. Inside a control for plain text,
    which may hold no other, the marks become words.
    """
    holder = node.getparent()
    assert holder is not None  # noqa: S101  (a text node stands in a run)
    if in_plain_text(holder):
        node.text = "".join(p.text if isinstance(p, Inline) else controls.later(p) for p in pieces)
        return
    before, after = _shell(holder), _shell(holder)
    into = before
    for child in list(holder):
        if child is node:
            into = after
        elif child.tag != qn("w:rPr"):
            into.append(child)
    made = [before, *(_made(piece, holder, controls) for piece in pieces), after]
    for element in made:
        if any(child.tag != qn("w:rPr") for child in element):
            holder.addprevious(element)
    parent = holder.getparent()
    assert parent is not None  # noqa: S101  (a run stands in a paragraph)
    parent.remove(holder)


def _made(piece: str | Mark, holder: Element, controls: Controls) -> Element:
    if isinstance(piece, Inline):
        found = holder.find(qn("w:rPr"))
        inside = "" if found is None else "".join(_xml(p) for p in found)
        control = controls.words(piece.tag, piece.label, piece.text, inside)
        return parsed(control) if control else _shell(holder)
    words = _shell(holder)
    text = parsed('<w:t xml:space="preserve"/>')
    text.text = controls.later(piece)
    words.append(text)
    return words


def _shell(holder: Element) -> Element:
    """A run as another, without what it holds."""
    shell = parsed("<w:r/>")
    properties = holder.find(qn("w:rPr"))
    if properties is not None:
        shell.append(copy.deepcopy(properties))
    return shell


def _xml(element: Element) -> str:
    return etree.tostring(element, encoding="unicode", with_tail=False)

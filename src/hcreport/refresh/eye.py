"""Sentences that somebody typed around a figure that moved: which of them deserve to be read again.

Nobody but a person can mend them, so they are only pointed at: a word of direction that today's
change contradicts, a comparison that may no longer hold, a noun that no longer agrees.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.refresh import stale
from hcreport.refresh.account import Sentence
from hcreport.refresh.marked import Moved, nodes, tag_of
from hcreport.refresh.typed import own_nodes
from hcreport.refresh.typed import sentences as spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from hcreport.refresh.marked import Control
    from hcreport.refresh.ours import Ours
    from hcreport.refresh.package import Package
    from hcreport.refresh.stale import Found

_UP = "rose risen rise rising increased increase increasing grew grown growth higher more up upward"
_DOWN = "fell fallen fall falling decreased decrease decreasing declined decline reduced reduction"
_DOWN += " dropped drop lower fewer less down downward"
_COMPARED = (
    "highest lowest most least majority minority half third quarter double doubled twice only none "
    "all every best worst nearly almost exceeded met missed same unchanged record few many "
    "improved improvement worsened better worse"
)
UP, DOWN, COMPARED = (frozenset(words.split()) for words in (_UP, _DOWN, _COMPARED))
_WORD = re.compile(r"[A-Za-z]+")


def sentences(
    moved: Sequence[Moved], package: Package, ours: Ours, old: Sequence[Found]
) -> list[Sentence]:
    """The sentences to read again, each once, with why: first those around marks that moved.

    ``old`` are those in which somebody typed what is old.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for mark in moved:
        paragraph = next(mark.control.element.iterancestors(qn("w:p")), None)
        if paragraph is not None and not _is_commentary(mark.control.element):
            whole, typed = _around(paragraph, mark.control)
            found.setdefault((mark.control.heading, whole), []).extend(_reasons(typed, mark, ours))
    for each in (*old, *stale.references(package)):
        found.setdefault((each.where, each.text), []).append(each.why)
    return [
        Sentence(where, text, "; ".join(dict.fromkeys(why)))
        for (where, text), why in found.items()
        if why
    ]


def _is_commentary(element: Element) -> bool:
    """Whether a mark stands in sentences that turn with the data by themselves."""
    return any(
        tag_of(control).startswith("commentary.") for control in element.iterancestors(qn("w:sdt"))
    )


def _around(paragraph: Element, control: Control) -> tuple[str, list[str]]:
    """The sentence that a mark stands in, and the words of it that somebody typed."""
    marked = {node for c in paragraph.iter(qn("w:sdt")) for node in nodes(c)}
    mine = set(nodes(control.content))
    text, typed, at = "", "", 0
    for node in own_nodes(paragraph):
        words = node.text or ""
        at = len(text) if node in mine else at
        text += words
        typed += "\ue000" * len(words) if node in marked else words
    begin, end = next(span for span in spans(text) if at < span[1] or span[1] == len(text))
    return text[begin:end].strip(), _WORD.findall(typed[begin:end].casefold())


def _reasons(typed: Sequence[str], mark: Moved, ours: Ours) -> Iterator[str]:
    entry = ours.entry(mark.control.tag)
    if entry is None:  # a fact or a title: nothing is compared with it
        return
    change, since = entry.change, ""
    if change is None:  # no figure for the year before: what is left is how it moved since
        change, since = _moved(mark), f" from {mark.was} to {mark.ours}: see that it still holds"
    for word in typed:
        if change is not None and ((change <= 0 and word in UP) or (change >= 0 and word in DOWN)):
            how = f"{_went(change)}{since}" if since else f"is {_against(change)} the year before"
            yield f"it says “{word}”, and the figure {how}"
    if "1" in (mark.was, mark.ours):
        yield f"{mark.was} became {mark.ours}: see that the words around it agree"
    compared = [word for word in typed if word in COMPARED]
    if compared:
        said = " and ".join(f"“{word}”" for word in dict.fromkeys(compared))
        yield f"it says {said}: see that it still holds"


def _moved(mark: Moved) -> Fraction | None:
    """How far a figure moved since it was last written; None for what is no number."""
    if not (stale.is_number(mark.was) and stale.is_number(mark.ours)):
        return None
    was, ours = (Fraction(words.strip("£%").replace(",", "")) for words in (mark.was, mark.ours))
    return ours - was or None


def _went(change: Fraction) -> str:
    return "went up" if change > 0 else "went down"


def _against(change: Fraction) -> str:
    return "as" if change == 0 else "higher than" if change > 0 else "lower than"

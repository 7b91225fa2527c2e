"""Which paragraph of a commentary is which sentence, and which of today's sentences follows it."""

from __future__ import annotations

import copy
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.refresh.marked import accepted, is_plain, nodes, tag_of
from hcreport.report.word.controls import shortened
from hcreport.report.word.imprint import Said, text_of, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element as Element

    from hcreport.report.word.imprint import Piece, Sentences

ALIKE = 0.5  # an edited sentence has at least so much in common with the one it was


def matched(
    paragraphs: Sequence[Element], old: Sentences, ours: Mapping[int, tuple[Piece, ...]]
) -> tuple[dict[int, Element], dict[int, Element]]:
    """The paragraph of each old sentence: those that nobody touched, and those edited.

    A paragraph that says what we would write today is as good as untouched; one that says what we
    wrote, but with a figure whose mark was taken off, is not.
    """

    def is_ours(o: int, paragraph: Element) -> bool:
        return o in ours and says(paragraph, ours[o])

    texts = old.texts
    now = [accepted(p) if is_plain(p) else None for p in paragraphs]
    held: dict[int, Element] = {}
    edited: dict[int, Element] = {}
    matcher = SequenceMatcher(None, texts, now, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            for o, paragraph in zip(range(a, b), paragraphs[c:d], strict=True):
                is_whole = not without_marks(paragraph, old.paragraphs[o])
                (held if is_whole or is_ours(o, paragraph) else edited)[o] = paragraph
            continue
        left = list(zip(paragraphs[c:d], now[c:d], strict=True))
        for o in range(a, b):
            near = next((p for p in left if alike(texts[o], accepted(p[0]))), None)
            near = next((p for p in left if p[1] is not None and is_ours(o, p[0])), near)
            if near is not None:
                (held if near[1] is not None and is_ours(o, near[0]) else edited)[o] = near[0]
                left = left[left.index(near) + 1 :]
    return held, edited


def says(paragraph: Element, pieces: tuple[Piece, ...]) -> bool:
    """Whether a paragraph says a sentence, or will once the marks in it say what they should."""
    if accepted(paragraph) == text_of(pieces):
        return True
    bare = copy.deepcopy(paragraph)
    for node in (node for mark in bare.iter(qn("w:sdt")) for node in nodes(mark)):
        node.text = ""
    words = "".join(piece for piece in pieces if isinstance(piece, str))
    # Brackets around nothing are those of a figure, or of a reference whose number is Word's.
    return accepted(bare).replace(" ()", "") == words.replace(" ()", "") and not without_marks(
        paragraph, pieces
    )


def without_marks(paragraph: Element, pieces: Sequence[Piece]) -> list[str]:
    """The figures of a sentence that are in no mark there, by their tags."""
    lacking = [p.tag for p in pieces if isinstance(p, Said) and p.text]
    held = {shortened(tag): tag for tag in lacking}
    for control in paragraph.iter(qn("w:sdt")):
        tag = held.get(tag_of(control))
        if tag in lacking:
            lacking.remove(tag)
    return lacking


def alike(first: str, second: str) -> bool:
    """Whether one text may be what somebody made of the other."""
    return likeness(first, second) >= ALIKE


def likeness(first: str, second: str) -> float:
    """How much two texts have in common: 1 for the same."""
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def aligned(old: Sequence[tuple[Piece, ...]], new: Sequence[tuple[Piece, ...]]) -> dict[int, int]:
    """The new sentence in each old one's place; those that have none are made no more."""
    first, second = [words_of(s) for s in old], [words_of(s) for s in new]
    follows: dict[int, int] = {}
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            follows |= dict(zip(range(a, b), range(c, d), strict=True))
        elif kind == "replace":
            follows |= _paired(range(a, b), range(c, d), old, new)
    return follows


def _paired(
    olds: Sequence[int],
    news: Sequence[int],
    old: Sequence[tuple[Piece, ...]],
    new: Sequence[tuple[Piece, ...]],
) -> dict[int, int]:
    """Sentences that read alike, in order; if none does, those at the same place."""
    found: dict[int, int] = {}
    left = list(news)
    for o in olds:
        near = next((n for n in left if alike(text_of(old[o]), text_of(new[n]))), None)
        if near is not None:
            found[o] = near
            left = left[left.index(near) + 1 :]
    return found or dict(zip(olds, news, strict=False))

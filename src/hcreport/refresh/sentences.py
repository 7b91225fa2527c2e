"""Commentaries: the sentences that are made anew with the data, around those a person has edited.

A sentence whose words are the same but for its figures is left in place, for the figures in it are
marks of their own. One whose words turned (it rose, now it fell) is written anew where nobody
touched it, and told of where somebody did.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.refresh.account import Did, Line
from hcreport.refresh.marked import accepted, is_tracked
from hcreport.report.word import blocks
from hcreport.report.word.controls import said
from hcreport.report.word.imprint import Sentences, text_of, words_of
from hcreport.report.word.xml import parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from hcreport.marks import Mark
    from hcreport.refresh.marked import Control
    from hcreport.report.word.controls import Controls
    from hcreport.report.word.imprint import Piece

ALIKE = 0.5  # an edited sentence has at least so much in common with the one it was
_OPENING = (qn("w:commentRangeStart"), qn("w:bookmarkStart"))
_CLOSING = (qn("w:commentRangeEnd"), qn("w:bookmarkEnd"))


@dataclass
class Refreshed:
    """What became of a commentary, what it is to remember, and the paragraphs written anew."""

    lines: list[Line] = field(default_factory=list)
    kept: list[tuple[Piece, ...]] = field(default_factory=list)
    anew: list[Element] = field(default_factory=list)


def refresh(
    control: Control,
    old: Sentences,
    new: Sequence[Sequence[str | Mark]],
    maker: Controls,
    *,
    taken: bool,
) -> Refreshed:
    """Bring a commentary up to date."""
    work = _Work(control, old, new, maker, taken=taken)
    work.run()
    return work.done


class _Work:
    def __init__(
        self,
        control: Control,
        old: Sentences,
        new: Sequence[Sequence[str | Mark]],
        maker: Controls,
        *,
        taken: bool,
    ) -> None:
        self.control, self.old, self.new, self.maker = control, old, new, maker
        self.taken, self.done = taken, Refreshed()
        self.said = [said(pieces) for pieces in new]
        paragraphs = [p for p in control.content if p.tag == qn("w:p")]
        self.held, self.edited = _matched(paragraphs, old.texts)
        self.follows = _aligned(old.paragraphs, self.said)
        self.places: dict[int, Element] = {}
        self.remembered: dict[int, tuple[Piece, ...]] = dict(enumerate(self.said))
        self.orphans: list[tuple[Piece, ...]] = []

    def run(self) -> None:
        for o in range(len(self.old.paragraphs)):
            if o in self.held:
                self._untouched(o, self.held[o])
            elif o in self.edited:
                self._edited(o, self.edited[o])
            else:
                self._note(Did.MISSING, o)
        for n in sorted(set(range(len(self.new))) - set(self.follows.values())):
            self._add(n)
        self.done.kept = [*self.remembered.values(), *self.orphans]

    def _untouched(self, o: int, paragraph: Element) -> None:
        n = self.follows.get(o)
        if n is None:
            self.control.content.remove(paragraph)
            self._note(Did.REMOVED, o)
            return
        self.places[n] = paragraph
        if words_of(self.old.paragraphs[o]) != words_of(self.said[n]):
            self._write(paragraph, n)
            self._note(Did.UPDATED, o)

    def _edited(self, o: int, paragraph: Element) -> None:
        n, theirs = self.follows.get(o), accepted(paragraph)
        if n is None:
            self._note(Did.GONE, o, theirs)
            self.orphans.append(self.old.paragraphs[o])
            return
        self.places[n] = paragraph
        if words_of(self.old.paragraphs[o]) == words_of(self.said[n]) and not self.taken:
            return
        if self.taken:
            self._write(paragraph, n)
            self._note(Did.TAKEN, o, theirs)
        else:
            self.remembered[n] = self.old.paragraphs[o]
            self._note(Did.KEPT, o, theirs)

    def _write(self, paragraph: Element, n: int) -> None:
        """Write a sentence anew; what people hung on it, comments and bookmarks, spans it all."""
        before = [e for e in paragraph if e.tag in _OPENING]
        after = [e for e in paragraph if e.tag in _CLOSING or _is_comment(e)]
        properties = paragraph.find(qn("w:pPr"))
        made = list(parsed(f"<w:p>{self.maker.pieces(self.new[n])}</w:p>"))
        for element in list(paragraph):
            if element is not properties:
                paragraph.remove(element)
        paragraph.extend([*before, *made, *after])
        self.done.anew.append(paragraph)

    def _add(self, n: int) -> None:
        """Put a sentence after the one it follows."""
        near = self.places.get(n - 1, next(iter(self.places.values()), None))
        if near is None:
            self.done.lines.append(self._line(Did.NEW, ours=text_of(self.said[n])))
            return
        made = blocks.like(near, self.maker.pieces(self.new[n]))
        if n - 1 in self.places:
            near.addnext(made)
        else:
            near.addprevious(made)
        self.places[n] = made
        self.done.anew.append(made)
        self.done.lines.append(self._line(Did.ADDED, ours=text_of(self.said[n])))

    def _note(self, did: Did, o: int, theirs: str = "") -> None:
        n = self.follows.get(o)
        ours = "" if n is None else text_of(self.said[n])
        self.done.lines.append(self._line(did, was=self.old.texts[o], ours=ours, theirs=theirs))

    def _line(self, did: Did, was: str = "", ours: str = "", theirs: str = "") -> Line:
        where = self.control.heading
        return Line(did, self.control.tag, where, "sentence", was=was, ours=ours, theirs=theirs)


def _matched(
    paragraphs: Sequence[Element], texts: Sequence[str]
) -> tuple[dict[int, Element], dict[int, Element]]:
    """The paragraph of each old sentence: those that nobody touched, and those edited."""
    now = [None if is_tracked(p) else accepted(p) for p in paragraphs]
    held: dict[int, Element] = {}
    edited: dict[int, Element] = {}
    matcher = SequenceMatcher(None, texts, now, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            held |= dict(zip(range(a, b), paragraphs[c:d], strict=True))
            continue
        left = list(paragraphs[c:d])
        for o in range(a, b):
            near = next((p for p in left if _alike(texts[o], accepted(p))), None)
            if near is not None:
                edited[o] = near
                left = left[left.index(near) + 1 :]
    return held, edited


def _alike(first: str, second: str) -> bool:
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


def _aligned(old: Sequence[tuple[Piece, ...]], new: Sequence[tuple[Piece, ...]]) -> dict[int, int]:
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
        near = next((n for n in left if _alike(text_of(old[o]), text_of(new[n]))), None)
        if near is not None:
            found[o] = near
            left = left[left.index(near) + 1 :]
    return found or dict(zip(olds, news, strict=False))


def _is_comment(element: Element) -> bool:
    return next(element.iter(qn("w:commentReference")), None) is not None

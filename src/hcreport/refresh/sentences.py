"""Commentaries: the sentences that are made anew with the data, around those a person has edited.

A sentence whose words are the same but for its figures is left in place, for the figures in it are
marks of their own. One whose words turned (it rose, now it fell) is written anew where nobody
touched it, and told of where somebody did.
"""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.refresh import hung
from hcreport.refresh.account import Did, Line
from hcreport.refresh.marked import accepted, is_plain, nodes, tag_of
from hcreport.report.word import blocks
from hcreport.report.word.controls import said, shortened
from hcreport.report.word.imprint import Said, Sentences, text_of, without_figures, words_of
from hcreport.report.word.xml import parsed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element as Element

    from hcreport.marks import Mark
    from hcreport.refresh.marked import Control
    from hcreport.report.word.controls import Controls
    from hcreport.report.word.imprint import Piece

ALIKE = 0.5  # an edited sentence has at least so much in common with the one it was


@dataclass
class Refreshed:
    """What became of a commentary, what it is to remember, and the marks that went with it."""

    lines: list[Line] = field(default_factory=list)
    kept: list[tuple[Piece, ...]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def refresh(
    control: Control,
    old: Sentences,
    new: Sequence[Sequence[str | Mark]],
    maker: Controls,
    theirs: dict[float, tuple[Piece, ...]],
    *,
    taken: bool,
) -> Refreshed:
    """Bring a commentary up to date.

    ``theirs`` are the sentences that somebody edited in copies of it, and those of this one are
    added: all copies share one memory, in which none may be forgotten.
    """
    work = _Work(control, old, new, maker, theirs, taken=taken)
    work.run()
    return work.done


class _Work:
    def __init__(
        self,
        control: Control,
        old: Sentences,
        new: Sequence[Sequence[str | Mark]],
        maker: Controls,
        theirs: dict[float, tuple[Piece, ...]],
        *,
        taken: bool,
    ) -> None:
        self.control, self.old, self.new, self.maker = control, old, new, maker
        self.theirs, self.taken, self.done = theirs, taken, Refreshed()
        self.said = [said(pieces) for pieces in new]
        self.follows = _aligned(old.paragraphs, self.said)
        paragraphs = [p for p in control.content if p.tag == qn("w:p")]
        self.held, self.edited = _matched(paragraphs, old, self._ours())
        self.places: dict[float, Element] = {}

    def _ours(self) -> dict[int, tuple[Piece, ...]]:
        """What each old sentence says today, where it is made still."""
        return {o: self.said[n] for o, n in self.follows.items()}

    def run(self) -> None:
        for o in range(len(self.old.paragraphs)):
            if o in self.held:
                self._untouched(o, self.held[o])
            elif o in self.edited:
                self._edited(o, self.edited[o])
            else:
                if o in self.follows:  # of one that the data drops as well there is nothing to tell
                    self._note(Did.MISSING, o)
                self.done.missing += [p.tag for p in self.old.paragraphs[o] if isinstance(p, Said)]
        for n in sorted(set(range(len(self.new))) - set(self.follows.values())):
            self._add(n)
        remembered: dict[float, tuple[Piece, ...]] = dict(enumerate(self.said))
        remembered |= self.theirs
        self.done.kept = [remembered[place] for place in sorted(remembered)]

    def _untouched(self, o: int, paragraph: Element) -> None:
        n = self.follows.get(o)
        if n is None and hung.is_commented(paragraph):
            self._edited(o, paragraph)  # what somebody wrote about it would go with it
            return
        if n is None:
            _take_out(paragraph)
            self._note(Did.REMOVED, o)
            return
        self.places[n] = paragraph
        if not (self._is_as_before(o, n) or _says(paragraph, self.said[n])):
            self._write(paragraph, n)
            self._note(Did.UPDATED, o)

    def _edited(self, o: int, paragraph: Element) -> None:
        n, theirs = self.follows.get(o), accepted(paragraph)
        if n is None:
            self._note(Did.GONE, o, theirs)
            earlier = [m for p, m in self.follows.items() if p < o]
            place = max(earlier, default=-1) + (o + 1) / (len(self.old.paragraphs) + 1)
            self.theirs[place] = without_figures(self.old.paragraphs[o])
            self.places[place] = paragraph  # so a new one stands where it is remembered
            return
        self.places[n] = paragraph
        if self.taken:
            self._write(paragraph, n)
            self._note(Did.TAKEN, o, theirs)
        elif not self._is_as_before(o, n):
            self.theirs[n] = without_figures(self.old.paragraphs[o])
            self._note(Did.KEPT, o, theirs)

    def _is_as_before(self, o: int, n: int) -> bool:
        """Whether a sentence is the same but for its figures."""
        return words_of(self.old.paragraphs[o]) == words_of(self.said[n])

    def _write(self, paragraph: Element, n: int) -> None:
        """Write a sentence anew; what people hung on it, comments and bookmarks, spans it all."""
        before, after = hung.around(paragraph)
        properties = paragraph.find(qn("w:pPr"))
        made = list(parsed(f"<w:p>{self.maker.pieces(self.new[n])}</w:p>"))
        for element in list(paragraph):
            if element is not properties:
                paragraph.remove(element)
        paragraph.extend([*before, *made, *after])

    def _add(self, n: int) -> None:
        """Put a sentence after the nearest that stands before it, or before the first after it."""
        before = max((m for m in self.places if m < n), default=None)
        place = min(self.places, default=None) if before is None else before
        if place is None:
            self.done.lines.append(self._line(Did.NEW, ours=text_of(self.said[n])))
            return
        near = self.places[place]
        made = blocks.like(near, self.maker.pieces(self.new[n]))
        if before is None:
            near.addprevious(made)
        else:
            near.addnext(made)
        self.places[n] = made
        self.done.lines.append(self._line(Did.ADDED, ours=text_of(self.said[n])))

    def _note(self, did: Did, o: int, theirs: str = "") -> None:
        n = self.follows.get(o)
        ours = "" if n is None else text_of(self.said[n])
        self.done.lines.append(self._line(did, was=self.old.texts[o], ours=ours, theirs=theirs))

    def _line(self, did: Did, was: str = "", ours: str = "", theirs: str = "") -> Line:
        where = self.control.heading
        return Line(did, self.control.tag, where, "sentence", was=was, ours=ours, theirs=theirs)


def _take_out(paragraph: Element) -> None:
    """Take a sentence out; of one that ends a section only the words."""
    if paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        hung.take_out(paragraph)
        return
    for element in list(paragraph):
        if element.tag != qn("w:pPr"):
            hung.take_out(element)


def _matched(
    paragraphs: Sequence[Element], old: Sentences, ours: Mapping[int, tuple[Piece, ...]]
) -> tuple[dict[int, Element], dict[int, Element]]:
    """The paragraph of each old sentence: those that nobody touched, and those edited.

    A paragraph that says what we would write today is as good as untouched; one that says what we
    wrote, but with a figure whose mark was taken off, is not.
    """

    def says(o: int, paragraph: Element) -> bool:
        return o in ours and _says(paragraph, ours[o])

    texts = old.texts
    now = [accepted(p) if is_plain(p) else None for p in paragraphs]
    held: dict[int, Element] = {}
    edited: dict[int, Element] = {}
    matcher = SequenceMatcher(None, texts, now, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            for o, paragraph in zip(range(a, b), paragraphs[c:d], strict=True):
                is_ours = _has_its_marks(paragraph, old.paragraphs[o]) or says(o, paragraph)
                (held if is_ours else edited)[o] = paragraph
            continue
        left = list(zip(paragraphs[c:d], now[c:d], strict=True))
        for o in range(a, b):
            near = next((p for p in left if _alike(texts[o], accepted(p[0]))), None)
            near = next((p for p in left if p[1] is not None and says(o, p[0])), near)
            if near is not None:
                (held if near[1] is not None and says(o, near[0]) else edited)[o] = near[0]
                left = left[left.index(near) + 1 :]
    return held, edited


def _says(paragraph: Element, pieces: tuple[Piece, ...]) -> bool:
    """Whether a paragraph says a sentence, or will once the marks in it say what they should."""
    if accepted(paragraph) == text_of(pieces):
        return True
    bare = copy.deepcopy(paragraph)
    for node in (node for mark in bare.iter(qn("w:sdt")) for node in nodes(mark)):
        node.text = ""
    words = "".join(piece for piece in pieces if isinstance(piece, str))
    # Brackets around nothing are those of a figure, or of a reference whose number is Word's.
    return accepted(bare).replace(" ()", "") == words.replace(" ()", "") and _has_its_marks(
        paragraph, pieces
    )


def _has_its_marks(paragraph: Element, pieces: Sequence[Piece]) -> bool:
    """Whether each figure of a sentence is still in its mark."""
    wanted = Counter(shortened(p.tag) for p in pieces if isinstance(p, Said) and p.text)
    return wanted <= Counter(map(tag_of, paragraph.iter(qn("w:sdt"))))


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

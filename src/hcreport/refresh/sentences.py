"""Commentaries: the sentences that are made anew with the data, around those a person has edited.

A sentence whose words are the same but for its figures is left in place, for the figures in it are
marks of their own. One whose words turned (it rose, now it fell) is written anew where nobody
touched it, and told of where somebody did.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.refresh import hung, matching
from hcreport.refresh.account import Did, Line
from hcreport.refresh.marked import accepted
from hcreport.report.word import blocks
from hcreport.report.word.controls import said
from hcreport.report.word.imprint import Said, Sentences, text_of, without_figures, words_of
from hcreport.report.word.xml import parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from hcreport.marks import Mark
    from hcreport.refresh.marked import Control
    from hcreport.report.word.controls import Controls
    from hcreport.report.word.imprint import Piece


@dataclass
class Refreshed:
    """What became of a commentary, what it is to remember, and the marks that went with it.

    ``turned`` are the paragraphs whose words no longer fit and that were left, as edited by hand,
    by the lines that tell of them. ``given_up`` are marks that somebody had deleted from a
    sentence that is taken: whatever it holds now, they are missing no more.
    """

    lines: list[Line] = field(default_factory=list)
    kept: list[tuple[Piece, ...]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    turned: dict[Element, Line] = field(default_factory=dict)
    given_up: list[str] = field(default_factory=list)


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
        self.follows = matching.aligned(old.paragraphs, self.said)
        paragraphs = [p for p in control.content if p.tag == qn("w:p")]
        self.held, self.edited = matching.matched(paragraphs, old, self._ours())
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
        if not (self._is_as_before(o, n) or matching.says(paragraph, self.said[n])):
            self._write(paragraph, n)
            self._note(Did.UPDATED, o)

    def _edited(self, o: int, paragraph: Element) -> None:
        n = self.follows.get(o)
        if n is None:
            self._leave(Did.GONE, o, paragraph)
            earlier = [m for p, m in self.follows.items() if p < o]
            place = max(earlier, default=-1) + (o + 1) / (len(self.old.paragraphs) + 1)
            self.theirs[place] = without_figures(self.old.paragraphs[o])
            self.places[place] = paragraph  # so a new one stands where it is remembered
            return
        self.places[n] = paragraph
        if self._is_as_before(o, n):
            return  # its figures are marks of their own, and its words are theirs: none is taken
        if self.taken:
            theirs = accepted(paragraph)
            self.done.given_up += matching.without_marks(paragraph, self.old.paragraphs[o])
            self._write(paragraph, n)
            self._note(Did.TAKEN, o, theirs)
        else:
            self.theirs[n] = without_figures(self.old.paragraphs[o])
            self._leave(Did.KEPT, o, paragraph)

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

    def _leave(self, did: Did, o: int, paragraph: Element) -> None:
        """Tell of an edited paragraph that is left, though its words no longer fit."""
        self._note(did, o, accepted(paragraph))
        self.done.turned[paragraph] = self.done.lines[-1]

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

"""A search for what stands in a document without its mark: by its words, labels or picture."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.proofread.exempt import exempt
from hcreport.refresh import grid_changes, stale, typed
from hcreport.refresh.grid_rows import texts_of
from hcreport.refresh.marked import tag_of
from hcreport.refresh.matching import alike, likeness
from hcreport.refresh.unmarked import Unmarked
from hcreport.report.trial import TAG
from hcreport.report.word.imprint import Grid, Picture, Said, Sentences
from hcreport.report.word.xml import is_double

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element as Element

    from hcreport.refresh.ours import Ours
    from hcreport.refresh.package import Package
    from hcreport.refresh.typed import Paragraph
    from hcreport.report.word.imprint import Imprint, Piece

_TELLING = 12  # letters of its own by which a sentence is surely ours, whatever its figures say
_CAPTION = re.compile(r"^(?:Table|Figure) \d+: ")
_FIGURE, _REFERENCE = "(.{0,160}?)", "(.{0,30}?)"
# What comes after a small number that may be a figure; before another word it counts what it says.
_AFTER = re.compile(
    r"\s*(?:$|[,.;:()]|(?:were|was|are|is|had|have|of|in|at|on|for|to|and|or|from|by|than|more|fewer"
    r"|less|that|which|compared|upheld|partly|not|remain\w*|open|overdue)\b)"
)


def find(
    package: Package,
    old: Imprint,
    before: Mapping[str, int],
    ours: Ours,
) -> list[Unmarked]:
    """What is remembered, stands in fewer places than it was written to, and stands as typed text.

    ``before`` says in how many places each mark stands.
    """
    missing = ((tag, written - before.get(tag, 0)) for tag, written in old.places.items())
    lost = {tag: n for tag, n in missing if n > 0}
    if not lost:
        return []
    search = _Search(package, old, lost, ours)
    found = [*search.sentences(), *search.tables(), *search.pictures()]
    return [*found, *search.words(Counter(each.tag for each in found))]


class _Search:
    """The search for what was ``lost``, by tag with the number of places, through a document."""

    def __init__(self, package: Package, old: Imprint, lost: Mapping[str, int], ours: Ours) -> None:
        self.package, self.old, self.lost, self.project = package, old, lost, ours
        self.paragraphs = list(typed.paragraphs(package))
        self.where = {p.element: p.where for p in self.paragraphs}
        self.ours: set[Element] = set()  # the paragraphs that are sentences of ours
        self.nearest: dict[str, Paragraph | None] = {}
        self.seen: set[tuple[Element, int]] = set()

    def sentences(self) -> Iterator[Unmarked]:
        """The figures of sentences whose words are ours, and blocks of such sentences."""
        for tag, kept in self.old.marks.items():
            if not isinstance(kept, Sentences):
                continue
            outside: list[Paragraph] = []
            for pieces in kept.paragraphs:
                for paragraph, match in self._saying(tag, pieces):
                    outside += [] if paragraph.block else [paragraph]
                    yield from self._figures(pieces, paragraph, match)
            if tag in self.lost and outside and 2 * len(outside) >= len(kept.paragraphs):
                yield Unmarked(tag, outside[0].where, [p.element for p in outside])

    def _saying(
        self, tag: str, pieces: tuple[Piece, ...]
    ) -> Iterator[tuple[Paragraph, re.Match[str]]]:
        """The paragraphs that say a sentence, whatever its figures, in its block or in none."""
        pattern = _pattern(pieces)
        for paragraph in self.paragraphs if pattern else ():
            if pattern and paragraph.block in {"", tag}:
                match = pattern.fullmatch(paragraph.text)
                if match:
                    self.ours.add(paragraph.element)
                    yield paragraph, match

    def _figures(
        self, pieces: tuple[Piece, ...], paragraph: Paragraph, match: re.Match[str]
    ) -> Iterator[Unmarked]:
        """The figures of a sentence that are typed text in it."""
        for number, piece in enumerate((p for p in pieces if isinstance(p, Said)), start=1):
            place, end = match.span(number)
            is_typed = place < end and typed.HIDDEN not in paragraph.typed[place:end]
            if is_typed and piece.tag in self.lost:
                yield from self._found(piece.tag, paragraph, place, end)

    def _found(self, tag: str, paragraph: Paragraph, place: int, end: int) -> Iterator[Unmarked]:
        if (paragraph.element, place) not in self.seen:
            self.seen.add((paragraph.element, place))
            node, said = paragraph.node(place), paragraph.text[place:end].strip()
            yield Unmarked(tag, paragraph.where, [node], said)

    def tables(self) -> Iterator[Unmarked]:
        """Tables of ours, each of the one of those lost that it has most in common with."""
        grids = {tag: g for tag in self.lost if isinstance(g := self.old.marks[tag], Grid)}
        for root in (root for _, root in self.package.stories() if grids):
            for table in filter(_is_outside, root.iter(qn("w:tbl"))):
                cells = texts_of(table)
                alike = {tag: _alike(grid.rows, cells) for tag, grid in grids.items()}
                tag = max(alike, key=lambda tag: alike[tag])
                if alike[tag]:
                    yield Unmarked(tag, self._above(table.iter(qn("w:p"))), [table])

    def pictures(self) -> Iterator[Unmarked]:
        """Charts of ours, by their very pictures: what was last drawn, or told of before."""
        of = {p.sha256: tag for tag in self.lost if isinstance(p := self.old.marks[tag], Picture)}
        of |= {each.words: each.tag for each in self.old.typed if each.tag in of.values()}
        for part, root in self.package.stories() if of else ():
            for blip in filter(_is_outside, root.iter(qn("a:blip"))):
                held = self.package.held(part, blip.get(qn("r:embed"), ""))
                digest = sha256(held or b"").hexdigest()
                if digest in of:
                    where = self._above(blip.iterancestors(qn("w:p")))
                    yield Unmarked(of[digest], where, [blip], digest, is_own=True)

    def _above(self, paragraphs: Iterator[Element]) -> str:
        """The heading above the first of some paragraphs."""
        return next((self.where[p] for p in paragraphs if p in self.where), "")

    def words(self, found: Mapping[str, int]) -> Iterator[Unmarked]:
        """Figures and phrases in what people wrote; ``found`` counts those in sentences of ours."""
        for tag, lacking in self.lost.items():
            said = self.old.marks[tag]
            before = (each.words for each in self.old.typed if each.tag == tag)
            if isinstance(said, str) and lacking > found.get(tag, 0):
                for words in filter(_can_be_told, dict.fromkeys((*before, said))):
                    yield from self._own(tag, words)

    def _own(self, tag: str, said: str) -> Iterator[Unmarked]:
        """What people's own words say of a mark that is off.

        Surely so if it stands where a mark does: by itself, beside others, in a paragraph of the
        project's texts or of the template. A sentence that somebody added may say it as well.
        """
        for paragraph in self.paragraphs:
            for place in _places(said, paragraph) if self._is_theirs(paragraph) else ():
                is_sure = _is_alone(said, paragraph) or self._had_it(tag, paragraph)
                for each in self._found(tag, paragraph, place, place + len(said)):
                    yield replace(each, is_own=True, is_sure=is_sure)

    def _had_it(self, tag: str, paragraph: Paragraph) -> bool:
        """Whether a mark stood in a paragraph, by the others in it or by the text it was."""
        if any(tag_of(control) for control in paragraph.element.iter(qn("w:sdt"))):
            return True
        typed = (text for text in self.project.wording if _asks_for(tag, text))
        return any(self._nearest(TAG.sub("", text)) is paragraph for text in typed)

    def _nearest(self, text: str) -> Paragraph | None:
        """The paragraph that one of a text or of the template has become."""
        if text not in self.nearest:
            near = [p for p in self.paragraphs if not p.block and alike(text, p.text)]
            self.nearest[text] = max(near, key=lambda p: likeness(text, p.text), default=None)
        return self.nearest[text]

    def _is_theirs(self, paragraph: Paragraph) -> bool:
        """Whether people wrote a paragraph, or might have changed it; no cell of our tables."""
        is_cell = paragraph.block.startswith("tables.") and paragraph.is_cell
        return not is_cell and paragraph.element not in self.ours


def _asks_for(tag: str, text: str) -> bool:
    """Whether a paragraph of a text or a template asks for a mark."""
    name = re.compile(rf"(?<![\w.]){re.escape(tag.partition('|')[0])}(?!\w)")
    return any(found[1] and name.search(found[1]) for found in TAG.finditer(text))


def _is_alone(said: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph says nothing else; a caption says its number as well."""
    return paragraph.text.strip() == said or _CAPTION.sub("", paragraph.text) == said


def _pattern(pieces: tuple[Piece, ...]) -> re.Pattern[str] | None:
    """What a sentence's words look like around whatever figures; None for one of hardly a word."""
    words = "".join(piece for piece in pieces if isinstance(piece, str))
    if sum(map(str.isalpha, words)) < _TELLING:
        return None
    return re.compile(r"\s*" + "".join(map(_looks, pieces)) + r"\s*")


def _looks(piece: Piece) -> str:
    if isinstance(piece, Said):
        return _REFERENCE if piece.tag.startswith("ref.") else _FIGURE
    return r"\s+".join(re.escape(word) for word in re.split(r"\s+", piece))


def _is_outside(element: Element) -> bool:
    """Whether an element stands in no mark; the second copy of a text box is no other place."""
    is_marked = any(tag_of(control) for control in element.iterancestors(qn("w:sdt")))
    return not (is_marked or is_double(element))


def _alike(ours: Sequence[tuple[str, ...]], theirs: Sequence[tuple[str, ...]]) -> int:
    """How many cells two tables share, if they are the same by their headings and most rows."""
    if not ours or not theirs or ours[0] != theirs[0]:
        return 0
    rows = {grid_changes.name(row): row for row in theirs[1:] if row}
    same = [(row, rows[name]) for row in ours[1:] if (name := grid_changes.name(row)) in rows]
    if 2 * len(same) < len(ours) - 1:
        return 0
    return sum(a == b for pair in same for a, b in zip(*pair, strict=False))


def _can_be_told(said: str) -> bool:
    """Whether words can be recognised by themselves: a number, or more words than one."""
    return stale.is_number(said) or len(said.split()) > 1


def _places(said: str, paragraph: Paragraph) -> Iterator[int]:
    """Where a paragraph says the words of a mark that is off, as far as can be told."""
    whole = re.compile(rf"(?<![\w.,£]){re.escape(said)}(?![\w%]|[.,]\d)")
    for match in whole.finditer(paragraph.typed):
        if not stale.is_number(said) or _may_be_it(match, paragraph):
            yield match.start()


def _may_be_it(match: re.Match[str], paragraph: Paragraph) -> bool:
    """Whether a number in a sentence may be the figure: no date, no time limit, no other count."""
    if paragraph.is_cell and not any(map(str.isalpha, paragraph.text)):
        return False
    if any(e.start < match.end() and e.end > match.start() for e in exempt(paragraph.text)):
        return False
    after = paragraph.text[match.end() :]
    return stale.is_counted(match[0], after) or _AFTER.match(after) is not None

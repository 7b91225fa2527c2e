"""What somebody typed and the data has left behind: an old figure, a table that is no more."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from hcreport.proofread.exempt import exempt
from hcreport.refresh import numbering
from hcreport.refresh.marked import accepted, nodes, under_headings
from hcreport.refresh.outdated import NUMBER, numbers
from hcreport.refresh.typed import open_to_people, sentences
from hcreport.report.word.controls import said
from hcreport.report.word.imprint import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from hcreport.refresh.ours import Ours
    from hcreport.refresh.outdated import Outdated
    from hcreport.refresh.package import Package
    from hcreport.refresh.typed import Paragraph
    from hcreport.refresh.unmarked import Unmarked
    from hcreport.report.word.imprint import Typed

_WHOLE = re.compile(r"£?\d[\d,]*(?:\.\d+)?%?")
# A small number may be a day, a paragraph, a table: it counts only before what figures count.
_COUNTED = re.compile(r"\s+(?:stage [12]\s+)?(?:complaint|case|award|finding|action|request)")
_GOES_ON = re.compile(r"[\w%]|[.,]\d")
_TELLING = 3  # digits that need nothing after them, unless they are a year
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMED = 2  # how many figures are named, where a number may have been any of more


@dataclass(frozen=True)
class Found:
    """A sentence with old numbers in it: where, what, why, and what of it is to be remembered."""

    where: str
    text: str
    why: str
    typed: tuple[Typed, ...] = ()


@dataclass(frozen=True)
class _Number:
    """An old number in a paragraph, and all that it may have been: each with what that is now."""

    place: int
    words: str
    may_be: tuple[tuple[Outdated, str], ...]

    def meant(self, sentence: str) -> tuple[tuple[Outdated, str], ...]:
        """Which of them is meant: what the sentence names, figures before cells of a table.

        What said this number alone goes before what said others with it.
        """
        named = [each for each in self.may_be if each[0].is_named(sentence)]
        whole = [each for each in self.may_be if not each[0].about]
        found = named or whole or self.may_be
        figures = [each for each in found if not each[0].is_cell] or found
        alone = [each for each in figures if each[0].was.words == self.words] or figures
        return tuple(alone[:_NAMED])

    def is_sure(self, sentence: str, after: str) -> bool:
        """Whether it is an old figure, and not some other number: by its look or its sentence."""
        if len(numbers(self.words)) > 1:
            return True
        if any(each.is_named(sentence) for each, _ in self.may_be):
            return len(self.words) > 1 or is_counted(self.words, after)
        is_of_a_figure = any(not each.is_cell for each, _ in self.may_be)
        return is_of_a_figure and is_counted(self.words, after)


def typed(
    old: Iterable[Outdated], package: Package, ours: Ours, off: Sequence[Unmarked]
) -> Iterator[Found]:
    """Sentences in which somebody typed a number that a figure said, and says no more.

    What is ``off`` is told of already.
    """
    known: dict[str, list[tuple[str, str, Outdated]]] = defaultdict(list)
    for each in old:
        for was, now in each.pairs():
            if first := NUMBER.match(was):
                known[first[0].rstrip(",")].append((was, now, each))
    told = {element for each in off for element in each.elements}
    above = _Above(package)
    for paragraph in open_to_people(package) if known else ():
        around = (paragraph.element, *paragraph.element.iterancestors())
        if told.isdisjoint(around) and _is_theirs(paragraph, ours):
            found = [n for n in _numbers(paragraph, known) if paragraph.node(n.place) not in told]
            yield from _sentences(paragraph, above, found) if found else ()


class _Above:
    """The heading above each paragraph, once one is asked for."""

    def __init__(self, package: Package) -> None:
        self.package = package

    @cached_property
    def of(self) -> dict[Element, str]:
        """Every paragraph's."""
        return {element: where for _, where, element in under_headings(self.package)}


def _is_theirs(paragraph: Paragraph, ours: Ours) -> bool:
    """Whether people wrote a paragraph, or changed it."""
    if not paragraph.block:
        return True
    today = ours.sentences(paragraph.block.partition(".")[2]) or ()
    return accepted(paragraph.element) not in {text_of(said(pieces)) for pieces in today}


def _numbers(
    paragraph: Paragraph, known: dict[str, list[tuple[str, str, Outdated]]]
) -> Iterator[_Number]:
    """The old numbers in a paragraph, of those that begin alike the longest."""
    text, end = paragraph.typed, 0
    for found in NUMBER.finditer(text):
        place = found.start()
        starts = known.get(found[0].rstrip(","), ()) if place >= end else ()
        here = [each for each in starts if _stands(each[0], text, place)]
        if here:
            words = max((was for was, _, _ in here), key=len)
            end = place + len(words)
            may_be = tuple((each, now) for was, now, each in here if was == words)
            yield _Number(place, words, may_be)


def _stands(words: str, text: str, place: int) -> bool:
    return text.startswith(words, place) and not _GOES_ON.match(text, place + len(words))


def _sentences(paragraph: Paragraph, above: _Above, found: Sequence[_Number]) -> Iterator[Found]:
    """The sentences of a paragraph that hold an old figure, each with all the old numbers in it."""
    other = exempt(paragraph.text)
    for begin, end in sentences(paragraph.text):
        sentence = paragraph.text[begin:end]
        inside = [
            number
            for number in found
            if begin <= number.place < end
            if not any(e.start <= number.place < e.end for e in other)
        ]
        after = {n: paragraph.text[n.place + len(n.words) :] for n in inside}
        if any(number.is_sure(sentence, after[number]) for number in inside):
            meant = [(number, number.meant(sentence)) for number in inside]
            why = "; ".join(" or ".join(_why(number, *m) for m in may) for number, may in meant)
            remembered = tuple(each.was for _, may in meant for each, _ in may)
            yield Found(above.of[paragraph.element], sentence.strip(), why, remembered)


def _why(number: _Number, each: Outdated, now: str) -> str:
    return f"{each.name} was {number.words} and is now {now}"


def is_number(words: str) -> bool:
    """Whether words are a number and nothing else."""
    return _WHOLE.fullmatch(words) is not None


def is_counted(number: str, after: str) -> bool:
    """Whether a number is surely a figure, by its look or by what comes after it."""
    digits = sum(letter.isdigit() for letter in number)
    plain = "%" not in number and "£" not in number
    if plain and (digits < _TELLING or _YEAR.fullmatch(number)):
        return _COUNTED.match(after) is not None
    return True


def references(package: Package) -> Iterator[Found]:
    """Sentences that refer to a table or a chart of ours that the document holds no more."""
    _, text = next(package.stories())
    held = numbering.bookmarks(text)
    for root in (root for _, root in package.stories()):
        for paragraph in numbering.lost(root, held):
            words = "".join(node.text or "" for node in nodes(paragraph)).strip()
            why = "it refers to a table or a figure that is not in the document any more"
            yield Found("", words, why)

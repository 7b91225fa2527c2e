"""What somebody typed and the data has left behind: an old figure, a table that is no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hcreport.refresh import numbering
from hcreport.refresh.marked import nodes
from hcreport.refresh.typed import HIDDEN, paragraphs

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from lxml.etree import _Element as Element

    from hcreport.refresh.marked import Moved
    from hcreport.refresh.ours import Ours
    from hcreport.refresh.package import Package

_NUMBER = re.compile(r"£?\d[\d,]*(?:\.\d+)?%?")
# A small number may be a day, a paragraph, a table: it counts only before what figures count.
_COUNTED = re.compile(r"\s+(?:stage [12]\s+)?(?:complaint|case|award|finding|action|request)")
_MARKED = re.compile(f"{HIDDEN}+")
_TELLING = 3  # digits that need nothing after them, unless they are a year
_YEAR = re.compile(r"(?:19|20)\d\d")
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]?")


def typed(
    moved: Sequence[Moved], package: Package, ours: Ours, but: Container[Element] = ()
) -> Iterator[tuple[str, str, str]]:
    """Sentences with a typed number that a figure said before it moved: where, what, and why.

    Those in some paragraphs, ``but`` these, are told of already.
    """
    gone: dict[str, str] = {}
    for mark in moved:
        entry = ours.entry(mark.control.tag)
        if entry is not None and is_number(mark.was):
            gone.setdefault(mark.was, f"{entry.figure.label} was {mark.was} and is now {mark.ours}")
    for paragraph in paragraphs(package, in_blocks=False) if gone else ():
        said = "" if paragraph.element in but else _MARKED.sub("…", paragraph.typed)
        for sentence in _SENTENCE.findall(said):
            for found in _NUMBER.finditer(sentence):
                number = found[0].rstrip(",")
                if number in gone and is_counted(number, sentence[found.end() :]):
                    yield "", sentence.strip(), gone[number]


def is_number(words: str) -> bool:
    """Whether words are a number and nothing else."""
    return _NUMBER.fullmatch(words) is not None


def is_counted(number: str, after: str) -> bool:
    """Whether a number is surely a figure, by its look or by what comes after it."""
    digits = sum(letter.isdigit() for letter in number)
    plain = "%" not in number and "£" not in number
    if plain and (digits < _TELLING or _YEAR.fullmatch(number)):
        return _COUNTED.match(after) is not None
    return True


def references(package: Package) -> Iterator[tuple[str, str, str]]:
    """Sentences that refer to a table or a chart of ours that the document holds no more."""
    _, text = next(package.stories())
    held = numbering.bookmarks(text)
    for root in (root for _, root in package.stories()):
        for paragraph in numbering.lost(root, held):
            said = "".join(node.text or "" for node in nodes(paragraph)).strip()
            yield "", said, "it refers to a table or a figure that is not in the document any more"

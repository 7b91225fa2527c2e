"""What stands in the document without its mark: its words stayed when the content control went.

Word takes a control off on "Remove Content Control", another program takes them all. What stood in
it is typed text from then on: a person has to mend it, so it must not pass for something deleted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hcreport.refresh import blocks, grid_changes
from hcreport.refresh.account import Did, Line
from hcreport.refresh.grid_rows import texts_of
from hcreport.refresh.marked import accepted, is_in_document
from hcreport.report.word.imprint import Grid, Picture, Sentences, Typed, without_figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element as Element

    from hcreport.refresh.ours import Ours
    from hcreport.report.word.imprint import Imprint, Kept

DIFFERS = "no longer what the figures say"


@dataclass(frozen=True)
class Unmarked:
    """A mark that is off, and the heading above the words that were in it.

    ``elements`` hold them: a text node, or a block's paragraphs, its table, its picture. ``said``
    is what they say, of a mark inside a sentence, and a picture's digest. Those in somebody's own
    words, and pictures (``is_own``), are known again by that alone; words may never have been in a
    mark, unless that ``is_sure``.
    """

    tag: str
    where: str
    elements: Sequence[Element]
    said: str = ""
    is_own: bool = False
    is_sure: bool = True


def is_most(found: Sequence[Unmarked], old: Imprint, before: Mapping[str, int]) -> bool:
    """Whether most of a document's marks are off, and most of these stand there as typed text."""
    lost = {tag: max(0, n - before.get(tag, 0)) for tag, n in old.places.items()}
    standing = Counter(each.tag for each in found)
    stands = sum(min(n, standing[tag]) for tag, n in lost.items())
    gone, written = sum(lost.values()), sum(old.places.values())
    return 2 * gone > written and 2 * stands > gone


def standing(found: Sequence[Unmarked]) -> list[Unmarked]:
    """Those that surely were in a mark, and stand there still.

    One that was written anew with its sentence is no matter any more.
    """
    return [each for each in found if each.is_sure and is_in_document(each.elements[0])]


def remembered(found: Sequence[Unmarked]) -> Iterator[Typed]:
    """What is to be known again by what it says."""
    yield from (Typed(each.tag, each.said) for each in standing(found) if each.is_own)


def told(found: Sequence[Unmarked], old: Imprint, ours: Ours) -> Iterator[tuple[Line, Kept | None]]:
    """What is told of each once the document is refreshed, and what is to be remembered of it."""
    for each in standing(found):
        kept = old.marks[each.tag]
        today = kept if _is_not_supplied(each.tag, ours) else ours.kept(each.tag)
        line = _line(each, kept, today)
        yield line, _without_figures(kept) if line.needs_a_person else today


def _is_not_supplied(tag: str, ours: Ours) -> bool:
    """Whether a mark states that a text was not supplied, and that is so still."""
    return tag.startswith("text.") and not blocks.has_something(tag, ours)


def _line(each: Unmarked, kept: Kept, today: Kept | None) -> Line:
    if isinstance(kept, str):
        said = today if isinstance(today, str) else ""
        return Line(Did.UNMARKED, each.tag, each.where, "", kept, said, each.said)
    part = {Grid: "table", Picture: "chart"}.get(type(kept), "")
    theirs = "" if _says(each, today) else DIFFERS
    return Line(Did.UNMARKED, each.tag, each.where, part, theirs=theirs)


def _without_figures(kept: Kept) -> Kept | None:
    """By what a block is known again that says other figures; None for what has no words to it."""
    match kept:
        case Grid():
            return Grid((*kept.rows[:1], *map(grid_changes.without_figures, kept.rows[1:])))
        case Sentences():
            return Sentences(tuple(map(without_figures, kept.paragraphs)))
        case _:
            return None


def _says(each: Unmarked, today: Kept | None) -> bool:
    """Whether a block that is off says what it would say today."""
    match today:
        case Grid():
            return texts_of(each.elements[0]) == today.rows
        case Picture():
            return each.said == today.sha256
        case Sentences():
            return tuple(map(accepted, each.elements)) == today.texts
        case _:
            return False

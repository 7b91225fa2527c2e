"""What a report remembers after a refresh, and what became of the places its marks stood in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from hcreport.refresh import blocks
from hcreport.refresh.account import Did, Line
from hcreport.refresh.marked import places
from hcreport.report.word.imprint import Grid, Imprint, Picture, Sentences

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping

    from hcreport.refresh.ours import Ours
    from hcreport.refresh.package import Package
    from hcreport.report.word.imprint import Kept, Typed


def copies(old: Imprint, before: Counter[str]) -> dict[str, int]:
    """The marks that stand in more places than they were written to, with how many more."""
    return {tag: before[tag] - n for tag, n in old.places.items() if before[tag] > n}


def of_places(old: Imprint, before: Counter[str], went: Counter[str], ours: Ours) -> Iterator[Line]:
    """What is no more in the document, and what there is now and it has no place for.

    A mark that went with its sentence or its table is not told of by itself.
    """
    for tag, written in old.places.items():
        block = tag.partition("|")[0]
        lacking = written - before[tag] - went[tag]
        if not written:
            if _is_new(tag, old, ours):
                yield Line(Did.NEW, tag)
        elif lacking > 0 and (block == tag or before[block] or block not in old.places):
            kept = old.marks[tag]
            part = "" if not before[tag] else "one of its places"
            yield Line(Did.MISSING, tag, part=part, was=kept if isinstance(kept, str) else "")


def _is_new(tag: str, old: Imprint, ours: Ours) -> bool:
    """Whether a mark that had nothing to show has something today."""
    if isinstance(old.marks[tag], str):
        return bool(ours.words(tag))
    return blocks.has_something(tag, ours)


def put(  # noqa: PLR0913  (each is remembered, or tells what is)
    package: Package,
    old: Imprint,
    marks: Mapping[str, Kept],
    before: Mapping[str, int],
    run: dict[str, str],
    *,
    standing: Collection[str] = (),
    typed: Iterable[Typed] = (),
) -> None:
    """Remember what our marks say today; of one that is not in the document its tag alone.

    What is ``standing`` there without its mark is in the document too; ``typed`` is what people's
    own words say and we said once.

    Nothing is remembered that a build of today would not print. A copy that outlives the place it
    was made of is a place of its own from then on.
    """
    after, whole = places(package, marks), Imprint(run, typed=tuple(dict.fromkeys(typed)))
    for tag, kept in marks.items():
        written = old.places.get(tag, 0) + after[tag] - before.get(tag, 0)
        written = max(written, int(after[tag] > 0))
        if written or not old.places.get(tag, 1) or kept == Sentences(()):
            whole.keep(tag, kept if after[tag] or tag in standing else _blank(kept), written)
    package.put_imprint(whole)


def _blank(kept: Kept) -> Kept:
    match kept:
        case str():
            return ""
        case Grid():
            return Grid(())
        case Picture():
            return Picture("", "")
        case Sentences():
            return Sentences(())

"""Two versions of a table compared: which rows follow which, and every cell that moved."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from hcreport.refresh.account import Did, Line

if TYPE_CHECKING:
    from hcreport.refresh.marked import Control

Row = tuple[str, ...]
_BASE = re.compile(r" \([^()]*\d[^()]*\)")


def name(texts: Row) -> str:
    """What a row is about, as an account says it."""
    return ", ".join(label(texts))


def name_of_row(texts: Row) -> str:
    """A whole row, as an account calls it."""
    return f"row {name(texts)}"


def name_of_cell(texts: Row, heading: str) -> str:
    """A row's cell under a heading, as an account calls it."""
    return f"{name(texts)}, {heading}"


def label(texts: Row) -> list[str]:
    """What tells a row from others: its first cell, and those after it that are words too.

    A base in brackets belongs to the numbers: "Uphold rate (382 of 601)".
    """
    words = [_BASE.sub("", text) for text in texts[:1]]
    for text in texts[1:]:
        if not text or not text[0].isalpha():
            break
        words.append(text)
    return words[: max(1, len(texts) - 1)]


def without_figures(texts: Row) -> Row:
    """A row's label, its figures blank."""
    words = label(texts)
    return (*words, *("" for _ in texts[len(words) :]))


def given_again(theirs: Row, old: Sequence[Row], ours: Sequence[Row]) -> Row:
    """What is known of a row that stayed after its data, where the data gives it again.

    Nothing where it does not.
    """
    known = [label(was) for was in old]
    again = (row for row in ours[1:] if _is_labelled(theirs, row) and label(row) not in known)
    return next(map(without_figures, again), ())


def standing(old: Sequence[Row], theirs: Sequence[Row]) -> list[Row] | None:
    """The old rows that theirs can be: without those that somebody has taken out since.

    Only a blank one can be, which stayed after its data. None for a table of another shape.
    """
    if not old or any(len(texts) != len(old[0]) for texts in theirs):
        return None
    lacking, found = len(old) - len(theirs), []
    for texts in old:
        if texts or lacking <= 0:
            found.append(texts)
        else:
            lacking -= 1
    return found if len(found) == len(theirs) else None


def matched(old: Sequence[Row], theirs: Sequence[Row]) -> list[int] | None:
    """Which row of theirs each old one is, by its own label, wherever it was moved to.

    A row whose label somebody typed over is the one at its place; a blank one, which stayed after
    its data, whichever is left. None where that cannot be told, or where columns changed places:
    whatever were written there might be another row's.
    """
    if _have_moved(old[0], theirs[0]):
        return None
    found = {n: n for n, was in enumerate(old) if n == 0 or _is_labelled(theirs[n], was)}
    left = [n for n in range(len(old)) if n not in found]
    if not left:
        return list(range(len(old)))
    free = list(left)
    for n in left:
        same = [m for m in free if _is_labelled(theirs[m], old[n])]
        if same:
            found[n] = same[0]
            free.remove(same[0])
    moved = any(n != m for n, m in found.items())
    labels = [tuple(label(was)) for was in old if was]
    if moved and len(set(labels)) < len(labels):
        return None
    for n in sorted(set(left) - set(found), key=lambda n: not old[n]):
        place = n if n in free else None if old[n] else free[0]
        if place is None:
            return None
        found[n] = place
        free.remove(place)
    return [found[n] for n in range(len(old))]


def _have_moved(old: Row, theirs: Row) -> bool:
    """Whether a heading stands over another's column."""
    return any(was != now and now in old for was, now in zip(old, theirs, strict=True))


def _is_labelled(theirs: Row, old: Row) -> bool:
    """Whether a row of theirs has an old one's label, whatever was typed after it."""
    words = label(old)
    return [_BASE.sub("", theirs[0]), *theirs[1:]][: len(words)] == words


def typed_over(
    control: Control,
    did: Did,
    typed: Collection[tuple[int, int]],
    old: Sequence[Row],
    theirs: Sequence[Row],
    ours: Sequence[Row],
) -> Iterator[Line]:
    """Each of the cells that were typed over, and what ours says there; none of rows that went."""
    now = places(old, ours)
    for r, c in sorted(set(typed) & set(now)):
        (row, column), said = now[r, c], theirs[r][c]
        if said != ours[row][column]:
            part = name_of_cell(theirs[r], theirs[0][c])
            yield Line(did, control.tag, control.heading, part, old[r][c], ours[row][column], said)


def places(old: Sequence[Row], new: Sequence[Row]) -> dict[tuple[int, int], tuple[int, int]]:
    """Where each old cell stands in a new version, by row and column, of those that still do.

    A column is the one at its place, or the one under its heading if columns came or went.
    """
    rows = {0: 0} | dict(paired(old, new).same)
    if len(old[0]) == len(new[0]):
        columns = {n: n for n in range(len(old[0]))}
    else:
        columns = {n: new[0].index(h) for n, h in enumerate(old[0]) if h in new[0]}
    return {(r, c): (row, column) for r, row in rows.items() for c, column in columns.items()}


def gone(control: Control, old: Row, theirs: Row, *, stays: bool) -> Line:
    """A row that somebody typed in and the data gives no more: it stays, or goes where taken."""
    did, was, now = Did.GONE if stays else Did.REMOVED, " | ".join(old), " | ".join(theirs)
    return Line(did, control.tag, control.heading, name_of_row(theirs), was, theirs=now)


def changed(
    control: Control,
    old: Sequence[Row],
    new: Sequence[Row],
    but: Collection[tuple[int, int]] = (),
) -> Iterator[Line]:
    """Each cell that moved, and each row and column that came or went.

    ``but`` are cells, by row and column, of which nothing is told.
    """

    def line(what: Did, part: str, was: str = "", ours: str = "") -> Line:
        return Line(what, control.tag, control.heading, part, was, ours)

    before, after = old[0], new[0]
    if len(before) == len(after):
        before = after
        pairs = [(0, 0)]
    else:
        pairs = []
        yield from (line(Did.REMOVED, f"column {h}") for h in before if h not in after)
        yield from (line(Did.ADDED, f"column {h}") for h in after if h not in before)
    rows = paired(old, new)
    typed_rows = {r for r, _ in but}
    yield from (
        line(Did.REMOVED, name_of_row(old[r]), " | ".join(old[r]))
        for r in rows.went
        if r not in typed_rows
    )
    yield from (line(Did.ADDED, name_of_row(new[r]), ours=" | ".join(new[r])) for r in rows.came)
    for first, second in [*pairs, *rows.same]:
        said = dict(zip(before, enumerate(old[first]), strict=True))
        for heading, text in zip(after, new[second], strict=True):
            column, was = said.get(heading, (-1, text))
            if was != text and (first, column) not in but:
                yield line(Did.UPDATED, name_of_cell(new[second], heading), was, text)


@dataclass(frozen=True)
class Paired:
    """Rows of two versions: old and new ones that are the same, those that went, those that came.

    ``moved`` are the new places of the rows that stand elsewhere among the others than they did.
    """

    same: tuple[tuple[int, int], ...]
    moved: frozenset[int]
    went: tuple[int, ...]
    came: tuple[int, ...]


def paired(old: Sequence[Row], new: Sequence[Row]) -> Paired:
    """Which rows, headings aside, are the same in two versions of a table."""
    same: list[tuple[int, int]] = []
    went: list[int] = []
    came: list[int] = []
    for kind, a, b, c, d in _aligned(old[1:], new[1:]):
        if kind == "equal":
            same += zip(range(1 + a, 1 + b), range(1 + c, 1 + d), strict=True)
        else:
            went += range(1 + a, 1 + b)
            came += range(1 + c, 1 + d)
    moved = set()
    for r in list(went):
        place = next((n for n in came if name(new[n]) == name(old[r])), None)
        if place is not None:
            same.append((r, place))
            moved.add(place)
            went.remove(r)
            came.remove(place)
    return Paired(tuple(same), frozenset(moved), tuple(went), tuple(came))


def _aligned(old: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[str, int, int, int, int]]:
    """How the rows follow each other, by their names: stretches that stay, and others."""
    first, second = (list(map(name, rows)) for rows in (old, new))
    yield from SequenceMatcher(None, first, second, autojunk=False).get_opcodes()

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
STRUCK = "deleted"
_BASE = re.compile(r" \([^()]*\d[^()]*\)")


def name(row: Row) -> str:
    """What a row is about, as an account says it."""
    return ", ".join(label(row))


def label(row: Row) -> list[str]:
    """What tells a row from others: its first cell, and those after it that are words too.

    A base in brackets belongs to the numbers: "Uphold rate (382 of 601)".
    """
    words = [_BASE.sub("", row[0])]
    for cell in row[1:]:
        if not cell or not cell[0].isalpha():
            break
        words.append(cell)
    return words[: max(1, len(row) - 1)]


def without_figures(row: Row) -> Row:
    """A row's label, its figures blank."""
    words = label(row)
    return (*words, *("" for _ in row[len(words) :]))


def matched(old: Sequence[Row], theirs: Sequence[Row]) -> list[int] | None:
    """Which row of theirs each old one is, by its own label, wherever it was moved to.

    A row whose label somebody typed over is the one at its place. None where that cannot be told,
    or where columns changed places: whatever were written there might be another row's.
    """
    if _have_moved(old[0], theirs[0]):
        return None
    found = {n: n for n, row in enumerate(old) if n == 0 or _is_labelled(theirs[n], row)}
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
    if moved and len({tuple(label(row)) for row in old}) < len(old):
        return None
    for n in [n for n in left if n not in found]:
        if n in free:
            found[n] = n
            free.remove(n)
    if len(found) < len(old):
        return None
    return [found[n] for n in range(len(old))]


def _have_moved(old: Row, theirs: Row) -> bool:
    """Whether a heading stands over another's column."""
    return any(was != now and now in old for was, now in zip(old, theirs, strict=True))


def _is_labelled(theirs: Row, old: Row) -> bool:
    """Whether a row of theirs has an old one's label, whatever was typed after it."""
    words = label(old)
    return [_BASE.sub("", theirs[0]), *theirs[1:]][: len(words)] == words


def renamed(old: Sequence[Row], theirs: Sequence[Row], ours: Sequence[Row]) -> tuple[Row, ...]:
    """The old rows, those under their new label that somebody typed over with one of today's."""
    was, today = ({name(row) for row in rows} for rows in (old, ours))
    return tuple(
        (*now[: len(label(now))], *row[len(label(now)) :])
        if name(row) not in today and name(now) in today - was
        else row
        for row, now in zip(old, theirs, strict=True)
    )


def kept(
    control: Control,
    typed: Collection[tuple[int, int]],
    old: Sequence[Row],
    theirs: Sequence[Row],
    ours: Sequence[Row],
) -> Iterator[Line]:
    """Each cell that was typed over, and what ours says there: a row that went and stays, once.

    So is a row whose cells say nothing any more, as one deleted with changes tracked.
    """

    def line(did: Did, part: str, was: str, wanted: str, said: str) -> Line:
        return Line(did, control.tag, control.heading, part, was, wanted, said)

    follows = {0: 0} | dict(paired(old, ours).same)
    for r in sorted({row for row, _ in typed}):
        row, was = f"row {name(old[r])}", " | ".join(old[r])
        if r not in follows:
            yield line(Did.GONE, row, was, "", " | ".join(theirs[r]) if any(theirs[r]) else STRUCK)
        elif not any(theirs[r]) and any(old[r]):
            yield line(Did.KEPT, row, was, " | ".join(ours[follows[r]]), STRUCK)
        else:
            for column in sorted(column for place, column in typed if place == r):
                said, wanted = theirs[r][column], ours[follows[r]][column]
                part = f"{name(theirs[r])}, {theirs[0][column]}"
                did = Did.UNCHANGED if said == wanted else Did.KEPT
                yield line(did, part, old[r][column], wanted, said)


def changed(
    control: Control,
    did: Did,
    old: Sequence[Row],
    new: Sequence[Row],
    but: Collection[tuple[int, int]] = (),
) -> Iterator[Line]:
    """Each cell that moved, and each row and column that came or went.

    ``but`` are cells, by row and column, of which nothing is told.
    """

    def line(what: Did, part: str, was: str = "", ours: str = "") -> Line:
        return Line(what, control.tag, control.heading, part, was, ours)

    if not old or {len(row) for row in old} != {len(old[0])}:
        yield line(did, "table")
        return
    before, after = old[0], new[0]
    if len(before) == len(after):
        before = after
        pairs = [(0, 0)]
    else:
        pairs = []
        yield from (line(Did.REMOVED, f"column {h}") for h in before if h not in after)
        yield from (line(Did.ADDED, f"column {h}") for h in after if h not in before)
    rows = paired(old, new)
    typed_rows = {row for row, _ in but}
    yield from (
        line(Did.REMOVED, f"row {name(old[r])}", " | ".join(old[r]))
        for r in rows.went
        if r not in typed_rows
    )
    yield from (line(Did.ADDED, f"row {name(new[r])}", ours=" | ".join(new[r])) for r in rows.came)
    for first, second in [*pairs, *rows.same]:
        said = dict(zip(before, enumerate(old[first]), strict=True))
        for heading, cell in zip(after, new[second], strict=True):
            column, was = said.get(heading, (-1, cell))
            if was != cell and (first, column) not in but:
                yield line(did, f"{name(new[second])}, {heading}", was, cell)


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

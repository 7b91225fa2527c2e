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


def name(texts: Row) -> str:
    """What a row is about, as an account says it."""
    return ", ".join(label(texts))


def name_as(theirs: Row, old: Row) -> str:
    """What a row is about, in their words: so many as its label had, whatever was typed after."""
    return ", ".join(_words(theirs)[: len(label(old))])


def names(theirs: Row) -> list[str]:
    """All that ``name_as`` can give for a row."""
    return [", ".join(_words(theirs)[:n]) for n in range(1, len(theirs) + 1)]


def name_of_row(name: str) -> str:
    """A whole row, as an account calls it."""
    return f"row {name}"


def name_of_cell(name: str, heading: str) -> str:
    """A row's cell under a heading, as an account calls it."""
    return f"{name}, {heading}"


def label(texts: Row) -> list[str]:
    """What tells a row from others: its first cell, and those after it that are words too.

    A base in brackets belongs to the numbers: "Uphold rate (382 of 601)".
    """
    words = _words(texts)[:1]
    for text in texts[1:]:
        if not text or not text[0].isalpha():
            break
        words.append(text)
    return words[: max(1, len(texts) - 1)]


def by_name(rows: Sequence[Row]) -> dict[str, str]:
    """What stands in a table's cells after their labels, by the names that an account gives them.

    Of rows of one name the first counts.
    """
    found: dict[str, str] = {}
    for row in filter(None, rows[1:]):
        words = label(row)
        for heading, text in list(zip(rows[0], row, strict=False))[len(words) :]:
            found.setdefault(name_of_cell(", ".join(words), heading), text)
    return found


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
    return _words(theirs)[: len(words)] == words


def _words(texts: Row) -> list[str]:
    """A row's cells as its label can have them: the first without its base."""
    return [*(_BASE.sub("", text) for text in texts[:1]), *texts[1:]]


def renamed(old: Sequence[Row], theirs: Sequence[Row], ours: Sequence[Row]) -> list[Row]:
    """The old rows, those under their new label that somebody typed over with one of today's."""
    was, today = ({name(row) for row in rows} for rows in (old, ours))
    return [
        (*now[: len(label(now))], *row[len(label(now)) :])
        if row and name(row) not in today and name(now) in today - was
        else row
        for row, now in zip(old, theirs, strict=True)
    ]


def is_struck(theirs: Row, old: Row) -> bool:
    """Whether a row's cells say nothing any more, as one deleted with changes tracked."""
    return any(old) and not any(theirs)


def typed_over(
    control: Control,
    did: Did,
    typed: Collection[tuple[int, int]],
    old: Sequence[Row],
    theirs: Sequence[Row],
    ours: Sequence[Row],
) -> Iterator[Line]:
    """Each of the cells that were typed over, and what ours says there; none of rows that went.

    One that says what ours says is unchanged; a row that was struck out is told once.
    """
    now = places(old, ours)
    struck = {r for r, _ in typed if is_struck(theirs[r], old[r])}
    for r in sorted(struck & {row for row, _ in now}):
        part, wanted = name_of_row(name(old[r])), " | ".join(ours[now[r, 0][0]])
        yield Line(did, control.tag, control.heading, part, " | ".join(old[r]), wanted, STRUCK)
    for r, c in sorted(set(typed) & set(now)):
        (row, column), said = now[r, c], theirs[r][c]
        if r not in struck:
            part = name_of_cell(name_as(theirs[r], old[r]), theirs[0][c])
            wanted = ours[row][column]
            what = Did.UNCHANGED if said == wanted else did
            yield Line(what, control.tag, control.heading, part, old[r][c], wanted, said)


def places(old: Sequence[Row], new: Sequence[Row]) -> dict[tuple[int, int], tuple[int, int]]:
    """Where each old cell stands in a new version, by row and column, of those that still do."""
    rows = {0: 0} | dict(paired(old, new).same)
    kept = columns(old[0], new[0])
    return {(r, c): (row, column) for r, row in rows.items() for c, column in kept.items()}


def columns(old: Row, new: Row) -> dict[int, int]:
    """The new column that each old one is: that of its heading, or the one at its place renamed."""
    found = by_heading(old, new)
    if len(old) == len(new):
        found |= {n: n for n, h in enumerate(old) if h not in new and new[n] not in old}
    return found


def by_heading(old: Row, new: Row) -> dict[int, int]:
    """The new column under each old one's heading; by their places where two have the same."""
    if len({*old}) == len(old) and len({*new}) == len(new):
        return {n: new.index(heading) for n, heading in enumerate(old) if heading in new}
    return {n: n for n, (was, now) in enumerate(zip(old, new, strict=False)) if was == now}


def has_columns(old: Row, new: Row) -> bool:
    """Whether the columns of two versions are the same, in their order."""
    return len(old) == len(new) and columns(old, new) == {n: n for n in range(len(old))}


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

    rows, kept = paired(old, new), columns(old[0], new[0])
    is_same = has_columns(old[0], new[0])
    if not is_same:
        yield from (line(Did.REMOVED, f"column {h}") for n, h in enumerate(old[0]) if n not in kept)
        came = (h for n, h in enumerate(new[0]) if n not in kept.values())
        yield from (line(Did.ADDED, f"column {h}") for h in came)
    typed_rows = {r for r, _ in but}
    yield from (
        line(Did.REMOVED, name_of_row(name(old[r])), " | ".join(old[r]))
        for r in rows.went
        if r not in typed_rows
    )
    yield from (
        line(Did.ADDED, name_of_row(name(new[r])), ours=" | ".join(new[r])) for r in rows.came
    )
    for first, second in [*([(0, 0)] if is_same else []), *rows.same]:
        for n, column in sorted(kept.items(), key=lambda pair: pair[1]):
            was, text = old[first][n], new[second][column]
            if was != text and (first, n) not in but:
                part = name_of_cell(name(new[second]), new[0][column])
                yield line(Did.UPDATED, part, was, text)


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

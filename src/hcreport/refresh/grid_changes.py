"""Two versions of a table compared: which rows follow which, and every cell that moved."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from hcreport.refresh.account import Did, Line

if TYPE_CHECKING:
    from hcreport.refresh.marked import Control

Row = tuple[str, ...]
_BASE = re.compile(r" \([^()]*\d[^()]*\)")


def aligned(old: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[str, int, int, int, int]]:
    """How the rows follow each other, by their names: stretches that stay, go and come."""
    first, second = (list(map(name, rows)) for rows in (old, new))
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "replace":
            yield "delete", a, b, c, c
            yield "insert", b, b, c, d
        else:
            yield kind, a, b, c, d


def name(row: Row) -> str:
    """What a row is about: its first cell, and those after it that are words too.

    A base in brackets belongs to the numbers: "Uphold rate (382 of 601)".
    """
    words = [_BASE.sub("", row[0])]
    for cell in row[1:]:
        if not cell or not cell[0].isalpha():
            break
        words.append(cell)
    return ", ".join(words[: max(1, len(row) - 1)])


def kept(
    control: Control,
    typed: Collection[tuple[int, int]],
    old: Sequence[Row],
    theirs: Sequence[Row],
    ours: Sequence[Row],
) -> Iterator[Line]:
    """Each cell that was typed over, and what ours says there: nothing, where its row went."""
    follows = {0: 0}
    for kind, a, b, c, _ in aligned(old[1:], ours[1:]):
        if kind == "equal":
            follows |= {1 + row: 1 + row - a + c for row in range(a, b)}
    for r, column in sorted(typed):
        part, said = f"{name(theirs[r])}, {theirs[0][column]}", theirs[r][column]
        wanted = ours[follows[r]][column] if r in follows else ""
        did = Did.KEPT if r in follows else Did.GONE
        if said != wanted:
            yield Line(did, control.tag, control.heading, part, old[r][column], wanted, said)


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
    stayed, went, came = _paired(old, new)
    typed_rows = {row for row, _ in but}
    yield from (
        line(Did.REMOVED, f"row {name(old[r])}", " | ".join(old[r]))
        for r in went
        if r not in typed_rows
    )
    yield from (line(Did.ADDED, f"row {name(new[r])}", ours=" | ".join(new[r])) for r in came)
    for first, second in [*pairs, *stayed]:
        said = dict(zip(before, enumerate(old[first]), strict=True))
        for heading, cell in zip(after, new[second], strict=True):
            column, was = said.get(heading, (-1, cell))
            if was != cell and (first, column) not in but:
                yield line(did, f"{name(new[second])}, {heading}", was, cell)


def _paired(
    old: Sequence[Row], new: Sequence[Row]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """The rows that stayed, those that only moved among them; those that went, those that came."""
    stayed: list[tuple[int, int]] = []
    went: list[int] = []
    came: list[int] = []
    for kind, a, b, c, d in aligned(old[1:], new[1:]):
        if kind == "equal":
            stayed += zip(range(1 + a, 1 + b), range(1 + c, 1 + d), strict=True)
        else:
            went += range(1 + a, 1 + b)
            came += range(1 + c, 1 + d)
    for r in list(went):
        moved = next((n for n in came if name(new[n]) == name(old[r])), None)
        if moved is not None:
            stayed.append((r, moved))
            went.remove(r)
            came.remove(moved)
    return stayed, went, came

"""Two versions of a table compared: which rows follow which, and every cell that moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    control: Control, old: Sequence[Row], theirs: Sequence[Row], ours: Sequence[Row]
) -> Iterator[Line]:
    """Each cell that differs from ours, where the table has its shape still."""
    if [len(r) for r in theirs] != [len(r) for r in ours] or len(theirs) != len(old):
        what = f"{len(theirs) - 1} rows; ours has {len(ours) - 1}"
        yield Line(Did.KEPT, control.tag, control.heading, "table", theirs=what)
        return
    for was, said, row in zip(old, theirs, ours, strict=True):
        for heading, before, cell, wanted in zip(theirs[0], was, said, row, strict=False):
            if cell != wanted:
                part = f"{name(row)}, {heading}"
                yield Line(Did.KEPT, control.tag, control.heading, part, before, wanted, cell)


def changed(control: Control, did: Did, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Line]:
    """Each cell that moved, and each row and column that came or went."""

    def line(what: Did, part: str, was: str = "", ours: str = "") -> Line:
        return Line(what, control.tag, control.heading, part, was, ours)

    before, after = old[0], new[0]
    if len(before) == len(after):
        pairs, before = [(before, after)], after
    else:
        pairs = []
        yield from (line(Did.REMOVED, f"column {h}") for h in before if h not in after)
        yield from (line(Did.ADDED, f"column {h}") for h in after if h not in before)
    for kind, a, b, c, d in aligned(old[1:], new[1:]):
        if kind == "equal":
            pairs += zip(old[1 + a : 1 + b], new[1 + c : 1 + d], strict=True)
            continue
        for row in old[1 + a : 1 + b]:
            yield line(Did.REMOVED, f"row {name(row)}", " | ".join(row))
        for row in new[1 + c : 1 + d]:
            yield line(Did.ADDED, f"row {name(row)}", ours=" | ".join(row))
    for first, second in pairs:
        said = dict(zip(before, first, strict=True))
        for heading, cell in zip(after, second, strict=True):
            if said.get(heading, cell) != cell:
                yield line(did, f"{name(second)}, {heading}", said[heading], cell)

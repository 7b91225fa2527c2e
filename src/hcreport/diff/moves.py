"""Which records moved a figure: each figure's rows in both builds, by its own declaration there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hcreport.diff.matching import Values, differing
from hcreport.figures.behind import Part, behind
from hcreport.report.naming import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hcreport.diff.folder import Build, Row
    from hcreport.diff.matching import Aligned
    from hcreport.figures.behind import Rows
    from hcreport.figures.ledger import Entry

_Parts = dict[Part, "Rows"]


@dataclass(frozen=True)
class Move:
    """A record that came into a figure, left it, or changed within it.

    ``before`` and ``after`` are the parts it played and plays; ``values`` what it said before and
    says now in the columns whose values enter the figure, such as an award's amount.
    """

    table: str
    row: Row
    before: tuple[Part, ...]
    after: tuple[Part, ...]
    values: Values

    @property
    def name(self) -> str:
        """What the record is called."""
        return named(self.table, self.row)


def moves(
    builds: tuple[Build, Build],
    aligned: Mapping[str, Aligned],
    entries: tuple[Entry | None, Entry | None],
) -> Iterator[Move]:
    """The records that moved a figure between two builds, given its entry in each."""
    before, after = (_behind(b, entry) for b, entry in zip(builds, entries, strict=True))
    for table in dict.fromkeys([*before, *after]):
        yield from _moves(aligned[table], before.get(table, {}), after.get(table, {}))


def _behind(build: Build, entry: Entry | None) -> dict[str, _Parts]:
    """The rows behind an entry, by table and part; none behind what is not there."""
    found: dict[str, _Parts] = {}
    if entry is not None:
        for rows in behind(build.evaluator(entry.id), entry.figure.measure, entry.group):
            found.setdefault(rows.table, {})[rows.part] = rows
    return found


def _moves(aligned: Aligned, before: _Parts, after: _Parts) -> Iterator[Move]:
    """The records of one table that moved."""
    masks = {
        part: aligned.masks(
            before[part].mask if part in before else None,
            after[part].mask if part in after else None,
        )
        for part in Part
        if part in before or part in after
    }
    moved, inside = (np.zeros(len(aligned.pairs), dtype=bool) for _ in range(2))
    for before_mask, after_mask in masks.values():
        moved |= before_mask != after_mask
        inside |= before_mask & after_mask
    valued = {name for rows in (*before.values(), *after.values()) for name in rows.columns}
    for n in np.flatnonzero(moved | (inside & aligned.altered)).tolist():
        old, new = aligned.rows(n)
        values = differing(old, new, sorted(valued)) if old and new else {}
        if moved[n] or values:
            was, now = (tuple(p for p in masks if masks[p][side][n]) for side in (0, 1))
            yield Move(aligned.table, new or old or {}, was, now, values)

"""A table of the shape that was last written, compared cell by cell and brought up to date so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from hcreport.refresh import grid_changes as told
from hcreport.refresh import hung
from hcreport.refresh.account import Did, Line
from hcreport.refresh.grid_rows import say, update
from hcreport.refresh.marked import is_tracked
from hcreport.report.word.imprint import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hcreport.refresh.grid_rows import Row
    from hcreport.refresh.marked import Control
    from hcreport.refresh.taking import Take

Texts = tuple[str, ...]


def compare(
    control: Control,
    before: Sequence[Texts],
    rows: Sequence[Row],
    wanted: Sequence[Texts],
    take: Take,
) -> Compared:
    """A table's rows held against what was last written in each, and against ours.

    Blank is what is remembered of a row that stayed after its data. One that the data gives again
    is ours again; of what was written in it, its label is known.
    """
    known = told.renamed(before, [row.texts for row in rows], wanted)
    pairs = [
        (was or told.given_again(row.texts, before, wanted), row)
        for was, row in zip(known, rows, strict=True)
    ]
    ours, stale = [pair for pair in pairs if pair[0]], [row for was, row in pairs if not was]
    return Compared(
        control, [was for was, _ in ours], [row for _, row in ours], stale, wanted, take
    )


@dataclass(frozen=True)
class Compared:
    """A table that is compared cell by cell.

    ``before`` is what was last written in its ``rows``, ``wanted`` what ours says. ``stale`` are
    rows that the data gives no more and that stayed, for somebody had typed in them.
    """

    control: Control
    before: Sequence[Texts]
    rows: Sequence[Row]
    stale: Sequence[Row]
    wanted: Sequence[Texts]
    take: Take

    @cached_property
    def theirs(self) -> list[Texts]:
        """What its rows say."""
        return [row.texts for row in self.rows]

    @property
    def headings(self) -> Texts:
        """What was last written over its columns."""
        return self.before[0]

    @cached_property
    def went(self) -> tuple[int, ...]:
        """The rows that the data gives no more."""
        return told.paired(self.before, self.wanted).went

    @cached_property
    def typed(self) -> set[tuple[int, int]]:
        """The cells that somebody typed over, and the first of each row that went commented on."""
        return self._typed | self._commented

    @cached_property
    def _typed(self) -> set[tuple[int, int]]:
        """The cells, by row and column, that somebody typed over, also with changes tracked."""
        return {
            (r, c)
            for r, (row, before) in enumerate(zip(self.rows, self.before, strict=True))
            for c, (cell, was) in enumerate(zip(row.cells, before, strict=True))
            if self.theirs[r][c] != was or is_tracked(cell)
        }

    @cached_property
    def _commented(self) -> set[tuple[int, int]]:
        """The first cells of rows that went and hold a comment, which must not go with them."""
        return {(r, 0) for r in self.went if hung.is_commented(self.rows[r].element)}

    @cached_property
    def left(self) -> set[tuple[int, int]]:
        """Those of them that are not taken, or cannot be."""
        return {(r, c) for r, c in self.typed if not self._takes(r, c)} | self._commented

    def _takes(self, r: int, c: int) -> bool:
        name, heading = told.name_as(self.theirs[r], self.before[r]), self.theirs[0][c]
        is_struck = told.is_struck(self.theirs[r], self.before[r])
        if is_struck:
            name = told.name(self.before[r])
        is_whole = is_struck or r in self.went
        part = told.name_of_row(name) if is_whole else told.name_of_cell(name, heading)
        return self.take.takes(self.control.tag, part)

    @cached_property
    def given_up(self) -> list[Row]:
        """The rows left after their data that are taken, and so go."""
        return [
            row
            for row in self.stale
            if self.take.takes(self.control.tag, self._name(row))
            and not hung.is_commented(row.element)
        ]

    def _name(self, row: Row) -> str:
        """What an account calls a row that stayed: by a label as long as those of others."""
        like = self.before[1] if len(self.before) > 1 else row.texts
        return told.name_of_row(told.name_as(row.texts, like))

    def lines(self) -> list[Line]:
        """All that becomes of it."""
        versions = (self.before, self.theirs, self.wanted)
        return [
            *told.typed_over(self.control, Did.KEPT, self.left, *versions),
            *told.typed_over(self.control, Did.TAKEN, self.typed - self.left, *versions),
            *self._stale_lines(),
            *told.changed(self.control, self.before, self.wanted, self.typed),
        ]

    def _stale_lines(self) -> Iterator[Line]:
        """The rows that somebody typed in and the data gives no more."""
        typed, left = ({row for row, _ in found} for found in (self.typed, self.left))
        for r in self.went:
            if r in typed:
                is_struck = told.is_struck(self.theirs[r], self.before[r])
                name = told.name if is_struck else partial(told.name_as, self.theirs[r])
                part = told.name_of_row(name(self.before[r]))
                yield self._gone(part, self.before[r], self.theirs[r], stays=r in left)
        for row in self.stale:
            yield self._gone(self._name(row), (), row.texts, stays=row not in self.given_up)

    def _gone(self, part: str, old: Texts, theirs: Texts, *, stays: bool) -> Line:
        """A row that somebody typed in and the data drops: it stays, or goes where taken."""
        did, was = Did.GONE if stays else Did.REMOVED, " | ".join(old)
        now = " | ".join(theirs) if any(theirs) else told.STRUCK
        return Line(did, self.control.tag, self.control.heading, part, was, theirs=now)

    def write(self) -> None:
        """Write all that is ours, and take out what is taken of what the data gives no more."""
        for row in self.given_up:
            hung.take_out(row.element)
        places = [row.place for row in self.rows]
        in_order = places == sorted(places)
        update(self.rows, self.before, self.wanted, self.left, in_order=in_order)

    def remembered(self, now: Sequence[Row]) -> Grid:
        """Our rows as all follow each other ``now``; of one that stays after its data, a blank.

        What it says is not remembered, for a build would not print it.
        """
        stay = [*self.stale, *(self.rows[r] for r in self.went)]
        ours = iter(self.wanted)
        return Grid(tuple(() if row in stay else next(ours) for row in now))

    @property
    def has_place(self) -> bool:
        """Whether all that was typed over and is not taken stands somewhere in ours."""
        stays = self._has_stale or any(r in self.went for r, _ in self.left)
        return not (stays or self.is_homeless)

    @property
    def _has_stale(self) -> bool:
        """Whether a row stays that stayed after its data before."""
        return len(self.given_up) < len(self.stale)

    @property
    def is_only_commented(self) -> bool:
        """Whether comments alone keep what has no place any more, and nothing was typed there."""
        typed = any(cell[0] in self.went for cell in self.left & self._typed)
        return not (typed or self._has_stale or self.is_homeless)

    @property
    def is_homeless(self) -> bool:
        """Whether something typed over has no column of its heading any more.

        One that was renamed may be another's.
        """
        same = told.by_heading(self.before[0], self.wanted[0])
        return any(c not in same for r, c in self.left if r not in self.went)

    def write_into(self, rows: Sequence[Row]) -> None:
        """Write what was typed over into rows that were made anew."""
        now = told.places(self.before, self.wanted)
        for cell in self.left:
            (r, c), (row, column) = cell, now[cell]
            say(rows[row].cells[column], self.theirs[r][c])

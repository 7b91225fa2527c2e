"""Which rows of a sheet hold a record: not those a profile leaves out, nor a stage not reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hcreport.intake.values import Cell, folded, is_blank, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from hcreport.intake.columns import Column
    from hcreport.intake.profile import Source

Row = tuple[int, Sequence[Cell]]
# Why a row is no record: one of its words is among those of the profile's leave_out.
LEFT_OUT = "named in leave_out"


def kept(
    rows: Iterable[Row],
    source: Source,
    stage: str | None,
    columns: Sequence[Column],
    passed_over: dict[int, str],
) -> Iterator[Row]:
    """The rows that hold a record of this stage.

    To ``passed_over`` are added the numbers of those that the profile says are no records, and why.
    """
    positions = {column.spec.name: column.position for column in columns}
    of_stage = _words_for_nothing(source, stage, positions)
    left_out = {
        positions[name]: frozenset(map(folded, words))
        for name, words in source.leave_out.items()
        if name in positions
    }
    only = source.only_with or ""
    nothing = frozenset(map(folded, source.blank_words(only)))
    if not (of_stage or left_out or only):
        yield from rows
        return
    for number, row in rows:
        if left_out and any(_word(row[at]) in words for at, words in left_out.items()):
            passed_over[number] = LEFT_OUT
        elif only in positions and _is_nothing(row[positions[only]], nothing):
            passed_over[number] = f"no {only.replace('_', ' ')}"
        elif not of_stage or _says_any(row, of_stage):
            yield number, row


def _words_for_nothing(
    source: Source, stage: str | None, positions: Mapping[str, int]
) -> Mapping[int, Collection[str]]:
    """Where a wide row would say something of this stage; by place, the words for nothing."""
    own = getattr(source, stage or "", {}) if source.shape == "wide" else {}
    return {
        positions[name]: frozenset(map(folded, source.blank_words(name)))
        for name in own
        if name in positions
    }


def _says_any(row: Sequence[Cell], columns: Mapping[int, Collection[str]]) -> bool:
    """Whether a row says something in one of these columns; each has its words for nothing."""
    for at, words in columns.items():
        cell = row[at]
        # Most cells of a stage not reached are plainly blank: no function need be asked.
        if cell is not None and cell != "" and not _is_nothing(cell, words):
            return True
    return False


def _is_nothing(cell: Cell, words: Collection[str]) -> bool:
    """Whether a cell says nothing, or one of the words (folded) that mean it."""
    return is_blank(cell) or (bool(words) and _word(cell) in words)


def _word(cell: Cell) -> str:
    """A cell as a profile's list of words is compared with it; nothing where it is blank."""
    return folded(text_of(cell) or "")

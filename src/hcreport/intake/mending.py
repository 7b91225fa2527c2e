"""A sheet's rows with the analyst's corrections in them, before any cell is read.

So a correction can mend what could not be read, and can make or unmake a record: an amount where
there was none, a date of a stage that the export says was never reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hcreport.intake.values import Cell, Fault, is_blank
from hcreport.intake.words import reader
from hcreport.problems import Place

if TYPE_CHECKING:
    from hcreport.intake.columns import Column
    from hcreport.intake.corrections import Correction, Corrections
    from hcreport.intake.profile import Source
    from hcreport.intake.reading import Sheet

Row = tuple[int, Sequence[Cell]]
# What tells a row from others, by the fields that say it; they stand first in every table.
IDENTITY = ("reference", "case", "parent", "stage")


@dataclass(frozen=True)
class Mended:
    """The rows of a sheet as corrected, and the cells that were: row number and column."""

    rows: Sequence[Row]
    cells: frozenset[tuple[int, int]] = frozenset()


def mended(
    sheet: Sheet,
    source: Source,
    stage: str | None,
    matched: Sequence[Column],
    corrections: Corrections,
) -> Mended:
    """The rows with every correction that fits one; ``corrections`` keeps what became of each."""
    if not any(corrections.of(sheet.file, column.spec.name) for column in matched):
        return Mended(sheet.rows)
    own = getattr(source, stage or "", {}) if source.shape == "wide" else {}
    rows = [(number, list(row)) for number, row in sheet.rows]
    named = _Named(rows, source, stage, matched)
    of_stage = [column.position for column in matched if column.spec.name in own]
    cells: set[tuple[int, int]] = set()
    for column in matched:
        read = reader(column.spec, source)
        # In a wide row the cells of the case are those of both its stages.
        is_shared = source.shape == "wide" and column.spec.name not in own
        for line in corrections.of(sheet.file, column.spec.name):
            for at in named.rows_of(line, is_shared=is_shared):
                number, row = rows[at]
                if not (is_shared or line.stage) and _is_unreached(row, of_stage):
                    continue
                place = Place(sheet.file, sheet.name, number, column.heading)
                cell = row[column.position]
                row[column.position] = corrections.corrected(line, cell, place, column.spec, read)
                cells.add((number, column.position))
        if column.spec.name in IDENTITY:
            named = _Named(rows, source, stage, matched)
    return Mended(rows, frozenset(cells))


def _is_unreached(row: Sequence[Cell], of_stage: Sequence[int]) -> bool:
    """Whether a wide row says nothing of a stage; a line has to name the stage to speak of it."""
    return bool(of_stage) and all(is_blank(row[at]) for at in of_stage)


class _Named:
    """The rows of a sheet by what a correction calls them: their numbers, references, stages."""

    def __init__(
        self, rows: Sequence[Row], source: Source, stage: str | None, matched: Sequence[Column]
    ) -> None:
        self._source, self._stage = source, stage
        self._numbers = {number: at for at, (number, _) in enumerate(rows)}
        self._columns = {
            column.spec.name: (column.position, reader(column.spec, source))
            for column in matched
            if column.spec.name in IDENTITY
        }
        said = [self._said(row) for _, row in rows]
        self._stages = list(map(self._stage_of, said))
        self._references = [says.get("reference", says.get("case")) for says in said]
        self._by_reference: dict[Any, list[int]] = {}
        for at, reference in enumerate(self._references):
            self._by_reference.setdefault(reference, []).append(at)

    def rows_of(self, line: Correction, *, is_shared: bool) -> Iterator[int]:
        """The rows, by their index, that a line is about; ``is_shared``: whatever its stage."""
        if line.row:
            found = [self._numbers[line.row]] if line.row in self._numbers else []
        else:
            found = self._by_reference.get(line.reference, [])
        for at in found:
            if line.reference in {"", self._references[at]} and (
                is_shared or line.stage in {"", self._stages[at]}
            ):
                yield at

    def _said(self, row: Sequence[Cell]) -> dict[str, Any]:
        """The fields that tell a row from others, as far as they can be read."""
        said: dict[str, Any] = {}
        for position, read in self._columns.values():
            try:
                name, value = read(row[position])
            except Fault:
                continue
            if value is not None:
                said[name] = value
        return said

    def _stage_of(self, said: Mapping[str, Any]) -> str | None:
        """The stage a row will be given: its own, its source's, or the one its parent tells."""
        stage: str | None = said.get("stage", self._stage)
        if stage is None and said.get("kind") == "service_request":
            return "stage1"
        if stage is None and "parent" in self._columns:
            return "stage2" if "parent" in said else "stage1"
        return stage

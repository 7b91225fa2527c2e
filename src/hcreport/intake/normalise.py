"""Sheets to records: columns by heading, cells by kind, values by list, a place on each record.

Work goes column by column, and a cell's reading is remembered, since exports repeat themselves:
a year of complaints holds some two hundred different dates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from hcreport.intake import columns, mending, rules
from hcreport.intake.corrections import Corrections
from hcreport.intake.kept import kept
from hcreport.intake.values import Cell, Fault, tidy
from hcreport.intake.words import Reader, Reading, reader
from hcreport.problems import Place, Problem
from hcreport.records import FieldKind, Record, of_columns, specs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from hcreport.intake.columns import Column
    from hcreport.intake.profile import Source
    from hcreport.intake.reading import Sheet

# A cell's reading, or what is the matter with it.
Result = Reading | Fault
# Fewer dates than these, typed and written together, can look swapped by chance.
TELLING_DATES = 4
# A cell of a column that holds something else, such as a letter, is not printed whole.
LONGEST_SHOWN = 100
# Every month has a day of this number and any below; above it, day and month cannot be confused.
LAST_MONTH = 12


@dataclass(frozen=True)
class Detail:
    """A row of a child table: what it adds to a complaint that another source lists."""

    place: Place
    reference: str
    stage: str | None
    values: Mapping[str, Any]


_NUMBERS = frozenset({bool, int, float})


@dataclass
class Normalised:
    """What one sheet gave: its records or details, its problems, and the fields it has columns for.

    ``passed_over`` holds the numbers of rows that the profile says are no records, with why.
    """

    records: list[Record] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    mapped: set[str] = field(default_factory=set)
    passed_over: dict[int, str] = field(default_factory=dict)


def normalise(sheet: Sheet, source: Source, corrections: Corrections | None = None) -> Normalised:
    """The records of one sheet. In a wide one, a row holds a record for each stage it reached."""
    found = Normalised()
    lines = corrections or Corrections()
    was_read = True
    for stage, headings in source.stages():
        matched, unmatched = columns.match(sheet, source, headings)
        missing, unnamed = columns.lacking(sheet, source, matched)
        found.problems += [*unmatched, *unnamed]
        found.mapped |= set(columns.mapped(source, stage, matched))
        was_read &= not missing
        if not missing:
            _Rows(sheet, source, stage, matched, lines, found).read()
    found.problems = list(dict.fromkeys(found.problems))
    used = {record.place.row for record in found.records}
    used |= {detail.place.row for detail in found.details}
    found.passed_over = {n: why for n, why in found.passed_over.items() if n not in used}
    if was_read and source.table == "complaints" and source.shape == "wide":
        found.problems += _stageless(sheet, found, used)
    return found


def _stageless(sheet: Sheet, found: Normalised, used: Collection[int]) -> Iterator[Problem]:
    """A wide row of a complaint that says nothing at any stage would otherwise go unnoticed."""
    told = {*used, *found.passed_over, *(problem.place.row for problem in found.problems)}
    for number, _ in sheet.rows:
        if number not in told:
            place = Place(sheet.file, sheet.name, number)
            yield Problem(rules.NO_VALUE, place, "the row says nothing about any stage")


class _Rows:
    """Reads the rows of one sheet as records of one stage."""

    def __init__(
        self,
        sheet: Sheet,
        source: Source,
        stage: str | None,
        matched: Sequence[Column],
        corrections: Corrections,
        found: Normalised,
    ) -> None:
        self._sheet, self._source, self._stage, self._found = sheet, source, stage, found
        self._columns = matched
        self._mended = mending.mended(sheet, source, stage, matched, corrections)
        self._headings = {column.spec.name: column.heading for column in matched}
        self._blamed: set[Place] = set()
        kept_rows = kept(self._mended.rows, source, stage, matched, found.passed_over)
        self._rows = list(kept_rows)
        is_whole = not self._mended.cells and len(self._rows) == len(sheet.rows)
        rows = (row for _, row in self._rows)
        self._by_column = sheet.columns if is_whole else tuple(zip(*rows, strict=True))
        self._numbers = [number for number, _ in self._rows]
        self._places = [Place(sheet.file, sheet.name, number) for number in self._numbers]

    def read(self) -> None:
        """Add every record that can be made, and a problem for each that cannot."""
        table = self._source.table
        values: dict[str, list[Any]] = {
            spec.name: [None] * len(self._rows) for spec in specs(table)
        }
        if "stage" in values:
            values["stage"] = [self._stage] * len(self._rows)
        for column in self._columns:
            self._read_column(column, values)
        if table == "complaints" and self._source.shape != "child":
            _settle_stages(values, by_parent="parent" in self._headings)
        needed = zip(*(values[name] for name in self._source.required), strict=True)
        whole = [n for n, row in enumerate(needed) if None not in row or self._is_whole(n, values)]
        columns: dict[str, Sequence[Any]] = {"place": self._places, **values}
        if len(whole) < len(self._rows):
            columns = {name: [held[n] for n in whole] for name, held in columns.items()}
        if self._source.shape == "child":
            rows = zip(*columns.values(), strict=True)
            self._found.details += [_detail(dict(zip(columns, row, strict=True))) for row in rows]
        else:
            self._found.records += of_columns(table, columns)

    def _is_whole(self, at: int, values: Mapping[str, Sequence[Any]]) -> bool:
        """Whether a row has what it needs; a cell that could not be read was reported already."""
        missing = [name for name in self._source.required if values[name][at] is None]
        for name in missing:
            heading = self._headings.get(name, "")
            place = self._places[at].at(heading)
            if place not in self._blamed:
                message = f"the row is blank there, and needs its {name.replace('_', ' ')}"
                self._found.problems.append(Problem(rules.NO_VALUE, place, message))
        return not missing

    def _read_column(self, column: Column, values: dict[str, list[Any]]) -> None:
        """Read a column's cells into its field, or into the one that its value list names."""
        read = reader(column.spec, self._source)
        cells = self._by_column[column.position] if self._rows else ()
        keys: Sequence[Any] = cells
        if len(_NUMBERS.intersection(map(type, cells))) > 1:
            keys = list(zip(map(type, cells), cells, strict=True))  # True equals 1, and 1.0
            different = dict(zip(keys, cells, strict=True))
        else:
            different = {cell: cell for cell in dict.fromkeys(cells)}
        seen = {key: _attempt(read, cell) for key, cell in different.items()}
        field = _only_field(seen.values())
        if field is not None and values[field].count(None) == len(cells):
            # Nearly every column: each cell was read, and nothing else has filled the field.
            said = {key: result[1] for key, result in seen.items() if not isinstance(result, Fault)}
            values[field] = list(map(said.__getitem__, keys))
        else:
            self._fill(column, cells, [seen[key] for key in keys], values)
        if column.spec.kind is FieldKind.DATE:
            own = self._unmended(column, keys)
            if _look_swapped((different[key], seen[key]) for key in dict.fromkeys(own)):
                place = Place(self._sheet.file, self._sheet.name, heading=column.heading)
                message = "true dates lie only on days up to the 12th, written ones only after it"
                self._found.problems.append(Problem(rules.SWAPPED, place, message))

    def _unmended(self, column: Column, keys: Sequence[Any]) -> Sequence[Any]:
        """A column's cells less those that were corrected, which tell nothing of the export."""
        mended = self._mended.cells
        if not mended:
            return keys
        told = zip(self._numbers, keys, strict=True)
        return [key for number, key in told if (number, column.position) not in mended]

    def _fill(
        self,
        column: Column,
        cells: Sequence[Cell],
        results: Sequence[Result],
        values: dict[str, list[Any]],
    ) -> None:
        """Put what a column's cells say into the fields they fill, and blame those that cannot."""
        for at, result in enumerate(results):
            if isinstance(result, Fault):
                self._blame(result, self._places[at].at(column.heading), cells[at])
            elif result[1] is not None:
                held = values[result[0]]
                if held[at] is not None and held[at] != result[1]:
                    self._blame_both(self._places[at].at(column.heading), held[at], result[1])
                held[at] = result[1]

    def _blame_both(self, place: Place, held: Any, value: Any) -> None:
        """Two columns may aim at one field, but not say different things."""
        message = f"another column says {held}"
        self._found.problems.append(Problem(rules.TWO_VALUES, place, message, str(value)))

    def _blame(self, fault: Fault, place: Place, cell: Cell) -> None:
        if fault.rule is not rules.PLACEHOLDER:
            self._blamed.add(place)
        shown = tidy(str(cell))
        if len(shown) > LONGEST_SHOWN:
            shown = f"{shown[:LONGEST_SHOWN]}…"
        self._found.problems.append(Problem(fault.rule, place, fault.message, shown))


def _only_field(results: Iterable[Result]) -> str | None:
    """The field that all these readings fill; None where they fill several, or one is a fault."""
    fields = {None if isinstance(result, Fault) else result[0] for result in results}
    return fields.pop() if len(fields) == 1 else None


def _attempt(read: Reader, cell: Cell) -> Result:
    """A cell's reading, or what is the matter with it."""
    try:
        return read(cell)
    except Fault as fault:
        return fault


def _settle_stages(values: dict[str, list[Any]], *, by_parent: bool) -> None:
    """Give a stage to the complaints whose row needs none to say it.

    A service request comes before stage 1 and is counted apart, so it has no stage of its own.
    Where stage 2 is a case of its own, its parent tells it from stage 1.
    """
    for at, stage in enumerate(values["stage"]):
        if stage is None and values["kind"][at] == "service_request":
            values["stage"][at] = "stage1"
        elif stage is None and by_parent:
            values["stage"][at] = "stage1" if values["parent"][at] is None else "stage2"


def _detail(values: dict[str, Any]) -> Detail:
    key = {name: values.pop(name) for name in ("place", "reference", "stage")}
    return Detail(**key, values={name: v for name, v in values.items() if v is not None})


def _look_swapped(met: Iterable[tuple[Cell, Result]]) -> bool:
    """Whether somebody opened the file under American settings, and saved it.

    Then 3/4/2024 has become a true date, the 4th of March, and 13/4/2024 is text still: no true
    date lies after the 12th and no written one before the 13th. ``met`` are the different cells.
    """
    typed, written = [], []
    for cell, result in met:
        if isinstance(cell, date):
            typed.append(cell)
        elif isinstance(cell, str) and not isinstance(result, Fault) and result[1] is not None:
            written.append(result[1])
    return (
        bool(typed and written)
        and len(typed) + len(written) >= TELLING_DATES
        and all(day.day <= LAST_MONTH for day in typed)
        and all(day.day > LAST_MONTH for day in written)
    )

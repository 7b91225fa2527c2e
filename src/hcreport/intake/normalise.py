"""Sheets to records: columns by heading, cells by kind, values by list, a place on each record.

Work goes column by column, and a cell's reading is remembered, since exports repeat themselves:
a year of complaints holds some two hundred different dates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hcreport.intake import rules
from hcreport.intake.profile import Headings, Source, aim, spellings
from hcreport.intake.values import (
    Broken,
    Cell,
    Fault,
    date_of,
    folded,
    is_blank,
    number_of,
    pence_of,
    reference_of,
    text_of,
    tidy,
)
from hcreport.problems import Place, Problem, did_you_mean
from hcreport.records import (
    NOT_RECORDED,
    REQUIRED,
    STAGES,
    TABLES,
    FieldKind,
    FieldSpec,
    Record,
    specs,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from hcreport.intake.reading import Sheet


_NUMBERS = frozenset({bool, int, float})


@dataclass
class Normalised:
    """What one sheet gave: its records, its problems, and the fields it has columns for."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    mapped: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Column:
    """A field matched to a column of the sheet."""

    spec: FieldSpec
    heading: str
    position: int


def normalise(sheet: Sheet, source: Source) -> Normalised:
    """The records of one sheet. In a wide one, a row holds a record for each stage it reached."""
    found = Normalised()
    for stage, headings in source.stages():
        columns = _matched(sheet, source, headings, found)
        found.mapped |= set(_mapped(source, stage, columns))
        if not _lacks_what_it_needs(sheet, source, stage, columns, found):
            _Reader(sheet, source, stage, columns, found).read()
    found.problems = list(dict.fromkeys(found.problems))
    return found


def _mapped(source: Source, stage: str | None, columns: Sequence[_Column]) -> Iterator[str]:
    """The fields these columns can fill, as ``complaints.outcome``, and at which stage."""
    names = {column.spec.name for column in columns}
    for name in tuple(names):
        names |= {aim(name, meaning)[0] for meaning in source.values.get(name, ())}
    stages = (stage,) if stage else tuple(STAGES)
    for name in names | ({"stage"} if source.table == "complaints" else set()):
        yield f"{source.table}.{name}"
        yield from (f"{source.table}.{name}@{at}" for at in stages)


def _lacks_what_it_needs(
    sheet: Sheet,
    source: Source,
    stage: str | None,
    columns: Sequence[_Column],
    found: Normalised,
) -> bool:
    """Whether a field that every row needs has no column; said once, and not for every row."""
    there = {column.spec.name for column in columns} | ({"stage"} if stage else set())
    lacking = [name for name in REQUIRED[source.table] if name not in there]
    named = {name for _, headings in source.stages() for name in headings}
    for name in lacking:
        if name not in named:
            message = f"{source.table} need a heading for {name}"
            found.problems.append(Problem(rules.NOT_NAMED, Place(sheet.file, sheet.name), message))
    return bool(lacking)


def _matched(
    sheet: Sheet, source: Source, headings: Mapping[str, Headings], found: Normalised
) -> list[_Column]:
    """The columns that the profile's headings name. Headings match exactly, once folded."""
    place = Place(sheet.file, sheet.name)
    positions: dict[str, list[int]] = {}
    for position, heading in enumerate(sheet.headings):
        positions.setdefault(folded(heading), []).append(position)
    columns = []
    wanted = {name: names for name, given in headings.items() if (names := spellings(given))}
    # If no heading is there, the first row is not one of headings, and could name a person.
    is_headed = any(folded(name) in positions for names in wanted.values() for name in names)
    for spec in specs(source.table):
        if spec.name not in wanted:
            continue
        names = wanted[spec.name]
        hits = next((positions[folded(n)] for n in names if folded(n) in positions), [])
        if not hits:
            near = did_you_mean(names[0], filter(None, sheet.headings)) if is_headed else ""
            message = f"there is no heading {names[0]!r} for {spec.label.lower()}. {near}"
            found.problems.append(Problem(rules.NO_HEADING, place, message.strip()))
        elif len(hits) > 1:
            message = f"the heading {sheet.headings[hits[0]]!r} stands there {len(hits)} times"
            found.problems.append(Problem(rules.TWICE_HEADED, place, message))
        else:
            columns.append(_Column(spec, sheet.headings[hits[0]], hits[0]))
    return columns


class _Reader:
    """Reads the rows of one sheet as records of one stage."""

    def __init__(
        self,
        sheet: Sheet,
        source: Source,
        stage: str | None,
        columns: Sequence[_Column],
        found: Normalised,
    ) -> None:
        self._sheet, self._source, self._stage, self._found = sheet, source, stage, found
        self._columns = columns
        self._headings = {column.spec.name: column.heading for column in columns}
        self._blamed: set[Place] = set()
        self._rows = self._there()
        self._by_column = list(zip(*(row for _, row in self._rows), strict=True))
        self._places = [Place(sheet.file, sheet.name, number) for number, _ in self._rows]

    def _there(self) -> Sequence[tuple[int, Sequence[Cell]]]:
        """The rows that reached this stage: in a wide sheet, those that say anything about it."""
        if self._source.shape != "wide":
            return self._sheet.rows
        own = getattr(self._source, self._stage or "")
        positions = [c.position for c in self._columns if c.spec.name in own]
        return [
            (number, row)
            for number, row in self._sheet.rows
            if any(not is_blank(row[position]) for position in positions)
        ]

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
        record = TABLES[table]
        needed = list(zip(*(values[name] for name in REQUIRED[table]), strict=True))
        for at, row in enumerate(zip(self._places, *values.values(), strict=True)):
            if None not in needed[at] or self._is_whole(at, values):
                self._found.records.append(record(*row))

    def _is_whole(self, at: int, values: Mapping[str, Sequence[Any]]) -> bool:
        """Whether a row has what it needs; a cell that could not be read was reported already."""
        missing = [name for name in REQUIRED[self._source.table] if values[name][at] is None]
        for name in missing:
            heading = self._headings.get(name, "")
            place = self._places[at].at(heading)
            if place not in self._blamed:
                message = f"the row is blank there, and needs its {name.replace('_', ' ')}"
                self._found.problems.append(Problem(rules.NO_VALUE, place, message))
        return not missing

    def _read_column(self, column: _Column, values: dict[str, list[Any]]) -> None:
        """Read a column's cells into its field, or into the one that its value list names."""
        read = self._reading(column)
        cells = self._by_column[column.position] if self._rows else ()
        keys: Sequence[Any] = cells
        if len(_NUMBERS.intersection(map(type, cells))) > 1:
            keys = list(zip(map(type, cells), cells, strict=True))  # True equals 1, and 1.0
        different = dict(zip(keys, cells, strict=True))
        seen = {key: _attempt(read, cell) for key, cell in different.items()}
        field = _only_field(seen.values())
        if field is not None and values[field].count(None) == len(cells):
            # Nearly every column: each cell was read, and nothing else has filled the field.
            plain = {key: r[1] for key, r in seen.items() if not isinstance(r, Fault)}
            values[field] = [plain[key] for key in keys]
            return
        for at, result in enumerate([seen[key] for key in keys]):
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
        self._blamed.add(place)
        shown = tidy(str(cell))
        self._found.problems.append(Problem(fault.rule, place, fault.message, shown))

    def _reading(self, column: _Column) -> Callable[[Cell], tuple[str, Any]]:
        """How this column's cells are read: a function to (field, value)."""
        name, kind = column.spec.name, column.spec.kind
        plain: dict[FieldKind, Callable[[Cell], Any]] = {
            FieldKind.REFERENCE: reference_of,
            FieldKind.TEXT: text_of,
            FieldKind.DATE: lambda cell: date_of(cell, self._source.dates),
            FieldKind.MONEY: pence_of,
            FieldKind.NUMBER: number_of,
        }
        if kind in plain:
            return lambda cell: (name, plain[kind](cell))
        if kind is FieldKind.CODE or name in self._source.values:
            return _by_list(column.spec, self._source.values.get(name, {}))
        return lambda cell: (name, _said(cell))


def _only_field(results: Iterable[tuple[str, Any] | Fault]) -> str | None:
    """The field that all these readings fill; None where they fill several, or one is a fault."""
    fields = {None if isinstance(result, Fault) else result[0] for result in results}
    return fields.pop() if len(fields) == 1 else None


def _attempt(read: Callable[[Cell], tuple[str, Any]], cell: Cell) -> tuple[str, Any] | Fault:
    """A cell's reading, or what is the matter with it."""
    if isinstance(cell, Broken):
        return Fault(rules.BROKEN_CELL, "it holds no value")
    try:
        return read(cell)
    except Fault as fault:
        return fault


def _said(cell: Cell) -> str | None:
    """A landlord's own word; "not recorded" is what we print for a blank, and so is one."""
    text = text_of(cell)
    return None if text is not None and folded(text) == NOT_RECORDED else text


def meanings(spec: FieldSpec, listed: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, str]]:
    """What each word, folded, means: a field and its code, of our own or from the list."""
    known = {folded(label): (spec.name, code) for code, label in spec.codes.items()}
    known |= {folded(code): (spec.name, code) for code in spec.codes}
    for meaning, theirs in listed.items():
        target = aim(spec.name, meaning)
        known.setdefault(folded(meaning), target)
        known |= {folded(word): target for word in theirs}
    return known


def _by_list(
    spec: FieldSpec, listed: Mapping[str, Sequence[str]]
) -> Callable[[Cell], tuple[str, Any]]:
    """Reading by value list: our own codes and labels always count, and the profile's words."""
    known = meanings(spec, listed)
    offered = [folded(word) for words in (spec.codes.values(), *listed.values()) for word in words]

    def read(cell: Cell) -> tuple[str, Any]:
        text = text_of(cell)
        if text is None or folded(text) == NOT_RECORDED:
            return spec.name, None
        if folded(text) not in known:
            near = did_you_mean(folded(text), offered)
            message = f"{spec.label.lower()} has no such value in the profile's list. {near}"
            raise Fault(rules.UNKNOWN_VALUE, message.strip())
        return known[folded(text)]

    return read

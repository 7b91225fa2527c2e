"""``corrections.csv``: cells mended by the analyst, while the export stays as it came.

A line names a cell, by file and row or by reference and stage, and its field; what the cell says
now, what it should say, why, and who decided, by role. It is applied before the cell is read, so it
mends what could not be read too; and it is refused as soon as the export no longer says ``old``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hcreport.intake import rules
from hcreport.intake.reading import open_file
from hcreport.intake.reading.sheet import Wanted
from hcreport.intake.values import Cell, Fault, folded, is_blank, text_of, tidy
from hcreport.intake.words import Reader
from hcreport.problems import CannotRun, Place, Problem, did_you_mean
from hcreport.records import STAGES, TABLES, FieldKind, FieldSpec, specs

FILE = "corrections.csv"
HEADINGS = ("file", "row", "reference", "stage", "field", "old", "new", "reason", "by")
NEEDED = ("field", "reason", "by")


@dataclass(frozen=True)
class Correction:
    """One line: the cell, what it said, what it is to say, why, and by whose decision."""

    place: Place
    file: str
    row: int
    reference: str
    stage: str
    field: str
    old: str
    new: str
    reason: str
    by: str

    def fits(self, number: int, reference: object, stage: object) -> bool:
        """Whether it is about a row, by its number or by its reference and stage."""
        if self.row:
            return number == self.row and self.stage in {"", stage}
        return reference == self.reference and self.stage in {"", stage}


@dataclass(frozen=True)
class Applied:
    """A correction that was made, the cell it was made in, and what its field is called."""

    correction: Correction
    place: Place
    label: str


@dataclass
class Corrections:
    """All lines of a project's file, and what became of each."""

    lines: tuple[Correction, ...] = ()
    faults: list[Problem] = field(default_factory=list)
    _met: dict[Correction, list[Place]] = field(default_factory=dict)
    _labels: dict[Correction, str] = field(default_factory=dict)
    _refused: dict[Correction, Problem] = field(default_factory=dict)

    def of(self, file: str, name: str) -> tuple[Correction, ...]:
        """The lines that can be about a field of a file."""
        return tuple(
            c for c in self.lines if c.field == name and c.file in {"", file, Path(file).name}
        )

    def corrected(
        self, line: Correction, cell: Cell, place: Place, spec: FieldSpec, read: Reader
    ) -> Cell:
        """What a cell says once corrected; the cell itself where the line's old value differs."""
        self._met.setdefault(line, []).append(place)
        self._labels[line] = spec.label
        if not _same(cell, _typed(line.old, spec), read):
            message = f"the line says {line.old!r}" if line.old else "the line says it is blank"
            self._refused[line] = Problem(
                rules.OLD_VALUE, line.place, f"{message}; {place} holds another value", line.field
            )
            return cell
        return _typed(line.new, spec)

    @property
    def applied(self) -> tuple[Applied, ...]:
        """The corrections that were made, in the order of the file."""
        return tuple(
            Applied(line, self._met[line][0], self._labels[line])
            for line in self.lines
            if line in self._met and line not in self._refused
        )

    def problems(self) -> Iterator[Problem]:
        """What is wrong with the file's lines, once every export has been read."""
        yield from self.faults
        for line in self.lines:
            places = self._met.get(line, [])
            if line in self._refused:
                yield self._refused[line]
            elif not places:
                yield Problem(rules.NO_SUCH_CELL, line.place, f"no row has it: {_about(line)}")
            elif len(places) > 1:
                message = f"{_about(line)} fits {len(places)} cells, such as {places[0]}"
                yield Problem(rules.SEVERAL_CELLS, line.place, message)


def load(folder: Path) -> Corrections:
    """A project's corrections; none where there is no file. Raises CannotRun for a bad file."""
    path = folder / FILE
    if not path.is_file():
        return Corrections()
    try:
        sheets = open_file(path).sheets(FILE, None, Wanted(frozenset(HEADINGS)))
    except Fault as fault:
        if fault.rule is rules.NO_RECORDS:
            return Corrections()
        raise CannotRun(f"{FILE}: {fault.message}.", fault.rule.advice) from None
    sheet = sheets[0]
    names = [folded(heading) for heading in sheet.headings]
    lacking = [name for name in HEADINGS if name not in names and name in {*NEEDED, "old", "new"}]
    if lacking:
        raise CannotRun(
            f"{FILE} has no column {' or '.join(lacking)}.", f"Its columns: {', '.join(HEADINGS)}."
        )
    found = Corrections()
    lines = []
    for number, row in sheet.rows:
        held = {name: tidy(str(cell or "")) for name, cell in zip(names, row, strict=True)}
        place = Place(FILE, row=number)
        fault_found = _fault(held)
        if fault_found:
            found.faults.append(Problem(rules.NOT_A_CORRECTION, place, fault_found))
        else:
            lines.append(_line(place, held))
    found.lines = tuple(lines)
    return found


def _fault(held: Mapping[str, str]) -> str:
    """What makes a line unusable; nothing where it is sound."""
    known = {spec.name for table in TABLES for spec in specs(table)}
    blank = [name for name in NEEDED if not held.get(name)]
    row, stage = held.get("row", ""), held.get("stage", "")
    if blank:
        return f"it gives no {blank[0]}"
    if held["field"] not in known:
        return f"there is no field {held['field']!r}. {did_you_mean(held['field'], known)}".strip()
    if row and not (row.isascii() and row.isdecimal()):
        return f"the row is {row!r}, and not a number"
    if stage and stage not in STAGES:
        return f"the stage is {stage!r}; it can be {' or '.join(STAGES)}"
    if not held.get("reference") and not (row and held.get("file")):
        return "it names no cell: give file and row, or a reference"
    return ""


def _line(place: Place, held: Mapping[str, str]) -> Correction:
    texts = {name: held.get(name, "") for name in HEADINGS if name != "row"}
    return Correction(place=place, row=int(held.get("row") or 0), **texts)


def _about(line: Correction) -> str:
    """The cell a line names, in words."""
    where = f"{line.file} row {line.row}" if line.row else f"reference {line.reference}"
    return " ".join(part for part in (where, line.stage, line.field) if part)


def _typed(text: str, spec: FieldSpec) -> Cell:
    """A value as it is written in a correction: a day can be written 2024-03-21, whatever else."""
    if spec.kind is FieldKind.DATE:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _same(cell: Cell, old: Cell, read: Reader) -> bool:
    """Whether a cell says what the line says it does: the same words, or the same value."""
    if is_blank(cell) or is_blank(old):
        return is_blank(cell) and is_blank(old)
    if text_of(cell) == text_of(old) or str(cell) == str(old):
        return True
    try:
        return read(cell) == read(old)
    except Fault:
        return False


def lines_for(
    lines: Sequence[Correction],
    numbers: Sequence[int],
    references: Sequence[object],
    stages: Sequence[object],
) -> Iterator[tuple[int, Correction]]:
    """The rows, by their index, that lines are about."""
    for line in lines:
        for at, number in enumerate(numbers):
            if line.fits(number, references[at], stages[at]):
                yield at, line

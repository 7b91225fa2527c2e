"""``corrections.csv``: cells mended by the analyst, while the export stays as it came.

A line names a cell, by file and row or by reference and stage, and its field; what the cell says
now, what it should say, why, and who decided, by role. It is applied before the cell is read, so it
mends what could not be read too; and it is refused as soon as the export no longer says ``old``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from hcreport.intake import rules
from hcreport.intake.reading import open_file
from hcreport.intake.reading.sheet import Wanted
from hcreport.intake.values import Cell, Fault, folded, is_blank, reference_of, text_of
from hcreport.intake.words import Reader
from hcreport.problems import CannotRun, Place, Problem, did_you_mean
from hcreport.records import STAGES, TABLES, FieldKind, FieldSpec, specs

FILE = "corrections.csv"
HEADINGS = ("file", "row", "reference", "stage", "field", "old", "new", "reason", "by")
NEEDED = ("field", "reason", "by")
# By its field a line is told from a stray remark below the lines.
_KEY = frozenset({"field"})
# A sheet has some million rows.
_ROW = re.compile("0*[1-9][0-9]{0,6}")
_SHOWN = 40


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
    # A cell can be met more than once, as both stages of a case can share it.
    _made: dict[Correction, dict[Place, str]] = field(default_factory=dict)
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
        if not _same(cell, _typed(line.old, spec), read):
            message = f"the line says {line.old!r}" if line.old else "the line says it is blank"
            self._refused[line] = Problem(
                rules.OLD_VALUE, line.place, f"{message}; {place} holds another value", line.field
            )
            return cell
        self._made.setdefault(line, {})[place] = spec.label
        return _typed(line.new, spec)

    @property
    def applied(self) -> tuple[Applied, ...]:
        """Every cell that was corrected, in the order of the file's lines."""
        return tuple(
            Applied(line, place, label)
            for line in self.lines
            for place, label in self._made.get(line, {}).items()
        )

    def problems(self) -> Iterator[Problem]:
        """What is wrong with the file's lines, once every export has been read."""
        yield from self.faults
        for line in self.lines:
            places = list(self._made.get(line, ()))
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
        sheet = open_file(path).sheets(FILE, None, Wanted(frozenset(HEADINGS), _KEY))[0]
    except Fault as fault:
        if fault.rule is rules.NO_RECORDS:
            _refuse_a_lone_line(path)
            return Corrections()
        where = f"{FILE}, row {fault.row}" if fault.row else FILE
        raise CannotRun(f"{where}: {fault.message}.", fault.rule.advice) from None
    names = [folded(heading) for heading in sheet.headings]
    _refuse_headings(names)
    found, lines = Corrections(), []
    # Nothing here is a total, whatever a line begins with.
    for number, row in sorted((*sheet.rows, *sheet.totals), key=lambda numbered: numbered[0]):
        held = dict(zip(names, map(_said, row), strict=False))
        place = Place(FILE, row=number)
        fault_found = _fault(held)
        if fault_found:
            found.faults.append(Problem(rules.NOT_A_CORRECTION, place, fault_found))
        else:
            lines.append(_line(place, held))
    found.lines = tuple(lines)
    return found


def _refuse_a_lone_line(path: Path) -> None:
    """Raise CannotRun where the only line of a file is no row of headings: it would be lost."""
    content = path.read_bytes()
    if content.startswith(b"PK"):  # a workbook by another name, whose rows are not lines
        return
    lines = content.replace(b"\0", b"").decode("utf-8-sig", "replace").split("\n")
    for line in [line for line in lines if line.strip()][-1:]:
        _refuse_headings([folded(name.strip(' "\r')) for name in re.split(r"[,;\t]", line)])


def _refuse_headings(names: Sequence[str]) -> None:
    """Raise CannotRun where a column is lacking or stands there twice."""
    hint = f"Its columns: {', '.join(HEADINGS)}."
    lacking = [name for name in (*NEEDED, "old", "new") if name not in names]
    if lacking:
        raise CannotRun(f"{FILE} has no column {' or '.join(lacking)}.", hint)
    twice = [name for name in HEADINGS if names.count(name) > 1]
    if twice:
        raise CannotRun(f"{FILE} has the column {twice[0]} twice.", hint)


def _said(cell: Cell) -> str:
    """A cell as text: a workbook's days and numbers as a person would write them."""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return text_of(cell) or ""


def _fault(held: Mapping[str, str]) -> str:
    """What makes a line unusable; nothing where it is sound."""
    known = {spec.name for table in TABLES for spec in specs(table)}
    blank = [name for name in NEEDED if not held.get(name)]
    row, stage = held.get("row", ""), held.get("stage", "")
    if blank:
        return f"it gives no {blank[0]}"
    if held["field"] not in known:
        name = _short(held["field"])
        return f"there is no field {name!r}. {did_you_mean(name, known)}".strip()
    if row and not _ROW.fullmatch(row):
        return f"the row is {_short(row)!r}, and not the number of a row"
    if stage and stage not in STAGES:
        return f"the stage is {_short(stage)!r}; it can be {' or '.join(STAGES)}"
    if not held.get("reference") and not (row and held.get("file")):
        return "it names no cell: give file and row, or a reference"
    return _lost_reference(held.get("reference", ""))


def _lost_reference(text: str) -> str:
    """What a spreadsheet has done to a line's reference, if anything."""
    try:
        reference_of(text)
    except Fault as fault:
        return f"its reference cannot be read: {fault.message}"
    return ""


def _short(text: str) -> str:
    """The beginning of what somebody wrote in the wrong column."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _line(place: Place, held: Mapping[str, str]) -> Correction:
    texts = {name: held.get(name, "") for name in HEADINGS if name != "row"}
    texts["reference"] = reference_of(texts["reference"]) or ""
    return Correction(place=place, row=int(held.get("row") or 0), **texts)


def _about(line: Correction) -> str:
    """The cell a line names, in words."""
    row = f"row {line.row}" if line.row else ""
    reference = f"reference {line.reference}" if line.reference else ""
    parts = (line.file, row, reference, line.stage, line.field)
    return " ".join(part for part in parts if part)


def _typed(text: str, spec: FieldSpec) -> Cell:
    """A value as it is written in a correction: a day can be written 2024-03-21, whatever else."""
    if spec.kind is FieldKind.DATE:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _same(cell: Cell, old: Cell, read: Reader) -> bool:
    """Whether a cell says what the line says it does: the same words, or the same value.

    Capitals are no difference: the report spells a value one way, and the analyst reads that.
    """
    if is_blank(cell) or is_blank(old):
        return is_blank(cell) and is_blank(old)
    if folded(text_of(cell) or "") == folded(text_of(old) or ""):
        return True
    try:
        return read(cell) == read(old)
    except Fault:
        return False

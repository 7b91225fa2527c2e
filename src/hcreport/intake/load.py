"""Every export of a project folder, read through its profile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hcreport.intake import rules
from hcreport.intake.normalise import normalise
from hcreport.intake.reading import read
from hcreport.intake.values import Fault
from hcreport.problems import Place, Problem
from hcreport.records import TABLES, Input, Record, Records

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.intake.profile import Profile, Source

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Reconciliation:
    """How the rows of one file are accounted for: read = blank + those that gave records."""

    file: str
    rows: int
    blank: int
    records: int
    set_aside: int


@dataclass(frozen=True)
class Intake:
    """What reading gave: the records, the problems met, and where every row went."""

    records: Records
    problems: tuple[Problem, ...]
    reconciliation: tuple[Reconciliation, ...]


def load(folder: Path, profile: Profile, tell: Progress = lambda _: None) -> Intake:
    """Read every source of a profile. ``tell`` is told each file's name as its turn comes."""
    rows: dict[str, list[Record]] = {table: [] for table in TABLES}
    problems: list[Problem] = []
    mapped: set[str] = set()
    inputs: list[Input] = []
    accounts: list[Reconciliation] = []
    for source in profile.sources.values():
        paths = _paths(folder, source)
        if not paths:
            needed = source.table == "complaints"
            rule = rules.NO_FILE if needed else rules.NO_OPTIONAL_FILE
            problems.append(
                Problem(rule, Place(" or ".join(source.files)), "no such file was found")
            )
        for path in paths:
            file = path.relative_to(folder).as_posix()
            tell(file)
            try:
                sheet = read(path, file, source.sheet)
            except Fault as fault:
                problems.append(Problem(fault.rule, Place(file), fault.message))
                continue
            found = normalise(sheet, source)
            rows[source.table] += found.records
            problems += found.problems
            mapped |= found.mapped
            inputs.append(Input(file, sheet.sha256, len(sheet.rows)))
            accounts.append(_account(sheet.rows, sheet.blank_rows, file, found.records))
    records = Records(
        **{table: tuple(found) for table, found in rows.items()},  # type: ignore[arg-type]
        mapped=frozenset(mapped),
        inputs=tuple(inputs),
        tables=frozenset(name.partition(".")[0] for name in mapped),
    )
    return Intake(records, tuple(problems), tuple(accounts))


def _paths(folder: Path, source: Source) -> list[Path]:
    """The files a source names, each once, in order of name."""
    return sorted(
        {path for pattern in source.files for path in folder.glob(pattern) if path.is_file()}
    )


def _account(
    rows: tuple[tuple[int, object], ...], blank: int, file: str, records: list[Record]
) -> Reconciliation:
    numbers = {record.place.row for record in records}
    lost = sum(number not in numbers for number, _ in rows)
    return Reconciliation(file, len(rows) + blank, blank, len(records), lost)

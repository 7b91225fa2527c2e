"""An output folder read back: its ledger, its records, and the same evaluator as its build had."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from hcreport.calendar.periods import Period
from hcreport.figures import declared
from hcreport.figures.evaluate import Evaluator, Result
from hcreport.figures.ledger import TO_DATE, Entry
from hcreport.figures.selection import Givens
from hcreport.figures.worked import prefix_of
from hcreport.output import RUN
from hcreport.problems import CannotRun
from hcreport.records import TABLES
from hcreport.report import records_csv
from hcreport.report.run_json import PARTS, SCHEMA, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hcreport.figures.algebra import Figure
    from hcreport.figures.selection import Group

Row = dict[str, str]
Entries = dict[tuple[str, "Group"], Entry]
_DAMAGED = "Somebody may have changed it; take the folder from where it was built, or build again."


@dataclass(frozen=True)
class Build:
    """What a build left behind. ``run`` is its account, ``rows`` its records as text.

    ``withheld`` are the entries of which disclosure control kept something out of the report.
    """

    folder: Path
    run: Mapping[str, Any]
    entries: Entries
    withheld: frozenset[tuple[str, Group]]
    rows: Mapping[str, list[Row]]
    evaluators: Mapping[str, Evaluator]

    def evaluator(self, figure: str) -> Evaluator:
        """What gave a figure its value."""
        return self.evaluators[prefix_of(figure)]


def read(folder: Path) -> Build:
    """An output folder as it was built. Raises CannotRun when it is none, or is damaged."""
    run = account(folder)
    try:
        periods = {"": run["period"], TO_DATE: run["to_date"]}
        read = {p: _tables(folder, run, p) for p, period in periods.items() if period is not None}
        rows = {table: rows for table, (rows, _) in read[""].items()}
        evaluators = {
            prefix: Evaluator(
                {table: frame for table, (_, frame) in tables.items()},
                frozenset(run["mapped"]),
                Givens(_period(periods[prefix]), _period(run["ombudsman_period"]), {}),
            )
            for prefix, tables in read.items()
        }
        return Build(folder, run, entries_of(run), _withheld(run), rows, evaluators)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise CannotRun(f"{folder / RUN} is not as hcreport wrote it.", _DAMAGED) from None


def account(folder: Path) -> dict[str, Any]:
    """The account of the build in an output folder. Raises CannotRun when there is none to read."""
    path = folder / RUN
    if not folder.is_dir():
        raise CannotRun(f"There is no folder {folder}.", "Give an output folder of hcreport build.")
    if not path.is_file():
        inside = folder / "output"
        hint = "Give a folder that hcreport build wrote, with its internal folder."
        if (inside / RUN).is_file():
            hint = f"It is a project folder: give {inside}."
        raise CannotRun(f"{folder} holds no {RUN}, so it is no output folder.", hint)
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
        if "schema" not in run and "outputs" in run:  # a check has left its list there
            raise CannotRun(f"{folder} holds no build yet.", "Run hcreport build first.")
        schema = run["schema"]
    except (OSError, ValueError, KeyError, TypeError):
        raise CannotRun(f"{path} cannot be read.", _DAMAGED) from None
    if schema == SCHEMA and not run.keys() >= set(PARTS):
        raise CannotRun(f"{path} is not as hcreport wrote it.", _DAMAGED)
    if schema != SCHEMA:
        raise CannotRun(
            f"{path} was written by another version of hcreport ({schema}; this one has {SCHEMA}).",
            "Build both folders with the same version.",
        )
    assert isinstance(run, dict)  # noqa: S101  (it has a schema)
    return run


def entries_of(run: Mapping[str, Any]) -> Entries:
    """The ledger of an account. Raises KeyError, TypeError or ValueError when it is none."""
    figures = {figure.id: figure for figure in map(declared.figure, run["declarations"])}
    found = (_entry(figures[line["id"]], line) for line in run["ledger"])
    return {(entry.id, entry.group): entry for entry in found}


def _withheld(run: Mapping[str, Any]) -> frozenset[tuple[str, Group]]:
    kept_back = (line for line in run["ledger"] if line.get("withheld"))
    return frozenset((line["id"], tuple(line["group"].items())) for line in kept_back)


def _entry(figure: Figure, line: Mapping[str, Any]) -> Entry:
    value, previous = (value_of(line[name], figure.unit) for name in ("value", "previous"))
    result = Result(value, line["numerator"], line["denominator"], line["set_aside"])
    return Entry(figure, tuple(line["group"].items()), result, previous)


def _period(given: Mapping[str, str]) -> Period:
    start, end = (date.fromisoformat(given[name]) for name in ("start", "end"))
    return Period(start, end, given["label"])


def _tables(folder: Path, run: Mapping[str, Any], prefix: str) -> dict[str, tuple[list[Row], Any]]:
    """Every table of records as rows of text and as a frame, judged over one period."""
    return {
        table: _table(folder / records_csv.name_of(prefix, table), run["tables"][table])
        for table in TABLES
    }


def _table(path: Path, columns: Mapping[str, str]) -> tuple[list[Row], Any]:
    try:
        return records_csv.read(path.read_bytes(), columns)
    except OSError as fault:
        raise CannotRun(
            f"{path} cannot be read: {fault.strerror}.",
            "Copy the whole output folder, with its internal folder.",
        ) from None
    except ValueError:
        raise CannotRun(f"{path} is not as hcreport wrote it.", _DAMAGED) from None

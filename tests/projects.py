"""Project folders to test with: the sample, copies of it, and small ones made of a few rows.

A small project holds CSV files whose headings are our own field names, so that a row says exactly
which fields it fills; a field that no row names has no column at all.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hcreport import cli, output, pipeline
from hcreport.calendar.provisions import section_of
from hcreport.report import records_csv
from hcreport.report.pdf import making, office
from hcreport.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hcreport.pipeline import Run
    from hcreport.report.pdf.making import Made

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "sample_data" / "brent-2023-24"
SAMPLES = sorted(path.parent for path in ROOT.glob("sample_data/*/report.toml"))
TOKEN = "zq-private"  # noqa: S105  (no secret: the sample's mark on every personal cell)
Row = dict[str, str]
needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")), reason="no LibreOffice on PATH"
)

SETTINGS = """\
title = "Complaints report"
data_as_at = 2024-05-31

[landlord]
name = "Example Homes"

[period]
year = "2023/24"
"""


# --- The sample -------------------------------------------------------------------------------


@cache
def _computed(folder: Path) -> Run:
    return pipeline.compute(folder)


@cache
def _files(folder: Path) -> Mapping[str, bytes]:
    return rendered(_computed(folder))


@cache
def _in_pages(folder: Path, name: str) -> Made:
    return making.make(office.find(), _files(folder)[name])


def sample_run(folder: Path = SAMPLE) -> Run:
    """Compute a sample once for all tests."""
    return _computed(folder)


def sample_files(folder: Path = SAMPLE) -> Mapping[str, bytes]:
    """Render a sample once for all tests: every publishable file by name."""
    return _files(folder)


def sample_in_pages(folder: Path = SAMPLE, name: str = "report.docx") -> Made:
    """Make a document's PDF once for all tests, and the Word file with its page numbers."""
    return _in_pages(folder, name)


def copy_of_sample(folder: Path) -> Path:
    """Copy the sample without its output."""
    return Path(
        shutil.copytree(SAMPLE, folder / "project", ignore=shutil.ignore_patterns("output"))
    )


# --- Small projects ---------------------------------------------------------------------------


def complaint(number: int, received: str = "2023-05-02", **fields: str) -> Row:
    """Make a stage 1 complaint about repairs, upheld within a week; ``fields`` say otherwise."""
    day = date.fromisoformat(received)
    answered = (day + timedelta(days=7)).isoformat()
    row = {
        "reference": f"{number:04}",
        "stage": "stage1",
        "received_on": received,
        "acknowledged_on": received,
        "responded_on": answered,
        "closed_on": answered,
        "service": "Repairs",
        "outcome": "upheld",
        "root_cause": "Delay",
        "root_cause_detail": "No appointment",
        "refusal_reason": "",
        "escalation_reason": "",
    }
    return row | fields


def complaints(number: int, received: str = "2023-05-02", **fields: str) -> list[Row]:
    """Make so many complaints that say the same."""
    return [complaint(n, received, **fields) for n in range(1, number + 1)]


def second(row: Row, received: str = "2023-07-03", **fields: str) -> Row:
    """Make the stage 2 complaint that follows a stage 1 one."""
    number = int(row["reference"])
    reason = {"escalation_reason": "Work not done"}
    return complaint(number, received, **({"stage": "stage2"} | reason | fields))


def award(number: int, amount: str = "100", **fields: str) -> Row:
    """Make an award at stage 1 for a delay."""
    row = {
        "reference": f"{number:04}",
        "stage": "stage1",
        "amount": amount,
        "reason": "Delay",
        "awarded_on": "2023-12-01",
    }
    return row | fields


def finding(case: str, outcome: str = "maladministration", **fields: str) -> Row:
    """Make a finding of the Ombudsman with one order, complied with."""
    row = {
        "case": case,
        "decided_on": "2023-09-01",
        "category": "Property condition",
        "sub_category": "Damp",
        "finding": outcome,
        "orders": "1",
        "orders_complied": "1",
        "compensation_ordered": "300",
        "compensation_offered_before": "100",
    }
    return row | fields


def action(**fields: str) -> Row:
    """Make a completed line of the learning log."""
    row = {
        "theme": "Communication",
        "what_happened": "Nobody rang back",
        "action": "A call is now logged",
        "status": "completed",
    }
    return row | fields


def provisions(**promised: str) -> list[Row]:
    """Make a whole self-assessment; ``_9_8="2024-12-31"`` is not met, and promised by that day."""
    by = {name.strip("_").replace("_", "."): day for name, day in promised.items()}
    return [
        {
            "provision": number,
            "comply": "no" if number in by else "yes",
            "evidence": "Minutes",
            "promised_on": by.get(number, ""),
        }
        for number in section_of()
    ]


def without(rows: Iterable[Row], *fields: str) -> list[Row]:
    """Take columns away."""
    return [{name: value for name, value in row.items() if name not in fields} for row in rows]


def project(folder: Path, settings: str = "", **tables: Sequence[Row]) -> Path:
    """Write a project folder: its settings after ours, and a CSV file for each table.

    Settings that begin with no part stand before ours.
    """
    (folder / "exports").mkdir(parents=True, exist_ok=True)
    parts = (SETTINGS, settings) if settings.startswith("[") else (settings, SETTINGS)
    (folder / "report.toml").write_text("".join(parts), encoding="utf-8")
    profile = ['title = "Our own field names"']
    for table, rows in tables.items():
        headings = list(dict.fromkeys(name for row in rows for name in row))
        write_csv(folder / "exports" / f"{table}.csv", headings, rows)
        profile += [
            f"[sources.{table}]",
            f'table = "{table}"',
            f'files = ["exports/{table}.csv"]',
            f"[sources.{table}.headings]",
            *(f'{name} = "{name}"' for name in headings),
        ]
    (folder / "profile.toml").write_text("\n".join(profile), encoding="utf-8")
    return folder


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows under headings; what a row does not say is blank."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)


def previous(**figures: float) -> str:
    """Say last year's figures: ``stage1__received=780``."""
    lines = [f'"{name.replace("__", ".")}" = {value}' for name, value in figures.items()]
    return "\n".join(["[previous.figures]", *lines, ""])


# --- Running ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it printed as a fault, line by line."""
        return self.err.splitlines()


def hcreport(*words: object) -> Ran:
    """Run a command in this process, as its entry point does."""
    out, err = io.StringIO(), io.StringIO()
    status: object = 0
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.setattr(sys, "argv", ["hcreport", *map(str, words)])
        try:
            cli.main()
        except SystemExit as ended:
            status = ended.code
    return Ran(status if isinstance(status, int) else 0, out.getvalue(), err.getvalue())


def rendered(run: Run, *, draft: bool = False) -> Mapping[str, bytes]:
    """Render a run in memory: every publishable file by name."""
    with Studio() as studio:
        return dict(pipeline.render(run, studio, draft=draft).files)


def kept(run: Run, folder: Path) -> Path:
    """Put into a folder what a build of this run keeps of itself, without drawing the report."""
    files = records_csv.files(run.worked.evaluators)
    output.put(folder, files, pipeline.account(run, draft=False))
    return folder


def python(*words: object, **environment: str) -> Ran:
    """Run Python in a process of its own, as a user does."""
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "100",
            **environment,
        },
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def problems_of(folder: Path) -> list[dict[str, object]]:
    """Check a project and hand back its problems as other programs get them."""
    found = json.loads(hcreport("check", folder, "--json").out)["problems"]
    assert isinstance(found, list)
    return found

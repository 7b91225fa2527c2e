"""A project folder with a large invented export of complaints, the same each time.

    python benchmarks/invented.py FOLDER [--rows 50000] [--shape long|wide]

Long, each row is a complaint at one stage; wide, each row is a case with both stages side by side.
Both have 20 columns, of which the profile maps 18 and 20. The complaints run over three years, of
which the report is about the second.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

SHEET = "Cases"
FIRST, DAYS = date(2023, 4, 1), 3 * 365
AS_AT = date(2026, 6, 30)
SERVICES = ("Repairs", "Tenancy", "Estates", "Anti-social behaviour", "Income", "Lettings")
CATEGORIES = ("Delay", "Quality of work", "Conduct", "Communication", "Policy", "Charges")
CAUSES = ("Process not followed", "Missed appointment", "Wrong information", "Contractor")
REASONS = ("Remedy not carried out", "Disagrees with the decision", "Facts overlooked")
OUTCOMES = ("Upheld", "Partly upheld", "Not upheld")
TENURES = ("Social rent", "Shared ownership", "Leaseholder")
CHANNELS = ("Email", "Telephone", "Web form", "Letter")
# One in ten goes on to stage 2.
ESCALATED = 10

CASE = {
    "reference": "Complaint Ref",
    "service": "Service Area",
    "category": "Category",
    "root_cause": "Root Cause",
    "tenure": "Tenure",
    "channel": "Channel",
    "ward": "Ward",
    "contractor": "Contractor",
}
STAGE = {
    "received_on": "Date Received",
    "acknowledged_on": "Date Acknowledged",
    "due_on": "Target Date",
    "responded_on": "Response Sent",
    "closed_on": "Closed",
    "outcome": "Outcome",
}
LONG = {
    **CASE,
    **STAGE,
    "stage": "Stage",
    "subcategory": "Subcategory",
    "extended_to": "Extended To",
    "escalation_reason": "Reason for Escalation",
}
UNMAPPED = {"patch": "Patch", "note": "Last Action"}
REPORT = f"""
template = "brent"
timeliness = "code"
data_as_at = {AS_AT}

[landlord]
name = "An invented landlord"
governing_body = "Board"

[period]
year = "2024/25"
"""
TEXT = "We received {{ stage1.received }} complaints at stage 1, and upheld {{ stage1.upheld }}.\n"
VALUES = """
[sources.complaints.values.tenure]
LCRA = ["Social rent"]
LCHO = ["Shared ownership"]
leasehold = ["Leaseholder"]
"""

Case = dict[str, Any]


def cases(rows: int) -> Iterator[tuple[Case, Case | None]]:
    """Invented cases: what stage 1 says and, of one in ten, what stage 2 does."""
    dice = random.Random(2024)
    for number in range(rows):
        first = _case(dice, number) | _stage(dice, FIRST + timedelta(days=dice.randrange(DAYS)))
        first["stage"] = "Stage 1"
        second = None
        if number % ESCALATED == 0:
            asked = (first["responded_on"] or first["due_on"]) + timedelta(days=14)
            second = first | _stage(dice, asked)
            second |= {"stage": "Stage 2", "escalation_reason": dice.choice(REASONS)}
        yield first, second


def _case(dice: random.Random, number: int) -> Case:
    """What does not change with the stage; a tenth of some fields is blank."""
    return {
        "reference": f"C{number + 1:06d}",
        "service": dice.choice(SERVICES),
        "category": dice.choice(CATEGORIES),
        "subcategory": f"{dice.choice(CATEGORIES)} {dice.randrange(1, 9)}",
        "root_cause": dice.choice(CAUSES) if dice.random() > 0.1 else None,
        "tenure": dice.choice(TENURES),
        "channel": dice.choice(CHANNELS),
        "ward": f"Ward {dice.randrange(1, 22)}",
        "contractor": f"Contractor {dice.randrange(1, 6)}" if dice.random() > 0.5 else None,
        "patch": f"P{dice.randrange(1, 400):03d}",
        "note": f"Letter {dice.randrange(10**6):06d} sent, and the file brought up to date",
    }


def _stage(dice: random.Random, received: date) -> Case:
    """The dates and the outcome of one stage; one in fifty is not answered yet."""
    acknowledged = received + timedelta(days=dice.randrange(8))
    due = acknowledged + timedelta(days=14)
    responded = acknowledged + timedelta(days=dice.randrange(2, 30))
    is_open = dice.random() < 0.02
    return {
        "received_on": received,
        "acknowledged_on": acknowledged,
        "due_on": due,
        "extended_to": due + timedelta(days=14) if dice.random() < 0.1 else None,
        "responded_on": None if is_open else responded,
        "closed_on": None if is_open else responded + timedelta(days=dice.randrange(10)),
        "outcome": None if is_open else dice.choice(OUTCOMES),
    }


def long_rows(rows: int) -> Iterator[Case]:
    """A row for each stage that a case reached, under the names of fields."""
    made = (stage for case in cases(rows) for stage in case if stage is not None)
    yield from (stage for stage, _ in zip(made, range(rows), strict=False))


def wide_rows(rows: int) -> Iterator[Case]:
    """A row for each case, each stage's fields under its own names."""
    for first, second in cases(rows):
        stages = {f"stage1 {name}": first[name] for name in STAGE}
        stages |= {f"stage2 {name}": (second or {}).get(name) for name in STAGE}
        yield first | stages


def write(folder: Path, rows: int, shape: str) -> None:
    """Write the project folder."""
    sides = {f"{s} {n}": f"{s.title()} {h}" for s in ("stage1", "stage2") for n, h in STAGE.items()}
    headings = LONG | UNMAPPED if shape == "long" else CASE | sides
    (folder / "exports").mkdir(parents=True)
    (folder / "text").mkdir()
    (folder / "report.toml").write_text(REPORT)
    (folder / "profile.toml").write_text(_profile(shape))
    (folder / "text" / "foreword.md").write_text(TEXT)
    found = long_rows(rows) if shape == "long" else wide_rows(rows)
    with xlsxwriter.Workbook(str(folder / "exports" / "complaints.xlsx")) as book:
        sheet = book.add_worksheet(SHEET)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, headings.values())
        for number, row in enumerate(found, start=1):
            for column, name in enumerate(headings):
                if isinstance(value := row.get(name), date):
                    sheet.write_datetime(number, column, value, day)
                elif value is not None:
                    sheet.write_string(number, column, value)


def _profile(shape: str) -> str:
    """The profile that maps the headings."""
    lines = [
        'title = "Invented"',
        "[sources.complaints]",
        'table = "complaints"',
        'files = ["exports/complaints.xlsx"]',
        f'sheet = "{SHEET}"',
        f'shape = "{shape}"',
        "[sources.complaints.headings]",
        *(f'{n} = "{h}"' for n, h in (LONG if shape == "long" else CASE).items()),
    ]
    for stage in ("stage1", "stage2") if shape == "wide" else ():
        lines += [f"[sources.complaints.{stage}]"]
        lines += [f'{name} = "{stage.title()} {heading}"' for name, heading in STAGE.items()]
    return "\n".join(lines) + VALUES


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--shape", choices=("long", "wide"), default="long")
    chosen = parser.parse_args()
    write(chosen.folder, chosen.rows, chosen.shape)


if __name__ == "__main__":
    main()

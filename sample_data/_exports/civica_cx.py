"""Civica Cx Housing: a row for each stage, saved as "Unicode text"; and a CSV of finance's."""

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random

from _files import csv_export

from _exports.cases import UPHELD, Case, Step, make_cases
from _exports.expected import expected
from _exports.quotas import QUOTAS

_DAY = "%d/%m/%Y"
_COMPLIMENTS = 9


def files() -> Mapping[str, bytes]:
    """The exports, and what the report must say."""
    quotas = QUOTAS["civica-cx"]
    cases = make_cases("civica-cx", quotas)
    rows = [dict(row) for case in cases for row in _rows(case)]
    rows += [dict(_compliment(n, case)) for n, case in enumerate(cases[:_COMPLIMENTS])]
    Random("exports civica-cx order").shuffle(rows)
    awards = [dict(_award(case, step)) for case in cases for step in case.steps if step.award]
    return {
        "exports/feedback-cases-2023-24.txt": csv_export(
            list(rows[0]), [list(r.values()) for r in rows], delimiter="\t", encoding="utf-16"
        ),
        "exports/compensation-2023-24.csv": csv_export(
            list(awards[0]), [list(r.values()) for r in awards], delimiter=";", encoding="cp1252"
        ),
        "expected.toml": expected(quotas),
    }


def _reference(case: Case) -> str:
    return str(100_400 + case.number)


def _rows(case: Case) -> Iterator[Iterator[tuple[str, str]]]:
    for step in case.steps:
        yield _row(case, step, f"Stage {step.stage}")
    if case.second and case.second.fate == UPHELD:
        yield _row(case, case.second, "Housing Ombudsman")


def _row(case: Case, step: Step, stage: str) -> Iterator[tuple[str, str]]:
    yield "Case ID", _reference(case)
    yield "Feedback type", "Complaint"
    yield "Contact", case.person.name
    yield "Contact address", case.person.address
    yield "Business area", case.service
    yield "Stage", stage
    yield "Status", "Completed"
    yield "Start date", _day(case.first.received)
    yield "Stage start date", _day(step.received)
    yield "Stage completed date", _day(step.answered)
    yield "Case closed date", _day(case.steps[-1].closed)
    yield "Outcome", step.fate


def _compliment(number: int, case: Case) -> Iterator[tuple[str, str]]:
    thanked = {
        "Case ID": str(100_100 + number),
        "Feedback type": "Compliment",
        "Stage": "",
        "Stage completed date": "",
        "Outcome": "",
    }
    for heading, cell in _row(case, case.first, ""):
        yield heading, thanked.get(heading, cell)


def _award(case: Case, step: Step) -> Iterator[tuple[str, str]]:
    yield "Case ID", _reference(case)
    yield "Stage", f"Stage {step.stage}"
    yield "Payee", case.person.name
    yield "Date awarded", _day(step.ended)
    yield "Amount (£)", f"£{step.award / 100:,.2f}"


def _day(day: date | None) -> str:
    return f"{day:{_DAY}}" if day else ""

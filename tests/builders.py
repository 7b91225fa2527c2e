"""Small records and settings for tests: only what a test is about has to be said."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from hcreport import settings as settings_file
from hcreport.derive.frame import frames
from hcreport.derive.terms import terms
from hcreport.figures import building, catalogue
from hcreport.figures.evaluate import Evaluator
from hcreport.figures.selection import Givens
from hcreport.problems import Place
from hcreport.records import (
    REQUIRED,
    STAGES,
    TABLES,
    Action,
    Award,
    Complaint,
    FailureOrder,
    Finding,
    Provision,
    Records,
    specs,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from hcreport.derive.terms import Terms
    from hcreport.figures.ledger import Ledger
    from hcreport.figures.selection import Group
    from hcreport.records import Record
    from hcreport.settings import Settings

R = TypeVar("R", Complaint, Award, Finding, FailureOrder, Action, Provision)
_rows = count(2)
EVERY_FIELD = frozenset(f"{table}.{spec.name}" for table in TABLES for spec in specs(table))
_DATES = {spec.name for table in TABLES for spec in specs(table) if spec.kind.value == "date"}


def day(text: str) -> date:
    """Read a day written as ``2023-06-05``."""
    return date.fromisoformat(text)


def _record(kind: type[R], table: str, given: Mapping[str, Any]) -> R:
    """Make a record; days may be text, and what is not given is not recorded."""
    values: dict[str, Any] = {spec.name: None for spec in specs(table)}
    for name, value in given.items():
        assert name in values, f"{table} have no field {name}"
        values[name] = day(value) if name in _DATES and isinstance(value, str) else value
    assert all(values[name] is not None for name in REQUIRED[table])
    return kind(place=Place("made.xlsx", table, next(_rows)), **values)


def complaint(received_on: str | date = "2023-06-05", **given: Any) -> Complaint:
    """Make a complaint, at stage 1 unless told otherwise."""
    assumed = {"reference": "0001", "stage": "stage1", "received_on": received_on}
    return _record(Complaint, "complaints", assumed | given)


def award(amount: int = 10_000, **given: Any) -> Award:
    """Make an award, in pence."""
    return _record(Award, "awards", {"reference": "0001", "amount": amount, **given})


def finding(**given: Any) -> Finding:
    """Make an Ombudsman finding."""
    assumed = {"case": "F1", "decided_on": "2023-06-05", "finding": "maladministration"}
    return _record(Finding, "findings", assumed | given)


def failure_order(issued_on: str | date = "2023-06-05", **given: Any) -> FailureOrder:
    """Make a complaint handling failure order."""
    return _record(FailureOrder, "failure_orders", {"issued_on": issued_on, **given})


def action(**given: Any) -> Action:
    """Make a line of the learning log."""
    return _record(Action, "actions", {"action": "Train the team", **given})


def provision(number: str = "1.2", comply: str | None = "yes", **given: Any) -> Provision:
    """Make a line of the self-assessment."""
    return _record(Provision, "provisions", {"provision": number, "comply": comply, **given})


def records(*rows: Record, unmapped: Iterable[str] = (), without: Iterable[str] = ()) -> Records:
    """Gather records as if every field had a column, less ``unmapped`` and tables ``without``."""
    missing = set(without)
    names = EVERY_FIELD - set(unmapped)
    names = frozenset(name for name in names if name.partition(".")[0] not in missing)
    mapped = names | {f"{name}@{stage}" for name in names for stage in STAGES}
    return Records(
        complaints=tuple(row for row in rows if isinstance(row, Complaint)),
        awards=tuple(row for row in rows if isinstance(row, Award)),
        findings=tuple(row for row in rows if isinstance(row, Finding)),
        failure_orders=tuple(row for row in rows if isinstance(row, FailureOrder)),
        actions=tuple(row for row in rows if isinstance(row, Action)),
        provisions=tuple(row for row in rows if isinstance(row, Provision)),
        mapped=mapped,
        tables=frozenset(TABLES) - missing,
    )


def settings(**given: Any) -> Settings:
    """Make settings for 2023/24, judged on 31 May 2024 by the Code's clock."""
    assumed: dict[str, Any] = {
        "data_as_at": date(2024, 5, 31),
        "landlord": {"name": "Anytown Homes"},
        "period": {"year": "2023/24"},
    }
    return settings_file.parse(assumed | given, "report.toml")


def terms_of(*rows: Record, unmapped: Iterable[str] = (), **given: Any) -> Terms:
    """Gather the terms on which these records are judged, under these settings."""
    s = settings(**given)
    return terms(records(*rows, unmapped=unmapped), s, s.report_period)


def ledger_of(
    found: Records, s: Settings, previous: Mapping[tuple[str, Group], Fraction] | None = None
) -> Ledger:
    """Work out every figure, as the pipeline does."""
    period = s.report_period
    givens = Givens(period, s.ombudsman_period, s.homes.owned)
    evaluator = Evaluator(frames(found, terms(found, s, period)), found.mapped, givens)
    return building.build(catalogue.figures(s), evaluator, givens, previous or {})

"""Where the true figures come from: a computed project, or a published ``figures.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hcreport.calendar.periods import Period
from hcreport.figures.algebra import PENCE, Unit
from hcreport.problems import CannotRun
from hcreport.report.figures_json import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hcreport.figures.ledger import Ledger
    from hcreport.figures.selection import Group

# What the ids of figures over the period to date begin with. (``figures.ledger`` has it too, but is
# slow to import.)
TO_DATE = "to_date."
_HINT = "Give the figures.json that hcreport build wrote, as it was written."


@dataclass(frozen=True)
class Known:
    """One entry of a ledger: a figure for a group, exact where its source is."""

    id: str
    group: Group
    label: str
    unit: Unit
    value: Fraction
    shown: str
    numerator: int | None
    denominator: int | None
    set_aside: int | None
    previous: Fraction | None


@dataclass(frozen=True)
class Source:
    """The true figures of a report, and what its periods and its landlord are called."""

    landlord: str
    period: Period
    previous: Period
    to_date: Period | None
    known: tuple[Known, ...]


def of_ledger(
    ledger: Ledger, landlord: str, period: Period, previous: Period, to_date: Period | None
) -> Source:
    """The figures of a ledger that have a value."""
    known = (
        Known(
            e.id,
            e.group,
            e.figure.label,
            e.figure.unit,
            e.value,
            e.shown,
            e.result.numerator,
            e.result.denominator,
            e.result.set_aside,
            e.previous,
        )
        for e in ledger.entries
        if e.value is not None
    )
    return Source(landlord, period, previous, to_date, tuple(known))


def of_json(path: Path) -> Source:
    """The figures of a published ledger. Raises CannotRun when the file holds none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise CannotRun(f"{path} cannot be read: {fault.strerror}.", _HINT) from None
    except ValueError:
        raise CannotRun(f"{path} is not JSON.", _HINT) from None
    try:
        if content["schema"] != SCHEMA:
            raise CannotRun(f"{path} is {content['schema']!r}, not {SCHEMA!r}.", _HINT)
        period = _period(content["period"])
        to_date = _period(content["to_date"]) if content["to_date"] else None
        known = tuple(_known(content["figures"]))
        return Source(str(content["landlord"]), period, period.year_before(), to_date, known)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise CannotRun(f"{path} is not as hcreport wrote it.", _HINT) from None


def _period(days: dict[str, str]) -> Period:
    return Period.between(date.fromisoformat(days["start"]), date.fromisoformat(days["end"]))


def _known(lines: Iterable[dict[str, Any]]) -> Iterable[Known]:
    for line in lines:
        unit = Unit(line["unit"])
        value = _exact(line, unit)
        if value is None:
            continue
        yield Known(
            line["id"],
            tuple(line["group"].items()),
            line["label"],
            unit,
            value,
            line["shown"],
            line["numerator"],
            line["denominator"],
            line["set_aside"],
            _number(line["previous"], unit),
        )


def _exact(line: dict[str, Any], unit: Unit) -> Fraction | None:
    """A value as exact as the file has it: a share is its own counts again."""
    value, over, under = line["value"], line["numerator"], line["denominator"]
    if unit is Unit.SHARE and value is not None and over is not None and under:
        return Fraction(over, under)
    return _number(value, unit)


def _number(value: Any, unit: Unit) -> Fraction | None:
    if value is None:
        return None
    return Fraction(str(value)) * (PENCE if unit is Unit.GBP else 1)

"""``figures.json``: the publishable ledger, in the format that scripts depend on."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hcreport.figures.algebra import PENCE, Unit
from hcreport.figures.shown import half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcreport.calendar.periods import Period
    from hcreport.figures.ledger import Entry, Ledger
    from hcreport.records import Input
    from hcreport.settings import Settings

SCHEMA = "hcreport.figures/1"
WHOLE_UNITS = (Unit.COUNT,)


def write(ledger: Ledger, settings: Settings, inputs: Sequence[Input]) -> str:
    """The whole file as text."""
    period, to_date = settings.report_period, settings.to_date_period
    content = {
        "schema": SCHEMA,
        "landlord": settings.landlord.name,
        "period": _days(period),
        "to_date": _days(to_date) if to_date else None,
        "inputs": [{"file": i.file, "sha256": i.sha256, "rows": i.rows} for i in inputs],
        "figures": [],
    }
    head, _, tail = json.dumps(content, ensure_ascii=False, indent=1).rpartition("[]")
    # A line for each figure: it reads well, compares well, and is made far faster than indented.
    lines = (json.dumps(_figure(e, ledger), ensure_ascii=False) for e in ledger.entries)
    return head + "[\n" + ",\n".join(lines) + "\n]" + tail + "\n"


def _days(period: Period) -> dict[str, str]:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _figure(entry: Entry, ledger: Ledger) -> dict[str, Any]:
    unit = entry.figure.unit
    return {
        "id": entry.id,
        "group": dict(entry.group),
        "label": entry.figure.label,
        "definition": ledger.definitions[entry.id],
        "unit": unit.value,
        "value": plain(entry.value, unit),
        "shown": entry.shown,
        "numerator": entry.result.numerator,
        "denominator": entry.result.denominator,
        "set_aside": entry.result.set_aside,
        "previous": plain(entry.previous, unit),
        "change": None if entry.change is None else float(entry.change),
    }


def plain(value: Fraction | None, unit: Unit) -> int | float | str | None:
    """A value as JSON has it: whole counts, decimal text for money, a float for the rest."""
    if value is None:
        return None
    if unit is Unit.GBP:
        return str(half_up(value / PENCE, 2))
    return int(value) if unit in WHOLE_UNITS and value.denominator == 1 else float(value)

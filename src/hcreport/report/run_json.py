"""``internal/run.json``: all that was decided, counted and read in a run, nothing held back.

``diff``, ``refresh`` and ``proofread`` read it first. Values are exact: a fraction is ``"382/601"``
and money is in pounds (``"96024.00"``). ``docs/checking.md`` lists its parts.
"""

from __future__ import annotations

from dataclasses import asdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hcreport import __version__
from hcreport.figures import declared
from hcreport.figures.algebra import PENCE, Unit
from hcreport.report.records_csv import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hcreport.calendar.code import RuleSet
    from hcreport.calendar.periods import Period
    from hcreport.derive.frame import Frame
    from hcreport.figures.ledger import Entry, Ledger
    from hcreport.records import Input, Records
    from hcreport.settings import Settings

SCHEMA = "hcreport.run/3"
PARTS = (
    *("schema", "version", "draft", "landlord", "period", "to_date", "ombudsman_period"),
    *(
        "settings",
        "rule_sets",
        "inputs",
        "mapped",
        "tables",
        "definitions",
        "declarations",
        "ledger",
    ),
)


def content(  # noqa: PLR0913  (a run has that many parts)
    settings: Settings,
    ledger: Ledger,
    published: Ledger,
    records: Records,
    frames: Mapping[str, Frame],
    rule_sets: Iterable[RuleSet],
    *,
    draft: bool,
) -> dict[str, Any]:
    """What the file holds, less the fingerprints of the files written beside it.

    Of ``published``, the ledger after disclosure control, it notes only what is withheld.
    """
    figures = {entry.id: entry.figure for entry in ledger.entries}
    return {
        "schema": SCHEMA,
        "version": __version__,
        "draft": draft,
        "landlord": settings.landlord.name,
        "period": _period(settings.report_period),
        "to_date": _period(to_date) if (to_date := settings.to_date_period) else None,
        "ombudsman_period": _period(settings.ombudsman_period),
        "settings": settings.model_dump(mode="json"),
        "rule_sets": [_rule_set(rules) for rules in rule_sets],
        "inputs": [_input(i) for i in records.inputs],
        "mapped": sorted(records.mapped),
        "tables": {table: kinds(table, frame) for table, frame in frames.items()},
        "definitions": dict(ledger.definitions),
        "declarations": [declared.as_json(figure) for figure in figures.values()],
        "ledger": [
            _entry(entry, told)
            for entry, told in zip(ledger.entries, published.entries, strict=True)
        ],
    }


def _period(period: Period) -> dict[str, str]:
    return {
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "label": period.label,
    }


def _rule_set(rules: RuleSet) -> dict[str, Any]:
    return asdict(rules) | {"in_force_from": rules.in_force_from.isoformat()}


def _input(read: Input) -> dict[str, Any]:
    return {"file": read.file, "sha256": read.sha256, "rows": read.rows}


def _entry(entry: Entry, told: Entry) -> dict[str, Any]:
    withheld = {"withheld": sorted(told.withheld)} if told.withheld else {}
    group, unit = dict(entry.group), entry.figure.unit.value
    return {"id": entry.id, "group": group, "unit": unit, **measured(entry), **withheld}


def measured(entry: Entry) -> dict[str, Any]:
    """What an entry came to: exact, as shown, and the counts behind it."""
    unit, result = entry.figure.unit, entry.result
    return {
        "value": exact(entry.value, unit),
        "shown": entry.shown,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "set_aside": result.set_aside,
        "previous": exact(entry.previous, unit),
    }


def exact(value: Fraction | None, unit: Unit) -> str | None:
    """A value without rounding: ``"575"``, ``"382/601"``; whole pence as pounds, ``"100.50"``."""
    if value is None:
        return None
    if unit is not Unit.GBP:
        return str(value)
    if value.denominator != 1:
        return str(value / PENCE)
    sign, (pounds, pence) = "-" if value < 0 else "", divmod(abs(int(value)), PENCE)
    return f"{sign}{pounds}.{pence:02}"


def value_of(text: str | None, unit: Unit) -> Fraction | None:
    """What ``exact`` wrote, read back. Raises ValueError when it is no number."""
    if text is None:
        return None
    return Fraction(text) * (PENCE if unit is Unit.GBP else 1)

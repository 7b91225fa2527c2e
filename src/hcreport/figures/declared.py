"""Declarations as plain JSON, and back: a run keeps what its figures meant beside their values.

A declaration becomes ``{"is": "Share", "cohort": {"is": "Cohort", …}, …}`` with every field of its
dataclass; tuples become lists. What is read back equals what was written.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from hcreport.figures.algebra import (
    Average,
    Cohort,
    Count,
    During,
    Figure,
    Given,
    Instead,
    Is,
    Quotient,
    Rate,
    Share,
    Total,
    Typed,
    Unit,
)

IS = "is"
DECIMAL = "Decimal"
_KINDS = {
    kind.__name__: kind
    for kind in (
        *(Is, During, Cohort, Figure, Instead),
        *(Count, Share, Total, Average, Quotient, Rate, Given, Typed),
    )
}


def as_json(declared: object) -> Any:
    """A declaration, or any part of one, as plain JSON."""
    if isinstance(declared, Enum):
        return declared.value
    if isinstance(declared, Decimal):
        return {IS: DECIMAL, "value": str(declared)}
    if isinstance(declared, tuple):
        return [as_json(part) for part in declared]
    if is_dataclass(declared):
        parts = {part.name: as_json(getattr(declared, part.name)) for part in fields(declared)}
        return {IS: type(declared).__name__, **parts}
    return declared


def figure(given: object) -> Figure:
    """The figure that some JSON declares. Raises ValueError when it declares none."""
    try:
        found = _declared(given)
    except (KeyError, TypeError, InvalidOperation) as fault:
        raise ValueError(f"no declaration: {fault!r}") from None
    if not isinstance(found, Figure):
        raise ValueError("no declaration of a figure")  # noqa: TRY004  (the JSON is at fault)
    return found


def _declared(given: Any) -> Any:
    if isinstance(given, list):
        return tuple(_declared(part) for part in given)
    if not isinstance(given, dict):
        return given
    parts = {name: _declared(part) for name, part in given.items() if name != IS}
    if given[IS] == DECIMAL:
        return Decimal(parts["value"])
    if "unit" in parts:
        parts["unit"] = Unit(parts["unit"])
    return _KINDS[given[IS]](**parts)

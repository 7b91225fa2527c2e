"""What must hold between figures, checked before anything is written.

A breach is our bug or a row that contradicts itself, and either way nothing is published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hcreport.figures.algebra import Count, Total
from hcreport.problems import Place, Problem, Rule, Severity
from hcreport.records import STAGES

if TYPE_CHECKING:
    from hcreport.figures.ledger import Ledger
    from hcreport.settings import Settings

BREACH = Rule(
    "X901",
    Severity.ERROR,
    "Two figures that must agree do not",
    "Look at the complaints between them; if their dates are right, please report the fault.",
)
RULES = (BREACH,)


@dataclass(frozen=True)
class Identity:
    """Two sides that must be equal, in words and in numbers."""

    left: str
    right: str
    left_value: int
    right_value: int


def breaches(ledger: Ledger, settings: Settings) -> tuple[Problem, ...]:
    """A problem for every identity that does not hold."""
    return tuple(
        Problem(
            BREACH,
            Place("figures"),
            f"{i.left} is {i.left_value:,} but {i.right} is {i.right_value:,}",
        )
        for i in (
            *_balances(ledger, settings),
            *_timeliness(ledger),
            *_outcomes(ledger),
            *_sums(ledger),
        )
        if i.left_value != i.right_value
    )


def _balances(ledger: Ledger, settings: Settings) -> Iterator[Identity]:
    """Open at start + received = ended + withdrawn + open at end, at each stage."""
    end = settings.basis.outcomes
    for stage, label in STAGES.items():
        parts = {
            name: ledger.at(f"{stage}.{name}")
            for name in ("open_at_start", "received", end, "ended_withdrawn", "open_at_end")
        }
        if parts["open_at_start"].value is None or parts[end].value is None:
            continue
        yield Identity(
            f"{label}: open at start + received",
            f"{end} + withdrawn + open at end",
            parts["open_at_start"].count + parts["received"].count,
            parts[end].count + parts["ended_withdrawn"].count + parts["open_at_end"].count,
        )


def _timeliness(ledger: Ledger) -> Iterator[Identity]:
    """On time + with extension + late = the base of the rate."""
    for stage, label in STAGES.items():
        parts = [
            ledger.at(f"{stage}.{name}").count for name in ("on_time", "with_extension", "late")
        ]
        base = ledger.at(f"{stage}.on_time_rate").result.denominator or 0
        yield Identity(f"{label}: on time + with extension + late", "their base", sum(parts), base)


def _outcomes(ledger: Ledger) -> Iterator[Identity]:
    """Upheld + partly upheld + not upheld = decided."""
    for stage, label in STAGES.items():
        names = ("upheld", "partly_upheld", "not_upheld")
        total = sum(ledger.at(f"{stage}.{name}").count for name in names)
        decided = ledger.at(f"{stage}.decided").count
        yield Identity(f"{label}: upheld + partly + not upheld", "decided", total, decided)


def _sums(ledger: Ledger) -> Iterator[Identity]:
    """Every breakdown of a count or an amount sums to its whole."""
    sums: dict[tuple[str, tuple[str, ...]], int] = {}
    for entry in ledger.entries:
        adds_up = isinstance(entry.figure.measure, Count | Total)
        if entry.group and adds_up and entry.value is not None:
            key = (entry.id, tuple(name for name, _ in entry.group))
            sums[key] = sums.get(key, 0) + entry.count
    for (figure, keys), total in sums.items():
        whole = ledger.at(figure)
        if whole.value is not None:
            yield Identity(f"{figure} by {' and '.join(keys)}", figure, total, whole.count)

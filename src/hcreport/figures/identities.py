"""What must hold between figures, checked before anything is written.

A breach is our bug or a row that contradicts itself, and either way nothing is published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hcreport.figures.algebra import Count, Total
from hcreport.figures.behind import Part, behind
from hcreport.problems import Place, Problem, Rule, Severity
from hcreport.records import STAGES

if TYPE_CHECKING:
    from hcreport.figures.evaluate import Evaluator
    from hcreport.figures.ledger import Entry, Ledger
    from hcreport.settings import Settings

BREACH = Rule(
    "X901",
    Severity.ERROR,
    "Two figures that must agree do not",
    "Look at the complaints between them; if their dates are right, please report the fault.",
)
RULES = (BREACH,)
# Complaints that are named; more than these are only counted.
NAMED = 5
EvaluatorOf = Callable[[str], "Evaluator"]


@dataclass(frozen=True)
class Identity:
    """Two sides that must be equal: what they are in words, and what is added up on each.

    ``is_base`` tells that the right side is the base of a rate, and not a value.
    """

    left: str
    right: str
    lefts: tuple[Entry, ...]
    rights: tuple[Entry, ...]
    is_base: bool = False

    @property
    def left_value(self) -> int:
        """The sum on the left."""
        return sum(entry.count for entry in self.lefts)

    @property
    def right_value(self) -> int:
        """The sum on the right."""
        if self.is_base:
            return sum(entry.result.denominator or 0 for entry in self.rights)
        return sum(entry.count for entry in self.rights)


def breaches(
    ledger: Ledger, settings: Settings, evaluator_of: EvaluatorOf | None = None
) -> tuple[Problem, ...]:
    """A problem for every identity that does not hold.

    What evaluated a figure, where it is given, tells which complaints lie between the two sides.
    """
    every = (
        *_balances(ledger, settings),
        *_timeliness(ledger),
        *_outcomes(ledger),
        *_stages(ledger),
        *_sums(ledger),
    )
    return tuple(_breach(i, evaluator_of) for i in every if i.left_value != i.right_value)


def _breach(i: Identity, evaluator_of: EvaluatorOf | None) -> Problem:
    message = f"{i.left} is {i.left_value:,} but {i.right} is {i.right_value:,}"
    names = _between(i, evaluator_of) if evaluator_of else []
    if names:
        more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
        message = f"{message}; between them: {', '.join(names[:NAMED])}{more}"
    return Problem(BREACH, Place("figures"), message)


def _between(i: Identity, evaluator_of: EvaluatorOf) -> list[str]:
    """The records that one side counts oftener than the other."""
    base = Part.DENOMINATOR if i.is_base else Part.NUMERATOR
    left = _counted(i.lefts, Part.NUMERATOR, evaluator_of)
    right = _counted(i.rights, base, evaluator_of)
    found = []
    for table, row in sorted(key for key in {*left, *right} if left[key] != right[key]):
        frame = evaluator_of(i.lefts[0].id).frames[table]
        names = [n for n in ("reference", "case", "stage") if n in frame.columns]
        held = [frame.values(n)[row] for n in names]
        found.append(" ".join(STAGES.get(word, word).lower() for word in held if word))
    return found


def _counted(
    entries: Iterable[Entry], part: Part, evaluator_of: EvaluatorOf
) -> Counter[tuple[str, int]]:
    """How often each row of each table is counted in the figures of one side."""
    found: Counter[tuple[str, int]] = Counter()
    for entry in entries:
        for rows in behind(evaluator_of(entry.id), entry.figure.measure, entry.group):
            if rows.part is part:
                found.update((rows.table, int(n)) for n in np.flatnonzero(rows.mask))
    return found


def _balances(ledger: Ledger, settings: Settings) -> Iterator[Identity]:
    """Open at start + received = ended + withdrawn + open at end, at each stage."""
    end = settings.basis.outcomes
    for stage, label in STAGES.items():
        start, received, ended, withdrawn, left = (
            ledger.at(f"{stage}.{name}")
            for name in ("open_at_start", "received", end, "ended_withdrawn", "open_at_end")
        )
        if start.value is not None and ended.value is not None:
            yield Identity(
                f"{label}: open at start + received",
                f"{end} + withdrawn + open at end",
                (start, received),
                (ended, withdrawn, left),
            )


def _timeliness(ledger: Ledger) -> Iterator[Identity]:
    """On time + with extension + late = the base of the rate."""
    for stage, label in STAGES.items():
        names = ("on_time", "with_extension", "late")
        parts = tuple(ledger.at(f"{stage}.{name}") for name in names)
        base = (ledger.at(f"{stage}.on_time_rate"),)
        words = f"{label}: on time + with extension + late"
        yield Identity(words, "their base", parts, base, is_base=True)


def _outcomes(ledger: Ledger) -> Iterator[Identity]:
    """Upheld + partly upheld + not upheld = decided."""
    for stage, label in STAGES.items():
        names = ("upheld", "partly_upheld", "not_upheld")
        parts = tuple(ledger.at(f"{stage}.{name}") for name in names)
        decided = (ledger.at(f"{stage}.decided"),)
        yield Identity(f"{label}: upheld + partly + not upheld", "decided", parts, decided)


def _stages(ledger: Ledger) -> Iterator[Identity]:
    """Stage 1 + stage 2 = either stage, where both are recorded."""
    for name in ("received", "upheld", "partly_upheld"):
        parts = tuple(ledger.at(f"{stage}.{name}") for stage in STAGES)
        whole = ledger.at(f"all_stages.{name}")
        if whole.value is not None and all(p.value is not None for p in parts):
            yield Identity(f"{name} at stage 1 + at stage 2", whole.id, parts, (whole,))


def _sums(ledger: Ledger) -> Iterator[Identity]:
    """Every breakdown of a count or an amount sums to its whole."""
    parts: dict[tuple[str, tuple[str, ...]], list[Entry]] = {}
    for entry in ledger.entries:
        adds_up = isinstance(entry.figure.measure, Count | Total)
        if entry.group and adds_up and entry.value is not None:
            key = (entry.id, tuple(name for name, _ in entry.group))
            parts.setdefault(key, []).append(entry)
    for (figure, keys), found in parts.items():
        whole = ledger.at(figure)
        if whole.value is not None:
            words = f"{figure} by {' and '.join(keys)}"
            yield Identity(words, figure, tuple(found), (whole,))

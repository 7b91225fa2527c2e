"""A run of numbers, one for each quarter in order: "34, 19, 22 and 26"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from hcreport.proofread.facts import Fact
from hcreport.proofread.numbers import Number
from hcreport.proofread.told import Told

_QUARTERS = 4
_SPOKEN_OF = re.compile(r"\bquarters?\b|\bq[1-4]\b", re.IGNORECASE)
_LISTED = re.compile(
    r"[^.;:()\d]{0,60}?(?:,|\band\b|\bto\b|\bthen\b)[^.;:()\d]{0,30}", re.IGNORECASE
)


def check(told: Told) -> None:
    """Each run of four: right where a figure has it quarter by quarter, but for one at the most."""
    if not _SPOKEN_OF.search(told.sentence.text):
        return
    for run in _runs(told):
        best = max(told.facts.by_quarter, key=lambda held: _hits(run, held), default=())
        if _hits(run, best) < _QUARTERS - 1:
            continue
        for number, fact in zip(run, best, strict=True):
            if number.agrees(fact.value):
                told.explain(number, fact.name)
            else:
                told.settle(number, fact.name, fact.said)


def _hits(run: tuple[Number, ...], held: tuple[Fact, ...]) -> int:
    """How many of a run's numbers a figure's quarters have, in order."""
    pairs = zip(run, held, strict=False)
    return sum(n.kind is f.kind and n.agrees(f.value) for n, f in pairs)


def _runs(told: Told) -> Iterator[tuple[Number, ...]]:
    figures, text = told.sentence.figures, told.sentence.text
    for at in range(len(figures) - _QUARTERS + 1):
        run = figures[at : at + _QUARTERS]
        between = (text[a.end : b.start] for a, b in itertools.pairwise(run))
        if len({n.kind for n in run}) == 1 and all(map(_LISTED.fullmatch, between)):
            yield run

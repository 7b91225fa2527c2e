"""Changes between two quarters or months that a sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcreport.figures.algebra import Unit
from hcreport.figures.shown import half_up, show
from hcreport.proofread.facts import Facet, Fact, When
from hcreport.proofread.mentions import Slot
from hcreport.proofread.numbers import Bound, Kind, Number
from hcreport.proofread.told import Told

_TIME = re.compile(r"\d{4}/\d\d q[1-4]|\d{4}-\d\d")
_LATER_FIRST = re.compile(
    r"\bthan\b|\b(?:up|down) on\b|\bcompared\b|\babove\b|\bbelow\b", re.IGNORECASE
)
_TWO = 2

Move = tuple[Fact, Fact]


def check(told: Told) -> None:
    """Every change that a sentence with two times tells."""
    times = _times(told)
    if len(times) != _TWO:
        return
    for number in told.sentence.figures:
        is_change = told.about(number).is_change and number.bound is not Bound.UNDER
        if is_change and told.is_open(number):
            _hold_change(told, number, *times)


def _times(told: Told) -> list[str]:
    """The quarters and months of a sentence, the earlier first."""
    said = [m for m in told.sentence.mentions if m.slot is Slot.LABEL and _TIME.fullmatch(m.value)]
    sure = dict.fromkeys(m.value for m in said if m.is_sure)
    named = sure if len(sure) >= _TWO else dict.fromkeys(m.value for m in said)
    return list(reversed(named)) if _LATER_FIRST.search(told.sentence.text) else list(named)


def _hold_change(told: Told, number: Number, first: str, second: str) -> None:
    moves = list(_moves(told, number, first, second))
    rose = told.about(number).rose
    fits = (m for m in moves if rose in {None, m[1].value > m[0].value} and _says(number, *m))
    fit = next(fits, None)
    if fit is not None:
        told.settle(number, f"{fit[0].said} and {fit[1].said}", None)
    elif moves:
        old, new = moves[0]
        told.settle(number, f"from {old.said} to {new.said}", _change(number, old, new))


def _moves(told: Told, number: Number, first: str, second: str) -> Iterator[Move]:
    """The figures of two times that a change may lie between, of the likeliest measure first."""
    about = told.about(number)
    stages = about.nearest(Slot.STAGE)
    kinds = {Kind.PERCENT} if number.kind is Kind.POINTS else {Kind.COUNT, Kind.PERCENT}
    for measure in about.said(Slot.MEASURE):
        alike: dict[tuple[str, Kind], dict[str, Fact]] = {}
        for f in told.facts.by_measure.get(measure, ()):
            plain = f.facet is Facet.VALUE and f.when is When.NOW and len(f.labels) == 1
            if plain and f.kind in kinds and (not stages or not f.stages or f.stages & stages):
                alike.setdefault((f.known.id, f.kind), {})[next(iter(f.labels))] = f
        for held in alike.values():
            if first in held and second in held:
                yield held[first], held[second]


def _says(number: Number, old: Fact, new: Fact) -> bool:
    moved = abs(new.value - old.value)
    if number.kind in {Kind.COUNT, Kind.POINTS}:
        return number.agrees(moved)
    return bool(old.value) and number.agrees(moved / old.value)


def _change(number: Number, old: Fact, new: Fact) -> str:
    moved = new.value - old.value
    if number.kind is Kind.COUNT:
        return f"{half_up(abs(moved)):,} {'more' if moved > 0 else 'fewer'}"
    if old.kind is Kind.PERCENT:
        return f"{half_up(abs(moved) * 100)} percentage points"
    return show(abs(moved / old.value), Unit.SHARE) if old.value else ""

"""The rows behind a figure: which records it counts, over which, and which it sets aside.

The same masks that give a figure its value give its rows, so the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from hcreport.derive.frame import columns
from hcreport.figures.algebra import (
    Average,
    Count,
    FromSettings,
    OverRows,
    Quotient,
    Rate,
    Share,
    Total,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcreport.figures.algebra import Cohort, Measure
    from hcreport.figures.evaluate import Evaluator
    from hcreport.figures.selection import Group


class Part(StrEnum):
    """The part that rows play in a figure."""

    NUMERATOR = "numerator"  # counted, or added up
    DENOMINATOR = "denominator"  # the base: of a share, a rate, an average, a count by group
    SET_ASIDE = "set aside"  # the records do not say


@dataclass(frozen=True)
class Rows:
    """Rows of a table that play one part in a figure.

    ``mask`` is over the whole table; ``columns`` are those whose values enter the figure, as an
    award's amount enters a sum.
    """

    part: Part
    table: str
    mask: NDArray[np.bool_]
    columns: tuple[str, ...] = ()


def behind(evaluator: Evaluator, measure: Measure, group: Group = ()) -> tuple[Rows, ...]:
    """The rows behind a measure, for the whole or for a group given by printed labels.

    A number from settings has no rows, and neither has a figure that is not recorded.
    """
    if isinstance(measure, FromSettings):
        return ()
    if isinstance(measure, Rate):
        return tuple(_rate(evaluator, measure, group))
    if not evaluator.is_recorded(measure.cohort):
        return ()
    return tuple(_over_rows(evaluator, measure, group))


def _over_rows(evaluator: Evaluator, measure: OverRows, group: Group) -> Iterator[Rows]:
    cohort, table = measure.cohort, measure.cohort.table
    everything = evaluator.rows(cohort) & _within(evaluator, cohort, group)
    if isinstance(measure, Count | Share):
        known = everything & evaluator.rows(cohort, *measure.known)
        yield Rows(Part.NUMERATOR, table, known & evaluator.rows(cohort, *measure.hit))
        if isinstance(measure, Share):
            yield Rows(Part.DENOMINATOR, table, known)
        elif group:
            (whole, *_) = _over_rows(evaluator, measure, group[:-1])
            yield Rows(Part.DENOMINATOR, table, whole.mask)
        yield Rows(Part.SET_ASIDE, table, everything & ~known)
        return
    names = _valued(measure)
    said = _said(evaluator, table, *names)
    if isinstance(measure, Average):
        yield Rows(Part.DENOMINATOR, table, everything & said, names)
        yield Rows(Part.SET_ASIDE, table, everything & ~said)
        return
    yield Rows(Part.NUMERATOR, table, everything & said, names)
    if isinstance(measure, Quotient):
        aside = everything & ~said & _said(evaluator, table, measure.under)
        yield Rows(Part.SET_ASIDE, table, aside)


def _rate(evaluator: Evaluator, measure: Rate, group: Group) -> Iterator[Rows]:
    yield from (
        rows for rows in behind(evaluator, measure.over, group) if rows.part is not Part.DENOMINATOR
    )
    if isinstance(measure.under, Count):
        for rows in behind(evaluator, measure.under, group):
            if rows.part is Part.NUMERATOR:
                yield Rows(Part.DENOMINATOR, rows.table, rows.mask)


def _valued(measure: Total | Average | Quotient) -> tuple[str, ...]:
    """The columns whose values enter a measure."""
    return (measure.over, measure.under) if isinstance(measure, Quotient) else (measure.column,)


def _said(evaluator: Evaluator, table: str, *names: str) -> NDArray[np.bool_]:
    """Which rows of a table have a value in each of these columns."""
    frame = evaluator.frames[table]
    mask = np.ones(len(frame), dtype=bool)
    for name in names:
        mask &= ~np.isnan(frame.numbers(name))
    return mask


def _within(evaluator: Evaluator, cohort: Cohort, group: Group) -> NDArray[np.bool_]:
    """Which rows belong to a group given by printed labels."""
    coded = []
    for key, label in group:
        codes = columns(cohort.table)[cohort.column(key)].codes
        coded.append((key, next((c for c, words in codes.items() if words == label), label)))
    return evaluator.in_group(cohort, tuple(coded))

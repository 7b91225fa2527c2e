"""From figures to a ledger: each evaluated over a period, whole and by its breakdowns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hcreport.derive.frame import columns
from hcreport.figures.algebra import Figure, cohort_of
from hcreport.figures.english import definition
from hcreport.figures.ledger import Entry, Ledger
from hcreport.figures.year_before import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from hcreport.calendar.periods import Period
    from hcreport.figures.evaluate import Evaluator, Result
    from hcreport.figures.selection import Givens, Group


def build(
    figures: Mapping[str, Figure],
    evaluator: Evaluator,
    givens: Givens,
    previous: Mapping[tuple[str, Group], Fraction],
) -> Ledger:
    """Evaluate every figure, whole and by each of its breakdowns that the exports support."""
    figures = {name: _possible(figure, evaluator) for name, figure in figures.items()}
    entries = [
        Entry(figure, group, result, previous.get((figure.id, folded(group))))
        for figure in figures.values()
        for by in ((), *figure.by)
        if evaluator.can_break_down(figure, by)
        for group, result in _labelled(figure, evaluator.evaluate(figure, by))
    ]
    definitions = {f.id: definition(f.measure, givens) for f in figures.values()}
    return Ledger(tuple(entries), definitions)


def over_period(figures: Mapping[str, Figure], prefix: str, period: Period) -> Mapping[str, Figure]:
    """The figures with ids and labels of another period; as they are, without a prefix."""
    if not prefix:
        return figures
    named = (_over(figure, prefix, period) for figure in figures.values())
    return {figure.id: figure for figure in named}


def _over(figure: Figure, prefix: str, period: Period) -> Figure:
    """A figure, and what it is instead where the exports cannot give it, named for a period."""
    instead = figure.instead and replace(
        figure.instead, label=f"{figure.instead.label}, {period.label}"
    )
    label = f"{figure.label}, {period.label}"
    return replace(figure, id=f"{prefix}{figure.id}", label=label, instead=instead)


def together(ledgers: Iterable[Ledger]) -> Ledger:
    """One ledger of the entries of several, whose ids differ."""
    found = tuple(ledgers)
    definitions = {k: v for ledger in found for k, v in ledger.definitions.items()}
    return Ledger(tuple(e for ledger in found for e in ledger.entries), definitions)


def _possible(figure: Figure, evaluator: Evaluator) -> Figure:
    """The figure, or what it is instead where the exports cannot give it."""
    cohort = cohort_of(figure.measure)
    if figure.instead is None or cohort is None or evaluator.is_recorded(cohort):
        return figure
    return replace(figure, label=figure.instead.label, measure=figure.instead.measure)


def _labelled(figure: Figure, results: Mapping[Group, Result]) -> Iterator[tuple[Group, Result]]:
    """Results with codes replaced by printed labels. No two codes of a column share a label."""
    cohort = cohort_of(figure.measure)
    for group, result in results.items():
        if cohort is None:
            yield group, result
            continue
        info = columns(cohort.table)
        yield (
            tuple((key, info[cohort.column(key)].codes.get(value, value)) for key, value in group),
            result,
        )

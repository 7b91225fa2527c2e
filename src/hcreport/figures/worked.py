"""All figures of a run worked out: over the report's period, and over the one to date beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hcreport.derive.frame import frames
from hcreport.derive.terms import Terms, terms
from hcreport.figures import building, catalogue, own, year_before
from hcreport.figures.evaluate import Evaluator
from hcreport.figures.ledger import TO_DATE, Ledger
from hcreport.figures.selection import Givens

if TYPE_CHECKING:
    from fractions import Fraction

    from hcreport.figures.algebra import Figure
    from hcreport.figures.selection import Group
    from hcreport.records import Records
    from hcreport.settings import Settings


@dataclass(frozen=True)
class Worked:
    """The ledger, what every figure was declared as, and what evaluated it.

    ``evaluators`` are by what the ids of their figures begin with: nothing, or ``to_date.``.
    """

    ledger: Ledger
    figures: Mapping[str, Figure]
    evaluators: Mapping[str, Evaluator]

    def evaluator(self, figure: str) -> Evaluator:
        """What gave a figure its value."""
        return self.evaluators[prefix_of(figure)]


def prefix_of(figure: str) -> str:
    """What an id begins with: ``to_date.``, or nothing where it is over the report's period."""
    return TO_DATE if figure.startswith(TO_DATE) else ""


def work_out(
    records: Records,
    settings: Settings,
    judged: Terms,
    previous: Mapping[tuple[str, Group], Fraction],
) -> Worked:
    """Every figure, built-in and own. Raises CannotRun when settings declare one wrongly."""
    built_in = catalogue.figures(settings)
    figures = {**built_in, **own.declared(settings.figures, built_in, records)}
    known = {**previous, **year_before.typed_previous(figures, settings.previous.figures)}
    periods = {"": settings.report_period, TO_DATE: settings.to_date_period}
    found, evaluators = [], {}
    for prefix, period in periods.items():
        if period is None:
            continue
        over = judged if period == judged.period else terms(records, settings, period)
        givens = Givens(period, settings.ombudsman_period, settings.homes.owned)
        evaluators[prefix] = Evaluator(frames(records, over), records.mapped, givens)
        named = building.over_period(figures, prefix, period)
        found.append(building.build(named, evaluators[prefix], givens, known))
    return Worked(building.together(found), figures, evaluators)

"""A declaration in plain English: what is counted, over what, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.derive.frame import columns
from hcreport.figures.algebra import (
    Average,
    Condition,
    Count,
    Given,
    Is,
    Quotient,
    Rate,
    Share,
    Total,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcreport.figures.algebra import Cohort, Measure
    from hcreport.figures.evaluate import Givens


def definition(measure: Measure, givens: Givens) -> str:
    """One or two sentences that say exactly what a measure is."""
    return _Words(givens).define(measure)


def either(words: Iterable[str]) -> str:
    """A list in prose: "a, b or c"."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


class _Words:
    def __init__(self, givens: Givens) -> None:
        self._givens = givens

    def define(self, measure: Measure) -> str:  # noqa: PLR0911  (one return for each kind)
        match measure:
            case Count():
                return f"The number of {self._cohort(measure.cohort)}{self._hit(measure)}."
            case Share():
                return (
                    f"Of {self._cohort(measure.cohort)}{self._known(measure)}, "
                    f"the share{self._hit(measure)}."
                )
            case Total():
                column = _label(measure.cohort.table, measure.column)
                return f"The sum of {column} over {self._cohort(measure.cohort)}."
            case Average():
                column = _label(measure.cohort.table, measure.column)
                return f"The {measure.how} of {column} over {self._cohort(measure.cohort)}."
            case Quotient():
                over = _label(measure.cohort.table, measure.over)
                under = _label(measure.cohort.table, measure.under)
                return (
                    f"The sum of {over} divided by the sum of {under}, over {measure.cohort.words}."
                )
            case Rate():
                return self._rate(measure)
            case Given():
                return "Taken from settings, as the survey reported it."

    def _rate(self, measure: Rate) -> str:
        over = self._cohort(measure.over.cohort)
        if isinstance(measure.under, Count):
            under = f"the number of {self._cohort(measure.under.cohort)}"
        elif measure.under == "homes":
            under = "the homes owned at the end of the year, from settings"
        else:
            under = "the months of the period"
        scale = f", times {measure.scale:,}" if measure.scale != 1 else ""
        return f"The number of {over}, divided by {under}{scale}."

    def _cohort(self, cohort: Cohort) -> str:
        tests = "; ".join(self._test(cohort.table, test) for test in cohort.conditions)
        return f"{cohort.words} ({tests})" if tests else cohort.words

    def _hit(self, measure: Count | Share) -> str:
        tests = " and ".join(self._test(measure.cohort.table, test) for test in measure.hit)
        return f" whose {tests}" if tests else ""

    def _known(self, measure: Share) -> str:
        tests = " and ".join(self._test(measure.cohort.table, test) for test in measure.known)
        return f" whose {tests} (the rest are set aside)" if tests else ""

    def _test(self, table: str, test: Condition) -> str:
        label = _label(table, test.column)
        if isinstance(test, Is):
            codes = columns(table)[test.column].codes
            return f"{label} is {either(codes.get(value, value) for value in test.values)}"
        report = test.period == "report"
        period = self._givens.period if report else self._givens.ombudsman_period
        return f"{label} from {period.long}"


def _label(table: str, column: str) -> str:
    label = columns(table)[column].label
    return label[0].lower() + label[1:]

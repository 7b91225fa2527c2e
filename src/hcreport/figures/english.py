"""A declaration in plain English: what is counted, over what, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.calendar.periods import in_words
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
    Typed,
    cohort_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hcreport.figures.algebra import Cohort, Measure
    from hcreport.figures.selection import Givens


def definition(measure: Measure, givens: Givens) -> str:
    """A sentence that says what a measure is, with its days."""
    return _dated(_defined(measure), givens)


def conditions(measure: Measure, givens: Givens) -> str:
    """The exact tests behind a measure's cohort, as columns and their values."""
    cohort = cohort_of(measure)
    if cohort is None:
        return ""
    return "; ".join(_exactly(cohort.table, test, givens) for test in cohort.conditions)


def either(words: Iterable[str]) -> str:
    """A list in prose: "a, b or c"."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _dated(sentence: str, givens: Givens) -> str:
    """The sentence with the days that its periods stand for."""
    period = givens.period
    days = {
        "at the start of the period": f"at the start of {in_words(period.start)}",
        "at the end of the period": f"at the end of {in_words(period.end)}",
        "in the period": f"from {period.long}",
        "of the period": f"of {period.long}",
        "in the Ombudsman's year": f"from {givens.ombudsman_period.long}",
    }
    for words, exact in days.items():
        sentence = sentence.replace(words, exact)
    # What narrows a cohort ends with a comma, which may meet the sentence's own.
    return sentence.replace(",,", ",").replace(",.", ".")


def _defined(measure: Measure) -> str:  # noqa: PLR0911  (one return for each kind)
    match measure:
        case Count():
            return f"The number of {_counted(measure)}."
        case Share():
            return f"The share of {measure.cohort.words}{_that(measure)}.{_aside(measure)}"
        case Total():
            column = _label(measure.cohort, measure.column)
            return f"The sum of the {column} of {measure.cohort.words}."
        case Average():
            column = _label(measure.cohort, measure.column)
            return f"The {measure.how} of the {column} of {measure.cohort.words}."
        case Quotient():
            over, under = (_label(measure.cohort, c) for c in (measure.over, measure.under))
            return f"The {over}, over the {under}, of {measure.cohort.words}."
        case Rate():
            return _rate(measure)
        case Given():
            return "As the survey reported it."
        case Typed():
            return "As typed in the settings from what was published, and not counted from records."


def _counted(measure: Count) -> str:
    return f"{measure.cohort.words}{_that(measure)}"


def _rate(measure: Rate) -> str:
    if isinstance(measure.under, Count):
        under = f"the number of {_counted(measure.under)}"
    elif measure.under == "homes":
        under = "the homes owned at the end of the year"
    else:
        under = "the months of the period"
    scale = f", times {measure.scale:,}" if measure.scale != 1 else ""
    return f"The number of {_counted(measure.over)}, over {under}{scale}."


def _that(measure: Count | Share) -> str:
    """The tests that choose from a cohort: "that were answered on time"."""
    said = " and ".join(_says(measure.cohort, test) for test in measure.hit)
    return f" {said}" if said else ""


def _aside(measure: Share) -> str:
    return " Those for which the records do not say are set aside." if measure.known else ""


def _says(cohort: Cohort, test: Condition) -> str:
    if not isinstance(test, Is):
        return f"whose {_label(cohort, test.column)} lies in the period"
    info = columns(cohort.table)[test.column]
    if all(code in info.says for code in test.codes):
        return either(info.says[code] for code in test.codes)
    return f"whose {_label(cohort, test.column)} is {either(_printed(info.codes, test.codes))}"


def _printed(labels: Mapping[str, str], codes: Sequence[str]) -> list[str]:
    return [labels.get(code, code) for code in codes]


def _exactly(table: str, test: Condition, givens: Givens) -> str:
    info = columns(table)[test.column]
    if isinstance(test, Is):
        return f"{info.label} is {either(_printed(info.codes, test.codes))}"
    report = test.period == "report"
    period = givens.period if report else givens.ombudsman_period
    return f"{info.label} from {period.long}"


def _label(cohort: Cohort, column: str) -> str:
    label = columns(cohort.table)[column].label
    return label[0].lower() + label[1:]

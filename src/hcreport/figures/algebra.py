"""What a figure is made of. A declaration is a value: it computes nothing and knows no data.

Conditions are positive tests of one column each, joined by AND; anything cleverer is a derived
column. That keeps every figure sayable in a sentence and computable by COUNTIFS.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from decimal import Decimal


# Money is held in whole pence.
PENCE = 100


class Unit(StrEnum):
    """What a figure's value is counted in, and so how it is printed."""

    COUNT = "count"
    SHARE = "share"  # 0 to 1, printed as per cent
    GBP = "gbp"  # held as integer pence
    DAYS = "days"  # working days
    PER_1000 = "per_1000"  # per 1,000 homes
    PER_MONTH = "per_month"
    SCORE = "score"  # a survey's per cent, 0 to 100


@dataclass(frozen=True)
class Is:
    """A column holds one of these codes."""

    column: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class During:
    """A date lies in the report's period, or in the Ombudsman's year."""

    column: str
    period: Literal["report", "ombudsman"] = "report"


Condition = Is | During


def column_is(column: str, *codes: str) -> Is:
    """The condition that a column holds one of these codes."""
    return Is(column, codes)


@dataclass(frozen=True)
class Cohort:
    """The rows a figure is about: a table and conditions, and what they are called in print.

    ``needs`` are the fields that must have a column in the exports, or else there is no figure at
    all; fields joined by ``|`` can stand in for each other, and a stage by its code is needed to
    have complaints. ``names`` says which column a breakdown's name means here: the month of a
    received cohort is the month of receipt.
    """

    table: str
    words: str
    conditions: tuple[Condition, ...]
    needs: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> str:
        """The column that a breakdown's name means in this cohort."""
        return dict(self.names).get(name, name)

    def where(self, words: str, *conditions: Condition) -> Cohort:
        """A narrower cohort."""
        narrowed = (*self.conditions, *conditions)
        return replace(self, words=f"{self.words} {words}".replace(" ,", ","), conditions=narrowed)

    def needing(self, *fields: str) -> Cohort:
        """The same cohort, which is nothing without a column for these fields too."""
        return replace(self, needs=(*self.needs, *fields))


@dataclass(frozen=True)
class Count:
    """The rows of a cohort that meet ``hit``.

    Rows that fail ``known`` are set aside: the data does not say.
    """

    cohort: Cohort
    hit: tuple[Condition, ...] = ()
    known: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Share:
    """The rows that meet ``hit``, over the rows of the cohort that are ``known``."""

    cohort: Cohort
    hit: tuple[Condition, ...]
    known: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Total:
    """The sum of a column over a cohort. A blank adds nothing: a case's sums stand on one row."""

    cohort: Cohort
    column: str


@dataclass(frozen=True)
class Average:
    """The median or the mean of a column over a cohort. Rows where it is blank are set aside."""

    cohort: Cohort
    column: str
    how: Literal["median", "mean"]


@dataclass(frozen=True)
class Quotient:
    """The sum of one column over the sum of another, such as orders complied with over orders.

    Rows that say only the second are set aside.
    """

    cohort: Cohort
    over: str
    under: str


@dataclass(frozen=True)
class Rate:
    """One count over another count, or over a fixed number from settings, times ``scale``."""

    over: Count
    under: Count | Literal["homes", "months"]
    scale: int = 1


@dataclass(frozen=True)
class Given:
    """A number from settings: a survey's result, which no export holds."""

    numerator: int | None = None
    denominator: int | None = None
    percent: Decimal | None = None


@dataclass(frozen=True)
class Typed:
    """Totals that settings type from what was published, where no export has the rows.

    Each is a group (key and printed label; the whole is the empty group) with its number. A share
    has numbers that it is ``over`` too; ``is_sum`` tells of a sum, which counts no rows.
    """

    numbers: tuple[tuple[tuple[tuple[str, str], ...], int], ...]
    over: tuple[tuple[tuple[tuple[str, str], ...], int], ...] = ()
    is_sum: bool = False


# The measures of one cohort's rows, and all there are.
OverRows = Count | Share | Total | Average | Quotient
FromSettings = Given | Typed
Measure = OverRows | Rate | FromSettings
Breakdown = tuple[str, ...]


@dataclass(frozen=True)
class Instead:
    """What a figure is where the exports have no column for its measure, and how it is labelled."""

    label: str
    measure: Measure


@dataclass(frozen=True)
class Figure:
    """A named number with a definition.

    ``by`` lists the breakdowns it is also computed for; ``decimals`` how it is printed;
    ``source`` where its definition comes from (a Code paragraph, a TSM id); ``instead`` what it is
    where the exports cannot give it.
    """

    id: str
    label: str
    unit: Unit
    measure: Measure
    by: tuple[Breakdown, ...] = ()
    decimals: int = 0
    source: str = ""
    instead: Instead | None = None


def cohort_of(measure: Measure) -> Cohort | None:
    """The cohort a measure counts over; None for a number from settings."""
    if isinstance(measure, FromSettings):
        return None
    return measure.over.cohort if isinstance(measure, Rate) else measure.cohort

"""What a chart is: labelled numbers in panels, and words that say the same.

A chart never computes. Its numbers come from the ledger already rounded and worded
(:attr:`Bar.shown`), so the picture, the table beside it and the alternative text cannot
disagree. The ``drawing`` package turns a chart into a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from hcreport.records import as_label


class Kind(Enum):
    """How a chart's panels are drawn."""

    BARS = "bars"  # horizontal bars from zero; panels stand side by side and share their rows
    TRACKS = "tracks"  # horizontal bars over a full-length track: each is a share of one whole
    COLUMNS = "columns"  # vertical columns, one per month; panels stand one above another
    STACKS = "stacks"  # horizontal bars cut into labelled parts that make up 100%


@dataclass(frozen=True)
class Bar:
    """One number as it is drawn.

    ``value`` is None where there is no number (an empty base): the row keeps its label and
    shows ``shown`` ("no value") without a bar. ``muted`` marks the comparison, such as last year.
    """

    label: str
    value: Fraction | None
    shown: str
    muted: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", as_label(self.label))


@dataclass(frozen=True)
class Stack:
    """One bar cut into parts; the parts' values are counts and the bar is their whole."""

    label: str
    parts: tuple[Bar, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", as_label(self.label))


@dataclass(frozen=True)
class Panel:
    """Bars under one heading. The heading carries the series' name, so colour need not."""

    title: str
    bars: tuple[Bar, ...] = ()
    stacks: tuple[Stack, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", as_label(self.title))


@dataclass(frozen=True)
class Chart:
    """A drawable chart: ``title`` is its caption in the report, ``alt`` its text alternative."""

    id: str
    kind: Kind
    title: str
    panels: tuple[Panel, ...]
    alt: str

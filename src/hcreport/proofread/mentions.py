"""What a stretch of text says of numbers, as one thing: a measure, stage, label or period."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Slot(StrEnum):
    """The kinds of thing that words can say of a number."""

    MEASURE = "measure"
    STAGE = "stage"
    LABEL = "label"
    WHEN = "when"
    FOREIGN = "foreign"
    WHOLE = "whole"


class Surety(IntEnum):
    """How surely words mean what they are taken for."""

    FAINT = 0  # by a word of every report, which is in one label only: "property"
    PARTLY = 1  # by a telling word of a longer label: "heating"
    MOSTLY = 2  # by half of what a label says
    SURE = 3


@dataclass(frozen=True)
class Mention:
    """Something a text says of its numbers. One that is not sure may be left unheeded.

    One that something else ``is_likened`` to is sure only of a number beside it: "higher than at
    stage 1 (64%)".
    """

    start: int
    end: int
    slot: Slot
    value: str
    surety: Surety = Surety.SURE
    is_likened: bool = False

    @property
    def aside(self) -> Surety:
        """How sure it is of a number that stands elsewhere."""
        return min(self.surety, Surety.MOSTLY) if self.is_likened else self.surety

    @property
    def is_sure(self) -> bool:
        """Whether nothing else can be meant."""
        return self.aside is Surety.SURE

"""What is heard of a number: everything the words around it say, each by how near it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from hcreport.proofread.facts import Fact, When
from hcreport.proofread.mentions import Slot, Surety


class Near(IntEnum):
    """How near to a number words stand, the nearest first."""

    OWN = 0  # in its own piece of the sentence
    HOST = 1  # before the bracket that it stands in
    TRAIL = 2  # in pieces that follow its own
    FRAME = 3  # before the sentence's first number
    PRIOR = 4  # elsewhere in the sentence, before it
    REST = 5  # elsewhere in the sentence, after it
    BEFORE = 6  # in the sentences before
    HEADING = 7


class Trait(StrEnum):
    """What the writing around a number tells of how it is meant."""

    BASE = "base"  # others are parts of it: "Of the 72 provisions", "71 of the 133"
    PART = "part"  # its sentence opens with what it is a part of: "Of those upheld, 12 …"
    PAIRED = "paired"  # the first of "71 of the 133"
    SOME = "some"  # "389 of the stage 1 complaints": it is not all of them
    OF_THEM = "of them"  # "nine of them": what is counted was said before
    LISTED = "listed"  # one of several without words of their own: "96 and 23"
    COMPARED = "compared"  # something is compared with it: "against 118"
    IN_WORDS = "in words"
    TABLE = "table"  # it stands in a table, whose headings say all that is meant
    DECIMAL = "decimal"  # it has a decimal point, so it is no plain count
    SHARE = "share"  # a share of a whole is spoken of: "accounted for"
    DWELLINGS = "dwellings"  # it counts homes, or people as such
    LOG = "log"  # the learning log is spoken of
    DAYS = "days"  # days are spoken of
    OMBUDSMAN = "ombudsman"  # the Ombudsman is spoken of in its sentence
    OMBUDSMAN_BEFORE = "ombudsman before"  # or was before


@dataclass(frozen=True)
class Heard:
    """One thing that words say of a number: how near they stand, and whether they surely mean it.

    ``back`` counts the sentences between, for what was said before.
    """

    slot: Slot
    value: str
    near: Near
    surety: Surety = Surety.SURE
    back: int = 0

    @property
    def is_sure(self) -> bool:
        """Whether nothing else can be meant."""
        return self.surety is Surety.SURE


@dataclass(frozen=True)
class About:
    """All that is known of what a number is about, but for its value.

    ``whens`` are the periods that it may be over. ``rose`` tells a change up from one down, where
    that is said. ``together`` are labels named side by side, which it may be of all together.
    ``beside`` are the figures that numbers near it rightly say, ``earlier`` those of the sentence
    before; ``taken`` are those that another number of the sentence says, and says more plainly.
    ``unknown`` counts the words of its own that nobody knows; ``beyond`` is why it may be about
    something that the ledger does not hold, if there is a reason, and ``doubt`` why the number
    cannot be called wrong, if there is a reason.
    """

    heard: tuple[Heard, ...] = ()
    traits: frozenset[Trait] = frozenset()
    whens: frozenset[str] = frozenset({When.NOW.value})
    is_change: bool = False
    rose: bool | None = None
    together: tuple[frozenset[str], ...] = ()
    beside: tuple[Fact, ...] = ()
    earlier: tuple[Fact, ...] = ()
    taken: tuple[Fact, ...] = ()
    unknown: int = 0
    beyond: str = ""
    doubt: str = ""

    def said(self, slot: Slot, within: Near = Near.HEADING) -> tuple[str, ...]:
        """What is said of a slot, the nearest first."""
        return tuple(dict.fromkeys(h.value for h in self._near(slot) if h.near <= within))

    def nearest(self, slot: Slot) -> frozenset[str]:
        """What the nearest words that say anything of a slot surely say."""
        said = [h for h in self._near(slot) if h.is_sure]
        return frozenset(h.value for h in said if (h.near, h.back) == (said[0].near, said[0].back))

    def sure(self, slot: Slot, within: Near = Near.FRAME) -> frozenset[str]:
        """What is surely said of a slot by near words."""
        return frozenset(h.value for h in self._near(slot) if h.near <= within and h.is_sure)

    def _near(self, slot: Slot) -> Iterator[Heard]:
        ordered = sorted(self.heard, key=lambda h: (h.near, h.back))
        return (h for h in ordered if h.slot is slot)

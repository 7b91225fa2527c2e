"""How many of everything: the published totals, and the invented splits under them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple


class Span(NamedTuple):
    """Days, both included."""

    first: date
    last: date


YEAR = Span(date(2023, 4, 1), date(2024, 3, 31))
TO_DATE = Span(date(2024, 4, 1), date(2024, 5, 31))
EARLIER = Span(date(2023, 1, 9), date(2023, 3, 31))

REPAIRS, DAMP = "Housing repairs", "Damp and mould"


class End(Enum):
    """What became of a complaint by the day of the export, as its row says it."""

    UPHELD = "Upheld"
    PARTLY = "Partially upheld"
    NOT_UPHELD = "Not upheld"
    CARRIED = "Not upheld, after the end of the period it was received in"
    WITHDRAWN = "Withdrawn"
    REFUSED = "Not accepted"
    OPEN = "Not yet answered"


@dataclass(frozen=True)
class Quota:
    """Repairs complaints received at one stage in one period, by what became of them."""

    upheld: int
    partly_upheld: int
    not_upheld: int
    carried: int
    withdrawn: int
    open: int

    @property
    def received(self) -> int:
        """All of them."""
        return sum(count for _, count in self.ends)

    @property
    def ends(self) -> tuple[tuple[End, int], ...]:
        """Each end with its count."""
        return (
            (End.UPHELD, self.upheld),
            (End.PARTLY, self.partly_upheld),
            (End.NOT_UPHELD, self.not_upheld),
            (End.CARRIED, self.carried),
            (End.WITHDRAWN, self.withdrawn),
            (End.OPEN, self.open),
        )


# Published: the sum of each row, and the sums of the first two columns in each period.
QUOTAS: Mapping[tuple[Span, int], Quota] = {
    #                       upheld  partly  not   carried  withdrawn  open
    (YEAR, 1): Quota(           35,     21,   38,       5,         2,    0),
    (YEAR, 2): Quota(           12,      7,   10,       3,         0,    0),
    (TO_DATE, 1): Quota(        10,     26,   17,       0,         0,   22),
    (TO_DATE, 2): Quota(         2,      3,    1,       0,         0,    5),
}  # fmt: skip


@dataclass(frozen=True)
class Published:
    """What the report prints of one period."""

    stage1: int
    stage2: int
    upheld: int
    partly_upheld: int
    damp: int


PUBLISHED: Mapping[Span, Published] = {
    YEAR: Published(101, 32, 47, 28, 22),
    TO_DATE: Published(75, 11, 12, 29, 9),
}

# Received before the year and answered in it, not upheld.
OPEN_AT_START = {1: 4, 2: 2}

# Stage 2 complaints by the period of the stage 1 complaint that each follows.
PARENTS: Mapping[Span, Mapping[Span, int]] = {
    YEAR: {EARLIER: 3, YEAR: 29},
    TO_DATE: {YEAR: 8, TO_DATE: 3},
}

# Cases about damp and mould: with stage 1 and no stage 2, and with both stages, in each period.
DAMP_CASES: Mapping[Span, tuple[int, int]] = {YEAR: (12, 5), TO_DATE: (7, 1)}

CATEGORIES = {
    "Responsive repairs": 44, "Heating and hot water": 21, "Leaks and plumbing": 19,
    "Windows and doors": 9, "Empty homes and decoration": 7,
}  # fmt: skip
CAUSES = {
    "Work not done when promised": 41,
    "Work not done to standard": 26,
    "Not kept informed": 23,
    "Wrong or no record kept": 10,
}
REASONS_FOR_STAGE2 = {
    "Promised work was not done": 45,
    "Disagrees with the decision": 32,
    "Not every point was answered": 23,
}
REFUSALS = {
    "Claim for disrepair before a court": 3,
    "More than twelve months old": 2,
    "Decided already at both stages": 1,
}
SERVICE_REQUESTS = {YEAR: 64, TO_DATE: 51}
OTHER_SERVICES = {"Parking": 17, "Waste and recycling": 21, "Council tax": 14, "Libraries": 3}
AT_THE_OMBUDSMAN = 2
GOODWILL = {"stage1": (50, 75, 100, 150), "stage2": (100, 150, 250, 400)}
GOODWILL_SHARE = 0.3

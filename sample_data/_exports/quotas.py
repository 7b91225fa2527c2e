"""How many of what each sample export holds: the numbers that its report must come to.

All of them are invented. ``expected.toml`` beside each sample is written from these tables and from
nothing else, so a figure that differs there is a fault of ``hcreport`` or of the export's writer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

START, END = date(2023, 4, 1), date(2024, 3, 31)


@dataclass(frozen=True)
class Stage:
    """Complaints at one stage.

    The three outcomes are of complaints answered in the year, of which ``before`` were received
    before it began. ``open`` ones were received in the year and answered after it. ``awards`` are
    in pence, each for a complaint that was upheld, wholly or partly, in the year.
    """

    upheld: int
    partly_upheld: int
    not_upheld: int
    before: int
    open: int
    withdrawn: int = 0
    refused: int = 0
    awards: tuple[int, ...] = ()

    @property
    def answered(self) -> int:
        """Complaints answered in the year."""
        return self.upheld + self.partly_upheld + self.not_upheld

    @property
    def received(self) -> int:
        """Complaints received in the year; a withdrawn one was received, a refused one was not."""
        return self.answered - self.before + self.open + self.withdrawn


@dataclass(frozen=True)
class Quotas:
    """One sample. ``warnings`` are the problems that its check must find, by code."""

    first: Stage
    second: Stage
    service_requests: int = 0
    duplicates: int = 0
    ombudsman: Mapping[str, int] | None = None
    warnings: Mapping[str, int] | None = None


QUOTAS: Mapping[str, Quotas] = {
    "icasework": Quotas(
        Stage(18, 9, 15, 4, 3, withdrawn=2, refused=3, awards=(5000, 10000, 25000, 7550)),
        Stage(4, 3, 4, 2, 1, awards=(15000, 20000)),
    ),
    "goss": Quotas(
        Stage(20, 8, 17, 3, 4, withdrawn=2, awards=(2500, 10000, 7500, 12550, 30000)),
        Stage(5, 2, 4, 1, 1, awards=(40000, 5000, 17525)),
        service_requests=14,
    ),
    "jadu": Quotas(
        Stage(22, 10, 13, 5, 2, withdrawn=3, awards=(5000, 125000, 10000, 8050)),
        Stage(4, 4, 3, 2, 1, awards=(20000, 2500)),
        service_requests=4,
        duplicates=2,
        # A withdrawn case has a decision date, so it looks answered.
        warnings={"X112": 3},
    ),
    "dynamics": Quotas(
        Stage(17, 11, 12, 3, 3, refused=2, awards=(15000, 5000, 9999)),
        Stage(5, 3, 3, 1, 2, awards=(25000, 30000)),
        ombudsman={"determinations": 3, "findings": 5},
        warnings={"R114": 1},
    ),
    "salesforce": Quotas(
        Stage(24, 7, 16, 4, 2, withdrawn=2, awards=(10000, 6000, 7500, 22000)),
        Stage(6, 2, 5, 2, 2, awards=(12000, 50000)),
    ),
    "civica-cx": Quotas(
        Stage(16, 12, 14, 3, 5, withdrawn=1, refused=2, awards=(5000, 5000, 15000)),
        Stage(3, 4, 3, 2, 1, awards=(35000,)),
    ),
    "plain": Quotas(
        Stage(14, 8, 16, 2, 3, withdrawn=3, refused=4, awards=(2000, 10000, 45075)),
        Stage(4, 1, 4, 1, 1, awards=(10000, 6050)),
        service_requests=5,
    ),
}

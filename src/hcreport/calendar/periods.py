"""A period of whole days, and how people write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_YEAR = re.compile(r"(\d{4})\s*[/-]\s*(\d{2}|\d{4})")
APRIL = 4


def in_words(day: date) -> str:
    """A date as a report prints it: ``1 April 2023``."""
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True)
class Period:
    """The days from ``start`` to ``end``, both included. ``label`` is its short name."""

    start: date
    end: date
    label: str

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"the period ends ({self.end}) before it starts ({self.start})")

    @classmethod
    def financial_year(cls, label: str) -> Period:
        """The year from 1 April to 31 March: ``2023/24``, ``2023-24`` and ``2023/2024`` all do.

        Raises ValueError when the label is none of these or its years do not follow on.
        """
        found = _YEAR.fullmatch(label.strip())
        first = int(found[1]) if found else 0
        if not found or found[2] not in {str(first + 1), f"{(first + 1) % 100:02d}"}:
            raise ValueError(f"{label!r} is not a financial year; write it as 2023/24")
        return cls.between(date(first, APRIL, 1), date(first + 1, APRIL - 1, 31))

    @classmethod
    def between(cls, start: date, end: date) -> Period:
        """The period with the label people would give it: 2023/24, 2024/25 Q1, or its dates."""
        if start == date(start.year, APRIL, 1) and end == date(start.year + 1, 3, 31):
            return cls(start, end, f"{start.year}/{end:%y}")
        if start == date(start.year, 1, 1) and end == date(start.year, 12, 31):
            return cls(start, end, str(start.year))
        if (start, end) == _quarter(start):
            return cls(start, end, quarter_of(start))
        return cls(start, end, f"{in_words(start)} to {in_words(end)}")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    @property
    def long(self) -> str:
        """Both days in words: ``1 April 2023 to 31 March 2024``."""
        return f"{in_words(self.start)} to {in_words(self.end)}"

    @property
    def when(self) -> str:
        """The period in a sentence: ``in 2023/24``, ``from 1 April 2023 to 31 May 2023``."""
        return f"from {self.long}" if self.kind == "period" else f"in {self.label}"

    @property
    def kind(self) -> str:
        """What people call a period of this length: a year, a quarter, or a period."""
        if self.end + timedelta(days=1) == _a_year_later(self.start):
            return "year"
        return "quarter" if (self.start, self.end) == _quarter(self.start) else "period"

    def up_to(self, end: date) -> Period:
        """Its part up to a day. Raises ValueError when the day lies outside it."""
        if end not in self:
            raise ValueError(f"{in_words(end)} does not lie in {self.label}")
        return Period.between(self.start, end)

    def quarter(self, number: int) -> Period:
        """Its first, second, third or fourth three months. Raises ValueError for any other."""
        names = self.quarters()
        if self.kind != "year" or number not in range(1, len(names) + 1):
            raise ValueError(f"{self.label} has no quarter {number}")
        first = date.fromisoformat(f"{self.months()[3 * number - 3]}-01")
        return Period.between(*_quarter(first))

    def year_before(self) -> Period:
        """The same days one year earlier; the end of February stays the end of February."""
        end = _a_year_earlier(self.end + timedelta(days=1)) - timedelta(days=1)
        return Period.between(_a_year_earlier(self.start), end)

    def months(self) -> tuple[str, ...]:
        """Every month the period touches, in order, as ``2023-04``."""
        found = []
        day = self.start.replace(day=1)
        while day <= self.end:
            found.append(month_of(day))
            day = (day + timedelta(days=31)).replace(day=1)
        return tuple(found)

    def quarters(self) -> tuple[str, ...]:
        """Every financial quarter the period touches, in order, as ``2023/24 Q1``."""
        firsts = [date.fromisoformat(f"{month}-01") for month in self.months()]
        return tuple(dict.fromkeys(quarter_of(day) for day in firsts))


def _quarter(day: date) -> tuple[date, date]:
    """The first and last day of the three months, from April on, that a day lies in."""
    start = date(day.year, day.month - (day.month - 1) % 3, 1)
    after = (start + timedelta(days=3 * 31)).replace(day=1)
    return start, after - timedelta(days=1)


def financial_year_of(day: date) -> Period:
    """The financial year a day lies in."""
    first = day.year if day.month >= APRIL else day.year - 1
    return Period.financial_year(f"{first}/{(first + 1) % 100:02d}")


def month_of(day: date) -> str:
    """The month a day lies in, as ``2023-04``: it sorts as it reads."""
    return f"{day.year:04d}-{day.month:02d}"


def quarter_of(day: date) -> str:
    """The financial quarter a day lies in: April to June is Q1."""
    first = day.year if day.month >= APRIL else day.year - 1
    quarter = (day.month - APRIL) % 12 // 3 + 1
    return f"{first}/{(first + 1) % 100:02d} Q{quarter}"


def _a_year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _a_year_earlier(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)

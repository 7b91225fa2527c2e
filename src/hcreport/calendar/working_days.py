"""Working days: Monday to Friday less the bank holidays of England and Wales.

The day of an event is day 0 and the next working day is day 1, so a limit of five working days
ends with the fifth working day after the event. The Code does not define a working day; this
counting is stated in every report.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England and Wales in a calendar year."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


@cache
def _working_days(year: int) -> tuple[int, ...]:
    """The ordinals of a year's working days, in order."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range(366))
    off = bank_holidays(year)
    return tuple(
        day.toordinal()
        for day in days
        if day.year == year and day.weekday() < SATURDAY and day not in off
    )


class WorkingDays:
    """Adds and counts working days by looking them up in one sorted list.

    The list grows, a year at a time, to the years that are asked for.
    """

    def __init__(self) -> None:
        self._first = self._last = 0
        self._days: list[int] = []

    def after(self, day: date, number: int) -> date:
        """The day that lies ``number`` working days after ``day`` (``number`` at least 1)."""
        self._cover(day.year, day.year + 1 + number // 200)
        return date.fromordinal(self._days[bisect_right(self._days, day.toordinal()) + number - 1])

    def between(self, start: date, end: date) -> int:
        """How many working days after ``start`` the day ``end`` is; 0 on the day itself.

        Negative when ``end`` lies before ``start``.
        """
        self._cover(min(start.year, end.year), max(start.year, end.year))
        days = self._days
        return bisect_right(days, end.toordinal()) - bisect_right(days, start.toordinal())

    def _cover(self, first: int, last: int) -> None:
        if self._days and self._first <= first and last <= self._last:
            return
        self._first = min(first, self._first) if self._days else first
        self._last = max(last, self._last) if self._days else last
        years = range(self._first, self._last + 1)
        self._days = [day for year in years for day in _working_days(year)]

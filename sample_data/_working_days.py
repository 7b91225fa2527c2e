"""Working days in England: Monday to Friday, less bank holidays."""

from datetime import date, timedelta

import holidays

_BANK_HOLIDAYS = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(2022, 2026)))
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Say whether offices are open on this day."""
    return day.weekday() < _SATURDAY and day not in _BANK_HOLIDAYS


def add_working_days(day: date, count: int) -> date:
    """Count working days on from an event; the event's own day is day 0."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def next_working_day(day: date) -> date:
    """Give this day if offices are open on it, else the first later day on which they are."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_day_by(day: date) -> date:
    """Give this day if offices are open on it, else the last earlier day on which they were."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def days_between(first: date, last: date) -> list[date]:
    """List the days from first to last, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]

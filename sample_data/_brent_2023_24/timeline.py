"""The dates of one complaint at one stage, drawn until they lie across the year as asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from random import Random

from _working_days import (
    add_working_days,
    days_between,
    is_working_day,
    next_working_day,
)

from _brent_2023_24.quotas import ALL_CLOSED_BY, END, START, YEAR_BEFORE, Path, When, when

# Complaints follow the weather: repairs fail in winter.
_MONTH_WEIGHTS = {
    4: 8.0, 5: 7.5, 6: 7.0, 7: 7.0, 8: 7.0, 9: 7.5,
    10: 9.0, 11: 10.0, 12: 8.5, 1: 12.0, 2: 10.0, 3: 9.5,
}  # fmt: skip
_QUIET_DAY = 0.08  # online forms come in on weekends and bank holidays too

_ACKNOWLEDGE_WITHIN = 5
_RESPOND_WITHIN = {1: 10, 2: 20}
_LONGEST_EXTENSION = {1: 10, 2: 20}

# Working days, with how usual each is.
_UNRECORDED = -1
_ACKNOWLEDGED = {0: 8, 1: 22, 2: 25, 3: 18, 4: 13, 5: 10, 6: 1, 7: 1, 8: 1, _UNRECORDED: 1}
_ANSWERED = {
    1: {2: 1, 3: 2, 4: 3, 5: 6, 6: 11, 7: 13, 8: 17, 9: 20, 10: 27},
    2: {6: 1, 8: 2, 10: 4, 12: 6, 13: 6, 14: 8, 15: 9, 16: 10, 17: 12, 18: 13, 19: 14, 20: 15},
}
# Days from the answer to closing the case.
_CLOSED = {0: 30, 1: 16, 2: 10, 3: 8, 4: 6, 5: 5, 6: 4, 7: 4, 9: 3, 11: 3, 13: 3, 15: 4}

_LONGEST_OPEN = 75  # days; how far before the year we look for a receipt


class Answer(Enum):
    """How an answer compares with its deadline."""

    ON_TIME = "on time"
    EXTENDED = "after the due date, within a valid extension"
    LATE = "after the due date, without an extension"
    VERY_LATE = "months after the due date, without an extension"


@dataclass(frozen=True)
class Timeline:
    """The dates of one complaint at one stage."""

    received: date
    acknowledged: date | None
    due: date
    extended_to: date | None
    responded: date
    closed: date

    @property
    def path(self) -> Path:
        """How the complaint lies across the year."""
        return Path(when(self.received), when(self.due), when(self.closed))


def draw_timeline(rng: Random, stage: int, path: Path, answer: Answer) -> Timeline:
    """Draw a complaint's dates that follow the path."""
    days = _days_of_receipt(path)
    return _draw(lambda: _attempt(rng, stage, days, answer), lambda found: found.path == path)


def draw_earlier_stage1(rng: Random, stage2_received: date) -> Timeline:
    """Draw a stage 1 complaint over and done with before the year, and before its stage 2."""
    last = min(stage2_received, START)
    days = days_between(last - timedelta(_LONGEST_OPEN), last - timedelta(12))
    return _draw(
        lambda: _attempt(rng, 1, days, Answer.ON_TIME),
        lambda found: found.path == YEAR_BEFORE and found.closed < stage2_received,
    )


def draw_receipt(rng: Random, days: Sequence[date]) -> date:
    """Draw a day on which a complaint comes in: mostly a working day, more in winter."""
    weights = [
        _MONTH_WEIGHTS[day.month] * (1 if is_working_day(day) else _QUIET_DAY) for day in days
    ]
    return rng.choices(days, weights)[0]


def _draw(attempt: Callable[[], Timeline], fits: Callable[[Timeline], bool]) -> Timeline:
    """Try until it fits; no path is so narrow that this takes long."""
    for _ in range(20_000):
        found = attempt()
        if fits(found) and found.closed <= ALL_CLOSED_BY:
            return found
    raise RuntimeError("no timeline fits: the quotas ask for dates that cannot be")


def _days_of_receipt(path: Path) -> list[date]:
    """Give the days on which a complaint of this path may have come in."""
    if path.received is When.BEFORE:
        return days_between(START - timedelta(_LONGEST_OPEN), START - timedelta(1))
    if When.AFTER in (path.due, path.closed):
        return days_between(END - timedelta(_LONGEST_OPEN), END)
    return days_between(START, END)


def _attempt(rng: Random, stage: int, days: Sequence[date], answer: Answer) -> Timeline:
    """Draw one complaint's dates, wherever they fall."""
    received = draw_receipt(rng, days)
    acknowledged = _acknowledge(rng, received)
    # A late acknowledgement, or an unrecorded one, buys no time: the clock starts regardless.
    latest_start = add_working_days(received, _ACKNOWLEDGE_WITHIN)
    clock_starts = min(acknowledged or latest_start, latest_start)
    due = add_working_days(clock_starts, _RESPOND_WITHIN[stage])
    extended_to, responded = None, due
    match answer:
        case Answer.ON_TIME:
            taken = _pick(rng, _ANSWERED[stage])
            responded = max(add_working_days(clock_starts, taken), acknowledged or received)
        case Answer.EXTENDED:
            extra = rng.choice((_LONGEST_EXTENSION[stage] // 2, _LONGEST_EXTENSION[stage]))
            extended_to = add_working_days(due, extra)
            responded = add_working_days(due, rng.randint(2, extra))
        case Answer.LATE:
            responded = add_working_days(due, rng.randint(1, 14))
        case Answer.VERY_LATE:
            responded = add_working_days(due, rng.randint(55, 65))
    closed = _close(rng, responded)
    return Timeline(received, acknowledged, due, extended_to, responded, closed)


def _acknowledge(rng: Random, received: date) -> date | None:
    taken = _pick(rng, _ACKNOWLEDGED)
    if taken == _UNRECORDED:
        return None
    return next_working_day(received) if taken == 0 else add_working_days(received, taken)


def _close(rng: Random, responded: date) -> date:
    """Close on a working day, at most fifteen days after the answer."""
    while True:
        closed = responded + timedelta(_pick(rng, _CLOSED))
        if is_working_day(closed):
            return closed


def _pick(rng: Random, weights: dict[int, int]) -> int:
    return rng.choices(list(weights), list(weights.values()))[0]

"""The cases that the sample exports are written from: drawn so that they add up to the quotas."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from _people import Person, invent_person
from _working_days import add_working_days, days_between, next_working_day

from _exports.quotas import END, START, Quotas, Stage

UPHELD, PARTLY, NOT_UPHELD = "Upheld", "Partially upheld", "Not upheld"
WITHDRAWN, REFUSED, DUPLICATE = "Withdrawn", "Rejected", "Duplicate"
OUTCOMES = frozenset({UPHELD, PARTLY, NOT_UPHELD})
FAULT = frozenset({UPHELD, PARTLY})
SERVICES = ("Repairs", "Tenancy management", "Estate services", "Leasehold services")
CHANNELS = ("Web", "Email", "Phone", "Letter")
REASONS = ("Delay", "Staff conduct", "Policy", "Quality of work")
CHALLENGES = (
    "Failed to take all information into account",
    "Gave the wrong information",
    "Stage 1 response was unclear, unhelpful or incomplete",
)
# Those who go on to stage 2 must have been answered by then, to be answered again in the year.
_EARLY = date(2023, 12, 15)
_LIMITS = {1: 10, 2: 20}


@dataclass(frozen=True)
class Step:
    """A complaint at one stage. ``ended`` is the day of its response, or of its end without one."""

    stage: int
    received: date
    acknowledged: date
    due: date
    ended: date
    closed: date
    fate: str
    award: int = 0

    @property
    def answered(self) -> date | None:
        """The day of the response; none where it was withdrawn, refused or a duplicate."""
        return self.ended if self.fate in OUTCOMES else None

    @property
    def outcome(self) -> str:
        """The outcome; blank where there was no response."""
        return self.fate if self.fate in OUTCOMES else ""


@dataclass(frozen=True)
class Case:
    """Somebody's complaint, or request for a service, at the stages it reached."""

    number: int
    person: Person
    service: str
    channel: str
    reason: str
    challenge: str
    is_request: bool
    first: Step
    second: Step | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The stages it reached, in order."""
        return (self.first, self.second) if self.second else (self.first,)


@dataclass(frozen=True)
class Numbered:
    """A case at one stage, where each stage has a number of its own; stage 2 names its parent."""

    number: str
    parent: str
    case: Case
    step: Step


def numbered(cases: Sequence[Case], write: Callable[[int], str]) -> list[Numbered]:
    """The stages of all cases, numbered as they came in; ``write`` makes a number of a count."""
    steps = sorted(((s, c) for c in cases for s in c.steps), key=lambda held: held[0].received)
    numbers = {id(step): write(count) for count, (step, _) in enumerate(steps)}
    return [
        Numbered(
            numbers[id(step)], "" if step is case.first else numbers[id(case.first)], case, step
        )
        for step, case in steps
    ]


def make_cases(name: str, quotas: Quotas) -> tuple[Case, ...]:
    """Draw the cases of one sample, in the order in which they were received."""
    rng = Random(f"exports {name}")
    first = _with_awards(list(_steps(1, quotas.first, rng)), quotas.first.awards, rng)
    first += [_ended(1, DUPLICATE, rng) for _ in range(quotas.duplicates)]
    earlier = [_earlier(rng) for _ in range(quotas.second.before)]
    second = list(_second(first, earlier, quotas.second, rng))
    pairs = [*second, *((s, None) for s in first if all(s is not held for held, _ in second))]
    requests = [_ended(1, WITHDRAWN, rng) for _ in range(quotas.service_requests)]
    drawn = [*((a, b, False) for a, b in pairs), *((r, None, True) for r in requests)]
    rng.shuffle(drawn)
    drawn.sort(key=lambda case: case[0].received)
    return tuple(_case(n, case, rng) for n, case in enumerate(drawn, start=1))


def _case(number: int, drawn: tuple[Step, Step | None, bool], rng: Random) -> Case:
    first, second, is_request = drawn
    return Case(
        number=number,
        person=invent_person(rng, number),
        service=rng.choice(SERVICES),
        channel=rng.choice(CHANNELS),
        reason=rng.choice(REASONS),
        challenge=rng.choice(CHALLENGES),
        is_request=is_request,
        first=first,
        second=second,
    )


def _steps(stage: int, quota: Stage, rng: Random) -> Iterator[Step]:
    """The complaints of a stage that were live in the year. The last days count: one on each."""
    fates = (
        [UPHELD] * quota.upheld + [PARTLY] * quota.partly_upheld + [NOT_UPHELD] * quota.not_upheld
    )
    rng.shuffle(fates)
    for n, fate in enumerate(fates):
        if n < quota.before:
            received = rng.choice(days_between(date(2023, 3, 13), date(2023, 3, 31)))
            yield _step(
                stage,
                received,
                rng.choice(_working(date(2023, 4, 3), date(2023, 4, 21))),
                fate,
                rng,
            )
        else:
            received = (
                START if n == quota.before else rng.choice(days_between(START, date(2024, 2, 9)))
            )
            yield _step(stage, received, add_working_days(received, rng.randint(3, 24)), fate, rng)
    for n in range(quota.open):
        received = END if n == 0 else rng.choice(days_between(date(2024, 3, 18), END))
        fate = rng.choice((UPHELD, PARTLY, NOT_UPHELD))
        yield _step(
            stage, received, rng.choice(_working(date(2024, 4, 8), date(2024, 4, 26))), fate, rng
        )
    for fate, number in ((WITHDRAWN, quota.withdrawn), (REFUSED, quota.refused)):
        yield from (_ended(stage, fate, rng) for _ in range(number))


def _second(
    first: Sequence[Step], earlier: Sequence[Step], quota: Stage, rng: Random
) -> Iterator[tuple[Step, Step]]:
    """Stage 1 complaints that went on, each with its stage 2 complaint.

    Stage 2 follows its own stage 1, so its days are drawn after that one's.
    """
    went_on = [s for s in first if s.answered and s.received >= START and s.ended <= _EARLY]
    rng.shuffle(went_on)
    drawn = _with_awards(list(_steps(2, quota, rng)), quota.awards, rng)
    for n, step in enumerate(drawn):
        before = earlier[n] if n < quota.before else went_on.pop()
        if n < quota.before or step.ended > END:
            yield before, step
        else:
            received = add_working_days(before.ended, rng.randint(2, 20))
            ended = add_working_days(received, rng.randint(8, 38))
            moved = _step(2, received, ended, step.fate, rng)
            yield before, replace(moved, award=step.award)


def _earlier(rng: Random) -> Step:
    """A stage 1 complaint over before the year began, for a stage 2 one open when it did."""
    received = rng.choice(days_between(date(2023, 1, 9), date(2023, 1, 20)))
    return _step(1, received, add_working_days(received, rng.randint(5, 14)), UPHELD, rng)


def _ended(stage: int, fate: str, rng: Random) -> Step:
    """A complaint that was received in the year and ended in it without a response."""
    received = rng.choice(days_between(START + timedelta(days=2), date(2024, 2, 9)))
    return _step(stage, received, add_working_days(received, rng.randint(1, 6)), fate, rng)


def _step(stage: int, received: date, ended: date, fate: str, rng: Random) -> Step:
    acknowledged = min(add_working_days(received, rng.randint(0, 6)), ended)
    due = add_working_days(acknowledged, _LIMITS[stage])
    closed = next_working_day(ended + timedelta(days=rng.choice((0, 0, 0, 3, 7))))
    return Step(stage, received, acknowledged, due, ended, closed, fate)


def _working(first: date, last: date) -> list[date]:
    return [day for day in days_between(first, last) if next_working_day(day) == day]


def _with_awards(steps: list[Step], awards: Sequence[int], rng: Random) -> list[Step]:
    """Give each award to a complaint in whose favour the landlord decided in the year."""
    due = [n for n, s in enumerate(steps) if s.fate in FAULT and START <= s.ended <= END]
    given = dict(zip(rng.sample(due, len(awards)), awards, strict=True))
    return [replace(step, award=given.get(n, 0)) for n, step in enumerate(steps)]

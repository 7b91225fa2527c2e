"""The cases: who complained, at which stages, when, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from _working_days import add_working_days, days_between, is_working_day

from _hillingdon_2023_24.quotas import (
    AT_THE_OMBUDSMAN,
    CATEGORIES,
    CAUSES,
    DAMP,
    DAMP_CASES,
    EARLIER,
    GOODWILL,
    GOODWILL_SHARE,
    OPEN_AT_START,
    OTHER_SERVICES,
    PARENTS,
    QUOTAS,
    REASONS_FOR_STAGE2,
    REFUSALS,
    REPAIRS,
    SERVICE_REQUESTS,
    TO_DATE,
    YEAR,
    End,
    Span,
)

ANSWERED = frozenset({End.UPHELD, End.PARTLY, End.NOT_UPHELD, End.CARRIED})
FAULT = frozenset({End.UPHELD, End.PARTLY})
_ACKNOWLEDGED_AFTER = {0: 14, 1: 30, 2: 24, 3: 15, 4: 9, 5: 7, 7: 1}
# Working days from acknowledgement to answer; the few long ones are late.
_ANSWERED_AFTER = {
    1: {3: 4, 5: 8, 6: 10, 7: 13, 8: 17, 9: 20, 10: 22, 13: 3, 19: 2, 27: 1},
    2: {8: 4, 11: 7, 13: 10, 15: 15, 17: 19, 19: 22, 20: 17, 26: 3, 34: 2},
}
_CLOSED_AFTER = {0: 55, 1: 20, 3: 12, 7: 8, 14: 5}
_REFUSED_AFTER = {1: 3, 2: 4, 4: 2}
_OPEN_SINCE = date(2024, 4, 26)
_ESCALATES_WITHIN = timedelta(days=70)
_REFERENCES_FROM = 41_200


@dataclass(eq=False)
class Step:
    """A complaint at one stage, or a request for a service. ``ended`` is the day of its answer."""

    stage: int
    received: date
    acknowledged: date | None
    ended: date | None
    closed: date | None
    end: End
    cause: str = ""
    reason: str = ""
    """Why it went to stage 2, or why it was not accepted."""
    goodwill: int = 0

    @property
    def answered(self) -> date | None:
        """The day of the answer; none where there was none."""
        return self.ended if self.end in ANSWERED else None


@dataclass(eq=False)
class Case:
    """Somebody's case: what it is about, and the stages it reached."""

    service: str
    category: str
    first: Step
    second: Step | None = None
    is_request: bool = False
    at_ombudsman: bool = False
    reference: str = ""


def make_cases(rng: Random) -> list[Case]:
    """Make all cases, in the order of their references."""
    cases = _repairs(rng)
    for case in rng.sample([c for c in cases if c.second and c.second.answered], AT_THE_OMBUDSMAN):
        case.at_ombudsman = True
    cases += [*_refused(rng), *_requests(rng), *_elsewhere(rng)]
    cases.sort(key=lambda case: case.first.received)
    number = _REFERENCES_FROM
    for case in cases:
        number += rng.randint(3, 40)
        case.reference = f"CRM-{number:07}"
    return cases


def _repairs(rng: Random) -> list[Case]:
    """Complaints about repairs, which the quotas are about."""
    by_span = {
        span: [_case(rng, step) for step in _of_quota(rng, 1, span)] for span in (YEAR, TO_DATE)
    }
    earlier = [_case(rng, step) for step in _open_at_start(rng, 1)]
    earlier += [_case(rng, _stage1_before(rng, s), s) for s in _open_at_start(rng, 2)]
    for span, parents in PARENTS.items():
        steps = sorted(_of_quota(rng, 2, span), key=lambda step: step.received)
        # The earliest of them follow on from the period before.
        before = [parent for parent, count in parents.items() for _ in range(count)]
        for step, parent in zip(steps, before, strict=True):
            if parent is EARLIER:
                earlier.append(_case(rng, _stage1_before(rng, step), step))
            else:
                _escalate(rng, by_span[parent], step)
    for span, (single, both) in DAMP_CASES.items():
        _make_damp(rng, [c for c in by_span[span] if c.second is None], single)
        went_on = [c for c in by_span[span] if c.second and _within(span, c.second.received)]
        _make_damp(rng, went_on, both)
    return [*earlier, *by_span[YEAR], *by_span[TO_DATE]]


def _of_quota(rng: Random, stage: int, span: Span) -> list[Step]:
    """The complaints received at a stage in a period, each with the end its quota gives."""
    return [
        _draw(rng, stage, span, end)
        for end, count in QUOTAS[span, stage].ends
        for _ in range(count)
    ]


def _open_at_start(rng: Random, stage: int) -> list[Step]:
    return [_draw(rng, stage, EARLIER, End.CARRIED) for _ in range(OPEN_AT_START[stage])]


def _stage1_before(rng: Random, step: Step) -> Step:
    """A stage 1 complaint answered before the year, and before the stage 2 one that follows it."""
    last = min(step.received, YEAR.first) - timedelta(days=1)
    span = Span(last - timedelta(days=60), last)
    return _draw(rng, 1, span, End.NOT_UPHELD)


def _draw(rng: Random, stage: int, span: Span, end: End) -> Step:
    """Draw until the answer lies in the period, or after it where it is carried over."""
    first = max(span.first, _OPEN_SINCE) if end is End.OPEN else span.first
    days = [d for d in days_between(first, span.last) if is_working_day(d) or rng.random() < 0.1]
    for _ in range(20_000):
        step = _attempt(rng, stage, rng.choice(days), end)
        if step.ended is None or _within(span, step.ended) != (end is End.CARRIED):
            return step
    raise RuntimeError("no dates fit: the quotas ask for what cannot be")


def _attempt(rng: Random, stage: int, received: date, end: End) -> Step:
    acknowledged = add_working_days(received, _pick(rng, _ACKNOWLEDGED_AFTER))
    if end is End.OPEN:
        known = acknowledged if acknowledged <= TO_DATE.last else None
        return Step(stage, received, known, None, None, end)
    taken = _REFUSED_AFTER if end in {End.REFUSED, End.WITHDRAWN} else _ANSWERED_AFTER[stage]
    ended = add_working_days(acknowledged, _pick(rng, taken))
    closed = add_working_days(ended, _pick(rng, _CLOSED_AFTER))
    step = Step(stage, received, acknowledged, ended, _by_export(closed), end)
    if end in ANSWERED:
        step.cause = _word(rng, CAUSES)
    if end in FAULT and rng.random() < GOODWILL_SHARE * stage:
        step.goodwill = rng.choice(GOODWILL[f"stage{stage}"])
    if stage > 1:
        step.reason = _word(rng, REASONS_FOR_STAGE2)
    return step


def _by_export(closed: date) -> date | None:
    """When a case was closed; it was not yet, if that comes after the day of the export."""
    return closed if closed <= TO_DATE.last else None


def _escalate(rng: Random, cases: Sequence[Case], step: Step) -> None:
    """Give a stage 2 complaint to a case whose stage 1 was answered shortly before."""
    free = [
        case
        for case in cases
        if case.second is None
        and (answered := case.first.answered)
        and answered < step.received <= answered + _ESCALATES_WITHIN
    ]
    rng.choice(free).second = step


def _make_damp(rng: Random, cases: Sequence[Case], count: int) -> None:
    for case in rng.sample(cases, count):
        case.category = DAMP


def _case(rng: Random, first: Step, second: Step | None = None) -> Case:
    return Case(REPAIRS, _word(rng, CATEGORIES), first, second)


def _refused(rng: Random) -> Iterator[Case]:
    for reason, count in REFUSALS.items():
        for _ in range(count):
            case = _case(rng, _draw(rng, 1, YEAR, End.REFUSED))
            case.first.reason = reason
            yield case


def _requests(rng: Random) -> Iterator[Case]:
    """Requests for a repair, logged beside the complaints."""
    for span, count in SERVICE_REQUESTS.items():
        for _ in range(count):
            case = _case(rng, _draw(rng, 1, span, End.WITHDRAWN))
            case.is_request = True
            yield case


def _elsewhere(rng: Random) -> Iterator[Case]:
    """Complaints about the council's other services, in the same export."""
    for service, count in OTHER_SERVICES.items():
        for _ in range(count):
            end = rng.choice((End.UPHELD, End.PARTLY, End.NOT_UPHELD))
            yield Case(service, "General", _draw(rng, 1, YEAR, end))


def _within(span: Span, day: date) -> bool:
    return span.first <= day <= span.last


def _pick(rng: Random, weights: dict[int, int]) -> int:
    return rng.choices(list(weights), list(weights.values()))[0]


def _word(rng: Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]

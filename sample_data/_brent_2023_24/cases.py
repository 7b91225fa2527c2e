"""The cases: who complained of what, at which stages, with which result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import TypeGuard, TypeVar

from _working_days import add_working_days, days_between

from _brent_2023_24.quotas import (
    DUPLICATE,
    EARLY_STAGE2,
    END,
    ESCALATIONS,
    FLOWS,
    IN_YEAR,
    NOT_UPHELD,
    PARTLY,
    REFUSALS,
    ROOT_CAUSES,
    START,
    TOTALS,
    UPHELD,
    H,
    M,
    Path,
    RootCause,
    Service,
    When,
)
from _brent_2023_24.timeline import (
    Answer,
    Timeline,
    draw_earlier_stage1,
    draw_receipt,
    draw_timeline,
)

Value = TypeVar("Value")

_BLANK_IN_TARGET = {Answer.ON_TIME: 28, Answer.EXTENDED: 1, Answer.LATE: 1}
_UNUSED_EXTENSIONS = {1: 6, 2: 3}  # agreed, then answered by the due date after all
_ESCALATES_WITHIN = timedelta(days=50)
_REFERENCES_FROM = 983_000  # so that the counter passes a million and leading zeros end mid-year


@dataclass(eq=False)
class Complaint:
    """A complaint at one stage that the landlord accepted and answered."""

    service: Service
    stage: int
    dates: Timeline
    answer: Answer
    in_target: bool | None
    outcome: str = ""
    root_cause: RootCause | None = None
    escalation_reason: str = ""

    @property
    def path(self) -> Path:
        """How the complaint lies across the year."""
        return self.dates.path


@dataclass(frozen=True)
class Refusal:
    """A complaint at one stage that the landlord did not accept."""

    received: date
    reason: str
    returned_on: str = ""
    """ISO text; the case system keeps the day for stage 1 only."""


@dataclass(eq=False)
class Case:
    """One case: a complaint at stage 1, and what became of it at stage 2."""

    service: Service
    stage1: Complaint | Refusal
    stage2: Complaint | Refusal | None = None
    reference: str = field(default="", init=False)

    @property
    def received(self) -> date:
        """The day on which the case came in."""
        first = self.stage1
        return first.received if isinstance(first, Refusal) else first.dates.received


def make_cases(rng: Random) -> list[Case]:
    """Make all cases, in the order of their references."""
    cases: list[Case] = []
    for service in (H, M):
        stage1 = [Case(service, complaint) for complaint in _lay_out(rng, 1, service)]
        stage2 = _lay_out(rng, 2, service)
        cases += stage1
        cases += _escalate(rng, service, stage1, stage2)
    complaints = [c for case in cases for c in (case.stage1, case.stage2) if _accepted(c)]
    for service in (H, M):
        _decide(rng, service, complaints)
    _roughen(rng, complaints)
    _refuse_at_stage2(rng, cases)
    cases += _refused_at_stage1(rng)
    cases.sort(key=lambda case: case.received)
    number = _REFERENCES_FROM
    for case in cases:
        number += rng.randint(8, 70)
        case.reference = f"{number:07}"
    return cases


def _accepted(complaint: Complaint | Refusal | None) -> TypeGuard[Complaint]:
    return isinstance(complaint, Complaint)


def _lay_out(rng: Random, stage: int, service: Service) -> list[Complaint]:
    """Make one service's complaints at one stage: so many along each path across the year."""
    totals = TOTALS[stage, service]
    late = [Answer.EXTENDED] * totals.with_extension + [Answer.LATE] * totals.late
    if (stage, service) == (1, H):
        late[-1] = Answer.VERY_LATE
    complaints = []
    for path, count in FLOWS[stage, service].items():
        # The late ones come and go within the year, so that nothing else depends on them.
        answers = late if path == IN_YEAR else []
        for answer in answers + [Answer.ON_TIME] * (count - len(answers)):
            dates = draw_timeline(rng, stage, path, answer)
            complaints.append(_complaint(service, stage, dates, answer))
    return complaints


def _complaint(service: Service, stage: int, dates: Timeline, answer: Answer) -> Complaint:
    return Complaint(service, stage, dates, answer, in_target=answer is Answer.ON_TIME)


def _escalate(
    rng: Random, service: Service, cases: Sequence[Case], stage2: Sequence[Complaint]
) -> list[Case]:
    """Give each stage 2 complaint its stage 1; return the cases of the year before this adds."""
    in_order = sorted(stage2, key=lambda complaint: complaint.dates.received)
    open_at_start = sum(complaint.path.received is When.BEFORE for complaint in in_order)
    early = open_at_start + EARLY_STAGE2[service]
    added = []
    for complaint in in_order[:early]:
        dates = draw_earlier_stage1(rng, complaint.dates.received)
        stage1 = _complaint(service, 1, dates, Answer.ON_TIME)
        added.append(Case(service, stage1, complaint))
    for complaint in in_order[early:]:
        received = complaint.dates.received
        free = [
            case
            for case in cases
            if case.stage2 is None
            and _accepted(case.stage1)
            and received - _ESCALATES_WITHIN <= case.stage1.dates.closed < received
        ]
        rng.choice(free).stage2 = complaint
    return added


def _decide(rng: Random, service: Service, complaints: Sequence[Complaint]) -> None:
    """Give outcomes, root causes and reasons for escalation by quota."""
    for stage in (1, 2):
        ours = [c for c in complaints if (c.service, c.stage) == (service, stage)]
        totals = TOTALS[stage, service]
        outcomes = {
            UPHELD: totals.upheld,
            PARTLY: totals.partly_upheld,
            NOT_UPHELD: totals.not_upheld,
        }
        for complaint, outcome in _deal(rng, ours, outcomes):
            complaint.outcome = outcome
        if stage == 1:
            causes = {cause: counts[service] for cause, counts in ROOT_CAUSES.items()}
            for complaint, cause in _deal(rng, ours, causes):
                complaint.root_cause = cause
        else:
            reasons = {reason: counts[service] for reason, counts in ESCALATIONS.items()}
            for complaint, reason in zip(ours, shuffled(rng, reasons), strict=True):
                complaint.escalation_reason = reason


def _deal(
    rng: Random, complaints: Sequence[Complaint], quotas: Mapping[Value, int]
) -> list[tuple[Complaint, Value]]:
    """Deal a quota to the complaints closed in the year; the others draw from the same mix."""
    in_year = [c for c in complaints if c.path.closed is When.IN]
    others = [c for c in complaints if c.path.closed is not When.IN]
    dealt = list(zip(in_year, shuffled(rng, quotas), strict=True))
    drawn = rng.choices(list(quotas), list(quotas.values()), k=len(others))
    return dealt + list(zip(others, drawn, strict=True))


def shuffled(rng: Random, quotas: Mapping[Value, int]) -> list[Value]:
    """List each value as often as its quota says, in random order."""
    values = [value for value, count in quotas.items() for _ in range(count)]
    rng.shuffle(values)
    return values


def _roughen(rng: Random, complaints: Sequence[Complaint]) -> None:
    """Leave some answers' target unrecorded, and extend some deadlines that were then kept."""
    for answer, count in _BLANK_IN_TARGET.items():
        of_stage1 = [c for c in complaints if c.stage == 1 and c.answer is answer]
        for complaint in rng.sample(of_stage1, count):
            complaint.in_target = None
    for stage, count in _UNUSED_EXTENSIONS.items():
        on_time = [c for c in complaints if c.stage == stage and c.answer is Answer.ON_TIME]
        for complaint in rng.sample(on_time, count):
            extended_to = add_working_days(complaint.dates.due, 5 * stage)
            complaint.dates = replace(complaint.dates, extended_to=extended_to)


def _refuse_at_stage2(rng: Random, cases: Sequence[Case]) -> None:
    """Refuse one request for stage 2, on a case whose stage 1 lies wholly within the year."""
    last = END - timedelta(days=30)
    free = [
        case
        for case in cases
        if case.stage2 is None
        and _accepted(case.stage1)
        and case.stage1.path == IN_YEAR
        and case.stage1.outcome == NOT_UPHELD
        and case.stage1.dates.closed < last
    ]
    case = rng.choice(free)
    assert _accepted(case.stage1)
    received = add_working_days(case.stage1.dates.closed, 8)
    case.stage2 = Refusal(received, DUPLICATE)


def _refused_at_stage1(rng: Random) -> list[Case]:
    """Make the cases that were returned to the complainant within a few days."""
    cases = []
    for reason, counts in REFUSALS.items():
        for service, count in counts.items():
            for _ in range(count):
                received = draw_receipt(rng, days_between(START, END))
                returned = add_working_days(received, rng.randint(1, 5))
                cases.append(Case(service, Refusal(received, reason, returned.isoformat())))
    return cases

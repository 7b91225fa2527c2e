"""Compensation: several awards for some cases, and some awards that do not count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from _working_days import add_working_days, next_working_day, working_day_by

from _brent_2023_24.cases import Case, Complaint, shuffled
from _brent_2023_24.quotas import (
    AWARD_REASONS,
    COMPENSATION,
    DELAY,
    END,
    NOT_UPHELD,
    REIMBURSEMENT,
    START,
    YEAR_BEFORE,
    Compensation,
    When,
)

HEADINGS = ("Case reference", "Stage", "Award date", "Amount", "Reason", "Status", "Payee")

_STATUSES = {"Paid": 62, "Accepted": 28, "Offered": 10}
_TURNED_DOWN = ("Declined", "Withdrawn")
_IN_PARTS = {2: 24, 3: 4}  # cases by number of awards, at each stage
_SPLIT_FROM = 150_00  # pence; smaller sums are paid at once
_LEAST = 25_00
_STEP = 5_00
# Awards that do not count: beside one that does (at each stage), by themselves, before the year
# and after it.
_BESIDE, _ALONE, _BEFORE, _AFTER = 3, 8, 5, 4


@dataclass(frozen=True)
class Award:
    """One award; several may belong to one complaint."""

    reference: str
    stage: int
    awarded: date
    pence: int
    reason: str
    status: str


@dataclass(frozen=True)
class _Compensated:
    """A complaint with compensation: its case, its sum and the reason for it."""

    reference: str
    complaint: Complaint
    pence: int
    reason: str


def make_awards(cases: Sequence[Case], rng: Random) -> list[Award]:
    """Make every award, by date."""
    chosen = [pair for stage in COMPENSATION for pair in _choose(cases, stage, rng)]
    reasons = shuffled(rng, AWARD_REASONS)
    awards: list[Award] = []
    for stage, quota in COMPENSATION.items():
        ours = [
            (reference, complaint, reason)
            for (reference, complaint), reason in zip(chosen, reasons, strict=True)
            if complaint.stage == stage
        ]
        sums = _amounts([reason for *_, reason in ours], quota, rng)
        compensated = [_Compensated(r, c, p, w) for (r, c, w), p in zip(ours, sums, strict=True)]
        awards += _paid(compensated, rng)
        awards += _beside(rng.sample(compensated, _BESIDE), rng)
    awards += _uncounted(cases, {complaint for _, complaint in chosen}, rng)
    return sorted(awards, key=lambda award: (award.awarded, award.reference, award.stage))


def award_rows(
    awards: Iterable[Award], complaints: Iterable[dict[str, str]]
) -> list[dict[str, str]]:
    """Lay the awards out as the finance system prints them: heading to text."""
    payees = {row["CaseDetails.CaseId"]: row["MainParty.FullName"] for row in complaints}
    rows = []
    for award in awards:
        cells = (
            award.reference,
            f"Stage {award.stage}",
            award.awarded.isoformat(),
            f"£{award.pence // 100:,}.{award.pence % 100:02}",
            award.reason,
            award.status,
            payees[award.reference],
        )
        rows.append(dict(zip(HEADINGS, cells, strict=True)))
    return rows


def _complaints(cases: Sequence[Case], stage: int) -> list[tuple[str, Complaint]]:
    """List the complaints of one stage with their references."""
    pairs = [(case.reference, case.stage1 if stage == 1 else case.stage2) for case in cases]
    return [(reference, c) for reference, c in pairs if isinstance(c, Complaint)]


def _choose(cases: Sequence[Case], stage: int, rng: Random) -> list[tuple[str, Complaint]]:
    """Choose the complaints with compensation: closed in the year and, but for a few, upheld."""
    quota = COMPENSATION[stage]
    closed = [pair for pair in _complaints(cases, stage) if pair[1].path.closed is When.IN]
    upheld = [pair for pair in closed if pair[1].outcome != NOT_UPHELD]
    goodwill = [pair for pair in closed if pair[1].outcome == NOT_UPHELD]
    return [
        *rng.sample(upheld, quota.cases - quota.on_not_upheld),
        *rng.sample(goodwill, quota.on_not_upheld),
    ]


def _amounts(reasons: Sequence[str], quota: Compensation, rng: Random) -> list[int]:
    """Draw a sum in pence for each case, then meet the published total.

    Round sums move by five pounds at a time; costs are paid back to the penny, and the last of
    those takes what is left.
    """
    sums = [
        rng.randint(30_00, 240_00) if reason == REIMBURSEMENT else 100 * rng.choice(quota.typical)
        for reason in reasons
    ]
    repaid = [i for i, reason in enumerate(reasons) if reason == REIMBURSEMENT]
    rounded = [i for i, reason in enumerate(reasons) if reason != REIMBURSEMENT]
    total = 100 * quota.pounds
    while abs(gap := total - sum(sums)) >= _STEP:
        step = _STEP if gap > 0 else -_STEP
        i = rng.choice(rounded)
        if sums[i] + step >= _LEAST:
            sums[i] += step
    sums[repaid[-1]] += gap
    return sums


def _paid(compensated: Sequence[_Compensated], rng: Random) -> list[Award]:
    """Award every sum, some of them in parts: one at the answer, the rest when work is done."""
    splittable = [c for c in compensated if c.pence >= _SPLIT_FROM and c.reason != REIMBURSEMENT]
    in_parts: dict[str, int] = {}
    for parts, count in _IN_PARTS.items():
        free = [c for c in splittable if c.reference not in in_parts]
        in_parts |= {c.reference: parts for c in rng.sample(free, count)}
    awards = []
    for case in compensated:
        awarded = _award_day(case.complaint, rng)
        for pence in _split(case.pence, in_parts.get(case.reference, 1)):
            status = rng.choices(list(_STATUSES), list(_STATUSES.values()))[0]
            awards.append(_award(case, awarded, pence, status))
            awarded = _within_year(add_working_days(awarded, rng.randint(3, 15)))
    return awards


def _split(pence: int, parts: int) -> list[int]:
    """Split a sum into unequal parts, the largest first and all of them multiples of £5."""
    sums = []
    for left in range(parts, 1, -1):
        part = round(pence * (0.7 if left == 2 else 0.5) / _STEP) * _STEP
        sums.append(part)
        pence -= part
    return [*sums, pence]


def _beside(compensated: Sequence[_Compensated], rng: Random) -> list[Award]:
    """Make first offers that were turned down before the one that counts."""
    return [
        _award(case, _award_day(case.complaint, rng), _half(case.pence), _TURNED_DOWN[i % 2])
        for i, case in enumerate(compensated)
    ]


def _half(pence: int) -> int:
    return max(_STEP, pence // 2 // _STEP * _STEP)


def _award(case: _Compensated, awarded: date, pence: int, status: str) -> Award:
    return Award(case.reference, case.complaint.stage, awarded, pence, case.reason, status)


def _uncounted(cases: Sequence[Case], taken: set[Complaint], rng: Random) -> list[Award]:
    """Make the awards that do not count, on complaints with none that does."""
    upheld = [
        pair
        for pair in _complaints(cases, 1)
        if pair[1].outcome != NOT_UPHELD and pair[1] not in taken
    ]
    in_year = [pair for pair in upheld if pair[1].path.closed is When.IN]
    earlier = [pair for pair in upheld if pair[1].path == YEAR_BEFORE]
    later = [pair for pair in upheld if pair[1].path.closed is When.AFTER]
    awards = []
    for i, (reference, complaint) in enumerate(rng.sample(in_year, _ALONE)):
        case = _Compensated(reference, complaint, 100 * rng.choice(range(50, 400, 25)), DELAY)
        awards.append(_award(case, _award_day(complaint, rng), case.pence, _TURNED_DOWN[i % 2]))
    for reference, complaint in [*rng.sample(earlier, _BEFORE), *rng.sample(later, _AFTER)]:
        case = _Compensated(reference, complaint, 100 * rng.choice(range(50, 400, 25)), DELAY)
        awards.append(_award(case, complaint.dates.closed, case.pence, "Paid"))
    return awards


def _award_day(complaint: Complaint, rng: Random) -> date:
    """Award with the answer or just after it, and within the year."""
    return _within_year(add_working_days(complaint.dates.responded, rng.choice((0, 0, 0, 1, 2, 5))))


def _within_year(day: date) -> date:
    """Move a day that misses the year by a little to the nearest working day inside it."""
    first = next_working_day(START)
    last = working_day_by(END)
    return min(max(day, first), last)

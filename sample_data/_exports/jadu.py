"""Jadu Connect: a wide CSV. Times are UTC: what came just after midnight bears the day before."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

from _files import csv_export

from _exports.cases import DUPLICATE, NOT_UPHELD, PARTLY, UPHELD, WITHDRAWN, Case, Step, make_cases
from _exports.expected import expected
from _exports.quotas import QUOTAS, START

_LONDON = ZoneInfo("Europe/London")
_DECISIONS = {UPHELD: "upheld", PARTLY: "partially upheld", NOT_UPHELD: "not upheld"}
_NO_REDRESS = ("", "-", "None", "")
_DUPLICATES = ("Duplicate", "Logged in Error")
_OFFICE = (8 * 60, 19 * 60)


def files() -> Mapping[str, bytes]:
    """The export, and what the report must say."""
    quotas = QUOTAS["jadu"]
    rng = Random("exports jadu times")
    rows = [dict(_row(case, rng)) for case in make_cases("jadu", quotas)]
    return {
        "exports/corporate-complaints.csv": csv_export(
            list(rows[0]), [list(row.values()) for row in rows]
        ),
        "expected.toml": expected(quotas),
    }


def stamp(day: date, minute: int) -> str:
    """A minute of a day in London, as the system writes it: in UTC."""
    moment = datetime(day.year, day.month, day.day, *divmod(minute, 60), tzinfo=_LONDON)
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}+0000"


def _row(case: Case, rng: Random) -> Iterator[tuple[str, str]]:
    yield "Reference", f"COR{case.number:06}"
    yield "status", "Closed"
    yield "Service Area", case.service
    yield "Complaint Reason", case.reason
    yield "Description", f"From {case.person.name}"
    yield "Email", case.person.email
    yield "Channel", "WEB" if case.channel == "Web" else "CSO"
    yield from _stage(1, case.first, case, rng)
    yield "Stage 1 Challenge Reason", case.challenge if case.second else ""
    yield from _stage(2, case.second, case, rng)
    yield from _stage(3, None, case, rng)


def _stage(stage: int, step: Step | None, case: Case, rng: Random) -> Iterator[tuple[str, str]]:
    """The columns of a stage; the template's third is always empty."""
    # Complaints made online on the year's first day came in just after midnight.
    minute = 20 if step and step.received == START else rng.randint(*_OFFICE)
    yield f"Stage {stage} SLA Start Date", stamp(step.received, minute) if step else ""
    yield f"Stage {stage} SLA {'date' if stage == 1 else 'Date'}", f"{step.due}" if step else ""
    in_target = "Met" if step and step.ended <= step.due else "Missed"
    yield f"SLA Stage {stage}", in_target if step and step.answered else ""
    yield f"Stage {stage} Decision", _decision(step, case) if step else ""
    ended = stamp(step.ended, rng.randint(*_OFFICE)) if step else ""
    yield f"Stage {stage} Decision Date", "" if case.is_request else ended
    award = step.award if step else 0
    yield f"Stage {stage} Outcome Action", "Goodwill gesture" if award else ""
    none = rng.choice(_NO_REDRESS) if step else ""
    yield f"Stage {stage} Financial Redress Amount", f"£{award / 100:,.2f}" if award else none


def _decision(step: Step, case: Case) -> str:
    if case.is_request:
        return "Closed - service request not a complaint"
    if step.fate == WITHDRAWN:
        return WITHDRAWN
    if step.fate == DUPLICATE:
        return _DUPLICATES[case.number % len(_DUPLICATES)]
    return f"Stage {step.stage} Closed - response {_DECISIONS[step.fate]}"

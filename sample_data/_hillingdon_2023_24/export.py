"""The export: a row for each stage of a case, days first, with personal data beside every row."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from _people import TOKEN, Person, invent_person

from _hillingdon_2023_24.cases import ANSWERED, Case, Step
from _hillingdon_2023_24.quotas import End

HEADINGS = (
    "Case reference",
    "Stage",
    "Status",
    "Customer",
    "Customer address",
    "Customer email",
    "Summary",
    "Service",
    "Category",
    "Channel",
    "Date received",
    "Date acknowledged",
    "Date responded",
    "Date closed",
    "Outcome",
    "Root cause",
    "Reason for stage 2",
    "Close reason",
    "Reason not accepted",
    "Goodwill payment",
)
DAY = "%d/%m/%Y"
_CHANNELS = {"Web": 52, "Email": 25, "Phone": 19, "Letter": 4}
# Carries characters that only look right when the code page is known.
_SUMMARY = "In the resident’s words – about £40 was spent on this"


def case_rows(cases: Sequence[Case], rng: Random) -> list[dict[str, str]]:
    """Lay the cases out as the report of the case system prints them: heading to text."""
    rows = []
    for number, case in enumerate(cases, start=1):
        person = invent_person(rng, number)
        channel = rng.choices(list(_CHANNELS), list(_CHANNELS.values()))[0]
        for stage, step in _stages(case):
            cells = [
                *_case_cells(case, step, stage, person, number),
                channel,
                *_step_cells(step, is_complaint=stage.startswith("Stage")),
            ]
            rows.append(dict(zip(HEADINGS, cells, strict=True)))
    return rows


def _stages(case: Case) -> Iterator[tuple[str, Step]]:
    """What the case's rows call their stages."""
    yield ("Service request" if case.is_request else "Stage 1"), case.first
    if case.second:
        yield "Stage 2", case.second
        if case.at_ombudsman:
            yield "Ombudsman", case.second


def _case_cells(case: Case, step: Step, stage: str, person: Person, number: int) -> list[str]:
    return [
        case.reference,
        stage,
        "Closed" if step.closed else "Open",
        person.name,
        person.address,
        person.email,
        f"{_SUMMARY} ({TOKEN} {number})",
        case.service,
        case.category,
    ]


def _step_cells(step: Step, *, is_complaint: bool) -> list[str]:
    """Give the cells from receipt to the goodwill payment."""
    if not is_complaint:
        return [_day(step.received), "", "", _day(step.closed), "", "", "", "Closed", "", ""]
    is_refused = step.end is End.REFUSED
    outcome = End.NOT_UPHELD if step.end is End.CARRIED else step.end
    ended_otherwise = step.end in {End.REFUSED, End.WITHDRAWN}
    return [
        _day(step.received),
        _day(step.acknowledged),
        _day(step.answered),
        _day(step.closed),
        outcome.value if step.end in ANSWERED else "",
        step.cause,
        "" if is_refused else step.reason,
        step.end.value if ended_otherwise else "Closed" if step.closed else "",
        step.reason if is_refused else "",
        f"£{step.goodwill}.00" if step.goodwill else "",
    ]


def _day(day: date | None) -> str:
    return f"{day:{DAY}}" if day else ""

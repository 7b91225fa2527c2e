"""The self-assessment: every provision of the Code once, and answered Yes or No."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.calendar.provisions import section_of
from hcreport.problems import Place, Problem, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.derive.terms import Terms
    from hcreport.records import Records

MISSING = Rule(
    "X126",
    Severity.ERROR,
    "The self-assessment lacks a provision of the Code",
    "Add its row: the Code asks for an answer to every provision from 1.2 to 9.8.",
)
UNANSWERED = Rule(
    "X127",
    Severity.ERROR,
    "A provision of the self-assessment is not answered",
    "Answer Yes or No in its row. Who meets a provision in part does not meet it yet.",
)
ANSWERED_TWICE = Rule(
    "X128",
    Severity.ERROR,
    "A provision stands in the self-assessment twice",
    "Leave one row. Excel makes 5.1 of 5.10: format the column as text and type it again.",
)
NOT_OF_THE_CODE = Rule(
    "X129",
    Severity.ERROR,
    "The self-assessment answers what is no provision of the Code",
    "Correct the number; they run from 1.2 to 9.8, without words or full stops around them.",
)
NO_PROMISE = Rule(
    "X130",
    Severity.WARNING,
    "A provision is not met, and no date is promised",
    "Give the date in a column of its own; the report says that none was promised.",
)
RULES = (MISSING, UNANSWERED, ANSWERED_TWICE, NOT_OF_THE_CODE, NO_PROMISE)


def listed(records: Records, _: Terms) -> Iterator[Problem]:
    """Provisions that are missing, stand there twice, or are none of the Code's."""
    seen: dict[str, Place] = {}
    for p in records.provisions:
        if p.provision not in section_of():
            yield Problem(NOT_OF_THE_CODE, p.place, "the Code has no such number", p.provision)
        elif p.provision in seen:
            message = f"it stands at {seen[p.provision]} too"
            yield Problem(ANSWERED_TWICE, p.place, message, p.provision)
        seen.setdefault(p.provision, p.place)
    missing = [name for name in section_of() if name not in seen] if seen else []
    first = min(seen.values(), default=Place(""))
    for name in missing:
        place = Place(first.file, first.sheet)
        yield Problem(MISSING, place, f"it has no row for provision {name}", name)


def answered(records: Records, _: Terms) -> Iterator[Problem]:
    """Provisions without a Yes or a No, and a No without the day on which it will be a Yes."""
    for p in records.provisions:
        if p.comply is None:
            message = f"provision {p.provision} has neither Yes nor No"
            yield Problem(UNANSWERED, p.place, message, p.provision)
        elif p.comply == "no" and p.promised_on is None:
            message = f"provision {p.provision} is not met, without a date"
            yield Problem(NO_PROMISE, p.place, message, p.provision)

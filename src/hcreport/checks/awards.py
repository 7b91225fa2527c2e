"""Awards, held against their complaints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.checks.events import AFTER_EXTRACT, BEFORE_RECEIPT
from hcreport.derive.links import award_stage, complaint_of
from hcreport.derive.terms import Terms
from hcreport.problems import Place, Problem, Rule, Severity
from hcreport.records import STAGES

if TYPE_CHECKING:
    from hcreport.records import Records

AWARD_WITHOUT_COMPLAINT = Rule(
    "X105",
    Severity.WARNING,
    "An award has no complaint",
    "Check the reference. The award is counted, with its service as not recorded.",
)
AWARD_WITHOUT_STAGE = Rule(
    "X106",
    Severity.ERROR,
    "It is not clear which stage an award belongs to",
    "Fill in the stage: the case has both, or there is no such case. If no column can say it, "
    'give the source of awards a stage in profile.toml: "stage1", "stage2" or "last".',
)
AWARD_WITHOUT_DATE = Rule(
    "X107",
    Severity.ERROR,
    "An award has no date",
    "Fill in the date, or map its column in profile.toml: without it nobody can say which year the "
    "award belongs to.",
)
AWARD_OF_OTHER_STAGE = Rule(
    "X116",
    Severity.WARNING,
    "An award is for a stage that its complaint did not reach",
    "Check the stage. The award is counted at the stage it gives.",
)


RULES = (
    AWARD_WITHOUT_COMPLAINT,
    AWARD_WITHOUT_STAGE,
    AWARD_WITHOUT_DATE,
    AWARD_OF_OTHER_STAGE,
)


def against_complaints(records: Records, terms: Terms) -> Iterator[Problem]:
    """Awards without a complaint, a stage or a date, or before the complaint."""
    if not records.complaints:
        return
    yield from _undated(records)
    column = "" if records.has("awards", "stage") else ", and no column is read for it"
    for a in records.awards:
        c, stage = complaint_of(a, terms), award_stage(a, terms)
        if c is None:
            message = "no complaint has its reference"
            yield Problem(AWARD_WITHOUT_COMPLAINT, a.place, message, a.reference)
        elif stage is not None and c.stage != stage:
            message = f"it is for {STAGES[stage].lower()}"
            yield Problem(AWARD_OF_OTHER_STAGE, a.place, message, a.reference)
        if stage is None:
            message = f"the row gives no stage{column}"
            yield Problem(AWARD_WITHOUT_STAGE, a.place, message, a.reference)
        if a.awarded_on is None:
            if records.has("awards", "awarded_on"):
                yield Problem(AWARD_WITHOUT_DATE, a.place, "the row gives no date", a.reference)
        elif a.awarded_on > terms.data_as_at:
            message = f"awarded on {a.awarded_on}, after {terms.data_as_at}"
            yield Problem(AFTER_EXTRACT, a.place, message, a.reference)
        elif c is not None and a.awarded_on < c.received_on:
            message = f"awarded on {a.awarded_on} but received on {c.received_on}"
            yield Problem(BEFORE_RECEIPT, a.place, message, a.reference)


def _undated(records: Records) -> Iterator[Problem]:
    """One problem for each file of awards, where no column of any was read for the date."""
    if not records.has("awards", "awarded_on"):
        for file, sheet in dict.fromkeys((a.place.file, a.place.sheet) for a in records.awards):
            rows = sum((a.place.file, a.place.sheet) == (file, sheet) for a in records.awards)
            message = (
                f"no column is read for awarded_on, so none of its {rows} "
                f"{'award' if rows == 1 else 'awards'} has a date: map it in profile.toml"
            )
            yield Problem(AWARD_WITHOUT_DATE, Place(file, sheet), message)

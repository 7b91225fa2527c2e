"""What row rules go by besides the row, gathered once for a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hcreport.calendar.periods import Period
from hcreport.calendar.working_days import WorkingDays
from hcreport.records import Complaint, Records

if TYPE_CHECKING:
    from hcreport.settings import Settings

YES, NO, UNKNOWN = "yes", "no", "unknown"
ANSWERS = {YES: "Yes", NO: "No", UNKNOWN: "Unknown"}


@dataclass(frozen=True)
class Terms:
    """The period, the settings, the calendar, and the links between records.

    ``has_opening`` names the stages with a complaint from before the period, so that an opening
    balance can be known; ``escalated`` the references that reached stage 2 and were accepted.
    """

    period: Period
    ombudsman_period: Period
    data_as_at: date
    by_code: bool
    over_closed: bool
    scope: Mapping[str, tuple[str, ...]]
    days: WorkingDays
    acknowledgement_mapped: bool
    has_opening: frozenset[str]
    escalated: frozenset[str]
    complaints: Mapping[tuple[str, str], Complaint]


def terms(records: Records, settings: Settings, period: Period) -> Terms:
    """The terms on which the rows of a period are judged."""
    found = records.complaints
    return Terms(
        period=period,
        ombudsman_period=settings.ombudsman_period,
        data_as_at=settings.data_as_at,
        by_code=settings.timeliness == "code",
        over_closed=settings.basis.outcomes == "closed",
        scope=settings.scope.where,
        days=WorkingDays(),
        acknowledgement_mapped=records.has("complaints", "acknowledged_on"),
        has_opening=frozenset(c.stage for c in found if c.received_on < period.start),
        escalated=frozenset(
            c.reference for c in found if c.stage == "stage2" and not is_refused(c)
        ),
        complaints={(c.reference, c.stage): c for c in found},
    )


def is_refused(c: Complaint) -> bool:
    """Whether the landlord did not accept the complaint (Code 2.1 to 2.5)."""
    return c.closure == "refused" or c.refusal_reason is not None

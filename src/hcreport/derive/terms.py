"""What row rules go by besides the row, gathered once for a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hcreport.calendar.periods import Period
from hcreport.calendar.working_days import WorkingDays
from hcreport.intake.values import folded
from hcreport.records import STAGES, Complaint, Records

if TYPE_CHECKING:
    from hcreport.settings import Settings

YES, NO, UNKNOWN = "yes", "no", "unknown"
ANSWERS = {YES: "Yes", NO: "No", UNKNOWN: "Unknown"}


@dataclass(frozen=True)
class Terms:
    """The period, the settings, the calendar, and the links between records.

    ``has_opening`` names the stages with a complaint from before the period, so that an opening
    balance can be known; ``escalated`` the references with a stage 2 complaint that is counted;
    ``with_order`` the Ombudsman's cases in which it ordered compensation;
    ``causes`` the root cause for each theme of the learning log (folded), by its own name or by
    the ``themes`` that settings tie to one.
    """

    period: Period
    ombudsman_period: Period
    data_as_at: date
    by_code: bool
    over_closed: bool
    scope: Mapping[str, tuple[str, ...]]
    days: WorkingDays
    acknowledgement_mapped: frozenset[str]
    has_opening: frozenset[str]
    escalated: frozenset[str]
    with_order: frozenset[str]
    complaints: Mapping[tuple[str, str], Complaint]
    themes: Mapping[str, str]
    causes: Mapping[str, str]


def terms(records: Records, settings: Settings, period: Period) -> Terms:
    """The terms on which the rows of a period are judged."""
    found, scope = records.complaints, settings.scope.where
    return Terms(
        period=period,
        ombudsman_period=settings.ombudsman_period,
        data_as_at=settings.data_as_at,
        by_code=settings.timeliness == "code",
        over_closed=settings.basis.outcomes == "closed",
        scope=scope,
        days=WorkingDays(),
        acknowledgement_mapped=frozenset(
            stage for stage in STAGES if f"complaints.acknowledged_on@{stage}" in records.mapped
        ),
        has_opening=frozenset(
            c.stage for c in found if c.received_on < period.start and is_counted(c, scope)
        ),
        escalated=frozenset(
            c.reference for c in found if c.stage == "stage2" and is_counted(c, scope)
        ),
        with_order=frozenset(f.case for f in records.findings if f.compensation_ordered),
        complaints={(c.reference, c.stage): c for c in found},
        themes=settings.learning.themes,
        causes=_causes(_named_causes(found, scope), settings.learning.themes),
    )


def _named_causes(
    complaints: Iterable[Complaint], scope: Mapping[str, tuple[str, ...]]
) -> Iterable[str]:
    """The root causes of complaints in scope, each once."""
    held = (c for c in complaints if not scope or standing(c, scope) != "out_of_scope")
    return dict.fromkeys(c.root_cause for c in held if c.root_cause)


def _causes(causes: Iterable[str], themes: Mapping[str, str]) -> Mapping[str, str]:
    """The root cause for each theme, folded: of its own name, or that settings tie it to."""
    named = {folded(cause): cause for cause in causes}
    tied = {folded(theme): named.get(folded(cause)) for theme, cause in themes.items()}
    return named | {theme: cause for theme, cause in tied.items() if cause is not None}


def is_refused(c: Complaint) -> bool:
    """Whether the landlord did not accept the complaint (Code 2.1 to 2.5)."""
    return c.closure == "refused" or c.refusal_reason is not None


def is_withdrawn(c: Complaint) -> bool:
    """Whether the resident took the complaint back."""
    return c.closure == "withdrawn" or c.withdrawn_on is not None


def standing(c: Complaint, scope: Mapping[str, tuple[str, ...]]) -> str:
    """Whether the complaint is counted, and if not, why not. The first that applies holds."""
    if scope and any(getattr(c, name) not in values for name, values in scope.items()):
        return "out_of_scope"
    if c.kind == "service_request":
        return "service_request"
    if is_refused(c):
        return "refused"
    if c.closure in {"duplicate", "logged_in_error"}:
        return "not_counted"
    return "withdrawn" if is_withdrawn(c) else "accepted"


def is_counted(c: Complaint, scope: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the complaint is one of those received; a withdrawn one was received too."""
    return standing(c, scope) in {"accepted", "withdrawn"}

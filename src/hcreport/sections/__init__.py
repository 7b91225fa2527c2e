"""The report's pages, in order: each section chooses its figures, tables and charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.sections import (
    categories,
    causes,
    compensation,
    deadlines,
    escalation,
    failure_orders,
    learning,
    method,
    ombudsman,
    outcomes,
    overview,
    own,
    refusals,
    satisfaction,
    self_assessment,
    summary,
    timeliness,
    to_date,
    tsm,
    volumes,
)

if TYPE_CHECKING:
    from hcreport.sections.section import Section
    from hcreport.settings import Settings

SECTIONS: tuple[Section, ...] = (
    overview.SECTION,
    volumes.SECTION,
    to_date.SECTION,
    categories.SECTION,
    causes.SECTION,
    escalation.SECTION,
    outcomes.SECTION,
    refusals.SECTION,
    timeliness.SECTION,
    compensation.SECTION,
    compensation.FINANCE,
    tsm.SECTION,
    ombudsman.SECTION,
    failure_orders.SECTION,
    ombudsman.REPORT,
    satisfaction.SECTION,
    learning.SECTION,
    self_assessment.SECTION,
    deadlines.SECTION,
    method.SECTION,
    *summary.SECTIONS,
)


def of(settings: Settings) -> tuple[Section, ...]:
    """The report's sections, and one of the tables and charts that settings declare.

    Raises CannotRun when a declaration is at fault.
    """
    taken = {name for section in SECTIONS for name in (*section.tables, *section.charts)}
    return (*SECTIONS, own.section(settings, taken))

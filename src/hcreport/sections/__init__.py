"""The report's pages, in order: each section chooses its figures, tables and charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.sections import (
    causes,
    compensation,
    escalation,
    learning,
    method,
    ombudsman,
    outcomes,
    overview,
    refusals,
    satisfaction,
    timeliness,
    tsm,
    volumes,
)

if TYPE_CHECKING:
    from hcreport.sections.section import Section

SECTIONS: tuple[Section, ...] = (
    overview.SECTION,
    volumes.SECTION,
    causes.SECTION,
    escalation.SECTION,
    outcomes.SECTION,
    refusals.SECTION,
    timeliness.SECTION,
    compensation.SECTION,
    compensation.FINANCE,
    tsm.SECTION,
    ombudsman.SECTION,
    satisfaction.SECTION,
    learning.SECTION,
    method.SECTION,
)

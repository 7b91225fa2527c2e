"""Passages that every template has, set in each one's own manner.

A block placeholder stands alone in its paragraph and becomes as many paragraphs, tables or charts
as it needs. Whatever depends on whether a figure rose, fell or is one comes from the commentary,
never from here.
"""

from __future__ import annotations

from typing import NamedTuple

from _document import Line

BULLET, BODY, FIGURE = "List Bullet", "Body Text", "Figure"
PLAIN2, APPENDIX = "Heading Unnumbered 2", "Appendix Heading"


class Manner(NamedTuple):
    """The styles that a passage is set in."""

    heading: str
    text: str


def complaints(manner: Manner) -> list[Line]:
    """How many complaints there were, what they were about and why they went on."""
    return [
        Line(manner.heading, "Complaints received"),
        Line(manner.text, "{{ commentary.volumes }}"),
        Line(FIGURE, "{{ charts.received_by_stage }}"),
        Line(BODY, "{{ tables.received_by_stage }}"),
        Line(FIGURE, "{{ charts.received_by_service }}"),
        Line(BODY, "{{ tables.received_by_service }}"),
        Line(FIGURE, "{{ charts.received_by_month }}"),
        Line(BODY, "{{ tables.received_by_month }}"),
        Line(manner.text, "{{ commentary.to_date }}"),
        Line(BODY, "{{ tables.to_date }}"),
        Line(manner.heading, "Nature of complaints and root causes"),
        Line(manner.text, "{{ commentary.categories }}"),
        Line(BODY, "{{ tables.complaints_by_category }}"),
        Line(manner.text, "{{ commentary.causes }}"),
        Line(FIGURE, "{{ charts.root_causes_by_service }}"),
        Line(BODY, "{{ tables.root_causes_by_service }}"),
        Line(BODY, "{{ tables.root_cause_details }}"),
        Line(manner.heading, "Reasons for escalation"),
        Line(manner.text, "{{ commentary.escalation }}"),
        Line(FIGURE, "{{ charts.escalation_reasons_by_service }}"),
        Line(BODY, "{{ tables.escalation_reasons_by_service }}"),
    ]


def handling(manner: Manner) -> list[Line]:
    """What became of them, how fast, and at what cost."""
    return [
        Line(manner.heading, "Outcomes"),
        Line(manner.text, "{{ commentary.outcomes }}"),
        Line(FIGURE, "{{ charts.outcomes_by_stage }}"),
        Line(BODY, "{{ tables.outcomes_by_service }}"),
        Line(manner.heading, "Complaints not accepted"),
        Line(manner.text, "{{ commentary.refusals }}"),
        Line(
            manner.text,
            "Paragraph 8.1(b) of the Code asks for this summary of the kinds of complaint that "
            "were turned away. A resident whose complaint is refused can ask the Ombudsman to look "
            "at that decision.",
        ),
        Line(FIGURE, "{{ charts.refusal_reasons }}"),
        Line(BODY, "{{ tables.refusals_by_reason }}"),
        Line(manner.heading, "Timeliness"),
        Line(manner.text, "{{ commentary.timeliness }}"),
        Line(FIGURE, "{{ charts.timeliness_by_service }}"),
        Line(BODY, "{{ tables.timeliness_by_service }}"),
        Line(manner.heading, "Compensation"),
        Line(manner.text, "{{ commentary.compensation }}"),
        Line(BODY, "{{ tables.compensation_by_stage }}"),
        Line(FIGURE, "{{ charts.compensation_by_reason }}"),
        Line(BODY, "{{ tables.compensation_by_reason }}"),
        Line(manner.heading, "Tenant satisfaction measures"),
        Line(manner.text, "{{ commentary.tsm }}"),
        Line(BODY, "{{ tables.tsm }}"),
    ]


def ombudsman(manner: Manner) -> list[Line]:
    """What the Ombudsman decided, found against the Code, and published (8.1c, e and f)."""
    return [
        Line(manner.heading, "Housing Ombudsman decisions ({{ ombudsman_period.label }})"),
        Line(manner.text, "{{ commentary.ombudsman }}"),
        Line(BODY, "{{ tables.ombudsman_totals }}"),
        Line(BODY, "{{ tables.findings_by_category }}"),
        Line(BODY, "{{ tables.findings_by_type }}"),
        Line(manner.heading, "Findings of non-compliance with the Code"),
        Line(
            manner.text,
            "Paragraph 8.1(c) of the Code asks for any finding that we did not comply with it.",
        ),
        Line(manner.text, "{{ commentary.failure_orders }}"),
        Line(BODY, "{{ tables.failure_orders }}"),
        Line(manner.text, "{{ text.non_compliance }}"),
        Line(manner.heading, "Ombudsman reports and publications"),
        Line(
            manner.text,
            "Paragraphs 8.1(e) and 8.1(f) of the Code ask for the report that the Ombudsman "
            "writes on a landlord each year, where there is one, and for anything else it has "
            "published about the landlord's work.",
        ),
        Line(manner.text, "{{ commentary.ombudsman_report }}"),
        Line(manner.text, "{{ text.ombudsman_report }}"),
        Line(manner.text, "{{ text.ombudsman_publications }}"),
    ]


def feedback(manner: Manner) -> list[Line]:
    """What a survey says of it."""
    return [
        Line(manner.heading, "Customer feedback"),
        Line(manner.text, "{{ commentary.satisfaction }}"),
        Line(BODY, "{{ tables.survey }}"),
    ]


def learning(manner: Manner) -> list[Line]:
    """What has improved (8.1d)."""
    return [
        Line(manner.heading, "Learning and service improvements"),
        Line(
            manner.text,
            "Paragraph 8.1(d) of the Code asks what has improved as a result of complaints.",
        ),
        Line(manner.text, "{{ commentary.learning }}"),
        Line(BODY, "{{ tables.actions_by_theme }}"),
        Line(BODY, "{{ tables.actions_by_cause }}"),
        Line(manner.text, "{{ text.service_improvements }}"),
        Line(BODY, "{{ tables.actions }}"),
    ]


def next_deadlines(manner: Manner) -> list[Line]:
    """When the next report, self-assessment and submission are due."""
    return [
        Line(manner.heading, "What comes next"),
        Line(manner.text, "{{ commentary.deadlines }}"),
        Line(BODY, "{{ tables.deadlines }}"),
    ]


FIGURES_EXPLAINED: list[Line] = [
    Line(APPENDIX, "Appendix B: How the figures are worked out"),
    Line(
        BODY,
        "Every figure in this report is counted from the records of our complaints system as "
        "they stood on {{ report.data_as_at }}, by one written definition used throughout.",
    ),
    Line(PLAIN2, "The records behind this report"),
    Line(BODY, "{{ commentary.data_note }}"),
    Line(PLAIN2, "From records to complaints counted"),
    Line(BODY, "{{ tables.records }}"),
    Line(BODY, "{{ tables.reconciliation }}"),
    Line(BODY, "{{ tables.cohorts }}"),
    Line(PLAIN2, "What the records do not say"),
    Line(BODY, "{{ tables.set_aside }}"),
    Line(PLAIN2, "What each figure means"),
    Line(BODY, "{{ tables.definitions }}"),
]

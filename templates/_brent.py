"""The words of brent.docx: a report to Cabinet in numbered paragraphs.

Modelled on the shape of a Cabinet report, in our own words. A block placeholder stands alone in
its paragraph and becomes as many paragraphs, tables or charts as it needs. Whatever depends on
whether a figure rose, fell or is one comes from the commentary, never from here.
"""

from __future__ import annotations

from _document import Line, Words

H1, H2, H3 = "Heading 1", "Heading 2", "Heading 3"
P2, P3 = "Paragraph Level 2", "Paragraph Level 3"
BULLET, BODY, FIGURE = "List Bullet", "Body Text", "Figure"
PLAIN, PLAIN2, APPENDIX = "Heading Unnumbered", "Heading Unnumbered 2", "Appendix Heading"

COVER: list[Line] = [
    Line("Cover Landlord", "{{ landlord.name }}"),
    Line("Cover Line", "{{ landlord.governing_body }}"),
    Line("Cover Line", "{{ report.cover_date }}"),
    Line("Title", "{{ report.title }}"),
    Line("Subtitle", "{{ report.subtitle }}"),
]

DETAILS = [
    ("Report from", "{{ details.report_from }}"),
    ("Lead member", "{{ details.lead_member }}"),
    ("Member Responsible for Complaints", "{{ landlord.member_responsible }}"),
    ("Meeting", "{{ details.meeting }}"),
    ("Wards affected", "{{ details.wards }}"),
    ("Key decision", "{{ details.decision }}"),
    ("Open or exempt", "{{ details.exempt }}"),
    ("Appendices", "{{ details.appendices }}"),
    ("Background papers", "{{ details.background }}"),
    ("Contact officer", "{{ details.contact }}"),
    ("Figures as at", "{{ report.data_as_at }}"),
]

OPENING: list[Line] = [
    Line(H1, "Executive summary"),
    Line(
        P2,
        "Each year a social landlord must give a public account of the complaints made about "
        "its homes and services, and of what it did about them. This is the account for "
        "{{ landlord.name }}, from {{ period.long }}.",
    ),
    Line(
        P2,
        "It shows how many complaints there were and what caused them, how they were decided "
        "and how quickly, what was paid to put things right, what the Housing Ombudsman found, "
        "and what has changed as a result. The table below gives the main figures.",
    ),
    Line(BODY, "{{ tables.at_a_glance }}"),
    Line(
        P2,
        "Appendix A holds our self-assessment against the Complaint Handling Code of the "
        "Housing Ombudsman (“the Code”). Appendix B explains where every figure comes from.",
    ),
    Line(H1, "Recommendations"),
    Line(
        P2,
        "That the {{ landlord.governing_body }} examines how well housing complaints were "
        "handled in {{ period.label }}, and says where it wants to see better.",
    ),
    Line(
        P2,
        "That the {{ landlord.governing_body }} tests the self-assessment in Appendix A against "
        "what it knows of the service.",
    ),
    Line(
        P2,
        "That the {{ landlord.governing_body }} settles its response, so that response and "
        "report can be published side by side as paragraph 8.2 of the Code requires.",
    ),
]

CONTEXT: list[Line] = [
    Line(H1, "Detail"),
    Line(H2, "Foreword from the lead member"),
    Line(P3, "{{ text.foreword }}"),
    Line(H2, "Performance in {{ period.label }}"),
    Line(H3, "Background"),
    Line(P3, "{{ text.background }}"),
    Line(
        P3,
        "In this report “we” means {{ landlord.name }} as a landlord. A complaint is counted "
        "once at each stage it reaches: stage 1 is our first formal answer and stage 2 is our "
        "final one. Response times are judged by {{ report.rule_set }}.",
    ),
    Line(H3, "Headlines"),
    Line(P3, "These points stand out from the figures:"),
    Line(BULLET, "{{ commentary.headlines }}"),
    Line(H3, "Housing stock"),
    Line(P3, "{{ text.stock }}"),
]

COMPLAINTS: list[Line] = [
    Line(H3, "Complaints received"),
    Line(P3, "{{ commentary.volumes }}"),
    Line(FIGURE, "{{ charts.received_by_stage }}"),
    Line(BODY, "{{ tables.received_by_stage }}"),
    Line(FIGURE, "{{ charts.received_by_service }}"),
    Line(BODY, "{{ tables.received_by_service }}"),
    Line(FIGURE, "{{ charts.received_by_month }}"),
    Line(BODY, "{{ tables.received_by_month }}"),
    Line(H3, "Nature of complaints and root causes"),
    Line(P3, "{{ commentary.causes }}"),
    Line(FIGURE, "{{ charts.root_causes_by_service }}"),
    Line(BODY, "{{ tables.root_causes_by_service }}"),
    Line(BODY, "{{ tables.root_cause_details }}"),
    Line(H3, "Reasons for escalation"),
    Line(P3, "{{ commentary.escalation }}"),
    Line(FIGURE, "{{ charts.escalation_reasons_by_service }}"),
    Line(BODY, "{{ tables.escalation_reasons_by_service }}"),
]

HANDLING: list[Line] = [
    Line(H3, "Outcomes"),
    Line(P3, "{{ commentary.outcomes }}"),
    Line(FIGURE, "{{ charts.outcomes_by_stage }}"),
    Line(BODY, "{{ tables.outcomes_by_service }}"),
    Line(H3, "Complaints not accepted"),
    Line(P3, "{{ commentary.refusals }}"),
    Line(
        P3,
        "Paragraph 8.1(b) of the Code asks for this summary of the kinds of complaint that were "
        "turned away. A resident whose complaint is refused can ask the Ombudsman to look at "
        "that decision.",
    ),
    Line(FIGURE, "{{ charts.refusal_reasons }}"),
    Line(BODY, "{{ tables.refusals_by_reason }}"),
    Line(H3, "Timeliness"),
    Line(P3, "{{ commentary.timeliness }}"),
    Line(FIGURE, "{{ charts.timeliness_by_service }}"),
    Line(BODY, "{{ tables.timeliness_by_service }}"),
    Line(H3, "Compensation"),
    Line(P3, "{{ commentary.compensation }}"),
    Line(BODY, "{{ tables.compensation_by_stage }}"),
    Line(FIGURE, "{{ charts.compensation_by_reason }}"),
    Line(BODY, "{{ tables.compensation_by_reason }}"),
    Line(H3, "Tenant satisfaction measures"),
    Line(P3, "{{ commentary.tsm }}"),
    Line(BODY, "{{ tables.tsm }}"),
]

OMBUDSMAN_AND_LEARNING: list[Line] = [
    Line(H3, "Housing Ombudsman decisions ({{ ombudsman_period.label }})"),
    Line(P3, "{{ commentary.ombudsman }}"),
    Line(BODY, "{{ tables.findings_by_category }}"),
    Line(H3, "Findings of non-compliance with the Code"),
    Line(P3, "Paragraph 8.1(c) of the Code asks for any finding that we did not comply with it."),
    Line(P3, "{{ text.non_compliance }}"),
    Line(H3, "Ombudsman reports and publications"),
    Line(
        P3,
        "Paragraphs 8.1(e) and 8.1(f) of the Code ask for the report that the Ombudsman writes on "
        "a landlord each year, where there is one, and for anything else it has published about "
        "the landlord's work.",
    ),
    Line(P3, "{{ text.ombudsman_report }}"),
    Line(P3, "{{ text.ombudsman_publications }}"),
    Line(H3, "Customer feedback"),
    Line(P3, "{{ commentary.satisfaction }}"),
    Line(BODY, "{{ tables.survey }}"),
    Line(H3, "Learning and service improvements"),
    Line(P3, "Paragraph 8.1(d) of the Code asks what has improved as a result of complaints."),
    Line(P3, "{{ commentary.learning }}"),
    Line(P3, "{{ text.service_improvements }}"),
    Line(BODY, "{{ tables.actions }}"),
]

CONSIDERATIONS: list[Line] = [
    Line(H1, "Stakeholder and ward member consultation"),
    Line(P2, "{{ text.consultation }}"),
    Line(H1, "Financial considerations"),
    Line(P2, "{{ commentary.finance }}"),
    Line(P2, "{{ text.financial }}"),
    Line(H1, "Legal considerations"),
    Line(
        P2,
        "The Code has had the force of law since 1 April 2024. Under the Social Housing "
        "(Regulation) Act 2023 the Housing Ombudsman watches whether landlords keep to it and "
        "can act where they do not.",
    ),
    Line(
        P2,
        "Paragraph 8.1 of the Code sets out what a report like this one must hold, and "
        "paragraph 8.2 how it is to be considered and published.",
    ),
    Line(P2, "{{ text.legal }}"),
    Line(H1, "Equity, diversity and inclusion considerations"),
    Line(
        P2,
        "Anyone should be able to complain, in whatever way they find easiest. Under the "
        "Equality Act 2010 that includes reasonable adjustments for disabled residents.",
    ),
    Line(P2, "{{ text.equality }}"),
    Line(H1, "Climate change and environmental considerations"),
    Line(P2, "{{ text.climate }}"),
    Line(H1, "Human resources and property considerations"),
    Line(P2, "{{ text.human_resources }}"),
    Line(H1, "Communication considerations"),
    Line(P2, "{{ text.communication }}"),
    Line(
        P2,
        "Once it has been considered, this report goes on the complaints pages of our website "
        "with the self-assessment and the response of the {{ landlord.governing_body }}.",
    ),
]

CLOSING: list[Line] = [
    Line(PLAIN, "Report sign off"),
    Line("Sign Off", "{{ details.sign_off }}"),
    Line(PLAIN, "Comments from the Leader"),
    Line(BODY, "{{ text.leader_comments }}"),
    Line(PLAIN, "Response of the governing body"),
    Line(
        BODY,
        "The Code asks for the response of the governing body to be published with the report "
        "(paragraph 8.2).",
    ),
    Line(BODY, "{{ text.governing_body_response }}"),
    Line(APPENDIX, "Appendix A: Self-assessment against the Code"),
    Line(
        BODY,
        "Paragraph 8.1(a) of the Code asks for this self-assessment every year. It says, "
        "provision by provision, whether we comply and what shows it.",
    ),
    Line(BODY, "{{ commentary.self_assessment }}"),
    Line(BODY, "{{ tables.self_assessment_summary }}"),
    Line(BODY, "{{ text.self_assessment }}"),
    Line(BODY, "{{ tables.self_assessment }}"),
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

BRENT = Words(
    header=("{{ landlord.name }}", "Housing complaints {{ period.label }}"),
    footer="{{ period.long }}",
    cover=COVER,
    details_heading=("About this report", "Details"),
    details=DETAILS,
    contents_heading="Contents",
    body=OPENING
    + CONTEXT
    + COMPLAINTS
    + HANDLING
    + OMBUDSMAN_AND_LEARNING
    + CONSIDERATIONS
    + CLOSING,
)

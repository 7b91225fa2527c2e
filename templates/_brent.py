"""The words of brent.docx: a report to Cabinet in numbered paragraphs.

Modelled on the shape of a Cabinet report, in our own words.
"""

from __future__ import annotations

from _document import Grid, Line, Words
from _passages import (
    APPENDIX,
    BODY,
    BULLET,
    FIGURES_EXPLAINED,
    Manner,
    complaints,
    feedback,
    handling,
    learning,
    next_deadlines,
    ombudsman,
)

H1, H2, H3 = "Heading 1", "Heading 2", "Heading 3"
P2, P3 = "Paragraph Level 2", "Paragraph Level 3"
PLAIN = "Heading Unnumbered"
DETAIL = Manner(H3, P3)

COVER: list[Line] = [
    Line("Cover Landlord", "{{ landlord.name }}"),
    Line("Cover Line", "{{ landlord.governing_body_heading }}"),
    Line("Cover Line", "{{ report.cover_date }}"),
    Line("Title", "{{ report.title }}"),
    Line("Subtitle", "{{ report.subtitle }}"),
]

DETAILS_ROWS = [
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
DETAILS = Grid("About this report", ("About this report", "Details"), DETAILS_ROWS, (4.6,))

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
        "It asks how many complaints there were and what caused them, how they were decided "
        "and how quickly, what was paid to put things right, what the Housing Ombudsman found, "
        "and what has changed as a result. Where the answer was not supplied, the report says so "
        "at its place. {{ ref.tables.at_a_glance }} gives the main "
        "figures.",
    ),
    Line(BODY, "{{ tables.at_a_glance }}"),
    Line(
        P2,
        "Appendix A is for our self-assessment against the Complaint Handling Code of the "
        "Housing Ombudsman (“the Code”). Appendix B explains where every figure comes from.",
    ),
    Line(P2, "{{ commentary.self_assessment }}"),
    Line(H1, "Recommendations"),
    Line(
        P2,
        "That the {{ landlord.governing_body }} examines how well {{ landlord.short_name }} "
        "handled housing complaints in {{ period.label }}, and says where it wants to see better.",
    ),
    Line(
        P2,
        "That the {{ landlord.governing_body }} sees to it that {{ landlord.short_name }} assesses "
        "itself against the Code every year, and tests what it is told against what it knows of "
        "the service.",
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
        "In this report “we” means {{ landlord.short_name }} as a landlord. A complaint is counted "
        "once at each stage it reaches: stage 1 is our first formal answer and stage 2 is our "
        "final one. Response times are judged by {{ report.rule_set }}.",
    ),
    Line(H3, "Headlines"),
    Line(P3, "These points stand out from the figures:"),
    Line(BULLET, "{{ commentary.headlines }}"),
    Line(H3, "Housing stock"),
    Line(P3, "{{ text.stock }}"),
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
        "Paragraph 8.1(a) of the Code asks for a self-assessment every year, which is to say, "
        "provision by provision, whether we comply and what shows it.",
    ),
    Line(BODY, "{{ tables.self_assessment_summary }}"),
    Line(BODY, "{{ text.self_assessment }}"),
    Line(BODY, "{{ tables.self_assessment }}"),
]

BRENT = Words(
    header=("{{ landlord.name }}", "Housing complaints {{ period.label }}"),
    footer="{{ period.long }}",
    cover=[*COVER, DETAILS],
    contents_heading="Contents",
    body=[
        *OPENING,
        *CONTEXT,
        *complaints(DETAIL),
        *handling(DETAIL),
        *ombudsman(DETAIL),
        *feedback(DETAIL),
        *learning(DETAIL),
        *CONSIDERATIONS,
        *next_deadlines(Manner(H1, P2)),
        *CLOSING,
        *FIGURES_EXPLAINED,
    ],
)

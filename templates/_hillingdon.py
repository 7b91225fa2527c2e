"""The words of hillingdon.docx: a report that stands by itself, in numbered sections.

Modelled on the shape of a report to the Ombudsman and the public, in our own words.
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

H1, H2 = "Heading 1", "Heading 2"
SECTION, PART = Manner(H1, BODY), Manner(H2, BODY)

COVER = [
    Line("Cover Landlord", "{{ landlord.name }}"),
    Line("Title", "{{ report.title }}"),
    Line("Subtitle", "{{ period.long }}"),
    Line("Cover Line", "Presented to: {{ landlord.governing_body_heading }}"),
    Line("Cover Line", "Date of this report: {{ report.cover_date }}"),
    Line("Cover Line", "Figures as at: {{ report.data_as_at }}"),
]

WHERE = Grid(
    "Where this report answers the Code",
    ("Code", "What it asks for", "Where it is"),
    (
        ("8.1(a)", "The year’s self-assessment", "Summary of the self-assessment; Appendix A"),
        (
            "8.1(b)",
            "How complaints were handled, in figures and in words",
            "Analysis of complaints",
        ),
        ("8.1(b)", "The kinds of complaint not accepted", "Complaints not accepted"),
        (
            "8.1(c)",
            "Findings by the Ombudsman that the Code was not followed",
            "Findings of non-compliance with the Code",
        ),
        ("8.1(d)", "What has improved because of complaints", "Learning and service improvements"),
        (
            "8.1(e)",
            "The Ombudsman’s yearly report on the landlord",
            "Ombudsman reports and publications",
        ),
        (
            "8.1(f)",
            "What else the Ombudsman has published about the landlord",
            "Ombudsman reports and publications",
        ),
        ("8.2", "The response of the governing body", "Response of the governing body"),
        ("9.7", "What is reported to those who oversee complaints", "Reporting through the year"),
    ),
    (1.9, 7.6),
)

INTRODUCTION: list[Line | Grid] = [
    Line(H1, "Introduction"),
    Line(
        BODY,
        "{{ landlord.name }} is a landlord, and its residents have a right to know what becomes of "
        "their complaints. This report says what they complained of in {{ period.label }}, how we "
        "answered, and what we have changed.",
    ),
    Line(BODY, "In this report “we” means {{ landlord.short_name }} as a landlord."),
    Line(
        BODY,
        "It is our annual complaints performance and service improvement report under the "
        "Complaint Handling Code of the Housing Ombudsman (“the Code”), and part of what we submit "
        "to the Ombudsman each year. The table shows where to find each thing that the Code asks "
        "for.",
    ),
    WHERE,
    Line(H2, "Who takes part"),
    Line(BODY, "{{ text.consultation }}"),
]

SELF_ASSESSMENT = [
    Line(H1, "Summary of the self-assessment"),
    Line(
        BODY,
        "Paragraph 8.1(a) of the Code asks us to hold our service against each of its provisions "
        "every year. Appendix A is the place of the answers one by one, and this of their sum.",
    ),
    Line(BODY, "{{ commentary.self_assessment }}"),
    Line(BODY, "{{ tables.self_assessment_summary }}"),
]

ANALYSIS = [
    Line(H1, "Analysis of complaints", starts_page=True),
    Line(H2, "The period at a glance"),
    Line(
        BODY,
        "A complaint is counted once at each stage it reaches. Stage 1 is our first formal answer, "
        "stage 2 our final one. Whether an answer came in time is judged by "
        "{{ report.rule_set }}. These are the main points:",
    ),
    Line(BULLET, "{{ commentary.headlines }}"),
    Line(BODY, "{{ tables.at_a_glance }}"),
    Line(H2, "What stands behind the figures"),
    Line(BODY, "{{ text.background }}"),
    Line(H2, "Issues and trends"),
    Line(BODY, "{{ text.issues_and_trends }}"),
]

OMBUDSMAN = [Line(H1, "The Housing Ombudsman")]

GOVERNANCE_TABLE = Grid(
    "Governance",
    ("Part", "Who or what"),
    (
        ("Landlord", "{{ landlord.name }}"),
        ("Report from", "{{ details.report_from }}"),
        ("Governing body", "{{ landlord.governing_body_heading }}"),
        ("Member Responsible for Complaints", "{{ landlord.member_responsible }}"),
        ("Considered by", "{{ details.meeting }}"),
        ("Signed off by", "{{ details.sign_off }}"),
        ("Date of this report", "{{ report.cover_date }}"),
        ("Period reported", "{{ period.long }}"),
        ("Figures as at", "{{ report.data_as_at }}"),
        ("Contact", "{{ details.contact }}"),
    ),
    (6.2,),
)

REPORTING = Grid(
    "What the Code asks to be reported to those who oversee complaints",
    ("What they are to see", "Where it is"),
    (
        ("How many complaints, of what kinds and with what outcomes", "Analysis of complaints"),
        ("How well they were handled", "Timeliness; Complaints not accepted"),
        ("Issues and trends that complaints show", "Issues and trends"),
        (
            "What the Ombudsman decided, and progress with its orders",
            "The Housing Ombudsman",
        ),
        ("The annual report", "This report; Appendix A for the self-assessment"),
    ),
    (9.0,),
)

GOVERNANCE: list[Line | Grid] = [
    Line(H1, "Governance"),
    Line(
        BODY,
        "Those who run the service answer for it to others. The table names who made this report, "
        "who tests it, and whom to ask about it.",
    ),
    GOVERNANCE_TABLE,
    Line(H2, "Reporting through the year"),
    Line(
        BODY,
        "Paragraph 9.7 of the Code sets the least that the Member Responsible for Complaints and "
        "the {{ landlord.governing_body }} are to see. The table shows which "
        "part of this report is for it:",
    ),
    REPORTING,
    Line("Note", "What was not supplied for this report is said at its place."),
    Line(BODY, "{{ text.reporting }}"),
    *next_deadlines(PART),
    Line(H2, "Response of the governing body"),
    Line(
        BODY,
        "Paragraph 8.2 of the Code asks for this report to be published with our complaints "
        "information, and for the governing body’s response to stand beside it.",
    ),
    Line(BODY, "{{ text.governing_body_response }}"),
]

APPENDIX_A = [
    Line(APPENDIX, "Appendix A: Self-assessment against the Code"),
    Line(
        BODY,
        "For each provision of the Code, the form is to say whether we comply, what shows it, and "
        "what we are doing where we do not.",
    ),
    Line(BODY, "{{ text.self_assessment }}"),
    Line(BODY, "{{ tables.self_assessment }}"),
]

HILLINGDON = Words(
    header=("{{ report.title }}", "{{ period.label }}"),
    footer="{{ landlord.name }}",
    cover=COVER,
    contents_heading="Contents",
    body=[
        *INTRODUCTION,
        *SELF_ASSESSMENT,
        *ANALYSIS,
        *complaints(PART),
        *handling(PART),
        *feedback(PART),
        *OMBUDSMAN,
        *ombudsman(PART),
        *learning(SECTION),
        *GOVERNANCE,
        *APPENDIX_A,
        *FIGURES_EXPLAINED,
    ],
)

"""The words of summary.docx: one or two pages for residents."""

from __future__ import annotations

from _document import Grid, Line, Words

H1, BODY = "Heading 1", "Body Text"

STRIP = [
    Line("Cover Landlord", "{{ landlord.name }}"),
    Line("Title", "{{ summary.title }}"),
    Line("Subtitle", "A summary for residents"),
]
NUMBERS = Grid(
    "The main figures",
    (
        "New complaints",
        "Upheld at the first stage",
        "Answered on time at the first stage",
        "Compensation awarded",
    ),
    (
        (
            "{{ summary.received }}",
            "{{ summary.upheld }}",
            "{{ summary.on_time }}",
            "{{ summary.compensation }}",
        ),
    ),
    (3.3, 3.6, 3.9),
    style="Report Numbers",
    cells=("Number Label", "Big Number"),
    has_labels=False,
)
BODY_LINES = [
    Line(H1, "How many complaints we had"),
    Line(BODY, "{{ commentary.summary_received }}"),
    Line(H1, "What they were about"),
    Line(BODY, "{{ commentary.summary_about }}"),
    Line("Figure", "{{ charts.summary_about }}"),
    Line(H1, "What we decided"),
    Line(BODY, "{{ commentary.summary_decisions }}"),
    Line("Figure", "{{ charts.summary_decisions }}"),
    Line(H1, "How quickly we answered"),
    Line(BODY, "{{ commentary.summary_speed }}"),
    Line(H1, "Compensation"),
    Line(BODY, "{{ commentary.summary_compensation }}"),
    Line(H1, "What we learned"),
    Line(BODY, "{{ commentary.summary_learning }}"),
    Line(BODY, "{{ tables.summary_changes }}"),
    Line(H1, "How to complain"),
    Line(BODY, "{{ commentary.summary_complaining }}"),
    Line(BODY, "{{ text.how_to_complain }}"),
    Line(H1, "The Housing Ombudsman"),
    Line(BODY, "{{ commentary.summary_ombudsman }}"),
    Line(BODY, "{{ text.how_to_reach_the_ombudsman }}"),
]

SUMMARY = Words(
    header=("{{ landlord.name }}", "{{ summary.title }}"),
    footer="Figures as at {{ report.data_as_at }}. The full report explains them.",
    cover=[*STRIP, NUMBERS],
    contents_heading="",
    body=BODY_LINES,
)

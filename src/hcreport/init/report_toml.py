"""``report.toml`` as it is written for a person: every setting, with what it means."""

from __future__ import annotations

import re
from datetime import date

from hcreport.calendar.periods import Period
from hcreport.init.profile_toml import quoted

SUMMARY = "summary"
# The report of a council goes to its Cabinet; that of any other landlord stands by itself.
COUNCIL, OTHER = "brent", "hillingdon"
_COUNCILS = re.compile(r"\b(council|borough|city of|county|corporation)\b", re.IGNORECASE)
# Stands in the report until somebody gives the name, so that nobody can overlook it.
NO_NAME = "LANDLORD NOT SUPPLIED"


def template_for(landlord: str | None) -> str:
    """The bundled template that goes with a landlord's name; a council's while there is none."""
    is_council = landlord is None or _COUNCILS.search(landlord)
    return COUNCIL if is_council else OTHER


def written(landlord: str | None, period: Period | None, as_at: date | None) -> str:
    """The whole file. What nobody knows yet is a comment that says it is needed."""
    name = f"name = {quoted(landlord or NO_NAME)}"
    return _SETTINGS.format(
        template=template_for(landlord),
        summary=SUMMARY,
        name=name if landlord else f"{name}  # needed: write the landlord's name",
        year=f"year = {quoted(period.label)}" if period else '# year = "2023/24"  # needed',
        as_at=f"data_as_at = {as_at}" if as_at else "# data_as_at = 2024-05-31  # needed",
    )


_SETTINGS = """\
# The settings of this report. A line that begins with "#" is off; take the "#" away to turn it on.
# Dates are written without quotation marks: 2024-05-31. docs/settings.md says more.

# The Word template: a .docx file in this folder, or a bundled one: "brent", a council's report to
# its Cabinet, or "hillingdon", a report that stands by itself.
template = "{template}"
# summary = "{summary}"      # the template of the summary for residents
# title = "Housing complaints performance and service improvement report"

# How it is told what was on time. "code" recomputes it from the dates, against the Complaint
# Handling Code; "recorded" takes what the case system says.
timeliness = "code"

# The day of the export: what is open, overdue or not yet due is judged on it. Taken from the latest
# event in the exports; write the day on which you made them, if you know it.
{as_at}

# The date on the cover.
# cover_date = 2024-06-30

[landlord]
{name}
# short_name = ""          # what the text calls it after the first time
# governing_body = "Board" # what it is called, without "the": Board, Cabinet
# member_responsible = ""  # the role of the Member Responsible for Complaints, not a name

[period]
{year}
# Instead of the year, for another one than April to March:
# start = 2023-04-01
# end = 2024-03-31

[basis]
outcomes = "responded"  # the complaints that outcomes are counted over; or "closed"
timeliness = "due"      # those that timeliness is counted over; or "responded" or "received"

# Which complaints the report is about, if not all: the others are counted as out of scope.
# [scope]
# where = {{ service = ["Repairs", "Tenancy"] }}

# What to compare with: last year's project folder, or its figures as they were published.
# [previous]
# project = "../2022-23"
# year = "2022/23"         # if it is not the year before
# [previous.figures]
# "stage1.received" = 780

# Low cost homes owned at the end of the year, the base of the measure CH01.
# [homes]
# LCRA = 7810              # rented
# LCHO = 540               # shared ownership
# managed = 9000           # noted only: managed homes are no base

# The Ombudsman's year, which is often the one before; the year of its latest report about you; and
# its totals, if you have no file of its findings.
# [ombudsman]
# period = "2022/23"
# landlord_report = "2022/23"  # or "none"
# determinations = 7
# orders = 15
# orders_complied = 15
# recommendations = 6
# compensation_ordered = 14350
# compensation_offered_before = 10550  # the part of it that you had offered already
# failure_orders = 0           # complaint handling failure orders
# [ombudsman.findings]         # by type
# maladministration = 6
# [ombudsman.categories."Property condition"]  # instead, by type in each category
# maladministration = 4

# Which root cause a theme of the learning log is about, where they are not called the same.
# [learning.themes]
# "Promises kept" = "Work not done when promised"

# A second period beside the report's, usually the year to date.
# [to_date]
# start = 2024-04-01
# end = 2024-05-31

# Small numbers that are not to be published, in breakdowns by these fields.
# [disclosure]
# threshold = 5
# fields = ["ward", "tenure"]

# How charts look, if not as the template's theme says: your main colour first, and a font.
# [look]
# colours = ["#12436D", "#28A197"]
# font = "Arial"

# A figure, a table and a chart of your own; docs/settings.md explains them.
# [figures.damp]
# count = "stage1.received"
# where = {{ category = "Damp and mould" }}
# by = ["service"]
# [tables.damp]
# title = "Damp and mould by service"
# figures = ["stage1.received", "own.damp"]
# by = "service"
# [charts.damp]
# title = "Damp and mould by service"
# figure = "own.damp"
# by = "service"

# Survey measures: the counts, or the share that was published.
# [survey.tp09]
# satisfied = 120
# answers = 400
# percent = 30.0           # instead of the two

# How much a kind of problem matters here, by its code: "error" stops a build.
# [problems]
# X103 = "note"

# By when the Code wants the next ones: each day lies after data_as_at.
# [deadlines]
# self_assessment = 2025-06-30
# report = 2025-06-30
# governing_body = 2025-09-08
# submission = 2025-09-30

# What else the template asks for as details: roles, not names.
# [details]
# report_from = "Director of Housing"
# meeting = "Board"
# sign_off = "Chief Executive"
# contact = "Complaints Manager"
# lead_member = ""         # from here on for the template "brent" only
# wards = "All"
# decision = "Non-key decision"
# exempt = "Open"
# appendices = "Appendix A: self-assessment. Appendix B: how the figures are worked out"
# background = "None"
"""

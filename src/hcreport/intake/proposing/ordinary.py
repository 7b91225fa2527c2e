"""The ordinary English headings of every table that ``init`` knows from its headings alone.

Complaints and awards have theirs in the profile ``plain``. The Ombudsman's findings and the
learning log stand here, since a profile that named them would miss their files wherever it is
extended.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from hcreport.intake.profile import Headings, Source, plain

_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
_FINDINGS: dict[str, Headings] = {
    "case": (
        *("Case", "Case ID", "Case Number", "Case No", "Case Ref", "Case Reference", "Reference"),
        *("Ombudsman Case", "Ombudsman Reference", "Ombudsman Ref", "HOS Reference", "HOS Ref"),
        *("Determination Reference", "Complaint Reference", "Complaint Ref", "Ref"),
    ),
    "decided_on": (
        *("Decision Date", "Date of Decision", "Decided On", "Date Decided", "Date Determined"),
        *("Determination Date", "Date of Determination", "Determined On", "Date of Finding"),
    ),
    "category": ("Category", "Complaint Category", "Category of Complaint"),
    "sub_category": ("Sub-category", "Subcategory", "Sub category"),
    "finding": ("Finding", "Determination", "Ombudsman Finding", "Finding Type", "Decision"),
    "orders": ("Orders", "Orders Made", "Number of Orders"),
    "orders_complied": ("Orders Complied", "Orders Complied With"),
    "recommendations": ("Recommendations", "Number of Recommendations"),
    "compensation_ordered": ("Compensation Ordered", "Ordered Compensation"),
    "compensation_offered_before": ("Compensation Offered Before",),
}
# No heading of a person's: the log is printed in the report.
_ACTIONS: dict[str, Headings] = {
    "theme": ("Theme", "Learning Theme"),
    "what_happened": ("What Happened", "Lesson", "Lesson Learned", "Lesson Learnt", "Learning"),
    "action": (
        *("Action", "Action Taken", "Actions", "Action Agreed", "Agreed Action"),
        *("Improvement", "What We Did", "What We Will Do", "Service Improvement"),
    ),
    "owner_role": ("Owner Role", "Role Responsible", "Responsible Role"),
    "status": ("Status", "Action Status", "Progress"),
    "due_on": ("Due", "Due Date", "Due On", "Target Date", "Deadline"),
    "completed_on": ("Completed", "Completed On", "Date Completed", "Completion Date"),
}
_STATUSES = {
    "completed": ("Complete", "Done", "Closed"),
    "in_progress": ("Ongoing", "Under way", "Underway", "Started", "Open"),
    "not_started": ("Not begun", "To do", "Planned"),
}
OTHERS = ("findings", "actions")


@cache
def ordinary() -> Mapping[str, Source]:
    """A source for each table, its headings those that a person would type."""
    findings = Source(table="findings", files=("exports/*",), dates=_DATES, headings=_FINDINGS)
    actions = Source(
        table="actions",
        files=("exports/*",),
        dates=_DATES,
        headings=_ACTIONS,
        values={"status": _STATUSES},
    )
    return {**plain().sources, "findings": findings, "actions": actions}

"""The records: what one row of each kind says, in our words, and where it stands.

Each record is a frozen dataclass whose field definitions are also the list that profiles,
the reader and the documents use: a field is declared here and nowhere else. ``None`` always
means *the export does not say*. There is no field for a name, an address, a contact detail or
free text about a person; a column that no field claims is never loaded.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hcreport.problems import Place

# How a blank is printed where it is counted.
NOT_RECORDED = "not recorded"


def as_label(text: str) -> str:
    """A label as a table or a chart has it: what is not recorded begins with a capital, too."""
    return text.capitalize() if text == NOT_RECORDED else text


STAGES: Mapping[str, str] = {"stage1": "Stage 1", "stage2": "Stage 2"}
KINDS = {"complaint": "Complaint", "service_request": "Service request"}
OUTCOMES = {"upheld": "Upheld", "partly_upheld": "Partly upheld", "not_upheld": "Not upheld"}
CLOSURES = {
    "refused": "Refused",
    "withdrawn": "Withdrawn",
    "duplicate": "Duplicate",
    "logged_in_error": "Logged in error",
    "no_response": "Closed without a response",
}
TENURES = {
    "LCRA": "Low cost rental",
    "LCHO": "Low cost home ownership",
    "leasehold": "Leasehold",
    "other": "Other",
}
AWARD_STATUSES = {
    "offered": "Offered",
    "accepted": "Accepted",
    "paid": "Paid",
    "declined": "Declined",
    "withdrawn": "Withdrawn",
}
# In the order in which the Ombudsman's own reports print them.
FINDINGS = {
    "severe_maladministration": "Severe maladministration",
    "maladministration": "Maladministration",
    "service_failure": "Service failure",
    "mediation": "Mediation",
    "redress": "Reasonable redress",
    "no_maladministration": "No maladministration",
    "outside_jurisdiction": "Outside jurisdiction",
    "withdrawn": "Withdrawn",
}
# Why the Ombudsman makes a complaint handling failure order.
FAILURES = {
    "not_progressed": "Complaint not progressed",
    "no_evidence": "Evidence not supplied",
    "not_the_code": "Code not complied with",
}
ACTION_STATUSES = {
    "completed": "Completed",
    "in_progress": "In progress",
    "not_started": "Not started",
}
YES_NO = {"yes": "Yes", "no": "No"}


class FieldKind(Enum):
    """What a field's cells hold, and so how they are read."""

    REFERENCE = "reference"  # a case number: text, never a number
    CATEGORY = "category"  # a landlord's own words, grouped by spelling
    CODE = "code"  # one of a fixed list
    TEXT = "text"  # words printed as they stand, and only in a table of their own
    DATE = "date"
    MONEY = "money"  # integer pence
    NUMBER = "number"  # a whole number


@dataclass(frozen=True)
class FieldSpec:
    """One field of a record: its name, its words, its kind, and its codes if it has any."""

    name: str
    label: str
    kind: FieldKind
    codes: Mapping[str, str]


def _declare(label: str, kind: FieldKind, codes: Mapping[str, str] | None = None) -> Any:
    """A dataclass field that carries its own description."""
    return field(metadata={"label": label, "kind": kind, "codes": codes or {}})


def _reference(label: str) -> Any:
    return _declare(label, FieldKind.REFERENCE)


def _category(label: str) -> Any:
    return _declare(label, FieldKind.CATEGORY)


def _code(label: str, codes: Mapping[str, str]) -> Any:
    return _declare(label, FieldKind.CODE, codes)


def _text(label: str) -> Any:
    return _declare(label, FieldKind.TEXT)


def _date(label: str) -> Any:
    return _declare(label, FieldKind.DATE)


def _money(label: str) -> Any:
    return _declare(label, FieldKind.MONEY)


def _number(label: str) -> Any:
    return _declare(label, FieldKind.NUMBER)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint at one stage: the unit every count is made of."""

    place: Place
    reference: str = _reference("Reference")
    parent: str | None = _reference("Parent case")
    stage: str = _code("Stage", STAGES)
    kind: str | None = _code("Kind", KINDS)
    service: str | None = _category("Service")
    category: str | None = _category("Category")
    subcategory: str | None = _category("Subcategory")
    root_cause: str | None = _category("Root cause")
    root_cause_detail: str | None = _category("Root cause detail")
    outcome: str | None = _code("Outcome", OUTCOMES)
    closure: str | None = _code("Closure", CLOSURES)
    escalation_reason: str | None = _category("Reason for escalation")
    refusal_reason: str | None = _category("Reason for refusal")
    tenure: str | None = _code("Tenure", TENURES)
    channel: str | None = _category("Channel")
    ward: str | None = _category("Ward")
    contractor: str | None = _category("Contractor")
    received_on: date = _date("Received on")
    acknowledged_on: date | None = _date("Acknowledged on")
    due_on: date | None = _date("Due on")
    extended_to: date | None = _date("Extended to")
    responded_on: date | None = _date("Responded on")
    closed_on: date | None = _date("Closed on")
    withdrawn_on: date | None = _date("Withdrawn on")
    in_target: str | None = _code("In target", YES_NO)


@dataclass(frozen=True, slots=True)
class Award:
    """One award of compensation. Never joined onto complaints: that would double money."""

    place: Place
    reference: str = _reference("Reference")
    stage: str | None = _code("Stage", STAGES)
    amount: int = _money("Amount")
    reason: str | None = _category("Reason")
    status: str | None = _code("Status", AWARD_STATUSES)
    awarded_on: date | None = _date("Awarded on")


@dataclass(frozen=True, slots=True)
class Finding:
    """One outcome inside a case the Ombudsman decided.

    A case's orders, recommendations and money stand on one of its rows.
    """

    place: Place
    case: str = _reference("Case")
    decided_on: date = _date("Decided on")
    category: str | None = _category("Category")
    sub_category: str | None = _category("Sub-category")
    finding: str = _code("Finding", FINDINGS)
    orders: int | None = _number("Orders")
    orders_complied: int | None = _number("Orders complied with")
    recommendations: int | None = _number("Recommendations")
    compensation_ordered: int | None = _money("Compensation ordered")
    compensation_offered_before: int | None = _money("Compensation offered before")


@dataclass(frozen=True, slots=True)
class FailureOrder:
    """A complaint handling failure order: the Ombudsman's on how complaints are dealt with."""

    place: Place
    case: str | None = _reference("Case")
    issued_on: date = _date("Issued on")
    reason: str | None = _code("Reason", FAILURES)
    complied: str | None = _code("Complied with", YES_NO)


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the learning log: what complaints taught, and what was done about it."""

    place: Place
    theme: str | None = _category("Theme")
    what_happened: str | None = _text("What happened")
    action: str = _text("Action")
    owner_role: str | None = _text("Owner")
    status: str | None = _code("Status", ACTION_STATUSES)
    due_on: date | None = _date("Due")
    completed_on: date | None = _date("Completed")


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision of the Code in the self-assessment: whether we comply, and what shows it."""

    place: Place
    provision: str = _category("Provision")
    requirement: str | None = _text("What it asks")
    comply: str | None = _code("Answer", YES_NO)
    evidence: str | None = _text("Evidence")
    commentary: str | None = _text("Commentary")
    promised_on: date | None = _date("Promised by")


Record = Complaint | Award | Finding | FailureOrder | Action | Provision

# The tables by the names that profiles and figures use.
TABLES: Mapping[str, type[Record]] = {
    "complaints": Complaint,
    "awards": Award,
    "findings": Finding,
    "failure_orders": FailureOrder,
    "actions": Action,
    "provisions": Provision,
}
# Fields without which a row means nothing.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "complaints": ("reference", "stage", "received_on"),
    "awards": ("reference", "amount"),
    "findings": ("case", "decided_on", "finding"),
    "failure_orders": ("issued_on",),
    "actions": ("action",),
    "provisions": ("provision",),
}


@cache
def specs(table: str) -> tuple[FieldSpec, ...]:
    """The fields of a table, in the order of its record's definition."""
    return tuple(
        FieldSpec(f.name, f.metadata["label"], f.metadata["kind"], f.metadata["codes"])
        for f in fields(TABLES[table])
        if f.name != "place"
    )


def of_columns(table: str, columns: Mapping[str, Sequence[Any]]) -> list[Record]:
    """The records of a table, given each of their fields, and their places, as a column.

    A frozen dataclass sets its own fields one by one in a roundabout way: fifty thousand complaints
    took a twentieth of a whole run. Here the slots behind the fields are filled column by column.
    """
    kind = TABLES[table]
    made = [object.__new__(kind) for _ in columns["place"]]
    for name, values in columns.items():
        fill = getattr(kind, name).__set__
        deque(map(fill, made, values), maxlen=0)  # goes through them all and keeps nothing
    return made


@dataclass(frozen=True)
class Input:
    """One file that was read: its name, the fingerprint of its bytes, and its rows."""

    file: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Records:
    """Everything the exports say.

    ``mapped`` holds the fields that some export has a column for, as ``complaints.service``:
    a field outside it was never recorded, which is not the same as blank.
    """

    complaints: tuple[Complaint, ...] = ()
    awards: tuple[Award, ...] = ()
    findings: tuple[Finding, ...] = ()
    failure_orders: tuple[FailureOrder, ...] = ()
    actions: tuple[Action, ...] = ()
    provisions: tuple[Provision, ...] = ()
    mapped: frozenset[str] = frozenset()
    inputs: tuple[Input, ...] = ()
    tables: frozenset[str] = frozenset()

    def has(self, table: str, *names: str) -> bool:
        """Whether some export holds this table, and columns for all of these fields."""
        return table in self.tables and all(f"{table}.{name}" in self.mapped for name in names)

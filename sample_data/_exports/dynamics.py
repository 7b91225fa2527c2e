"""Microsoft Dynamics 365: complaints, and tables of what belongs to them, a workbook each."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time

from _files import Cell, Page, csv_export, workbook

from _exports.cases import Numbered, Step, make_cases, numbered
from _exports.expected import expected
from _exports.quotas import QUOTAS

_FINDINGS = (
    ("202300101", date(2023, 6, 14), "Property condition", "Maladministration", "Repairs"),
    ("202300101", date(2023, 6, 14), "Complaints handling", "Service failure", "Repairs"),
    ("202300102", date(2023, 11, 2), "Anti-social behaviour", "No maladministration", "Tenancy"),
    ("202300103", date(2024, 2, 20), "Property condition", "Reasonable redress", "Repairs"),
    ("202300103", date(2024, 2, 20), "Property condition", "Severe maladministration", "Damp"),
)
_FINDING_HEADINGS = (
    "Ombudsman Reference", "Determination Date", "Category", "Determination Outcome", "Area",
)  # fmt: skip
_NINE = time(9, 30)
_EXPORT = Page(hidden_columns=3, hidden_sheet="hiddenSheet")


def files() -> Mapping[str, bytes]:
    """The exports, and what the report must say."""
    quotas = QUOTAS["dynamics"]
    records = numbered(
        make_cases("dynamics", quotas), lambda count: f"CAS-{count:05}-{count * 7919 % 46656:04X}"
    )
    complaints = [dict(_complaint(record)) for record in records]
    outcomes = [dict(row) for record in records for row in _outcomes(record)]
    awards = [dict(_award(record)) for record in records if record.step.award]
    extensions = [dict(_extension(record)) for record in records if _is_late(record.step)]
    return {
        "exports/Complaints 2024-05-01.xlsx": _table("Complaints", complaints, _EXPORT),
        "exports/Complaint outcomes 2024-05-01.xlsx": _table("Complaint Outcomes", outcomes),
        "exports/Extension requests 2024-05-01.csv": csv_export(
            list(extensions[0]), [list(row.values()) for row in extensions]
        ),
        "exports/Compensation 2024-05-01.xlsx": _table("Compensation", awards),
        "exports/Ombudsman determinations 2024-05-01.xlsx": workbook(
            "Determinations", _FINDING_HEADINGS, _FINDINGS
        ),
        "expected.toml": expected(quotas),
    }


def _number(count: int) -> str:
    return f"CAS-{count:05}-{count * 7919 % 46656:04X}"


def _table(sheet: str, rows: Sequence[Mapping[str, Cell]], page: Page | None = None) -> bytes:
    return workbook(sheet, list(rows[0]), [list(row.values()) for row in rows], page)


def _complaint(record: Numbered) -> Iterator[tuple[str, Cell]]:
    case, step = record.case, record.step
    yield "(Do Not Modify) Complaint", f"00000000-0000-0000-0000-{_identity(record.number):012}"
    yield "(Do Not Modify) Row Checksum", f"checksum-{_identity(record.number)}"
    yield "(Do Not Modify) Modified On", _moment(step.closed)
    yield "Case Number", record.number
    yield "Parent Case", record.parent
    yield "Customer", case.person.name
    yield "Customer Address", case.person.address
    yield "Origin", case.channel
    yield "Complaint Area", case.service
    yield "Created On", _moment(step.received)
    yield "Response Sent", _moment(step.answered) if step.answered else None
    yield "Resolved On", _moment(step.closed)
    yield "Status", "Resolved"


def _identity(number: str) -> int:
    """A number that stays the same from run to run, for an identity that says nothing."""
    return int(number[4:9]) * 104_729


def _moment(day: date) -> datetime:
    return datetime.combine(day, _NINE)


def _outcomes(record: Numbered) -> Iterator[Iterator[tuple[str, Cell]]]:
    """One outcome for each complaint; for every twelfth, two rows that say the same."""
    rows = 2 if int(record.number[4:9]) % 12 == 0 else 1
    yield from (_outcome(record, n) for n in range(1, rows + 1))


def _outcome(record: Numbered, number: int) -> Iterator[tuple[str, Cell]]:
    yield "Outcome Reference", f"{record.number}-{number}"
    yield "Complaint", record.number
    yield "Complaint Outcome", record.step.fate
    yield "Complaint Root Cause", record.case.reason


def _is_late(step: Step) -> bool:
    return step.answered is not None and step.answered > step.due


def _extension(record: Numbered) -> Iterator[tuple[str, str]]:
    yield "Complaint", record.number
    yield "Extension Type", "Agreed with the resident"
    yield "Extended To", f"{record.step.ended:%d/%m/%Y} 17:00"


def _award(record: Numbered) -> Iterator[tuple[str, Cell]]:
    yield "Complaint", record.number
    yield "Payee", record.case.person.name
    yield "Amount", record.step.award / 100
    yield "Date Awarded", _moment(record.step.ended)

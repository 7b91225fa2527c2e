"""Count every total again, from the finished rows and without the code that made them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

from _files import Cell
from _people import TOKEN

from _brent_2023_24.quotas import (
    ALL_CLOSED_BY,
    AWARD_REASONS,
    COMPENSATION,
    END,
    ESCALATIONS,
    FINDING_COUNTS,
    NOT_UPHELD,
    OMBUDSMAN,
    PARTLY,
    REFUSALS,
    REJECTED,
    ROOT_CAUSES,
    START,
    TOTALS,
    UPHELD,
    Service,
)

Key = TypeVar("Key")

Row = dict[str, str]
Claim = tuple[str, object, object]
"""What is counted, what was found and what the quotas say."""

# Dates are ISO text here, as in the export, so that they compare as they stand.
_FIRST, _LAST = START.isoformat(), END.isoformat()
_NEXT = (END + timedelta(days=1)).isoformat()
_CLOSED_BY = ALL_CLOSED_BY.isoformat()
_DATES = ("DateAcknowledged", "DateDue", "DateCompleted", "DateClosed")
_RECEIVED = {1: "CaseStatusReceipt.DateReceived", 2: "CaseStageStage2.DateReceived"}
_PRIVATE = (
    "MainParty.FullName",
    "MainParty.Address",
    "MainParty.EmailAddress",
    "CaseDetails.Description",
)
_STATUSES_THAT_COUNT = ("Accepted", "Paid", "Offered")


def verify(
    complaints: Sequence[Row], awards: Sequence[Row], findings: Sequence[Sequence[Cell]]
) -> None:
    """Stop unless every count is as the quotas say.

    Raises:
        ValueError: naming each count that is not.
    """
    claims = [
        *_stage_totals(complaints),
        *_reasons(complaints),
        *_faults(complaints),
        *_compensation(awards, complaints),
        *_ombudsman(findings),
    ]
    wrong = [f"{what}: {found}, not {meant}" for what, found, meant in claims if found != meant]
    if wrong:
        raise ValueError("The sample does not add up:\n" + "\n".join(wrong))


def _in_year(day: str) -> bool:
    return _FIRST <= day <= _LAST


def _at(row: Row, stage: int, name: str) -> str:
    return row[f"CaseStageStage{stage}.{name}"]


def _accepted(rows: Iterable[Row], stage: int, service: Service) -> list[Row]:
    """List one service's rows that hold a complaint at this stage, refused ones left out."""
    return [
        row
        for row in rows
        if row["CaseDetails.Team"] == service
        and row[_RECEIVED[stage]]
        and _at(row, stage, "Outcome") != REJECTED
    ]


def _on_time(row: Row, stage: int) -> bool:
    recorded = _at(row, stage, "ResponseInTarget")
    in_target = _at(row, stage, "DateCompleted") <= _at(row, stage, "DateDue")
    return recorded == "Yes" if recorded else in_target


def _open_on(row: Row, stage: int, day: str) -> bool:
    """Say whether the complaint was open as the day began."""
    return row[_RECEIVED[stage]] < day <= _at(row, stage, "DateClosed")


def _stage_totals(rows: Sequence[Row]) -> Iterator[Claim]:
    """Count what ``TOTALS`` says of each stage and service."""
    for (stage, service), totals in TOTALS.items():
        ours = _accepted(rows, stage, service)
        due = [row for row in ours if _in_year(_at(row, stage, "DateDue"))]
        missed = [row for row in due if not _on_time(row, stage)]
        extended = [
            row
            for row in missed
            if _at(row, stage, "DateCompleted") <= _at(row, stage, "ExtendedTo")
        ]
        closed = [row for row in ours if _in_year(_at(row, stage, "DateClosed"))]
        outcomes = Counter(_at(row, stage, "Outcome") for row in closed)

        found = {
            "received": sum(_in_year(row[_RECEIVED[stage]]) for row in ours),
            "closed": len(closed),
            "due": len(due),
            "on_time": len(due) - len(missed),
            "with_extension": len(extended),
            "late": len(missed) - len(extended),
            "upheld": outcomes[UPHELD],
            "partly_upheld": outcomes[PARTLY],
            "not_upheld": outcomes[NOT_UPHELD],
            "open_at_start": sum(_open_on(row, stage, _FIRST) for row in ours),
            "open_at_end": sum(_open_on(row, stage, _NEXT) for row in ours),
        }
        yield f"stage {stage}, {service}", found, asdict(totals)


def _reasons(rows: Sequence[Row]) -> Iterator[Claim]:
    """Count root causes, refusals and reasons for escalation."""
    for service in Service:
        stage1, stage2 = (_accepted(rows, stage, service) for stage in (1, 2))
        closed = [row for row in stage1 if _in_year(_at(row, 1, "DateClosed"))]
        causes = Counter(
            (_at(row, 1, "RootCause"), _at(row, 1, "RootCauseDetail")) for row in closed
        )
        yield f"root causes, {service}", causes, _quota(ROOT_CAUSES, service)
        refused = [
            row
            for row in rows
            if row["CaseDetails.Team"] == service
            and _at(row, 1, "Outcome") == REJECTED
            and _in_year(row[_RECEIVED[1]])
        ]
        refusals = Counter(row["CaseStatusRejection.ReturnedReason"] for row in refused)
        yield f"refusals, {service}", refusals, _quota(REFUSALS, service)
        asked = [row for row in stage2 if _in_year(row[_RECEIVED[2]]) or _open_on(row, 2, _FIRST)]
        escalations = Counter(_at(row, 2, "EscalationReason") for row in asked)
        yield f"escalations, {service}", escalations, _quota(ESCALATIONS, service)
    refused2 = [row for row in rows if _at(row, 2, "Outcome") == REJECTED]
    yield "refused at stage 2", [_in_year(row[_RECEIVED[2]]) for row in refused2], [True]


def _quota(table: Mapping[Key, Mapping[Service, int]], service: Service) -> Counter[Key]:
    return +Counter({key: counts[service] for key, counts in table.items()})


def _faults(rows: Sequence[Row]) -> Iterator[Claim]:
    """Look for rows that contradict themselves."""
    references = [row["CaseDetails.CaseId"] for row in rows]
    yield "references used twice", len(references) - len(set(references)), 0
    unmarked = [
        row["CaseDetails.CaseId"]
        for row in rows
        if any(TOKEN not in row[heading] for heading in _PRIVATE)
    ]
    yield "personal data without the token", unmarked, []
    impossible = [
        f"{row['CaseDetails.CaseId']} stage {stage}"
        for stage in (1, 2)
        for service in Service
        for row in _accepted(rows, stage, service)
        if not _possible(row, stage)
    ]
    yield "impossible dates", impossible, []


def _possible(row: Row, stage: int) -> bool:
    """Say whether a complaint's dates follow each other and agree with what was recorded."""
    acknowledged, due, answered, closed = (_at(row, stage, name) for name in _DATES)
    received = row[_RECEIVED[stage]]
    in_order = [received, acknowledged or received, answered, closed, _CLOSED_BY]
    recorded = _at(row, stage, "ResponseInTarget")
    after_stage1 = stage == 1 or _at(row, 1, "DateClosed") < received
    return (
        in_order == sorted(in_order)
        and received < due
        and after_stage1
        and recorded in ("", "Yes" if answered <= due else "No")
    )


def _compensation(awards: Sequence[Row], complaints: Sequence[Row]) -> Iterator[Claim]:
    """Count the cases and the money of awards that count."""
    yield "awards given twice", len(awards) - len({tuple(row.values()) for row in awards}), 0
    cases = {row["CaseDetails.CaseId"]: row for row in complaints}
    counted: dict[tuple[str, int], list[Row]] = {}
    for row in awards:
        if row["Status"] in _STATUSES_THAT_COUNT and _in_year(row["Award date"]):
            key = row["Case reference"], int(row["Stage"].removeprefix("Stage "))
            counted.setdefault(key, []).append(row)
    for stage, quota in COMPENSATION.items():
        keys = [key for key in counted if key[1] == stage]
        pounds = sum(_pounds(row["Amount"]) for key in keys for row in counted[key])
        closed = [
            cases[key[0]] for key in keys if _in_year(_at(cases[key[0]], stage, "DateClosed"))
        ]
        goodwill = sum(_at(row, stage, "Outcome") == NOT_UPHELD for row in closed)
        found = len(keys), len(closed), pounds, goodwill
        meant = quota.cases, quota.cases, quota.pounds, quota.on_not_upheld
        yield f"compensation at stage {stage}", found, meant
    reasons = Counter(rows[0]["Reason"] for rows in counted.values())
    yield "reasons for compensation", reasons, Counter(AWARD_REASONS)
    mixed = [key for key, rows in counted.items() if len({row["Reason"] for row in rows}) > 1]
    yield "cases with more than one reason", mixed, []
    early = [
        key
        for key, rows in counted.items()
        for row in rows
        if row["Award date"] < _at(cases[key[0]], key[1], "DateCompleted")
    ]
    yield "awards before the answer", early, []


def _pounds(amount: str) -> Decimal:
    return Decimal(amount.removeprefix("£").replace(",", ""))


def _ombudsman(findings: Sequence[Sequence[Cell]]) -> Iterator[Claim]:
    """Count the Ombudsman's findings, orders and money."""
    yield "Ombudsman findings", Counter((row[2], row[4]) for row in findings), FINDING_COUNTS
    sums = [
        sum(value for row in findings if isinstance(value := row[column], int))
        for column in range(5, 10)
    ]
    found = len({row[0] for row in findings}), len(findings), *sums
    yield "Ombudsman totals", found, tuple(asdict(OMBUDSMAN).values())

"""Rows that belong together: a complaint and its child tables, a case and its parent.

Some systems keep what we call one complaint in several rows: its extensions and outcomes in tables
of their own, its second stage as a case of its own. Here they become one reference with two stages.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hcreport.intake import rules
from hcreport.intake.normalise import Detail
from hcreport.intake.profile import LAST
from hcreport.problems import Problem
from hcreport.records import Award, Complaint, Record


def filled_in(
    complaints: Sequence[Complaint], details: Iterable[Detail]
) -> tuple[list[Complaint], list[Problem]]:
    """The complaints with what their child rows add, and the child rows that fit none or differ.

    Of several dates the latest counts: an extension follows on the one before. Of anything else
    the rows must say the same, since no one of them is known to be the right one.
    """
    stages: dict[str, list[int]] = {}
    for at, complaint in enumerate(complaints):
        stages.setdefault(complaint.reference, []).append(at)
    found = list(complaints)
    problems: list[Problem] = []
    for detail in sorted(details, key=lambda d: d.place):
        held = [n for n in stages.get(detail.reference, ()) if _is_of(complaints[n], detail)]
        if not held:
            message = "no complaint has its reference and stage"
            problems.append(Problem(rules.NO_COMPLAINT, detail.place, message, detail.reference))
        elif len(held) > 1:
            message = "its case is at both stages"
            problems.append(Problem(rules.WHICH_STAGE, detail.place, message, detail.reference))
        else:
            found[held[0]], differing = _with(found[held[0]], detail)
            problems += differing
    return found, problems


def _is_of(complaint: Complaint, detail: Detail) -> bool:
    return detail.stage in {None, complaint.stage}


def _with(complaint: Complaint, detail: Detail) -> tuple[Complaint, list[Problem]]:
    """A complaint with what one child row adds."""
    changes: dict[str, Any] = {}
    problems = []
    for name, value in detail.values.items():
        held = getattr(complaint, name)
        if held is None or (isinstance(value, date) and value > held):
            changes[name] = value
        elif held != value and not isinstance(value, date):
            message = f"{name.replace('_', ' ')}: another row says {held}"
            problems.append(Problem(rules.TWO_VALUES, detail.place, message, str(value)))
    return replace(complaint, **changes), problems


def joined(rows: Mapping[str, Sequence[Record]]) -> tuple[dict[str, list[Record]], list[Problem]]:
    """All records under the reference of the case that began it; and the cases in a circle."""
    complaints = [c for c in rows["complaints"] if isinstance(c, Complaint)]
    parents = {c.reference: c.parent for c in complaints if c.parent is not None}
    if not parents:
        return {table: list(held) for table, held in rows.items()}, []
    first: dict[str, str] = {}
    circles = _circles(parents, first)
    stages = _stages_of_cases(complaints, {*first, *first.values()})
    problems = [
        Problem(rules.PARENT_CIRCLE, c.place, "its parents lead back to it", c.reference)
        for c in complaints
        if c.reference in circles
    ]
    return {
        table: [_under_first(record, first, stages) for record in held]
        for table, held in rows.items()
    }, problems


def at_last_stages(awards: Sequence[Record], complaints: Sequence[Record]) -> list[Record]:
    """The awards, each that belongs to the last stage its case reached given that stage.

    Where no complaint has its reference the stage stays open.
    """
    last: dict[str, str] = {}
    for c in complaints:
        if isinstance(c, Complaint):
            last[c.reference] = max(c.stage, last.get(c.reference, ""))
    return [
        replace(a, stage=last.get(a.reference)) if isinstance(a, Award) and a.stage == LAST else a
        for a in awards
    ]


def _stages_of_cases(complaints: Iterable[Complaint], families: Container[str]) -> dict[str, str]:
    """The stage of each parent and child, where its own number stands for one stage only."""
    held: dict[str, set[str]] = {}
    for c in complaints:
        if c.reference in families:
            held.setdefault(c.reference, set()).add(c.stage)
    return {reference: found.pop() for reference, found in held.items() if len(found) == 1}


def _circles(parents: Mapping[str, str], first: dict[str, str]) -> frozenset[str]:
    """Fill in the first case of each child's line; the children that have none."""
    lost: set[str] = set()
    for child in parents:
        line: dict[str, None] = {}
        case = child
        while case in parents and not (case in line or case in first or case in lost):
            line[case] = None
            case = parents[case]
        if case in line or case in lost:
            lost.update(line)
        else:
            first.update(dict.fromkeys(line, first.get(case, case)))
    return frozenset(lost)


def _under_first(record: Record, first: Mapping[str, str], stages: Mapping[str, str]) -> Record:
    """A record under the reference of its first case; an award keeps its own case's stage."""
    if isinstance(record, Complaint):
        return replace(record, reference=first.get(record.reference, record.reference))
    if isinstance(record, Award):
        stage = record.stage or stages.get(record.reference)
        return replace(record, reference=first.get(record.reference, record.reference), stage=stage)
    return record

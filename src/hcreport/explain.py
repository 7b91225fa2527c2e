"""One figure explained: its value, its words, what it is over, its records, its places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from hcreport import pipeline
from hcreport.derive.frame import columns
from hcreport.figures.algebra import PENCE, Count, Unit, cohort_of
from hcreport.figures.behind import Part, behind
from hcreport.figures.english import conditions, either
from hcreport.figures.shown import NO_VALUE
from hcreport.figures.worked import prefix_of
from hcreport.records import STAGES
from hcreport.report import records_csv
from hcreport.report.appearances import appearances
from hcreport.report.naming import label, named, place, said
from hcreport.report.run_json import exact
from hcreport.sections.section import tagged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hcreport.calendar.periods import Period
    from hcreport.figures.ledger import Entry
    from hcreport.pipeline import Run

_WIDTH = 15


@dataclass(frozen=True)
class Member:
    """A record behind a figure, the parts it plays, and the cells that enter the figure.

    One that ``is_plain`` is counted by a figure that counts it and nothing else.
    """

    table: str
    row: Mapping[str, str]
    parts: tuple[Part, ...]
    columns: tuple[str, ...]
    is_plain: bool = False

    def __str__(self) -> str:
        """One line: ``0012 at stage 1: numerator, denominator (exports/a.xlsx › row 14)``."""
        parts = ("counted",) if self.is_plain else self.parts
        cells = [f"{label(self.table, c)} {said(self.table, c, self.row[c])}" for c in self.columns]
        told = ", ".join([*parts, *cells])
        return f"{named(self.table, self.row)}: {told} ({place(self.row)})"


def told(run: Run, entry: Entry) -> Iterator[str]:
    """A figure in lines for a terminal."""
    figure, givens = entry.figure, run.evaluator(entry.id).givens
    yield f"{figure.id}: {figure.label}"
    facts = {
        "For": ", ".join(f"{key} {value}" for key, value in entry.group),
        "Value": _value(run, entry),
        "Set aside": f"{entry.result.set_aside:,}, because the records do not say",
        _period_before(run, entry).label: _previous(entry),
        "What it is": run.ledger.definitions[entry.id],
        "Rows": conditions(figure.measure, givens),
        "Source": figure.source,
        "Broken down by": "; ".join(" and ".join(keys) for keys in _breakdowns(run, entry)),
    }
    if not entry.result.set_aside:
        del facts["Set aside"]
    yield from (f"  {name:<{_WIDTH}} {fact}" for name, fact in facts.items() if fact)
    yield from _listed("In the report", _appearances(run, entry, "template"))
    if in_summary := _appearances(run, entry, "summary"):
        yield from _listed("In the summary", in_summary)
    sizes = _sizes(run, entry)
    yield f"  {'Records':<{_WIDTH}} {', '.join(sizes) or 'none: its number comes from settings'}"


def _value(run: Run, entry: Entry) -> str:
    if entry.value is None:
        return f"{NO_VALUE}: {_why_none(run, entry)}"
    unit = entry.figure.unit
    scale = {Unit.SHARE: Fraction(100), Unit.GBP: Fraction(1, PENCE)}.get(unit, Fraction(1))
    printed = Fraction(entry.shown.strip("£%").replace(",", ""))
    if printed == entry.value * scale or entry.result.numerator is not None:
        return entry.in_full
    return f"{entry.in_full}, exactly {exact(entry.value, unit)}"


def _why_none(run: Run, entry: Entry) -> str:
    """What the exports lack for a figure, where that is why it has no value."""
    cohort = cohort_of(entry.figure.measure)
    lacking = run.evaluator(entry.id).lacking(cohort) if cohort else ()
    if cohort is None or not lacking:
        return "nothing is recorded, or there is nothing to divide by"
    fields, needed = columns(cohort.table), lacking[0]
    if needed in STAGES:
        return f"no {STAGES[needed].lower()} complaint is in the exports"
    labels = either(fields[name].label.lower() for name in needed.split("|"))
    return f"no export that was read has a column for {labels}"


def _period_before(run: Run, entry: Entry) -> Period:
    """The period that a figure is compared with."""
    settings = run.settings
    to_date = settings.to_date_period if prefix_of(entry.id) else None
    return to_date.year_before() if to_date else settings.previous_period


def _previous(entry: Entry) -> str:
    if entry.previous is None:
        return entry.previous_shown
    return f"{entry.previous_shown}, {entry.change_shown} since"


def _breakdowns(run: Run, entry: Entry) -> list[tuple[str, ...]]:
    """The ways in which the figure was broken down, if it is asked for as a whole."""
    by = [] if entry.group else entry.figure.by
    return [keys for keys in by if run.ledger.has(entry.id, *keys)]


def _appearances(run: Run, entry: Entry, setting: str) -> list[str]:
    """Where the entry stands in a document, then where only groups of the figure do."""
    places = appearances(run.folder, pipeline.writer(run), setting)
    own = [a.where for a in places if tagged(entry) in a.tags]
    parts = [a.where for a in places if any(t.startswith(f"{entry.id}|") for t in a.tags)]
    in_parts = [] if entry.group else [f"{where} (in parts)" for where in parts if where not in own]
    return list(dict.fromkeys([*own, *in_parts]))


def _listed(heading: str, lines: Sequence[str]) -> Iterator[str]:
    first, *rest = lines or ["nowhere; figures.json has it"]
    yield f"  {heading:<{_WIDTH}} {first}"
    yield from (f"  {'':<{_WIDTH}} {line}" for line in rest)


def _sizes(run: Run, entry: Entry) -> list[str]:
    """How many records play each part."""
    parts = behind(run.evaluator(entry.id), entry.figure.measure, entry.group)
    return [f"{int(rows.mask.sum()):,} {_CALLED[rows.part]}" for rows in parts]


_CALLED = {
    Part.NUMERATOR: "in the numerator",
    Part.DENOMINATOR: "in the denominator",
    Part.SET_ASIDE: "set aside",
}


def members(run: Run, entry: Entry) -> list[Member]:
    """The records behind an entry, in the order of the exports."""
    parts = behind(run.evaluator(entry.id), entry.figure.measure, entry.group)
    found = []
    for table in dict.fromkeys(rows.table for rows in parts):
        frame = run.evaluator(entry.id).frames[table]
        rows, _ = records_csv.read(records_csv.write(table, frame), records_csv.kinds(table, frame))
        mine = [part for part in parts if part.table == table]
        columns = tuple(dict.fromkeys(name for part in mine for name in part.columns))
        for n, row in enumerate(rows):
            plays = tuple(part.part for part in mine if part.mask[n])
            if plays:
                found.append(Member(table, row, plays, columns))
    is_plain = isinstance(entry.figure.measure, Count) and len({m.parts for m in found}) == 1
    return [replace(m, is_plain=is_plain) for m in found]


def as_csv(found: Sequence[Member]) -> bytes:
    """The records behind an entry as a file: what each is, its parts, its cells, its place."""
    headings = ("record", "parts", "table", "reference", "stage", "values", "file", "sheet", "row")
    return records_csv.lines([headings, *(_cells(member) for member in found)])


def _cells(member: Member) -> tuple[str, ...]:
    row = member.row
    cells = (
        named(member.table, row),
        ", ".join(member.parts),
        member.table,
        row.get("reference") or row.get("case", ""),
        row.get("stage", ""),
        ", ".join(row[name] for name in member.columns),
        *(row[name] for name in records_csv.PLACE),
    )
    return tuple(map(records_csv.guarded, cells))

"""How the figures are worked out: the records, the rules, the balance, the definitions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from hcreport.calendar.periods import in_words
from hcreport.derive.complaints import ARRIVALS
from hcreport.figures.algebra import Count, Rate, Share, Unit
from hcreport.figures.english import either
from hcreport.figures.ledger import TO_DATE
from hcreport.figures.shown import WITHHELD
from hcreport.records import STAGES
from hcreport.sections.section import Section, in_scope, listed, lower, opening
from hcreport.tables import Absent, Cell, Table, number, words

if TYPE_CHECKING:
    from hcreport.figures.ledger import Entry
    from hcreport.sections.section import Writer

_STAGE = re.compile(r"\b[Ss]tage [12] (?=(?:complaints?|uphold)\b)")
_STAGES = re.compile(r"\bstage[12]\b")
COHORTS = {"due": "due", "responded": "answered", "closed": "closed"}
CLOCKS = {
    "code": "Timeliness is recomputed from the dates, against the Code in force on the day of "
    "receipt. The time for a response runs from the acknowledgement, but a late one buys no time: "
    "it then runs from the last day for acknowledging. Where the records do not say when a "
    "complaint was acknowledged, an answer too late for any day it can have been is late, and one "
    "in time for every such day is on time",
    "recorded": "Timeliness is taken from the case system's own record of whether its target was "
    "met; where that is blank, the response is compared with the recorded due date",
}


def commentary(w: Writer) -> Iterator[str]:
    """Which records were read, by which clock, and what is counted apart."""
    files = [f"{name} ({rows:,} {'row' if rows == 1 else 'rows'})" for name, rows in w.files]
    if files:
        yield f"The figures come from {listed(files)}, read as they were exported."
    if w.corrections:
        yield _corrected(w)
    if w.settings.scope.where:
        yield f"Only {in_scope(w)} are counted; the rest of the exports is out of scope."
    rules = listed(f"the {r.name}" for r in w.rule_sets)
    under = f" The complaints of the {w.span} fall under {rules}." if rules else ""
    yield f"{CLOCKS[w.settings.timeliness]}.{under}"
    yield (
        "Working days are Monday to Friday less the bank holidays of England and Wales. The day "
        "of an event is day 0 and the next working day is day 1."
    )
    yield (
        "Complaints that were refused and service requests are counted apart and enter no other "
        "figure. Withdrawn complaints stay among those received and leave the rest. What is open, "
        f"overdue or not yet due is judged as at {in_words(w.settings.data_as_at)}."
    )
    yield from _undated(w)
    yield (
        "Percentages are rounded once, half up, from the counts beside them, so the parts of a "
        "whole can add up to 99% or 101%."
    )
    if w.settings.disclosure.fields:
        yield _withheld(w)


def _undated(w: Writer) -> Iterator[str]:
    """What the balance counts as open for want of a date."""
    for stage, label in STAGES.items():
        undated = w.at(f"{stage}.undated")
        if undated.value:
            they, were, are = ("it", "was", "is") if undated.value == 1 else ("they", "were", "are")
            yield (
                f"For {w.count(undated, f'{label.lower()} complaint')} that {were} withdrawn or "
                f"otherwise closed, the records give no day on which {they} ended. "
                f"{opening(they)} {are} counted as still open."
            )


def _withheld(w: Writer) -> str:
    """By which rule small numbers are withheld."""
    rule = w.settings.disclosure
    fields = either(name.replace("_", " ") for name in rule.fields)
    return (
        f"So that nothing is told of a few people, a number from 1 to {rule.threshold - 1} is not "
        f"published where complaints are broken down by {fields}, and nor is any other number from "
        f"which it could be worked out. {WITHHELD} stands in their place; a nought is printed."
    )


def _corrected(w: Writer) -> str:
    """How many cells of the exports were corrected, by field; why is somebody's free text."""
    number = len(w.corrections)
    what = "One cell of them was" if number == 1 else f"{number:,} cells of them were"
    fields = sorted(Counter(label.lower() for label in w.corrections).items())
    each = "; ".join(f"{label}, {times:,}" for label, times in fields)
    return f"{what} corrected before anything was counted ({each})."


def reconciliation_table(w: Writer) -> Table | Absent:
    """Open at start + received = ended + withdrawn + open at end, in numbers to add up.

    A column for each stage that can be drawn up; the note says why another cannot.
    """
    end = w.settings.basis.outcomes
    lines = (
        ("open_at_start", "Open at the start"),
        ("received", "and received"),
        (end, "less closed" if end == "closed" else "less responded to"),
        ("ended_withdrawn", "less withdrawn"),
        ("open_at_end", "makes open at the end"),
    )
    lacking = {stage: why for stage in STAGES if (why := _no_balance(w, stage))}
    stages = [stage for stage in STAGES if stage not in lacking]
    if not stages:
        return Absent(" ".join(dict.fromkeys(lacking.values())))
    rows: list[tuple[Cell, ...]] = [
        (words(label), *(number(w.at(f"{stage}.{name}")) for stage in stages))
        for name, label in lines
    ]
    return Table(
        "reconciliation",
        f"How the complaints received and ended in the {w.span} fit together",
        ("Complaints", *(STAGES[stage] for stage in stages)),
        tuple(rows),
        has_total=True,
        note=" ".join(lacking.values()),
    )


def _no_balance(w: Writer, stage: str) -> str:
    """Why a stage's balance cannot be drawn up; empty where it can."""
    end, label = w.settings.basis.outcomes, STAGES[stage].lower()
    if not w.held(stage):
        why = f"the exports hold no {label} complaints"
    elif _is_unknown(w.at(f"{stage}.{end}")):
        verb = "closed" if end == "closed" else "answered"
        why = f"the exports do not say when {label} complaints were {verb}"
    elif _is_unknown(w.at(f"{stage}.open_at_start")):
        why = (
            f"the exports hold no {label} complaints received before the {w.span}, so how many "
            "were open at its start is not known"
        )
    else:
        return ""
    return f"There is no balance for {label}: {why}."


def _is_unknown(entry: Entry) -> bool:
    return entry.value is None and not entry.suppressed


def records_table(w: Writer) -> Table | Absent:
    """Every record of the exports, by whether it is counted and if not, why not."""
    held = [w.by(f"{stage}.in_exports", "standing") for stage in STAGES]
    rows: list[tuple[Cell, ...]] = [
        (words(pair[0].label), *map(number, pair))
        for pair in zip(*held, strict=True)
        if any(entry.value for entry in pair)
    ]
    if not rows:
        return Absent()
    rows.append((words("All"), *(number(w.at(f"{stage}.in_exports")) for stage in STAGES)))
    return Table(
        "records",
        "Every complaint in the exports, whenever received, and how it is counted",
        ("Complaints", *STAGES.values()),
        tuple(rows),
        has_total=True,
    )


def cohorts_table(w: Writer) -> Table | Absent:
    """What was due, answered and closed in the period, by when it was received."""
    rows: list[tuple[Cell, ...]] = []
    for stage, label in STAGES.items():
        for name, verb in COHORTS.items():
            whole = w.at(f"{stage}.{name}")
            if whole.value is None:
                continue
            parts = {e.label: e for e in w.by(whole.id, "arrived")}
            cells = (number(parts[ARRIVALS[when]]) for when in ("during", "before"))
            rows.append((words(f"{label}, {verb} in the {w.span}"), *cells, number(whole)))
    if not rows:
        return Absent()
    headings = ("Complaints", f"Received in the {w.span}", "Received before it", "All")
    title = f"When the complaints due, answered and closed in the {w.span} were received"
    return Table("cohorts", title, headings, tuple(rows))


def set_aside_table(w: Writer) -> Table | Absent:
    """The figures for which some records do not say, with how many.

    A count over the same complaints as a share beside it would only say the same again.
    """
    entries = [
        e for e in w.ledger.entries if not e.group and e.value is not None and e.result.set_aside
    ]
    shared = {m.cohort for e in entries if isinstance(m := e.figure.measure, Share)}
    rows = tuple(
        (words(e.figure.label), _base(e), Cell(f"{aside:,}", Fraction(aside), Unit.COUNT))
        for e in entries
        if (aside := e.result.set_aside)
        and not (isinstance(m := e.figure.measure, Count) and m.cohort in shared)
    )
    if not rows:
        return Absent(
            "No figure had to set a complaint aside. Where a table has a row for what is not "
            "recorded, those complaints are in its total."
        )
    headings = ("Figure", "Counted over", "Set aside")
    title = "Complaints set aside, since the records do not say or it is too early to tell"
    return Table("set_aside", title, headings, rows)


def _base(entry: Entry) -> Cell:
    """The rows that a figure with some set aside is counted over."""
    counted = entry.result.numerator or 0
    is_rate = isinstance(entry.figure.measure, Rate)  # over homes, which are no rows
    base = None if is_rate else entry.result.denominator
    rows = counted if base is None else base
    return Cell(f"{rows:,}", Fraction(rows), Unit.COUNT)


def definitions_table(w: Writer) -> Table:
    """The definition of every figure that has a value; both stages at once where they agree."""
    days, span = f"from {w.period.long}", f"in the {w.span}"
    told = {
        figure: (w.at(figure).figure.label, definition.replace(days, span))
        for figure, definition in w.ledger.definitions.items()
        if w.at(figure).value is not None and not figure.startswith(TO_DATE)
    }
    rows = dict.fromkeys(_of_either_stage(figure, told) for figure in told)
    note = (
        f"The {w.span} is {w.period.long}. The same definitions hold for every service, reason and "
        "month."
    )
    cells = tuple((words(label), words(told)) for label, told in rows)
    return Table("definitions", "Definitions", ("Figure", "Definition"), cells, note=note)


def _of_either_stage(figure: str, told: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """A figure's label and definition; said of each stage where they differ in the stage alone."""
    pair = [_STAGES.sub(stage, figure) for stage in STAGES]
    both = {tuple(_STAGE.sub("", text) for text in told[f]) for f in pair if f in told}
    if len({*pair} & told.keys()) < len(STAGES) or len(both) > 1:
        return told[figure]
    ((label, definition),) = both
    return f"{opening(label)}, at each stage", f"At each stage, {lower(definition)}"


SECTION = Section(
    "data_note",
    "How the figures are worked out",
    commentary,
    tables={
        "records": records_table,
        "reconciliation": reconciliation_table,
        "cohorts": cohorts_table,
        "set_aside": set_aside_table,
        "definitions": definitions_table,
    },
)

"""How each column of dates is written, and what its days tell.

Only formats with the day before the month are tried: these are British exports. A column that
holds a day that can only be month first is left to a person, as 3/4 would be read wrongly in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hcreport.intake import rules
from hcreport.intake.profile import Source
from hcreport.intake.proposing.cells import Columns, is_nothing, says
from hcreport.intake.values import SERIAL, Cell, Fault, date_of, tidy
from hcreport.records import FieldKind

FORMATS = (
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %I:%M %p",
    "%d/%m/%Y, %H:%M",
    "%d/%m/%Y, %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M:%S.%f%z",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%d-%m-%Y",
    "%d-%m-%Y %H:%M",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d %b %y",
    "%d %B %y",
    "%d/%m/%y",
    "%d/%m/%y %H:%M",
    "%d.%m.%y",
    "%d-%m-%y",
)
MONTH_FIRST = "some can only be month before day: ask for the export again"
# In a column that nobody can read, a format that nothing in it is in.
_UNREAD = ("%Y-%m-%d",)
# Events that have happened when an export is made; a deadline may lie ahead.
EVENTS = frozenset(
    ("received_on", "acknowledged_on", "responded_on", "closed_on", "withdrawn_on", "awarded_on")
)
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})\b")
_LAST_MONTH = 12
_FIRST_YEAR = 2000
# As many cells tell what a column holds.
_ENOUGH = 500
_MOST = 0.5
# A gap longer than this before a day says that its year was mistyped.
_LONGEST_GAP = 366
_PERHAPS_NOTHING = frozenset(
    {"ongoing", "open", "tbc", "tba", "pending", "awaiting", "unknown", "outstanding", "no"}
    | {"withdrawn", "escalated", "in progress", "not known", "not yet", "on hold", "still open"}
)


@dataclass(frozen=True)
class Dates:
    """The formats that read the written dates: ``common``, and by field where they differ.

    ``days`` are all days met, each with its field; ``days_for_none`` those that stand for no date,
    with how often; ``remarks`` what a person should know of a field's column.
    """

    common: tuple[str, ...]
    by_field: Mapping[str, tuple[str, ...]]
    days: tuple[tuple[str, date], ...]
    days_for_none: Mapping[date, int]
    remarks: Mapping[str, tuple[str, ...]]


def dates(columns: Columns, source: Source) -> Dates:
    """Tell the formats from the cells; ``source`` says which the profile has already."""
    formats: dict[str, tuple[str, ...]] = {}
    remarks: dict[str, tuple[str, ...]] = {}
    days: list[tuple[str, date]] = []
    none: Counter[date] = Counter()
    refused: set[str] = set()
    for spec, cells in columns.of(FieldKind.DATE):
        known = source.formats.get(spec.name, source.dates)
        formats[spec.name], notes, found = _column(cells, known)
        none.update(day for day in found if day in source.placeholders)
        strange = Counter(d for d in found if not _is_usual(d) and d not in source.placeholders)
        notes += tuple(
            f"{day} ({n}): put it into placeholders if it means no date"
            for day, n in sorted(strange.items())
        )
        days += [(spec.name, d) for d in found if _is_usual(d) and d not in source.placeholders]
        if notes:
            remarks[spec.name] = notes
        if MONTH_FIRST in notes:
            refused.add(spec.name)
    written = Counter(held for held in formats.values() if held)
    # Of the ways of writing dates, that of most columns; of two as frequent, the first met.
    common = max(written, key=lambda held: written[held], default=())
    by_field = {name: held for name, held in formats.items() if held not in {(), common}}
    by_field |= dict.fromkeys((name for name in formats if name in refused), _UNREAD)
    return Dates(common, by_field, tuple(days), dict(none), remarks)


def share_of_dates(cells: Sequence[Cell]) -> float:
    """The share of cells that are dates, however they are written; of many, of the first ones."""
    held = Counter(tidy(c) if isinstance(c, str) else c for c in cells[:_ENOUGH])
    found = sum(n for c, n in held.items() if isinstance(c, date) or _is_written_date(c))
    return found / held.total() if held else 1.0


def formats_in(columns: Iterable[Sequence[Cell]]) -> tuple[str, ...]:
    """The formats in which columns of dates are written, whatever they are about."""
    found: dict[str, None] = {}
    for cells in columns:
        if cells and share_of_dates(cells) > _MOST:
            found |= dict.fromkeys(_column(cells[:_ENOUGH], ())[0])
    return tuple(found)


def _is_written_date(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(_NUMBERS.match(cell) or _read(cell))


def latest(days: Sequence[tuple[str, date]]) -> date | None:
    """The latest event: no deadline, and no day a lone year after all the others."""
    events = sorted(day for name, day in days if name in EVENTS)
    if not events:
        return None
    reached = events[len(events) // 2]
    for day in events[len(events) // 2 :]:
        if (day - reached).days > _LONGEST_GAP:
            break
        reached = day
    return reached


def _is_usual(day: date) -> bool:
    return _FIRST_YEAR <= day.year < _FIRST_YEAR + 100


def _column(
    cells: Sequence[Cell], known: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...], list[date]]:
    """The formats of one column, what to say of it, and its days."""
    written = Counter(tidy(c) for c in cells if isinstance(c, str) and not is_nothing(c))
    days = [c.date() if isinstance(c, datetime) else c for c in cells if isinstance(c, date)]
    first = [m for text in written if (m := _NUMBERS.match(text))]
    if any(int(m[1]) <= _LAST_MONTH < int(m[2]) for m in first):
        return (), (MONTH_FIRST,), []
    read = {text: _read(text, known) for text in written}
    for text, pattern in read.items():
        day = _day(text, pattern) if pattern else None
        days += [day] * written[text] if day else []
    used = set(read.values())
    chosen = tuple(p for p in (*known, *(f for f in FORMATS if f not in known)) if p in used)
    return chosen, tuple(_notes(cells, written, read, first)), days


def _notes(
    cells: Sequence[Cell],
    written: Counter[str],
    read: Mapping[str, str],
    numbers: Sequence[re.Match[str]],
) -> list[str]:
    notes = []
    left = {text: n for text, n in written.items() if not read[text]}
    for text, n in sorted(left.items()):
        if says(text) in _PERHAPS_NOTHING:
            notes.append(f'"{text}" ({n}): put it into blanks if it means no date')
    others = sum(n for text, n in left.items() if says(text) not in _PERHAPS_NOTHING)
    if others:
        notes.append(f"{others} cannot be read; hcreport check names them")
    if any(isinstance(c, int | float) and not isinstance(c, bool) for c in cells):
        notes.append(f'some are bare numbers: add "{SERIAL}" if Excel shows them as dates')
    if len(numbers) >= _LAST_MONTH and all(int(m[1]) <= _LAST_MONTH for m in numbers):
        notes.append("no day is after the 12th: make sure that the day stands before the month")
    return notes


def _read(text: str, known: Sequence[str] = ()) -> str:
    """The format a text is a date in; nothing where it is none."""
    return next((p for p in (*known, *FORMATS) if p != SERIAL and _day(text, p)), "")


def _day(text: str, pattern: str) -> date | None:
    try:
        return date_of(text, (pattern,))
    except Fault as fault:
        # A day outside the years of a report is a day all the same: a placeholder, or a slip.
        is_day = fault.rule is rules.OUTLANDISH_DATE
        return datetime.strptime(text, pattern).date() if is_day else None  # noqa: DTZ007  (no zone)

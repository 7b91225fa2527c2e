"""Where in a grid the table is, and what each of its rows is.

Exports put titles above the headings, and totals and disclaimers below the rows. The headings are
the row (or the two) that holds the most of those a profile names. Every row after them is a case,
blank, the headings over again, a total, a footer or, in text, ragged: as wide as no heading
says, because a cell has slipped. What is none of these stays among the cases,
for the reader of cells to refuse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from hcreport.intake import rules
from hcreport.intake.reading.grid import Grid, Span
from hcreport.intake.values import Cell, Fault, folded, is_blank, tidy

# Headings stand near the top; further down a match would be chance.
DEEPEST_HEADING = 60
TOTALS = ("total", "totals", "grand total", "grand totals", "subtotal", "sub total", "sub-total")
_TOTAL_OF = tuple(f"{total} " for total in TOTALS)
KINDS = ("case", "blank", "title", "heading", "total", "footer", "ragged")
# A word with a digit in it says no total: that is two words, or one of letters.
_CASE_NUMBER = re.compile(r"[A-Za-z/_-]*[0-9][A-Za-z0-9/_-]*")


@dataclass(frozen=True)
class Laid:
    """A table found in a grid.

    ``rows`` holds each case with its number in the file, counting from 1. ``kinds`` counts the
    rows of the sheet by what they are, and adds up to all of them. ``totals`` are the rows that
    add up others, each with its number; ``ragged`` says of each row in which a cell has slipped
    what is the matter with it.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[int, Sequence[Cell]], ...]
    kinds: Mapping[str, int]
    totals: tuple[tuple[int, Sequence[Cell]], ...] = ()
    ragged: tuple[tuple[int, str], ...] = ()


def lay_out(
    grid: Grid, wanted: Collection[str], keys: Collection[str], once: Collection[str] = ()
) -> Laid:
    """Find the table with these headings (folded); ``keys`` are those of its reference.

    ``once`` are those of amounts and numbers, which a merged cell says once and not for each row.

    Where none of them is found, the first row that says something is taken for the headings.
    Raises Fault when the sheet is empty, or no row of it has as many cells as there are headings.
    """
    top, height, headings = _headings(grid, frozenset(wanted))
    key_columns = [n for n, heading in enumerate(headings) if folded(heading) in keys]
    single = {n for n, heading in enumerate(headings) if folded(heading) in once}
    mapped = [n for n, heading in enumerate(headings) if folded(heading) in wanted]
    again = _repeats(grid.rows[top : top + height], headings)
    rows = _filled(grid, top + height, single)
    last = _last_case(rows, key_columns)
    kinds = Counter(dict.fromkeys(KINDS, 0) | {"heading": height})
    kinds["title"] += sum(any(not is_blank(c) for c in row) for row in grid.rows[:top])
    kinds["blank"] += sum(all(map(is_blank, row)) for row in grid.rows[:top])
    cases, totals, ragged = [], [], []
    telling = _telling(again, key_columns)
    for number, row in rows:
        # Nearly every row is told by one cell: the others are not looked at.
        kind = "case" if _has_number(row, telling) else _kind(row, again, key_columns)
        if kind == "case" and number > last and _is_footer(row, key_columns, mapped):
            kind = "footer"
        elif kind == "case" and grid.ragged and len(row) != len(headings):
            kind = "ragged"
            ragged.append((number, f"it has {len(row)} cells under {len(headings)} headings"))
        kinds[kind] += 1
        if kind == "case":
            cases.append((number, _squared(row, len(headings))))
        elif kind == "total":
            totals.append((number, row))
    if ragged and not cases:
        number, said = ragged[0]
        raise Fault(rules.RAGGED, said, number)
    return Laid(headings, tuple(cases), dict(kinds), tuple(totals), tuple(ragged))


def count_headings(grid: Grid, wanted: Collection[str]) -> int:
    """How many of the wanted headings the best row of a grid has."""
    found = (frozenset(map(folded, h)) for _, _, h in _candidates(grid))
    return max((len(frozenset(wanted) & held) for held in found), default=0)


def _headings(grid: Grid, wanted: frozenset[str]) -> tuple[int, int, tuple[str, ...]]:
    """Where the headings begin, from 0; how many rows they take; and what they say."""
    candidates = _candidates(grid)
    if not candidates:
        raise Fault(rules.NO_RECORDS, "it is empty")
    scores = [(len(wanted & set(map(folded, h))), -height) for _, height, h in candidates]
    # The first of the best. A row that adds nothing to the one below it is a title.
    return candidates[scores.index(max(scores))]


def _candidates(grid: Grid) -> list[tuple[int, int, tuple[str, ...]]]:
    """Each of the upper rows as headings, alone and read together with the one below."""
    found = []
    for top, row in enumerate(grid.rows[:DEEPEST_HEADING]):
        if any(not is_blank(cell) for cell in row):
            found.append((top, 1, _single(row)))
            if top + 1 < len(grid.rows) and not grid.ragged:
                found.append((top, 2, _double(grid, top)))
                found.append((top, 2, _double(grid, top, reach=True)))
    return found


def _single(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple("" if is_blank(cell) else tidy(str(cell)) for cell in row)


def _double(grid: Grid, top: int, *, reach: bool = False) -> tuple[str, ...]:
    """Two rows of headings read as one: a merged heading above goes before each one below it.

    Where somebody left the cells beside it blank and did not merge them, it may ``reach`` over
    them too: up to the next one.
    """
    upper, lower = list(grid.rows[top]), list(grid.rows[top + 1])
    for span in grid.merged:
        if span.top == top and span.right > span.left and span.left < len(upper):
            for column in range(span.left, min(span.right + 1, len(upper))):
                upper[column] = upper[span.left]
    above = _reaching(_single(upper)) if reach else _single(upper)
    pairs = zip(above, _single(lower), strict=False)
    return tuple(f"{over} {below}".strip() for over, below in pairs)


def _reaching(upper: Sequence[str]) -> tuple[str, ...]:
    return tuple(accumulate(upper, lambda before, own: own or before))


def _filled(grid: Grid, start: int, once: Collection[int]) -> list[tuple[int, Sequence[Cell]]]:
    """The rows from ``start``, numbered as in the file; merged cells filled inside their range."""
    rows: list[Sequence[Cell]] = list(grid.rows)
    for span in grid.merged:
        if span.top >= start and span.bottom > span.top and span.left not in once:
            _fill(rows, span)
    return list(enumerate(rows[start:], start=start + 1))


def _fill(rows: list[Sequence[Cell]], span: Span) -> None:
    if span.top >= len(rows) or span.left >= len(rows[span.top]):
        return
    value = rows[span.top][span.left]
    for row in range(span.top + 1, min(span.bottom + 1, len(rows))):
        changed = list(rows[row])
        if span.left < len(changed):
            changed[span.left] = value
            rows[row] = changed


def _last_case(rows: Sequence[tuple[int, Sequence[Cell]]], keys: Sequence[int]) -> int:
    """The number of the last row that has a reference and something more."""
    for number, row in reversed(rows):
        if _has_key(row, keys) and len(_said(row)) > 1 and not _is_total(row, keys):
            return number
    return rows[-1][0] if rows else 0


def _said(row: Sequence[Cell]) -> list[int]:
    """The columns in which a row says something."""
    return [n for n, cell in enumerate(row) if not is_blank(cell)]


def _is_footer(row: Sequence[Cell], keys: Sequence[int], mapped: Collection[int]) -> bool:
    """Whether a row after the last case is a disclaimer or the like, and no case gone wrong."""
    said = _said(row)
    if not _has_key(row, keys):
        return sum(n in mapped for n in said) <= 1
    # A reference alone is a case cut short; a sentence in its column is none.
    words = str(row[said[0]]).split()
    return len(said) == 1 and not (len(words) == 1 and any(c.isdigit() for c in words[0]))


def _has_key(row: Sequence[Cell], keys: Sequence[int]) -> bool:
    return any(k < len(row) and not is_blank(row[k]) for k in keys)


def _repeats(
    rows: Sequence[Sequence[Cell]], headings: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    """What a row says, folded, that is the headings over again: as read, or one row of the two."""
    said = (headings, *map(_single, rows))
    return tuple(dict.fromkeys(tuple(map(folded, texts)) for texts in said))


def _kind(row: Sequence[Cell], again: Sequence[Sequence[str]], keys: Sequence[int]) -> str:
    first = next((n for n, cell in enumerate(row) if not is_blank(cell)), None)
    if first is None:
        return "blank"
    words = folded(str(row[first]))
    if any(first < len(t) and words == t[first] and _is_heading(row, t) for t in again):
        return "heading"
    return "total" if _is_total(row, keys) else "case"


def _telling(again: Sequence[Sequence[str]], keys: Sequence[int]) -> int | None:
    """The column of the reference, where a number in it makes a row a case: no heading has one."""
    headings = [texts[keys[0]] for texts in again if keys and keys[0] < len(texts)]
    return None if not keys or any(map(_CASE_NUMBER.fullmatch, headings)) else keys[0]


def _has_number(row: Sequence[Cell], column: int | None) -> bool:
    cell = row[column] if column is not None and column < len(row) else None
    return isinstance(cell, str) and _CASE_NUMBER.fullmatch(cell) is not None


def _is_heading(row: Sequence[Cell], texts: Sequence[str]) -> bool:
    """Whether a row says the headings (folded) over again; one of several is no sign of that."""
    said = _said(row)
    agrees = all(n < len(texts) and folded(str(row[n])) == texts[n] for n in said)
    return agrees and (len(said) > 1 or len(said) == sum(map(bool, texts)))


def _is_total(row: Sequence[Cell], keys: Sequence[int]) -> bool:
    """Whether a row adds up others: "Grand total", "Repairs Total".

    A row with a reference of its own is a case, whatever its first cell begins with.
    """
    telling = next((row[k] for k in keys if k < len(row) and not is_blank(row[k])), None)
    if telling is None:
        telling = next((cell for cell in row if not is_blank(cell)), None)
    if not isinstance(telling, str) or (telling.isascii() and "total" not in telling.lower()):
        return False  # nearly every row
    words = folded(telling).rstrip(":")
    return words in TOTALS or words.startswith(_TOTAL_OF) or words.endswith(" total")


def _squared(row: Sequence[Cell], width: int) -> Sequence[Cell]:
    """The row as wide as the headings."""
    return row if len(row) == width else [*row, *[None] * (width - len(row))][:width]

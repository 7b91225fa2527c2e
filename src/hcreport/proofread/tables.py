"""Tables: each cell read by its row, column and caption; rows and columns held to totals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial

from hcreport.figures.algebra import Unit
from hcreport.figures.shown import half_up, money, show
from hcreport.proofread import lexicon
from hcreport.proofread.arithmetic import Verdicts, confirm, is_open, refute
from hcreport.proofread.claims import Outcome, Verdict, judged
from hcreport.proofread.facts import BOTH, ONE, TWO, Facts, When
from hcreport.proofread.generic import narrowing_word
from hcreport.proofread.lexicon import BASES
from hcreport.proofread.numbers import Kind, Number, numbers
from hcreport.proofread.passages import Grid, Passage
from hcreport.proofread.scope import About
from hcreport.proofread.words import OTHER_TIME, Mention, Slot, Vocabulary

_NUMERIC = re.compile(
    r"[\s£%\d.,()+\-−–:*]*"
    r"(?:(?:k|m|pp|points?|days?|per cent|of|out of|n/?a|nil|not given|no value|\[\w\])"
    r"[\s%\d.,()]*)*",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\s*(?:grand |overall |sub-?)?(?:total|all|overall|sum|combined|both stages)\b", re.IGNORECASE
)
_CHANGE = re.compile(
    r"\b(?:change|difference|variance|movement|increase|decrease|\+/-)\b", re.IGNORECASE
)
_PER_CENT = re.compile(r"%|\bper\s?cent(?:age)?\b", re.IGNORECASE)
_POUNDS = re.compile(r"£|\bamount\b|\bvalue\b", re.IGNORECASE)
# So many cells must fit a measure before a table is held to be about it.
_FEWEST = 3


@dataclass(frozen=True)
class Cell:
    """A cell of numbers: its passage, its numbers, and the words of its row and its column."""

    passage: Passage
    row: int
    column: int
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Table:
    """A table's words: the heading of each row and column, and its cells of numbers."""

    grid: Grid
    row_heads: tuple[str, ...]
    column_heads: tuple[str, ...]
    cells: tuple[Cell, ...]

    @classmethod
    def of(cls, grid: Grid) -> Table:
        """A grid with its headings told from its numbers."""
        texts = [[" ".join(p.text.strip() for p in cell) for cell in row] for row in grid.rows]
        top = _header_rows(texts)
        width = max((len(row) for row in texts), default=0)
        columns = tuple(
            " ".join(row[c] for row in texts[:top] if c < len(row)).strip() for c in range(width)
        )
        heads, cells = [], []
        for r, row in enumerate(texts):
            head = (
                "" if r < top else ": ".join(t for c, t in enumerate(row) if t and _is_head(row, c))
            )
            heads.append(head)
            if r >= top:
                cells += list(_cells(grid.rows[r], row, r, columns))
        return cls(grid, tuple(heads), columns, tuple(cells))

    def place(self, passage: Passage) -> str:
        """Where a cell stands, in words: its row and its column."""
        cell = next((c for c in self.cells if c.passage is passage), None)
        if cell is None:
            return passage.text
        caption = f"{self.grid.caption} › " if self.grid.caption else ""
        return f"{caption}{self.row_heads[cell.row]} › {self.column_heads[cell.column]}"

    @cached_property
    def by_place(self) -> Mapping[tuple[int, int], Cell]:
        """Its cells of numbers by row and column."""
        return {(c.row, c.column): c for c in self.cells}


def _header_rows(texts: Sequence[Sequence[str]]) -> int:
    """How many rows at the top hold no numbers; at least one."""
    for n, row in enumerate(texts):
        if any(_is_number(t) for t in row[1:]):
            return max(1, n)
    return 1


def _is_number(text: str) -> bool:
    return (
        bool(text.strip())
        and any(c.isdigit() for c in text)
        and bool(_NUMERIC.fullmatch(text))
        and any(not n.exempt for n in numbers(text))
    )


def _is_head(row: Sequence[str], column: int) -> bool:
    """Whether a cell is one of the words that its row begins with."""
    return not any(_is_number(t) for t in row[: column + 1]) or (
        column == 0 and not _is_number(row[0])
    )


def _cells(
    row: Sequence[tuple[Passage, ...]], texts: Sequence[str], r: int, columns: Sequence[str]
) -> Iterator[Cell]:
    for c, cell in enumerate(row):
        if c and len(cell) == 1 and _is_number(texts[c]):
            found = tuple(
                _by_heading(n, columns[c] if c < len(columns) else "")
                for n in numbers(cell[0].text)
            )
            yield Cell(cell[0], r, c, found)


def _by_heading(number: Number, heading: str) -> Number:
    """A bare number under a heading that names its unit."""
    if number.kind is not Kind.COUNT:
        return number
    if _PER_CENT.search(heading) and "(" not in number.text:
        return replace(
            number, kind=Kind.PERCENT, value=number.value / 100, half=number.half / 100, exempt=""
        )
    if _POUNDS.search(heading):
        return replace(
            number, kind=Kind.MONEY, value=number.value * 100, half=number.half * 100, exempt=""
        )
    return replace(
        number, exempt="" if number.exempt == "a year" and "," in number.text else number.exempt
    )


def judge(
    table: Table, vocabulary: Vocabulary, facts: Facts, heading: tuple[Mention, ...]
) -> dict[Passage, Verdicts]:
    """The verdict on each number of a table's cells of numbers."""
    abouts = {cell: _about(table, cell, vocabulary, heading) for cell in table.cells}
    unsaid = [
        cell
        for cell in table.cells
        if not abouts[cell].measures and not abouts[cell].measures_beyond
    ]
    meant = _meant(unsaid, abouts, facts)
    if meant:
        abouts |= {cell: replace(abouts[cell], measures=(meant,)) for cell in unsaid}
    found = {cell.passage: _judged(cell, abouts[cell], facts) for cell in table.cells}
    _hold_totals(table, found)
    _hold_shares(table, found)
    return found


def _judged(cell: Cell, about: About, facts: Facts) -> Verdicts:
    verdicts: Verdicts = {}
    for number in cell.numbers:
        if number.exempt:
            verdicts[number] = Verdict(Outcome.EXEMPT, number.exempt)
        else:
            own = replace(about, is_change=about.is_change or number.kind is Kind.POINTS)
            verdicts[number] = judged(number, own, facts)
    return verdicts


def _meant(cells: Sequence[Cell], abouts: Mapping[Cell, About], facts: Facts) -> str:
    """The measure that a table without one is about: the one that most of its cells fit."""
    if len(cells) < _FEWEST:
        return ""

    def fits(measure: str) -> int:
        tried = (
            (n, replace(abouts[c], measures=(measure,), measures_before=()))
            for c in cells
            for n in c.numbers[:1]
        )
        return sum(
            judged(n, about, facts).outcome is Outcome.RIGHT for n, about in tried if not n.exempt
        )

    scores = {
        measure: fits(measure) for measure in facts.by_measure if not measure.startswith("base of ")
    }
    best = max(scores, key=lambda measure: scores[measure], default="")
    return best if best and scores[best] >= max(_FEWEST, len(cells) * 0.6) else ""


# --- What a cell is about ---


def _about(table: Table, cell: Cell, vocabulary: Vocabulary, heading: tuple[Mention, ...]) -> About:
    row, column = table.row_heads[cell.row], table.column_heads[cell.column]
    near = (*vocabulary.mentions(column, in_table=True), *vocabulary.mentions(row, in_table=True))
    caption = vocabulary.mentions(table.grid.caption)
    labels = [m for m in near if m.slot is Slot.LABEL]
    stages = _said(near, Slot.STAGE) or _both_stages(table, cell, vocabulary)
    is_change = bool(_CHANGE.search(column) or _CHANGE.search(row))
    return About(
        measures=tuple(_said(near, Slot.MEASURE)),
        measures_beyond=tuple(_said(caption, Slot.MEASURE)),
        measures_before=tuple(_said(heading, Slot.MEASURE)),
        stages=frozenset(stages or _said(caption, Slot.STAGE)),
        stages_before=frozenset(_said(heading, Slot.STAGE)),
        must=frozenset(m.value for m in labels if m.is_sure),
        may=frozenset(m.value for m in (*labels, *caption) if m.slot is Slot.LABEL),
        whens=_whens(near, caption),
        is_change=is_change,
        in_days="day" in _said_of(table, row, column),
        of_ombudsman=bool(lexicon.OMBUDSMAN.search(_said_of(table, row, column))),
        doubt=_doubt(row, column, near, vocabulary) or _two_bases(near),
    )


def _said_of(table: Table, row: str, column: str) -> str:
    return f"{row} {column} {table.grid.caption} {' '.join(table.grid.headings[-1:])}".lower()


def _two_bases(near: Sequence[Mention]) -> str:
    """A cell where two events cross, as those received and answered: no figure is about both."""
    measures = _said(near, Slot.MEASURE)
    return (
        "its row and its column are of two kinds"
        if len(measures) > 1 and BASES.issuperset(measures)
        else ""
    )


def _both_stages(table: Table, cell: Cell, vocabulary: Vocabulary) -> list[str]:
    """Both, where the cell is the total of columns, or of rows, that are each a stage's."""
    for head, heads in (
        (table.column_heads[cell.column], table.column_heads),
        (table.row_heads[cell.row], table.row_heads),
    ):
        if _TOTAL.match(head):
            others = {
                m.value
                for h in heads
                for m in vocabulary.mentions(h, in_table=True)
                if m.slot is Slot.STAGE
            }
            if {ONE, TWO} <= others:
                return [BOTH]
    return []


def _said(mentions: Sequence[Mention], slot: Slot) -> list[str]:
    return list(dict.fromkeys(m.value for m in mentions if m.slot is slot))


def _whens(near: Sequence[Mention], caption: Sequence[Mention]) -> frozenset[str]:
    said = _said(near, Slot.WHEN)
    if said:
        return frozenset(said)
    return frozenset({*_said(caption, Slot.WHEN), When.NOW.value} - {OTHER_TIME})


def _doubt(row: str, column: str, near: Sequence[Mention], vocabulary: Vocabulary) -> str:
    foreign = next((m for m in near if m.slot is Slot.FOREIGN), None)
    if foreign is not None:
        return f"it may not be the landlord's own ({foreign.value})"
    for words in (row, column):
        word = narrowing_word(words, vocabulary.mentions(words, in_table=True), vocabulary.own)
        if word:
            return f"“{word}” is not in the ledger"
    return ""


# --- Totals ---


def _hold_totals(table: Table, verdicts: dict[Passage, Verdicts]) -> None:
    """Each total against its parts. Where a row and a column both fail, their cell is to blame."""
    sums = list(_sums(table))
    failing = [(parts, total) for parts, total in sums if _gap(parts, total)]
    if len(failing) == 2:  # noqa: PLR2004  (a row and a column)
        (a, a_total), (b, b_total) = failing
        shared = {*a, a_total} & {*b, b_total}
        if len(shared) == 1:
            cell = shared.pop()
            number = cell.numbers[0]
            rest = next(_rest(cell, parts, total) for parts, total in failing)
            refute(
                number,
                verdicts[cell.passage],
                "neither its row nor its column adds up with it",
                _plain(rest, number),
            )
    for parts, total in sums:
        _hold_sum(parts, total, verdicts)


def _rest(cell: Cell, parts: Sequence[Cell], total: Cell) -> Fraction:
    """What a cell would have to be for a sum to hold."""
    if cell is total:
        return sum((p.numbers[0].value for p in parts), Fraction(0))
    return total.numbers[0].value - sum(
        (p.numbers[0].value for p in parts if p is not cell), Fraction(0)
    )


def _plain(value: Fraction, like: Number) -> str:
    return money(value) if like.kind is Kind.MONEY else f"{half_up(value):,}"


def _sums(table: Table) -> Iterator[tuple[list[Cell], Cell]]:
    """The totals of rows and of columns with their parts, where each has a number of one kind."""
    rows, columns = sorted({c.row for c in table.cells}), sorted({c.column for c in table.cells})
    at = table.by_place
    for column in columns:
        if _TOTAL.match(table.column_heads[column]):
            beside = [c for c in columns if c < column and not _TOTAL.match(table.column_heads[c])]
            yield from _alike(
                (([at.get((r, c)) for c in beside]), at.get((r, column))) for r in rows
            )
    for row in rows:
        if _TOTAL.match(table.row_heads[row].rpartition(":")[2]):
            above = [
                r
                for r in rows
                if r < row and not _TOTAL.match(table.row_heads[r].rpartition(":")[2])
            ]
            yield from _alike(
                (([at.get((r, c)) for r in above]), at.get((row, c))) for c in columns
            )


def _alike(
    sums: Iterable[tuple[list[Cell | None], Cell | None]],
) -> Iterator[tuple[list[Cell], Cell]]:
    for parts, total in sums:
        cells = [c for c in parts if c is not None]
        if total is None or len(cells) < 2 or len(cells) != len(parts):  # noqa: PLR2004
            continue
        kind = total.numbers[0].kind
        numbers = [c.numbers[0] for c in (*cells, total)]
        if kind in {Kind.COUNT, Kind.MONEY} and all(
            n.kind is kind and not n.exempt and n.value.denominator == 1 for n in numbers
        ):
            yield cells, total


def _gap(parts: Sequence[Cell], total: Cell) -> bool:
    """Whether a total differs from its parts, and not by so much that it cannot be their total."""
    added, last = sum((c.numbers[0].value for c in parts), Fraction(0)), total.numbers[0]
    return added != last.value and (last.malformed or last.value / 2 <= added <= 2 * last.value)


def _hold_sum(parts: Sequence[Cell], total: Cell, verdicts: dict[Passage, Verdicts]) -> None:
    """A total against its parts: the one that the ledger does not vouch for gives way."""
    last, held = total.numbers[0], verdicts[total.passage]
    members = [(c.numbers[0], verdicts[c.passage]) for c in parts]
    added = sum((n.value for n, _ in members), Fraction(0))
    if added == last.value:
        confirm(last, held, "its parts add up to it")
        for number, theirs in members:
            confirm(number, theirs, "it adds up with the rest to its total")
        return
    if not _gap(parts, total) or any(theirs[n].outcome is Outcome.WRONG for n, theirs in members):
        return  # that one's mistake explains it
    loose = [(n, theirs) for n, theirs in members if is_open(n, theirs)]
    shown = _plain(added, last)
    if held[last].outcome is Outcome.RIGHT and len(loose) == 1:
        number, theirs = loose[0]
        refute(
            number,
            theirs,
            f"the parts add up to {shown}, not {last.text}",
            _plain(last.value - added + number.value, last),
        )
    elif held[last].outcome is not Outcome.WRONG and (
        loose or held[last].outcome is Outcome.UNKNOWN
    ):
        held[last] = Verdict(Outcome.WRONG, f"the parts add up to {shown}", shown)


# --- Percentages ---


def _hold_shares(table: Table, verdicts: dict[Passage, Verdicts]) -> None:
    """Percentages against the counts they stand beside, by the base that most of them fit."""
    for column in sorted({c.column for c in table.cells}):
        cells = [c for c in table.cells if c.column == column]
        counts = [
            (c, count, percent)
            for c in cells
            if (found := _with_count(table, c))
            for count, percent in [found]
        ]
        if len(counts) < 2:  # noqa: PLR2004
            continue
        bases = list(_bases(table, counts))
        fits = [sum(p.agrees(n.value / b(c)) for c, n, p in counts if b(c)) for b in bases]
        if not fits or max(fits) * 3 < 2 * len(counts):
            continue
        base = bases[fits.index(max(fits))]
        for cell, count, percent in counts:
            under = base(cell)
            if not under:
                continue
            share, held = count.value / under, verdicts[cell.passage]
            why = f"{count.text} of {half_up(under):,}"
            if percent.agrees(share):
                confirm(percent, held, why)
            elif held[percent].outcome is not Outcome.RIGHT and not _is_wrong(count, verdicts):
                held[percent] = Verdict(Outcome.WRONG, why, show(share, Unit.SHARE))


def _is_wrong(number: Number, verdicts: Mapping[Passage, Verdicts]) -> bool:
    """Whether a number of some cell is wrong, which explains what disagrees with it."""
    held = (of_cell[number] for of_cell in verdicts.values() if number in of_cell)
    return any(verdict.outcome is Outcome.WRONG for verdict in held)


def _with_count(table: Table, cell: Cell) -> tuple[Number, Number] | None:
    """A percentage and its count: in one cell, or in the column before."""
    kinds = [n.kind for n in cell.numbers]
    if kinds == [Kind.COUNT, Kind.PERCENT]:
        return cell.numbers[0], cell.numbers[1]
    before = table.by_place.get((cell.row, cell.column - 1))
    if (
        kinds == [Kind.PERCENT]
        and before is not None
        and [n.kind for n in before.numbers] == [Kind.COUNT]
    ):
        return before.numbers[0], cell.numbers[0]
    return None


def _bases(
    table: Table, counts: Sequence[tuple[Cell, Number, Number]]
) -> Iterator[Callable[[Cell], Fraction]]:
    """What the counts of a column may be shares of: the column's total, or the row's."""
    parts = [n.value for c, n, _ in counts if not _TOTAL.match(table.row_heads[c.row])]
    total = next((n.value for c, n, _ in counts if _TOTAL.match(table.row_heads[c.row])), None)
    last = table.by_place.get((max(c.row for c in table.cells), counts[0][0].column))
    if total is None and last is not None and _TOTAL.match(table.row_heads[last.row]):
        total = last.numbers[0].value
    whole = total if total is not None else sum(parts, Fraction(0))
    yield lambda _: whole
    for column, head in enumerate(table.column_heads):
        if _TOTAL.match(head):
            yield partial(_value, table, column)
    yield partial(_across, table)


def _across(table: Table, cell: Cell) -> Fraction:
    """The sum of the counts of a cell's row."""
    beside = (c.numbers[0] for c in table.cells if c.row == cell.row)
    return sum((n.value for n in beside if n.kind is Kind.COUNT), Fraction(0))


def _value(table: Table, column: int, beside: Cell) -> Fraction:
    """The count in a column of a cell's row; nought where there is none."""
    cell = table.by_place.get((beside.row, column))
    return (
        cell.numbers[0].value
        if cell is not None and cell.numbers[0].kind is Kind.COUNT
        else Fraction(0)
    )

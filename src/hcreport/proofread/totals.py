"""Tables held to themselves: parts to their totals, percentages to the counts beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial

from hcreport.figures.algebra import Unit
from hcreport.figures.shown import half_up, money, show
from hcreport.proofread.arithmetic import Verdicts, confirm, is_open, refute
from hcreport.proofread.claims import Outcome, Verdict
from hcreport.proofread.grids import TOTAL, Cell, Table
from hcreport.proofread.numbers import Kind, Number
from hcreport.proofread.passages import Passage


def check(table: Table, verdicts: dict[Passage, Verdicts]) -> None:
    """Everything that the cells of a table say of each other."""
    _hold_totals(table, verdicts)
    _hold_shares(table, verdicts)


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
        if TOTAL.match(table.column_heads[column]):
            beside = [c for c in columns if c < column and not TOTAL.match(table.column_heads[c])]
            yield from _alike(
                (([at.get((r, c)) for c in beside]), at.get((r, column))) for r in rows
            )
    for row in rows:
        if TOTAL.match(table.row_heads[row].rpartition(":")[2]):
            above = [
                r
                for r in rows
                if r < row and not TOTAL.match(table.row_heads[r].rpartition(":")[2])
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
        loose or held[last].outcome is Outcome.UNKNOWN or _is_of_other(held[last], members)
    ):
        held[last] = Verdict(Outcome.WRONG, f"the parts add up to {shown}", shown)


def _is_of_other(total: Verdict, members: Sequence[tuple[Number, Verdicts]]) -> bool:
    """Whether a total is right only as another figure than its parts are groups of."""
    facts = [theirs[n].fact for n, theirs in members]
    ids = {f.known.id for f in facts if f is not None}
    return total.fact is not None and len(ids) == 1 and total.fact.known.id not in ids


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
            elif not _is_vouched_for(percent, count, verdicts) and not _is_wrong(count, verdicts):
                held[percent] = Verdict(Outcome.WRONG, why, show(share, Unit.SHARE))


def _is_vouched_for(percent: Number, count: Number, verdicts: Mapping[Passage, Verdicts]) -> bool:
    """Whether a percentage is right by the figure that its count is right by."""
    held = {
        n: of_cell[n] for of_cell in verdicts.values() for n in (percent, count) if n in of_cell
    }
    ours, theirs = held[percent].fact, held[count].fact
    alike = ours is None or theirs is None or ours.known.id == theirs.known.id
    return held[percent].outcome is Outcome.RIGHT and alike


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
    parts = [n.value for c, n, _ in counts if not TOTAL.match(table.row_heads[c.row])]
    total = next((n.value for c, n, _ in counts if TOTAL.match(table.row_heads[c.row])), None)
    last = table.by_place.get((max(c.row for c in table.cells), counts[0][0].column))
    if total is None and last is not None and TOTAL.match(table.row_heads[last.row]):
        total = last.numbers[0].value
    whole = total if total is not None else sum(parts, Fraction(0))
    yield lambda _: whole
    for column, head in enumerate(table.column_heads):
        if TOTAL.match(head):
            yield partial(_value, table, column)
    yield partial(_across, table)
    counted = {c.column for c, *_ in counts} | {counts[0][0].column - 1}
    for column in range(1, min(counted)):
        yield partial(_value, table, column)


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

"""Tables: each cell read by its row, its column and its caption."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hcreport.proofread import lexicon, totals
from hcreport.proofread.arithmetic import Verdicts
from hcreport.proofread.claims import Outcome, Verdict, judged
from hcreport.proofread.facts import BOTH, ONE, TWO, Facts, When
from hcreport.proofread.generic import narrowing_word
from hcreport.proofread.grids import TOTAL, Cell, Table
from hcreport.proofread.lexicon import BASES
from hcreport.proofread.numbers import Kind
from hcreport.proofread.passages import Passage
from hcreport.proofread.scope import About
from hcreport.proofread.words import OTHER_TIME, Mention, Slot, Vocabulary

_CHANGE = re.compile(
    r"\b(?:change|difference|variance|movement|increase|decrease|\+/-)\b", re.IGNORECASE
)
# So many cells must fit a measure before a table is held to be about it.
_FEWEST = 3


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
    totals.check(table, found)
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
        if TOTAL.match(head):
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

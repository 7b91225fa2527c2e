"""Tables: each cell read by its row, its column and its caption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hcreport.proofread import columns, totals
from hcreport.proofread.arithmetic import Verdicts
from hcreport.proofread.claims import NOTHING, Outcome, Verdict, judged
from hcreport.proofread.exempt import Exempt, exempt
from hcreport.proofread.facts import BOTH, ONE, TWO, Facts, When
from hcreport.proofread.generic import narrowing_word
from hcreport.proofread.grids import TOTAL, Cell, Table
from hcreport.proofread.hearing import About, Heard, Near, Trait
from hcreport.proofread.lexicon import BASES
from hcreport.proofread.mentions import Mention, Slot, Surety
from hcreport.proofread.numbers import Kind, Number, numbers
from hcreport.proofread.passages import Passage
from hcreport.proofread.traits import is_of_log, is_of_ombudsman
from hcreport.proofread.words import Vocabulary

_CHANGE = re.compile(
    r"\b(?:change|difference|variance|movement|increase|decrease|\+/-)\b", re.IGNORECASE
)
_SECTIONS = re.compile(r"\s*(?:code )?sections?\b", re.IGNORECASE)
_QUARTERS = re.compile(r"\s*(?:quarters?|seasons?|time of year)\b", re.IGNORECASE)
_NTH = re.compile(
    r"[1-4]|first|second|third|fourth|last|spring|summer|autumn|winter", re.IGNORECASE
)
# So many cells must fit a measure before a table is held to be about it.
_FEWEST = 3


def judge(
    table: Table, vocabulary: Vocabulary, facts: Facts, heading: tuple[Mention, ...]
) -> dict[Passage, Verdicts]:
    """The verdict on each number of a table's cells of numbers."""
    abouts = {cell: _about(table, cell, vocabulary, heading) for cell in table.cells}
    unsaid = [cell for cell in table.cells if not abouts[cell].said(Slot.MEASURE, Near.FRAME)]
    meant = _meant(unsaid, abouts, facts)
    if meant:
        abouts |= {cell: _naming(abouts[cell], meant) for cell in unsaid}
    found = {cell.passage: _judged(table, cell, abouts[cell], facts) for cell in table.cells}
    _spare_misread(table, found)
    columns.check(table, found, abouts, facts)
    totals.check(table, found)
    return found


def _naming(about: About, measure: str) -> About:
    """What a cell is about, if its heading named a measure."""
    return replace(about, heard=(Heard(Slot.MEASURE, measure, Near.OWN), *about.heard))


def _spare_misread(table: Table, found: dict[Passage, Verdicts]) -> None:
    """A row or a column that is mostly wrong is one whose heading was misread."""
    lines: dict[tuple[str, int], list[tuple[Verdicts, Number]]] = {}
    for cell in table.cells:
        for number in cell.numbers:
            for line in (("row", cell.row), ("column", cell.column)):
                lines.setdefault(line, []).append((found[cell.passage], number))
    misread = []
    for beside in lines.values():
        wrong = [(held, n) for held, n in beside if held[n].outcome is Outcome.WRONG]
        right = [n for held, n in beside if held[n].outcome is Outcome.RIGHT]
        if len(wrong) > max(1, len(right)):
            misread += wrong
    for held, number in misread:
        held[number] = Verdict(Outcome.UNKNOWN, "its row or its column may mean something else")


def _judged(table: Table, cell: Cell, about: About, facts: Facts) -> Verdicts:
    verdicts: Verdicts = {}
    is_whole = bool(TOTAL.match(table.row_heads[cell.row]))
    for number in cell.numbers:
        if number.exempt:
            verdicts[number] = Verdict(Outcome.EXEMPT, number.exempt)
        else:
            own = replace(about, is_change=about.is_change or number.kind is Kind.POINTS)
            verdicts[number] = judged(number, own, facts)
            if number.value == 1 and number.kind is Kind.PERCENT and is_whole:
                verdicts[number] = Verdict(Outcome.RIGHT, "all of it")
    counts = [n for n in cell.numbers if n.kind is Kind.COUNT]
    for fact in [v.fact for v in verdicts.values() if v.outcome is Outcome.RIGHT and v.fact]:
        for number in counts:  # "75% (3 of 4)": the share knows its counts
            if fact.kind is Kind.PERCENT and number.value in {fact.over, fact.under}:
                verdicts[number] = Verdict(Outcome.RIGHT, fact.name, fact=fact)
    if len(cell.numbers) > 1 and len(counts) > 1:  # "75% (3 of 4)": the cell has its own base
        for number in counts[1:]:
            if verdicts[number].outcome is Outcome.WRONG:
                verdicts[number] = NOTHING
    return verdicts


def _meant(cells: Sequence[Cell], abouts: Mapping[Cell, About], facts: Facts) -> str:
    """The measure that a table without one is about: the one that most of its cells fit."""
    if len(cells) < _FEWEST:
        return ""

    def fits(measure: str) -> int:
        tried = ((n, _naming(abouts[c], measure)) for c in cells for n in c.numbers[:1])
        return sum(_fits(n, about, facts) for n, about in tried if not n.exempt)

    scores = {
        measure: fits(measure) for measure in facts.by_measure if not measure.startswith("base of ")
    }
    best = max(scores, key=lambda measure: scores[measure], default="")
    return best if best and scores[best] >= max(_FEWEST, len(cells) * 0.6) else ""


def _fits(number: Number, about: About, facts: Facts) -> bool:
    """Whether a number is right, by a figure of the groups that its row and its column name."""
    verdict = judged(number, about, facts)
    labels = about.sure(Slot.LABEL, Near.OWN)
    is_of_them = verdict.fact is not None and bool(verdict.fact.labels & labels or not labels)
    return verdict.outcome is Outcome.RIGHT and is_of_them


# --- What a cell is about ---


def _about(table: Table, cell: Cell, vocabulary: Vocabulary, heading: tuple[Mention, ...]) -> About:
    row, column = table.row_heads[cell.row], table.column_heads[cell.column]
    row = _sectioned(table, row)
    near = (*vocabulary.mentions(column, in_table=True), *vocabulary.mentions(row, in_table=True))
    if not _said(near, Slot.STAGE):
        near = (*near, *_both_stages(table, cell, vocabulary))
    caption = vocabulary.mentions(table.grid.caption)
    heard = tuple(
        Heard(m.slot, m.value, at, m.surety)
        for at, mentions in ((Near.OWN, near), (Near.FRAME, caption), (Near.HEADING, heading))
        for m in mentions
    )
    if TOTAL.match(row) or TOTAL.match(column):
        heard = (*heard, Heard(Slot.WHOLE, "total", Near.OWN))
    twins = ((h, vocabulary.twins.get(h.value)) for h in heard if h.slot is Slot.LABEL)
    later = (replace(h, value=twin, surety=Surety.MOSTLY) for h, twin in twins if twin)
    return About(
        heard=(*heard, *later),
        traits=frozenset(_traits(table, row, column, _said((*near, *caption), Slot.MEASURE))),
        whens=_whens(near, caption, heading),
        is_change=bool(_CHANGE.search(column) or _CHANGE.search(row)),
        doubt=_doubt(row, column, near, vocabulary) or _two_bases(near),
    )


def _traits(table: Table, row: str, column: str, measures: Sequence[str]) -> Iterator[Trait]:
    said = f"{row} {column} {table.grid.caption} {' '.join(table.grid.headings[-1:])}".lower()
    yield Trait.TABLE
    if "day" in said:
        yield Trait.DAYS
    if is_of_log(said):
        yield Trait.LOG
    if is_of_ombudsman(said, tuple(measures)):
        yield Trait.OMBUDSMAN


def _two_bases(near: Sequence[Mention]) -> str:
    """A cell where two events cross, as those received and answered: no figure is about both."""
    measures = _said(near, Slot.MEASURE)
    return (
        "its row and its column are of two kinds"
        if len(measures) > 1 and BASES.issuperset(measures)
        else ""
    )


def _both_stages(table: Table, cell: Cell, vocabulary: Vocabulary) -> list[Mention]:
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
                return [Mention(0, 0, Slot.STAGE, BOTH)]
    return []


def _said(mentions: Sequence[Mention], slot: Slot) -> list[str]:
    return list(dict.fromkeys(m.value for m in mentions if m.slot is slot))


def _whens(*said: Sequence[Mention]) -> frozenset[str]:
    """The period by the nearest words that name one: of row and column, caption, heading."""
    found = next((each for mentions in said if (each := _said(mentions, Slot.WHEN))), [])
    return frozenset(found) or frozenset({When.NOW.value})


def _sectioned(table: Table, row: str) -> str:
    """A row's words; a bare number under "Section" is a section's, an ordinal a quarter's."""
    head = table.column_heads[0]
    if _SECTIONS.match(head) and row[:1].isdigit():
        return f"section {row}"
    if _QUARTERS.match(head) and _NTH.fullmatch(row):
        return f"quarter {row}" if row.isdigit() else f"{row} quarter"
    return row


def _doubt(row: str, column: str, near: Sequence[Mention], vocabulary: Vocabulary) -> str:
    foreign = next((m for m in near if m.slot is Slot.FOREIGN), None)
    if foreign is not None:
        return f"it may not be the landlord's own ({foreign.value})"
    for words in (row, column):
        bare = next((n for n in numbers(words) if not n.exempt and not n.is_word), None)
        if bare is not None and not any(
            m.start <= bare.start < m.end for m in vocabulary.mentions(words)
        ):
            return f"what {bare.text} stands for is not in the ledger"
        known: list[Mention | Exempt] = [*vocabulary.mentions(words, in_table=True)]
        known += exempt(words)
        word = narrowing_word(words, known, vocabulary.own)
        if word:
            return f"“{word}” is not in the ledger"
    return ""

"""A column of a table that is one figure, group by group: what does not fit in is wrong.

A cell alone may say a figure of another stage or time that has its value by chance. Beside others
that plainly are of one series it cannot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from hcreport.proofread.arithmetic import Verdicts
from hcreport.proofread.claims import Outcome, Verdict
from hcreport.proofread.facts import Fact, Facts
from hcreport.proofread.grids import TOTAL, Cell, Table
from hcreport.proofread.hearing import About, Near
from hcreport.proofread.mentions import Slot
from hcreport.proofread.passages import Passage

# So many cells of a series make a column one, and such a part of those that are right.
_FEWEST, _MOST_OF = 3, 0.6

Found = Mapping[Passage, Verdicts]


def check(table: Table, found: Found, abouts: Mapping[Cell, About], facts: Facts) -> None:
    """Each cell of a series' column is the series' own figure for its row, or wrong."""
    for column in sorted({c.column for c in table.cells}):
        cells = [c for c in table.cells if c.column == column and len(c.numbers) == 1]
        series = _series([found[c.passage][c.numbers[0]] for c in cells], facts)
        for cell in cells if series else ():
            if not TOTAL.match(table.row_heads[cell.row]):
                _hold(cell, found[cell.passage], abouts[cell], series)


def _series(verdicts: list[Verdict], facts: Facts) -> tuple[Fact, ...]:
    """The series that most of a column's right cells are of, its total among them; if there is."""
    right = [v.fact for v in verdicts if v.outcome is Outcome.RIGHT and v.fact is not None]
    grouped = [f for f in right if f.labels and len(facts.series(f)) >= _FEWEST]
    counted = Counter(id(facts.series(f)) for f in grouped)
    if not counted:
        return ()
    best, many = counted.most_common(1)[0]
    first = next(f for f in grouped if id(facts.series(f)) == best)
    totals = sum(not f.labels and f.known.id == first.known.id for f in right)
    if many + totals < _FEWEST or many < _MOST_OF * len(grouped):
        return ()
    return facts.series(first)


def _hold(cell: Cell, verdicts: Verdicts, about: About, series: tuple[Fact, ...]) -> None:
    number = cell.numbers[0]
    labels = about.sure(Slot.LABEL, Near.OWN)
    own = [f for f in series if f.labels <= labels]
    held = verdicts[number]
    if len(own) != 1 or held.outcome is Outcome.EXEMPT or held.fact is own[0]:
        return
    fact = own[0]
    if number.agrees(fact.value):
        verdicts[number] = Verdict(Outcome.RIGHT, fact.name, fact=fact)
    elif number.kind is fact.kind and number.contradicts(fact.value) and not about.doubt:
        verdicts[number] = Verdict(Outcome.WRONG, fact.name, fact.said, fact)

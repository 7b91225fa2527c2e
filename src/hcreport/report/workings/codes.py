"""What formulas test: the codes of a landlord's own words, and the names of columns.

COUNTIFS takes ``*`` for a wildcard, ``>5`` for a comparison and ``0012`` for 12. So formulas never
test a landlord's own words: beside each column of them stands one of codes (``service 03``). The
words of our own fixed lists are plain and are tested as they stand. Money is summed in whole pence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hcreport.derive.frame import columns
from hcreport.figures.excel import Cells, mentions
from hcreport.records import NOT_RECORDED, FieldKind, specs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcreport.figures.evaluate import Evaluator
    from hcreport.figures.ledger import Entry

# The code of a blank.
NONE = "none"
# By table and column: every value that a formula tests there; none for a date or a number.
Tested = Mapping[tuple[str, str], frozenset[str]]
# By table and column: the code that stands for each printed value.
Codes = Mapping[tuple[str, str], Mapping[str, str]]


def tested(entries: Iterable[Entry]) -> Tested:
    """Every column that a formula points to."""
    found: dict[tuple[str, str], set[str]] = {}
    for entry in entries:
        for table, column, values in mentions(entry.figure.measure, entry.group):
            found.setdefault((table, column), set()).update(values)
    return {key: frozenset(values) for key, values in found.items()}


def codes(evaluator: Evaluator, used: Tested) -> Codes:
    """A code for each of a landlord's own words that a formula tests, and for none of them.

    Columns that share their values, such as an award's service and its complaint's, share codes.
    """
    lists: dict[str, set[str]] = {}
    own = {key: _list_of(*key) for key, values in used.items() if values and _is_free(*key)}
    for (table, column), name in own.items():
        words = lists.setdefault(name, set())
        words |= used[table, column]
        # A breakdown names all the words that it knows, and any other counts as not recorded.
        if NOT_RECORDED not in words:
            words |= set(evaluator.frames[table].words(column).words)
    coded = {name: _numbered(name.split(".")[1], words) for name, words in lists.items()}
    return {key: coded[name] for key, name in own.items()}


def _is_free(table: str, column: str) -> bool:
    """Whether a column holds words that are no fixed list of ours."""
    return not columns(table)[column].codes


def _list_of(table: str, column: str) -> str:
    return columns(table)[column].same_as or f"{table}.{column}"


def _numbered(name: str, words: set[str]) -> dict[str, str]:
    """Codes as long as each other, in the order of the words."""
    ordered = sorted(words - {NOT_RECORDED}, key=lambda text: (text.casefold(), text))
    width = max(2, len(str(len(ordered))))
    numbered = {word: f"{name} {n:0{width}}" for n, word in enumerate(ordered, start=1)}
    return {**numbered, NOT_RECORDED: NONE}


def cells(used: Tested, coded: Codes) -> dict[tuple[str, str], Cells]:
    """Where formulas find each column: the one of its codes or its pence, where it has one."""
    found = {}
    for table, column in used:
        name = range_name(table, column)
        if (table, column) in coded:
            found[table, column] = Cells(f"{name}_code", coded[table, column])
        else:
            found[table, column] = Cells(f"{name}_pence" if is_money(table, column) else name)
    return found


def range_name(table: str, column: str) -> str:
    """What a column's cells are called in formulas."""
    return f"{table}_{column}"


def is_money(table: str, column: str) -> bool:
    """Whether a column holds amounts, in pence."""
    return any(s.name == column and s.kind is FieldKind.MONEY for s in specs(table))

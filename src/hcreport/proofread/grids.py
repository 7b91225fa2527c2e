"""A table as words and numbers: its headings told from its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from hcreport.proofread.numbers import Kind, Number, numbers
from hcreport.proofread.passages import Grid, Passage

_NUMERIC = re.compile(
    r"[\s£%\d.,()+\-−–:*]*"
    r"(?:(?:k|m|pp|points?|days?|per cent|of|out of|n/?a|nil|not given|no value|\[\w\])"
    r"[\s%\d.,()]*)*",
    re.IGNORECASE,
)
TOTAL = re.compile(
    r"\s*(?:grand |overall |sub-?)?(?:total|all|overall|sum|combined|together|both|either stage)\b"
    r"|\s*(?:the )?(?:whole |full )?year\s*\Z|[^\d.;:]*\b(?:together|combined|in all)\s*\Z",
    re.IGNORECASE,
)
_PER_CENT = re.compile(r"%|\bper\s?cent(?:age)?\b", re.IGNORECASE)
# Numbers with parts under such a heading are those of paragraphs.
_PARAGRAPHS = re.compile(
    r"\s*(?:code|provision|paragraph|para|rule|clause|section)s?\b", re.IGNORECASE
)
_POUNDS = re.compile(r"£|\bamount\b|\bvalue\b", re.IGNORECASE)


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
    return column == 0 or not any(_is_number(t) for t in row[: column + 1])


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
    if _PARAGRAPHS.match(heading) and "." in number.text:
        return replace(number, exempt="the number of a part")
    return replace(
        number, exempt="" if number.exempt == "a year" and "," in number.text else number.exempt
    )

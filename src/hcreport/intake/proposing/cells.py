"""What the columns of some sheets hold, by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hcreport.intake.proposing.headings import Match
from hcreport.intake.reading import Sheet
from hcreport.intake.values import Cell, folded, is_blank, text_of
from hcreport.records import FieldKind, FieldSpec, specs

# Words that people and systems write where there is nothing to say.
NOTHING = frozenset(
    ("-", "--", "---", "–", "—", ".", "n/a", "na", "n.a.", "none", "nil", "null", "not applicable")
)
# No award at all, in a column beside complaints.
NO_MONEY = frozenset(("0", "0.00", "£0", "£0.00", "£-", "£ -", "no", "no award", "no compensation"))
# A cell as long, or words as varied, are somebody's account and no category.
_LONG, _MANY, _VARIED = 80, 20, 0.6


@dataclass(frozen=True)
class Columns:
    """Sheets with the same headings, and the fields that were matched to them."""

    table: str
    sheets: Sequence[Sheet]
    matched: Mapping[Match, str]

    def of(self, *kinds: FieldKind) -> Iterator[tuple[FieldSpec, list[Cell]]]:
        """Each field of these kinds, with the cells that say something, at all its stages."""
        for spec in specs(self.table):
            headings = [h for (_, name), h in self.matched.items() if name == spec.name]
            if headings and spec.kind in kinds:
                yield spec, [cell for heading in headings for cell in self.cells(heading)]

    def cells(self, heading: str) -> list[Cell]:
        """The cells under a heading that say something, sheet after sheet."""
        found: list[Cell] = []
        for sheet in self.sheets:
            at = [folded(h) for h in sheet.headings].index(folded(heading))
            found += [row[at] for _, row in sheet.rows if not is_blank(row[at])]
        return found


def says(cell: Cell) -> str:
    """A cell's words, as they are compared."""
    return folded(text_of(cell) or "")


def is_nothing(cell: Cell) -> bool:
    """Whether a cell that is not blank says that there is nothing to say."""
    return says(cell) in NOTHING


def is_prose(cells: Sequence[Cell]) -> bool:
    """Whether cells are free text, which can name a person: no category, and never printed."""
    texts = [text_of(cell) or "" for cell in cells]
    is_varied = len(texts) >= _MANY and len(set(texts)) > _VARIED * len(texts)
    return is_varied or any(len(text) > _LONG for text in texts)

"""Matched headings to a proposal: the sure ones kept, the others said, the cells looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hcreport.intake.profile import Source
from hcreport.intake.proposing.cells import Columns
from hcreport.intake.proposing.dates import Dates, dates, formats_in
from hcreport.intake.proposing.doubts import Doubt, open_fields, unfit
from hcreport.intake.proposing.headings import Match, Matching, match_plain
from hcreport.intake.proposing.ordinary import ordinary
from hcreport.intake.proposing.proposal import Proposal
from hcreport.intake.proposing.words import words
from hcreport.intake.reading import Sheet
from hcreport.records import REQUIRED, FieldKind, specs

_UNPLACED = "it does not say which stage it is about"


@dataclass(frozen=True)
class Making:
    """Sheets with the same headings, the source they are matched to, and whose words they use.

    ``lists`` are the sources whose value lists hold, the first before the rest.
    """

    group: tuple[Sheet, ...]
    source: Source
    lists: Sequence[Source]

    def sure(self, found: Matching) -> tuple[Matching, dict[Match, str]]:
        """The columns whose cells are what their headings say, and why the others are not."""
        columns = Columns(self.source.table, self.group, found.columns)
        refused = dict(unfit(columns, self.lists))
        kept = {match: h for match, h in found.columns.items() if match not in refused}
        return replace(found, columns=kept), refused

    def proposal(
        self, found: Matching, refused: Mapping[Match, str], stage: str | None
    ) -> Proposal:
        """A proposal of these columns; ``refused`` are those whose cells are something else."""
        source, first = self.source, self.group[0]
        columns = Columns(source.table, self.group, found.columns)
        free = free_headings(first, found)
        plain = ordinary().get(source.table, source)
        headings = match_plain(first.headings, plain).columns
        told = {*found.unplaced.values(), *(headings.get(match) for match in refused)}
        open_to = [heading for heading in free if heading not in told]
        doubts = dict(open_fields(columns, plain, found, open_to))
        doubts |= {m: Doubt((headings[m],), why) for m, why in refused.items() if m in headings}
        doubts |= {
            (None, name): Doubt((heading,), _UNPLACED)
            for name, heading in found.unplaced.items()
            if name != "stage"
        }
        return Proposal(
            table=source.table,
            sheets=self.group,
            shape="wide" if found.is_wide else "child" if source.shape == "child" else "long",
            stage=stage,
            columns=_in_order(source, found.columns),
            dates=_dates(columns, source) if found.columns else _undated(columns),
            words=words(columns, self.lists),
            doubts=doubts,
            ignored=tuple(h for h in free if h not in found.twice),
            spare=found.spare,
            missing=tuple(_missing(source, found, stage)),
            twice=found.twice,
        )


def _in_order(source: Source, columns: Mapping[Match, str]) -> dict[Match, str]:
    """The columns in the order of the record's fields, the case's own before each stage's."""
    fields = [spec.name for spec in specs(source.table)]
    ranked = sorted(columns, key=lambda match: (match[0] or "", fields.index(match[1])))
    return {match: columns[match] for match in ranked}


def _dates(columns: Columns, source: Source) -> Dates:
    """The dates of the columns; where no heading of one is sure, the formats of those there are."""
    held = dates(columns, source)
    if held.common or held.by_field or any(name in _dated(source) for _, name in columns.matched):
        return held
    return replace(held, common=_undated(columns).common)


def _dated(source: Source) -> frozenset[str]:
    return frozenset(s.name for s in specs(source.table) if s.kind is FieldKind.DATE)


def _undated(columns: Columns) -> Dates:
    """Where no heading is known: the formats of whatever dates there are, for a person to use."""
    headings = dict.fromkeys(heading for sheet in columns.sheets for heading in sheet.headings)
    held = formats_in(columns.cells(heading) for heading in headings if heading)
    return Dates(held, {}, (), {}, {})


def free_headings(sheet: Sheet, found: Matching) -> tuple[str, ...]:
    """The headings that nothing claims, each once."""
    used = set(found.columns.values())
    return tuple(dict.fromkeys(h for h in sheet.headings if h and h not in used))


def _missing(source: Source, found: Matching, stage: str | None) -> Iterator[Match]:
    """The fields that every row needs and no heading gives, at each stage in a wide layout."""
    sides = tuple(dict.fromkeys(side for side, _ in found.columns if side)) or (None,)
    needed = ("reference",) if source.shape == "child" else REQUIRED[source.table]
    for name in needed:
        if name == "stage" and (stage or sides != (None,) or "parent" in source.headings):
            continue
        for side in (None,) if name == "reference" else sides:
            if (None, name) not in found.columns and (side, name) not in found.columns:
                yield side, name

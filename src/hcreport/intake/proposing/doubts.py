"""What is exact by its heading and not by its cells, and what may be meant where none is exact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hcreport.intake.profile import Source
from hcreport.intake.proposing import dates
from hcreport.intake.proposing.cells import NO_MONEY, Columns, is_nothing, is_prose, says
from hcreport.intake.proposing.headings import OF_THE_CASE, Match, Matching, named_by, without_stage
from hcreport.intake.proposing.likeness import likely
from hcreport.intake.proposing.words import knows_any
from hcreport.intake.values import Cell, Fault, pence_of
from hcreport.records import FieldKind, FieldSpec, specs

# Codes that a report can do without: a column of other words is taken for another thing.
_OPTIONAL = frozenset({"kind", "tenure", "in_target", "status"})
_HALF = 0.5
# A reason for escalation belongs to the second stage.
_SECOND = "escalation_reason"
_LONGEST_HEADING, _MOST_WORDS, _FEWEST_TELLING = 48, 8, 2
_HEADINGS = re.compile(
    r"case|ref|date|number|status|type|stage|created|opened|closed|owner|title|descript|received"
    r"|outcome|categor|address|name|tenan|team|service|due|response|resolv|complain|reason|area"
    r"|priority|channel|source|department|ward|postcode|property|officer|notes?\b|\bid\b|\bno\b"
)
_NEVER = re.compile(r"^\d|@|\d{1,2}/\d{1,2}/|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")


@dataclass(frozen=True)
class Doubt:
    """A field without a sure heading: the likeliest ones, and why none was taken if there is more.

    ``why`` is blank where the headings only look alike.
    """

    headings: tuple[str, ...]
    why: str = ""


def unfit(columns: Columns, lists: Sequence[Source]) -> Iterator[tuple[Match, str]]:
    """The matched columns whose cells are not what the heading says, and why."""
    known = {spec.name: spec for spec in specs(columns.table)}
    for match, heading in columns.matched.items():
        why = _unfit(known[match[1]], columns.cells(heading), lists)
        if why:
            yield match, why


def _unfit(spec: FieldSpec, given: Sequence[Cell], lists: Sequence[Source]) -> str:
    cells = [cell for cell in given if not is_nothing(cell)]
    if spec.kind is FieldKind.DATE and dates.share_of_dates(cells) < _HALF:
        return "few of its cells are dates"
    if spec.kind is FieldKind.MONEY and 2 * sum(map(_is_money, cells)) < len(cells):
        return "few of its cells are amounts"
    if spec.kind is FieldKind.CATEGORY and is_prose(cells):
        return "its cells look like free text, which can name a person"
    if spec.kind is FieldKind.CODE and not knows_any(spec, lists, cells):
        if is_prose(cells):
            return "its cells look like free text, which can name a person"
        if spec.name in _OPTIONAL:
            return "none of its words is known"
    return ""


def _is_money(cell: Cell) -> bool:
    if says(cell) in NO_MONEY:
        return True
    try:
        return pence_of(cell) is not None
    except Fault:
        return False


def open_fields(
    columns: Columns, source: Source, found: Matching, free: Sequence[str]
) -> Iterator[tuple[Match, Doubt]]:
    """The fields that no heading gives, with the likeliest of the free ones."""
    fits = _fitting(columns, free)
    for spec in specs(columns.table):
        names = named_by(source).get(spec.name, ())
        for side in _sides(found, spec.name):
            if (side, spec.name) in found.columns or (None, spec.name) in found.columns:
                continue
            if side and (spec.name == "stage" or (side, spec.name) == ("stage1", _SECOND)):
                continue
            here = {
                rest: heading
                for heading in free
                # A heading that names no stage could be of either.
                if (at := without_stage(heading))[0] in {side, None}
                for rest in (at[1],)
                if fits(spec, heading)
            }
            near = tuple(here[rest] for rest in likely(here, spec.name, names))
            yield (side, spec.name), Doubt(near)


def _sides(found: Matching, name: str) -> tuple[str | None, ...]:
    sides = tuple(dict.fromkeys(side for side, _ in found.columns if side))
    return (None,) if name in OF_THE_CASE or not sides else sides


def _fitting(columns: Columns, free: Sequence[str]) -> Callable[[FieldSpec, str], bool]:
    """Whether a heading's cells can be of a field's kind: dates for dates, and only for them."""
    share = {}
    for heading in free:
        cells = [cell for cell in columns.cells(heading) if not is_nothing(cell)]
        share[heading] = dates.share_of_dates(cells) if cells else None

    def fits(spec: FieldSpec, heading: str) -> bool:
        held = share[heading]
        if held is None:
            return True
        return (held >= _HALF) == (spec.kind is FieldKind.DATE)

    return fits


def look_like_headings(row: Sequence[Cell]) -> bool:
    """Whether a row can be printed as headings: no figures, no long cells, and telling words.

    A file without headings begins with somebody's case, which is never printed.
    """
    said = [cell for cell in row if cell not in {None, ""}]
    texts = [cell for cell in said if isinstance(cell, str)]
    if len(texts) < len(said) or len(set(texts)) < len(texts):
        return False
    if any(_NEVER.search(t) or len(t) > _LONGEST_HEADING for t in texts):
        return False
    if any(len(t.split()) > _MOST_WORDS for t in texts):
        return False
    telling = sum(bool(_HEADINGS.search(t.casefold())) for t in texts)
    return telling >= max(_FEWEST_TELLING, len(texts) // 3)


Doubts = Mapping[Match, Doubt]

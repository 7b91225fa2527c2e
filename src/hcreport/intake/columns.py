"""Which column holds which field: headings matched exactly, once folded, never by likeness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hcreport.intake import rules
from hcreport.intake.profile import Headings, Source, aim, spellings
from hcreport.intake.reading import Wanted
from hcreport.intake.values import folded
from hcreport.problems import Place, Problem, did_you_mean
from hcreport.records import REQUIRED, STAGES, FieldKind, FieldSpec, specs

if TYPE_CHECKING:
    from hcreport.intake.reading import Sheet


@dataclass(frozen=True)
class Column:
    """A field matched to a column of the sheet."""

    spec: FieldSpec
    heading: str
    position: int


def match(
    sheet: Sheet, source: Source, headings: Mapping[str, Headings]
) -> tuple[list[Column], list[Problem]]:
    """The columns that the profile's headings name, and a problem for each that is not there."""
    place = Place(sheet.file, sheet.name)
    positions: dict[str, list[int]] = {}
    for position, heading in enumerate(sheet.headings):
        positions.setdefault(folded(heading), []).append(position)
    named = {name: names for name, given in headings.items() if (names := spellings(given))}
    # If no heading is there, the first row is not one of headings, and could name a person.
    is_headed = any(folded(name) in positions for names in named.values() for name in names)
    columns: list[Column] = []
    problems: list[Problem] = []
    for spec in specs(source.table):
        if spec.name not in named:
            continue
        names = named[spec.name]
        hits = next((positions[folded(n)] for n in names if folded(n) in positions), [])
        if not hits:
            near = did_you_mean(names[0], filter(None, sheet.headings)) if is_headed else ""
            message = f"there is no heading {names[0]!r} for {spec.label.lower()}. {near}"
            problems.append(Problem(rules.NO_HEADING, place, message.strip()))
        elif len(hits) > 1:
            message = f"the heading {sheet.headings[hits[0]]!r} stands there {len(hits)} times"
            problems.append(Problem(rules.TWICE_HEADED, place, message))
        else:
            columns.append(Column(spec, sheet.headings[hits[0]], hits[0]))
    return columns, problems


def wanted(source: Source) -> Wanted:
    """The headings a source names, and those of its reference, folded."""
    named: dict[str, set[str]] = {}
    for _, headings in source.stages():
        for name, given in headings.items():
            named.setdefault(name, set()).update(map(folded, spellings(given)))
    kinds = {spec.name: spec.kind for spec in specs(source.table)}
    sums = {FieldKind.MONEY, FieldKind.NUMBER}
    key = REQUIRED[source.table][0]
    return Wanted(
        headings=frozenset().union(*named.values()),
        keys=frozenset(named.get(key, ())) if kinds[key] is FieldKind.REFERENCE else frozenset(),
        once=frozenset().union(*(h for name, h in named.items() if kinds[name] in sums)),
    )


def mapped(source: Source, stage: str | None, columns: Sequence[Column]) -> Iterator[str]:
    """The fields these columns can fill, as ``complaints.outcome``, and at which stage."""
    names = {column.spec.name for column in columns}
    for name in tuple(names):
        names |= {aim(name, meaning)[0] for meaning in source.values.get(name, ())}
    stages = (stage,) if stage in STAGES else tuple(STAGES)
    for name in names | ({"stage"} if source.table == "complaints" else set()):
        yield f"{source.table}.{name}"
        yield from (f"{source.table}.{name}@{at}" for at in stages)


def lacking(
    sheet: Sheet, source: Source, columns: Sequence[Column]
) -> tuple[set[str], list[Problem]]:
    """The fields that every row needs and no column gives; a problem where none was even named."""
    there = {column.spec.name for column in columns}
    missing = {name for name in source.required if name not in there}
    named = {name for _, headings in source.stages() for name in headings}
    place = Place(sheet.file, sheet.name)
    problems = [
        Problem(rules.NOT_NAMED, place, f"{source.table} need a heading for {name}")
        for name in source.required
        if name in missing and name not in named
    ]
    return missing, problems

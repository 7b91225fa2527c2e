"""What differs between two builds: figures, records, what the builds were made with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hcreport.diff.matching import Values, align, differing, recorded
from hcreport.diff.moves import Move, moves
from hcreport.records import TABLES
from hcreport.report.naming import named

if TYPE_CHECKING:
    from hcreport.diff.folder import Build, Entries, Row
    from hcreport.diff.matching import Aligned
    from hcreport.figures.algebra import Figure
    from hcreport.figures.ledger import Entry
    from hcreport.figures.selection import Group


@dataclass(frozen=True)
class Change:
    """Something a build was made with, before and after; None where it was not there."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True)
class FigureChange:
    """A figure, whole or for a group, before and after; None where there was none."""

    figure: Figure
    group: Group
    old: Entry | None
    new: Entry | None

    @property
    def is_base_alone(self) -> bool:
        """Whether nothing of a group moved but the whole it is a part of."""
        return bool(self.group) and _own(self.old) == _own(self.new)


def _own(entry: Entry | None) -> object:
    """What an entry says of itself, apart from its base."""
    if entry is None:
        return None
    return entry.value, entry.result.numerator, entry.result.set_aside, entry.previous


@dataclass(frozen=True)
class RecordChange:
    """A record before and after; None where it was not there.

    ``fields`` are the fields that differ, ``concluded`` the derived columns: they follow from the
    fields and from the rules.
    """

    table: str
    old: Row | None
    new: Row | None
    fields: Values
    concluded: Values

    @property
    def name(self) -> str:
        """What the record is called."""
        return named(self.table, self.new or self.old or {})

    @property
    def kind(self) -> str:
        """Added, removed, changed; or judged: it says the same and a conclusion differs."""
        if self.old is None or self.new is None:
            return "added" if self.old is None else "removed"
        return "changed" if self.fields else "judged"


@dataclass(frozen=True)
class Difference:
    """All that differs between two builds; nothing at all where it is false."""

    old: Build
    new: Build
    aligned: Mapping[str, Aligned]
    figures: tuple[FigureChange, ...]
    records: tuple[RecordChange, ...]
    made_with: tuple[Change, ...]
    inputs: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.figures or self.records or self.made_with or self.inputs)

    def moves(self, change: FigureChange) -> tuple[Move, ...]:
        """The records that moved a figure."""
        builds, entries = (self.old, self.new), (change.old, change.new)
        return tuple(moves(builds, self.aligned, entries))


def compare(old: Build, new: Build) -> Difference:
    """Compare two builds."""
    aligned = {table: align(table, old.rows[table], new.rows[table]) for table in TABLES}
    return Difference(
        old,
        new,
        aligned,
        figures=changed_figures(old.entries, new.entries),
        records=tuple(r for table in TABLES for r in _records(aligned[table])),
        made_with=tuple(_made_with(old, new)),
        inputs=tuple(_changes(_inputs(old), _inputs(new))),
    )


def changed_figures(old: Entries, new: Entries) -> tuple[FigureChange, ...]:
    """The entries that differ in value, counts or last period's value, in the new one's order."""
    found = []
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key), new.get(key)
        entry = after or before
        if entry is not None and _said(before) != _said(after):
            found.append(FigureChange(entry.figure, entry.group, before, after))
    return tuple(found)


def _said(entry: Entry | None) -> object:
    return None if entry is None else (entry.result, entry.previous)


def _records(aligned: Aligned) -> Iterator[RecordChange]:
    names = recorded(aligned.table)
    for n, is_altered in enumerate(aligned.altered):
        old, new = aligned.rows(n)
        if old is None or new is None:
            yield RecordChange(aligned.table, old, new, {}, {})
        elif is_altered:
            derived = [name for name in new if name not in names]
            fields, concluded = (differing(old, new, some) for some in (names, derived))
            yield RecordChange(aligned.table, old, new, fields, concluded)


# --- What the builds were made with -----------------------------------------------------------


def _made_with(old: Build, new: Build) -> Iterator[Change]:
    """Version, draft flag, settings, editions of the Code, definitions, columns of the exports."""
    yield from _changes(_facts(old), _facts(new))
    for change in _changes(_declarations(old), _declarations(new)):
        words = (build.run["definitions"].get(change.name) for build in (old, new))
        yield Change(f"definition of {change.name}", *words)
    yield from _changes(_columns(old), _columns(new))


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys([*new, *old]):
        if old.get(name) != new.get(name):
            yield Change(name, old.get(name), new.get(name))


def _facts(build: Build) -> dict[str, Any]:
    run = build.run
    rules = {rules["name"]: rules for rules in run["rule_sets"]}
    version = {"hcreport": run["version"], "draft": run["draft"]}
    return dict(_flat({**version, **run["settings"], **rules}))


def _flat(tree: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """A tree of settings as dotted names."""
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _declarations(build: Build) -> dict[str, Any]:
    return {declaration["id"]: declaration for declaration in build.run["declarations"]}


def _columns(build: Build) -> dict[str, Any]:
    """The fields that the exports have a column for, and at which stage."""
    return {
        f"{name.replace('@', ' at ')} in the exports": "a column" for name in build.run["mapped"]
    }


def _inputs(build: Build) -> dict[str, Any]:
    return {i["file"]: i for i in build.run["inputs"]}

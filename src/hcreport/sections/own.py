"""A landlord's own tables and charts: ``[tables.NAME]`` and ``[charts.NAME]`` in ``report.toml``.

They are made of figures, built-in or own, and can be put anywhere in a template by their name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from hcreport.charts import Chart, Kind, Panel
from hcreport.derive.frame import columns
from hcreport.figures.algebra import Unit, cohort_of
from hcreport.problems import CannotRun
from hcreport.sections.section import Section, ranked
from hcreport.sections.shapes import bar, describe
from hcreport.settings import SETTINGS, cannot_use
from hcreport.tables import Absent, Cell, Table, number, previous, words

if TYPE_CHECKING:
    from collections.abc import Collection

    from hcreport.figures.ledger import Entry
    from hcreport.sections.section import Writer
    from hcreport.settings import Settings

ID = "own"
M = TypeVar("M", bound=BaseModel)


class OwnTable(BaseModel):
    """A table: its caption, its figures, and what they are broken down by, if by anything."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    figures: tuple[str, ...]
    by: str | None = None


class OwnChart(BaseModel):
    """A bar chart: its caption, its figure, and what it is broken down by."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    figure: str
    by: str


def section(settings: Settings, taken: Collection[str]) -> Section:
    """The tables and charts that settings declare. ``taken`` are the names of the built-in ones.

    Raises CannotRun that names the setting at fault.
    """
    tables = {
        name: partial(_table, name, _read(f"tables.{name}", OwnTable, given, name, taken))
        for name, given in settings.tables.items()
    }
    charts = {
        name: partial(_chart, name, _read(f"charts.{name}", OwnChart, given, name, taken))
        for name, given in settings.charts.items()
    }
    return Section(ID, "Our own figures", _commentary, tables, charts)


def _commentary(_: Writer) -> Iterator[str]:
    """A landlord's own tables and charts are spoken of in the landlord's own texts."""
    yield from ()


def _read(
    place: str, model: type[M], given: Mapping[str, Any], name: str, taken: Collection[str]
) -> M:
    if name in taken:
        raise CannotRun(
            f"{SETTINGS}: {place}: the report has one of this name.", "Give it another name."
        )
    try:
        return model.model_validate(given)
    except ValidationError as fault:
        raise cannot_use(f"{SETTINGS}: {place}", fault, model) from None


def _table(name: str, spec: OwnTable, w: Writer) -> Table | Absent:
    """A row for each figure; or for each group, with a column for each figure."""
    wholes = [_at(w, f"tables.{name}.figures", figure) for figure in spec.figures]
    if all(entry.value is None for entry in wholes):
        return Absent("None of the table's figures has a value.")
    if spec.by is None:
        return _plain(name, spec, wholes, w)
    rows: list[tuple[Cell, ...]] = []
    for entry in _groups(w, f"tables.{name}.by", spec.figures[0], spec.by):
        cells = (number(w.at(figure, **{spec.by: entry.label})) for figure in spec.figures)
        rows.append((words(entry.label), *cells))
    adds_up = all(entry.figure.unit in {Unit.COUNT, Unit.GBP} for entry in wholes)
    rows.append((words("Total" if adds_up else "All"), *map(number, wholes)))
    headings = (_heading(wholes[0], spec.by), *(entry.figure.label for entry in wholes))
    return Table(name, spec.title, headings, tuple(rows), has_total=True)


def _plain(name: str, spec: OwnTable, entries: list[Entry], w: Writer) -> Table:
    compared = any(entry.previous is not None for entry in entries)
    rows = tuple(
        (words(e.figure.label), number(e), *((previous(e),) if compared else ())) for e in entries
    )
    before = (w.before,) if compared else ()
    return Table(name, spec.title, ("Figure", w.period.label, *before), rows)


def _chart(name: str, spec: OwnChart, w: Writer) -> Chart | None:
    """A bar for each group, from most to least."""
    _at(w, f"charts.{name}.figure", spec.figure)
    entries = ranked(_groups(w, f"charts.{name}.by", spec.figure, spec.by))
    if not any(entry.value for entry in entries):
        return None
    panels = (Panel("", tuple(map(bar, entries))),)
    return Chart(name, Kind.BARS, spec.title, panels, describe("Bar chart", spec.title, panels))


def _at(w: Writer, place: str, figure: str) -> Entry:
    """A figure as a whole. Raises CannotRun that names the setting when there is none such."""
    try:
        return w.at(figure)
    except CannotRun as fault:
        raise CannotRun(f"{SETTINGS}: {place}: {fault.message}", fault.hint) from None


def _groups(w: Writer, place: str, figure: str, by: str) -> tuple[Entry, ...]:
    """A figure's groups. Raises CannotRun when it is never broken down by that."""
    entry = w.at(figure)
    if (by,) not in entry.figure.by:
        known = sorted({keys[0] for keys in entry.figure.by if len(keys) == 1})
        hint = f"It is broken down by {', '.join(known)}." if known else "It has no breakdown."
        raise CannotRun(f"{SETTINGS}: {place}: {figure} is not broken down by {by}.", hint)
    return w.by(figure, by)


def _heading(entry: Entry, by: str) -> str:
    """What a breakdown is called at the head of its column."""
    cohort = cohort_of(entry.figure.measure)
    info = columns(cohort.table).get(cohort.column(by)) if cohort else None
    return info.label if info else by.capitalize()

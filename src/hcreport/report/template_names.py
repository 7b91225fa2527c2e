"""Every placeholder there is, with what it says today and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hcreport import sections
from hcreport.figures.algebra import Unit
from hcreport.problems import CannotRun
from hcreport.report import narrative
from hcreport.report.facts import NOT_GIVEN, facts
from hcreport.tables import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from hcreport.sections.section import Section, Writer

# Counts, shares and money say what they are by themselves.
_UNITS: Mapping[Unit, str] = {
    Unit.DAYS: "working days",
    Unit.PER_1000: "per 1,000",
    Unit.PER_MONTH: "per month",
}
_FACTS: Mapping[str, str] = {
    "landlord": "settings, [landlord]",
    "period": "the report's period",
    "previous": "the period it is compared with",
    "ombudsman_period": "the Ombudsman's year",
    "report": "settings, and what follows from them",
    "summary": "the title and the big numbers of the summary for residents",
    "details": "settings, [details]; any name will do",
}


@dataclass(frozen=True)
class Name:
    """A placeholder's name, what it says today, in which unit (of a figure), and its meaning."""

    name: str
    says: str
    unit: str
    meaning: str


def names(folder: Path, w: Writer) -> dict[str, tuple[Name, ...]]:
    """All placeholders by kind, in the order of the report."""
    parts = sections.of(w.settings)
    return {
        "figures": tuple(
            Name(e.id, e.shown, _UNITS.get(e.figure.unit, ""), e.figure.label)
            for e in w.ledger.entries
            if not e.group
        ),
        "tables": tuple(name for part in parts for name in _tables(part, w)),
        "charts": tuple(name for part in parts for name in _charts(part, w)),
        "commentary": tuple(_commentary(part, w) for part in sections.SECTIONS),
        "text": tuple(_texts(folder, w)),
        "facts": tuple(_facts(w)),
    }


def _tables(part: Section, w: Writer) -> Iterator[Name]:
    for name, make in part.tables.items():
        made = make(w)
        if isinstance(made, Absent):
            yield Name(f"tables.{name}", "no rows", "", part.title)
        else:
            yield Name(f"tables.{name}", _counted(len(made.rows), "row"), "", made.title)


def _charts(part: Section, w: Writer) -> Iterator[Name]:
    for name, make in part.charts.items():
        made = make(w)
        today = "no picture" if made is None else "picture"
        yield Name(f"charts.{name}", today, "", part.title if made is None else made.title)


def _commentary(part: Section, w: Writer) -> Name:
    lines = len(list(part.commentary(w)))
    return Name(f"commentary.{part.id}", _counted(lines, "paragraph"), "", part.title)


def _texts(folder: Path, w: Writer) -> Iterator[Name]:
    for path in sorted((folder / narrative.FOLDER).glob("*.md")):
        try:
            written = len(narrative.read(folder, path.stem, w))
            today = _counted(written, "paragraph") if written else "not written"
        except CannotRun:  # `check` says which
            today = "has a fault"
        yield Name(f"text.{path.stem}", today, "", f"your own, {narrative.FOLDER}/{path.name}")


def _facts(w: Writer) -> Iterator[Name]:
    for prefix, held in (facts(w) | {"details": w.settings.details}).items():
        for name, value in held.items():
            yield Name(f"{prefix}.{name}", w.marks.plain(value) or NOT_GIVEN, "", _FACTS[prefix])


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

"""A section's sentences and tables as they are printed, for a project folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport import pipeline
from hcreport.sections import SECTIONS
from hcreport.tables import Absent, Table

if TYPE_CHECKING:
    from pathlib import Path


def words(folder: Path, section: str) -> str:
    """Give a section's sentences in one piece."""
    w = pipeline.writer(pipeline.compute(folder))
    (found,) = [s for s in SECTIONS if s.id == section]
    return "\n".join(w.marks.plain(text) for text in found.commentary(w))


def table(folder: Path, name: str) -> Table | Absent:
    """Make a table by its name."""
    w = pipeline.writer(pipeline.compute(folder))
    (make,) = [s.tables[name] for s in SECTIONS if name in s.tables]
    return make(w)


def shown(made: Table | Absent) -> list[list[str]]:
    """Give a table's cells as they are printed."""
    assert isinstance(made, Table)
    return [[cell.text for cell in row] for row in made.rows]

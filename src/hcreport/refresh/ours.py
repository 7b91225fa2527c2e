"""What each mark would say today: the same words that a build of this moment would write."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from hcreport.problems import CannotRun
from hcreport.report.facts import NOT_GIVEN, facts
from hcreport.report.word.controls import said
from hcreport.report.word.imprint import Grid, Picture, Sentences
from hcreport.report.word.walk import Content, cells
from hcreport.sections.section import FACETS, tagged
from hcreport.tables import Absent, Table

if TYPE_CHECKING:
    from hcreport.charts import Chart
    from hcreport.figures.ledger import Entry
    from hcreport.marks import Mark
    from hcreport.report.word.imprint import Kept
    from hcreport.sections.section import Writer


@dataclass(frozen=True)
class Ours:
    """The figures and parts of a run, asked for by tag."""

    w: Writer
    content: Content

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        return {tagged(entry): entry for entry in self.w.ledger.entries}

    @cached_property
    def _facts(self) -> Mapping[str, str]:
        return {
            f"{prefix}.{name}": words or NOT_GIVEN
            for prefix, held in facts(self.w).items()
            for name, words in held.items()
        }

    @cached_property
    def wording(self) -> tuple[str, ...]:
        """The paragraphs of the project's texts and templates that ask for figures, as typed.

        None where a template cannot be read: that is a build's to tell, and no matter here.
        """
        with suppress(CannotRun):
            return tuple(self.content.wording())
        return ()

    def entry(self, tag: str) -> Entry | None:
        """The figure that a mark shows; None for a mark that shows none, or one there is not."""
        return self._entries.get(tag.rpartition("|")[0])

    def words(self, tag: str) -> str | None:
        """What a mark in a sentence says; None where there is no such figure, table or fact."""
        name, _, facet = tag.rpartition("|")
        kind, _, block = name.partition(".")
        if facet == "fact":
            return self._facts.get(name)
        if kind == "tables" and facet in {"title", "note"}:
            table = self.table(block)
            if not isinstance(table, Table):
                return None
            return table.title if facet == "title" else table.note or self.content.default_note
        if kind == "charts" and facet == "title":
            chart = self.chart(block)
            return None if chart is None else chart.title
        entry = self.entry(tag)
        return None if entry is None or facet not in FACETS else FACETS[facet](entry)

    def kept(self, tag: str) -> Kept | None:
        """What a mark would be remembered by; None where there is nothing of the kind."""
        kind, _, name = tag.partition(".")
        if "|" in tag:
            return self.words(tag)
        match kind:
            case "tables":
                table = self.table(name)
                return Grid(cells(table)) if isinstance(table, Table) else _statement(table)
            case "charts":
                chart = self.chart(name)
                if chart is None:
                    return None
                return Picture(sha256(self.picture(name)).hexdigest(), chart.alt)
            case "text":
                return None  # people's own
            case _:
                made = self.sentences(name)
                return None if made is None else Sentences(tuple(map(said, made)))

    def sentences(self, name: str) -> list[list[str | Mark]] | None:
        """A commentary's sentences in pieces; None where there is no such section."""
        made = self.content.commentary.get(name)
        return None if made is None else [list(self.w.marks.split(s)) for s in made]

    def table(self, name: str) -> Table | Absent | None:
        """A table, or why there is none; None where no section has one of the name."""
        return self.content.tables.get(name)

    def chart(self, name: str) -> Chart | None:
        """A chart; None where there is no data for it, or no chart of the name."""
        return self.content.charts.get(name)

    def picture(self, name: str) -> bytes:
        """A chart as drawn."""
        return self.content.pictures()[name]


def _statement(absent: Absent | None) -> Sentences | None:
    """What stands for a table that there is not."""
    return Sentences(((absent.reason,),)) if absent is not None and absent.reason else None

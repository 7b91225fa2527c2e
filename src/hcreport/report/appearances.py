"""Where in the report a figure is shown: found by making the report's parts, without drawing it.

The parts are made from a ledger whose entries note when one of their texts is asked for. What is
only sorted or measured by is not shown, and so is not noted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport import sections
from hcreport.figures.ledger import Entry, Ledger
from hcreport.marks import Block, Inline
from hcreport.report import narrative
from hcreport.report.faults import Faults
from hcreport.report.template_files import find_template
from hcreport.report.word import document
from hcreport.report.word.contents import Outline
from hcreport.report.word.xml import text_of
from hcreport.sections.section import tagged
from hcreport.tables import Table

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.sections.section import Section, Writer

IN_THE_TEXT = "in the text"
IN_A_HEADER = "in a header or footer"
_TEXTS = frozenset(
    (
        *("shown", "whole_shown", "base", "in_full", "share_shown"),
        *("previous_shown", "change_shown", "change_brief"),
    )
)


@dataclass(frozen=True)
class Appearance:
    """A place of the report, and the tags of the entries it shows."""

    where: str
    tags: frozenset[str]


@dataclass(frozen=True)
class _Noting(Entry):
    """An entry that notes its tag whenever one of its texts is asked for."""

    noted: set[str] = field(default_factory=set)

    def __getattribute__(self, name: str) -> object:
        if name in _TEXTS:
            self.noted.add(tagged(self))
        return super().__getattribute__(name)


def appearances(folder: Path, writer: Writer, setting: str = "template") -> list[Appearance]:
    """Every place of the report that shows a figure, in its order.

    ``setting`` is the one that names the template: ``summary`` gives those of the summary.
    Raises CannotRun as a build does when the template or a text cannot be read.
    """
    noted: set[str] = set()
    entries = (
        _Noting(e.figure, e.group, e.result, e.previous, e.withheld, noted)
        for e in writer.ledger.entries
    )
    w = replace(writer, ledger=Ledger(tuple(entries), writer.ledger.definitions))
    template = find_template(folder, getattr(w.settings, setting), setting)
    rendered = document.rendered(template, w, Faults())
    places = _Places(folder, w, noted)
    body, *others = document.stories(rendered)
    outline = Outline.of(rendered)
    headings = {h.paragraph: h for h in outline.headings(body)}
    found: list[Appearance] = []
    under = ""
    for paragraph in body.iter(qn("w:p")):
        if paragraph in headings:
            heading = headings[paragraph]
            under = f"{heading.number} {w.marks.plain(heading.text)}: ".lstrip()
        found += [replace(a, where=under + a.where) for a in places.of(text_of(paragraph))]
    for story in others:
        found += [replace(a, where=IN_A_HEADER) for a in places.of(text_of(story))]
    return found


@dataclass
class _Places:
    """Goes through the report's paragraphs, numbering tables and charts as the report does."""

    folder: Path
    w: Writer
    noted: set[str]
    tables: int = 0
    charts: int = 0

    def _part(self, holds: Callable[[Section], bool]) -> Section:
        return next(part for part in sections.of(self.w.settings) if holds(part))

    def of(self, text: str) -> Iterator[Appearance]:
        """What a paragraph shows, in its own words or in what takes its place."""
        for piece in self.w.marks.split(text):
            if isinstance(piece, Inline):
                yield Appearance(IN_THE_TEXT, frozenset({piece.tag.rpartition("|")[0]}))
            elif isinstance(piece, Block):
                self.noted.clear()
                where = self._made(piece)
                yield Appearance(where, frozenset(self.noted))

    def _made(self, block: Block) -> str:
        """Make a block, so that its entries are noted, and say what it is."""
        match block.kind:
            case "tables":
                return self._table(block.name)
            case "charts":
                return self._chart(block.name)
            case "commentary":
                list(self._part(lambda part: part.id == block.name).commentary(self.w))
            case "text":
                narrative.read(self.folder, block.name, self.w)
                return f"in your own text, text/{block.name}.md"
            case _:
                pass
        return IN_THE_TEXT

    def _table(self, name: str) -> str:
        table = self._part(lambda part: name in part.tables).tables[name](self.w)
        if not isinstance(table, Table):
            return ""
        self.tables += 1
        return f"Table {self.tables}, {table.title}"

    def _chart(self, name: str) -> str:
        chart = self._part(lambda part: name in part.charts).charts[name](self.w)
        if chart is None:
            return ""
        self.charts += 1
        return f"Figure {self.charts}, {chart.title}"

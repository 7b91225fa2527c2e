"""The one walk: every mark in the rendered document is found here and put in here.

Nothing else writes into the document, so this is also the place where marks will stay findable.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.marks import Block, Marks, has_mark
from hcreport.problems import CannotRun
from hcreport.report.word import blocks, pages
from hcreport.report.word.xml import run, text_of
from hcreport.tables import Absent, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from lxml.etree import _Element as Element

    from hcreport.charts import Chart
    from hcreport.report.narrative import Paragraph


@dataclass(frozen=True)
class Content:
    """What the blocks of a report hold, by name.

    A chart that is None has no data. ``pictures`` waits for the charts to be
    drawn. ``text`` gives a
    person's text by its name; an empty one was not supplied.
    """

    commentary: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Table | Absent]
    charts: Mapping[str, Chart | None]
    pictures: Callable[[], Mapping[str, bytes]]
    text: Callable[[str], tuple[Paragraph, ...]]
    default_note: str


@dataclass
class Walk:
    """Puts the content of one document in, numbering captions as it goes.

    ``add_picture`` puts a picture into the document's package and returns its relation.
    ``missing`` gathers the texts and tables that the document asks for and nobody supplied,
    ``placed`` the tables by name, in the order of their numbers, ``wide`` the elements of those
    that want pages on their side, ``labels`` what references to tables and charts say.
    """

    marks: Marks
    content: Content
    add_picture: Callable[[bytes], str]
    tables: int = 0
    figures: int = 0
    contents: list[Element] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    placed: list[str] = field(default_factory=list)
    wide: list[list[Element]] = field(default_factory=list)
    labels: dict[tuple[str, str], blocks.Label] = field(default_factory=dict)

    def over(self, root: Element) -> None:
        """Put in everything that a part of the document asks for."""
        for paragraph in list(root.iter(qn("w:p"))):
            text = text_of(paragraph)
            if not has_mark(text):
                continue
            block = self._block(text)
            if block is None:
                self._fill(paragraph)
            elif block.kind == "contents":
                self.contents.append(paragraph)
            else:
                self._replace(paragraph, self._elements(block, paragraph))

    def _block(self, text: str) -> Block | None:
        """The block that a paragraph's text is; None for a sentence. Never both."""
        pieces = list(self.marks.split(text.strip()))
        found = [piece for piece in pieces if isinstance(piece, Block)]
        if not found:
            return None
        if len(pieces) > 1:
            name = f"{found[0].kind}.{found[0].name}"
            raise CannotRun(
                f"The template has {{{{ {name} }}}} inside a sentence.",
                "Give it a paragraph of its own.",
            )
        return found[0]

    def _fill(self, paragraph: Element) -> None:
        """Write the figures of a sentence into its runs."""
        for node in paragraph.iter(qn("w:t")):
            if node.text and has_mark(node.text):
                node.text = self.marks.but_references(node.text)

    def _replace(self, paragraph: Element, elements: Iterable[Element]) -> None:
        for element in elements:
            paragraph.addprevious(element)
        parent = paragraph.getparent()
        assert parent is not None  # noqa: S101  (every paragraph stands in a story)
        parent.remove(paragraph)

    def _elements(self, block: Block, model: Element) -> list[Element]:
        match block.kind:
            case "commentary":
                sentences = self.content.commentary[block.name]
                return [blocks.like(model, run(self.marks.but_references(s))) for s in sentences]
            case "text":
                return self._text(block.name, model)
            case "tables":
                return self._table(block.name, model)
            case _:
                return self._chart(block.name, model)

    def _text(self, name: str, model: Element) -> list[Element]:
        paragraphs = self.content.text(name)
        if not paragraphs:
            self.missing.append(f"text/{name}.md")
            return [blocks.not_supplied(f"Not supplied: {name.replace('_', ' ')}.")]
        made = []
        for paragraph in paragraphs:
            runs = "".join(
                blocks.emphasised(self.marks.but_references(span.text), span)
                for span in paragraph.spans
            )
            made.append(blocks.bullet(runs) if paragraph.is_bullet else blocks.like(model, runs))
        return made

    def _table(self, name: str, model: Element) -> list[Element]:
        data = self.content.tables[name]
        if isinstance(data, Absent):
            self.missing += [data.not_supplied] if data.not_supplied else []
            return [blocks.not_supplied(data.reason)] if data.reason else []
        self.tables += 1
        self.placed.append(name)
        label = blocks.Label("Table", self.tables)
        self.labels.setdefault(("tables", name), label)
        upright, turned = pages.widths(model) or (blocks.TEXT_WIDTH, 0)
        is_turned = turned > upright and (data.is_wide or not blocks.fits(data, upright))
        made = [
            blocks.caption(label, data.title, self._bookmark()),
            blocks.table(data, turned if is_turned else upright),
            blocks.note(data.note or self.content.default_note),
        ]
        self.wide += [made] if is_turned else []
        return made

    def _chart(self, name: str, model: Element) -> list[Element]:
        chart = self.content.charts[name]
        if chart is None:
            return []
        self.figures += 1
        label = blocks.Label("Figure", self.figures)
        self.labels.setdefault(("charts", name), label)
        png = self.content.pictures()[name]
        relation = self.add_picture(png)
        return [
            blocks.caption(label, chart.title, self._bookmark()),
            blocks.picture(model, relation, self.figures, png, chart),
        ]

    def _bookmark(self) -> int:
        return self.tables + self.figures

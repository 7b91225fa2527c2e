"""The one walk: every mark in the rendered document is found here and put in here.

Nothing else writes into the document, so this is also where each mark gets the content control
that keeps it findable.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from hcreport.marks import Block, Marks, has_mark
from hcreport.problems import CannotRun
from hcreport.report.narrative import titled
from hcreport.report.word import blocks, pages, runs
from hcreport.report.word.controls import Controls, said
from hcreport.report.word.imprint import Grid, Picture, Sentences
from hcreport.report.word.xml import ALTERNATIVES, is_double, own_text, qn, remove, run
from hcreport.tables import Absent, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from lxml.etree import _Element as Element

    from hcreport.charts import Chart
    from hcreport.report.markdown import Paragraph
    from hcreport.report.word.contents import Outline
    from hcreport.report.word.texts import Texts


@dataclass(frozen=True)
class Content:
    """What the blocks of a report hold, by name.

    A chart that is None has no data. ``pictures`` waits for the charts to be drawn. ``text`` gives
    a person's text by its name; an empty one was not supplied. ``lacking`` names what else was
    not, by the placeholder of each block that says so. ``wording`` are the paragraphs of texts and
    templates that ask for figures, as somebody typed them.
    """

    commentary: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Table | Absent]
    charts: Mapping[str, Chart | None]
    pictures: Callable[[], Mapping[str, bytes]]
    text: Callable[[str], tuple[Paragraph, ...]]
    default_note: str
    lacking: Mapping[str, tuple[str, ...]]
    wording: Callable[[], Iterable[str]]


@dataclass
class Walk:
    """Puts the content of one document in, numbering captions as it goes.

    ``add_picture`` puts a picture into the document's package and returns its relation; ``texts``
    writes what people wrote, under the heading ``above``.
    ``missing`` gathers the texts and tables that the document asks for and nobody supplied,
    ``placed`` the tables by name, in the order of their numbers, ``wide`` the elements of those
    that want pages on their side, ``labels`` what references to tables and charts say, ``boxes``
    the numbers that the second copy of each text box counts on from.
    """

    marks: Marks
    content: Content
    controls: Controls
    add_picture: Callable[[bytes], str]
    outline: Outline
    texts: Texts
    above: Element | None = None
    tables: int = 0
    figures: int = 0
    contents: list[Element] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    placed: list[str] = field(default_factory=list)
    wide: list[list[Element]] = field(default_factory=list)
    labels: dict[tuple[str, str], blocks.Label] = field(default_factory=dict)
    boxes: dict[Element, tuple[int, int]] = field(default_factory=dict)

    def over(self, root: Element, relate: Callable[[str], str]) -> None:
        """Put in everything that a part of the document asks for.

        ``relate`` gives the part's relation to an address.
        """
        self.above = None
        for paragraph in list(root.iter(qn("w:p"))):
            text = "".join(node.text or "" for node in own_text(paragraph))
            if self.outline.level(paragraph) is not None and text.strip():
                self.above = paragraph
            if not has_mark(text):
                continue
            self._count_on(paragraph)
            block = self._block(text)
            if block is None:
                self._fill(paragraph)
            elif block.kind == "contents":
                self.contents.append(paragraph)
            else:
                self._replace(paragraph, self._elements(block, paragraph, relate))

    def _count_on(self, paragraph: Element) -> None:
        """Number what stands in the second copy of a text box as in the first."""
        box = next(paragraph.iterancestors(ALTERNATIVES), None)
        now = (self.tables, self.figures)
        if box is not None and is_double(paragraph):
            self.tables, self.figures = self.boxes.pop(box, now)
        elif box is not None:
            self.boxes.setdefault(box, now)

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
        """Write the figures of a sentence in, each in a control where it stood."""
        for node in list(paragraph.iter(qn("w:t"))):
            if node.text and has_mark(node.text):
                runs.split(node, list(self.marks.split(node.text)), self.controls)

    def _replace(self, paragraph: Element, elements: Sequence[Element]) -> None:
        """Put elements in a paragraph's place; where a section ends with it, it ends with them."""
        for element in elements:
            paragraph.addprevious(element)
        section = pages.ended_by(paragraph)
        if section is not None:
            pages.end_section(elements[-1] if elements else paragraph, section)
        remove(paragraph)

    def _elements(
        self, block: Block, model: Element, relate: Callable[[str], str]
    ) -> list[Element]:
        self.missing += self.content.lacking.get(f"{block.kind}.{block.name}", ())
        match block.kind:
            case "commentary":
                return self._commentary(block, model)
            case "text":
                return self._text(block, model, relate)
            case "tables":
                return self._table(block, model)
            case _:
                return self._chart(block, model)

    def _commentary(self, block: Block, model: Element) -> list[Element]:
        sentences = [list(self.marks.split(s)) for s in self.content.commentary[block.name]]
        made = [blocks.like(model, self.controls.pieces(pieces)) for pieces in sentences]
        return self.controls.block(block, made, Sentences(tuple(map(said, sentences))))

    def _text(self, block: Block, model: Element, relate: Callable[[str], str]) -> list[Element]:
        paragraphs = self.content.text(block.name)
        if not paragraphs:
            self.missing.append(f"text/{block.name}.md")
            beside = self.content.tables.get(block.name)
            if isinstance(beside, Absent) and beside.not_supplied:
                return []  # the table's own box says that there is nothing to introduce
            statement = f"Not supplied: {titled(block.name)}."
            made = [blocks.not_supplied(statement)]
            return self.controls.block(block, made, Sentences(((statement,),)))
        return self.texts.elements(paragraphs, model, self.above, relate)

    def _table(self, block: Block, model: Element) -> list[Element]:
        data = self.content.tables[block.name]
        if isinstance(data, Absent):
            self.missing += [data.not_supplied] if data.not_supplied else []
            made = [_instead(data, model)] if data.reason else []
            reasons = ((data.reason,),) if data.reason else ()
            return self.controls.block(block, made, Sentences(reasons))
        self.tables += 1
        self.placed += [] if is_double(model) else [block.name]
        upright, turned = pages.widths(model) or (blocks.TEXT_WIDTH, 0)
        is_turned = turned > upright and (data.is_wide or not blocks.fits(data, upright))
        caption = self._caption("Table", self.tables, block, data.title)
        note = self._beside(block, "note", data.note or self.content.default_note)
        content = [blocks.table(data, turned if is_turned else upright), blocks.note(note)]
        made = [caption, *self.controls.block(block, content, Grid(cells(data)))]
        self.wide += [made] if is_turned else []
        return made

    def _chart(self, block: Block, model: Element) -> list[Element]:
        chart = self.content.charts[block.name]
        if chart is None:
            return self.controls.block(block, [], Sentences(()))
        self.figures += 1
        png = self.content.pictures()[block.name]
        relation = self.add_picture(png)
        caption = self._caption("Figure", self.figures, block, chart.title)
        content = [blocks.picture(model, relation, self.figures, png, chart)]
        kept = Picture(sha256(png).hexdigest(), chart.alt)
        return [caption, *self.controls.block(block, content, kept)]

    def _caption(
        self, kind: Literal["Table", "Figure"], number: int, block: Block, title: str
    ) -> Element:
        """The caption, which stands before the control of what it names.

        LibreOffice cannot read a field inside a control that holds paragraphs.
        """
        words = run(": ") + self._beside(block, "title", title)
        # A second copy of a table has a bookmark of its own, to which nothing refers.
        key = (block.kind, block.name)
        name = block.name if key not in self.labels else f"{block.name}_{number}"
        label = blocks.Label(kind, number, name)
        self.labels.setdefault(key, label)
        return blocks.caption(label, words, self.tables + self.figures)

    def _beside(self, block: Block, what: str, text: str) -> str:
        """The title or the note of a table or chart, in a control of its own."""
        tag = f"{block.kind}.{block.name}|{what}"
        return self.controls.words(tag, f"{block.name.replace('_', ' ')}: {what}", text)


def _instead(absent: Absent, model: Element) -> Element:
    """What stands where a table would: a box for what was not supplied, else plain words."""
    if absent.not_supplied:
        return blocks.not_supplied(absent.reason)
    return blocks.like(model, run(absent.reason))


def cells(data: Table) -> tuple[tuple[str, ...], ...]:
    """A table's cells as the imprint keeps them."""
    return (data.headings, *(tuple(cell.text for cell in row) for row in data.rows))

"""What people wrote, in the template's styles: paragraphs, headings, lists, links."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from hcreport.report.markdown import BREAK
from hcreport.report.word import blocks
from hcreport.report.word.sub_headings import style_below
from hcreport.report.word.xml import paragraph, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from hcreport.marks import Marks
    from hcreport.report.markdown import Paragraph, Span
    from hcreport.report.word.contents import Outline
    from hcreport.report.word.controls import Controls
    from hcreport.report.word.lists import Lists

LINK = "Hyperlink"


@dataclass
class Texts:
    """Writes texts into one document; ``written`` counts them, as each has lists of its own."""

    marks: Marks
    controls: Controls
    outline: Outline
    lists: Lists
    written: int = 0

    def elements(
        self,
        text: Sequence[Paragraph],
        model: Element,
        above: Element | None,
        relate: Callable[[str], str],
    ) -> list[Element]:
        """A text's paragraphs in the manner of ``model``, its headings below ``above``.

        ``relate`` gives the relation of the part they stand in to an address.
        """
        self.written += 1
        made = []
        for each in text:
            content = "".join(self._runs(each.spans, relate))
            if each.heading:
                style = style_below(self.outline, above, each.heading)
                made.append(parsed(paragraph(style, content)))
            elif each.item:
                made.append(self.lists.item(self.written, each.item, content))
            else:
                made.append(blocks.like(model, content))
        return made

    def _runs(self, spans: Sequence[Span], relate: Callable[[str], str]) -> Iterator[str]:
        """Runs, those with one address together in a link."""
        for address, together in groupby(spans, key=lambda span: span.address):
            runs = "".join(self._run(span) for span in together)
            if not address:
                yield runs
            else:
                relation = quoteattr(relate(address))
                yield f'<w:hyperlink r:id={relation} w:history="1">{runs}</w:hyperlink>'

    def _run(self, span: Span) -> str:
        if span.text == BREAK:
            return "<w:r><w:br/></w:r>"
        look = f'<w:rStyle w:val="{LINK}"/>' if span.address else ""
        look += ("<w:b/>" if span.bold else "") + ("<w:i/>" if span.italic else "")
        return self.controls.pieces(self.marks.split(span.text), look)

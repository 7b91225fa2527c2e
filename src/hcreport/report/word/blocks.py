"""The elements that a block placeholder turns into: paragraphs, tables, charts.

Every look comes from the template's styles, by the names in :class:`Styles`.
"""

from __future__ import annotations

import copy
import struct
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import quoteattr

from hcreport.report.word.xml import field, paragraph, parsed, qn, remove, run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from hcreport.charts import Chart
    from hcreport.tables import Table

CAPTION, NOTE, NOT_SUPPLIED = "Caption", "Note", "NotSupplied"
TABLE_STYLE = "ReportTable"
TEXT_WIDTH = 9298  # twentieths of a point: A4 less the template's margins
EMU_PER_INCH = 914_400
LONGEST_BOOKMARK = 40
# How wide a character is at most: in running text, in a single word, in a word of a heading.
RUNNING, CHARACTER, BOLD = 100, 118, 118
CELL_PADDING = 240
# The narrow letters and the wide ones; any other is a little wider than the usual.
LETTERS = (("ABCDEFGHJKLNOPQRSTUVXYZ&", 172), ("iljI.,:;'’|!()-", 76), ("tfr", 94), ("mwMW%@", 216))
UNBROKEN = 14
# Tables of so few rows, each of so few letters, stand whole on a page.
FEW_ROWS, FEW_LETTERS = 7, 110
# So many rows at least stand under the caption, and go over to the next page with the note.
TOGETHER = 3
DPI = 200
# What is a paragraph's own: the end of a section, and marks of tracked changes.
_OWN = (
    *map(qn, ("w:sectPr", "w:pPrChange")),
    *(f"{qn('w:rPr')}/{qn(name)}" for name in ("w:ins", "w:del", "w:moveFrom", "w:moveTo")),
    f"{qn('w:rPr')}/{qn('w:rPrChange')}",
)


def like(model: Element, content: str) -> Element:
    """A paragraph in the manner of another: its style and numbering, with other runs.

    What happened to the other alone is not taken over: that a section ends with it, and tracked
    changes.
    """
    new = parsed(f"<w:p>{content}</w:p>")
    properties = model.find(qn("w:pPr"))
    if properties is not None:
        taken = copy.deepcopy(properties)
        for own in [own for path in _OWN for own in taken.iterfind(path)]:
            remove(own)
        new.insert(0, taken)
    return new


def not_supplied(what: str) -> Element:
    """The visible statement that something a report should hold was not supplied."""
    return parsed(paragraph(NOT_SUPPLIED, run(what)))


@dataclass(frozen=True)
class Label:
    """What a caption begins with and references repeat: "Table 3".

    ``name`` is that of the table or chart, for the bookmark round it.
    """

    kind: Literal["Table", "Figure"]
    number: int
    name: str

    @property
    def text(self) -> str:
        """The label as it is printed."""
        return f"{self.kind} {self.number}"

    @property
    def bookmark(self) -> str:
        """The name of the bookmark round it."""
        return bookmark_of(self.kind, self.name)


def bookmark_of(kind: str, name: str) -> str:
    """The bookmark round a caption's label: the same in every run, and no longer than Word's 40."""
    whole = f"_Ref_{kind[0]}_{name}"
    if len(whole) <= LONGEST_BOOKMARK:
        return whole
    digest = sha256(name.encode()).hexdigest()[:8]
    return f"{whole[: LONGEST_BOOKMARK - len(digest) - 1]}_{digest}"


def caption(label: Label, content: str, bookmark: int) -> Element:
    """A numbered caption: "Table 3" and its words, which are runs."""
    mark = f'<w:bookmarkStart w:id="{bookmark}" w:name={quoteattr(label.bookmark)}/>'
    end = f'<w:bookmarkEnd w:id="{bookmark}"/>'
    counted = field(f"SEQ {label.kind} \\* ARABIC", str(label.number))
    marked = mark + run(f"{label.kind} ") + counted + end
    # Not every template's captions stay with what they name by their style.
    return parsed(paragraph(CAPTION, marked + content, "<w:keepNext/>"))


def note(content: str) -> Element:
    """The small print under a table; it also keeps the table off the text that follows."""
    return parsed(paragraph(NOTE, content))


def table(data: Table, room: int = TEXT_WIDTH) -> Element:
    """A table: one header row that repeats, rows kept whole, numbers to the right.

    ``room`` is the width of the text, in twentieths of a point.
    """
    widths = column_widths(data, room)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    last = int(data.has_total)
    look = (
        f'<w:tblLook w:val="{0x0020 | 0x0040 * last | 0x0400:04X}" w:firstRow="1" '
        f'w:lastRow="{last}" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
    )
    properties = (
        f'<w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}'
        f"<w:tblCaption w:val={quoteattr(data.title)}/>"
        f"<w:tblDescription w:val={quoteattr(description(data))}/></w:tblPr>"
    )
    last_row = len(data.rows)
    is_short = last_row <= FEW_ROWS and all(
        len(cell.text) < FEW_LETTERS for row in data.rows for cell in row
    )
    header = _row(data, data.headings, widths, is_header=True, stays=True)
    body = "".join(
        _row(
            data,
            [cell.text for cell in row],
            widths,
            stays=is_short or not TOGETHER <= n <= last_row - TOGETHER,
        )
        for n, row in enumerate(data.rows, start=1)
    )
    return parsed(f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{header}{body}</w:tbl>")


def _row(
    data: Table,
    texts: Sequence[str],
    widths: Sequence[int],
    *,
    is_header: bool = False,
    stays: bool,
) -> str:
    kept = "<w:cantSplit/><w:tblHeader/>" if is_header else "<w:cantSplit/>"
    # A short table is not cut in two, and no note stands alone on the next page.
    together = "<w:keepNext/>" if stays else ""
    cells = []
    for column, (text, width) in enumerate(zip(texts, widths, strict=True)):
        style = "TableHeading" if is_header else "TableText"
        if data.is_number(column):
            style = "TableHeadingNumber" if is_header else "TableNumber"
        content = paragraph(style, run(text), together)
        cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>')
    return f"<w:tr><w:trPr>{kept}</w:trPr>{''.join(cells)}</w:tr>"


def column_widths(data: Table, room: int = TEXT_WIDTH) -> list[int]:
    """Widths that add up to the text, so that no word breaks and short columns stay on one line.

    Each column gets at least its longest word. What is left goes first to the column of labels,
    then to the others that would like more, in proportion; where all have what they like, to every
    column alike.
    """
    least, liked = _wanted(data, room)
    if sum(liked) <= room:
        spare = (room - sum(liked)) // len(liked)
        widths = [width + spare for width in liked]
    else:
        spare = max(room - sum(least), 0)
        wants = [like_to - need for like_to, need in zip(liked, least, strict=True)]
        # Beside words the labels take a third at most.
        has_words = not all(map(data.is_number, range(1, len(wants))))
        first = min(wants[0], spare, max(room // 3 - least[0], 0) if has_words else spare)
        wants[0] = 0
        shares = [(spare - first) * want // (sum(wants) or 1) for want in wants]
        widths = [need + share for need, share in zip(least, shares, strict=True)]
        widths[0] += first
    return _squeezed(widths, [_unbroken(data, n) for n in range(len(widths))], room)


def _squeezed(widths: Sequence[int], words: Sequence[int], room: int) -> list[int]:
    """Widths that add up to the room; what is too much is taken from what is wider than a word."""
    over = sum(widths) - room
    slack = [max(width - word, 0) for width, word in zip(widths, words, strict=True)]
    if over > 0 and any(slack):
        taken, whole = min(over, sum(slack)), sum(slack)
        widths = [
            width - spare * taken // whole for width, spare in zip(widths, slack, strict=True)
        ]
    scaled = [width * room // sum(widths) for width in widths]
    scaled[0] += room - sum(scaled)
    return scaled


def _unbroken(data: Table, column: int) -> int:
    """The width of a column's longest word."""
    texts = [data.headings[column], *(row[column].text for row in data.rows)]
    return _breadth_of_words(texts) + CELL_PADDING


def _breadth_of_words(texts: Sequence[str]) -> int:
    return max(map(_breadth, " ".join(texts).split()), default=0)


def _breadth(word: str) -> int:
    """How wide a bold word is at most in a table, letter by letter."""
    return sum(next((w for letters, w in LETTERS if c in letters), BOLD + 14) for c in word)


def fits(data: Table, room: int) -> bool:
    """Whether a table has the width that its longest words need, which is guessed on the safe side.

    A tenth too little does no harm.
    """
    return sum(_wanted(data, room)[0]) * 10 <= room * 11


def _wanted(data: Table, room: int) -> tuple[list[int], list[int]]:
    """For each column the least width, and the width at which most of its cells are one line."""
    least, liked = [], []
    for n, heading in enumerate(data.headings):
        cells = [row[n].text for row in data.rows]
        longest = max(map(len, cells), default=0)
        # A number or a word or two is never broken; a heading may take two lines.
        whole = data.is_number(n) or longest <= UNBROKEN
        need = max(_breadth_of_words([heading, *cells]), longest * CHARACTER if whole else 0)
        # One long text among many short ones is no reason for a wide column.
        usual = sorted(map(len, cells))[: -(-len(cells) * 9 // 10)]
        like_to = max(max(usual, default=0) * RUNNING, -(-len(heading) // 2) * BOLD, need)
        least.append(need + CELL_PADDING)
        liked.append(min(like_to + CELL_PADDING, room))
    return least, liked


def description(data: Table) -> str:
    """What a table says of itself to whoever cannot see it."""
    rows = "1 row" if len(data.rows) == 1 else f"{len(data.rows)} rows"
    return f"{rows} under the headings {', '.join(data.headings)}."


def picture(model: Element, relation: str, number: int, png: bytes, chart: Chart) -> Element:
    """A chart in its paragraph, with its text alternative."""
    width, height = struct.unpack(">II", png[16:24])  # a PNG says its size in its first chunk
    size = f'cx="{width * EMU_PER_INCH // DPI}" cy="{height * EMU_PER_INCH // DPI}"'
    name = quoteattr(f"Chart {number}")
    alt = quoteattr(chart.alt)
    return like(
        model,
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{1000 + number}" name={name} descr={alt}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{1000 + number}" name={name} descr={alt}/>'
        "<pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
    )

"""What people do to a report in Word, done to its XML with the traces that Word leaves.

Each edit takes the parts of a file, parsed, and changes them in place. It shares nothing with the
code that writes or refreshes the report.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree
from tests.word import WP, W, style_of, text_of

if TYPE_CHECKING:
    from tests.word import Element

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SPACES = (
    f'xmlns:w="{W[1:-1]}" xmlns:wp="{WP[1:-1]}" xmlns:a="{A[1:-1]}" xmlns:r="{R[1:-1]}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
WHO = 'w:id="9001" w:author="A reader" w:date="2024-06-01T09:00:00Z"'
DOCUMENT = "word/document.xml"


@dataclass
class Parts:
    """A Word file taken apart, to be edited and put together again."""

    content: bytes
    roots: dict[str, Element]

    @classmethod
    def of(cls, content: bytes) -> Parts:
        """Take a file apart: its text, headers and footers."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            kinds = ("word/document", "word/header", "word/footer")
            names = [n for n in archive.namelist() if n.startswith(kinds) and n.endswith(".xml")]
            return cls(content, {n: etree.fromstring(archive.read(n)) for n in names})

    @property
    def body(self) -> Element:
        """The text."""
        return self.roots[DOCUMENT][0]

    def whole(self, **instead: bytes) -> bytes:
        """Put the file together; ``instead`` replaces parts of other kinds, by their last name."""
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.content)) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name in self.roots:
                    content = etree.tostring(
                        self.roots[name], xml_declaration=True, encoding="UTF-8"
                    )
                new.writestr(name, instead.get(name.rpartition("/")[2], content))
        return out.getvalue()

    # --- Finding ---

    def controls(self, tag: str) -> list[Element]:
        """The controls of one tag in the text."""
        return [
            control
            for control in self.body.iter(f"{W}sdt")
            if (found := control.find(f"{W}sdtPr/{W}tag")) is not None
            and found.get(f"{W}val") == tag
        ]

    def control(self, tag: str) -> Element:
        """The first control of a tag."""
        return self.controls(tag)[0]

    def content_of(self, tag: str) -> Element:
        """What the first control of a tag holds."""
        return self.control(tag)[-1]

    def paragraph(self, words: str) -> Element:
        """The first paragraph that says something, contents aside."""
        return next(
            p
            for p in self.body.iter(f"{W}p")
            if words in text_of(p) and not style_of(p).startswith("TOC")
        )


Edit = Callable[[Parts], None]


def xml(source: str) -> Element:
    """An element from its text, with the prefixes of a Word file."""
    return etree.fromstring(f"<x {_SPACES}>{source}</x>")[0]


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def drop(element: Element) -> None:
    """Take an element out."""
    holder = element.getparent()
    assert holder is not None
    holder.remove(element)


# --- The edits --------------------------------------------------------------------------------


def typed(tag: str, text: str) -> Edit:
    """Type over a figure."""

    def edit(parts: Parts) -> None:
        (node,) = parts.content_of(tag).iter(f"{W}t")
        node.text = text

    return edit


def deleted(tag: str) -> Edit:
    """Delete a mark with its control."""
    return lambda parts: drop(parts.control(tag))


def unwrapped(tag: str, place: int = 0) -> Edit:
    """Take a content control off, as "Remove Content Control" does: what it held stays."""
    return lambda parts: unwrap(parts.controls(tag)[place])


def stripped(but: int = 0) -> Edit:
    """Take off all controls of ours ``but`` the first ones, as a program that knows none does."""

    def edit(parts: Parts) -> None:
        controls = [c for root in parts.roots.values() for c in root.iter(f"{W}sdt")]
        tagged = [c for c in controls if c.find(f"{W}sdtPr/{W}tag") is not None]
        for control in tagged[but:]:
            unwrap(control)

    return edit


def unwrap(control: Element) -> None:
    """Take off one content control: what it held stays."""
    for element in list(control[-1]):
        control.addprevious(element)
    drop(control)


def emptied(tag: str) -> Edit:
    """Delete a figure's words, not its control: Word invites to type."""

    def edit(parts: Parts) -> None:
        control = parts.control(tag)
        control[0].append(xml("<w:showingPlcHdr/>"))
        for element in list(control[-1]):
            drop(element)
        control[-1].append(xml(run("Click or tap here to enter text.")))

    return edit


def copied(tag: str, before: str) -> Edit:
    """Paste a mark into a paragraph of its own, before another."""

    def edit(parts: Parts) -> None:
        paragraph = xml(f"<w:p>{run('Again: ')}</w:p>")
        paragraph.append(_another(parts.control(tag)))
        parts.paragraph(before).addprevious(paragraph)

    return edit


def block_copied(tag: str, before: str) -> Edit:
    """Paste a table or a commentary before a paragraph."""
    return lambda parts: parts.paragraph(before).addprevious(_another(parts.control(tag)))


def in_a_header(tag: str) -> Edit:
    """Paste a mark into a header."""

    def edit(parts: Parts) -> None:
        name = next(n for n in parts.roots if "header" in n)
        next(parts.roots[name].iter(f"{W}p")).append(_another(parts.control(tag)))

    return edit


def _another(control: Element, sign: str = "-") -> Element:
    made = copy.deepcopy(control)
    for number in made.iter(f"{W}id"):
        number.set(f"{W}val", sign + number.get(f"{W}val", "0").lstrip("-"))
    return made


def cut_up(tag: str) -> Edit:
    """Let Word cut a figure into runs, with its marks of spelling and of revision between."""

    def edit(parts: Parts) -> None:
        content = parts.content_of(tag)
        text = text_of(content)
        for element in list(content):
            drop(element)
        first, rest = text[:1], text[1:]
        for piece in (
            '<w:proofErr w:type="spellStart"/>',
            f'<w:r w:rsidR="00AB12CD"><w:t>{first}</w:t></w:r>',
            '<w:proofErr w:type="spellEnd"/>',
            f'<w:r w:rsidRPr="00EF34AB"><w:t>{rest}</w:t></w:r>' if rest else "",
        ):
            if piece:
                content.append(xml(piece))

    return edit


def in_a_smart_tag(tag: str) -> Edit:
    """Let Word take a figure for something it knows."""

    def edit(parts: Parts) -> None:
        content = parts.content_of(tag)
        smart = xml('<w:smartTag w:uri="urn:example" w:element="metricconverter"/>')
        smart.extend(list(content))
        content.append(smart)

    return edit


def bold(tag: str) -> Edit:
    """Set a figure in bold."""

    def edit(parts: Parts) -> None:
        for element in parts.content_of(tag).iter(f"{W}r"):
            for properties in element.findall(f"{W}rPr"):
                element.remove(properties)
            element.insert(0, xml("<w:rPr><w:b/><w:color w:val='C00000'/></w:rPr>"))

    return edit


def commented(tag: str) -> Edit:
    """Hang a comment on a figure: the range goes from before its control to within it."""

    def edit(parts: Parts) -> None:
        control = parts.control(tag)
        control.addprevious(xml('<w:bookmarkStart w:id="9100" w:name="discussed"/>'))
        control[-1].append(xml('<w:bookmarkEnd w:id="9100"/>'))

    return edit


def inserted(tag: str) -> Edit:
    """Let a figure be part of a sentence that was pasted with changes tracked."""

    def edit(parts: Parts) -> None:
        content = parts.content_of(tag)
        change = xml(f"<w:ins {WHO}/>")
        change.extend(list(content))
        content.append(change)

    return edit


def struck(tag: str, instead: str = "") -> Edit:
    """Delete a figure with changes tracked, and perhaps type another."""

    def edit(parts: Parts) -> None:
        content = parts.content_of(tag)
        change = xml(f"<w:del {WHO}/>")
        change.extend(list(content))
        for node in change.iter(f"{W}t"):
            node.tag = f"{W}delText"
        content.append(change)
        if instead:
            content.append(xml(f"<w:ins {WHO.replace('9001', '9002')}>{run(instead)}</w:ins>"))

    return edit


def moved(tag: str, before: str, *, whole: bool) -> Edit:
    """Drag a figure before another paragraph with changes tracked: both places hold its control.

    The change stands around the control (``whole``) or inside it.
    """

    def edit(parts: Parts) -> None:
        old = parts.control(tag)
        new = _another(old)
        paragraph = xml("<w:p/>")
        paragraph.append(new)
        parts.paragraph(before).addprevious(paragraph)
        for control, name, number in ((old, "moveFrom", "9001"), (new, "moveTo", "9003")):
            change = xml(f"<w:{name} {WHO.replace('9001', number)}/>")
            if whole:
                control.addprevious(change)
                change.append(control)
            else:
                change.extend(list(control[-1]))
                control[-1].append(change)

    return edit


def moved_to_a_text_box(tag: str, words: str) -> Edit:
    """Paste a figure into a text box, which Word keeps in two forms."""

    def edit(parts: Parts) -> None:
        paragraph = xml("<w:p/>")
        paragraph.append(_another(parts.control(tag)))
        parts.paragraph(words).append(_text_box([paragraph]))

    return edit


def in_a_text_box(tag: str, words: str) -> Edit:
    """Drag a chart or a table with its caption into a text box on another paragraph."""

    def edit(parts: Parts) -> None:
        control = parts.control(tag)
        caption = control.getprevious()
        assert caption is not None
        parts.paragraph(words).append(_text_box([caption, control]))

    return edit


def _text_box(content: Sequence[Element]) -> Element:
    """A text box with some content, and with its copy for older programs."""
    shape = xml(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        '<wp:extent cx="1800000" cy="400000"/><wp:docPr id="9300" name="Box" descr="A box"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        'wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="1800000" cy="400000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        "<wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        '<v:shape style="width:140pt;height:30pt"><v:textbox><w:txbxContent/></v:textbox>'
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    first, second = shape.iter(f"{W}txbxContent")
    second.extend([_another(element, "-1") for element in content])
    first.extend(content)
    return shape


def reworded(words: str, instead: str) -> Edit:
    """Change the words of a paragraph, wherever its runs begin and end."""

    def edit(parts: Parts) -> None:
        for node in parts.paragraph(words).iter(f"{W}t"):
            if node.text and words in node.text:
                node.text = node.text.replace(words, instead)
                return
        raise AssertionError(words)

    return edit


def continued(words: str, sentence: str) -> Edit:
    """Write a sentence of one's own at the end of a paragraph."""
    return lambda parts: parts.paragraph(words).append(xml(run(f" {sentence}")))


def removed(words: str) -> Edit:
    """Delete a paragraph."""
    return lambda parts: drop(parts.paragraph(words))


def added_after(words: str, sentence: str) -> Edit:
    """Write a paragraph of one's own after another."""

    def edit(parts: Parts) -> None:
        parts.paragraph(words).addnext(xml(f"<w:p>{run(sentence)}</w:p>"))

    return edit


def cell(tag: str, row: int, column: int, text: str) -> Edit:
    """Type over a table's cell."""

    def edit(parts: Parts) -> None:
        found = next(parts.content_of(tag).iter(f"{W}tbl")).findall(f"{W}tr")[row]
        (node,) = found.findall(f"{W}tc")[column].iter(f"{W}t")
        node.text = text

    return edit


def restyled(tag: str) -> Edit:
    """Give a table another look: its style, its width, and one cell in red."""

    def edit(parts: Parts) -> None:
        table = next(parts.content_of(tag).iter(f"{W}tbl"))
        properties = table.find(f"{W}tblPr")
        assert properties is not None
        properties[0].set(f"{W}val", "TableGrid")
        next(table.iter(f"{W}r")).insert(0, xml("<w:rPr><w:color w:val='C00000'/></w:rPr>"))

    return edit


def nested(tag: str) -> Edit:
    """Put a table's control into a cell of a table that serves as a frame."""

    def edit(parts: Parts) -> None:
        control = parts.control(tag)
        frame = xml(
            '<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid>'
            '<w:gridCol w:w="9000"/></w:tblGrid><w:tr><w:tc><w:tcPr>'
            '<w:tcW w:w="9000" w:type="dxa"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
        )
        control.addprevious(frame)
        next(frame.iter(f"{W}tc")).insert(1, control)

    return edit


def resized(tag: str, times: float) -> Edit:
    """Make a chart smaller or larger, and let the text flow round it."""

    def edit(parts: Parts) -> None:
        content = parts.content_of(tag)
        for size in (*content.iter(f"{WP}extent"), *content.iter(f"{A}ext")):
            for side in ("cx", "cy"):
                size.set(side, str(int(int(size.get(side, "0")) * times)))
        inline = next(content.iter(f"{WP}inline"))
        anchor = xml(
            '<wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" '
            'relativeHeight="5" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
            '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:align>right'
            '</wp:align></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0'
            "</wp:posOffset></wp:positionV></wp:anchor>"
        )
        extent, *others = list(inline)
        anchor.extend([extent, xml('<wp:wrapSquare wrapText="bothSides"/>'), *others])
        holder = inline.getparent()
        assert holder is not None
        holder.replace(inline, anchor)

    return edit


def described(tag: str, alt: str) -> Edit:
    """Write a text alternative of one's own."""

    def edit(parts: Parts) -> None:
        next(parts.content_of(tag).iter(f"{WP}docPr")).set("descr", alt)

    return edit


def swapped(first: str, second: str) -> Edit:
    """Move what two controls hold, with the controls, into each other's place."""

    def edit(parts: Parts) -> None:
        one, other = parts.control(first), parts.control(second)
        mark = xml("<w:p/>")
        one.addprevious(mark)
        other.addprevious(one)
        mark.addprevious(other)
        drop(mark)

    return edit

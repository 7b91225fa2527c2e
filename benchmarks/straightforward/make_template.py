"""Writes ``template.docx``: the Word file an analyst would have typed, with docxtpl's loops.

It starts from ``templates/brent.docx``, so that both reports have the same styles, headings and
words. Where ``hcreport`` fills in sentences, charts and tables by itself, it types those of
``words.toml``: text with placeholders, captions, and a row loop for each table.

    python benchmarks/straightforward/make_template.py
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROJECT = ROOT / "sample_data" / "brent-2023-24"
BASE = ROOT / "templates" / "brent.docx"
TEMPLATE = HERE / "template.docx"

TWIPS = 567  # in a centimetre
BLOCK = re.compile(r"\{\{ (text|commentary|charts|tables)\.(\w+) \}\}")
SOURCE = "Source: complaints records as at 31 May 2024."
# How each heading stands in the contents: the style there, and the level at which it is numbered.
CONTENTS = {
    "Heading1": ("TOC1", 1),
    "Heading2": ("TOC2", 2),
    "Heading3": ("TOC3", 0),
    "HeadingUnnumbered": ("TOC1", 0),
    "HeadingUnnumbered2": ("TOC2", 0),
    "AppendixHeading": ("TOC1", 0),
}


def run(text: str, *, bold: bool = False) -> str:
    """A run of text as XML; a tab character becomes Word's tab."""
    pieces = [f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\t")]
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{'<w:tab/>'.join(pieces)}</w:r>"


def paragraph(style: str, runs: str, properties: str = "") -> str:
    """A paragraph as XML."""
    return f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def caption(kind: str, number: int, title: str) -> str:
    """A caption with Word's own numbering."""
    field = f'<w:fldSimple w:instr=" SEQ {kind} \\* ARABIC ">{run(str(number))}</w:fldSimple>'
    return paragraph("Caption", run(f"{kind} ") + field + run(f": {title}"))


def row(cells: Sequence[str], table: Mapping[str, Any], *, heading: bool = False) -> str:
    """A row of a table as XML."""
    styles = ("TableHeading", "TableHeadingNumber") if heading else ("TableText", "TableNumber")
    mark = "<w:tblHeader/>" if heading else ""
    words = table.get("words", 1)
    found = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * TWIPS)}" w:type="dxa"/></w:tcPr>'
        f"{paragraph(styles[number >= words], run(cell))}</w:tc>"
        for number, (cell, width) in enumerate(zip(cells, table["widths"], strict=False))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{found}</w:tr>"


def table_xml(name: str, table: Mapping[str, Any]) -> str:
    """A table with a row loop, or with its rows as typed."""
    loop = (
        [f"{{%tr for r in {table.get('rows', name)} %}}"],
        [f"{{{{ r[{number}] }}}}" for number in range(len(table["headings"]))],
        ["{%tr endfor %}"],
    )
    rows = "".join(row(cells, table) for cells in table.get("typed", loop))
    widths = [round(width * TWIPS) for width in table["widths"]]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    has_total = table.get("has_total", False)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="ReportTable"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"0460" if has_total else "0420"}" w:firstRow="1" '
        f'w:lastRow="{int(has_total)}" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" '
        f'w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{row(table['headings'], table, heading=True)}{rows}</w:tbl>"
    )


def narrative(name: str, style: str, properties: str) -> Iterator[str]:
    """The paragraphs and bullets of a text that a person wrote."""
    source = (PROJECT / "text" / f"{name}.md").read_text(encoding="utf-8")
    for line in filter(None, source.splitlines()):
        spans = line.removeprefix("- ").split("**")
        runs = "".join(run(span, bold=n % 2 == 1) for n, span in enumerate(spans) if span)
        if line.startswith("- "):
            yield paragraph("ListBullet", runs)
        else:
            yield paragraph(style, runs, properties)


def fill_blocks(body: Any, words: Mapping[str, Any]) -> None:
    """Type the sentences, charts and tables in place of the base's own placeholders."""
    numbers = {"charts": 0, "tables": 0}
    for old in list(body.iter(qn("w:p"))):
        found = BLOCK.fullmatch(shown(old))
        if not found:
            continue
        kind, name = found.groups()
        style = old.style
        properties = ""
        if old.pPr.find(qn("w:numPr")) is not None:
            properties = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
        if kind == "text":
            made = list(narrative(name, style, properties))
        elif kind == "commentary":
            lines = words["sentences"][name].splitlines()
            made = [paragraph(style, run(line), properties) for line in lines]
        elif kind == "charts":
            numbers[kind] += 1
            picture = paragraph(style, run(f"{{{{ charts.{name} }}}}"))
            made = [caption("Figure", numbers[kind], words["charts"][name]), picture]
        else:
            numbers[kind] += 1
            table = words["tables"][name]
            made = [
                caption("Table", numbers[kind], table["title"]),
                table_xml(name, table),
                paragraph("Note", run(table.get("note", SOURCE))),
            ]
        for xml in made:
            old.addprevious(parse_xml(xml))
        old.getparent().remove(old)


def fill_contents(body: Any) -> None:
    """The contents as Word leaves them when it is told to update them."""
    entries, numbers = [], [0, 0]
    for heading in body.iter(qn("w:p")):
        if heading.style not in CONTENTS:
            continue
        style, level = CONTENTS[heading.style]
        text = shown(heading)
        if level:
            numbers = [numbers[0] + 1, 0] if level == 1 else [numbers[0], numbers[1] + 1]
            text = f"{numbers[0]}.{numbers[1]}\t{text}"
        entries.append(paragraph(style, run(text)))
    (place,) = (p for p in body.iter(qn("w:p")) if shown(p) == "{{ contents }}")
    (mark,) = (t.getparent() for t in place.iter(qn("w:t")))
    for entry in reversed(entries[1:]):
        place.addnext(parse_xml(entry))
    mark.getparent().replace(mark, parse_xml(entries[0])[-1])


def fill_words(root: Any, words: Mapping[str, str]) -> None:
    """Type the words that do not change, and rename the placeholders that do."""
    for text in root.iter(qn("w:t")):
        for name, value in words.items():
            text.text = text.text.replace(f"{{{{ {name} }}}}", value)


def shown(element: Any) -> str:
    """The text of a paragraph."""
    return "".join(text.text for text in element.iter(qn("w:t")))


def main() -> None:
    """Write the template."""
    settings = tomllib.loads((PROJECT / "report.toml").read_text(encoding="utf-8"))
    words = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
    fixed = words["words"] | {"report.title": settings["title"]}
    for part in ("landlord", "details"):
        fixed |= {f"{part}.{name}": value for name, value in settings[part].items()}
    document = docx.Document(str(BASE))
    body = document.element.body
    fill_blocks(body, words)
    fill_words(body, fixed)
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            fill_words(relation.target_part.element, fixed)
    fill_contents(body)
    document.core_properties.title = settings["title"]
    document.core_properties.author = settings["landlord"]["name"]
    document.save(str(TEMPLATE))
    print(f"Written: {TEMPLATE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()

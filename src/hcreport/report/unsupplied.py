"""What a report will have to say is not supplied, found by reading its template and not writing it.

Settings, texts and tables that the template asks for and nobody gave, in the words of a build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport import sections
from hcreport.marks import Reference
from hcreport.problems import CannotRun
from hcreport.report import narrative
from hcreport.report.supplied import lacking
from hcreport.report.template_check import Checked
from hcreport.tables import Absent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from hcreport.marks import Block
    from hcreport.report.template_check import OfProject
    from hcreport.sections.section import Writer


def unsupplied(folder: Path, w: Writer, templates: Iterable[OfProject]) -> tuple[str, ...]:
    """Everything that is missing, in the order of each template; settings first.

    Of a template that cannot be read nothing is known.
    """
    found: list[str] = []
    for template in templates:
        if isinstance(template.result, Checked):
            found += template.result.absent
            found += _missing(folder, w, template.result.blocks)
            found += _lost(folder, w, template.result)
    return tuple(dict.fromkeys(found))


def _missing(folder: Path, w: Writer, blocks: Iterable[Block]) -> Iterator[str]:
    tables = {name: make for part in sections.of(w.settings) for name, make in part.tables.items()}
    without = lacking(w)
    for block in blocks:
        yield from without.get(f"{block.kind}.{block.name}", ())
        if block.kind == "text" and not narrative.is_written(folder, block.name, w):
            yield f"{narrative.FOLDER}/{block.name}.md"
        elif block.kind == "tables":
            made = tables[block.name](w)
            if isinstance(made, Absent) and made.not_supplied:
                yield made.not_supplied


def _lost(folder: Path, w: Writer, template: Checked) -> Iterator[str]:
    """The tables and charts that sentences refer to and the report will not have."""
    referred = list(template.references)
    for block in template.blocks:
        if block.kind == "text":
            referred += _references(folder, block.name, w)
    asked = {(block.kind, block.name) for block in template.blocks}
    for reference in dict.fromkeys(referred):
        if (reference.kind, reference.name) not in asked or not _is_made(reference, w):
            yield f"{reference.kind}.{reference.name}, which the text refers to"


def _references(folder: Path, name: str, w: Writer) -> Iterator[Reference]:
    """What a text refers to; nothing where it has a fault, which is told by itself."""
    try:
        paragraphs = narrative.read(folder, name, w)
    except CannotRun:
        return
    for piece in w.marks.split("".join(span.text for p in paragraphs for span in p.spans)):
        if isinstance(piece, Reference):
            yield piece


def _is_made(reference: Reference, w: Writer) -> bool:
    """Whether there is such a table or chart this year."""
    for part in sections.of(w.settings):
        if reference.kind == "tables" and reference.name in part.tables:
            return not isinstance(part.tables[reference.name](w), Absent)
        if reference.kind == "charts" and reference.name in part.charts:
            return part.charts[reference.name](w) is not None
    return False

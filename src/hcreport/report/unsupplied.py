"""What a report will have to say is not supplied, found by reading its template and not writing it.

Settings, texts and tables that the template asks for and nobody gave, in the words of a build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

from hcreport import sections
from hcreport.marks import Block, has_mark
from hcreport.report import narrative
from hcreport.report.placeholders import Faults
from hcreport.report.word import document
from hcreport.report.word.xml import text_of
from hcreport.tables import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hcreport.sections.section import Writer


def unsupplied(folder: Path, w: Writer) -> tuple[str, ...]:
    """Everything that is missing, in the order of the template; settings first.

    Raises CannotRun when there is no template, or it cannot be read.
    """
    faults = Faults()
    template = document.rendered(document.find_template(folder, w.settings.template), w, faults)
    blocks = [block for root in document.stories(template) for block in _blocks(root, w)]
    return tuple(dict.fromkeys([*faults.absent, *_missing(folder, w, blocks)]))


def _blocks(root: Any, w: Writer) -> Iterator[Block]:
    for paragraph in root.iter(qn("w:p")):
        text = text_of(paragraph)
        if has_mark(text):
            yield from (piece for piece in w.marks.split(text) if isinstance(piece, Block))


def _missing(folder: Path, w: Writer, blocks: list[Block]) -> Iterator[str]:
    tables = {name: make for part in sections.of(w.settings) for name, make in part.tables.items()}
    for block in blocks:
        if block.kind == "text" and not narrative.read(folder, block.name, w):
            yield f"{narrative.FOLDER}/{block.name}.md"
        elif block.kind == "tables":
            made = tables[block.name](w)
            if isinstance(made, Absent) and made.not_supplied:
                yield made.not_supplied

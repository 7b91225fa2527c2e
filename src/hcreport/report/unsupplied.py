"""What a report will have to say is not supplied, found by reading its template and not writing it.

Settings, texts and tables that the template asks for and nobody gave, in the words of a build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport import sections
from hcreport.report import narrative
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
            found += [*template.result.absent, *_missing(folder, w, template.result.blocks)]
    return tuple(dict.fromkeys(found))


def _missing(folder: Path, w: Writer, blocks: Iterable[Block]) -> Iterator[str]:
    tables = {name: make for part in sections.of(w.settings) for name, make in part.tables.items()}
    for block in blocks:
        if block.kind == "text" and not narrative.is_written(folder, block.name, w):
            yield f"{narrative.FOLDER}/{block.name}.md"
        elif block.kind == "tables":
            made = tables[block.name](w)
            if isinstance(made, Absent) and made.not_supplied:
                yield made.not_supplied

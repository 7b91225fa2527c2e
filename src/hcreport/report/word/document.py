"""The Word report as bytes: template, placeholders, walk, contents, properties."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from hcreport.archive import settled
from hcreport.marks import has_mark
from hcreport.problems import CannotRun
from hcreport.report.placeholders import Faults, context, printed
from hcreport.report.word.contents import Outline, fill
from hcreport.report.word.fitting import fit
from hcreport.report.word.lists import Lists
from hcreport.report.word.package import Package
from hcreport.report.word.standing_in import stand_in
from hcreport.report.word.texts import Texts
from hcreport.report.word.walk import Content, Walk
from hcreport.report.word.xml import paragraph, parsed, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hcreport.sections.section import Writer

HYPERLINK = RELATIONSHIP_TYPE.HYPERLINK
DRAFT = "DRAFT: made while the data still had errors. Not for publication."


@dataclass(frozen=True)
class Written:
    """The report as bytes, what it had to say was not supplied, and its tables in order."""

    content: bytes
    missing: tuple[str, ...]
    tables: tuple[str, ...]


def write(template: Path, w: Writer, content: Content, *, draft: bool) -> Written:
    """The finished report. Raises CannotRun when the template asks for what there is not."""
    faults = Faults()
    document = rendered(template, w, faults)

    def add_picture(png: bytes) -> str:
        relation, _ = document.part.get_or_add_image(io.BytesIO(png))
        return str(relation)

    outline = Outline.of(document)
    texts = Texts(w.marks, outline, Lists(document, outline))
    walk = Walk(w.marks, content, add_picture, outline, texts)
    for part, root in list(_parts(document)):
        walk.over(root, partial(part.relate_to, reltype=HYPERLINK, is_external=True))
    _fill_footnotes(document, walk)
    faults.stop_if_any(template.name)
    for placeholder in walk.contents:
        fill(placeholder, document.element.body, Outline.of(document))
    fit(document.element.body)
    if draft:
        _mark_as_draft(document)
    stand_in(document, stories(document))
    document.core_properties.title = w.settings.title
    document.core_properties.author = w.settings.landlord.name
    out = io.BytesIO()
    document.save(out)
    _refuse_leftovers(document, template)
    return Written(settled(out.getvalue()), tuple(dict.fromkeys(walk.missing)), tuple(walk.placed))


def _fill_footnotes(document: Any, walk: Walk) -> None:
    """Write the figures into footnotes, which the library keeps as bytes."""
    for relation in list(document.part.rels.values()):
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            part = relation.target_part
            root = parse_xml(part.blob)
            walk.over(root, partial(part.relate_to, reltype=HYPERLINK, is_external=True))
            part._blob = serialize_part_xml(root)  # noqa: SLF001  (it has no other way in)


def _refuse_leftovers(document: Any, template: Path) -> None:
    """No mark may be left where the walk does not go, such as an endnote."""
    for part in document.part.package.iter_parts():
        if has_mark(part.blob.decode("utf-8", "replace") if part.blob[:1] == b"<" else ""):
            raise CannotRun(
                f"{template.name}: there is a placeholder in {part.partname}.",
                "Placeholders work in text, tables, text boxes, headers, footers and footnotes.",
            )


def rendered(template: Path, w: Writer, faults: Faults) -> Any:
    """The template as a document, with every placeholder turned into a mark.

    Raises CannotRun when the template cannot be read or worked out.
    """
    Package.open(template)  # what is no Word document is refused
    named = context(w, faults)
    environment = SandboxedEnvironment(
        undefined=faults.undefined(named), autoescape=True, finalize=printed
    )
    try:
        found = DocxTemplate(str(template))
        found.render(named, environment, autoescape=True)
    except CannotRun as fault:
        raise CannotRun(f"{template.name}: {fault.message}", fault.hint) from None
    except TemplateError as fault:
        raise CannotRun(
            f"{template.name}: a placeholder cannot be read: {str(fault).rstrip('.')}.",
            "Look for {{ without }}, a name with a space in it, or {% if %} without {% endif %}.",
        ) from None
    except (TypeError, ValueError, ArithmeticError) as fault:
        raise CannotRun(
            f"{template.name}: a placeholder cannot be worked out: {fault}.",
            "Write placeholders as {{ stage1.received }}; docs/placeholders.md lists them.",
        ) from None
    return found.docx


def stories(document: Any) -> Iterator[Any]:
    """The body, and every header and footer."""
    return (root for _, root in _parts(document))


def _parts(document: Any) -> Iterator[tuple[Any, Any]]:
    """The same, each with the part of the package that it stands in."""
    yield document.part, document.element.body
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part, relation.target_part.element


def _mark_as_draft(document: Any) -> None:
    """Say at the head of every page that this is a draft."""
    for number, section in enumerate(document.sections):
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        for header in headers:
            if number == 0 and header.is_linked_to_previous:
                header.is_linked_to_previous = False  # the first section has none: make one
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/header"):
            mark = parsed(paragraph("Header", run(DRAFT, "<w:b/>")))
            relation.target_part.element.insert(0, mark)

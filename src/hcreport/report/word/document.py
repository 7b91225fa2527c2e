"""A Word document as bytes: template, placeholders, walk, contents, properties."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from hcreport.archive import settled
from hcreport.marks import has_mark
from hcreport.problems import CannotRun
from hcreport.report.faults import Faults
from hcreport.report.placeholders import context, printed
from hcreport.report.word import draft as drafts
from hcreport.report.word import imprint as imprints
from hcreport.report.word import pages, references
from hcreport.report.word.contents import Outline, fill
from hcreport.report.word.controls import Controls, numbers
from hcreport.report.word.fitting import fit
from hcreport.report.word.imprint import Imprint
from hcreport.report.word.lists import Lists
from hcreport.report.word.package import Package
from hcreport.report.word.standing_in import stand_in
from hcreport.report.word.texts import Texts
from hcreport.report.word.walk import Content, Walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hcreport.sections.section import Writer

_STORIES = (RT.HEADER, RT.FOOTER, RT.FOOTNOTES)


@dataclass(frozen=True)
class Written:
    """A document as bytes, what it had to say was not supplied, and its tables in order."""

    content: bytes
    missing: tuple[str, ...]
    tables: tuple[str, ...]


def write(template: Path, w: Writer, content: Content, title: str, *, draft: bool) -> Written:
    """The finished document. Raises CannotRun when the template asks for what there is not."""
    faults = Faults()
    document = rendered(template, w, faults)

    def add_picture(png: bytes) -> str:
        relation, _ = document.part.get_or_add_image(io.BytesIO(png))
        return str(relation)

    imprint = Imprint(imprints.identity(w, draft=draft))
    controls = Controls(w.marks, numbers(stories(document)), imprint)
    outline = Outline.of(document)
    texts = Texts(w.marks, controls, outline, Lists(document, outline))
    walk = Walk(w.marks, content, controls, add_picture, outline, texts)
    for part, root in _parts(document):
        walk.over(root, partial(part.relate_to, reltype=RT.HYPERLINK, is_external=True))
    faults.stop_if_any(template.name)
    lost = references.put(stories(document), w.marks, walk.labels)
    lacking = (f"{name}, which the text refers to" for name in lost)
    missing = (*faults.absent, *walk.missing, *lacking)
    pages.turn(document, walk.wide)
    controls.settle(stories(document))
    for placeholder in walk.contents:
        fill(placeholder, document.element.body, Outline.of(document))
    fit(document.element.body)
    if draft:
        drafts.mark(document)
    _enclose(document, imprint)
    stand_in(document, stories(document))
    document.core_properties.title = title
    document.core_properties.author = w.settings.landlord.name
    out = io.BytesIO()
    document.save(out)
    _refuse_leftovers(document, template)
    return Written(settled(out.getvalue()), tuple(dict.fromkeys(missing)), tuple(walk.placed))


def _enclose(document: Any, imprint: Imprint) -> None:
    """Put the imprint into the package, as the custom XML that Word keeps.

    A template that was once a report of ours has an old one, which this takes the place of.
    """
    package, written = document.part.package, imprints.write(imprint)
    for relation in document.part.rels.values():
        if relation.reltype == RT.CUSTOM_XML and imprints.read(relation.target_part.blob):
            relation.target_part._blob = written  # noqa: SLF001  (a plain part has no setter)
            return
    name = package.next_partname("/customXml/item%d.xml")
    part = Part(name, CT.XML, written, package)
    number = name.rpartition("item")[2]
    properties = Part(
        PackURI(f"/customXml/itemProps{number}"),
        CT.OFC_CUSTOM_XML_PROPERTIES,
        imprints.PROPERTIES,
        package,
    )
    part.relate_to(properties, RT.CUSTOM_XML_PROPS)
    document.part.relate_to(part, RT.CUSTOM_XML)


def _open_footnotes(document: Any) -> None:
    """Keep the footnotes as XML, like every other story; the library has them as bytes."""
    for relation in document.part.rels.values():
        if relation.reltype == RT.FOOTNOTES and not isinstance(relation.target_part, XmlPart):
            part = relation.target_part
            root = parse_xml(part.blob)
            opened = XmlPart(part.partname, part.content_type, root, part.package)
            for held in part.rels.values():
                target = held.target_ref if held.is_external else held.target_part
                opened.rels.add_relationship(held.reltype, target, held.rId, held.is_external)
            relation._target = opened  # noqa: SLF001  (a relation has no setter)


def _refuse_leftovers(document: Any, template: Path) -> None:
    """No mark may be left where the walk does not go, such as an endnote."""
    for part in document.part.package.iter_parts():
        if has_mark(part.blob.decode("utf-8", "replace") if part.blob[:1] == b"<" else ""):
            raise CannotRun(
                f"{template.name}: there is a placeholder in {part.partname}.",
                "Move it into the text, a table, a text box, a header, a footer or a footnote.",
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
    _open_footnotes(found.docx)
    return found.docx


def stories(document: Any) -> Iterator[Any]:
    """The body, every header and footer, and the footnotes."""
    return (root for _, root in _parts(document))


def _parts(document: Any) -> list[tuple[Any, Any]]:
    """The same, each with the part of the package that it stands in."""
    related = [
        relation.target_part
        for relation in document.part.rels.values()
        if relation.reltype in _STORIES
    ]
    return [(document.part, document.element.body), *((part, part.element) for part in related)]

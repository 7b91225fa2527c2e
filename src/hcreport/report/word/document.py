"""A Word document as bytes: template, placeholders, walk, contents, properties."""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from hcreport.archive import settled
from hcreport.marks import has_mark
from hcreport.problems import CannotRun, did_you_mean
from hcreport.report.placeholders import Faults, context
from hcreport.report.word import draft as drafts
from hcreport.report.word import imprint as imprints
from hcreport.report.word.contents import Outline, fill
from hcreport.report.word.controls import Controls
from hcreport.report.word.imprint import Imprint
from hcreport.report.word.walk import Content, Walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.sections.section import Writer


def find_template(folder: Path, name: str, setting: str = "template") -> Path:
    """The template that a setting names: a bundled one, or a .docx of the project's own.

    Raises CannotRun when there is none such.
    """
    own = folder / name
    if own.suffix == ".docx" and own.is_file():
        return own
    path = _bundled_folder() / f"{name}.docx"
    if path.is_file():
        return path
    known = bundled()
    hint = did_you_mean(name, known) or f"Bundled templates: {', '.join(known)}."
    raise CannotRun(f"report.toml: {setting}: there is no template {name!r}.", hint)


def bundled() -> list[str]:
    """The names of the bundled templates."""
    return sorted(path.stem for path in _bundled_folder().glob("*.docx"))


def _bundled_folder() -> Path:
    """Where the templates lie: inside the installed package, or at the top of a checkout."""
    inside = Path(str(files("hcreport"))) / "templates"
    return inside if inside.is_dir() else inside.parents[2] / "templates"


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

    controls = Controls(taken=_taken(document), imprint=Imprint(imprints.identity(w, draft=draft)))
    walk = Walk(w.marks, content, controls, add_picture)
    for root in stories(document):
        walk.over(root)
    faults.stop_if_any(template.name)
    for placeholder in walk.contents:
        fill(placeholder, document.element.body, Outline.of(document))
    if draft:
        drafts.mark(document)
    _enclose(document, controls.imprint)
    document.core_properties.title = title
    document.core_properties.author = w.settings.landlord.name
    out = io.BytesIO()
    document.save(out)
    _refuse_leftovers(document, template)
    return Written(settled(out.getvalue()), tuple(dict.fromkeys(walk.missing)), tuple(walk.placed))


def _taken(document: Any) -> set[str]:
    """The numbers of the content controls that a template has of its own."""
    return {
        number.get(qn("w:val"))
        for root in stories(document)
        for number in root.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}")
    }


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


def _refuse_leftovers(document: Any, template: Path) -> None:
    """No mark may be left where the walk does not go, such as a footnote."""
    for part in document.part.package.iter_parts():
        if has_mark(part.blob.decode("utf-8", "replace") if part.blob[:1] == b"<" else ""):
            raise CannotRun(
                f"{template.name}: there is a placeholder in {part.partname}.",
                "Placeholders work in the text, in tables and text boxes, in headers and footers.",
            )


def rendered(template: Path, w: Writer, faults: Faults) -> Any:
    """The template as a document, with every placeholder turned into a mark.

    Raises CannotRun when the template cannot be read or worked out.
    """
    named = context(w, faults)
    environment = SandboxedEnvironment(undefined=faults.undefined(named), autoescape=True)
    try:
        found = DocxTemplate(str(template))
        found.render(named, environment, autoescape=True)
    except PackageNotFoundError:
        raise CannotRun(f"{template} is not a Word document.", "Save it as .docx.") from None
    except CannotRun as fault:
        raise CannotRun(f"{template.name}: {fault.message}", fault.hint) from None
    except TemplateError as fault:
        raise CannotRun(
            f"{template.name}: a placeholder cannot be read: {fault}.",
            "Look for {{ without }}, or a name with a space in it.",
        ) from None
    except (TypeError, ValueError, ArithmeticError) as fault:
        raise CannotRun(
            f"{template.name}: a placeholder cannot be worked out: {fault}.",
            "Write placeholders as {{ stage1.received }}; docs/placeholders.md lists them.",
        ) from None
    return found.docx


def stories(document: Any) -> Iterator[Any]:
    """The body, and every header and footer."""
    yield document.element.body
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part.element

"""The Word report as bytes: template, placeholders, walk, contents, properties."""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from hcreport.archive import settled
from hcreport.marks import has_mark
from hcreport.problems import CannotRun, did_you_mean
from hcreport.report.placeholders import Faults, context
from hcreport.report.word.contents import Outline, fill
from hcreport.report.word.walk import Content, Walk
from hcreport.report.word.xml import paragraph, parsed, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.sections.section import Writer

DRAFT = "DRAFT: made while the data still had errors. Not for publication."


def find_template(folder: Path, name: str) -> Path:
    """The template that settings name: a bundled one, or a .docx of the project's own.

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
    raise CannotRun(f"report.toml: template: there is no template {name!r}.", hint)


def bundled() -> list[str]:
    """The names of the bundled templates."""
    return sorted(path.stem for path in _bundled_folder().glob("*.docx"))


def _bundled_folder() -> Path:
    """Where the templates lie: inside the installed package, or at the top of a checkout."""
    inside = Path(str(files("hcreport"))) / "templates"
    return inside if inside.is_dir() else inside.parents[2] / "templates"


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

    walk = Walk(w.marks, content, add_picture)
    for root in stories(document):
        walk.over(root)
    faults.stop_if_any(template.name)
    for placeholder in walk.contents:
        fill(placeholder, document.element.body, Outline.of(document))
    if draft:
        _mark_as_draft(document)
    document.core_properties.title = w.settings.title
    document.core_properties.author = w.settings.landlord.name
    out = io.BytesIO()
    document.save(out)
    _refuse_leftovers(document, template)
    missing = tuple(dict.fromkeys([*faults.absent, *walk.missing]))
    return Written(settled(out.getvalue()), missing, tuple(walk.placed))


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

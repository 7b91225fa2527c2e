"""The Word report as bytes: template, placeholders, walk, contents, properties."""

from __future__ import annotations

import io
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from hcreport.archive import settled
from hcreport.problems import CannotRun, did_you_mean
from hcreport.report.placeholders import Faults, context
from hcreport.report.word.contents import Outline, fill
from hcreport.report.word.walk import Content, Walk
from hcreport.report.word.xml import paragraph, parsed, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    known = sorted(p.stem for p in _bundled_folder().glob("*.docx"))
    hint = did_you_mean(name, known) or f"Bundled templates: {', '.join(known)}."
    raise CannotRun(f"report.toml: template: there is no template {name!r}.", hint)


def _bundled_folder() -> Path:
    """Where the templates lie: inside the installed package, or at the top of a checkout."""
    inside = Path(str(files("hcreport"))) / "templates"
    return inside if inside.is_dir() else inside.parents[2] / "templates"


def write(template: Path, w: Writer, content: Content, *, draft: bool) -> bytes:
    """The finished report. Raises CannotRun when the template asks for what there is not."""
    faults = Faults()
    named = context(w, faults)
    document = _rendered(template, named).docx

    def add_picture(png: bytes) -> str:
        relation, _ = document.part.get_or_add_image(io.BytesIO(png))
        return str(relation)

    walk = Walk(w.marks, content, named, add_picture)
    for root in _stories(document):
        walk.over(root)
    faults.stop_if_any(template.name)
    for placeholder in walk.contents:
        outline = Outline(document.styles.element, document.part.numbering_part.element)
        fill(placeholder, document.element.body, outline)
    if draft:
        _mark_as_draft(document)
    document.core_properties.title = w.settings.title
    document.core_properties.author = w.settings.landlord.name
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())


def _rendered(template: Path, named: Mapping[str, Any]) -> Any:
    """The template with every placeholder turned into a mark."""
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        rendered = DocxTemplate(str(template))
        rendered.render(dict(named), environment, autoescape=True)
    except UndefinedError as fault:
        name = str(fault).split("'")[1] if "'" in str(fault) else str(fault)
        near = did_you_mean(name, named) or "docs/placeholders.md lists every name."
        raise CannotRun(f"{template.name}: there is no placeholder {name}.", near) from None
    except TemplateError as fault:
        raise CannotRun(
            f"{template.name}: a placeholder cannot be read: {fault}.",
            "Look for {{ without }}, or a name with a space in it.",
        ) from None
    return rendered


def _stories(document: Any) -> Iterator[Any]:
    """The body, and every header and footer."""
    yield document.element.body
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part.element


def _mark_as_draft(document: Any) -> None:
    """Say at the head of every page that this is a draft."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/header"):
            mark = parsed(paragraph("Header", run(DRAFT, "<w:b/>")))
            relation.target_part.element.insert(0, mark)

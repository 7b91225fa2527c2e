"""What people write: ``text/*.md`` of a project folder, with figure placeholders in sentences.

Markdown is read as paragraphs, bullets and emphasis; each takes a style of the template, so a
text looks like the report around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from hcreport.problems import CannotRun

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from markdown_it.token import Token

FOLDER = "text"


@dataclass(frozen=True)
class Span:
    """Words set alike."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a text, or a bullet."""

    spans: tuple[Span, ...]
    is_bullet: bool = False


def read(folder: Path, name: str, named: Mapping[str, Any]) -> tuple[Paragraph, ...]:
    """A text's paragraphs, its placeholders turned to marks; empty where there is no such file.

    Raises CannotRun when the file is not UTF-8 or a placeholder is not well formed.
    """
    path = folder / FOLDER / f"{name}.md"
    if not path.is_file():
        return ()
    shown = f"{FOLDER}/{name}.md"
    try:
        source = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CannotRun(f"{shown} is not UTF-8 text.", "Save it again as UTF-8.") from None
    environment = SandboxedEnvironment(undefined=StrictUndefined)
    try:
        return tuple(_paragraphs(environment.from_string(source).render(named)))
    except TemplateError as fault:
        line = getattr(fault, "lineno", None)
        place = f"{shown}, line {line}" if line else shown
        raise CannotRun(
            f"{place}: {fault}.", "Write placeholders as {{ stage1.received }}."
        ) from None


def _paragraphs(markdown: str) -> Iterator[Paragraph]:
    from markdown_it import MarkdownIt  # noqa: PLC0415  (only reports with a narrative need it)

    depth = 0
    for token in MarkdownIt("commonmark").parse(markdown):
        depth += (token.type == "list_item_open") - (token.type == "list_item_close")
        if token.type == "inline" and token.children:
            spans = tuple(_spans(token.children))
            if spans:
                yield Paragraph(spans, is_bullet=depth > 0)


def _spans(children: Sequence[Token]) -> Iterator[Span]:
    bold = italic = 0
    for child in children:
        bold += (child.type == "strong_open") - (child.type == "strong_close")
        italic += (child.type == "em_open") - (child.type == "em_close")
        if child.type in {"softbreak", "hardbreak"}:
            yield Span(" ", bold > 0, italic > 0)
        elif child.content:
            yield Span(child.content, bold > 0, italic > 0)

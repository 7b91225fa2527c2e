"""What people write: ``text/*.md`` of a project folder, with figure placeholders in sentences.

Each paragraph takes a style of the template, so a text looks like the report around it; what of
Markdown a text may hold, ``markdown.py`` says. A comment, ``<!-- so -->``, is for whoever writes
and is never printed: a text of nothing else is one that was not supplied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from hcreport.marks import Block
from hcreport.problems import CannotRun
from hcreport.report import markdown
from hcreport.report.faults import Faults
from hcreport.report.markdown import as_words
from hcreport.report.placeholders import context, printed
from hcreport.report.trial import TAG, straightened

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.report.markdown import Paragraph
    from hcreport.sections.section import Writer

FOLDER = "text"
# What the texts of our templates are called in print; any other goes by its file's name.
TITLES: Mapping[str, str] = {
    "background": "what stands behind the figures",
    "climate": "what this means for the climate and the environment",
    "communication": "what is to be communicated, and how",
    "consultation": "who was consulted, and who takes part",
    "equality": "what this means for equality, diversity and inclusion",
    "financial": "what else this means for our finances",
    "foreword": "the foreword",
    "governing_body_response": "the response of the governing body",
    "how_to_complain": "how to complain to us",
    "how_to_reach_the_ombudsman": "how to reach the Housing Ombudsman",
    "human_resources": "what this means for staff and property",
    "issues_and_trends": "the issues and trends that complaints show",
    "leader_comments": "the comments of the Leader",
    "legal": "what else the law asks for",
    "non_compliance": "the Ombudsman's findings that the Code was not followed",
    "ombudsman_publications": "what else the Ombudsman has published about us",
    "ombudsman_report": "what the Ombudsman's report on our performance says",
    "reporting": "how complaints are reported through the year",
    "self_assessment": "our own words on the self-assessment",
    "service_improvements": "the services improved because of complaints",
    "stock": "the homes that we own",
}
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def titled(name: str) -> str:
    """What a text is about, to follow "Not supplied:"."""
    return TITLES.get(name, name.replace("_", " "))


def read(folder: Path, name: str, w: Writer) -> tuple[Paragraph, ...]:
    """A text's paragraphs, its placeholders turned to marks; empty where nobody has written one.

    Raises CannotRun when the file is not UTF-8, or holds an unknown placeholder or Markdown that
    a report has no style for.
    """
    source, shown = typed(folder, name), shown_as(name)
    if not source:
        return ()
    faults = Faults()
    rendered = as_markdown(source, shown, w, faults)
    faults.stop_if_any(shown)
    paragraphs = markdown.paragraphs(rendered, shown)
    for block in blocks(w, "".join(s.text for p in paragraphs for s in p.spans)):
        message, hint = no_place_for(block)
        raise CannotRun(f"{shown}: {message}", hint)
    return paragraphs


def is_written(folder: Path, name: str, w: Writer) -> bool:
    """Whether somebody has written a text, even one with a fault in it."""
    try:
        return bool(read(folder, name, w))
    except CannotRun:
        return True


def names(folder: Path) -> list[str]:
    """The texts of a project, by name."""
    return sorted(path.stem for path in (folder / FOLDER).glob("*.md"))


def shown_as(name: str) -> str:
    """A text's file, as messages name it."""
    return f"{FOLDER}/{name}.md"


def typed(folder: Path, name: str) -> str:
    """A text as it was typed, without its comments; empty where there is no such file.

    Raises CannotRun when it is not UTF-8.
    """
    path = folder / FOLDER / f"{name}.md"
    if not path.is_file():
        return ""
    try:
        source = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CannotRun(f"{shown_as(name)} is not UTF-8 text.", "Save it again as UTF-8.") from None
    except OSError as fault:
        message = f"{shown_as(name)} cannot be read: {fault.strerror}."
        raise CannotRun(message, "Check the file.") from None
    return TAG.sub(lambda tag: straightened(tag[0]), _COMMENT.sub(_blank_lines, source))


def blocks(w: Writer, text: str) -> Iterator[Block]:
    """The tables and charts in a text, which belong into a template."""
    return (piece for piece in w.marks.split(text) if isinstance(piece, Block))


def no_place_for(block: Block) -> tuple[str, str]:
    """What is said of a table or a chart in a text, and what to do."""
    name = f"{block.kind}.{block.name}".rstrip(".")
    return (
        f"{{{{ {name} }}}} does not belong in a text.",
        "Tables and charts stand in the template; a text takes figures.",
    )


def _blank_lines(comment: re.Match[str]) -> str:
    """As many line ends as a comment has, so that faults after it name the right line."""
    return "\n" * comment[0].count("\n")


def as_words_of(value: object) -> str:
    """What a placeholder prints in a text: words that mean themselves."""
    return as_words(printed(value))


def as_markdown(source: str, shown: str, w: Writer, faults: Faults) -> str:
    """A text with its placeholders turned to marks. Raises CannotRun where Jinja cannot."""
    named = context(w, faults)
    environment = SandboxedEnvironment(undefined=faults.undefined(named), finalize=as_words_of)
    hint = "Write placeholders as {{ stage1.received }}; docs/placeholders.md lists them."
    try:
        return environment.from_string(source).render(named)
    except CannotRun as fault:
        raise CannotRun(f"{shown}: {fault.message}", fault.hint) from None
    except TemplateError as fault:
        line = getattr(fault, "lineno", None)
        place = f"{shown}, line {line}" if line else shown
        raise CannotRun(f"{place}: a placeholder cannot be read.", hint) from None
    except (TypeError, ValueError, ArithmeticError):
        raise CannotRun(f"{shown}: a placeholder cannot be worked out.", hint) from None

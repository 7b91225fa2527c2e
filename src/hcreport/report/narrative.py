"""What people write: ``text/*.md`` of a project folder, with figure placeholders in sentences.

Each paragraph takes a style of the template, so a text looks like the report around it; what of
Markdown a text may hold, ``markdown.py`` says. A comment, ``<!-- so -->``, is for whoever writes
and is never printed: a text of nothing else is one that was not supplied.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from hcreport.marks import Block
from hcreport.problems import CannotRun, Place, Problem, Rule, Severity
from hcreport.report import markdown
from hcreport.report.markdown import as_words
from hcreport.report.placeholders import Faults, context, printed

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


NO_VALUE = Rule(
    "T101",
    Severity.WARNING,
    "A figure in a text has no value",
    "Leave the sentence out this year, or supply what the figure needs.",
)
WITHHELD = Rule(
    "T102",
    Severity.WARNING,
    "A figure in a text is withheld",
    "Leave the sentence out, or speak of a larger group; settings say what is withheld.",
)
RULES = (NO_VALUE, WITHHELD)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def titled(name: str) -> str:
    """What a text is about, to follow "Not supplied:"."""
    return TITLES.get(name, name.replace("_", " "))


def read(folder: Path, name: str, w: Writer) -> tuple[Paragraph, ...]:
    """A text's paragraphs, its placeholders turned to marks; empty where nobody has written one.

    Raises CannotRun when the file is not UTF-8, or holds an unknown placeholder or Markdown that
    a report has no style for.
    """
    return _read(folder, name, w, Faults())


def check(folder: Path, name: str, w: Writer) -> tuple[Problem, ...]:
    """A problem for each figure in a text that has no value, or is withheld.

    Raises CannotRun as ``read`` does.
    """
    faults = Faults()
    _read(folder, name, w, faults)
    place = Place(_shown(name))
    kinds = (
        (NO_VALUE, faults.empty, "it stands in a sentence and there is no number for it"),
        (WITHHELD, faults.withheld, "it stands in a sentence and is printed as [c]"),
    )
    return tuple(
        Problem(rule, place, message, figure)
        for rule, figures, message in kinds
        for figure in dict.fromkeys(figures)
    )


def _shown(name: str) -> str:
    return f"{FOLDER}/{name}.md"


def _read(folder: Path, name: str, w: Writer, faults: Faults) -> tuple[Paragraph, ...]:
    path = folder / FOLDER / f"{name}.md"
    if not path.is_file():
        return ()
    shown = _shown(name)
    try:
        source = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CannotRun(f"{shown} is not UTF-8 text.", "Save it again as UTF-8.") from None
    source = _COMMENT.sub(_blank_lines, source)
    rendered = _rendered(source, shown, context(w, faults), faults)
    faults.stop_if_any(shown)
    paragraphs = markdown.paragraphs(rendered, shown)
    for piece in w.marks.split("".join(s.text for p in paragraphs for s in p.spans)):
        if isinstance(piece, Block):
            raise CannotRun(
                f"{shown}: {{{{ {piece.kind}.{piece.name} }}}} does not belong in a text.",
                "Tables and charts stand in the template; a text takes figures.",
            )
    return paragraphs


def _blank_lines(comment: re.Match[str]) -> str:
    """As many line ends as a comment has, so that faults after it name the right line."""
    return "\n" * comment[0].count("\n")


def _rendered(source: str, shown: str, named: Mapping[str, Any], faults: Faults) -> str:
    environment = SandboxedEnvironment(
        undefined=faults.undefined(named), finalize=lambda value: as_words(printed(value))
    )
    hint = "Write placeholders as {{ stage1.received }}; docs/placeholders.md lists them."
    try:
        return environment.from_string(source).render(named)
    except CannotRun as fault:
        raise CannotRun(f"{shown}: {fault.message}", fault.hint) from None
    except TemplateError as fault:
        line = getattr(fault, "lineno", None)
        place = f"{shown}, line {line}" if line else shown
        raise CannotRun(f"{place}: {fault}.", hint) from None
    except (TypeError, ValueError, ArithmeticError) as fault:
        raise CannotRun(f"{shown}: a placeholder cannot be worked out: {fault}.", hint) from None

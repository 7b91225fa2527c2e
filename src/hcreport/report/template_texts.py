"""Which texts and details a template asks for, and those that it does not."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from hcreport.problems import CannotRun, Place, Problem, Rule, Severity, did_you_mean
from hcreport.report import narrative
from hcreport.report.word.package import Package
from hcreport.report.word.passages import passages
from hcreport.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from hcreport.sections.section import Writer

IDLE = Rule(
    "T104",
    Severity.WARNING,
    "A text that the template does not ask for",
    "Rename the file, or put its placeholder into the template: hcreport template copy.",
)
UNASKED = Rule(
    "T105",
    Severity.WARNING,
    "A detail that nothing asks for",
    "Correct its name under [details], take it out, or put its placeholder into the template.",
)
UNPRINTED = Rule(
    "T106",
    Severity.NOTE,
    "A table or chart of your own that no template asks for",
    "Put its placeholder into the template, alone in a paragraph: hcreport template copy.",
)
RULES = (IDLE, UNASKED, UNPRINTED)
_TAG = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
_BLANK = re.compile(r"\n\s*\n")
_NAMED = re.compile(r"\b(text|details|tables|charts)\.(\w+)")


def texts_of(template: Path) -> tuple[str, ...]:
    """The texts that a template names, in its order. Raises CannotRun when it cannot be read."""
    named = (name for kind, name in _names(template) if kind == "text")
    return tuple(dict.fromkeys(named))


def _names(template: Path) -> Iterator[tuple[str, str]]:
    """The texts, details, tables and charts that a template names, each with its kind."""
    for passage in passages(Package.open(template)):
        yield from _in_tags(passage.text)


def wording(folder: Path, templates: Iterable[Path]) -> Iterator[str]:
    """The paragraphs of texts and templates that hold a placeholder, as somebody typed them.

    Raises CannotRun when a template cannot be read; a text that cannot is passed over.
    """
    for template in templates:
        yield from (p.text for p in passages(Package.open(template)) if _TAG.search(p.text))
    for name in narrative.names(folder):
        with suppress(CannotRun):
            paragraphs = _BLANK.split(narrative.typed(folder, name))
            yield from filter(_TAG.search, paragraphs)


def _in_tags(text: str) -> Iterator[tuple[str, str]]:
    for tag in _TAG.findall(text):
        yield from _NAMED.findall(tag)


def unprinted(templates: Iterable[Path], w: Writer) -> Iterator[Problem]:
    """A note for each table and chart that settings declare and no template has a place for.

    Raises CannotRun when a template cannot be read.
    """
    own = [("tables", name) for name in w.settings.tables]
    own += [("charts", name) for name in w.settings.charts]
    named = {held for template in templates for held in _names(template)} if own else set()
    for kind, name in own:
        if (kind, name) not in named:
            message = f"{{{{ {kind}.{name} }}}} stands in no template, so no document shows it."
            yield Problem(UNPRINTED, Place(SETTINGS, heading=f"{kind}.{name}"), message)


def unasked(folder: Path, templates: Iterable[Path], w: Writer) -> Iterator[Problem]:
    """A problem for each detail of the settings that neither a template nor a text asks for.

    Raises CannotRun when a template cannot be read.
    """
    if not w.settings.details:
        return
    named = {held for template in templates for held in _names(template)}
    for path in sorted((folder / narrative.FOLDER).glob("*.md")):
        with suppress(CannotRun):  # a text that cannot be read is told by itself
            named.update(_in_tags(narrative.typed(folder, path.stem)))
    asked = sorted(name for kind, name in named if kind == "details")
    for name in w.settings.details:
        if name not in asked:
            message = f"nothing is printed from it. {did_you_mean(name, asked)}".rstrip()
            yield Problem(UNASKED, Place(SETTINGS, heading=f"details.{name}"), message)


def idle(folder: Path, templates: Iterable[Path], w: Writer) -> Iterator[Problem]:
    """A problem for each file among the texts that says something and is printed nowhere.

    Raises CannotRun when a template cannot be read.
    """
    asked = {name for template in templates for name in texts_of(template)}
    for path in sorted((folder / narrative.FOLDER).glob("[!.~]*")):
        is_text = path.suffix == ".md"
        if path.is_dir() or (is_text and path.stem in asked):
            continue
        if is_text and not narrative.is_written(folder, path.stem, w):
            continue
        place = Place(f"{narrative.FOLDER}/{path.name}")
        near = did_you_mean(path.name, [f"{name}.md" for name in asked])
        what = "no placeholder of the template asks for it, so it is not printed."
        if not is_text:
            what = "a text is a file NAME.md, so it is not printed."
        yield Problem(IDLE, place, f"{what} {near}".rstrip())

"""Which texts a template asks for, and the texts that it does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hcreport.problems import Place, Problem, Rule, Severity, did_you_mean
from hcreport.report import narrative
from hcreport.report.word.package import Package
from hcreport.report.word.passages import passages

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
RULES = (IDLE,)
_TAG = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
_NAMED = re.compile(r"\btext\.(\w+)")


def texts_of(template: Path) -> tuple[str, ...]:
    """The texts that a template names, in its order. Raises CannotRun when it cannot be read."""
    named = (
        name
        for passage in passages(Package.open(template))
        for tag in _TAG.findall(passage.text)
        for name in _NAMED.findall(tag)
    )
    return tuple(dict.fromkeys(named))


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

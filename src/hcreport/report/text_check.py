"""All that is wrong with people's texts, each fault with its file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.problems import CannotRun, Place, Problem, Rule, Severity
from hcreport.report import markdown, narrative
from hcreport.report.faults import Faults
from hcreport.report.trial import TAG, Trial, blank, loose_braces, without_tags

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hcreport.report.markdown import Refused
    from hcreport.sections.section import Writer

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
TYPED = Rule(
    "T103",
    Severity.WARNING,
    "A figure was typed into a text",
    "Write the placeholder instead, so that the number follows the data; or check it yourself.",
)
FAULTY = Rule(
    "T107",
    Severity.ERROR,
    "A text has a fault",
    "Mend it in the file, at its line; where the data has errors as well, mend those first.",
)
RULES = (NO_VALUE, WITHHELD, TYPED, FAULTY)


def check(folder: Path, name: str, w: Writer) -> tuple[Problem, ...]:
    """Every fault of a text; in one without, each figure that has no value or is withheld."""
    shown = narrative.shown_as(name)
    try:
        source = narrative.typed(folder, name)
        found = sorted(_faults(source, w))
        told = tuple(_on(shown, *fault) for fault in dict.fromkeys(found))
        return told or tuple(_unvalued(source, shown, w))
    except CannotRun as fault:
        # Of the text as a whole: it is no UTF-8, or what stands between {% and %} cannot be read.
        message = fault.message.removeprefix(shown).lstrip(":, ")
        return (Problem(FAULTY, Place(shown), f"{message} {fault.hint}"),)


def _faults(source: str, w: Writer) -> Iterator[Refused]:
    """What is wrong with the placeholders, one by one, and then with the Markdown around them."""
    trial, statements = Trial(w, narrative.as_words_of), "{%" in source
    filled, end = "", 0
    for tag in TAG.finditer(source):
        filled, end = filled + source[end : tag.start()], tag.end()
        # What a loop names is known only inside it, and so is what a group is asked for by.
        if tag[1] is None or (statements and ("(" in tag[1] or not trial.knows(tag[1]))):
            filled += blank(tag)
            continue
        tried = trial.tried(tag[0], tag[1])
        told = [*tried.faults, *map(narrative.no_place_for, narrative.blocks(w, tried.words))]
        for message, hint in told:
            yield _line(source, tag.start()), message, hint
        # A word stands in for a faulty one, so that the Markdown around it is read as it is meant.
        filled += tried.words or "0" + "\n" * tag[0].count("\n")
    for at, (message, hint) in loose_braces(without_tags(source)):
        yield _line(source, at), message, hint
    if not statements:
        yield from markdown.faults(filled + source[end:])


def _line(source: str, at: int) -> int:
    return source.count("\n", 0, at) + 1


def _on(shown: str, line: int, message: str, hint: str) -> Problem:
    return Problem(FAULTY, Place(shown, heading=f"line {line}"), f"{message} {hint}")


def _unvalued(source: str, shown: str, w: Writer) -> Iterator[Problem]:
    """A problem for each figure in a sound text that has no value, or is withheld."""
    faults = Faults()
    rendered = narrative.as_markdown(source, shown, w, faults)
    faults.stop_if_any(shown)
    markdown.paragraphs(rendered, shown)
    kinds = (
        (NO_VALUE, faults.empty, "it stands in a sentence and there is no number for it"),
        (WITHHELD, faults.withheld, "it stands in a sentence and is printed as [c]"),
    )
    for rule, figures, message in kinds:
        for figure in dict.fromkeys(figures):
            yield Problem(rule, Place(shown), message, figure)

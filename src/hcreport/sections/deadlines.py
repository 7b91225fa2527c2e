"""What the Code wants next, and by when: the days that settings give, and those they do not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from hcreport.calendar.periods import in_words
from hcreport.sections.section import Section, listed
from hcreport.tables import Absent, Table, words

if TYPE_CHECKING:
    from datetime import date

    from hcreport.sections.section import Writer


class Step(NamedTuple):
    """A step: its row, where the Code has it, the sentence that a day ends, and a noun for it.

    ``{body}`` stands for what the landlord calls its governing body.
    """

    label: str
    code: str
    sentence: str
    noun: str


# By the setting's name.
STEPS = {
    "self_assessment": Step(
        "Next self-assessment against the Code",
        "8.1(a)",
        "The next self-assessment is to be finished by",
        "the next self-assessment",
    ),
    "report": Step(
        "Next annual report",
        "8.1",
        "The next annual report is due by",
        "the next annual report",
    ),
    "governing_body": Step(
        "Considered by the {body}",
        "8.2",
        "The {body} is to consider report and self-assessment by",
        "the {body} to consider them",
    ),
    "submission": Step(
        "Next submission to the Ombudsman",
        "Section 8",
        "The next submission to the Housing Ombudsman is due by",
        "the next submission to the Ombudsman",
    ),
}
ABSENT = "Not supplied"


def _days(w: Writer) -> dict[str, date | None]:
    return {name: getattr(w.settings.deadlines, name) for name in STEPS}


def _named(w: Writer, text: str) -> str:
    """Words with the governing body's own name."""
    return text.format(body=w.settings.landlord.governing_body)


def commentary(w: Writer) -> Iterator[str]:
    """A sentence for each day that is given, and one for all that are not."""
    days = _days(w)
    given = {name: day for name, day in days.items() if day is not None}
    if not given:
        yield "The days by which the next report and submission are due were not supplied."
        return
    for name, day in given.items():
        yield f"{_named(w, STEPS[name].sentence)} {in_words(day)}."
    missing = [_named(w, STEPS[name].noun) for name in days if name not in given]
    if missing:
        yield f"No day was supplied for {listed(missing)}."


def table(w: Writer) -> Table | Absent:
    """Each step with its paragraph of the Code and its day."""
    days = _days(w)
    if not any(days.values()):
        return Absent(not_supplied="the next deadlines")  # the commentary says so
    rows = tuple(
        (words(_named(w, STEPS[name].label)), words(STEPS[name].code), words(_said(day)))
        for name, day in days.items()
    )
    title = "What the Code wants next, and by when"
    note = "Source: the landlord."
    return Table("deadlines", title, ("What is due", "Code", "By"), rows, note=note)


def _said(day: date | None) -> str:
    return in_words(day) if day else ABSENT


SECTION = Section("deadlines", "Next deadlines", commentary, tables={"deadlines": table})

"""The parts of ``summary.docx``: the same figures as the report's, told to residents.

Short sentences in everyday words. Stage 1 is "the first stage" here, and stage 2 "the second".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.sections.summary import answers, complaining, learning, ombudsman, received

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcreport.sections.section import Section, Writer

SECTIONS: tuple[Section, ...] = (
    received.RECEIVED,
    received.ABOUT,
    answers.DECISIONS,
    answers.SPEED,
    answers.COMPENSATION,
    ombudsman.SECTION,
    learning.SECTION,
    complaining.SECTION,
)
# The big numbers, by the name a template has for each.
_NUMBERS: Mapping[str, str] = {
    "received": "stage1.received",
    "upheld": "stage1.uphold_rate",
    "on_time": "stage1.on_time_rate",
    "compensation": "compensation.total.amount",
}


def title(w: Writer) -> str:
    """What the summary is called, on its cover and in its properties."""
    return f"Your complaints {w.period.when}"


def facts(w: Writer) -> dict[str, str]:
    """The title and the big numbers as marks; a number that there is none of is not known."""
    entries = {name: w.at(figure) for name, figure in _NUMBERS.items()}
    numbers = {
        name: "Not known" if e.value is None and not e.suppressed else w.show(e)
        for name, e in entries.items()
    }
    return {"title": title(w), **numbers}

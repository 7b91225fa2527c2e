"""The parts of ``summary.docx``: the same figures as the report's, told to residents.

Short sentences in everyday words. Stage 1 is "the first stage" here, and stage 2 "the second".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hcreport.sections.summary import answers, complaining, learning, ombudsman, received

if TYPE_CHECKING:
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


@dataclass(frozen=True)
class Facts(Mapping[str, str]):
    """The title and the big numbers as marks, each made when a template asks for it."""

    w: Writer

    def __getitem__(self, name: str) -> str:
        if name == "title":
            return title(self.w)
        entry = self.w.at(_NUMBERS[name])
        is_unknown = entry.value is None and not entry.suppressed
        return "Not known" if is_unknown else self.w.show(entry)

    def __iter__(self) -> Iterator[str]:
        return iter(("title", *_NUMBERS))

    def __len__(self) -> int:
        return 1 + len(_NUMBERS)

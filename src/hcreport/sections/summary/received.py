"""How many complaints there were, and what they were about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.charts import Chart, Kind, Panel
from hcreport.sections.section import Section, highest, in_scope, listed, lower, published
from hcreport.sections.shapes import bar_with_share, describe, recorded

if TYPE_CHECKING:
    from hcreport.figures.ledger import Entry
    from hcreport.sections.section import Writer

RECEIVED_AT_FIRST = "stage1.received"
# What says what a complaint is about, the closest first.
_SUBJECTS = ("category", "service")
# So many bars are drawn; so many subjects are named that tie for the first place, and after them.
_MOST, _TIED, _NAMED = 5, 3, 2


def received(w: Writer) -> Iterator[str]:
    """New complaints, beside the year before, and those that came back for a second look."""
    if w.settings.scope.where:
        yield f"This summary is about {in_scope(w)} alone."
    entry, again = w.at(RECEIVED_AT_FIRST), w.at("stage2.received")
    number = w.count(entry, "new complaint") if entry.value else "no new complaints"
    said = f"We received {number} {w.period.when}.{_compared(w, entry)}"
    if again.value:
        asked = f"{w.count(again)} came back to us for a second look"
    elif "stage2" not in w.stages:
        asked = "The records behind this summary hold no requests for a second look"
    else:
        asked = "Nobody asked us for a second look"
    yield f"{said} {asked}. We call that the second stage."


def _compared(w: Writer, entry: Entry) -> str:
    if entry.previous is None:
        return ""
    before = w.settings.previous_period.when
    if entry.previous == 0:
        return f" There were none {before}."
    if entry.change == 0:
        return f" That is the same number as {before}."
    return f" That is {w.change(entry)} on the {w.previous(entry)} {before}."


def _subjects(w: Writer) -> tuple[list[Entry], str]:
    """What complaints were about, from most to least, and what to add if some are withheld."""
    for key in _SUBJECTS:
        if found := recorded(w, RECEIVED_AT_FIRST, key, {}):
            return found, published(w.by(RECEIVED_AT_FIRST, key))
    return [], ""


def about(w: Writer) -> Iterator[str]:
    """The most common subject, and what came next."""
    subjects, some = _subjects(w)
    top = highest(subjects)
    if not top:
        yield _no_subject(w)
        return
    number, names = f"{w.base(top[0])} new complaints", listed(lower(e.label) for e in top)
    if len(top) > _TIED:
        yield f"Several subjects{some} share first place, with {number} each ({w.share(top[0])})."
        return
    if len(top) == 1:
        said = f"The most common subject{some} was {names}, with {number} ({w.share(top[0])})."
    else:
        said = f"The most common subjects{some} were {names}, with {number} each "
        said += f"({w.share(top[0])})."
    rest = [f"{lower(e.label)} ({w.show(e)})" for e in subjects if e not in top][:_NAMED]
    yield f"{said} Next came {listed(rest)}." if rest else said


def _no_subject(w: Writer) -> str:
    """Why no subject is named: no complaints, none that says, or none that may be published."""
    if not w.at(RECEIVED_AT_FIRST).value:
        return "There were no new complaints to sort by subject."
    if any(e.suppressed for key in _SUBJECTS for e in w.by(RECEIVED_AT_FIRST, key)):
        return "We do not say what the new complaints were about, so that nobody can be recognised."
    return "Our records do not show what the new complaints were about."


def about_chart(w: Writer) -> Chart | None:
    """A bar for each subject, the most common ones only."""
    subjects, _ = _subjects(w)
    if not subjects:
        return None
    panels = (Panel("", tuple(map(bar_with_share, subjects[:_MOST]))),)
    most = " most" if len(subjects) > _MOST else ""
    title = f"What people complained about{most}, {w.period.label}"
    return Chart("summary_about", Kind.BARS, title, panels, describe("Bar chart", title, panels))


RECEIVED = Section("summary_received", "For residents: how many complaints", received)
ABOUT = Section(
    "summary_about",
    "For residents: what complaints were about",
    about,
    charts={"summary_about": about_chart},
)

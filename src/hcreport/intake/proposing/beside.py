"""Compensation in columns of its own beside complaints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from hcreport.intake.profile import Source
from hcreport.intake.proposing.cells import Columns
from hcreport.intake.proposing.doubts import Doubt, Doubts
from hcreport.intake.proposing.headings import Match, match_plain
from hcreport.intake.proposing.making import Making
from hcreport.intake.proposing.proposal import Proposal
from hcreport.intake.proposing.words import nought
from hcreport.intake.values import folded

# Beside complaints, a heading is about an award only where it says so.
_OF_MONEY = frozenset({"compensation", "award", "awarded"})
_PERHAPS_MONEY = ("£", "compensation", "goodwill", "redress", "payment", "award")


def beside(complaints: Proposal, source: Source) -> Proposal | None:
    """The awards that stand beside complaints, as a source over the same sheets; None without.

    An award there has no day of its own and takes that of the response.
    """
    making = Making(complaints.sheets, _about_money(source), _lists(complaints, source))
    sure, refused = making.sure(match_plain(complaints.sheets[0].headings, making.source, least=1))
    if "amount" not in sure.fields:
        return None
    columns = {m: h for m, h in sure.columns.items() if (m[0], "amount") in sure.columns}
    for name in ("reference",) if sure.is_wide else ("reference", "stage"):
        if (None, name) in complaints.columns:
            columns[None, name] = complaints.columns[None, name]
    for side in [side for side, name in sure.columns if name == "amount"]:
        answered = complaints.columns.get((side, "responded_on"))
        if answered:
            columns.setdefault((side, "awarded_on"), answered)
    made = making.proposal(replace(sure, columns=columns), refused, complaints.stage)
    blanks = nought(Columns("awards", complaints.sheets, columns))
    return replace(
        made,
        words=replace(made.words, blanks={**made.words.blanks, **blanks}),
        doubts=_days(complaints, columns),
        ignored=(),
        twice=(),
        is_beside=True,
    )


def about_money(headings: Iterable[str]) -> tuple[str, ...]:
    """The headings that may be about compensation."""
    return tuple(h for h in headings if any(word in folded(h) for word in _PERHAPS_MONEY))


def _lists(complaints: Proposal, source: Source) -> tuple[Source, ...]:
    """A system calls the stages of its awards what it calls those of its complaints."""
    return (source, complaints.base) if complaints.base else (source,)


def _days(complaints: Proposal, columns: Mapping[Match, str]) -> Doubts:
    """Where it is not clear at which stage an award was made, nor is the day of its response."""
    if any(name == "awarded_on" for _, name in columns):
        return {}
    days = tuple(h for (_, name), h in complaints.columns.items() if name == "responded_on")
    return {(None, "awarded_on"): Doubt(days, "needed: the day of an award says its year")}


def _about_money(source: Source) -> Source:
    """The source with those headings only that can be about nothing else beside complaints."""
    return source.model_copy(update={"headings": dict(_of_money(source))})


def _of_money(source: Source) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The headings of awards that can be about nothing else, also beside complaints."""
    for name, given in source.headings.items():
        listed = (given,) if isinstance(given, str) else given or ()
        telling = tuple(h for h in listed if _OF_MONEY & set(folded(h).split()))
        if telling and name != "reference":
            yield name, telling

"""Which whole parts of the report nobody supplied anything for, by the block that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hcreport.sections.section import Writer

# A figure that has a value, though it be nought, as soon as there is a file or a setting for it;
# what a landlord supplies to give it; and the blocks that speak of it.
_OF_FIGURES = (
    ("compensation.total.cases", "the compensation awarded", ("compensation", "finance")),
    ("learning.actions", "the learning log", ("learning", "summary_learning")),
)
_SURVEY = f"the results of a tenant survey, [survey] in {SETTINGS}"
_HOMES = f"the homes owned at the end of the year, [homes] in {SETTINGS}"
_BEFORE = f"the figures of {{before}}, [previous] in {SETTINGS}"
_DECISIONS = "the Housing Ombudsman's decisions"


def lacking(w: Writer) -> Mapping[str, tuple[str, ...]]:
    """What was not supplied, by the placeholder of each block that has to do without it."""
    found: dict[str, tuple[str, ...]] = {}
    for what, blocks in _unsupplied(w):
        for block in blocks:
            found[block] = (*found.get(block, ()), what)
    return {f"commentary.{block}": what for block, what in found.items()}


def _unsupplied(w: Writer) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not any(e.previous is not None or e.withheld for e in w.ledger.entries):
        yield _BEFORE.format(before=w.before), ("headlines", "volumes", "summary_received")
    for figure, what, blocks in _OF_FIGURES:
        entry = w.at(figure)
        if entry.value is None and not entry.suppressed:
            yield what, blocks
    decided = (w.at("ombudsman.determinations"), w.at("ombudsman.findings"))
    if all(entry.value is None for entry in decided):
        yield _DECISIONS, ("ombudsman", "summary_ombudsman")
    if not w.settings.homes.owned:
        yield _HOMES, ("tsm",)
    if not w.settings.survey:
        yield _SURVEY, ("satisfaction",)

"""Every built-in figure, declared by topic. Look a figure up by its topic's module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.figures.catalogue import (
    acknowledgement,
    compensation,
    escalation,
    learning,
    ombudsman,
    outcomes,
    self_assessment,
    survey,
    timeliness,
    tsm,
    volumes,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcreport.figures.algebra import Figure
    from hcreport.settings import Settings

TOPICS = (
    volumes,
    outcomes,
    escalation,
    acknowledgement,
    timeliness,
    compensation,
    tsm,
    ombudsman,
    survey,
    learning,
    self_assessment,
)


def figures(settings: Settings) -> Mapping[str, Figure]:
    """Every figure by id, in the order of the report. Raises ValueError on a repeated id."""
    found: dict[str, Figure] = {}
    for topic in TOPICS:
        for figure in topic.figures(settings):
            if figure.id in found:
                raise ValueError(f"two figures share the id {figure.id}")
            found[figure.id] = figure
    return found

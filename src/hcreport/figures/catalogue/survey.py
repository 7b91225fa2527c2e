"""The survey's measures. They come from settings: no case system holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.figures.algebra import Figure, Given, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.settings import Settings

LABELS = {
    "tp01": "overall satisfaction with the landlord",
    "tp02": "satisfaction with repairs",
    "tp09": "satisfaction with the landlord's approach to handling complaints",
}
# Always there, so that a report that lacks them says so.
EXPECTED = ("tp01", "tp02", "tp09")


def figures(settings: Settings) -> Iterator[Figure]:
    """The measures every report mentions, and any other that settings give."""
    for name in dict.fromkeys((*EXPECTED, *sorted(settings.survey))):
        answers = settings.survey.get(name)
        given = Given(answers.satisfied, answers.answers, answers.percent) if answers else Given()
        label = LABELS.get(name, "satisfaction")
        yield Figure(
            f"tsm.{name}",
            f"{name.upper()}: {label}",
            Unit.SCORE,
            given,
            decimals=1,
            source=f"TSM {name.upper()}",
        )

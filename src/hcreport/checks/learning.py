"""The learning log: themes that settings tie to root causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.intake.values import folded
from hcreport.problems import Place, Problem, Rule, Severity, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.derive.terms import Terms
    from hcreport.records import Records

TIED_TO_NOTHING = Rule(
    "X132",
    Severity.WARNING,
    "A theme of the learning log is tied to what does not occur",
    "Correct it under [learning.themes] in report.toml: on the left a theme of the log, on the "
    "right a root cause as the exports write it.",
)
RULES = (TIED_TO_NOTHING,)


def themes(records: Records, terms: Terms) -> Iterator[Problem]:
    """Themes that no action has, and root causes that no complaint has."""
    held = {a.theme for a in records.actions if a.theme}
    causes = {c.root_cause for c in records.complaints if c.root_cause}
    for theme, cause in terms.themes.items():
        place = Place("report.toml", heading=f"learning.themes.{theme}")
        for word, known, what in (
            (theme, held, "no action has this theme"),
            (cause, causes, "no complaint has this root cause"),
        ):
            if folded(word) not in set(map(folded, known)):
                message = f"{what}. {did_you_mean(word, known)}".strip()
                yield Problem(TIED_TO_NOTHING, place, message, word)

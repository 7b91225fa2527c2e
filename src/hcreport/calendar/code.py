"""The Code's time limits, as dated rule sets read from ``rules/*.toml``.

All limits are working days. The rule set in force on the day a complaint was received applies
to it for good, so a report over a year in which the Code changed uses both.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Limits:
    """The limits of one stage, in working days from acknowledgement."""

    respond_within: int
    extension_at_most: int


@dataclass(frozen=True)
class RuleSet:
    """The Code as it stood from a day on. ``source`` is printed with every report."""

    name: str
    in_force_from: date
    source: str
    acknowledge_within: int
    stage1: Limits
    stage2: Limits

    def limits(self, stage: str) -> Limits:
        """The limits of ``stage1`` or ``stage2``."""
        return self.stage1 if stage == "stage1" else self.stage2


@cache
def rule_sets() -> tuple[RuleSet, ...]:
    """Every rule set, oldest first."""
    folder = files("hcreport.calendar") / "rules"
    found = []
    for path in folder.iterdir():
        if path.name.endswith(".toml"):
            given = tomllib.loads(path.read_text(encoding="utf-8"))
            given |= {stage: Limits(**given[stage]) for stage in ("stage1", "stage2")}
            found.append(RuleSet(**given))
    return tuple(sorted(found, key=lambda rules: rules.in_force_from))


@cache
def in_force_on(day: date) -> RuleSet:
    """The rule set for a complaint received that day.

    Complaints older than the oldest set are held to it: it is the nearest there is.
    """
    sets = rule_sets()
    return next((rules for rules in reversed(sets) if rules.in_force_from <= day), sets[0])

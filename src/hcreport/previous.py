"""What is known of last period from its own project: its figures, and what its exports held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hcreport import settings as settings_file
from hcreport.figures import year_before
from hcreport.settings import dated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction
    from pathlib import Path

    from hcreport.figures.selection import Group
    from hcreport.intake.drift import Layout
    from hcreport.problems import Problem
    from hcreport.run import Run
    from hcreport.settings import Settings


@dataclass(frozen=True)
class Before:
    """Last period's figures, and the layouts of the exports they came from.

    ``withheld`` are the figures that this period's disclosure control would not have published;
    ``problems`` are those of the other project, their files named as seen from this one.
    """

    figures: Mapping[tuple[str, Group], Fraction]
    withheld: frozenset[tuple[str, Group]] = frozenset()
    layouts: tuple[Layout, ...] = ()
    problems: tuple[Problem, ...] = ()


NOTHING = Before({})


def settings_of(earlier: Path, settings: Settings) -> Settings:
    """Settings under which last period's project gives figures that this period's compare with."""
    to_date = settings.to_date_period
    theirs = settings_file.load(earlier).over(
        settings.previous_period, dated(to_date.year_before()) if to_date else None
    )
    # What this report may tell of last year is for this report's settings to say.
    return theirs.model_copy(update={"disclosure": settings.disclosure})


def before(project: str, run: Run, *, is_another: bool) -> Before:
    """What the run of last period's ``project`` tells this one's.

    A folder that holds both periods tells its problems once, by this period's run; so they are
    passed on only from one that ``is_another``.
    """
    return Before(
        year_before.as_previous(run.ledger),
        frozenset(year_before.year_on_year(e) for e in run.published.entries if e.suppressed),
        run.intake.layouts,
        tuple(_from(project, problem) for problem in run.problems) if is_another else (),
    )


def _from(project: str, problem: Problem) -> Problem:
    """A problem of last period's project, its file named as seen from this one."""
    return replace(problem, place=replace(problem.place, file=f"{project}/{problem.place.file}"))

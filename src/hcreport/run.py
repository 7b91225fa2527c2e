"""What a project folder came to, and what the parts that write or check a report read off it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hcreport.derive.actions import cause, progress
from hcreport.marks import Marks
from hcreport.problems import errors
from hcreport.report.template_files import find_template
from hcreport.sections.section import Logged, Writer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcreport.calendar.code import RuleSet
    from hcreport.derive.terms import Terms
    from hcreport.figures.disclosure import Withheld
    from hcreport.figures.evaluate import Evaluator
    from hcreport.figures.ledger import Ledger
    from hcreport.figures.worked import Worked
    from hcreport.intake.load import Intake
    from hcreport.problems import Problem
    from hcreport.proofread.source import Source
    from hcreport.settings import Settings


@dataclass(frozen=True)
class Run:
    """What a project folder came to. ``problems`` holds everything that was found on the way.

    ``standings`` counts the complaints at each stage by whether they are counted, and if not, why;
    ``rule_sets`` are the editions of the Code that some complaint of the period falls under;
    ``asked`` tells that the command asked for another period than the settings'. The ledger is
    exact and for internal files; whatever is published reads ``published``, from which disclosure
    control has taken what ``withheld`` lists.
    """

    folder: Path
    settings: Settings
    intake: Intake
    terms: Terms
    worked: Worked
    published: Ledger
    withheld: tuple[Withheld, ...]
    standings: Mapping[tuple[str, str], int]
    rule_sets: tuple[RuleSet, ...]
    problems: tuple[Problem, ...]
    asked: bool = False

    @property
    def ledger(self) -> Ledger:
        """Every figure."""
        return self.worked.ledger

    def evaluator(self, figure: str) -> Evaluator:
        """What gave a figure its value."""
        return self.worked.evaluator(figure)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a report from being made."""
        return errors(self.problems)


def writer(run: Run) -> Writer:
    """What the sections write with."""
    return Writer(
        ledger=run.published,
        settings=run.settings,
        marks=Marks(),
        rule_sets=run.rule_sets,
        files=tuple((Path(i.file).name, i.rows) for i in run.intake.records.inputs),
        corrections=tuple(a.label for a in run.intake.corrections),
        actions=tuple(
            Logged(a, progress(a, run.terms), cause(a, run.terms))
            for a in run.intake.records.actions
        ),
        provisions=run.intake.records.provisions,
    )


def proof_source(run: Run) -> Source:
    """What a report's numbers are held against: all that may be published."""
    from hcreport.proofread import source as sources  # noqa: PLC0415  (only proofreading needs it)

    s = run.settings
    periods = (s.report_period, s.previous_period, s.to_date_period)
    return sources.of_ledger(run.published, s.landlord.name, *periods)


def template_of(run: Run, setting: str) -> Path:
    """The template that a setting of this name names, as ``find_template`` does."""
    return find_template(run.folder, getattr(run.settings, setting), setting)

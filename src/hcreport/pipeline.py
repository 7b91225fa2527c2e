"""The program on one screen: load, compute, render.

``compute`` reads a project folder and works out the ledger; ``render`` turns it into files, held
in memory; ``cli`` puts them in place. Each step is told to the user as its turn comes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hcreport import __version__, checks
from hcreport import settings as settings_file
from hcreport.calendar.code import in_force_on, rule_sets
from hcreport.calendar.periods import in_words
from hcreport.derive.frame import frames
from hcreport.derive.terms import terms
from hcreport.figures import catalogue, identities
from hcreport.figures import ledger as ledgers
from hcreport.figures.evaluate import Evaluator, Givens
from hcreport.intake import load as intake
from hcreport.intake import profile as profiles
from hcreport.marks import Marks
from hcreport.problems import Problem, errors
from hcreport.records import ACTION_STATUSES, Records
from hcreport.sections import SECTIONS
from hcreport.sections.section import Account, Writer

if TYPE_CHECKING:
    from fractions import Fraction

    from hcreport.calendar.periods import Period
    from hcreport.figures.evaluate import Group
    from hcreport.figures.ledger import Ledger
    from hcreport.intake.load import Intake
    from hcreport.settings import Settings

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Run:
    """What a project folder came to. ``problems`` holds everything that was found on the way."""

    folder: Path
    settings: Settings
    intake: Intake
    ledger: Ledger
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a report from being made."""
        return errors(self.problems)


def compute(folder: Path, tell: Tell = lambda _: None) -> Run:
    """Read everything and work out every figure. Raises CannotRun when that is impossible."""
    settings = settings_file.load(folder)
    profile = profiles.load(folder)
    found = intake.load(folder, profile, lambda file: tell(f"Reading {file}"))
    tell("Working out the figures")
    ledger, problems = _ledger(
        found.records, settings, settings.report_period, _previous(folder, settings)
    )
    problems = (*found.problems, *problems, *identities.breaches(ledger, settings))
    return Run(folder, settings, found, ledger, tuple(dict.fromkeys(problems)))


def _ledger(
    records: Records,
    settings: Settings,
    period: Period,
    previous: Mapping[tuple[str, Group], Fraction],
) -> tuple[Ledger, tuple[Problem, ...]]:
    judged = terms(records, settings, period)
    homes = {t: n for t in ("LCRA", "LCHO") if (n := getattr(settings.homes, t)) is not None}
    givens = Givens(period, settings.ombudsman_period, homes)
    evaluator = Evaluator(frames(records, judged), records.mapped, givens)
    ledger = ledgers.build(catalogue.figures(settings), evaluator, givens, previous)
    return ledger, checks.run(records, judged)


def _previous(folder: Path, settings: Settings) -> dict[tuple[str, Group], Fraction]:
    """Last period's figures: from its own project folder, with typed ones over them."""
    found: dict[tuple[str, Group], Fraction] = {}
    if settings.previous.exports is not None:
        earlier = folder / settings.previous.exports
        records = intake.load(
            earlier, profiles.load(earlier if (earlier / profiles.PROFILE).is_file() else folder)
        ).records
        ledger, _ = _ledger(records, settings, settings.previous_period, {})
        found = ledgers.as_previous(ledger)
    typed = ledgers.typed_previous(catalogue.figures(settings), settings.previous.figures)
    return found | typed


def writer(run: Run) -> Writer:
    """What the sections write with."""
    s = run.settings
    days = {c.received_on for c in run.intake.records.complaints}
    used = [rules for rules in rule_sets() if any(in_force_on(day) == rules for day in days)]
    return Writer(
        ledger=run.ledger,
        settings=s,
        marks=Marks(),
        rule_sets=tuple(rules.name for rules in used),
        accounts=tuple(Account(a.file, a.rows, a.records) for a in run.intake.reconciliation),
        log=tuple(
            (
                a.theme or "Not recorded",
                a.what_happened or "Not recorded",
                a.action,
                ACTION_STATUSES.get(a.status or "", "Not recorded"),
            )
            for a in run.intake.records.actions
        ),
    )


def render(run: Run, *, draft: bool = False, tell: Tell = lambda _: None) -> dict[str, bytes]:
    """Every publishable file of the output folder, by name, as bytes."""
    from hcreport import drawing  # noqa: PLC0415  (slow to import; ``check`` never draws)
    from hcreport.report import annex, figures_json, narrative  # noqa: PLC0415
    from hcreport.report.word import document  # noqa: PLC0415
    from hcreport.report.word.walk import Content  # noqa: PLC0415

    w = writer(run)
    template = document.find_template(run.folder, run.settings.template)
    tables = {name: make(w) for s in SECTIONS for name, make in s.tables.items()}
    charts = {name: make(w) for s in SECTIONS for name, make in s.charts.items()}
    tell("Drawing the charts")
    pictures = {name: drawing.draw(c) for name, c in charts.items() if c is not None}
    tell("Writing the report")
    content = Content(
        commentary={s.id: tuple(s.commentary(w)) for s in SECTIONS},
        tables=tables,
        charts=charts,
        pictures=pictures,
        text=lambda name, named: narrative.read(run.folder, name, named),
        default_note=f"Source: complaints records as at {in_words(run.settings.data_as_at)}.",
    )
    report = document.write(template, w, content, draft=draft)
    made = [table for table in tables.values() if table is not None]
    ledger = figures_json.write(run.ledger, run.settings, run.intake.records.inputs)
    return {
        "report.docx": report,
        "annex.xlsx": annex.write(made, run.settings),
        "figures.json": ledger.encode(),
        **{f"charts/{name}.png": png for name, png in pictures.items()},
    }


def account(run: Run, *, draft: bool) -> dict[str, Any]:
    """What is kept of a run beside its files."""
    return {"version": __version__, "draft": draft, "template": run.settings.template}

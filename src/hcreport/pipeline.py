"""The program on one screen: load, compute, render.

``compute`` reads a project folder and works out the ledger; ``render`` turns it into files, held
in memory; ``cli`` puts them in place. Each step is told to the user as its turn comes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hcreport import checks, look, rulebook, sections
from hcreport import settings as settings_file
from hcreport.calendar.code import in_force_on, rule_sets
from hcreport.calendar.periods import in_words
from hcreport.derive.actions import cause, progress
from hcreport.derive.complaints import live_in_period
from hcreport.derive.terms import YES, Terms, standing, terms
from hcreport.figures import catalogue, disclosure, identities, own, published
from hcreport.figures import ledger as ledgers
from hcreport.figures.evaluate import Evaluator
from hcreport.figures.worked import Worked, work_out
from hcreport.intake import load as intake
from hcreport.intake import profile as profiles
from hcreport.intake.drift import Layout, changes
from hcreport.marks import Marks
from hcreport.problems import CannotRun, Problem, Severity, did_you_mean, errors
from hcreport.report import narrative, template_check, template_texts, text_check
from hcreport.report.supplied import lacking
from hcreport.report.template_files import NAMED_BY, find_template
from hcreport.report.trial import TAG
from hcreport.report.unsupplied import unsupplied
from hcreport.sections import summary
from hcreport.sections.section import Logged, Writer
from hcreport.settings import NOTHING_ASKED, SETTINGS, Asked, dated
from hcreport.studio import Studio
from hcreport.tables import Absent, Table

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from hcreport.calendar.code import RuleSet
    from hcreport.figures.disclosure import Withheld
    from hcreport.figures.evaluate import Group
    from hcreport.figures.ledger import Ledger
    from hcreport.intake.load import Intake
    from hcreport.proofread.source import Source
    from hcreport.records import Complaint
    from hcreport.report.pdf.making import Made
    from hcreport.report.word.walk import Content
    from hcreport.settings import Settings

Tell = Callable[[str], None]


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


def compute(folder: Path, tell: Tell = lambda _: None, asked: Asked = NOTHING_ASKED) -> Run:
    """Read everything and work out every figure. Raises CannotRun when that is impossible."""
    settings = asked.applied(settings_file.load(folder))
    _refuse_unknown_rules(settings)
    disclosure.refuse_unknown(catalogue.figures(settings), settings.disclosure)
    before, earlier = _previous(folder, settings, tell)
    run = _compute(folder, settings, before, tell)
    drift = changes(before.layouts, run.intake.layouts)
    fonts = look.check(settings, _is_installed)
    found = (*run.problems, *earlier, *drift, *_texts(run), *fonts)
    problems = tuple(_weighed(found, settings.problems))
    return replace(run, problems=problems, asked=asked != NOTHING_ASKED)


def _is_installed(font: str) -> bool:
    from hcreport.drawing import is_installed  # noqa: PLC0415  (slow; few settings name a font)

    return is_installed(font)


def _refuse_unknown_rules(settings: Settings) -> None:
    for code in settings.problems:
        known = rulebook.rules()
        if code not in known:
            hint = did_you_mean(code, known) or "docs/problems.md lists every code."
            raise CannotRun(f"{SETTINGS}: problems.{code}: there is no such problem.", hint)


def _weighed(problems: Iterable[Problem], severities: Mapping[str, Severity]) -> Iterator[Problem]:
    """The problems with the severities that the settings give their rules."""
    for problem in problems:
        severity = severities.get(problem.rule.code, problem.rule.severity)
        yield replace(problem, rule=replace(problem.rule, severity=severity))


def _compute(folder: Path, settings: Settings, before: _Before, tell: Tell) -> Run:
    found = intake.load(folder, profiles.load(folder), lambda file: tell(f"Reading {file}"))
    tell("Working out the figures")
    judged = terms(found.records, settings, settings.report_period)
    worked = work_out(found.records, settings, judged, before.figures)
    control = disclosure.control(
        worked.ledger, worked.evaluators[""], settings.disclosure, before.withheld
    )
    across = _unexplained(checks.run(found.records, judged), found.problems, settings)
    idle = own.without_rows(worked.figures, found.records)
    typed = published.differences(worked.ledger, worked.figures)
    broken = identities.breaches(worked.ledger, settings, worked.evaluator)
    standings = Counter((c.stage, standing(c, judged.scope)) for c in found.records.complaints)
    return Run(
        folder=folder,
        settings=settings,
        intake=found,
        terms=judged,
        worked=worked,
        published=control.ledger,
        withheld=control.log,
        standings=standings,
        rule_sets=_rule_sets(found.records.complaints, judged),
        problems=tuple(dict.fromkeys((*found.problems, *across, *idle, *typed, *broken))),
    )


def _unexplained(
    across: Iterable[Problem], met: Iterable[Problem], settings: Settings
) -> Iterator[Problem]:
    """The problems between records, less those of rows that could not be read in full.

    What is odd about such a row may come of the cell that stops the build as it is. A row that
    is only warned of is counted, so everything about it is told.
    """
    unread = {p.place.at("") for p in errors(_weighed(met, settings.problems)) if p.place.row}
    return (p for p in across if p.place.at("") not in unread)


@dataclass(frozen=True)
class _Before:
    """What is known of last period: its figures, and what its exports called things.

    ``withheld`` are the figures that this period's disclosure control would not have published.
    """

    figures: Mapping[tuple[str, Group], Fraction]
    withheld: frozenset[tuple[str, Group]] = frozenset()
    layouts: tuple[Layout, ...] = ()


def _previous(folder: Path, settings: Settings, tell: Tell) -> tuple[_Before, tuple[Problem, ...]]:
    """Last period's figures, computed by its own project folder; typed ones are laid over later."""
    found: dict[tuple[str, Group], Fraction] = {}
    layouts: tuple[Layout, ...] = ()
    withheld: frozenset[tuple[str, Group]] = frozenset()
    problems: tuple[Problem, ...] = ()
    if settings.previous.project is not None:
        earlier = folder / settings.previous.project
        to_date = settings.to_date_period
        theirs = settings_file.load(earlier).over(
            settings.previous_period, dated(to_date.year_before()) if to_date else None
        )
        # What this report may tell of last year is for this report's settings to say.
        judged = theirs.model_copy(update={"disclosure": settings.disclosure})
        run = _compute(earlier, judged, _Before({}), tell)
        found, layouts = ledgers.as_previous(run.ledger), run.intake.layouts
        withheld = frozenset(ledgers.year_on_year(e) for e in run.published.entries if e.suppressed)
        if earlier.resolve() != folder.resolve():  # else this year's run tells them
            problems = tuple(_from(settings.previous.project, p) for p in run.problems)
    return _Before(found, withheld, layouts), problems


def _from(project: str, problem: Problem) -> Problem:
    """A problem of last period's project, its file named as seen from this one."""
    return replace(problem, place=replace(problem.place, file=f"{project}/{problem.place.file}"))


def _texts(run: Run) -> tuple[Problem, ...]:
    """What is wrong with people's texts and details, and those that nothing asks for."""
    w, names = writer(run), narrative.names(run.folder)
    found = [problem for name in names for problem in text_check.check(run.folder, name, w)]
    with suppress(CannotRun):  # a template that cannot be read is told by itself
        templates = [_template(run, setting) for setting in NAMED_BY]
        found += template_texts.idle(run.folder, templates, w)
        found += template_texts.unprinted(templates, w)
        found += template_texts.unasked(run.folder, templates, w)
    return tuple(found)


def with_templates(run: Run) -> tuple[Run, tuple[str, ...]]:
    """The same run, its problems joined by faults of the templates and by figures typed into texts.

    With it goes what the templates ask for and nobody supplied. A build has no need of either: it
    meets the first fault by itself, and what is missing as it writes.
    """
    w = writer(run)
    read = list(template_check.of_project(run.folder, w))
    found = [problem for template in read for problem in template_check.problems(template)]
    found += _typed(run)
    problems = (*run.problems, *_weighed(found, run.settings.problems))
    missing = unsupplied(run.folder, w, read) if run.intake.records.complaints else ()
    return replace(run, problems=problems), missing


def _typed(run: Run) -> Iterator[Problem]:
    """Figures that somebody typed into a text, or into a template of their own."""
    written = {}
    for name in narrative.names(run.folder):
        with suppress(CannotRun):  # a text that cannot be read is told by itself
            written[narrative.shown_as(name)] = narrative.typed(run.folder, name)
    own_template = run.folder / run.settings.template
    has_template = own_template.suffix == ".docx" and own_template.is_file()
    plain = (TAG.sub("", text) for text in written.values())
    if not has_template and not any(any(map(str.isdigit, text)) for text in plain):
        return
    from hcreport.proofread import typed  # noqa: PLC0415  (its words are slow to compile)

    texts = [typed.markdown(shown, text) for shown, text in written.items()]
    if has_template:
        with suppress(CannotRun):
            texts.append(typed.template(own_template.name, own_template))
    if any(text.holds_numbers for text in texts):
        yield from typed.problems(texts, proof_source(run))


def proof_source(run: Run) -> Source:
    """What a report's numbers are held against: all that may be published."""
    from hcreport.proofread import source as sources  # noqa: PLC0415

    s = run.settings
    periods = (s.report_period, s.previous_period, s.to_date_period)
    return sources.of_ledger(run.published, s.landlord.name, *periods)


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


def _rule_sets(complaints: Iterable[Complaint], judged: Terms) -> tuple[RuleSet, ...]:
    """The editions of the Code that some complaint of the period falls under."""
    days: set[date] = set()
    for c in complaints:
        # Many come in on one day, and one of them that counts is enough.
        if c.received_on not in days and live_in_period(c, judged) == YES:
            days.add(c.received_on)
    return tuple(rules for rules in rule_sets() if any(in_force_on(day) == rules for day in days))


@dataclass(frozen=True)
class Rendered:
    """The files of an output folder, by name, and what the documents had to say was missing.

    ``unnumbered`` tells that a PDF was made and its pages could not number the contents.
    """

    files: Mapping[str, bytes]
    missing: tuple[str, ...]
    unnumbered: bool = False


def render(
    run: Run, studio: Studio, *, draft: bool = False, pdf: bool = False, tell: Tell = lambda _: None
) -> Rendered:
    """Every file to write, as bytes; those under ``internal/`` hold references.

    With ``pdf`` report and summary are there as PDFs too, and the contents have page numbers.
    Raises CannotRun when there is nothing to report on, or nothing to make a PDF with.
    """
    from hcreport.report import annex, figures_json, problems_xlsx, records_csv, suppressed_csv  # noqa: PLC0415  (``check`` needs none)
    from hcreport.report.word import document  # noqa: PLC0415
    from hcreport.report.workings import book  # noqa: PLC0415

    if not run.intake.records.complaints:
        raise CannotRun("No complaint could be read.", f"Run hcreport check {run.folder}.")
    office = _office() if pdf else None
    w = writer(run)
    documents = {
        "report": (_template(run, "template"), run.settings.title),
        "summary": (_template(run, "summary"), summary.title(w)),
    }
    tell("Drawing the charts and writing the report")
    content = contents(run, w, studio, documents["report"][0])
    workings = book.files(run.worked, run.settings)
    written = {
        name: document.write(template, w, content, title, draft=draft)
        for name, (template, title) in documents.items()
    }
    missing = tuple(dict.fromkeys(what for made in written.values() for what in made.missing))
    ledger = figures_json.write(run.published, run.settings, run.intake.records.inputs)
    files = {
        **{f"{name}.docx": made.content for name, made in written.items()},
        "annex.xlsx": annex.write(_in_order(content.tables, written["report"].tables), w),
        "figures.json": ledger.encode(),
        problems_xlsx.NAME: problems_xlsx.write(run.problems),
        **suppressed_csv.files(run.withheld),
        **{f"charts/{name}.png": png for name, png in studio.pictures().items()},
        **workings,
        **records_csv.files(run.worked.evaluators),
    }
    if office is None:
        return Rendered(files, missing)
    tell("Making the PDF")
    pages = {name: _in_pages(office, made.content) for name, made in written.items()}
    files |= {f"{name}.docx": made.word for name, made in pages.items()}
    files |= {f"{name}.pdf": made.pdf for name, made in pages.items()}
    return Rendered(files, missing, unnumbered=any(made.unnumbered for made in pages.values()))


def _template(run: Run, setting: str) -> Path:
    """The template that a setting of this name names, as ``find_template`` does."""
    return find_template(run.folder, getattr(run.settings, setting), setting)


def contents(run: Run, w: Writer, studio: Studio, template: Path | None = None) -> Content:
    """What both documents choose from; the studio begins to draw the charts.

    They look as settings or the report's ``template`` say, which is looked for if it is not given.
    """
    from hcreport.report.word.walk import Content  # noqa: PLC0415

    parts = sections.of(run.settings)
    charts = {name: make(w) for s in parts for name, make in s.charts.items()}
    drawn = {name: chart for name, chart in charts.items() if chart is not None}
    studio.begin(drawn, look.of(run.settings, template or _template(run, "template")))
    return Content(
        commentary={s.id: tuple(s.commentary(w)) for s in parts},
        tables={name: make(w) for s in parts for name, make in s.tables.items()},
        charts=charts,
        pictures=studio.pictures,
        text=lambda name: narrative.read(run.folder, name, w),
        default_note=f"Source: complaints records as at {in_words(run.settings.data_as_at)}.",
        lacking=lacking(w),
    )


def _in_order(tables: Mapping[str, Table | Absent], placed: Iterable[str]) -> list[Table]:
    """The tables as the report numbers them, and after them those that it does not show.

    A table made for the summary shows a part of one of these, and is not among them.
    """
    parts = {name for section in summary.SECTIONS for name in section.tables}
    names = dict.fromkeys((*placed, *(name for name in tables if name not in parts)))
    return [table for name in names if isinstance(table := tables[name], Table)]


def _office() -> str:
    """What makes a PDF; looked for before anything is drawn."""
    from hcreport.report.pdf import office  # noqa: PLC0415

    return office.find()


def _in_pages(office: str, report: bytes) -> Made:
    from hcreport.report.pdf import making  # noqa: PLC0415

    return making.make(office, report)


def account(run: Run, *, draft: bool) -> dict[str, Any]:
    """What is kept of a run beside its files: ``internal/run.json``."""
    from hcreport.report import run_json  # noqa: PLC0415

    return run_json.content(
        run.settings,
        run.ledger,
        run.published,
        run.intake.records,
        run.worked.evaluators[""].frames,
        run.rule_sets,
        draft=draft,
    )

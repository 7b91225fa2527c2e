"""The story of a run: load, compute, render.

``compute`` reads a project folder and works out the ledger; ``render`` turns it into files, held
in memory; ``cli`` puts them in place. Each step is told to the user as its turn comes. Whoever
wants something of a run finds it here by name; each part has a module of its own below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hcreport import checks, look, previous, rulebook, texts
from hcreport import settings as settings_file
from hcreport.content import contents
from hcreport.derive.editions import editions
from hcreport.derive.terms import standing, terms
from hcreport.figures import catalogue, disclosure, identities, own, published
from hcreport.figures.worked import work_out
from hcreport.intake import load as intake
from hcreport.intake import profile as profiles
from hcreport.intake.drift import changes
from hcreport.problems import CannotRun, errors, weighed
from hcreport.run import Run, proof_source, template_of, writer
from hcreport.sections import summary
from hcreport.settings import NOTHING_ASKED, Asked
from hcreport.studio import Studio
from hcreport.texts import with_templates

if TYPE_CHECKING:
    from hcreport.previous import Before
    from hcreport.sections.section import Writer
    from hcreport.settings import Settings
    from hcreport.tables import Absent, Table

__all__ = [
    "Rendered",
    "Run",
    "account",
    "compute",
    "contents",
    "proof_source",
    "render",
    "with_templates",
    "writer",
]

Tell = Callable[[str], None]


def compute(folder: Path, tell: Tell = lambda _: None, asked: Asked = NOTHING_ASKED) -> Run:
    """Read everything and work out every figure. Raises CannotRun when that is impossible."""
    settings = asked.applied(settings_file.load(folder))
    rulebook.refuse_unknown(settings.problems)
    disclosure.refuse_unknown(catalogue.figures(settings), settings.disclosure)
    before = _previous(folder, settings, tell)
    run = _compute(folder, settings, before, tell)
    drift = changes(before.layouts, run.intake.layouts)
    fonts = look.check(settings, _is_installed)
    found = (*run.problems, *before.problems, *drift, *texts.problems(run), *fonts)
    problems = tuple(weighed(found, settings.problems))
    return replace(run, problems=problems, asked=asked != NOTHING_ASKED)


def _previous(folder: Path, settings: Settings, tell: Tell) -> Before:
    """Last period's figures, computed by its own project folder; typed ones are laid over later."""
    project = settings.previous.project
    if project is None:
        return previous.NOTHING
    earlier = folder / project
    run = _compute(earlier, previous.settings_of(earlier, settings), previous.NOTHING, tell)
    return previous.before(project, run, is_another=earlier.resolve() != folder.resolve())


def _compute(folder: Path, settings: Settings, before: Before, tell: Tell) -> Run:
    found = intake.load(folder, profiles.load(folder), lambda file: tell(f"Reading {file}"))
    tell("Working out the figures")
    judged = terms(found.records, settings, settings.report_period)
    worked = work_out(found.records, settings, judged, before.figures)
    control = disclosure.control(
        worked.ledger, worked.evaluators[""], settings.disclosure, before.withheld
    )
    unread = errors(weighed(found.problems, settings.problems))
    across = checks.unexplained(checks.run(found.records, judged), unread)
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
        rule_sets=editions(found.records.complaints, judged),
        problems=tuple(dict.fromkeys((*found.problems, *across, *idle, *typed, *broken))),
    )


def _is_installed(font: str) -> bool:
    from hcreport.drawing import is_installed  # noqa: PLC0415  (slow; few settings name a font)

    return is_installed(font)


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
    from hcreport.report.word import document  # noqa: PLC0415  (``check`` needs none)
    from hcreport.report.workings import book  # noqa: PLC0415  (the same)

    if not run.intake.records.complaints:
        raise CannotRun("No complaint could be read.", f"Run hcreport check {run.folder}.")
    office = _office() if pdf else None
    w = writer(run)
    documents = {
        "report": (template_of(run, "template"), run.settings.title),
        "summary": (template_of(run, "summary"), summary.title(w)),
    }
    tell("Drawing the charts and writing the report")
    content = contents(run, w, studio, documents["report"][0])
    workings = book.files(run.worked, run.settings)  # meanwhile the charts are drawn
    written = {
        name: document.write(template, w, content, title, draft=draft)
        for name, (template, title) in documents.items()
    }
    files = {
        **{f"{name}.docx": made.content for name, made in written.items()},
        **{f"charts/{name}.png": png for name, png in studio.pictures().items()},
        **_for_programs(run, w, content.tables, written["report"].tables),
        **workings,
    }
    missing = tuple(dict.fromkeys(what for made in written.values() for what in made.missing))
    if office is None:
        return Rendered(files, missing)
    tell("Making the PDF")
    return _in_pages(Rendered(files, missing), office)


def _for_programs(
    run: Run, w: Writer, tables: Mapping[str, Table | Absent], placed: Iterable[str]
) -> dict[str, bytes]:
    """The files that spreadsheets and other programs read; ``placed`` tables come first."""
    from hcreport.report import annex, figures_json, problems_xlsx, records_csv, suppressed_csv  # noqa: PLC0415  (the same)

    ledger = figures_json.write(run.published, run.settings, run.intake.records.inputs)
    return {
        "annex.xlsx": annex.write(annex.in_order(tables, placed), w),
        "figures.json": ledger.encode(),
        problems_xlsx.NAME: problems_xlsx.write(run.problems),
        **suppressed_csv.files(run.withheld),
        **records_csv.files(run.worked.evaluators),
    }


def _office() -> str:
    """What makes a PDF; looked for before anything is drawn."""
    from hcreport.report.pdf import office  # noqa: PLC0415  (few builds want one)

    return office.find()


def _in_pages(rendered: Rendered, office: str) -> Rendered:
    """The same files, the documents among them with page numbers and as PDFs too."""
    from hcreport.report.pdf import making  # noqa: PLC0415  (the same)

    files = dict(rendered.files)
    documents = {n.removesuffix(".docx"): word for n, word in files.items() if n.endswith(".docx")}
    pages = {name: making.make(office, word) for name, word in documents.items()}
    files |= {f"{name}.docx": made.word for name, made in pages.items()}
    files |= {f"{name}.pdf": made.pdf for name, made in pages.items()}
    unnumbered = any(made.unnumbered for made in pages.values())
    return replace(rendered, files=files, unnumbered=unnumbered)


def account(run: Run, *, draft: bool) -> dict[str, Any]:
    """What is kept of a run beside its files: ``internal/run.json``."""
    from hcreport.report import run_json  # noqa: PLC0415  (the same)

    return run_json.content(
        run.settings,
        run.ledger,
        run.published,
        run.intake.records,
        run.worked.evaluators[""].frames,
        run.rule_sets,
        draft=draft,
    )

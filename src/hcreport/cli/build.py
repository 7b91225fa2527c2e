"""``hcreport build``: write the report, its summary, its tables, its charts and its figures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcreport.cli.check import print_problems
from hcreport.cli.terminal import (
    FOUND,
    Folder,
    Progress,
    Quarter,
    To,
    Year,
    computed,
    counted,
    output_of,
    tell_withheld,
)
from hcreport.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.pipeline import Rendered, Run
    from hcreport.studio import Studio

HEADLINES = (
    ("stage1.received", "Stage 1 complaints received"),
    ("stage2.received", "Stage 2 complaints received"),
    ("stage1.uphold_rate", "Stage 1 uphold rate"),
    ("stage2.uphold_rate", "Stage 2 uphold rate"),
    ("stage1.on_time_rate", "Stage 1 on time"),
    ("stage2.on_time_rate", "Stage 2 on time"),
    ("compensation.total.amount", "Compensation awarded"),
)


def build(  # noqa: PLR0913  (each is an option of the command)
    folder: Folder = Path(),
    *,
    year: Year = None,
    to: To = None,
    quarter: Quarter = None,
    output: Annotated[
        Path | None, typer.Option(help="Where to write, instead of DIR/output.", metavar="DIR")
    ] = None,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Make a tagged PDF as well. Needs LibreOffice.")
    ] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Mark every page as a draft; build in spite of errors.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files that were edited since the build.")
    ] = False,
) -> None:
    """Write the report, a summary for residents, the tables, the charts and the figures.

    Ends with 1 and writes nothing if the data has errors, unless --draft is given. With --year,
    --to or --quarter the report is for that period, and goes into a folder of its own.
    """
    from hcreport.studio import Studio  # noqa: PLC0415  (kept out of --help's way)

    with Studio() as studio:
        run = computed(folder, year, to, quarter)
        where = output or output_of(run)
        _build(run, where, studio, pdf=pdf, draft=draft, overwrite=overwrite)


def _build(
    run: Run, where: Path, studio: Studio, *, pdf: bool, draft: bool, overwrite: bool
) -> None:
    from hcreport import output as outputs  # noqa: PLC0415
    from hcreport import pipeline  # noqa: PLC0415
    from hcreport.diff import since  # noqa: PLC0415

    outputs.refuse_place(where, _given(run))
    if run.errors and not draft:
        print_problems(run.errors)
        print(
            f"\nNothing was written: {counted(len(run.errors), 'error')} to mend. Then build "
            "again, or add --draft for a report marked as a draft.",
            file=sys.stderr,
        )
        raise typer.Exit(FOUND)
    with Progress() as progress:
        rendered = pipeline.render(run, studio, draft=draft, pdf=pdf, tell=progress.tell)
    outputs.refuse_to_overwrite(where, rendered.files, overwrite=overwrite)
    moved = list(since.last_build(where, run.ledger))
    outputs.put(where, rendered.files, pipeline.account(run, draft=draft))
    _print_summary(run, where, rendered, draft=draft)
    if moved:
        print("\n".join(["", *moved]))


def _given(run: Run) -> Iterator[Path]:
    """The files a report is made from."""
    yield run.folder / "report.toml"
    yield from (run.folder / read.file for read in run.intake.records.inputs)
    yield from (run.folder / "text").glob("*.md")


def _print_summary(run: Run, where: Path, rendered: Rendered, *, draft: bool) -> None:
    settings = run.settings
    print(f"{settings.landlord.name}, {settings.report_period.label}")
    width = max(len(label) for _, label in HEADLINES)
    for figure, label in HEADLINES:
        entry = run.published.at(figure)
        base = f"  ({entry.base})" if entry.result.denominator else ""
        print(f"  {label:<{width}}  {entry.shown}{base}")
    tell_withheld(run)
    warnings = [p for p in run.problems if p.severity is Severity.WARNING]
    if warnings:
        print(f"{counted(len(warnings), 'warning')}: see hcreport check {run.folder}")
    if rendered.missing:
        print(f"Not supplied, and the report says so: {', '.join(rendered.missing)}")
    if rendered.unnumbered:
        print("The contents have no page numbers: docs/pdf.md says why. Word can put them in.")
    charts = sum(name.startswith("charts/") for name in rendered.files)
    print(f"\nWritten to {where}")
    print("  report.docx    the report")
    if "report.pdf" in rendered.files:
        print("  report.pdf     the same, tagged for screen readers")
    print("  summary.docx   a summary for residents")
    if "summary.pdf" in rendered.files:
        print("  summary.pdf    the same, tagged for screen readers")
    print("  annex.xlsx     its tables")
    print("  figures.json   every figure with its definition and base")
    print(f"  charts/        {counted(charts, 'chart')}")
    print("  internal/      workings.xlsx, every figure as a formula; not for publication")
    if draft:
        print(f"It is marked as a draft: {counted(len(run.errors), 'error')} in the data.")
    print(f"Next: open {where / 'report.docx'} and read it through.")

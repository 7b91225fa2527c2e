"""The commands. The only module that prints or exits.

Exit status: 0 done, 1 something was found that needs a person, 2 cannot run, 3 a fault of ours.
"""

from __future__ import annotations

import gc
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, Self

import typer

from hcreport import __version__
from hcreport.problems import CannotRun, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hcreport.pipeline import Rendered, Run
    from hcreport.studio import Studio

FOUND, CANNOT_RUN, OUR_FAULT = 1, 2, 3
# Places shown for each kind of problem before the rest are only counted.
SHOWN_PLACES = 5
HEADLINES = (
    ("stage1.received", "Stage 1 complaints received"),
    ("stage2.received", "Stage 2 complaints received"),
    ("stage1.uphold_rate", "Stage 1 uphold rate"),
    ("stage2.uphold_rate", "Stage 2 uphold rate"),
    ("stage1.on_time_rate", "Stage 1 on time"),
    ("stage2.on_time_rate", "Stage 2 on time"),
    ("compensation.total.amount", "Compensation awarded"),
)

app = typer.Typer(
    name="hcreport",
    help="Turns complaints case-system exports into the annual housing complaints report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback can show a row, and a row can name a person
    rich_markup_mode="rich",
    epilog="Example: hcreport build sample_data/brent-2023-24",
)
Folder = Annotated[
    Path, typer.Argument(metavar="[DIR]", help="The project folder: it holds report.toml.")
]


def main() -> None:
    """Run a command; end with two lines where it cannot run."""
    # A run is short and frees little: looking for garbage would take a fifteenth of its time.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a console may lack a letter
    try:
        app(standalone_mode=True)
    except CannotRun as fault:
        _stop(fault.message, fault.hint, CANNOT_RUN)
    except Exception as fault:  # noqa: BLE001  (the last line of defence: no traceback, ever)
        where = _innermost(fault)
        _stop(
            f"hcreport has a fault: {type(fault).__name__} at {where}.",
            "Please report it with the line above; it names no data.",
            OUR_FAULT,
        )


def _innermost(fault: Exception) -> str:
    """The place in our own code where a fault arose: file and line, no values."""
    place, trace = "an unknown place", fault.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if "hcreport" in path.parts:
            place = f"{path.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _stop(message: str, hint: str, status: int) -> NoReturn:
    print(message, file=sys.stderr)
    print(hint, file=sys.stderr)
    sys.exit(status)


def _version(*, asked: bool) -> None:
    if asked:
        print(f"hcreport {__version__}")
        raise typer.Exit


@app.callback()
def _hcreport(
    *,
    _: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Turns complaints case-system exports into the annual housing complaints report."""


@app.command(epilog="Example: hcreport check sample_data/brent-2023-24")
def check(
    folder: Folder = Path(),
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the problems as JSON, for other programs.")
    ] = False,
) -> None:
    """Read everything and say what is wrong with it, and where.

    Ends with 1 if there are errors, which would stop a build.
    """
    run = _computed(folder)
    if as_json:
        print(json.dumps(_as_json(run), ensure_ascii=False, indent=1))
    else:
        _print_problems(run.problems)
        if run.problems:
            print()
        _print_reconciliation(run)
        if not run.errors:
            print(f"\nNo errors. Next: hcreport build {folder}")
    if run.errors:
        raise typer.Exit(FOUND)


@app.command(epilog="Example: hcreport build sample_data/brent-2023-24")
def build(
    folder: Folder = Path(),
    *,
    output: Annotated[
        Path | None, typer.Option(help="Where to write, instead of DIR/output.", metavar="DIR")
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Mark every page as a draft; build in spite of errors.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files that were edited since the build.")
    ] = False,
) -> None:
    """Write the report, its tables, its charts and its figures.

    Ends with 1 and writes nothing if the data has errors, unless --draft is given.
    """
    from hcreport.studio import Studio  # noqa: PLC0415  (kept out of --help's way)

    with Studio() as studio:
        _build(folder, output, studio, draft=draft, overwrite=overwrite)


def _build(
    folder: Path, output: Path | None, studio: Studio, *, draft: bool, overwrite: bool
) -> None:
    from hcreport import output as outputs  # noqa: PLC0415
    from hcreport import pipeline  # noqa: PLC0415

    run = _computed(folder)
    if run.errors and not draft:
        _print_problems(run.errors)
        print(
            f"\nNothing was written: {_counted(len(run.errors), 'error')}. Mend them and build "
            "again, or add --draft for a report marked as a draft.",
            file=sys.stderr,
        )
        raise typer.Exit(FOUND)
    with _Progress() as progress:
        rendered = pipeline.render(run, studio, draft=draft, tell=progress.tell)
    where = output or folder / "output"
    outputs.refuse_to_overwrite(where, rendered.files, overwrite=overwrite)
    outputs.put(where, rendered.files, pipeline.account(run, draft=draft))
    _print_summary(run, where, rendered, draft=draft)


def _computed(folder: Path) -> Run:
    from hcreport import pipeline  # noqa: PLC0415  (pandas is slow to import; --help is not)

    with _Progress() as progress:
        return pipeline.compute(folder, progress.tell)


@app.command(
    epilog="Example: hcreport init my-report --export complaints.xlsx --export compensation.csv"
)
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The project folder to make.")],
    *,
    export: Annotated[
        list[Path], typer.Option(help="An export of complaints or awards; give each one.")
    ],
    landlord: Annotated[str | None, typer.Option(help="The landlord's name.")] = None,
    year: Annotated[
        str | None, typer.Option(help="The year, as 2023/24, if not the last in the exports.")
    ] = None,
) -> None:
    """Make a project folder from exports, as far as their headings are sure."""
    from hcreport.init import begin  # noqa: PLC0415

    begun = begin(folder, export, landlord, year)
    print(f"Made {begun.folder} for {begun.period.label}")
    for proposal in begun.proposals:
        fields = len(proposal.headings) + sum(map(len, proposal.sides.values()))
        print(f"  {proposal.sheet.file}: {proposal.table}, {proposal.shape} shape")
        print(f"    read as {proposal.sheet.how}; {_counted(fields, 'heading')} accepted")
        if proposal.ignored:
            print(f"    not read: {', '.join(proposal.ignored)}")
        if proposal.missing:
            print(f"    needed and not found: {', '.join(proposal.missing)}")
        for field, values in proposal.unknown.items():
            print(f"    {field}: {_counted(len(values), 'value')} to decide in profile.toml")
    print(f"Next: look through profile.toml and report.toml, then hcreport check {begun.folder}")


class _Progress:
    """A line that says what is going on, on a terminal only."""

    def __init__(self) -> None:
        self._status = None
        if sys.stderr.isatty():
            from rich.console import Console  # noqa: PLC0415

            self._status = Console(stderr=True).status("Starting")

    def __enter__(self) -> Self:
        if self._status:
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status:
            self._status.stop()

    def tell(self, what: str) -> None:
        """Show the step that is under way."""
        if self._status:
            self._status.update(what)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _print_problems(problems: Sequence[Problem]) -> None:
    """Problems grouped by rule, errors first, with the first places of each."""
    for lines in _grouped(problems):
        print("\n".join(lines))


def _grouped(problems: Sequence[Problem]) -> Iterator[list[str]]:
    order = list(Severity)
    rules = sorted({p.rule for p in problems}, key=lambda r: (order.index(r.severity), r.code))
    for rule in rules:
        met = [p for p in problems if p.rule == rule]
        alike: dict[tuple[str, str, str, str], list[Problem]] = {}
        for p in met:
            alike.setdefault((p.place.file, p.place.heading, p.value, p.message), []).append(p)
        lines = [f"{rule.severity.upper()} {rule.code} {rule.title} ({len(met):,})"]
        for same in list(alike.values())[:SHOWN_PLACES]:
            first = same[0]
            value = f" {first.value!r}" if first.value else ""
            more = f" (and in {_counted(len(same) - 1, 'more row')})" if len(same) > 1 else ""
            lines.append(f"  {first.place}:{value} {first.message}{more}")
        if len(alike) > SHOWN_PLACES:
            lines.append(f"  and {len(alike) - SHOWN_PLACES:,} more; --json lists them all")
        lines.append(f"  What to do: {rule.advice}")
        yield lines


def _print_reconciliation(run: Run) -> None:
    """Where every row went: file by file, by what it is, then by standing."""
    from hcreport.derive.complaints import STANDINGS  # noqa: PLC0415
    from hcreport.records import STAGES  # noqa: PLC0415

    print("Rows read")
    for a in run.intake.reconciliation:
        others = [f"{n:,} {kind}" for kind, n in a.kinds.items() if n and kind != "case"]
        besides = f" ({', '.join(others)} besides)" if others else ""
        lost = f", {a.set_aside:,} that could not be used" if a.set_aside else ""
        print(f"  {a.file}: {_counted(a.cases, 'case row')}{besides}")
        print(f"    read as {a.how}; gave {_counted(a.records, 'record')}{lost}")
    for stage, label in STAGES.items():
        held = {s: n for (at, s), n in run.standings.items() if at == stage}
        parts = [f"{held[s]:,} {words.lower()}" for s, words in STANDINGS.items() if held.get(s)]
        if parts:
            print(f"  {label} complaints: {sum(held.values()):,}, of which {', '.join(parts)}")


def _as_json(run: Run) -> dict[str, object]:
    return {
        "schema": "hcreport.check/1",
        "problems": [
            {
                "code": p.rule.code,
                "severity": p.severity.value,
                "title": p.rule.title,
                "file": p.place.file,
                "sheet": p.place.sheet,
                "row": p.place.row or None,
                "heading": p.place.heading,
                "value": p.value,
                "message": p.message,
                "advice": p.rule.advice,
            }
            for p in run.problems
        ],
        "reconciliation": [
            {
                "file": a.file,
                "how": a.how,
                "rows": dict(a.kinds),
                "records": a.records,
                "set_aside": a.set_aside,
            }
            for a in run.intake.reconciliation
        ],
    }


def _print_summary(run: Run, where: Path, rendered: Rendered, *, draft: bool) -> None:
    settings = run.settings
    print(f"{settings.landlord.name}, {settings.report_period.label}")
    width = max(len(label) for _, label in HEADLINES)
    for figure, label in HEADLINES:
        entry = run.ledger.at(figure)
        base = f"  ({entry.base})" if entry.result.denominator else ""
        print(f"  {label:<{width}}  {entry.shown}{base}")
    warnings = [p for p in run.problems if p.severity is Severity.WARNING]
    if warnings:
        print(f"{_counted(len(warnings), 'warning')}: see hcreport check {run.folder}")
    if rendered.missing:
        print(f"Not supplied, and the report says so: {', '.join(rendered.missing)}")
    charts = sum(name.startswith("charts/") for name in rendered.files)
    print(f"\nWritten to {where}")
    print("  report.docx    the report")
    print("  annex.xlsx     its tables")
    print("  figures.json   every figure with its definition and base")
    print(f"  charts/        {_counted(charts, 'chart')}")
    if draft:
        print(f"It is marked as a draft: {_counted(len(run.errors), 'error')} in the data.")
    print(f"Next: open {where / 'report.docx'} and read it through.")

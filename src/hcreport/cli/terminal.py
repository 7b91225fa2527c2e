"""What the commands share: exit statuses, the folder they are given, progress, counted nouns."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self

import typer

from hcreport.problems import CannotRun

if TYPE_CHECKING:
    from hcreport.pipeline import Run

FOUND, CANNOT_RUN, OUR_FAULT = 1, 2, 3
Folder = Annotated[
    Path, typer.Argument(metavar="[DIR]", help="The project folder: it holds report.toml.")
]


Year = Annotated[
    str | None, typer.Option("--year", help="Another year than the settings', as 2024/25.")
]
To = Annotated[
    str | None,
    typer.Option("--to", metavar="DAY", help="Only up to this day of the year: 2024-05-31."),
]
Quarter = Annotated[
    int | None, typer.Option("--quarter", min=1, max=4, help="Only this quarter of the year.")
]


def computed(
    folder: Path, year: str | None = None, to: str | None = None, quarter: int | None = None
) -> Run:
    """A project folder read and worked out, with progress shown; for the period asked for."""
    with Progress() as progress:
        from hcreport import pipeline  # noqa: PLC0415  (numpy is slow to import; --help is not)
        from hcreport.settings import Asked  # noqa: PLC0415  (so is pydantic)

        return pipeline.compute(folder, progress.tell, Asked(year, to, quarter))


def output_of(run: Run) -> Path:
    """Where a run's files go: a period asked for has a folder beside the report's own."""
    if not run.asked:
        return run.folder / "output"
    period = run.settings.report_period
    days = f"{period.start}-to-{period.end}"
    name = days if period.kind == "period" else period.label.replace("/", "-").replace(" ", "-")
    return run.folder / f"output-{name.lower()}"


class Progress:
    """A line that says what is going on, on a terminal only."""

    def __init__(self) -> None:
        self._status = None
        if sys.stderr.isatty():
            from rich.console import Console  # noqa: PLC0415  (on a terminal only)

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


def counted(number: int, noun: str) -> str:
    """A number and what it counts: 1 row, 1,250 rows."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def tell_withheld(run: Run) -> None:
    """How many numbers disclosure control withholds; nothing where it is off."""
    rule = run.settings.disclosure
    if rule.fields:
        small = sum(line.guards is None for line in run.withheld)
        print(
            f"Disclosure control by {', '.join(rule.fields)}: {counted(small, 'number')} from 1 to "
            f"{rule.threshold - 1} withheld, and {len(run.withheld) - small:,} that would give "
            "them away"
        )
        if run.withheld:
            print("  A build lists them in output/internal/suppressed.csv.")


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, whole or not at all. Raises CannotRun where it is."""
    try:
        file = path.open("xb")
    except FileExistsError:
        raise CannotRun(f"{path} is there already.", "Give another name, or remove it.") from None
    except OSError as fault:
        raise _cannot_write(path, fault) from None
    try:
        with file:
            file.write(content)
    except OSError as fault:
        path.unlink()
        raise _cannot_write(path, fault) from None


def _cannot_write(path: Path, fault: OSError) -> CannotRun:
    return CannotRun(f"{path} cannot be written: {fault.strerror}.", "Check the folder.")

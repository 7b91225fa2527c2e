"""``hcreport refresh``: today's figures in a report that people have edited."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcreport.cli.check import print_problems, problem_as_json
from hcreport.cli.terminal import FOUND, Folder, Progress, computed, counted
from hcreport.problems import CannotRun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcreport.problems import Problem
    from hcreport.refresh.account import Account
    from hcreport.refresh.package import Package

File = Annotated[Path, typer.Argument(metavar="FILE", help="The report, as it was edited in Word.")]


def refresh(  # noqa: PLR0913  (each is an option of the command)
    file: File,
    folder: Folder = Path(),
    *,
    output: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where to write, instead of FILE.refreshed.docx."),
    ] = None,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Change FILE itself; a copy of it is kept beside.")
    ] = False,
    take: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Give up a change by hand: a figure, a table, or all."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the file to write, where there is one.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the whole account as JSON, for other programs.")
    ] = False,
) -> None:
    """Put today's figures, tables and charts into a report that people have edited.

    What they wrote stays; a figure that somebody changed by hand is left and listed. Ends with 1
    if something needs a person; the file is written all the same.
    """
    from hcreport import output as outputs  # noqa: PLC0415  (--help stays quick)
    from hcreport.refresh import as_json as in_json  # noqa: PLC0415  (the same)
    from hcreport.refresh import text  # noqa: PLC0415  (the same)
    from hcreport.refresh.package import Package  # noqa: PLC0415  (the same)

    if in_place and output is not None:
        raise CannotRun("--in-place and --output cannot be had at once.", "Give one of them.")
    if output is not None and output.resolve() == file.resolve():
        raise CannotRun(
            f"--output names the file itself, {file.name}, which stays as it is.",
            "Give another name, or --in-place, which keeps a copy.",
        )
    package = Package.of(file)
    if output is not None:
        _refuse_another_kind(output, file, package.suffix)
    target = file.resolve() if in_place else output or _beside(file, package.suffix)
    outputs.refuse_document(target)
    content, account = _refreshed(package, folder, take or [], as_json=as_json)
    place, backup = outputs.place_of(file.resolve(), target, content), None
    if not dry_run:  # before the account, which tells what was done
        backup = outputs.replace_document(file.resolve(), target, content, overwrite=overwrite)
    for line in (in_json if as_json else text).lines(account):
        print(line)
    if not as_json:
        would = text.would_write(target, place, overwrite=overwrite)
        print(f"\n{would if dry_run else text.wrote(target, place, backup)}")
        print(text.ending(account, dry_run=dry_run))
    if account.needs_a_person:
        raise typer.Exit(FOUND)


def _beside(file: Path, suffix: str) -> Path:
    """Where the refreshed file goes: beside the file, whose other dots are part of its name."""
    from hcreport.refresh.package import SUFFIXES  # noqa: PLC0415  (the same)

    stem = file.stem if file.suffix.lower() in SUFFIXES else file.name
    return file.with_name(f"{stem}.refreshed{suffix}")


def _refuse_another_kind(output: Path, file: Path, suffix: str) -> None:
    """Raise CannotRun where Word would not open what is written: its name says another kind."""
    from hcreport.refresh.package import SUFFIXES  # noqa: PLC0415  (the same)

    if output.suffix.lower() in SUFFIXES - {suffix}:
        raise CannotRun(
            f"Word would not open {output.name}: {file.name} is a {suffix} file by what it holds.",
            f"Give --output a name that ends in {suffix}, or save it in Word as .docx first.",
        )


def _refreshed(
    package: Package, folder: Path, take: list[str], *, as_json: bool
) -> tuple[bytes, Account]:
    from hcreport import pipeline  # noqa: PLC0415  (the same)
    from hcreport.refresh import refreshing  # noqa: PLC0415  (the same)
    from hcreport.refresh.ours import Ours  # noqa: PLC0415  (the same)
    from hcreport.studio import Studio  # noqa: PLC0415  (the same)

    old = refreshing.remembered(package)
    with Studio() as studio:
        run = computed(folder)
        if run.errors and old.run.get("draft") != "yes":
            _tell_errors(run.errors, as_json=as_json)
            raise typer.Exit(FOUND)
        with Progress() as progress:
            progress.tell(f"Refreshing {package.name}")
            w = pipeline.writer(run)
            ours = Ours(w, pipeline.contents(run, w, studio))
            done = refreshing.refresh(package, ours, take, draft=bool(run.errors))
    return done.content, done.account


def _tell_errors(errors: Sequence[Problem], *, as_json: bool) -> None:
    from hcreport.refresh import as_json as in_json  # noqa: PLC0415  (the same)

    if as_json:
        print("\n".join(in_json.refused(map(problem_as_json, errors))))
    else:
        print_problems(errors)
    print(
        f"\nNothing was written: {counted(len(errors), 'error')} to mend, then refresh again.",
        file=sys.stderr,
    )

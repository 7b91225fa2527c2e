"""``hcreport diff``: what differs between two builds, and which records moved each figure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hcreport.cli.terminal import FOUND
from hcreport.problems import CannotRun


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="An output folder, kept from before.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="An output folder to compare it to.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print everything as JSON, for other programs.")
    ] = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print a note for a committee, without references.")
    ] = False,
) -> None:
    """Say which figures differ between two builds, and which records moved them.

    Ends with 0 if nothing differs, with 1 if anything does.
    """
    from hcreport.diff import as_json as in_json  # noqa: PLC0415  (--help stays quick)
    from hcreport.diff import folder, markdown, text  # noqa: PLC0415
    from hcreport.diff.compare import compare  # noqa: PLC0415

    if as_json and as_markdown:
        raise CannotRun("--json and --markdown cannot be had at once.", "Give one of them.")
    difference = compare(folder.read(old), folder.read(new))
    form = in_json if as_json else markdown if as_markdown else text
    for line in form.lines(difference):
        print(line)
    if difference:
        raise typer.Exit(FOUND)

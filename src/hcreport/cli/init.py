"""``hcreport init``: a project folder from exports alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hcreport.cli.terminal import counted


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
    from hcreport.init import begin  # noqa: PLC0415  (--help stays quick)

    begun = begin(folder, export, landlord, year)
    print(f"Made {begun.folder} for {begun.period.label}")
    for proposal in begun.proposals:
        fields = len(proposal.headings) + sum(map(len, proposal.sides.values()))
        print(f"  {proposal.sheet.file}: {proposal.table}, {proposal.shape} shape")
        print(f"    read as {proposal.sheet.how}; {counted(fields, 'heading')} accepted")
        if proposal.ignored:
            print(f"    not read: {', '.join(proposal.ignored)}")
        if proposal.missing:
            print(f"    needed and not found: {', '.join(proposal.missing)}")
        for field, values in proposal.unknown.items():
            print(f"    {field}: {counted(len(values), 'value')} to decide in profile.toml")
    print(f"Next: look through profile.toml and report.toml, then hcreport check {begun.folder}")

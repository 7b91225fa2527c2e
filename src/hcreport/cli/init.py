"""``hcreport init``: a project folder from exports alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcreport.cli.terminal import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.init import Begun, Survey
    from hcreport.intake.proposing import Proposal


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The project folder to make.")],
    *,
    export: Annotated[
        list[Path], typer.Option(help="An export of complaints or awards; give each one.")
    ],
    landlord: Annotated[str | None, typer.Option(help="The landlord's name.")] = None,
    year: Annotated[
        str | None, typer.Option(help="The year, as 2023/24, if not that of most complaints.")
    ] = None,
) -> None:
    """Make a project folder from exports, as far as their headings are sure.

    On a terminal it asks for the landlord and the year, unless one of them is given.
    """
    from hcreport.init import begin, survey  # noqa: PLC0415  (--help stays quick)
    from hcreport.init.folder import refuse_to_overwrite  # noqa: PLC0415

    refuse_to_overwrite(folder)
    found = survey(export)
    if landlord is None and year is None and sys.stdin.isatty() and sys.stdout.isatty():
        landlord, year = _asked(found)
    begun = begin(folder, found, landlord, year)
    print("\n".join(_told(found, begun)))


def _asked(found: Survey) -> tuple[str | None, str | None]:
    """The landlord's name and the year, from whoever sits at the terminal; either can be blank."""
    name = typer.prompt("The landlord's name", default="", show_default=False).strip()
    likely = found.year.label if found.year else ""
    year = typer.prompt("The year", default=likely, show_default=bool(likely)).strip()
    return name or None, year or None


def _told(found: Survey, begun: Begun) -> Iterator[str]:
    yield f"Made {begun.folder}" + (f" for {begun.period.label}" if begun.period else "")
    if found.understood.system is not None:
        yield f"The exports are those of {found.understood.system.profile.title}"
    for proposal in found.proposals:
        yield from _of_source(proposal)
    for passed in found.passed:
        name = f"{passed.file} › {passed.sheet}" if passed.sheet else passed.file
        yield f"  {name}: passed over, as {passed.why}"
    if begun.to_fill_in:
        yield "To fill in or decide:"
        yield from (f"  {line}" for line in begun.to_fill_in)
    yield f"Next: look through profile.toml and report.toml, then hcreport check {begun.folder}"


def _of_source(p: Proposal) -> Iterator[str]:
    """What one source was read as: accepted, doubtful and ignored headings."""
    name = " › ".join((", ".join(p.files), *([", ".join(p.names)] if p.names else [])))
    stage = f", {p.stage}" if p.stage else ""
    yield f"  {name}: {p.table}, {p.shape} shape{stage}"
    rows = counted(sum(len(sheet.rows) for sheet in p.sheets), "row")
    yield f"    read as {p.sheets[0].how}; {rows}; {counted(len(p.columns), 'heading')} accepted"
    for (side, field), heading in p.columns.items():
        yield f"      {f'{side}.' if side else ''}{field}: {heading}"
    doubtful = {match: doubt for match, doubt in p.doubts.items() if doubt.headings}
    if doubtful:
        yield "    doubtful, and not read:"
    for (side, field), doubt in doubtful.items():
        why = f" ({doubt.why})" if doubt.why else ""
        yield f"      {f'{side}.' if side else ''}{field}: {' or '.join(doubt.headings)}{why}"
    shown = {heading for doubt in doubtful.values() for heading in doubt.headings}
    spare = [heading for headings in p.spare.values() for heading in headings]
    ignored = [heading for heading in p.ignored if heading not in shown]
    if p.twice:
        yield f"    stands there twice, so not read: {', '.join(p.twice)}"
    if ignored or spare:
        yield f"    not read: {', '.join(dict.fromkeys((*ignored, *spare)))}"
    if p.missing:
        needed = (f"{side}.{field}" if side else field for side, field in p.missing)
        yield f"    needed and not found: {', '.join(needed)}"

"""``hcreport explain``: a figure with its records, or a problem's rule."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from hcreport.cli.terminal import Folder, Progress, computed, counted, write_new
from hcreport.problems import CannotRun, did_you_mean

_CODE = re.compile(r"[A-Za-z]\d{1,4}")


def explain(
    name: Annotated[
        str, typer.Argument(metavar="FIGURE", help="A figure's id, or a problem's code: D104.")
    ],
    folder: Folder = Path(),
    *,
    by: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=VALUE", help="The group it is about; give each field."),
    ] = None,
    rows: Annotated[
        bool, typer.Option("--rows", help="List the records behind it, with their places.")
    ] = False,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write those records to a new CSV file.")
    ] = None,
) -> None:
    """Say what a figure is, what it is over, where it is printed and which records are behind it.

    Given a problem's code instead, say what the problem is and what to do.
    """
    if _CODE.fullmatch(name):
        _print_rule(name.upper())
        return
    from hcreport import explain as explained  # noqa: PLC0415  (--help stays quick)

    run = computed(folder)
    entry = run.ledger.at(name, **dict(_group(by or [])))
    with Progress() as progress:
        progress.tell("Looking through the report")
        lines = list(explained.told(run, entry))
    print("\n".join(lines))
    if not rows and csv is None:
        return
    found = explained.members(run, entry)
    if rows:
        print("\n".join(f"    {member}" for member in found))
    if csv is not None:
        write_new(csv, explained.as_csv(found))
        print(f"Written to {csv}: {counted(len(found), 'record')}. It holds references.")


def _print_rule(code: str) -> None:
    from hcreport import rulebook  # noqa: PLC0415

    known = rulebook.rules()
    if code not in known:
        near = did_you_mean(code, known) or "docs/problems.md lists them."
        raise CannotRun(f"There is no problem {code}.", near)
    rule = known[code]
    print(f"{code}: {rule.title}")
    print(f"  {rule.severity.capitalize()}: {_MEANS[rule.severity.value]}")
    print(f"  What to do: {rule.advice}")


_MEANS = {
    "error": "a build stops until it is mended, unless it is a draft.",
    "warning": "a build goes on; look at it before you publish.",
    "note": "worth knowing; nothing needs to be done.",
}


def _group(given: list[str]) -> list[tuple[str, str]]:
    """Fields and their values, as ``service=Repairs`` gives them."""
    found = []
    for part in given:
        field, sign, value = part.partition("=")
        if not sign or not field.strip():
            raise CannotRun(f"--by {part!r} names no value.", 'Write --by service="Repairs".')
        found.append((field.strip(), value.strip()))
    return found

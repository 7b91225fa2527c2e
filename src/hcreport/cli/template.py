"""``hcreport template``: what a Word template can name, a copy to restyle, and its faults."""

from __future__ import annotations

import shutil
import textwrap
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcreport.cli.terminal import FOUND, Folder, computed, counted
from hcreport.problems import CannotRun, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hcreport.report.template_check import Checked, Fault
    from hcreport.report.template_names import Name

app = typer.Typer(
    help="Word templates: what they can name, a copy to restyle, and what is wrong with one.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)
_WHAT = {
    "figures": "Figures, anywhere in a sentence: {{ stage1.received }}",
    "tables": "Tables, alone in a paragraph: {{ tables.outcomes_by_service }}",
    "charts": "Charts, alone in a paragraph: {{ charts.received_by_month }}",
    "commentary": "Sentences that turn with the figures, alone in a paragraph",
    "text": "Your own texts, alone in a paragraph; any other name is text/NAME.md",
    "facts": "Facts from the settings, anywhere in a sentence",
}
_FACETS = (
    "  Each also as .previous, .change, .base (the counts behind a share), .share, and for a group",
    '  {{ stage1.received.by(service="Repairs") }}',
)
_NARROWEST, _WIDEST, _MEANING = 60, 120, 30


@app.command(epilog="Example: hcreport template names my-report --find upheld")
def names(
    folder: Folder = Path(),
    *,
    find: Annotated[
        str | None, typer.Option(metavar="WORD", help="Only those whose name or meaning has it.")
    ] = None,
) -> None:
    """List every placeholder with what it says today and what it means."""
    from hcreport import pipeline  # noqa: PLC0415  (--help stays quick)
    from hcreport.report import template_names  # noqa: PLC0415

    run = computed(folder)
    found = template_names.names(run.folder, pipeline.writer(run))
    wanted = (find or "").casefold()
    kept = {
        kind: [n for n in listed if wanted in f"{n.name} {n.meaning}".casefold()]
        for kind, listed in found.items()
    }
    if not any(kept.values()):
        every = (n.name for listed in found.values() for n in listed)
        hint = did_you_mean(wanted, every) or "Without --find it lists all of them."
        raise CannotRun(f"No placeholder's name or meaning has {find!r}.", hint)
    print("\n\n".join("\n".join(_table(kind, n)) for kind, n in kept.items() if n))


def _table(kind: str, listed: Sequence[Name]) -> Iterator[str]:
    """A kind's placeholders in columns: name, today's value, unit, meaning."""
    columns = shutil.get_terminal_size((100, 24)).columns
    width = min(max(columns, _NARROWEST), _WIDEST)
    rows = [(n.name, f"{n.says} {n.unit}".strip(), n.meaning) for n in listed]
    first = max(len(name) for name, _, _ in rows) + 2
    second = min(max(len(today) for _, today, _ in rows), max(width - first - _MEANING - 4, 20)) + 2
    yield _WHAT[kind]
    if kind == "figures":
        yield from _FACETS
    for name, today, meaning in rows:
        head = f"  {name:{first}}{today:{second}}"
        if len(head) > width - _MEANING:
            yield f"  {name:{first}}{today}"
            head = " " * (first + 2)
        filled = textwrap.wrap(meaning, width - len(head)) or [""]
        yield f"{head}{filled[0]}"
        yield from (" " * len(head) + line for line in filled[1:])


@app.command(epilog="Example: hcreport template copy brent my-report")
def copy(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="A bundled template: brent, hillingdon or summary."),
    ],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to put it.")],
) -> None:
    """Copy a bundled template, to be opened in Word and restyled. Nothing is overwritten."""
    from hcreport.report.template_files import bundled, find_template  # noqa: PLC0415

    if name not in bundled():
        known = bundled()
        hint = did_you_mean(name, known) or f"Bundled templates: {', '.join(known)}."
        raise CannotRun(f"There is no bundled template {name!r}.", hint)
    if not folder.is_dir():
        raise CannotRun(f"There is no folder {folder}.", "Give one that is there.")
    path = folder / f"{name}.docx"
    try:
        with path.open("xb") as file:
            file.write(find_template(Path(), name).read_bytes())
    except FileExistsError:
        raise CannotRun(f"{path} is there already.", "Rename it, or give another folder.") from None
    except OSError as fault:
        raise CannotRun(f"{path} cannot be written: {fault.strerror}.", "Check it.") from None
    print(f"Copied to {path}")
    print("Next:")
    print(
        "  Restyle it in Word: logo, fonts and colours; put your own words around the {{ … }}."
        " What stands inside the braces stays as it is."
    )
    setting = "summary" if name == "summary" else "template"
    print(f'  Set {setting} = "{path.name}" in report.toml, above the first [part].')
    print(f"  hcreport template check {path} {folder}")


@app.command(epilog="Example: hcreport template check my-report/brent.docx my-report")
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A Word file, or a bundled name.")],
    folder: Folder = Path(),
) -> None:
    """Say all that is wrong with a template, each fault with its place, and what it leaves out.

    Ends with 1 if a build could not use it.
    """
    from hcreport import pipeline  # noqa: PLC0415
    from hcreport.report import template_check  # noqa: PLC0415
    from hcreport.report.template_files import find_template  # noqa: PLC0415
    from hcreport.report.word.package import Package  # noqa: PLC0415

    path = file if file.is_file() else find_template(folder, str(file))
    Package.open(path)  # what is no Word file is told before anything is read
    run = computed(folder)
    checked = template_check.check(path, pipeline.writer(run))
    print("\n".join(_told(path, checked)))
    if not checked.is_sound:
        raise typer.Exit(FOUND)


def _told(path: Path, checked: Checked) -> Iterator[str]:
    stopping = sum(not fault.is_note for fault in checked.faults)
    placeholders = counted(checked.placeholders, "placeholder")
    yield f"{path.name}: {placeholders}, {counted(stopping, 'fault') if stopping else 'no fault'}"
    for place, faults in groupby(checked.faults, key=lambda f: (f.where, f.heading)):
        yield from _at(place, list(faults))
    if checked.is_summary:
        yield "It is a summary for residents; what the Code asks for stands in the report."
    elif checked.left_out:
        yield ""
        yield "The Code asks for this, and the template has no placeholder for it:"
        for block in checked.left_out:
            yield f"  {block.provision} {block.asks}: {{{{ {block.served_by[0]} }}}}"
    else:
        yield "It has a place for everything that 8.1, 8.2 and 9.7 of the Code ask for."


def _at(place: tuple[str, str], faults: Sequence[Fault]) -> Iterator[str]:
    where, heading = place
    yield ""
    if heading:
        yield f"Under “{heading}”" + ("" if where == "text" else f", in a {where}")
    elif where:
        yield "Before the first heading" if where == "text" else f"In a {where}"
    for fault in faults:
        yield f"  {'Note: ' if fault.is_note else ''}{fault.message}"
        if fault.sentence:
            yield f"    in: {fault.sentence}"
        yield f"    {fault.hint}"

"""The program's commands put together, and the last line of defence around them."""

from __future__ import annotations

import gc
import io
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from hcreport import __version__
from hcreport.cli import template
from hcreport.cli.build import build
from hcreport.cli.check import check
from hcreport.cli.diff import diff
from hcreport.cli.explain import explain
from hcreport.cli.init import init
from hcreport.cli.proofread import proofread
from hcreport.cli.refresh import refresh
from hcreport.cli.terminal import CANNOT_RUN, OUR_FAULT
from hcreport.problems import CannotRun

app = typer.Typer(
    name="hcreport",
    help="Turns complaints case-system exports into the annual housing complaints report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback can show a row, and a row can name a person
    rich_markup_mode="rich",
    epilog="Example: hcreport build sample_data/brent-2023-24",
)
app.command(
    epilog="Example: hcreport init my-report --export complaints.xlsx --export compensation.csv"
)(init)
app.command(epilog="Example: hcreport check sample_data/brent-2023-24")(check)
app.command(
    epilog="Example: hcreport build sample_data/brent-2023-24; "
    "hcreport build my-report --quarter 1; hcreport build my-report --to 2024-05-31"
)(build)
app.command(epilog='Example: hcreport explain stage1.uphold_rate . --by service="Repairs" --rows')(
    explain
)
app.command(epilog="Example: hcreport diff output-in-may my-report/output --markdown")(diff)
app.command(
    epilog="Example: hcreport refresh report-edited.docx my-report --dry-run; "
    "hcreport refresh report-edited.docx my-report --take stage1.upheld"
)(refresh)
app.command(
    epilog="Example: hcreport proofread annual-report.docx my-report --comments commented.docx; "
    "hcreport proofread published.docx --figures my-report/output/figures.json"
)(proofread)
app.add_typer(template.app, name="template")


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
    finally:
        # Python looks for garbage once more as it ends, whatever it was told: there is none to see.
        gc.freeze()


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

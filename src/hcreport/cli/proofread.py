"""``hcreport proofread``: every number in any Word report, held against the ledger."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcreport.cli.terminal import FOUND, Folder, Progress, computed, write_new
from hcreport.problems import CannotRun

if TYPE_CHECKING:
    from hcreport.proofread.source import Source


def proofread(  # noqa: PLR0913  (an option for each form of the answer)
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A Word report, ours or not.")],
    folder: Folder = Path(),
    *,
    figures: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Hold it to a published figures.json instead of DIR."),
    ] = None,
    comments: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a copy with a Word comment at each wrong number."),
    ] = None,
    unrecognised: Annotated[
        bool, typer.Option("--unrecognised", help="Comment on numbers not recognised as well.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print every number as JSON, for other programs.")
    ] = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print a note in Markdown.")
    ] = False,
) -> None:
    """Hold every number in a Word report against the figures, and against the report itself.

    Ends with 0 if nothing is wrong, with 1 if anything is.
    """
    from hcreport.proofread import as_json as in_json  # noqa: PLC0415  (--help stays quick)
    from hcreport.proofread import markdown, passages, text  # noqa: PLC0415
    from hcreport.proofread.claims import Outcome  # noqa: PLC0415
    from hcreport.proofread.reading import Reader  # noqa: PLC0415

    if as_json and as_markdown:
        raise CannotRun("--json and --markdown cannot be had at once.", "Give one of them.")
    if comments is not None and comments.exists():
        raise CannotRun(f"{comments} is there already.", "Give another name, or remove it.")
    read = passages.read(file)
    source = _source(folder, figures)
    with Progress() as progress:
        progress.tell(f"Reading {file.name}")
        proof = Reader(source).document(read.blocks)
    form = in_json if as_json else markdown if as_markdown else text
    for line in form.lines(proof):
        print(line)
    if comments is not None:
        from hcreport.proofread.comments import commented  # noqa: PLC0415

        write_new(comments, commented(read, proof.found, all_unknown=unrecognised))
        # Apart from the answer, which another program may read.
        print(f"Written to {comments}: a copy with the comments.", file=sys.stderr)
    if proof.of(Outcome.WRONG):
        raise typer.Exit(FOUND)


def _source(folder: Path, figures: Path | None) -> Source:
    """The true figures: a published ledger where one is given, else the project's own."""
    from hcreport.proofread import source  # noqa: PLC0415

    if figures is not None:
        return source.of_json(figures)
    from hcreport import pipeline  # noqa: PLC0415

    return pipeline.proof_source(computed(folder))

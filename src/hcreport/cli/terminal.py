"""What the commands share: exit statuses, the folder they are given, progress, counted nouns."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcreport.pipeline import Run

FOUND, CANNOT_RUN, OUR_FAULT = 1, 2, 3
Folder = Annotated[
    Path, typer.Argument(metavar="[DIR]", help="The project folder: it holds report.toml.")
]


def computed(folder: Path) -> Run:
    """A project folder read and worked out, with progress shown."""
    with _no_search_for_garbage(), Progress() as progress:
        from hcreport import pipeline  # noqa: PLC0415  (numpy is slow to import; --help is not)

        return pipeline.compute(folder, progress.tell)


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Spare Python its searches for cycles: reading makes a million objects, and hardly a cycle.

    They would take a tenth of the time. What nothing points to goes all the same, and what was
    read stays to the end, so that it need not be searched later either.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


class Progress:
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


def counted(number: int, noun: str) -> str:
    """A number and what it counts: 1 row, 1,250 rows."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"

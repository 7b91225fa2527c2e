"""What moved since the last build in a folder: its figures alone, so that every build can say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hcreport.diff.compare import changed_figures
from hcreport.diff.folder import account, entries_of
from hcreport.diff.wording import quantity, transition
from hcreport.problems import CannotRun

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.diff.compare import FigureChange
    from hcreport.figures.ledger import Ledger

SHOWN = 5


def last_build(folder: Path, ledger: Ledger) -> Iterator[str]:
    """What a build of this ledger moves, to be asked before it is put into the folder.

    Nothing is said where there was no build before, or none that can be read.
    """
    try:
        before = entries_of(account(folder))
    except (CannotRun, KeyError, TypeError, ValueError, AttributeError):
        return
    changes = changed_figures(before, {(e.id, e.group): e for e in ledger.entries})
    wholes = [change for change in changes if not change.group]
    if not changes:
        yield "No figure has moved since the last build here."
        return
    parts = [change for change in changes if change.group]
    if wholes:
        beside = f", and {quantity(len(parts), 'figure')} for parts of them" if parts else ""
        yield f"Since the last build here {quantity(len(wholes), 'figure')} moved{beside}:"
    else:
        told = quantity(len(parts), "figure")
        yield f"Since the last build here no figure moved as a whole, but {told} for parts did:"
    shown = wholes or parts
    yield from (f"  {_named(change)}  {transition(change)}" for change in shown[:SHOWN])
    if len(shown) > SHOWN:
        yield f"  and {len(shown) - SHOWN:,} more"
    yield "To see why, keep a copy of the folder before a build: hcreport diff COPY FOLDER"


def _named(change: FigureChange) -> str:
    """A figure's id, with the labels of the part of it that moved."""
    group = " / ".join(label for _, label in change.group)
    return f"{change.figure.id} ({group})" if group else change.figure.id

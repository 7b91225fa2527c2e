"""Marks inside sentences: a figure, a phrase, a caption's title, a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcreport.refresh.account import Did, Line
from hcreport.refresh.marked import accepted, put

if TYPE_CHECKING:
    from hcreport.refresh.marked import Control


def refresh(control: Control, was: str, ours: str | None, *, taken: bool) -> Line:
    """Let a mark say what it says today, unless somebody changed it by hand and nobody takes ours.

    ``was`` is what the last run wrote; ``ours`` is None where nothing is worked out for it
    any more.
    """
    theirs = accepted(control.content)
    did = _done(control, was, theirs, ours, taken=taken)
    if did in {Did.UPDATED, Did.TAKEN}:
        put(control.content, ours or "")
    return Line(did, control.tag, control.heading, was=was, ours=ours or "", theirs=theirs)


def _done(control: Control, was: str, theirs: str, ours: str | None, *, taken: bool) -> Did:
    if control.is_emptied:
        return Did.MISSING
    if ours is None or not ours:
        return Did.GONE
    if theirs == ours:
        return Did.UNCHANGED
    if theirs == was:
        return Did.UPDATED
    return Did.TAKEN if taken else Did.KEPT

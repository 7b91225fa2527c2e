"""Blocks brought up to date: each kind by its own rule, and a table that came or went."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hcreport.refresh import grids, numbering, pictures, sentences
from hcreport.refresh.account import Did, Line
from hcreport.refresh.marked import accepted
from hcreport.report.word import blocks
from hcreport.report.word.imprint import Grid, Picture, Sentences
from hcreport.report.word.walk import cells
from hcreport.report.word.xml import run
from hcreport.tables import Absent, Table

if TYPE_CHECKING:
    from hcreport.refresh.marked import Control
    from hcreport.refresh.ours import Ours
    from hcreport.refresh.package import Package
    from hcreport.report.word.controls import Controls
    from hcreport.report.word.imprint import Kept

# What leaves the document as it was.
LEFT = frozenset({Did.UNCHANGED, Did.KEPT, Did.MISSING, Did.GONE, Did.NEW})


@dataclass
class Refreshed:
    """What became of a block, what it is to remember (None: as before), what was written anew."""

    lines: list[Line] = field(default_factory=list)
    kept: Kept | None = None


@dataclass(frozen=True)
class Desk:
    """What a block is brought up to date with."""

    ours: Ours
    maker: Controls
    package: Package


def has_something(tag: str, ours: Ours) -> bool:
    """Whether there is something to show today for a block."""
    kind, _, name = tag.partition(".")
    match kind:
        case "tables":
            return isinstance(ours.table(name), Table)
        case "charts":
            return ours.chart(name) is not None
        case _:
            return bool(ours.sentences(name))


def refresh(control: Control, old: Kept, desk: Desk, *, taken: bool) -> Refreshed:
    """Bring a block up to date."""
    kind, _, name = control.tag.partition(".")
    if control.is_emptied:
        return Refreshed([_line(control, Did.MISSING)])
    match old:
        case Picture():
            return _chart(control, old, desk, name, taken=taken)
        case Grid():
            return _table(control, old, desk, name, taken=taken)
        case Sentences() if kind == "tables":
            return _statement(control, old, desk, name, taken=taken)
        case Sentences():
            new = desk.ours.sentences(name)
            if new is None:
                return Refreshed([_line(control, Did.GONE, theirs="a commentary")])
            done = sentences.refresh(control, old, new, desk.maker, taken=taken)
            return Refreshed(done.lines, Sentences(tuple(done.kept)))
        case str():
            raise TypeError(f"{control.tag} is no block")


def _chart(control: Control, old: Picture, desk: Desk, name: str, *, taken: bool) -> Refreshed:
    chart = desk.ours.chart(name)
    drawn = None if chart is None else pictures.Drawn(desk.ours.picture(name), chart.alt)
    lines = list(pictures.refresh(control, old, drawn, desk.package, taken=taken))
    if drawn is None:
        return Refreshed(lines)
    left = {line.part for line in lines if line.did in {Did.KEPT, Did.MISSING}}
    return Refreshed(
        lines,
        Picture(
            old.sha256 if "picture" in left else drawn.digest,
            old.alt if "text alternative" in left else drawn.alt,
        ),
    )


def _table(control: Control, old: Grid, desk: Desk, name: str, *, taken: bool) -> Refreshed:
    new = desk.ours.table(name)
    if isinstance(new, Table):
        lines = list(grids.refresh(control, old, new, taken=taken))
        was_left = any(line.did in {Did.KEPT, Did.MISSING} for line in lines)
        return Refreshed(lines, None if was_left else Grid(cells(new)))
    if new is None or not (taken or grids.is_untouched(control, old)):
        return Refreshed([_line(control, Did.GONE, theirs="a table")])
    numbering.drop_caption(control)
    _empty(control)
    if not new.reason:
        control.content.append(blocks.not_supplied(_NO_DATA))
    else:
        control.content.append(blocks.not_supplied(new.reason))
    kept = Sentences(((new.reason or _NO_DATA,),))
    return Refreshed([_line(control, Did.REMOVED)], kept)


_NO_DATA = "There is nothing to show in this table."


def _statement(
    control: Control, old: Sentences, desk: Desk, name: str, *, taken: bool
) -> Refreshed:
    """The statement that there is no table: another reason, or the table there now is."""
    new = desk.ours.table(name)
    theirs = "\n".join(accepted(p) for p in control.content)
    if new is None:
        return Refreshed([_line(control, Did.GONE, theirs=theirs)])
    if isinstance(new, Absent):
        reasons = [[new.reason]] if new.reason else []
        done = sentences.refresh(control, old, reasons, desk.maker, taken=taken)
        return Refreshed(done.lines, Sentences(tuple(done.kept)))
    if theirs != "\n".join(old.texts) and not taken:
        return Refreshed([_line(control, Did.KEPT, ours="a table", theirs=theirs)])
    note = new.note or desk.ours.content.default_note
    words = desk.maker.words
    _empty(control)
    control.content.append(blocks.table(new, grids.room(control)))
    beside = f"{name.replace('_', ' ')}: "
    control.content.append(blocks.note(words(f"{control.tag}|note", f"{beside}note", note)))
    title = run(": ") + words(f"{control.tag}|title", f"{beside}title", new.title)
    numbering.add_caption(control, name, title)
    return Refreshed([_line(control, Did.ADDED)], Grid(cells(new)))


def _empty(control: Control) -> None:
    for element in list(control.content):
        control.content.remove(element)


def _line(control: Control, did: Did, ours: str = "", theirs: str = "") -> Line:
    what = "table" if control.tag.startswith("tables.") else "block"
    return Line(did, control.tag, control.heading, what, ours=ours, theirs=theirs)

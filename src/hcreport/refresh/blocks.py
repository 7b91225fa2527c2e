"""Blocks brought up to date: each kind by its own rule, and a table that came or went."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.refresh import grids, hung, numbering, pictures, sentences
from hcreport.refresh.account import Did, Line
from hcreport.refresh.marked import accepted, is_plain
from hcreport.report.word import blocks
from hcreport.report.word.imprint import Grid, Picture, Sentences
from hcreport.report.word.walk import cells
from hcreport.report.word.xml import run
from hcreport.tables import Absent, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element as Element

    from hcreport.refresh.marked import Control
    from hcreport.refresh.ours import Ours
    from hcreport.refresh.package import Package
    from hcreport.refresh.taking import Take
    from hcreport.report.word.controls import Controls
    from hcreport.report.word.imprint import Kept, Piece

# What leaves the document as it was.
LEFT = frozenset({Did.UNCHANGED, Did.KEPT, Did.MISSING, Did.GONE, Did.NEW})


@dataclass
class Refreshed:
    """What became of a block, what it is to remember (None: as before), what marks went with it.

    ``turned`` are paragraphs left as edited by hand whose words no longer fit, ``given_up`` marks
    that were missing from what is taken.
    """

    lines: list[Line] = field(default_factory=list)
    kept: Kept | None = None
    missing: list[str] = field(default_factory=list)
    turned: dict[Element, Line] = field(default_factory=dict)
    given_up: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """What a block is brought up to date with.

    ``remembered`` is what every mark last said, ``take`` the changes by hand that are given up.
    ``theirs`` are sentences that somebody edited, by block and place: its copies share them.
    """

    ours: Ours
    maker: Controls
    package: Package
    remembered: Mapping[str, Kept]
    take: Take
    theirs: dict[str, dict[float, tuple[Piece, ...]]] = field(default_factory=dict)

    def theirs_of(self, control: Control) -> dict[float, tuple[Piece, ...]]:
        """The sentences of a block that somebody edited, to be added to."""
        return self.theirs.setdefault(control.tag, {})


def has_something(tag: str, ours: Ours) -> bool:
    """Whether there is something to show today for a block."""
    kind, _, name = tag.partition(".")
    match kind:
        case "tables":
            return isinstance(ours.table(name), Table)
        case "charts":
            return ours.chart(name) is not None
        case "text":
            return bool(ours.content.text(name))
        case _:
            return bool(ours.sentences(name))


def pieces(found: Iterable[Control]) -> dict[str, set[str]]:
    """The marks there are, each with the pieces of it that can be taken by themselves."""
    there: dict[str, set[str]] = {}
    for control in found:
        held = there.setdefault(control.tag, set())
        if control.tag.startswith("charts."):
            held |= {pictures.PICTURE, pictures.ALTERNATIVE}
        elif control.tag.startswith("tables."):
            held |= grids.pieces(control)
    return there


def refresh(control: Control, old: Kept, desk: Desk) -> Refreshed:
    """Bring a block up to date."""
    kind, _, name = control.tag.partition(".")
    taken = desk.take.takes(control.tag)
    if control.is_emptied:
        return Refreshed([_line(control, Did.MISSING)])
    match old:
        case Picture():
            return _chart(control, old, desk, name, taken=taken)
        case Grid():
            return _table(control, old, desk, name, taken=taken)
        case Sentences() if kind == "tables":
            return _statement(control, old, desk, name, taken=taken)
        case Sentences() if kind == "text":
            # A text is people's own, and the document's words go before those of the project.
            return Refreshed(
                [_line(control, Did.NEW)] if has_something(control.tag, desk.ours) else []
            )
        case Sentences():
            return _commentary(control, old, desk, name, taken=taken)
        case str():
            raise TypeError(f"{control.tag} is no block")


def _commentary(
    control: Control, old: Sentences, desk: Desk, name: str, *, taken: bool
) -> Refreshed:
    new = desk.ours.sentences(name)
    if new is None:
        return Refreshed([_line(control, Did.GONE, theirs="a commentary")])
    done = sentences.refresh(control, old, new, desk.maker, desk.theirs_of(control), taken=taken)
    if not _has_words(control):
        hung.take_out(control.element)  # all of it went, and a control may not be empty
    return Refreshed(
        done.lines, Sentences(tuple(done.kept)), done.missing, done.turned, done.given_up
    )


def _has_words(control: Control) -> bool:
    """Whether a paragraph is left in a block, and not just the half of a bookmark."""
    return any(element.tag == qn("w:p") for element in control.content)


def _chart(control: Control, old: Picture, desk: Desk, name: str, *, taken: bool) -> Refreshed:
    chart = desk.ours.chart(name)
    if chart is not None:
        drawn = pictures.Drawn(desk.ours.picture(name), chart.alt)
        lines = list(pictures.refresh(control, old, drawn, desk.package, desk.take))
        return Refreshed(lines, Picture(drawn.digest, drawn.alt))
    is_ours = pictures.is_untouched(control, old, desk.package) and _has_our_caption(control, desk)
    if _is_commented(control) or not (taken or is_ours):
        return Refreshed([_line(control, Did.GONE, theirs="a chart")])
    _drop_caption(control)
    hung.take_out(control.element)
    return Refreshed([_line(control, Did.REMOVED)], Sentences(()))


def _table(control: Control, old: Grid, desk: Desk, name: str, *, taken: bool) -> Refreshed:
    new = desk.ours.table(name)
    if isinstance(new, Table):
        return Refreshed(*grids.refresh(control, old, new, desk.take))
    if new is not None and [accepted(e) for e in control.content] == [new.reason]:
        return Refreshed([_line(control, Did.UNCHANGED)])  # a copy of one that was left elsewhere
    may_go = not _is_commented(control) and (taken or _is_as_written(control, old, desk))
    if new is None or not may_go:
        return Refreshed([_line(control, Did.GONE, theirs="a table")])
    _drop_caption(control)
    _empty(control)
    if new.reason:
        control.content.append(blocks.not_supplied(new.reason))
    else:
        hung.take_out(control.element)  # as a build, which says nothing of it either
    return Refreshed([_line(control, Did.REMOVED)], _statements(new))


def _statements(absent: Absent) -> Sentences:
    """What stands for a table that there is not."""
    return Sentences(((absent.reason,),) if absent.reason else ())


def _is_as_written(control: Control, old: Grid, desk: Desk) -> bool:
    """Whether a table, its caption and its note are ours alone, so that it may go as it came."""
    table, *others = control.content
    return (
        grids.is_untouched(control, old)
        and table.tag == qn("w:tbl")
        and [accepted(e) for e in others] == [desk.remembered.get(f"{control.tag}|note")]
        and _has_our_caption(control, desk)
    )


def _has_our_caption(control: Control, desk: Desk) -> bool:
    caption, title = numbering.caption_of(control), desk.remembered.get(f"{control.tag}|title")
    if caption is None or not is_plain(caption):
        return False
    return accepted(caption).endswith(f": {title}")


def _drop_caption(control: Control) -> None:
    caption = numbering.caption_of(control)
    if caption is not None:
        hung.take_out(caption)


def _is_commented(control: Control) -> bool:
    """Whether somebody commented on a table or a chart, or on its caption."""
    caption = numbering.caption_of(control)
    return any(hung.is_commented(e) for e in (control.element, caption) if e is not None)


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
        done = sentences.refresh(
            control, old, reasons, desk.maker, desk.theirs_of(control), taken=taken
        )
        if not _has_words(control):
            hung.take_out(control.element)
        return Refreshed(done.lines, Sentences(tuple(done.kept)))
    if theirs != "\n".join(old.texts) and not taken:
        return Refreshed([_line(control, Did.KEPT, ours="a table", theirs=theirs)])
    statement = list(control.content)
    _empty(control)
    _write_table(control, new, desk, name)
    hung.onto(statement, next(control.content.iter(qn("w:p"))))
    return Refreshed([_line(control, Did.ADDED)], Grid(cells(new)))


def _write_table(control: Control, new: Table, desk: Desk, name: str) -> None:
    """A table with its note in a control, and its caption before it."""
    words, beside = desk.maker.words, f"{name.replace('_', ' ')}: "
    note = new.note or desk.ours.content.default_note
    control.content.append(blocks.table(new, grids.room(control)))
    control.content.append(blocks.note(words(f"{control.tag}|note", f"{beside}note", note)))
    title = run(": ") + words(f"{control.tag}|title", f"{beside}title", new.title)
    numbering.add_caption(control, name, title)


def _empty(control: Control) -> None:
    for element in list(control.content):
        hung.take_out(element)


def _line(control: Control, did: Did, ours: str = "", theirs: str = "") -> Line:
    what = {"tables": "table", "charts": "chart"}.get(control.tag.partition(".")[0], "")
    return Line(did, control.tag, control.heading, what, ours=ours, theirs=theirs)

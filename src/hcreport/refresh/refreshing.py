"""A refresh on one screen: find the marks, bring each up to date, remember what they now say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from hcreport.problems import CannotRun
from hcreport.refresh import (
    blocks,
    eye,
    grids,
    memory,
    numbering,
    pictures,
    search,
    stale,
    unmarked,
    words,
)
from hcreport.refresh.account import Account, Did, Line
from hcreport.refresh.blocks import Desk
from hcreport.refresh.marked import Moved, accepted, controls, is_in_document
from hcreport.refresh.outdated import outdated
from hcreport.refresh.taking import Take
from hcreport.report.word import draft as drafts
from hcreport.report.word import references
from hcreport.report.word.controls import Controls, numbers
from hcreport.report.word.imprint import Imprint, identity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from lxml.etree import _Element as Element

    from hcreport.refresh.marked import Control
    from hcreport.refresh.ours import Ours
    from hcreport.refresh.package import Package
    from hcreport.refresh.unmarked import Unmarked
    from hcreport.report.word.imprint import Kept, Typed


@dataclass(frozen=True)
class Refreshed:
    """The report with today's figures, and all that was done to it."""

    content: bytes
    account: Account


def refresh(
    package: Package, ours: Ours, take: Collection[str] = (), *, draft: bool = False
) -> Refreshed:
    """Put today's figures into a report. ``take`` names marks whose hand changes are given up.

    A report that was marked as a draft is one no more, unless the data still has errors
    (``draft``). Raises CannotRun when the file carries no marks, is of another landlord or period,
    or ``take`` names what it has not.
    """
    old = remembered(package)
    refuse_another(old, ours, package.name)
    found = controls(package, old.marks)
    before = Counter(control.tag for control in found if not control.is_double)
    off = search.find(package, old, before, ours)
    refuse_stripped(old, before, off, package.name)
    taken = Take(frozenset(take))
    if take:
        taken.refuse_unknown(old.marks, blocks.pieces(found))
    work = _Work(package, ours, taken, old, off, draft=draft)
    work.run(found, before)
    return Refreshed(package.written(), work.account)


def remembered(package: Package) -> Imprint:
    """What the report remembers. Raises CannotRun where it remembers nothing."""
    if package.is_strict:
        raise CannotRun(
            f"{package.name} is saved as Strict Open XML.", "Save it as Word document (.docx)."
        )
    found = package.imprint
    if found is None:
        raise CannotRun(
            f"{package.name} does not remember the build that made it: it was not built by "
            "hcreport, or its text was pasted into another document.",
            "Refresh the file that hcreport build wrote; hcreport proofread reads any report.",
        )
    return found


def refuse_another(old: Imprint, ours: Ours, name: str) -> None:
    """Raise CannotRun where a report is another landlord's, or of another period."""
    theirs, project = old.run, identity(ours.w, draft=False)
    if theirs.get("landlord") != project["landlord"]:
        raise CannotRun(
            f"{name} is a report of {theirs.get('landlord')}; the project is of "
            f"{project['landlord']}.",
            "Name the project folder that the report was built from.",
        )
    if (theirs.get("start"), theirs.get("end")) != (project["start"], project["end"]):
        raise CannotRun(
            f"{name} is about {theirs.get('start')} to {theirs.get('end')}; the project is about "
            f"{project['start']} to {project['end']}.",
            "A report of another period is built anew: hcreport build.",
        )


def refuse_stripped(old: Imprint, before: Counter[str], off: Sequence[Unmarked], name: str) -> None:
    """Raise CannotRun where a report has no marks, or hardly any while their words stand there.

    To refresh the few that are left would leave today's figures among old ones.
    """
    written = sum(old.places.values())
    if written and (not before.total() or unmarked.is_most(off, old, before)):
        raise CannotRun(
            f"{name} has lost its links to the figures, {written - before.total():,} of "
            f"{written:,}: it was saved by LibreOffice or another program that drops them, or its "
            "text was pasted as text.",
            "Edit the report in Word only, and begin again from the last copy that has them; "
            "hcreport proofread holds its numbers against the data.",
        )


@dataclass
class _Work:
    package: Package
    ours: Ours
    take: Take
    old: Imprint
    off: Sequence[Unmarked]
    draft: bool
    account: Account = field(default_factory=Account)
    said: dict[str, Kept] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    left: dict[str, Kept] = field(default_factory=dict)
    went: Counter[str] = field(default_factory=Counter)
    back: Counter[str] = field(default_factory=Counter)
    turned: dict[Element, Line] = field(default_factory=dict)

    def run(self, found: list[Control], before: Counter[str]) -> None:
        """Blocks first: a sentence that is written anew takes its figures with it."""
        taken = numbers(root for _, root in self.package.stories())
        shown = {part: pictures.shown(root) for part, root in self.package.stories()}
        maker = Controls(self.ours.w.marks, taken)
        desk = Desk(self.ours, maker, self.package, self.old.marks, self.take)
        is_words = [isinstance(self.old.marks[control.tag], str) for control in found]
        told = [
            [] if words_only else self._block(control, desk)
            for control, words_only in zip(found, is_words, strict=True)
        ]
        moved = []
        for n, control in enumerate(found):
            if is_words[n] and is_in_document(control.element):
                line = self._words(control)
                told[n].append(line)
                if line.did in {Did.UPDATED, Did.TAKEN} and not control.is_double:
                    moved.append(Moved(control, line.theirs, line.ours))
        told = [
            [self._as_it_stands(control, line) for line in lines]
            for control, lines in zip(found, told, strict=True)
        ]
        once = (lines for c, lines in zip(found, told, strict=True) if not c.is_double)
        self.account.add(*chain(*once))  # in the order of the document
        standing = self._unmarked(before)
        self.account.add(*memory.of_places(self.old, before + self.back, self.went, self.ours))
        self.account.idle |= self.take.idle(self.account.lines, before)
        self.account.copies |= memory.copies(self.old, before)
        self._undraft()
        self._refer()
        typed = self._typed(moved)
        for part in sorted(self.touched):
            self.package.touch(part)
            pictures.clear(self.package, part, shown[part])
        marks = {**self.old.marks, **maker.imprint.marks, **self.said, **self.left}
        run = identity(self.ours.w, draft=self.draft)
        before += self.back
        memory.put(self.package, self.old, marks, before, run, standing=standing, typed=typed)

    def _block(self, control: Control, desk: Desk) -> list[Line]:
        old = self.old.marks[control.tag]
        done = blocks.refresh(control, old, desk)
        self.turned |= done.turned
        self.went.update(() if control.is_double else done.missing)
        self.back.update(() if control.is_double else done.given_up)
        if done.kept is not None:
            self.said[control.tag] = grids.fuller(self.said.get(control.tag), done.kept)
        elif any(line.did is Did.GONE for line in done.lines):
            self.left[control.tag] = old  # a copy that went may not make this one forgotten
        if any(line.did not in blocks.LEFT for line in done.lines):
            self.touched.add(control.part)
        return done.lines

    def _words(self, control: Control) -> Line:
        """Bring a mark in a sentence up to date."""
        was, tag = self.old.marks[control.tag], control.tag
        assert isinstance(was, str)  # noqa: S101  (blocks go another way)
        line = words.refresh(control, was, self.ours.words(tag), taken=self.take.takes(tag))
        # What is ours is remembered even where it is not taken: so theirs is still theirs later.
        self.said[tag] = line.ours or line.theirs
        if line.did in {Did.UPDATED, Did.TAKEN}:
            self.touched.add(control.part)
        return line

    def _as_it_stands(self, control: Control, line: Line) -> Line:
        """A line once all figures are today's: with what an edited sentence now says.

        Beside a figure that was taken stands the sentence around it, if that no longer fits.
        """
        for paragraph in control.element.iterancestors(qn("w:p")):
            if line.did is Did.TAKEN and paragraph in self.turned:
                return replace(line, beside=accepted(paragraph))
        for paragraph, turned in self.turned.items():
            if line is turned:
                return replace(line, theirs=accepted(paragraph))
        return line

    def _unmarked(self, before: Counter[str]) -> set[str]:
        """Tell of what stands there without its mark; return the tags to be remembered for it."""
        standing = set()
        for line, kept in unmarked.told(self.off, self.old, self.ours):
            self.account.add(line)
            self.went[line.tag] += 1
            if kept is not None and not before[line.tag]:
                self.said[line.tag] = kept
                standing.add(line.tag)
        return standing

    def _typed(self, moved: Sequence[Moved]) -> Iterable[Typed]:
        """Tell of what somebody typed and is old; give what is to be known again."""
        off = unmarked.standing(self.off)
        old = list(outdated(self.old, self.ours))
        found = list(stale.typed(old, self.package, self.ours, off))
        self.account.sentences += eye.sentences(moved, self.package, self.ours, found)
        return [*unmarked.remembered(off), *(typed for each in found for typed in each.typed)]

    def _undraft(self) -> None:
        """Take the marking as a draft away, once the data has no errors."""
        if not self.draft:
            for part, root in self.package.stories():
                if root.tag == qn("w:hdr") and drafts.unmark(root):
                    self.touched.add(part)

    def _refer(self) -> None:
        """Number captions again where a table came or went, and put in what refers to them."""
        part, text = next(self.package.stories())
        changed = self.account.of(Did.ADDED, Did.REMOVED)
        if part in self.touched and any(line.part in {"table", "chart"} for line in changed):
            numbering.count_again(text)
        content = self.ours.content
        names = {"tables": list(content.tables), "charts": list(content.charts)}
        labels = numbering.labels(text, names)
        roots = (root for part, root in self.package.stories() if part in self.touched)
        references.put(roots, self.ours.w.marks, labels)

"""All that is wrong with a Word template, found in one pass: each fault with its place.

The template is read as it was typed, paragraph by paragraph, so that a fault can name the heading
above it and the sentence around it. When nothing is found, it is rendered as a build would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hcreport.marks import Block, Reference, has_mark
from hcreport.problems import CannotRun, Place, Problem, Rule, Severity
from hcreport.report.code_blocks import is_summary, left_out
from hcreport.report.faults import Faults
from hcreport.report.template_files import NAMED_BY, find_template
from hcreport.report.trial import TAG, Trial, loose_braces, without_tags
from hcreport.report.word.package import Package
from hcreport.report.word.passages import Passage, Where, passages, unseen

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.report.code_blocks import CodeBlock
    from hcreport.report.trial import Told
    from hcreport.sections.section import Writer

FAULTY = Rule(
    "T201",
    Severity.ERROR,
    "The template has a fault",
    "Mend it in Word and save it, or give another in report.toml; hcreport template check says the "
    "same again.",
)
DOUBTFUL = Rule(
    "T202",
    Severity.NOTE,
    "Something in the template may not be meant",
    "Nothing, if the report looks right there.",
)
RULES = (FAULTY, DOUBTFUL)
NO_TEXT = "Take it out of the picture's description, the field or the document's properties."
ALONE = "Give it a paragraph of its own."
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z{“\"])")
LONGEST = 160
# The kinds of place where a whole table or picture cannot go, and where nothing can.
_NARROW = frozenset({Where.BOX, Where.HEADER, Where.FOOTER, Where.TABLE})
_NOWHERE = frozenset({Where.ENDNOTE, Where.COMMENT})


@dataclass(frozen=True)
class Fault:
    """Something wrong at a place of a template; a note says what works but may not be meant.

    ``heading`` and ``sentence`` are empty where the fault is of the template as a whole.
    """

    message: str
    hint: str
    where: str = ""
    heading: str = ""
    sentence: str = ""
    is_note: bool = False


@dataclass(frozen=True)
class Checked:
    """What a template came to: its faults in order, and what the Code asks that it leaves out.

    ``blocks`` are those that it asks for, ``absent`` the settings that it asks for and nobody gave,
    ``references`` the tables and charts that its sentences refer to.
    Nothing is left out of a summary for residents: what the Code asks for stands in the report.
    """

    faults: tuple[Fault, ...]
    left_out: tuple[CodeBlock, ...]
    placeholders: int
    is_summary: bool
    blocks: tuple[Block, ...] = ()
    absent: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether a build can use it: there may be notes."""
        return all(fault.is_note for fault in self.faults)


def check(template: Path, w: Writer, *, try_build: bool = True) -> Checked:
    """Check a template against today's figures.

    With ``try_build`` one without a fault is rendered as well; without, only one that has more in
    it than names, since names have all been tried. Raises CannotRun when it is no Word document.
    """
    package = Package.open(template)
    reader = _Reader(w)
    faults = [fault for passage in passages(package) for fault in reader.read(passage)]
    faults += [Fault(f"{text} stands where no text is.", NO_TEXT) for text in unseen(package)]
    faults += reader.lost()
    if all(fault.is_note for fault in faults) and (try_build or reader.has_statements):
        faults += _as_a_build_would(template, w)
    for_residents = is_summary(reader.blocks)
    lacking = () if for_residents else left_out(reader.blocks)
    blocks, absent = tuple(reader.blocks.values()), tuple(dict.fromkeys(reader.absent))
    references = tuple(reference for _, _, reference in reader.references)
    return Checked(tuple(faults), lacking, reader.count, for_residents, blocks, absent, references)


@dataclass(frozen=True)
class OfProject:
    """A template that a project's settings name: its name, and what it came to or why it cannot."""

    name: str
    result: Checked | CannotRun


def of_project(folder: Path, w: Writer) -> Iterator[OfProject]:
    """Each template that settings name, checked without trying to build with it."""
    for setting in NAMED_BY:
        name = getattr(w.settings, setting)
        try:
            yield OfProject(name, check(find_template(folder, name, setting), w, try_build=False))
        except CannotRun as fault:
            yield OfProject(name, fault)


def problems(template: OfProject) -> Iterator[Problem]:
    """Each fault of a project's template, as a problem at its place."""
    name, result = template.name, template.result
    if isinstance(result, CannotRun):
        yield Problem(FAULTY, Place(name), f"{result.message} {result.hint}")
        return
    for found in result.faults:
        inside = "" if found.where in {"", Where.BODY} else f"in {_in(Where(found.where))}"
        place = Place(name, heading=", ".join(part for part in (found.heading, inside) if part))
        stands = f" In “{found.sentence}”." if found.sentence else ""
        rule = DOUBTFUL if found.is_note else FAULTY
        message = found.message.removeprefix(f"{name}: ")
        yield Problem(rule, place, f"{message}{stands} {found.hint}")


def _as_a_build_would(template: Path, w: Writer) -> Iterator[Fault]:
    """What stops a build though each placeholder by itself is sound."""
    from hcreport.report.word import document  # noqa: PLC0415  (``check`` seldom needs it)

    faults = Faults()
    try:
        document.rendered(template, w, faults)
        faults.stop_if_any(template.name)
    except CannotRun as fault:
        yield Fault(fault.message, fault.hint)


@dataclass
class _Reader:
    """Tries each placeholder of a template by itself, and keeps the names of its blocks."""

    w: Writer
    blocks: dict[str, Block] = field(default_factory=dict)
    count: int = 0
    has_statements: bool = False
    references: list[tuple[Passage, int, Reference]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._trial = Trial(self.w)

    @property
    def absent(self) -> list[str]:
        """The settings that were asked for and that nobody gave."""
        return self._trial.faults.absent

    def read(self, passage: Passage) -> Iterator[Fault]:
        """Every fault of a paragraph."""
        for tag in TAG.finditer(passage.text):
            self.count += 1
            for message, hint in self._tried(passage, tag):
                yield _fault(passage, tag.start(), message, hint)
            if _looks_differ(passage, tag):
                message = f"{tag[0]} is set in more than one look."
                hint = "The figure takes the look of the first brace; type it again in one go."
                yield _fault(passage, tag.start(), message, hint, is_note=True)
            if passage.is_plain(*tag.span()):
                message = f"{tag[0]} stands in a content control for plain text."
                hint = (
                    "A refresh leaves its figure as it is; take the control away, or make it rich."
                )
                yield _fault(passage, tag.start(), message, hint, is_note=True)
        for at, (message, hint) in loose_braces(without_tags(passage.text)):
            yield _fault(passage, at, message, hint)

    def _tried(self, passage: Passage, tag: re.Match[str]) -> Iterator[Told]:
        if passage.where in _NOWHERE:
            yield f"{tag[0]} stands in {_in(passage.where)}.", "Move it into the text."
            return
        holders = {id(piece.holder) for piece in passage.across(*tag.span())}
        if len(holders) > 1:
            message = f"{tag[0]} stands partly in a link, a tracked change or another part of Word."
            yield message, "Accept the change or remove the link, and type it again in one go."
        if tag[1] is None:
            self.has_statements = True
            return
        tried = self._trial.tried(tag[0], tag[1])
        yield from tried.faults
        if has_mark(tried.words):
            yield from self._placed(passage, tag, tried.words)

    def lost(self) -> Iterator[Fault]:
        """A note for each reference to a table or chart that the template has no place for."""
        for passage, at, found in self.references:
            name = f"{found.kind}.{found.name}"
            if name not in self.blocks:
                message = f"{{{{ ref.{name} }}}} refers to what the template does not hold."
                hint = f"Put {{{{ {name} }}}} into a paragraph of its own, or say it otherwise."
                yield _fault(passage, at, message, hint, is_note=True)

    def _placed(self, passage: Passage, tag: re.Match[str], text: str) -> Iterator[Told]:
        """What is wrong with where a block stands; its name is kept, and so are references."""
        for block in self.w.marks.split(text):
            if isinstance(block, Reference):
                self.references.append((passage, tag.start(), block))
            if not isinstance(block, Block):
                continue
            self.blocks[f"{block.kind}.{block.name}"] = block
            if passage.text.strip() != tag[0]:
                yield f"{tag[0]} stands inside a sentence.", ALONE
            elif passage.where is Where.FOOTNOTE or (
                block.kind not in {"commentary", "text"} and passage.where in _NARROW
            ):
                hint = "Give it a paragraph of its own in the text."
                yield f"{tag[0]} stands in {_in(passage.where)}.", hint


def _in(where: Where) -> str:
    """A kind of place with its article."""
    return f"an {where}" if where is Where.ENDNOTE else f"a {where}"


def _looks_differ(passage: Passage, tag: re.Match[str]) -> bool:
    return len({piece.look for piece in passage.across(*tag.span())}) > 1


def _fault(passage: Passage, at: int, message: str, hint: str, *, is_note: bool = False) -> Fault:
    where, heading = str(passage.where), passage.heading
    return Fault(message, hint, where, heading, sentence(passage.text, at), is_note)


def sentence(text: str, at: int) -> str:
    """The sentence that a letter of a text stands in, cut where it is very long."""
    starts = [0, *(end.end() for end in _SENTENCE_END.finditer(text) if end.end() <= at)]
    following = _SENTENCE_END.search(text, at)
    whole = text[starts[-1] : following.start() if following else len(text)].strip()
    if len(whole) <= LONGEST:
        return whole
    middle = at - starts[-1]
    start = max(min(middle - LONGEST // 2, len(whole) - LONGEST), 0)
    shown = whole[start : start + LONGEST].strip()
    return ("… " if start else "") + shown + (" …" if start + LONGEST < len(whole) else "")

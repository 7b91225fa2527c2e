"""Content controls: how every computed thing in the report stays findable once people edit it.

Each mark is a control whose tag is the figure, its group and its facet, and whose title is for
people. What was written in it goes into the report's imprint, so that a later run can tell what
somebody changed by hand.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from hcreport.marks import Inline, Reference
from hcreport.report.word.imprint import Imprint, Said
from hcreport.report.word.xml import is_double, parsed, qn, run

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from lxml.etree import _Element as Element

    from hcreport.marks import Block, Mark, Marks
    from hcreport.report.word.imprint import Kept, Piece

LONGEST = 64  # letters in a control's tag or title, by the Open XML schema
_DIGEST = 12
_NUMBERS = f".//{qn('w:sdtPr')}/{qn('w:id')}"
FIRST = 700_000_000  # a control's number; Word's own are random, and any that is taken is passed by


def shortened(tag: str) -> str:
    """A tag as a control can hold it: whole, or its beginning and a digest of all of it."""
    if len(tag) <= LONGEST:
        return tag
    digest = hashlib.sha256(tag.encode()).hexdigest()[:_DIGEST]
    return f"{tag[: LONGEST - _DIGEST - 1]}~{digest}"


def title(label: str) -> str:
    """What people see on a control."""
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"


def said(pieces: Iterable[str | Mark]) -> tuple[Piece, ...]:
    """A sentence as the imprint keeps it: words as they stand, marks by tag and text.

    A reference to a table is kept without its number, which is Word's to change.
    """
    return tuple(map(_said, pieces))


def _said(piece: str | Mark) -> Piece:
    match piece:
        case Inline():
            return Said(piece.tag, piece.text)
        case Reference():
            return Said(f"ref.{piece.kind}.{piece.name}", "")
        case _:
            return str(piece)


def numbers(roots: Iterable[Element]) -> set[str]:
    """The numbers of every control in some parts of a document."""
    return {n.get(qn("w:val"), "") for root in roots for n in root.iterfind(_NUMBERS)}


@dataclass
class Controls:
    """Makes the controls of one document, and keeps what was written in each.

    ``taken`` are the numbers of the controls that it holds already.
    """

    marks: Marks
    taken: Collection[str] = ()
    imprint: Imprint = field(default_factory=Imprint)
    _last: int = FIRST

    def words(self, tag: str, label: str, text: str, properties: str = "") -> str:
        """Words in a control, as XML. ``properties`` is the content of their run's ``w:rPr``."""
        self.imprint.keep(tag, text, places=int(bool(text)))
        if not text:
            return ""
        return self._control(tag, label, run(text, properties))

    def pieces(self, pieces: Iterable[str | Mark], properties: str = "") -> str:
        """A sentence as XML: its words as runs, its marks in controls."""
        return "".join(
            self.words(piece.tag, piece.label, piece.text, properties)
            if isinstance(piece, Inline)
            else run(self.later(piece), properties)
            for piece in pieces
        )

    def later(self, piece: str | Mark) -> str:
        """Words as they stand; of a reference a token, as its number may not be known yet."""
        return piece if isinstance(piece, str) else self.marks.put(piece)

    def block(self, mark: Block, content: Sequence[Element], kept: Kept) -> list[Element]:
        """What stands for a block, in one control; nothing where there is nothing."""
        tag = f"{mark.kind}.{mark.name}"
        self.imprint.keep(tag, kept, places=int(bool(content)))
        if not content:
            return []
        control = parsed(self._control(tag, f"{mark.kind}: {mark.name.replace('_', ' ')}", ""))
        control[-1].extend(content)
        return [control]

    def settle(self, roots: Iterable[Element]) -> None:
        """Number and count the copies of a control, as headers of pages on their side have them.

        What stands in both copies of a text box counts once.
        """
        whole = {shortened(tag): tag for tag in self.imprint.marks}
        seen: set[str] = set()
        for number in (n for root in roots for n in root.iterfind(_NUMBERS)):
            value = number.get(qn("w:val"), "")
            tag = next(number.itersiblings(qn("w:tag"), preceding=True), None)
            ours = whole.get(tag.get(qn("w:val"), "") if tag is not None else "")
            if value in seen and value not in self.taken:
                number.set(qn("w:val"), self._next())
            if ours is not None and value not in self.taken:
                self.imprint.places[ours] += int(value in seen) - int(is_double(number))
            seen.add(value)

    def _next(self) -> str:
        """A number that no control has."""
        self._last += 1
        while str(self._last) in self.taken:
            self._last += 1
        return str(self._last)

    def _control(self, tag: str, label: str, content: str) -> str:
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(title(label))}/>"
            f'<w:tag w:val={quoteattr(shortened(tag))}/><w:id w:val="{self._next()}"/></w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )

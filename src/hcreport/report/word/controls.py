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

from hcreport.marks import Inline
from hcreport.report.word.imprint import Imprint, Said
from hcreport.report.word.xml import parsed, run

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from lxml.etree import _Element as Element

    from hcreport.marks import Block, Mark
    from hcreport.report.word.imprint import Kept, Piece

LONGEST = 64  # letters in a control's tag or title, by the Open XML schema
_DIGEST = 12
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
    """A sentence as the imprint keeps it: words as they stand, marks by tag and text."""
    return tuple(
        Said(piece.tag, piece.text) if isinstance(piece, Inline) else str(piece) for piece in pieces
    )


@dataclass
class Controls:
    """Makes the controls of one document, and keeps what was written in each.

    ``taken`` are the numbers of the controls that it holds already.
    """

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
            else run(str(piece), properties)
            for piece in pieces
        )

    def block(self, mark: Block, content: Sequence[Element], kept: Kept) -> list[Element]:
        """What stands for a block, in one control; nothing where there is nothing."""
        tag = f"{mark.kind}.{mark.name}"
        self.imprint.keep(tag, kept, places=int(bool(content)))
        if not content:
            return []
        control = parsed(self._control(tag, f"{mark.kind}: {mark.name.replace('_', ' ')}", ""))
        control[-1].extend(content)
        return [control]

    def _control(self, tag: str, label: str, content: str) -> str:
        self._last += 1
        while str(self._last) in self.taken:
            self._last += 1
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(title(label))}/>"
            f'<w:tag w:val={quoteattr(shortened(tag))}/><w:id w:val="{self._last}"/></w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )

"""Markers: how computed things travel through text to the one place that writes them.

A figure in a sentence, a table, a chart: each becomes a short token of private-use characters.
Tokens pass untouched through templates and prose, and the walk over the finished Word document
(``report/word``) finds each one and puts in what it stands for. So text never carries a number
whose origin has been forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

OPEN, CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")
BlockKind = Literal["tables", "charts", "commentary", "text", "contents"]


@dataclass(frozen=True)
class Inline:
    """Computed words inside a sentence: what to print, and which figure and facet it is."""

    text: str
    tag: str
    label: str


@dataclass(frozen=True)
class Block:
    """Something that takes a whole paragraph's place: ``tables`` and ``outcomes_by_service``."""

    kind: BlockKind
    name: str


@dataclass(frozen=True)
class Reference:
    """The number of a table or a figure inside a sentence: "Table 3".

    One that stands ``in_brackets`` is printed " (Table 3)", or not at all where there is no such
    table in the report.
    """

    kind: Literal["tables", "charts"]
    name: str
    in_brackets: bool = False


Mark = Inline | Block | Reference


@dataclass
class Marks:
    """The marks of one document, by the number in their token."""

    _made: list[Mark] = field(default_factory=list)

    def put(self, mark: Mark) -> str:
        """A new token that stands for a mark."""
        self._made.append(mark)
        return f"{OPEN}{len(self._made) - 1}{CLOSE}"

    def split(self, text: str) -> Iterator[str | Mark]:
        """A text's plain pieces and marks, in order."""
        at = 0
        for token in _TOKEN.finditer(text):
            if token.start() > at:
                yield text[at : token.start()]
            yield self._made[int(token[1])]
            at = token.end()
        if at < len(text):
            yield text[at:]

    def plain(self, text: str) -> str:
        """A text with every inline mark written out; blocks and references leave nothing."""
        return "".join(map(_written, self.split(text)))


def _written(piece: str | Mark) -> str:
    return piece if isinstance(piece, str) else getattr(piece, "text", "")


def has_mark(text: str) -> bool:
    """Whether a text holds a token."""
    return OPEN in text

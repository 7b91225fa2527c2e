"""Numbers that somebody typed into a text or a template, where a figure would keep itself right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hcreport.problems import Place, Problem
from hcreport.proofread import passages
from hcreport.proofread.claims import Outcome
from hcreport.proofread.numbers import numbers
from hcreport.proofread.passages import Grid, Passage
from hcreport.proofread.reading import Reader
from hcreport.report.text_check import TYPED
from hcreport.report.word.passages import Where

if TYPE_CHECKING:
    from pathlib import Path

    from hcreport.proofread.proof import Found
    from hcreport.proofread.source import Source

# What a reader never sees, or sees as something else. Its letters stay, so that lines can be told.
_UNREAD = re.compile(r"<!--.*?-->|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_BLOCK = re.compile(r"(?:^|\n)[ \t]*(?:\n|(?=[-*+#]\s|\d+[.)]\s))")
_MARKS = re.compile(r"^[ \t]*(?:[-*+]|#+|\d+[.)])\s+|[*_`]", re.MULTILINE)


@dataclass(frozen=True)
class Typed:
    """A text as people wrote it: its passages, each with the place it stands in."""

    file: str
    passages: tuple[tuple[Passage, str], ...]

    @property
    def holds_numbers(self) -> bool:
        """Whether any number of it may be a figure."""
        every = (n for p, _ in self.passages for n in numbers(p.text))
        return any(not n.exempt and not n.is_word for n in every)


def markdown(file: str, source: str) -> Typed:
    """A Markdown text, paragraph by paragraph with their lines."""
    plain = _MARKS.sub(_blank, _UNREAD.sub(_blank, source))
    ends = [m.end() for m in _BLOCK.finditer(source)]
    found = []
    for start, end in zip([0, *ends], [*ends, len(source)], strict=True):
        said = plain[start:end].replace("\n", " ")
        if said.strip():
            line = source.count("\n", 0, start + len(said) - len(said.lstrip())) + 1
            found.append((Passage(said, Where.BODY, (), ()), f"line {line}"))
    return Typed(file, tuple(found))


def template(file: str, path: Path) -> Typed:
    """The prose of a template by its headings. Raises CannotRun where it is no Word file."""
    found = []
    for block in passages.read(path).blocks:
        inside = [block] if isinstance(block, Passage) else _cells(block)
        for p in inside:
            if p.where is Where.PICTURE:
                continue  # no placeholder can stand there instead
            said = Passage(_UNREAD.sub(_blank, p.text), p.where, p.headings, (), (), p.is_heading)
            found.append((said, (p.headings or ("",))[-1]))
    return Typed(file, tuple(found))


def _cells(grid: Grid) -> list[Passage]:
    return [p for row in grid.rows for cell in row for p in cell]


def _blank(unread: re.Match[str]) -> str:
    """As many letters, and line ends, that say nothing."""
    filler = "…" if unread[0].startswith("{{") else " "
    return "".join("\n" if letter == "\n" else filler for letter in unread[0])


def problems(texts: Iterable[Typed], source: Source) -> Iterator[Problem]:
    """A warning for each typed number that a figure gives, or should."""
    reader = Reader(source)
    for text in texts:
        places = dict(text.passages)
        for found in reader.document(places).found:
            said = _said(found)
            if said:
                place = Place(text.file, heading=places[found.passage])
                yield Problem(TYPED, place, said, found.text.strip())


def _said(found: Found) -> str:
    fact, verdict = found.verdict.fact, found.verdict
    instead = f"; write {fact.placeholder}" if fact is not None and fact.placeholder else ""
    if found.outcome is Outcome.WRONG:
        should_be = f"it should be {verdict.should_be}" if verdict.should_be else "it is wrong"
        return f"{should_be}: {verdict.why}{instead}"
    is_typed = found.outcome is Outcome.RIGHT and any(c.isdigit() for c in found.text)
    return f"it is typed, and is {verdict.why}{instead}" if is_typed and instead else ""

"""What figures and cells said once and say no more: by it a number that somebody typed is old."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from hcreport.refresh import grid_changes
from hcreport.report.word.imprint import Grid, Typed
from hcreport.report.word.walk import cells
from hcreport.sections.section import month_name
from hcreport.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hcreport.figures.ledger import Entry
    from hcreport.refresh.ours import Ours
    from hcreport.report.word.imprint import Imprint

NUMBER = re.compile(r"(?<![\w.,/£])£?\d[\d,]*(?:\.\d+)?%?")
_MONTH = re.compile(r"([A-Z][a-z]+) (?:19|20)\d\d")
_SUM = re.compile(r"(?:all|total|both|stage [12])\b.*", re.IGNORECASE)  # labels that name no part
_PLAIN = ("value", "base")  # what is meant where no more is said than a figure's name


@dataclass(frozen=True)
class Outdated:
    """What a figure, or a cell of a table, was and ``ours`` says now.

    ``name`` is for people, ``about`` what a sentence about it would say: its service, its month.
    """

    was: Typed
    ours: str
    name: str
    about: tuple[str, ...] = ()

    @property
    def is_cell(self) -> bool:
        """Whether it is a cell of a table."""
        return bool(self.was.part)

    def is_named(self, sentence: str) -> bool:
        """Whether a sentence says what it is about; of a table the row alone."""
        folded = sentence.casefold()
        said = [re.search(rf"\b{re.escape(a.casefold())}\b", folded) for a in self.about]
        return bool(said) and (any(said) if self.is_cell else all(said))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """What may stand in a sentence, and what should: all of it, then each number that moved."""
        was, now = numbers(self.was.words), numbers(self.ours)
        if len(was) != 1 or len(now) != 1:
            yield _from_first_to_last(self.was.words), _from_first_to_last(self.ours)
        if len(was) == len(now):
            yield from ((a, b) for a, b in zip(was, now, strict=True) if a != b)


def numbers(words: str) -> list[str]:
    """The numbers in some words, as they are typed."""
    return [found[0].rstrip(",") for found in NUMBER.finditer(words)]


def _from_first_to_last(words: str) -> str:
    """Words without those before their first number and after their last: "382 of 601"."""
    found = list(NUMBER.finditer(words))
    if not found:
        return words
    closing = ")" if words[found[-1].end() :].startswith(")") else ""
    return words[found[0].start() : found[-1].end()].rstrip(",") + closing


def outdated(old: Imprint, ours: Ours) -> Iterator[Outdated]:
    """All that was last written and is no more, and what was told of before and still is not."""
    says = cache(partial(_cells, ours))
    for was in dict.fromkeys(chain(_written(old), old.typed)):
        found = _cell(was, *says(was.tag)) if was.part else _figure(was, ours)
        if found is not None and found.ours != was.words:
            yield found


def _written(old: Imprint) -> Iterator[Typed]:
    """Everything with a number in it that was last written."""
    for tag, kept in old.marks.items():
        if isinstance(kept, Grid):
            parts = grid_changes.by_name(kept.rows)
            yield from (Typed(tag, text, part) for part, text in parts.items() if numbers(text))
        elif isinstance(kept, str) and numbers(kept):
            yield Typed(tag, kept)


def _figure(was: Typed, ours: Ours) -> Outdated | None:
    entry, now = ours.entry(was.tag), ours.words(was.tag)
    if entry is None or now is None:  # a fact or a title, or a figure there is no more
        return None
    about = tuple(_month(value) for _, value in _group(entry))
    return Outdated(was, now, _name(entry, was.tag), about)


def _group(entry: Entry) -> Iterator[tuple[str, str]]:
    for key, value in entry.group:
        yield key, month_name(value) if key == "month" else value


def _name(entry: Entry, tag: str) -> str:
    """A figure with its group, and what of it is meant: its share, its change."""
    facet = tag.rpartition("|")[2].replace("_", " ")
    more = [] if facet in _PLAIN else [facet]
    of = ", ".join([*(value for _, value in _group(entry)), *more])
    return f"{entry.figure.label} ({of})" if of else entry.figure.label


def _cells(ours: Ours, tag: str) -> tuple[str, dict[str, str]]:
    """A table's title, and what each of its cells says today; of one there is no more nothing."""
    table = ours.table(tag.partition(".")[2])
    return (
        (table.title, grid_changes.by_name(cells(table))) if isinstance(table, Table) else ("", {})
    )


def _cell(was: Typed, title: str, says: Mapping[str, str]) -> Outdated | None:
    now = says.get(was.part)
    if now is None:
        return None
    row = was.part.rpartition(", ")[0]
    about = tuple(_month(label) for label in row.split(", ") if not _SUM.fullmatch(label))
    return Outdated(was, now, f"{was.part} (“{title}”)", about)


def _month(words: str) -> str:
    """A month as a sentence may have it, without its year."""
    found = _MONTH.fullmatch(words)
    return found[1] if found else words

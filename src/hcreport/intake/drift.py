"""What an export calls things, held against last year's: a heading or a value that came or went.

A column that keeps nearly its name while its meaning changes is the quietest way for two years'
figures to stop being comparable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hcreport.intake import rules
from hcreport.intake.columns import match
from hcreport.intake.values import folded, is_blank, text_of
from hcreport.problems import Place, Problem
from hcreport.records import FieldKind

if TYPE_CHECKING:
    from hcreport.intake.profile import Source
    from hcreport.intake.reading import Sheet

# Longer lists of values change every year; their changes would tell nobody anything.
LONGEST_LIST = 60
LISTED = {FieldKind.CODE, FieldKind.CATEGORY}


@dataclass(frozen=True)
class Layout:
    """What one source's sheets call things: headings, and the words met in each listed field.

    Both are held by what they are compared as, to what is printed. No value of a column that is not
    mapped is held.
    """

    source: str
    place: Place
    headings: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]


def layout(name: str, source: Source, sheets: Iterable[Sheet]) -> Layout:
    """The layout of a source, over all of its sheets that have some heading the profile names.

    The first row of any other is not one of headings, and could name a person.
    """
    headings: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    place = Place("")
    for sheet in sheets:
        matched = [match(sheet, source, wanted)[0] for _, wanted in source.stages()]
        if not any(matched):
            continue
        place = Place(sheet.file, sheet.name)
        headings |= {folded(heading): heading for heading in sheet.headings if heading}
        for found in matched:
            for column in found:
                if column.spec.kind in LISTED:
                    cells = set(sheet.columns[column.position])
                    met = {text_of(cell) or "" for cell in cells if not is_blank(cell)}
                    held = words.setdefault(folded(column.heading), {})
                    held |= {folded(word): word for word in sorted(met)}
    return Layout(name, place, headings, words)


def changes(before: Iterable[Layout], now: Iterable[Layout]) -> Iterator[Problem]:
    """What changed from one year's sources to the next's, by the sources' names."""
    earlier = {held.source: held for held in before}
    for held in now:
        old = earlier.get(held.source)
        if old is None or not (old.headings and held.headings):
            continue  # a file that is not there, or cannot be read, is told elsewhere
        came, went = _differences(old.headings, held.headings)
        if came or went:
            yield Problem(rules.CHANGED_HEADINGS, held.place, _told(came, went))
        for heading, words in held.words.items():
            known = old.words.get(heading)
            if known is None or max(len(known), len(words)) > LONGEST_LIST:
                continue
            came, went = _differences(known, words)
            if came or went:
                place = held.place.at(held.headings[heading])
                yield Problem(rules.CHANGED_VALUES, place, _told(came, went))


def _differences(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[list[str], list[str]]:
    came = [new[key] for key in new if key not in old]
    return came, [old[key] for key in old if key not in new]


def _told(came: Iterable[str], went: Iterable[str]) -> str:
    parts = ((came, "new"), (went, "gone"))
    return "; ".join(f"{what}: {', '.join(sorted(names))}" for names, what in parts if names)

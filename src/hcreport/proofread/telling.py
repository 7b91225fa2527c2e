"""A proof in words: what every form of it says alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from hcreport.figures.shown import half_up
from hcreport.proofread.claims import Outcome
from hcreport.report.word.passages import Where

if TYPE_CHECKING:
    from hcreport.proofread.proof import Found, Proof

_LONGEST = 220
# The text and its tables need no telling: the headings above say where they are.
_STANDING = {
    Where.BOX: "in a text box",
    Where.HEADER: "in the header",
    Where.FOOTER: "in the footer",
    Where.FOOTNOTE: "in a footnote",
    Where.ENDNOTE: "in an endnote",
    Where.PICTURE: "in the alternative text of a picture",
}


def place(found: Found) -> str:
    """The headings above a number, and what it stands in if that is not the text."""
    headings = [h for h in found.passage.headings[-2:] if h]
    return " › ".join(filter(None, (*headings, standing(found)))) or "at the start"


def standing(found: Found) -> str:
    """What a number stands in, such as "in a text box in the header"; "" for text and tables."""
    kinds = dict.fromkeys((found.passage.where, found.passage.story))
    return " ".join(_STANDING[kind] for kind in kinds if kind in _STANDING)


def sentence(found: Found) -> str:
    """The words around a number, on one line and not too long."""
    plain = " ".join(found.sentence.split())
    if len(plain) <= _LONGEST:
        return plain
    at = max(0, plain.find(found.text.strip()) - _LONGEST // 2)
    cut = plain[at : at + _LONGEST]
    return f"{'…' if at else ''}{cut}{'…' if at + _LONGEST < len(plain) else ''}"


def fault(found: Found) -> str:
    """What is wrong with a number, or with a word beside it, and what it should be."""
    verdict = found.verdict
    said = f"“{verdict.word}”" if verdict.word else found.text.strip()
    should_be = f" should be {verdict.should_be}" if verdict.should_be else " is wrong"
    why = f": {verdict.why}" if verdict.why else ""
    return f"{said}{should_be}{why}"


def shares(proof: Proof) -> str:
    """How many numbers there are, and what share came to each outcome."""
    every, figures = len(proof.found), proof.figures
    parts = [
        f"{proof.counts[outcome]:,} {outcome.value} ({_share(proof.counts[outcome], figures)})"
        for outcome in (Outcome.RIGHT, Outcome.WRONG, Outcome.UNKNOWN)
    ]
    others = proof.counts[Outcome.EXEMPT]
    return (
        f"{every:,} numbers: {figures:,} figures and {others:,} that are none, such as dates. "
        f"Of the figures {', '.join(parts)}."
    )


def _share(part: int, whole: int) -> str:
    return f"{half_up(100 * _fraction(part, whole))}%"


def _fraction(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)


def by_place(found: Iterable[Found]) -> Iterator[tuple[str, list[tuple[str, list[Found]]]]]:
    """Numbers by the place they stand in, then by their sentence."""
    for where, here in groupby(found, key=place):
        yield where, [(said, list(numbers)) for said, numbers in groupby(here, key=sentence)]

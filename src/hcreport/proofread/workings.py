"""A number that follows from those around it, though no figure of the ledger is it.

"575 came in at stage 1 and 119 at stage 2, 694 together": what words seem to say of 694 gives way
to the sum, unless one of so many numbers is likely to hit it by chance.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from hcreport.figures.shown import half_up, money
from hcreport.proofread.claims import Outcome, Verdict
from hcreport.proofread.likely import readings
from hcreport.proofread.numbers import Kind, Number
from hcreport.proofread.odds import by_chance
from hcreport.proofread.told import Told

# So many sentences back are looked at, and so likely a hit by chance is still believed.
_BACK, _BELIEVED, _BELIEVED_IF_SAID = 1, 0.05, 0.5
# Words of somebody who adds up, takes away or divides.
_WORKED_OUT = re.compile(
    r"\b(?:leav\w+|left|remain\w+|rest|others?|fewer|more|less|together|total|in all|altogether"
    r"|makes?|difference|increase|decrease|did not|was not|were not|all but|further|additional"
    r"|comes? to|between them|combined|so|therefore|thus|net|on top|half|third|quarter|out of"
    r"|of which|in other words)\b",
    re.IGNORECASE,
)
_AROUND = 60
_OF_THESE = re.compile(r"\W*(?:out )?of (?:these|those|them|the)\b", re.IGNORECASE)
_REST = re.compile(
    r"\b(?:on top|net|leaves|leaving|the difference|the (?:increase|decrease|rise|fall|gap)|added"
    r"|was new|new money)\b",
    re.IGNORECASE,
)
# The same, right before the number or after it.
_OTHERS = re.compile(
    r"(?:(?<!\bof )\b(?:the|all) (?:other|remaining)|\bleav(?:es|ing)(?: only| just)?)\s+\Z",
    re.IGNORECASE,
)
_WHICH_IS = re.compile(
    r",? (?:which|that) (?:is|was|makes|means)(?: just| only)?\s+\Z", re.IGNORECASE
)
_ARE_NOT = re.compile(r"\s+(?:[a-z]+ ){0,2}?(?:are|were|is|was|do|did|have|had) not\b")
_COUNTED = frozenset({Kind.COUNT, Kind.MONEY})
# So many readings of a count are tried.
_LIKELIEST = 3

# What was worked out, and from what.
Working = tuple[Fraction, str]


def check(told: Told) -> None:
    """Spare each number that the ledger alone finds wrong, and that follows from others."""
    for number in told.sentence.figures:
        verdict = told.verdicts[number]
        is_told = verdict.outcome is Outcome.WRONG and verdict.fact is None
        is_sure = verdict.outcome is Outcome.WRONG and verdict.is_sure
        is_told = is_told or (is_sure and not _WORKED_OUT.search(_around(told, number)))
        if verdict.outcome is Outcome.RIGHT or is_told:
            continue
        if told.about(number).is_change:  # it is held against its ends, if both are plain
            if _WHICH_IS.search(told.sentence.text[: number.start]):
                _hold_rest(told, number)
            continue
        working = next(_fitting(told, number), "")
        if working:
            told.explain(number, working)
        else:
            _hold_rest(told, number)


def _fitting(told: Told, number: Number) -> Iterator[str]:
    """How a number follows from those around it; nothing where chance may have hit it."""
    workings = list(_workings(told, number))
    hits = [how for value, how in workings if number.agrees(value)]
    limit = _BELIEVED_IF_SAID if _WORKED_OUT.search(_around(told, number)) else _BELIEVED
    if hits and len(workings) * by_chance(number) < limit:
        yield hits[0]


def _around(told: Told, number: Number) -> str:
    text = told.sentence.text
    return text[max(0, number.start - _AROUND) : number.start] + text[number.end :][:_AROUND]


def _workings(told: Told, number: Number) -> Iterator[Working]:
    """Everything that the numbers around it come to, of its own kind."""
    near = [*_before(told), *((n, v) for n, v in told.verdicts.items() if n is not number)]
    known = [(n, n.value) for n, v in near if v.outcome is Outcome.RIGHT]
    match number.kind:
        case Kind.PERCENT:
            yield from _shares_of_these(told, number)
            counts = [(n.text, v) for n, v in known if n.kind in {Kind.COUNT, Kind.MONEY}]
            yield from _shares(counts)
            yield from ((1 - v, f"100% less {n.text}") for n, v in known if n.kind is Kind.PERCENT)
        case Kind.COUNT | Kind.MONEY | Kind.DAYS:
            yield from _sums([(n.text, v) for n, v in known if n.kind is number.kind])
        case _:
            return


def _shares_of_these(told: Told, number: Number) -> Iterator[Working]:
    """What figures are of the counts before: "Of these, half were upheld in full"."""
    if not _OF_THESE.match(told.sentence.text):
        return
    bases = [
        n.value for n, v in _before(told) if n.kind is Kind.COUNT and v.outcome is Outcome.RIGHT
    ]
    count = replace(number, kind=Kind.COUNT)
    for reading in readings(count, told.about(number), told.facts)[:_LIKELIEST]:
        for base in bases:
            if base and reading.fact.value <= base and not reading.is_guess:
                yield reading.fact.value / base, f"{reading.fact.said} of {half_up(base):,}"


def _hold_rest(told: Told, number: Number) -> None:
    """What is said to be left of one number by another: "on top of our offers that was £3,800"."""
    text, last = told.sentence.text, told.earlier[-1] if told.earlier else ()
    near = [(n, v) for n, v in (*last, *told.verdicts.items()) if n is not number]
    alike = [n.value for n, v in near if n.kind is number.kind and v.outcome is Outcome.RIGHT]
    is_last = [n for n in told.sentence.figures if n.kind is number.kind][-1:] == [number]
    says = (
        (is_last and (_WHICH_IS.search(text[: number.start]) or _REST.search(text)))
        or _OTHERS.search(text[: number.start])
        or _ARE_NOT.match(text, number.end)
    )
    if not says or number.kind not in _COUNTED or len(alike) != 2:  # noqa: PLR2004  (a whole and a part)
        return
    rest = abs(alike[0] - alike[1])
    said = money(rest) if number.kind is Kind.MONEY else f"{half_up(rest):,}"
    if number.contradicts(rest):
        told.settle(number, "it is what one number before leaves of the other", said)


def _before(told: Told) -> Iterator[tuple[Number, Verdict]]:
    return (pair for sentence in told.earlier[-_BACK:] for pair in sentence)


def _sums(terms: list[tuple[str, Fraction]]) -> Iterator[Working]:
    for (a, x), (b, y) in itertools.combinations(terms, 2):
        yield x + y, f"{a} and {b} together"
        yield abs(x - y), f"{max((x, a), (y, b))[1]} less {min((x, a), (y, b))[1]}"
    for many in itertools.pairwise(itertools.pairwise(terms)):
        three = [*many[0], many[1][1]]
        yield sum((v for _, v in three), Fraction(0)), " and ".join(t for t, _ in three)


def _shares(terms: list[tuple[str, Fraction]]) -> Iterator[Working]:
    for (a, x), (b, y) in itertools.permutations(terms, 2):
        if x < y:
            yield x / y, f"{a} of {b}"

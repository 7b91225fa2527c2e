"""A sentence held against those before it: "That is 29%", "these three together".

A number that the ledger knows stands for its true value, so that one mistake is not told twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from hcreport.figures.algebra import Unit
from hcreport.figures.shown import half_up, show
from hcreport.proofread.arithmetic import true_value
from hcreport.proofread.claims import Outcome, Verdict
from hcreport.proofread.facts import Facet, Fact, Facts
from hcreport.proofread.numbers import Bound, Kind, Number
from hcreport.proofread.told import Told

_AGAIN = re.compile(
    r"\W*(?:that|this|it|which|these|they) (?:therefore |thus )?"
    r"(?:is|was|are|means|makes?|amounts? to|comes? to|represents?|gives)\b"
    r"|\W*(?:in other words|or)\b",
    re.IGNORECASE,
)
# A sentence that says no more than what the one before comes to.
_BARE = re.compile(
    r"\W*(?:that|this|it|which) (?:is|was|makes|means|comes to|gives) (?:about |nearly |just \w+ )?"
    r"[\d.]+(?:%| per cent)(?:\W*|[,;].*)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:these|those|the|all) (?:last )?(?P<n>two|three|four|five|six|pair)\b", re.IGNORECASE
)
_MAKING_UP = re.compile(
    r"\b(?:add|adding|added|together|combined|between them|in all|alone|altogether)\b",
    re.IGNORECASE,
)
_SIZES = {"pair": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
# A sum, and its share of the whole.
_MOST = 2
_STARTED = re.compile(r"\W*(?:the (?:number|total|backlog)|that|this|it|so)\b", re.IGNORECASE)
# Letters between a count and what it is of: " out of the ".
_OUT_OF = 12
_CHANGES = frozenset({Facet.CHANGE, Facet.DIFFERENCE})


def check(told: Told) -> None:
    """Everything that a sentence says of numbers that it does not repeat."""
    for number in told.sentence.figures:
        if number.is_word or number.bound is Bound.UNDER:
            continue
        _hold_sum(told, number)
        _hold_quotient(told, number)
        if told.about(number).is_change:
            _hold_known_change(told, number)
            _hold_turn(told, number)


# --- Shares of what was counted before ---


def _hold_quotient(told: Told, number: Number) -> None:
    """A percentage alone, said of two counts of the sentence before."""
    is_alone = told.sentence.figures == (number,) and number.kind is Kind.PERCENT
    if not is_alone or told.about(number).is_change or not _AGAIN.match(told.sentence.text):
        return
    last = told.earlier[-1] if told.earlier else ()
    counts = [true_value(n, v) for n, v in _paired(last) if n.kind is Kind.COUNT]
    shares = [a / b for a in counts for b in counts if 0 < a < b]
    if any(number.agrees(share) for share in shares):
        told.explain(number, "it follows from the sentence before")
    elif len(counts) == 2 and shares:  # noqa: PLR2004  (a part and its whole)
        a, b = min(counts), max(counts)
        is_bare = _BARE.fullmatch(told.sentence.text)
        say = told.overrule if is_bare else told.settle
        say(number, f"{half_up(a):,} of {half_up(b):,}", show(a / b, Unit.SHARE))


def _paired(last: Sequence[tuple[Number, Verdict]]) -> Sequence[tuple[Number, Verdict]]:
    """The count of a count that a sentence ends with, "nine of 15"; else all of its numbers."""
    end = last[-_MOST:]
    is_pair = len(end) == _MOST and 0 < end[1][0].start - end[0][0].end <= _OUT_OF
    return end if is_pair else last


def _hold_sum(told: Told, number: Number) -> None:
    """What the last few groups come to together, in number or as a share."""
    text = told.sentence.text
    said = _TOGETHER.search(text)
    if said is None and number.kind is Kind.COUNT:
        _hold_pair(told, number)
    if said is None or not _MAKING_UP.search(text) or len(told.sentence.figures) > _MOST:
        return
    counted = _last_counted(told, _SIZES[said["n"].lower()])
    if not counted:
        return
    added = sum((f.value for f in counted), Fraction(0))
    whole = _whole(counted[0], told.facts)
    if number.kind is Kind.COUNT:
        true, shown = added, f"{half_up(added):,}"
    elif number.kind is Kind.PERCENT and whole:
        true, shown = added / whole, show(added / whole, Unit.SHARE)
    else:
        return
    if number.agrees(true) or number.contradicts(true):
        why = f"they are {half_up(added):,} together"
        if number.agrees(true):
            told.settle(number, why, None)
        else:
            told.overrule(number, why, shown)


def _hold_pair(told: Told, number: Number) -> None:
    """What the two counts of the sentence before come to: "That is 72 between them"."""
    text, last = told.sentence.text, told.earlier[-1] if told.earlier else ()
    counts = [n.value for n, v in last if n.kind is Kind.COUNT and v.outcome is Outcome.RIGHT]
    alone = told.sentence.figures[0] is number and _AGAIN.match(text)
    if alone and len(counts) == _MOST and _MAKING_UP.search(text):
        added = sum(counts, Fraction(0))
        why = f"they are {half_up(added):,} together"
        told.settle(number, why, None if number.agrees(added) else f"{half_up(added):,}")


def _last_counted(told: Told, size: int) -> list[Fact]:
    """The last few counts of groups, if they are of one kind; else none."""
    said = [v.fact for sentence in told.earlier for _, v in sentence]
    last = [f for f in said if f is not None and f.kind is Kind.COUNT and f.known.group][-size:]
    kinds = {(f.measures[0], f.stages, _keys(f, told.facts)) for f in last}
    return last if len(last) == size and len(kinds) == 1 else []


def _keys(fact: Fact, facts: Facts) -> frozenset[str]:
    return frozenset(key for label in fact.labels for key in facts.keys[label])


def _whole(fact: Fact, facts: Facts) -> int | None:
    """What a group's count is a share of."""
    shares = (f for f in facts.of(fact.known) if f.facet is Facet.SHARE and f.under)
    return next((f.under for f in shares), None)


# --- Changes ---


def _hold_known_change(told: Told, number: Number) -> None:
    """A change beside the one figure it is said of: the ledger knows how that moved."""
    others = [n for n in told.sentence.figures if n is not number]
    fact = told.verdicts[others[0]].fact if len(others) == 1 else None
    rose = told.about(number).rose
    if fact is None or fact.facet is not Facet.PREVIOUS or rose is None:
        return
    moved = [f for f in told.facts.of(fact.known) if f.facet in _CHANGES and f.kind is number.kind]
    if moved and all((f.value > 0) != rose or not number.agrees(abs(f.value)) for f in moved):
        told.settle(number, moved[0].name, moved[0].said)


def _hold_turn(told: Told, number: Number) -> None:
    """A change alone, of the two counts of the sentence before: "The number waiting fell by 26"."""
    last = told.earlier[-1] if told.earlier else ()
    rose, counts = told.about(number).rose, [n for n, _ in last if n.kind is number.kind]
    if rose is None or len(counts) != _MOST or told.sentence.figures != (number,):
        return
    moved = counts[1].value - counts[0].value
    if number.agrees(abs(moved)) and (moved > 0) != rose and _STARTED.search(told.sentence.text):
        told.overrule(
            number,
            f"from {counts[0].text} to {counts[1].text}",
            "a rise" if moved > 0 else "a fall",
        )

"""A sentence held against those before it: "That is 29%", "a difference of 18%", "these three".

What went before is a list of sentences, each the numbers it held with their verdicts. A number
that the ledger knows stands for its true value, so that one mistake is not told twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from hcreport.figures.algebra import Unit
from hcreport.figures.shown import half_up, show
from hcreport.proofread.arithmetic import Abouts, Verdicts, confirm, is_open, refute
from hcreport.proofread.claims import Outcome, Verdict, narrowed
from hcreport.proofread.facts import Facet, Fact, Facts, When
from hcreport.proofread.numbers import Bound, Kind, Number, numbers
from hcreport.proofread.scope import About, Sentence
from hcreport.proofread.words import Slot

# The figures of each sentence of a paragraph so far, with what is held of them.
Earlier = tuple[tuple[tuple[Number, Verdict], ...], ...]

_AGAIN = re.compile(
    r"\W*(?:that|this|it|which|these|they) (?:therefore |thus )?"
    r"(?:is|was|are|means|makes?|amounts? to|comes? to|represents?|gives)\b"
    r"|\W*(?:in other words|or)\b",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:gap|difference|above|below|higher|lower|better|worse|drop|fall|rise|improvement|more|less"
    r"|rose|fell|up|down|increase|decrease|went)\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\b(?:these|the|all) (?P<n>two|three|four|five|six)\b", re.IGNORECASE)
_MAKING_UP = re.compile(r"\b(?:together|combined|between them|in all)\b", re.IGNORECASE)
_SIZES = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_QUARTER = re.compile(r"\d{4}/\d\d q[1-4]|\d{4}-\d\d")
_LATER_FIRST = re.compile(r"\bthan\b|\b(?:up|down) on\b|\bcompared\b", re.IGNORECASE)
_CHANGES = (Facet.CHANGE, Facet.DIFFERENCE)


def check(
    sentence: Sentence, earlier: Earlier, verdicts: Verdicts, abouts: Abouts, facts: Facts
) -> None:
    """Everything that a sentence says of numbers that it does not repeat."""
    for number in sentence.figures:
        if number.is_word or number.bound is Bound.UNDER:
            continue
        _hold_sum(sentence, earlier, number, verdicts)
        _hold_quotient(sentence, earlier, number, verdicts, abouts)
        rates = list(_rates(sentence, earlier, number, verdicts, abouts, facts))
        _hold_points(sentence, number, rates, verdicts, abouts)
        if abouts[number].is_change:
            _hold_known_change(sentence, number, verdicts, abouts, facts)
            _hold_between_times(sentence, number, verdicts, abouts, facts)


def _only(sentence: Sentence, number: Number) -> bool:
    return sentence.figures == (number,)


def _true(number: Number, verdict: Verdict) -> Fraction:
    """What a number should be, where the ledger knows; else what it says."""
    fact = verdict.fact
    if fact is None and verdict.outcome is Outcome.WRONG:
        should_be = [n for n in numbers(verdict.should_be) if n.kind is number.kind]
        return should_be[0].value if should_be else number.value
    return fact.value if fact is not None and fact.kind is number.kind else number.value


# --- Shares of what was counted before ---


def _hold_quotient(
    sentence: Sentence, earlier: Earlier, number: Number, verdicts: Verdicts, abouts: Abouts
) -> None:
    """A percentage alone, said of two counts of the sentence before."""
    if not _only(sentence, number) or number.kind is not Kind.PERCENT or abouts[number].is_change:
        return
    last = earlier[-1] if earlier else ()
    counts = [_true(n, v) for n, v in last if n.kind is Kind.COUNT]
    shares = [a / b for a in counts for b in counts if 0 < a < b]
    if not shares or not _AGAIN.match(sentence.text):
        return
    if any(number.agrees(share) for share in shares):
        confirm(number, verdicts, "it follows from the sentence before")
    elif len(counts) == 2:  # noqa: PLR2004  (a part and its whole)
        a, b = min(counts), max(counts)
        refute(number, verdicts, f"{half_up(a):,} of {half_up(b):,}", show(a / b, Unit.SHARE))


def _hold_sum(sentence: Sentence, earlier: Earlier, number: Number, verdicts: Verdicts) -> None:
    """What the last few groups come to together, in number or as a share."""
    said = _TOGETHER.search(sentence.text)
    if said is None or not _MAKING_UP.search(sentence.text) or not _only(sentence, number):
        return
    counted = [
        v.fact
        for told in earlier
        for _, v in told
        if v.fact is not None and v.fact.kind is Kind.COUNT and v.fact.known.group
    ][-_SIZES[said["n"].lower()] :]
    alike = {(f.known.id, tuple(key for key, _ in f.known.group)) for f in counted}
    if len(counted) != _SIZES[said["n"].lower()] or len(alike) != 1:
        return
    added = sum((f.value for f in counted), Fraction(0))
    whole = counted[0].under or counted[0].known.denominator
    if number.kind is Kind.COUNT:
        true, shown = added, f"{half_up(added):,}"
    elif number.kind is Kind.PERCENT and whole:
        true, shown = added / whole, show(added / whole, Unit.SHARE)
    else:
        return
    why = f"they are {half_up(added):,} together"
    if number.agrees(true):
        confirm(number, verdicts, why)
    elif number.contradicts(true):
        refute(number, verdicts, why, shown)


# --- Percentage points ---


def _hold_points(
    sentence: Sentence,
    number: Number,
    rates: list[tuple[Fraction, Fraction]],
    verdicts: Verdicts,
    abouts: Abouts,
) -> None:
    """Per cent said of what are percentage points between two rates."""
    is_rate = number.kind is Kind.PERCENT and number.value < 1
    near = sentence.text[max(0, number.start - 60) : number.end + 30]
    if not is_rate or number.bound is not Bound.EXACT or not _APART.search(near):
        return
    beside = abouts[number].is_change or bool(_APART.match(sentence.text[number.end :].lstrip()))
    if not (beside or "gap" in near or "difference" in near):
        return
    for one, other in rates:
        apart = abs(one - other)
        as_percent = [apart / rate for rate in (one, other) if rate]
        if any(number.agrees(each) for each in as_percent) or not apart:
            continue
        if abs(apart - number.value) <= 2 * number.half:
            said = f"{show(one, Unit.SHARE)} against {show(other, Unit.SHARE)}"
            verdicts[number] = Verdict(
                Outcome.WRONG, said, f"{half_up(apart * 100)} percentage points"
            )
            return


def _rates(
    sentence: Sentence,
    earlier: Earlier,
    number: Number,
    verdicts: Verdicts,
    abouts: Abouts,
    facts: Facts,
) -> Iterator[tuple[Fraction, Fraction]]:
    """The two rates that a number may lie between: here, before, or at the other stage."""
    here = [
        (n, verdicts[n]) for n in sentence.figures if n is not number and n.kind is Kind.PERCENT
    ]
    here = [(n, v) for n, v in here if not abouts[n].is_change]
    if len(here) == 2:  # noqa: PLR2004  (a change has two ends)
        yield _true(*here[0]), _true(*here[1])
        return
    before = [(n, v) for told in earlier[-2:] for n, v in told if n.kind is Kind.PERCENT]
    if here and before:
        yield _true(*here[0]), _true(*before[-1])
    elif len(before) > 1:
        yield _true(*before[-1]), _true(*before[-2])
    if before and (fact := before[-1][1].fact) is not None:
        for stage in abouts[number].stages - fact.stages:
            name = re.sub(r"stage[12]", f"stage{stage}", fact.known.id)
            for other in facts.by_tag.get(name, ()):
                if other.facet is fact.facet and other.kind is fact.kind:
                    yield fact.value, other.value


# --- Changes ---


def _hold_known_change(
    sentence: Sentence, number: Number, verdicts: Verdicts, abouts: Abouts, facts: Facts
) -> None:
    """A change beside the one figure it is said of: the ledger knows how that moved."""
    others = [n for n in sentence.figures if n is not number]
    fact = verdicts[others[0]].fact if len(others) == 1 else None
    rose = abouts[number].rose
    if fact is None or fact.facet is not Facet.PREVIOUS or rose is None:
        return
    moved = [f for f in facts.of(fact.known) if f.facet in _CHANGES and f.kind is number.kind]
    if moved and all((f.value > 0) != rose or not number.agrees(abs(f.value)) for f in moved):
        refute(number, verdicts, moved[0].name, moved[0].said)


def _hold_between_times(
    sentence: Sentence, number: Number, verdicts: Verdicts, abouts: Abouts, facts: Facts
) -> None:
    """A change between two quarters or months that the sentence names."""
    times = [
        m.value
        for m in sentence.mentions
        if m.slot is Slot.LABEL and m.is_sure and _QUARTER.fullmatch(m.value)
    ]
    if len(dict.fromkeys(times)) != 2 or not is_open(number, verdicts):  # noqa: PLR2004
        return
    first, second = dict.fromkeys(times)
    if _LATER_FIRST.search(sentence.text):
        first, second = second, first
    moves = list(_moves(number, abouts[number], first, second, facts))
    rose = abouts[number].rose
    fits = [
        (old, new)
        for old, new in moves
        if rose in {None, new.value > old.value} and _said_so(number, old, new)
    ]
    if fits:
        confirm(number, verdicts, f"{fits[0][0].said} and {fits[0][1].said}")
    elif moves:
        old, new = moves[0]
        refute(number, verdicts, f"from {old.said} to {new.said}", _change(number, old, new))


def _moves(
    number: Number, about: About, first: str, second: str, facts: Facts
) -> Iterator[tuple[Fact, Fact]]:
    """The figures of two times that a change may lie between, of the likeliest measure."""
    named = (*about.measures, *about.measures_beyond) or about.measures_before[:1]
    stages = about.stages or about.stages_before
    for measure in narrowed(tuple(named)):
        alike: dict[tuple[str, Facet, Kind], dict[str, Fact]] = {}
        for f in facts.by_measure.get(measure, ()):
            plain = f.facet is Facet.VALUE and f.when is When.NOW and len(f.labels) == 1
            if plain and (not stages or not f.stages or f.stages & stages):
                alike.setdefault((f.known.id, f.facet, f.kind), {})[next(iter(f.labels))] = f
        for held in alike.values():
            if first in held and second in held and held[first].kind in _kinds(number):
                yield held[first], held[second]


def _kinds(number: Number) -> Sequence[Kind]:
    return (Kind.PERCENT,) if number.kind is Kind.POINTS else (Kind.COUNT, Kind.PERCENT)


def _said_so(number: Number, old: Fact, new: Fact) -> bool:
    moved = abs(new.value - old.value)
    if number.kind is Kind.COUNT or number.kind is Kind.POINTS:
        return number.agrees(moved)
    return bool(old.value) and number.agrees(moved / old.value)


def _change(number: Number, old: Fact, new: Fact) -> str:
    moved = new.value - old.value
    way = "more" if moved > 0 else "fewer"
    if number.kind is Kind.COUNT:
        return f"{half_up(abs(moved)):,} {way}"
    if old.kind is Kind.PERCENT:
        return f"{half_up(abs(moved) * 100)} percentage points"
    return show(abs(moved / old.value), Unit.SHARE) if old.value else ""


def told(verdicts: Verdicts) -> tuple[tuple[Number, Verdict], ...]:
    """The figures of a sentence with their verdicts, for those that follow."""
    return tuple((n, v) for n, v in verdicts.items() if v.outcome is not Outcome.EXEMPT)

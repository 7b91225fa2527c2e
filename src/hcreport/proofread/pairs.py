"""Numbers that stand together, held against the ledger as one: "71 of 133", "39 (8%)"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from hcreport.figures.shown import half_up
from hcreport.proofread.arithmetic import Abouts, Verdicts
from hcreport.proofread.claims import NOTHING, Outcome, Verdict, counted
from hcreport.proofread.facts import Facet, Fact, Facts
from hcreport.proofread.hearing import About, Near
from hcreport.proofread.lexicon import BASES
from hcreport.proofread.mentions import Slot
from hcreport.proofread.numbers import Kind, Number
from hcreport.proofread.odds import by_chance
from hcreport.proofread.scope import Sentence

# So seldom does chance hit two counts of a figure.
_LUCK = 0.002
# So near to a figure's counts are those of the same figure over older data.
_NEAR = Fraction(1, 10)


def check(sentence: Sentence, verdicts: Verdicts, abouts: Abouts, facts: Facts) -> None:
    """Each pair: right as a whole where some figure has both counts, else by the half that fits."""
    for part, whole in sentence.pairs:
        found, alone = counted(part, abouts[part], facts), verdicts[part]
        for number in (part, whole):
            if verdicts[number].outcome is Outcome.WRONG:  # each is only half of what is said
                verdicts[number] = NOTHING
        known = (*found, *_rates(verdicts), *_of_both(part, whole, abouts, facts))
        both = next((f for f in known if f.over == part.value and f.under == whole.value), None)
        if both is not None:
            for number in (part, whole):
                verdicts[number] = Verdict(Outcome.RIGHT, both.name, fact=both)
            continue
        firm = [f for f in found if f.firm]
        _by_half(part, whole, firm, abouts, verdicts)
        if alone.outcome is Outcome.WRONG and firm:
            _by_neither(part, whole, firm[0], verdicts)
    for count, percent in _companions(sentence, abouts):
        _hold_companions(count, percent, verdicts, facts)


def _of_both(part: Number, whole: Number, abouts: Abouts, facts: Facts) -> Iterator[Fact]:
    """The rate that has both counts, where no near word says what they are."""
    named = {m for n in (part, whole) for m in abouts[n].said(Slot.MEASURE, Near.FRAME)}
    if not named - BASES and by_chance(part) * by_chance(whole) < _LUCK:
        yield from facts.of_counts(int(part.value), int(whole.value))


def _rates(verdicts: Verdicts) -> Iterator[Fact]:
    """The shares that the sentence itself gives, and rightly: "98% (591 of 606)"."""
    right = (v for n, v in verdicts.items() if n.kind is Kind.PERCENT)
    return (v.fact for v in right if v.outcome is Outcome.RIGHT and v.fact is not None)


def _by_half(
    part: Number, whole: Number, found: list[Fact], abouts: Abouts, verdicts: Verdicts
) -> None:
    """One half that fits the likeliest figure shows the other to be wrong."""
    doubtful = any(abouts[n].doubt or abouts[n].beyond for n in (part, whole))
    if (
        not found
        or doubtful
        or (part.is_word and whole.is_word and not _is_named(abouts[part], found[0]))
    ):
        return
    best = found[0]
    said = f"{best.name}: {best.over:,} of {best.under:,}"
    if whole.value == best.under and verdicts[part].outcome is not Outcome.RIGHT:
        verdicts[part] = Verdict(Outcome.WRONG, said, f"{best.over:,}", best)
    elif part.value == best.over and verdicts[whole].outcome is not Outcome.RIGHT:
        verdicts[whole] = Verdict(Outcome.WRONG, said, f"{best.under:,}", best)


def _by_neither(part: Number, whole: Number, best: Fact, verdicts: Verdicts) -> None:
    """Two halves that are both a little off the likeliest figure, as those of older data are."""
    true = Fraction(best.over or 0), Fraction(best.under or 0)
    pair = (part, whole)
    are_open = all(verdicts[n].outcome is Outcome.UNKNOWN for n in pair)
    are_near = all(abs(n.value - t) <= _NEAR * t for n, t in zip(pair, true, strict=True))
    if are_open and are_near:
        for number, value in zip(pair, true, strict=True):
            verdicts[number] = Verdict(Outcome.WRONG, best.name, f"{half_up(value):,}", best)


def _is_named(about: About, fact: Fact) -> bool:
    """Whether near words surely name the group that a figure is of."""
    return bool(fact.labels) and fact.labels <= about.sure(Slot.LABEL)


# --- A count and its percentage ---


def _companions(sentence: Sentence, abouts: Abouts) -> Iterator[tuple[Number, Number]]:
    """A count and the percentage that stands right beside it and says the same."""
    wholes = {whole for _, whole in sentence.pairs}
    for a, b in itertools.pairwise(sentence.figures):
        if abouts[a].is_change or abouts[b].is_change or wholes & {a, b}:
            continue
        between, after = sentence.text[a.end : b.start], sentence.text[b.end :]
        for kinds, joins, closes in _SAID_AGAIN:
            if (a.kind, b.kind) == kinds and joins.fullmatch(between) and closes.match(after):
                count, percent = (a, b) if a.kind is Kind.COUNT else (b, a)
                if not count.is_word:
                    yield count, percent
                break


def _hold_companions(count: Number, percent: Number, verdicts: Verdicts, facts: Facts) -> None:
    """A count known to be right knows its share, and a share its count."""
    fact = verdicts[count].fact
    if verdicts[count].outcome is Outcome.RIGHT and fact is not None and fact.kind is Kind.COUNT:
        shares = [
            f
            for f in facts.of(fact.known)
            if f.kind is Kind.PERCENT and f.facet is not Facet.CHANGE
        ]
        if any(percent.agrees(f.value) for f in shares):
            verdicts[percent] = Verdict(Outcome.RIGHT, shares[0].name, fact=shares[0])
        elif shares and not _is_of(verdicts[percent], fact):
            verdicts[percent] = Verdict(Outcome.WRONG, shares[0].name, shares[0].said, shares[0])
        return
    fact = verdicts[percent].fact
    if verdicts[percent].outcome is not Outcome.RIGHT or fact is None or fact.over is None:
        return
    if verdicts[count].outcome is not Outcome.RIGHT and count.value == fact.over:
        verdicts[count] = Verdict(Outcome.RIGHT, fact.name, fact=fact)
    elif verdicts[count].outcome is Outcome.UNKNOWN:
        verdicts[count] = Verdict(Outcome.WRONG, fact.name, f"{fact.over:,}", fact)


def _is_of(verdict: Verdict, fact: Fact) -> bool:
    """Whether a percentage is known to be right, and of the count beside it."""
    over = verdict.fact.over if verdict.fact is not None else fact.value
    return verdict.outcome is Outcome.RIGHT and over in {None, fact.value}


_COUNT_FIRST, _SHARE_FIRST = (Kind.COUNT, Kind.PERCENT), (Kind.PERCENT, Kind.COUNT)
_SAID_AGAIN = (
    (_COUNT_FIRST, re.compile(r"[^.;:()\d]{0,70}\(\s*"), re.compile(r"\s*\)")),
    (
        _COUNT_FIRST,
        re.compile(r"\s*(?:complaints?|cases?|responses?)?,\s*"),
        re.compile(r"\s*\)"),
    ),
    (
        _COUNT_FIRST,
        re.compile(r"(?:\s+(?:complaints?|cases?|responses?|of them))?,?\s+(?:or|which is)\s+"),
        re.compile(r"\s*(?:[,.;)]|\Z)"),
    ),
    (
        _SHARE_FIRST,
        re.compile(r"\s*\("),
        re.compile(r"(?:\s+(?:complaints?|cases?|responses?|of them))?\s*\)"),
    ),
    (
        _SHARE_FIRST,
        re.compile(r"[^.;:()\d]{0,70},\s+"),
        re.compile(r"\s+of (?:them|these|those)\b"),
    ),
)

"""A number read again by what the numbers beside it turned out to say.

In "delay was behind 246, cost behind three", whoever understands the one understands the other: a
figure of the same series is the likelier, and words for it need not be said again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hcreport.proofread.arithmetic import Abouts, Verdicts
from hcreport.proofread.claims import Outcome, Verdict, judged
from hcreport.proofread.facts import Fact, Facts
from hcreport.proofread.numbers import Number
from hcreport.proofread.told import Earlier


def check(verdicts: Verdicts, abouts: Abouts, earlier: Earlier, facts: Facts) -> None:
    """Judge each number of a sentence again, in the company of the others."""
    right = {n: v.fact for n, v in verdicts.items() if v.outcome is Outcome.RIGHT and v.fact}
    told = [held for sentence in earlier if (held := _right(sentence))]
    before = told[-1] if told else ()
    for number, about in abouts.items():
        beside = _beside(number, right)
        if beside or before:
            abouts[number] = replace(about, beside=beside, earlier=before)
            verdicts[number] = judged(number, abouts[number], facts)


def _right(sentence: Iterable[tuple[Number, Verdict]]) -> tuple[Fact, ...]:
    """The figures that a sentence rightly says."""
    return tuple(v.fact for _, v in sentence if v.outcome is Outcome.RIGHT and v.fact)


def _beside(number: Number, right: dict[Number, Fact]) -> tuple[Fact, ...]:
    """The figures of the other numbers of its kind."""
    return tuple(fact for n, fact in right.items() if n is not number and n.kind is number.kind)

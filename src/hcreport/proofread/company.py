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
from hcreport.proofread.hearing import About
from hcreport.proofread.likely import readings
from hcreport.proofread.numbers import Number
from hcreport.proofread.odds import by_chance
from hcreport.proofread.told import Earlier

# A value that chance hits so seldom is no chance.
_LUCK = 0.02


def check(verdicts: Verdicts, abouts: Abouts, earlier: Earlier, facts: Facts) -> None:
    """Judge each number of a sentence again, in the company of the others."""
    right = {n: v.fact for n, v in verdicts.items() if v.outcome is Outcome.RIGHT and v.fact}
    told = [held for sentence in earlier if (held := _right(sentence))]
    before = told[-1] if told else ()
    taken = _taken(right, abouts, facts)
    for number, about in abouts.items():
        beside = _beside(number, right)
        if beside or before:
            said = (f for f in beside if not number.agrees(f.value))
            held = (*taken.get(number, ()), *said)
            abouts[number] = replace(about, beside=beside, earlier=before, taken=held)
            verdicts[number] = judged(number, abouts[number], facts)


def _taken(
    right: dict[Number, Fact], abouts: Abouts, facts: Facts
) -> dict[Number, tuple[Fact, ...]]:
    """The figure of each number that another says as well, and whose words name it more plainly.

    "Six were extended, and six were late": the words about extensions are the first one's. A number
    that chance would hardly hit says its figure again.
    """
    by_fact: dict[int, list[Number]] = {}
    for number, fact in right.items():
        if by_chance(number) > _LUCK:
            by_fact.setdefault(id(fact), []).append(number)
    return {
        number: (right[number],)
        for alike in by_fact.values()
        if len(alike) > 1
        for number in sorted(alike, key=lambda n: _cost(n, right[n], abouts[n], facts))[1:]
    }


def _cost(number: Number, fact: Fact, about: About, facts: Facts) -> float:
    return next(r.cost for r in readings(number, about, facts) if r.fact is fact)


def _right(sentence: Iterable[tuple[Number, Verdict]]) -> tuple[Fact, ...]:
    """The figures that a sentence rightly says."""
    return tuple(v.fact for _, v in sentence if v.outcome is Outcome.RIGHT and v.fact)


def _beside(number: Number, right: dict[Number, Fact]) -> tuple[Fact, ...]:
    """The figures of the other numbers of its kind."""
    return tuple(fact for n, fact in right.items() if n is not number and n.kind is number.kind)

"""A sentence's numbers with what is held of each so far, and those of the sentences before."""

from __future__ import annotations

from dataclasses import dataclass

from hcreport.proofread.arithmetic import Abouts, Verdicts, confirm, is_open, refute
from hcreport.proofread.claims import Outcome, Verdict
from hcreport.proofread.facts import Fact, Facts
from hcreport.proofread.hearing import About
from hcreport.proofread.numbers import Number
from hcreport.proofread.scope import Sentence

# The figures of each sentence of a paragraph so far, with what is held of them.
Earlier = tuple[tuple[tuple[Number, Verdict], ...], ...]

# So many sentences are gone back.
_BACK = 2


@dataclass(frozen=True)
class Told:
    """All that is told in a paragraph up to the end of a sentence."""

    sentence: Sentence
    earlier: Earlier
    verdicts: Verdicts
    abouts: Abouts
    facts: Facts

    def about(self, number: Number) -> About:
        """What a number of the sentence is about."""
        return self.abouts[number]

    def is_open(self, number: Number) -> bool:
        """Whether nothing is known for sure of a number yet."""
        return is_open(number, self.verdicts)

    def settle(self, number: Number, why: str, should_be: str | None) -> None:
        """Call a number right, or wrong where it is said what it should be; unless it is known."""
        if should_be is None:
            confirm(number, self.verdicts, why)
        else:
            refute(number, self.verdicts, why, should_be)

    def overrule(self, number: Number, why: str, should_be: str) -> None:
        """Call a number wrong whatever the ledger says: nothing but the text tells what it is."""
        self.verdicts[number] = Verdict(Outcome.WRONG, why, should_be)

    def explain(self, number: Number, why: str) -> None:
        """Call a number right whatever the ledger says: it follows from others."""
        self.verdicts[number] = Verdict(Outcome.RIGHT, why)

    def numbers_before(self, number: Number) -> list[Number]:
        """The numbers of its sentence and of the two before it, the last first."""
        earlier = (n for sentence in self.earlier[-_BACK:] for n, _ in sentence)
        here = (n for n in self.sentence.figures if n.end <= number.start)
        return [*reversed([*earlier, *here])]

    def figures_before(self, number: Number) -> list[Fact]:
        """The figures that were spoken of before a number, the last first."""
        here = ((n, v) for n, v in self.verdicts.items() if n.end <= number.start)
        said = (*(pair for told in self.earlier for pair in told), *here)
        return [v.fact for _, v in reversed(said) if v.fact is not None]


def figures(verdicts: Verdicts) -> tuple[tuple[Number, Verdict], ...]:
    """The figures of a sentence with their verdicts, for those that follow."""
    return tuple((n, v) for n, v in verdicts.items() if v.outcome is not Outcome.EXEMPT)

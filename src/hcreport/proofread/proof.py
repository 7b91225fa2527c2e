"""What proofreading found: every number of a report, with its place and its verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from hcreport.proofread.claims import Outcome, Verdict
from hcreport.proofread.passages import Passage


@dataclass(frozen=True)
class Found:
    """A number of a report: where it stands, the words around it and what is held of it.

    ``start`` and ``end`` count letters of the passage; ``sentence`` is the sentence or, in a
    table, the row and column.
    """

    passage: Passage
    start: int
    end: int
    text: str
    sentence: str
    verdict: Verdict

    @property
    def outcome(self) -> Outcome:
        """Right, wrong, not recognised, or no figure."""
        return self.verdict.outcome


@dataclass(frozen=True)
class Proof:
    """Every number of a report, in order."""

    found: tuple[Found, ...]

    @cached_property
    def counts(self) -> Mapping[Outcome, int]:
        """How many numbers came to each outcome."""
        counted = Counter(f.outcome for f in self.found)
        return {outcome: counted[outcome] for outcome in Outcome}

    @property
    def figures(self) -> int:
        """How many of the numbers are figures."""
        return sum(n for outcome, n in self.counts.items() if outcome is not Outcome.EXEMPT)

    def of(self, outcome: Outcome) -> tuple[Found, ...]:
        """The numbers with one outcome."""
        return tuple(f for f in self.found if f.outcome is outcome)

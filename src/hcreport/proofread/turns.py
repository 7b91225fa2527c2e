"""A figure said to rise or fall to a value, held against the one before it.

That is the quarter's or the month's before, or else last year's: "From January to March the number
fell to 26", where there had been 19. The verb is what is wrong.
"""

from __future__ import annotations

import re

from hcreport.proofread import lexicon
from hcreport.proofread.changes import told_of
from hcreport.proofread.claims import Outcome, Verdict
from hcreport.proofread.facts import Facet, Fact, Facts, When
from hcreport.proofread.told import Told

_TO = re.compile(
    rf"(?:(?P<up>{lexicon.ROSE.pattern})|(?P<down>{lexicon.FELL.pattern}))"
    r"(?: (?:again|back|sharply|slightly|further|a little|only))?"
    r" to (?:just |about |around |some )?\Z"
)
# Then it may be another figure that it rose or fell from.
_ELSEWHERE = re.compile(r"\b(?:from|than|compared|against|since)\b(?! \w+ to \w+)", re.IGNORECASE)
_TIMES = frozenset({"month", "quarter"})


def check(told: Told) -> None:
    """Every value that something is said to have risen or fallen to."""
    text = told.sentence.text.lower()
    for number in told.sentence.figures:
        verb, verdict = _TO.search(text[: number.start]), told.verdicts[number]
        if verb is None or verdict.fact is None or verdict.outcome is not Outcome.RIGHT:
            continue
        before = _before(verdict.fact, told.facts)
        if before is not None and not _ELSEWHERE.search(text[verb.end() :]):
            told.verdicts[number] = _held(verdict, before, verb)


def _held(verdict: Verdict, before: Fact, verb: re.Match[str]) -> Verdict:
    """What is held of a right number once its verb is held as well."""
    assert verdict.fact is not None  # noqa: S101  (it is right by a figure)
    moved = verdict.fact.value - before.value
    if moved and (moved > 0) == bool(verb["up"]):
        return verdict
    word = verb["up"] or verb["down"]
    return Verdict(Outcome.WRONG, f"from {before.said}", told_of(moved), verdict.fact, word=word)


def _before(fact: Fact, facts: Facts) -> Fact | None:
    """The same figure of the time before; None where there is none."""
    if fact.facet is not Facet.VALUE or fact.when is not When.NOW:
        return None
    keys = [key for key, _ in fact.known.group]
    if not _TIMES & set(keys):
        alike = (f for f in facts.by_measure[fact.measures[0]] if f.known is fact.known)
        return next((f for f in alike if f.facet is Facet.PREVIOUS), None)
    if len(keys) > 1:
        return None
    earlier = [f for f in facts.series(fact) if f.known.group < fact.known.group]
    return max(earlier, key=lambda f: f.known.group, default=None)

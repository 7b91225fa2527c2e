"""One number said to be more than another, or a run of them said to rise, held against itself.

"Higher in Repairs, at 16%, than in Lettings, at 18%" is wrong whatever the ledger knows of either.
"""

from __future__ import annotations

import itertools
import re

from hcreport.proofread import lexicon
from hcreport.proofread.claims import Outcome, Verdict
from hcreport.proofread.numbers import Bound, Kind, Number
from hcreport.proofread.told import Told

_MORE_THAN = re.compile(
    r"\b(?:(?P<more>higher|greater|more|larger|bigger|longer)|lower|fewer|less|smaller|shorter)\b"
    r"(?P<first>[^.;]*?)\bthan\b(?P<second>[^.;]*)",
    re.IGNORECASE,
)
_NO_COMPARISON = re.compile(r"\b(?:no|not|nor|rather|other)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:,|and|then|to|,\s*(?:and|then))\s+", re.IGNORECASE)
# So many numbers in a row are a run.
_RUN = 3


def check(told: Told) -> None:
    """Every comparison of two numbers and every run of a sentence."""
    for compared in _MORE_THAN.finditer(told.sentence.text):
        _hold_comparison(told, compared)
    _hold_run(told)


def _hold_comparison(told: Told, compared: re.Match[str]) -> None:
    if _NO_COMPARISON.search(told.sentence.text[: compared.start()]):
        return
    first, second = (_within(told, *compared.span(part)) for part in ("first", "second"))
    ends = [*first, *second]
    if len(first) != 1 or len(second) != 1 or not _are_alike(told, ends):
        return
    (more, less) = ends if compared["more"] else reversed(ends)
    if more.value <= less.value:
        said = "more" if compared["more"] else "less"
        why = f"the text says it is {said} than {ends[1].text.strip()}"
        told.verdicts[ends[0]] = Verdict(Outcome.WRONG, why, "the other way round")


def _within(told: Told, start: int, end: int) -> list[Number]:
    return [n for n in told.sentence.figures if start <= n.start < end]


def _are_alike(told: Told, numbers: list[Number]) -> bool:
    """Whether numbers are of a kind, exact, and themselves what is compared."""
    kinds = {n.kind for n in numbers}
    plain = all(n.bound is Bound.EXACT and not told.about(n).is_change for n in numbers)
    return len(kinds) == 1 and plain and Kind.POINTS not in kinds


def _hold_run(told: Told) -> None:
    """A list of three or more that a verb before it says rises, or falls."""
    text, figures = told.sentence.text, told.sentence.figures
    colon = text.find(":")
    run = [n for n in figures if n.start > colon]
    between = [text[a.end : b.start] for a, b in itertools.pairwise(run)]
    if colon < 0 or len(run) < _RUN or not all(map(_LIST.fullmatch, between)):
        return
    words = text[:colon].lower()
    rose, fell = (bool(p.search(words)) for p in (lexicon.ROSE, lexicon.FELL))
    ordered = [n.value for n in run]
    if rose != fell and len(run) == len(figures) and ordered == sorted(ordered, reverse=rose):
        why = f"the text says they {'rise' if rose else 'fall'}"
        should_be = "a fall" if rose else "a rise"
        told.verdicts[run[-1]] = Verdict(Outcome.WRONG, why, should_be)

"""The same thing said twice with two values, where the ledger knows neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from hcreport.proofread.claims import Outcome, Verdict
from hcreport.proofread.labels import stems
from hcreport.proofread.numbers import numbers
from hcreport.report.word.passages import Where

if TYPE_CHECKING:
    from hcreport.proofread.proof import Found

# Fewer telling words than these can be alike by chance.
_TELLING = 3
_REACH = re.compile(r"[,;:()–—]|\b(?:and|while|but|of which|with)\b")


def checked(found: Iterable[Found]) -> Iterator[Found]:
    """The numbers again, those that contradict an earlier one called wrong."""
    said: dict[tuple[str, frozenset[str]], Found] = {}
    for number in found:
        key = _key(number)
        if key is None:
            yield number
            continue
        first = said.setdefault(key, number)
        if _plain(first.text) == _plain(number.text):
            yield number
        else:
            why = f"the same is {first.text} under “{(first.passage.headings or ('',))[-1]}”"
            yield replace(number, verdict=Verdict(Outcome.WRONG, why, first.text))


def _plain(text: str) -> str:
    return re.sub(r"[\s,]", "", text)


def _key(found: Found) -> tuple[str, frozenset[str]] | None:
    """What a number that nobody knows is said of: its unit, and the telling words beside it."""
    if found.outcome is not Outcome.UNKNOWN or found.passage.where is Where.TABLE:
        return None
    text = found.passage.text
    right = _REACH.search(text, found.end)
    lefts = [m.end() for m in _REACH.finditer(text, 0, found.start)]
    near = text[max(lefts, default=0) : right.start() if right else len(text)]
    if len(numbers(near)) != 1:
        return None
    words = frozenset(word for word, *_ in stems(near))
    unit = re.sub(r"[\d,.\s]", "", found.text)
    return (unit, words) if len(words) >= _TELLING else None

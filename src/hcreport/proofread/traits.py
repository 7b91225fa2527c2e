"""What the writing around a number tells of how it is meant."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping

from hcreport.proofread import lexicon
from hcreport.proofread.generic import other_noun
from hcreport.proofread.hearing import Trait
from hcreport.proofread.mentions import Slot
from hcreport.proofread.numbers import Kind
from hcreport.proofread.scope import JOINT
from hcreport.proofread.spans import Spans
from hcreport.proofread.times import is_compared

_SHARE = re.compile(
    r"\b(?:made up|mak(?:e|es|ing) up|account\w*|represent\w*|share of|proportion of|explain\w*"
    r"|behind|majority|minority)\b",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(r"\s+of (?:all|the total|everything|the whole|total)\b", re.IGNORECASE)
_OF = re.compile(
    r"\W*(?:[\d.]+\s+)?(?:out )?of (?:the|its|our|these|those|their|all|a total of)"
    r"(?: \w+){0,2}\s+",
    re.IGNORECASE,
)
_PART = re.compile(r"\W*(?:out )?of (?:the|those|these|them|all|our)\b", re.IGNORECASE)
_OF_THEM = re.compile(r"\s+of (?:them|these|those|you|us|whom|which)\b", re.IGNORECASE)
_SOME = re.compile(
    r"\s+of (?:the|our|all|its|those) (?:\S+ ){0,3}?(?:complaints|cases|ones|replies|answers)\b",
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(
    r"\s+of (?:the |our |all )*(?:[\d,]+ )?(?:\S+ )?"
    r"(?:tenants|residents|homes|households|properties|people|leaseholders|customers)\b",
    re.IGNORECASE,
)
_LOG = re.compile(r"\b(?:actions?|learning|lessons?|log)\b", re.IGNORECASE)
_OF_LOG = frozenset({"actions", "actions completed"})
_LIST = re.compile(r"\s*(?:,|and|or|,\s*and)\s*")
_PLACING = frozenset({Slot.STAGE, Slot.LABEL, Slot.WHEN})


def traits(spans: Spans) -> frozenset[Trait]:
    """All that is told of one number."""
    return frozenset(trait for trait, holds in _TOLD.items() if holds(spans))


def is_of_ombudsman(said: str, measures: tuple[str, ...]) -> bool:
    """Whether words speak of the Ombudsman, by name or by what only the Ombudsman does."""
    return bool(lexicon.OMBUDSMAN.search(said.lower()) or lexicon.OMBUDSMANS & set(measures))


def is_of_log(said: str) -> bool:
    """Whether words speak of what was learned."""
    return bool(_LOG.search(said))


def _is_base(spans: Spans) -> bool:
    second = any(b is spans.number for _, b in spans.sentence.pairs)
    return second or bool(_OF.fullmatch(spans.before))


def _is_listed(spans: Spans) -> bool:
    figures, text = spans.sentence.figures, spans.sentence.text
    here = figures.index(spans.number)
    beside = figures[max(0, here - 1) : here + 2]
    for a, b in itertools.pairwise(beside):
        rest = JOINT.search(text, b.end)
        after = spans.mentions(((b.end, rest.start() if rest else len(text)),))
        if _LIST.fullmatch(text[a.end : b.start]) and not any(m.slot in _PLACING for m in after):
            return True
    return False


def is_of_dwellings(spans: Spans) -> bool:
    """Whether it counts homes, or people as such."""
    text, number = spans.sentence.text, spans.number
    of_people = number.kind is Kind.PERCENT and _OF_PEOPLE.match(text, number.end)
    return bool(of_people) or bool(other_noun(text, number, strict=True))


def _is_of_share(spans: Spans) -> bool:
    after = _SHARE_OF.match(spans.sentence.text, spans.number.end)
    return bool(after) or bool(_SHARE.search(spans.text(spans.own)))


def _speaks_of_log(spans: Spans) -> bool:
    before = spans.sentence.background
    said = {m.value for mentions in (*before.before, before.heading) for m in mentions}
    return is_of_log(spans.sentence.text) or bool(_OF_LOG & said)


_TOLD: Mapping[Trait, Callable[[Spans], bool]] = {
    Trait.BASE: _is_base,
    Trait.PART: lambda spans: bool(_PART.match(spans.sentence.text)),
    Trait.PAIRED: lambda spans: any(a is spans.number for a, _ in spans.sentence.pairs),
    Trait.SOME: lambda spans: bool(_SOME.match(spans.sentence.text, spans.number.end)),
    Trait.OF_THEM: lambda spans: bool(_OF_THEM.match(spans.sentence.text, spans.number.end)),
    Trait.LISTED: _is_listed,
    Trait.COMPARED: is_compared,
    Trait.IN_WORDS: lambda spans: spans.number.is_word,
    Trait.DECIMAL: lambda spans: spans.number.kind is Kind.COUNT and "." in spans.number.text,
    Trait.SHARE: _is_of_share,
    Trait.DWELLINGS: is_of_dwellings,
    Trait.LOG: _speaks_of_log,
    Trait.DAYS: lambda spans: "day" in spans.sentence.text or spans.sentence.background.in_days,
    Trait.OMBUDSMAN: lambda spans: is_of_ombudsman(
        spans.sentence.text, spans.said(Slot.MEASURE, spans.whole)
    ),
    Trait.OMBUDSMAN_BEFORE: lambda spans: spans.sentence.background.of_ombudsman,
}

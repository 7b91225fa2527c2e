"""Which periods a number of a sentence may be over."""

from __future__ import annotations

import re
from functools import partial

from hcreport.proofread.facts import When
from hcreport.proofread.mentions import Mention, Slot
from hcreport.proofread.spans import MOVED_TO, Span, Spans
from hcreport.proofread.time_words import OTHER_TIME

_LAST_YEAR = re.compile(r"\blast year\b(?!['’]s)", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:from|compared (?:to|with)|against|than|on)\s+(?:the\s+|a total of\s+|just\s+)?\Z"
)

_THAN = re.compile(r"\bthan (?:in |for |during |over )?(?:the )?\Z")
_NOW = re.compile(r"\b(?:now|(?:has|have) (?:become|already))\b", re.IGNORECASE)


def whens(spans: Spans) -> frozenset[str]:
    """The periods that a number may be over: those its nearest words name, else all it may be."""
    near = _nearest(spans)
    before = spans.sentence.background
    if near == (When.BEFORE.value,) and _LAST_YEAR.search(spans.sentence.text):
        near = (*near, When.NOW.value)  # the year that has ended since, or the one before it
    if OTHER_TIME in near:
        return frozenset({OTHER_TIME})
    beside = (*_before(spans), *_since(spans))
    if near:
        later = {*spans.said(Slot.WHEN, spans.whole), *before.said(Slot.WHEN)}
        if When.TO_DATE.value in later and When.BEFORE.value in near:
            near = (*near, When.NOW.value)  # the year before what has begun since
        return frozenset({*near, *beside})
    rest = set(spans.said(Slot.WHEN, spans.whole))
    heading = {m.value for m in before.heading if m.slot is Slot.WHEN}
    if heading == {When.TO_DATE.value} and not (rest or _before(spans) or _in_period(spans)):
        return frozenset(heading)
    if any(map(partial(_may_be_later, spans), spans.sentence.mentions)):
        rest.add(When.TO_DATE.value)
    return frozenset({*rest, *before.said(Slot.WHEN), *beside, When.NOW.value} - {OTHER_TIME})


def _may_be_later(spans: Spans, m: Mention) -> bool:
    """Whether a month may be that of the period to date: it is, or has no year."""
    twins = spans.sentence.vocabulary.twins
    has_year = any(c.isdigit() for c in spans.sentence.text[m.start : m.end])
    return m.value in twins.values() or (m.value in twins and not has_year)


def is_compared(spans: Spans) -> bool:
    """Whether something is compared with the number, which nothing places at a stage or a group."""
    own = spans.mentions(spans.own)
    placed = any(m.slot in {Slot.STAGE, Slot.LABEL} and m.is_sure for m in own)
    placed = placed or any(m.slot is Slot.WHOLE and "year" in m.value for m in own)
    return not placed and bool(_COMPARED.search(spans.before.lower()))


def _nearest(spans: Spans) -> tuple[str, ...]:
    stretches = (spans.own, spans.host, spans.frame)
    return next((found for each in stretches if (found := _said(spans, each))), ())


def _said(spans: Spans, stretch: tuple[Span, ...]) -> tuple[str, ...]:
    """The periods that a stretch names, but for what it is only compared with."""
    text = spans.sentence.text
    named = (m for m in spans.mentions(stretch) if m.slot is Slot.WHEN)
    return tuple(dict.fromkeys(m.value for m in named if not _THAN.search(text[: m.start].lower())))


def _before(spans: Spans) -> tuple[str, ...]:
    return (When.BEFORE.value,) if is_compared(spans) else ()


def _since(spans: Spans) -> tuple[str, ...]:
    """The period to date, for what something has gone to, or is now."""
    is_now = MOVED_TO.search(spans.before) or _NOW.search(spans.text(spans.own))
    return (When.TO_DATE.value,) if is_now else ()


def _in_period(spans: Spans) -> bool:
    """Whether its own words name a month of the period."""
    months = spans.sentence.vocabulary.months
    return any(label in months for label in spans.said(Slot.LABEL, spans.own))

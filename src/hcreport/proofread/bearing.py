"""What one of a sentence's numbers is about: all that words say of it, by how near they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcreport.proofread import lexicon
from hcreport.proofread.doubts import beyond, doubt, unknown
from hcreport.proofread.facts import ONE, TWO, When
from hcreport.proofread.hearing import About, Heard, Near
from hcreport.proofread.mentions import Mention, Slot, Surety
from hcreport.proofread.movement import changed
from hcreport.proofread.numbers import Kind, Number
from hcreport.proofread.scope import Sentence
from hcreport.proofread.spans import Spans
from hcreport.proofread.times import whens
from hcreport.proofread.traits import traits

_SAYING = frozenset({Slot.MEASURE, Slot.STAGE, Slot.LABEL, Slot.WHOLE})
_ANAPHORA = re.compile(
    r"\W*(?:(?:out )?of (?:these|those|them|this)|they|these|this|that|it|so that)\b", re.IGNORECASE
)
_ABOUT_IT = re.compile(r"\b(?:about|of|for|in|on|to) (?:it|them|this|these|those|that)\b")
_COUNTS = re.compile(r"\s+(?:(?:stage (?:1|2|one|two)|formal|such|new)\s+)?")
_JOINED = re.compile(
    r"\s*(?:,|,? ?(?:and|or)|&|,? ?(?:together|along|combined|taken) with|with|plus)"
    r"\s+(?:the |in |for |of )?",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"\s+of (?:the|these|those|our|all)\b(?:stage [12]|[^,.;:()\d]){0,40}", re.IGNORECASE
)


def about(sentence: Sentence, number: Number) -> About:
    """What one of a sentence's numbers is about."""
    spans = Spans(sentence, number)
    periods = whens(spans)
    is_change, rose = changed(spans)
    return About(
        heard=(*_here(spans, periods), *_before(spans, periods)),
        traits=traits(spans),
        whens=periods,
        is_change=is_change,
        rose=rose,
        together=tuple(_together(spans)),
        unknown=unknown(spans),
        beyond=beyond(spans),
        doubt=doubt(spans),
    )


# --- What its sentence says ---


def _together(spans: Spans) -> Iterator[frozenset[str]]:
    """Labels of a kind that stand side by side in near words: "January, February and March"."""
    vocabulary, text = spans.sentence.vocabulary, spans.sentence.text
    near = spans.mentions((*spans.own, *spans.host, *spans.frame))
    run: list[Mention] = []
    for m in (*(m for m in near if m.slot is Slot.LABEL and m.surety >= Surety.MOSTLY), None):
        if m is not None and run and m.start < run[-1].end:
            continue
        joined = m is not None and run and _JOINED.fullmatch(text[run[-1].end : m.start])
        alike = m is not None and run and vocabulary.are_alike(run[-1].value, m.value)
        if joined and alike and m is not None:
            run.append(m)
            continue
        if len(run) > 1:
            labels = [r.value for r in run]
            yield frozenset(labels)
            later = [vocabulary.twins[label] for label in labels if label in vocabulary.twins]
            if len(later) == len(labels):
                yield frozenset(later)
        run = [m] if m is not None else []


def _here(spans: Spans, periods: frozenset[str]) -> Iterator[Heard]:
    """What the sentence says, each thing by the nearest stretch that says it."""
    trail = tuple(span for span in spans.own if span not in spans.near)
    stretches = (
        (Near.OWN, spans.near),
        (Near.HOST, spans.host),
        (Near.TRAIL, trail),
        (Near.FRAME, spans.frame),
        (Near.REST, spans.whole),
    )
    is_ratio, listed, base = _is_ratio(spans), _listed(spans), _base(spans)
    seen: set[int] = set()
    for near, stretch in stretches:
        for m in spans.mentions(stretch):
            if id(m) in seen or m.slot not in _SAYING:
                continue
            seen.add(id(m))
            if m is base or (is_ratio and m.value == "escalated"):
                continue
            at = Near.REST if m is listed or _is_anothers(spans, m) else near
            at = Near.PRIOR if at is Near.REST and m.end <= spans.number.start else at
            yield from _heard(spans, m, at, periods)
    if is_ratio:
        yield Heard(Slot.MEASURE, "escalated of received", Near.OWN)


def _is_anothers(spans: Spans, m: Mention) -> bool:
    """Whether words are what another number before them counts: the findings of "11 findings"."""
    if m.start >= spans.number.start or m.slot is not Slot.MEASURE:
        return False
    text = spans.sentence.text
    ends = (n.end for n in spans.sentence.figures if n.end <= m.start and n is not spans.number)
    return any(_COUNTS.fullmatch(text[end : m.start]) for end in ends)


def _heard(
    spans: Spans, m: Mention, near: Near, periods: frozenset[str], back: int = 0
) -> Iterator[Heard]:
    """A mention; a month also as that of the period to date, if it may be."""
    surety = m.surety if near <= Near.HOST else m.aside
    yield Heard(m.slot, m.value, near, surety, back)
    twin = spans.sentence.vocabulary.twins.get(m.value) if m.slot is Slot.LABEL else None
    if twin is not None:
        surety = surety if When.TO_DATE.value in periods else min(surety, Surety.MOSTLY)
        yield Heard(m.slot, twin, near, surety, back)


def _base(spans: Spans) -> Mention | None:
    """What "12 of the cases we closed" is a part of, which is not what it counts."""
    part = _PART_OF.match(spans.sentence.text, spans.number.end)
    is_part = spans.number.kind is Kind.COUNT and not spans.sentence.is_paired(spans.number)
    if part is None or not is_part:
        return None
    inside = spans.mentions(((spans.number.end + 1, part.end()),))
    return next((m for m in inside if m.slot is Slot.MEASURE and m.value in lexicon.BASES), None)


def _is_ratio(spans: Spans) -> bool:
    """Whether a percentage sets the complaints at one stage against those at the other."""
    close = (*spans.own, *spans.host)
    said = [m for m in spans.mentions(close) if m.slot is Slot.STAGE and not m.is_likened]
    stages = {m.value for m in said} or set(spans.said(Slot.STAGE, spans.frame))
    measures = set(spans.said(Slot.MEASURE, (*close, *spans.frame)))
    others = measures - lexicon.BASES - {"escalated"}
    both = {ONE, TWO} <= stages and not others and "responded" not in measures
    return spans.number.kind is Kind.PERCENT and both


def _listed(spans: Spans) -> Mention | None:
    """The label that the first bracket of a list follows, for a number of a later one.

    "The reasons for Repairs were delay (20), cost (3)": delay frames nothing, Repairs does.
    """
    first = spans.sentence.figures[0]
    start = spans.sentence.text[: first.start].rstrip()
    between = spans.sentence.text[first.end : spans.number.start]
    if first is spans.number or not start.endswith("(") or ")" not in between:
        return None
    labels = [m for m in spans.mentions(((0, len(start)),)) if m.slot is Slot.LABEL]
    return labels[-1] if labels else None


# --- What stands before it ---


def _before(spans: Spans, periods: frozenset[str]) -> Iterator[Heard]:
    """What the sentences before and the heading say; "Of these" goes on about what was said."""
    before = spans.sentence.background
    goes_on = bool(_ANAPHORA.match(spans.sentence.text) or _ABOUT_IT.search(spans.text(spans.own)))
    for back, mentions in enumerate(before.before):
        for m in mentions:
            if m.slot not in _SAYING:
                continue
            if goes_on and back == 0 and m.slot is Slot.STAGE:
                yield Heard(m.slot, m.value, Near.FRAME, m.aside)
            elif goes_on and back == 0 and m.slot is Slot.LABEL:
                yield Heard(m.slot, m.value, Near.FRAME, Surety.MOSTLY)
            yield from _heard(spans, m, Near.BEFORE, periods, back)
    for m in before.heading:
        if m.slot in _SAYING:
            yield Heard(m.slot, m.value, Near.HEADING, m.aside)

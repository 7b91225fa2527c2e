"""A percentage that the text says what it is a share of: "203 were about repairs, 35% of all".

The count stands before it, in its sentence or in the one before, and the words after it name the
whole. The ledger knows both. So the percentage follows, whatever other figure has its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hcreport.figures.algebra import Unit
from hcreport.figures.shown import half_up, show
from hcreport.proofread import lexicon
from hcreport.proofread.arithmetic import opening_base, true_value, unstaged
from hcreport.proofread.claims import Outcome, Verdict
from hcreport.proofread.facts import Facet, Fact, When
from hcreport.proofread.generic import narrowing_word
from hcreport.proofread.hearing import Near
from hcreport.proofread.mentions import Mention, Slot
from hcreport.proofread.numbers import Bound, Kind, Number
from hcreport.proofread.scope import JOINT
from hcreport.proofread.told import Told

# From a count to its percentage, with no number between.
_SAID_AGAIN = re.compile(
    r"[^.;:()\d]{0,60}"
    r"(?:\(|,? or|,? (?:and|which|that|it|this)? ?(?:is|was|makes|made|means|explains|accounts for"
    r"|represents|comes to|amounts to|(?:makes|making) it (?:the subject of|responsible for)))"
    r"(?: (?:about|nearly|just \w+|some|only|a full))*\s*",
    re.IGNORECASE,
)
# A sentence that goes on about the count before it.
_GOES_ON = re.compile(
    r"\W*(?:that|this|it|they)\b[^.;:()\d]{0,30}"
    r"\b(?:is|was|are|makes?|made|means|represents?|comes? to|accounts? for|accounted for)\s+"
    r"(?:about |nearly |just \w+ |some )?",
    re.IGNORECASE,
)
_ACCOUNTS = re.compile(
    r"[^.;:()\d]{0,70}\b(?:account(?:s|ed) for|ma(?:kes?|de) up|represent(?:s|ed)|explains?)\s+"
    r"(?:about |nearly |just \w+ |some )?",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+(?:out )?of\s+", re.IGNORECASE)
_ALL = re.compile(
    r"(?:(?:the|all|a|its|their|our|whole|entire|year['’]s|overall|annual|everything|what|of)\s+)*"
    r"(?:total|whole|year['’]s|everything|all|intake|log|actions)"
    r"(?: (?:that )?(?:we (?:received|took in)|came in))?(?: (?:for|in|over) the year)?\W*",
    re.IGNORECASE,
)
_THESE = re.compile(r"(?:these|those|them)\W*", re.IGNORECASE)
_OF_NAMED = re.compile(
    r"\d (?:complaints? )?of (?:the|our|all) (?:\S+ ){1,3}?(?:complaints|cases)\b"
)
_OF_THESE = re.compile(r"\s+of (?:these|those|them)\b", re.IGNORECASE)
_OPENS = re.compile(r"\W*(?:out )?of (?:these|those|them)\b", re.IGNORECASE)
# Words before what names a whole, which say nothing themselves.
_PLAIN = re.compile(r"(?:everything|all|what|those|the ones)\b(?: (?:that|which))?", re.IGNORECASE)
_NARROWED = re.compile(r"\b(?:where|whose|in which|in whom|recorded|named|known)\b", re.IGNORECASE)
# A count so small stands for anything.
_FEW = 2


@dataclass(frozen=True)
class _Counted:
    """The count that a percentage says again: its true value, and the figure it is."""

    number: Number
    value: Fraction
    fact: Fact


def check(told: Told) -> None:
    """Each percentage with a count before it and a whole behind it."""
    for number in told.sentence.figures:
        is_share = number.kind is Kind.PERCENT and not told.about(number).is_change
        if is_share and number.bound is not Bound.UNDER and _has_no_whole(told, number):
            counted = _counted(told, number)
            if counted is not None:
                _hold(told, number, counted)


def _has_no_whole(told: Told, number: Number) -> bool:
    """Whether no number behind it says what it is a share of."""
    after = told.sentence.text[number.end :]
    return not re.match(r"\s+of (?:the |these |those |our |all )*\d", after)


def _hold(told: Told, number: Number, counted: _Counted) -> None:
    wholes = [w for w in _wholes(told, number, counted) if w >= counted.value > 0]
    if not wholes:
        return
    said = f"{half_up(counted.value):,} of {half_up(wholes[0]):,}"
    if any(number.agrees(counted.value / whole) for whole in wholes):
        told.explain(number, said)
    elif all(number.contradicts(counted.value / whole) for whole in wholes):
        told.overrule(number, said, show(counted.value / wholes[0], Unit.SHARE))


# --- The count ---


def _counted(told: Told, number: Number) -> _Counted | None:
    """The count that a percentage says again."""
    before = unstaged(told.sentence.text[: number.start])
    counts = [n for n in told.sentence.figures if n.end <= number.start]
    if counts:
        between = unstaged(told.sentence.text[counts[-1].end : number.start])
        if _SAID_AGAIN.fullmatch(between):
            return _as_counted(counts[-1], told.verdicts[counts[-1]])
        return _alike(told, number, [(n, told.verdicts[n]) for n in counts])
    last = [(n, v) for n, v in told.earlier[-1] if n.kind is Kind.COUNT] if told.earlier else []
    if last and _GOES_ON.fullmatch(before):
        return _as_counted(*last[-1])
    return _same_group(told, number, last) if _ACCOUNTS.fullmatch(before) else None


def _alike(told: Told, number: Number, before: list[tuple[Number, Verdict]]) -> _Counted | None:
    """The one count before a percentage that is of the measure of the percentage's own words."""
    own = told.about(number).said(Slot.MEASURE, Near.OWN)
    alike = [(n, v) for n, v in before if v.fact is not None and v.fact.measures[0] in own]
    is_of_these = _THESE.fullmatch(_phrase(told, number))
    return _as_counted(*alike[0]) if len(alike) == 1 and is_of_these else None


def _same_group(told: Told, number: Number, last: list[tuple[Number, Verdict]]) -> _Counted | None:
    """The one count of the sentence before that is of the group a sentence opens with."""
    labels = set(told.about(number).said(Slot.LABEL, Near.FRAME))
    alike = [(n, v) for n, v in last if v.fact is not None and v.fact.labels & labels]
    return _as_counted(*alike[0]) if len(alike) == 1 else None


def _as_counted(number: Number, verdict: Verdict) -> _Counted | None:
    fact = verdict.fact
    is_known = verdict.outcome is Outcome.RIGHT and fact is not None and fact.kind is Kind.COUNT
    if not is_known or fact is None or number.value <= _FEW:
        return None
    return _Counted(number, fact.value, fact)


# --- The whole ---


def _wholes(told: Told, number: Number, counted: _Counted) -> list[Fraction]:
    """What a percentage may be a share of, the likeliest first; nothing where no words tell."""
    phrase = _phrase(told, number)
    if _OF_THESE.match(told.sentence.text, counted.number.end):
        return _before(told)
    opening = opening_base(told.sentence)
    if not phrase and opening is not None and opening is not counted.number:
        return [opening.value]
    if _ALL.fullmatch(phrase):
        return _totals(told, counted.fact)
    if _THESE.fullmatch(phrase):
        return _these(told, counted.fact)
    return list(_told(told, phrase, counted.fact))


def _told(told: Told, phrase: str, fact: Fact) -> Iterator[Fraction]:
    """What a phrase says, where every word of it is understood."""
    plain = _PLAIN.sub("", phrase, count=1)
    mentions = told.sentence.vocabulary.mentions(plain)
    is_narrowed = narrowing_word(plain, mentions, told.sentence.vocabulary.own)
    if phrase and not is_narrowed and not _NARROWED.search(phrase):
        yield from _named(told, mentions, fact)


def _phrase(told: Told, number: Number) -> str:
    """The words for what a percentage is a share of."""
    text = told.sentence.text
    of = _OF.match(text, number.end)
    stop = JOINT.search(text, of.end()) if of else None
    return text[of.end() : stop.start() if stop else len(text)] if of else ""


def _before(told: Told) -> list[Fraction]:
    """The one count of the sentence before: what "of these" means."""
    last = (
        [true_value(n, v) for n, v in told.earlier[-1] if n.kind is Kind.COUNT]
        if told.earlier
        else []
    )
    return last if len(last) == 1 else []


def _totals(told: Told, fact: Fact) -> list[Fraction]:
    """What a group's count is a part of."""
    shares = (f for f in told.facts.of(fact.known) if f.facet is Facet.SHARE and f.under)
    return [Fraction(f.under or 0) for f in shares]


def _these(told: Told, fact: Fact) -> list[Fraction]:
    """What "59 of the stage 1 complaints, or 58% of them" is a share of, or "of these, 88 …"."""
    if _OPENS.match(told.sentence.text):
        return _before(told)
    return _totals(told, fact) if _OF_NAMED.search(told.sentence.text) else []


def _named(told: Told, mentions: tuple[Mention, ...], fact: Fact) -> Iterator[Fraction]:
    """The counts that words name: of their measure, at their stage or the count's."""
    sure = [m for m in mentions if m.is_sure]
    if any(all(m.end <= o.start or o.end <= m.start for o in sure) for m in mentions):
        return  # something perhaps said, which nothing sure lies over
    said = {slot: {m.value for m in sure if m.slot is slot} for slot in Slot}
    if said[Slot.WHEN] - {When.NOW.value}:
        return
    stages = said[Slot.STAGE] or fact.stages
    measures = said[Slot.MEASURE] or ({fact.measures[0]} if said[Slot.LABEL] else set())
    if not measures:
        yield from _totals(told, fact)
        return
    if not measures <= lexicon.BASES:
        return
    for measure in measures:
        held = told.facts.by_labels.get(measure, {})
        for f in held.get(frozenset(said[Slot.LABEL]), ()):
            is_count = f.kind is Kind.COUNT and f.facet is Facet.VALUE and f.when is fact.when
            if is_count and f.stages <= stages:
                yield f.value

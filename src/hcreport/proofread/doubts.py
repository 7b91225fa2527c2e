"""Why a number may be about something that the ledger does not hold."""

from __future__ import annotations

import re

from hcreport.proofread import lexicon
from hcreport.proofread.exempt import Exempt, exempt
from hcreport.proofread.generic import modified, other_noun, restricted, unknown_words
from hcreport.proofread.mentions import Mention, Slot, Surety
from hcreport.proofread.movement import THAN_ELSE, changed
from hcreport.proofread.numbers import Kind, Number
from hcreport.proofread.spans import Spans
from hcreport.proofread.traits import is_of_dwellings

_REST = re.compile(r"\b(?:remainder|the rest|the others?|remaining)\b", re.IGNORECASE)
_OF_WHAT = re.compile(
    r"\s+of (?:what|that|as many)\b|\s+(?:a|per|each|every) (?:quarter|week|day|fortnight)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\W*(?:that|this|it|which) (?:is|was|makes|means|came to|comes to|gives)\s+(?:\w+\s+){0,2}",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"£[\d.,]+(?:k|m)?(?: \w+)? (?:out )?of (?:the |a total of )?\Z")
_EACH = re.compile(r"(?:\s+[a-z]+){0,2}\s+each\b")
_NONE = re.compile(
    r"\s+(?:[a-z]+ ){0,2}(?:name|names|named|give|gave|record|have|had) (?:none|neither|no)\b"
)
_AT_AN_END = re.compile(
    r"\s+at (?:the|its) (?:start|beginning|outset|end|close)\b(?! of (?:march|may))"
)
# Within so many letters a phrase says what it is of.
_PHRASE = 40
_ANOTHER = re.compile(r"\b(?:another|further)\s+\Z", re.IGNORECASE)
_FOR_EVERY = re.compile(
    r"\b(?:for|of|in) (?:every|each) "
    r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2}(?![\d,]))\b",
    re.IGNORECASE,
)
_ALL_BUT = re.compile(r"\b(?:all but|all except|except for)\s+\Z", re.IGNORECASE)
# "70 more than in the quarter before": no figure is how far a quarter is from another.
_OF_PARTS = re.compile(
    r"\bthan (?:in |were )?(?:the|those|that) (?:\S+ ){0,2}?"
    r"(?:one|quarter|month|months|three|two|before)\b"
    r"|\bin that quarter\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\W*(?:out )?of (?:the|those|these|them|all|our)\b", re.IGNORECASE)
# "Of those upheld, 12 …" has no number of what they are.
_OPENS_BARE = re.compile(r"\W*(?:out )?of (?:the|those|these|them|all|our)\b.*,", re.IGNORECASE)
_OF_THEM = re.compile(r"\s+of (?:them|these|those|which|whom)\b", re.IGNORECASE)
_TO_OMBUDSMAN = re.compile(r"\bto the (?:housing )?ombudsman\b", re.IGNORECASE)
_NAMING = frozenset({Slot.MEASURE, Slot.LABEL})
_SEVERAL = re.compile(
    r"\b(?:first|top|last|other|largest|biggest) (?:two|three|four|five)\b", re.IGNORECASE
)
_ADDED = re.compile(
    r"\badd\b[^.;]*\band (?:you|we|they) (?:have|get|come to|reach)\s+(?:all |a total of )?\Z",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:additional|further|extra)\s+\Z", re.IGNORECASE)
# These make only what is close to them somebody else's, or not yet anybody's.
_CONDITIONAL = frozenset({"if", "unless", "will", "must"})


def doubt(spans: Spans) -> str:
    """Why a number cannot be called wrong; empty where there is no reason."""
    return (
        _foreign(spans)
        or _by_writing(spans)
        or _unheld(spans)
        or _counted_else(spans)
        or _narrowed(spans)
    )


def beyond(spans: Spans) -> str:
    """Why a number may be about something beyond the ledger: its own words leave that open."""
    number = spans.number
    named = any(m.slot in _NAMING for m in spans.mentions((*spans.own, *spans.host, *spans.frame)))
    if _is_unnamed_part(spans):
        return "it is a part that nothing known names"
    if number.is_word and number.kind is Kind.COUNT and not named:
        return "nothing near it says what it counts"
    return ""


def unknown(spans: Spans) -> int:
    """How many of its words say something that nobody knows."""
    sentence = spans.sentence
    return unknown_words(sentence.text, spans.telling, _known(spans), sentence.vocabulary.own)


def _known(spans: Spans) -> tuple[Mention | Number | Exempt, ...]:
    said = (m for m in spans.sentence.mentions if m.surety >= Surety.MOSTLY)
    return (*said, *spans.sentence.numbers, *exempt(spans.sentence.text))


def _foreign(spans: Spans) -> str:
    close = (*spans.own, *spans.host)
    near = spans.said(Slot.FOREIGN, close)
    framing = (w for w in spans.said(Slot.FOREIGN, spans.frame) if w not in _CONDITIONAL)
    word = next(iter((*near, *framing)), "")
    return f"it may not be the landlord's own ({word})" if word else ""


def _by_writing(spans: Spans) -> str:
    """A reason in the turn of the sentence."""
    number, text, before = spans.number, spans.sentence.text, spans.before
    measures = set(spans.said(Slot.MEASURE, spans.own or spans.host))
    framing = spans.text((*spans.own, *spans.frame))
    placed = any(m.slot in {Slot.LABEL, Slot.STAGE} for m in spans.mentions(spans.own))
    for holds, why in (
        (
            (not placed or _are_several(spans))
            and not measures - lexicon.BASES
            and _REST.search(framing),
            "it is what is left of something",
        ),
        (_is_of_something(spans), "it is a share of something else"),
        (_NONE.match(text, number.end), "it is of those that nothing was recorded of"),
        (_BARE.fullmatch(before), "it says what went before in other words"),
        (_ANOTHER.search(before) and not placed, "it is one part of several"),
        (THAN_ELSE.match(text, number.end), "it is set beside another count"),
        (_ALL_BUT.search(before), "it is what is left out"),
        (_SEVERAL.search(framing) and number.kind is Kind.PERCENT, "it is of several together"),
        (_ADDED.search(before), "it is what several come to together"),
        (_OF_PARTS.search(text) and changed(spans)[0], "it is a change between parts of a year"),
        (_FOR_EVERY.search(text), "it is for every so many"),
        (
            number.is_word and re.match(r"\s+of the \d", text[number.end :]),
            "it is a share of the number after it",
        ),
        *_by_kind(spans, measures),
    ):
        if holds:
            return why
    return ""


def _are_several(spans: Spans) -> bool:
    """Whether its own words name more than one group."""
    own = spans.mentions(spans.own)
    return len({m.value for m in own if m.slot is Slot.LABEL and m.surety >= Surety.MOSTLY}) > 1


def _is_of_something(spans: Spans) -> bool:
    """Whether it is a share of what is not named: "of what we used to have"."""
    text, of = spans.sentence.text, _OF_WHAT.match(spans.sentence.text, spans.number.end)
    named = spans.mentions([(of.end(), of.end() + _PHRASE)]) if of else ()
    return bool(of) and not (of and "of what" in text[of.start() : of.end()] and _names(named))


def _names(mentions: tuple[Mention, ...]) -> bool:
    slots = {m.slot for m in mentions if m.is_sure}
    return {Slot.LABEL, Slot.MEASURE} <= slots


def _by_kind(spans: Spans, measures: set[str]) -> tuple[tuple[bool, str], ...]:
    number, text, before = spans.number, spans.sentence.text, spans.before
    match number.kind:
        case Kind.MONEY:
            return (
                (bool(_OUT_OF.search(before)), "it is the whole of the sum before it"),
                (bool(_MORE.search(before)), "it is only a part of a sum"),
            )
        case Kind.DAYS:
            why = "no figure is about how long an acknowledgement takes"
            return (("acknowledged" in measures, why),)
        case Kind.PERCENT:
            why = "it is of one end of the year"
            return ((bool(_AT_AN_END.match(text, number.end)), why),)
        case Kind.COUNT:
            return ((bool(_EACH.match(text, number.end)), "it is for each of several"),)
        case _:
            return ()


def _unheld(spans: Spans) -> str:
    """A reason in what it is said of: homes, what a median is, or nothing near."""
    number = spans.number
    is_share = number.kind is Kind.PERCENT and number.is_word
    for holds, why in (
        (_is_of_homes(spans) or _is_of_those_homes(spans), "it counts homes or people"),
        (
            _TO_OMBUDSMAN.search(spans.text(spans.own)),
            "no figure is about what went to the Ombudsman",
        ),
        (
            is_share and "median days" in spans.said(Slot.MEASURE, spans.own),
            "it says what a median is",
        ),
    ):
        if holds:
            return why
    return ""


def _is_of_homes(spans: Spans) -> bool:
    """Whether it counts homes, people or whatever else no measure is of."""
    text, number = spans.sentence.text, spans.number
    noun = other_noun(text, number, strict=True)
    measured = (m for m in spans.mentions(spans.own) if m.slot is Slot.MEASURE)
    is_known = any(noun and noun in text[m.start : m.end].lower() for m in measured)
    return is_of_dwellings(spans) and not is_known


def _is_of_those_homes(spans: Spans) -> bool:
    """Whether it counts some of the homes that the number before counts."""
    figures, text = spans.sentence.figures, spans.sentence.text
    before = [n for n in figures if n.end <= spans.number.start][-1:]
    of_them = _OF_THEM.match(text, spans.number.end)
    return bool(of_them) and any(is_of_dwellings(Spans(spans.sentence, n)) for n in before)


def _is_unnamed_part(spans: Spans) -> bool:
    """Whether it is some of what its sentence opens with, and says nothing known itself."""
    if spans.number.kind is not Kind.COUNT or not _OPENS.match(spans.sentence.text):
        return False
    if spans.number is spans.sentence.figures[0] and not _OPENS_BARE.match(spans.before):
        return False
    said = spans.mentions((*spans.own, *spans.host))
    return not any(m.slot in _NAMING and m.surety >= Surety.MOSTLY for m in said)


def _counted_else(spans: Spans) -> str:
    """What it counts, or what narrows that right before it, where nobody knows it."""
    text, number = spans.sentence.text, spans.number
    own = spans.sentence.vocabulary.own
    word = modified(text, number, _known(spans), own)
    if not word and spans.sentence.is_paired(number):
        return ""
    noun = other_noun(text, number)
    is_known = any(noun and noun in text[m.start : m.end].lower() for m in spans.sentence.mentions)
    word = word or ("" if is_known else noun)
    return f"“{word}” is not in the ledger" if word else ""


def _narrowed(spans: Spans) -> str:
    """A word that narrows it to what nobody knows."""
    text, number = spans.sentence.text, spans.number
    close = (*spans.own, *spans.host)
    own = spans.sentence.vocabulary.own
    word = restricted(text, number, close, _known(spans), own) or other_noun(text, number)
    return f"“{word}” is not in the ledger" if word else ""

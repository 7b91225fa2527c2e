"""Why a number may be about something that the ledger does not hold."""

from __future__ import annotations

import re

from hcreport.proofread import lexicon
from hcreport.proofread.exempt import Exempt, exempt
from hcreport.proofread.generic import other_noun, restricted, unknown_words
from hcreport.proofread.mentions import Mention, Slot, Surety
from hcreport.proofread.numbers import Kind, Number
from hcreport.proofread.spans import Spans

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
_ANOTHER = re.compile(r"\b(?:another|further)\s+\Z", re.IGNORECASE)
_THAN_ELSE = re.compile(r"\s+(?:more|fewer|less) than (?:were|was|we|had|there)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:additional|further|extra)\s+\Z", re.IGNORECASE)
# These make only what is close to them somebody else's, or not yet anybody's.
_CONDITIONAL = frozenset({"if", "unless", "will", "must"})


def doubt(spans: Spans) -> str:
    """Why a number cannot be called wrong; empty where there is no reason."""
    return _foreign(spans) or _by_writing(spans) or _narrowed(spans)


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
            not placed and not measures - lexicon.BASES and _REST.search(framing),
            "it is what is left of something",
        ),
        (_OF_WHAT.match(text, number.end), "it is a share of something else"),
        (_BARE.fullmatch(before), "it says what went before in other words"),
        (_ANOTHER.search(before) and not placed, "it is one part of several"),
        (_THAN_ELSE.match(text, number.end), "it is set beside another count"),
        (
            number.is_word and re.match(r"\s+of the \d", text[number.end :]),
            "it is a share of the number after it",
        ),
        *_by_kind(spans, measures),
    ):
        if holds:
            return why
    return ""


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
        case Kind.COUNT:
            return ((bool(_EACH.match(text, number.end)), "it is for each of several"),)
        case _:
            return ()


def _narrowed(spans: Spans) -> str:
    """A word that narrows it to what nobody knows."""
    text, number = spans.sentence.text, spans.number
    close = (*spans.own, *spans.host)
    own = spans.sentence.vocabulary.own
    word = restricted(text, number, close, _known(spans), own) or other_noun(text, number)
    return f"“{word}” is not in the ledger" if word else ""

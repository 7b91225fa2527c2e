"""The likeliest headings and codes for what is not exact. They propose and never decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from hcreport.intake.values import TURNING, folded

# Words that change what a heading is about: two headings that differ in one are never alike.
MARKERS = frozenset(
    {"1", "2", "one", "two", "due", "target", "offered", "paid", "ombudsman", "acknowledged"}
    | {"by", "name", "extended"}
)
# Words that make an outcome another one, and those that mean the same as one of them.
APART = TURNING | {"part"}
_SAME = {"partly": "part", "partially": "part"}
WORTH_SHOWING = 70
MOST = 3
# Headings that often mean a field, and can mean another thing: shown, never taken.
_OFTEN: Mapping[str, tuple[str, ...]] = {
    "reference": ("case", "id", "number", "unique reference", "complaint"),
    "stage": ("current stage", "level", "complaint level", "type of complaint", "status"),
    "received_on": (
        *("date logged", "logged", "date opened", "opened", "date raised", "created on"),
        *("created", "date created", "start date", "date", "date in", "log date"),
    ),
    "acknowledged_on": ("ack date", "date ack sent", "ack sent", "acknowledgement", "ack"),
    "responded_on": (
        *(
            "response",
            "sent",
            "reply",
            "issued",
            "date sent",
            "date completed",
            "completed",
            "date of reply",
            "reply date",
        ),
        *("resolved", "date resolved", "final response", "date issued"),
    ),
    "due_on": ("target", "respond by", "response target", "sla date", "reply by"),
    "closed_on": ("date completed", "completed", "resolved", "date resolved", "end date"),
    "outcome": ("status", "result", "finding", "upheld", "resolution", "upheld?", "conclusion"),
    "service": ("service type", "division", "responsible team", "area", "owner", "section"),
    "amount": ("compensation", "total", "value", "payment", "goodwill", "goodwill payment"),
    "awarded_on": ("date paid", "payment date", "date offered", "paid on"),
}


def likely(headings: Iterable[str], name: str, known: Sequence[str]) -> tuple[str, ...]:
    """The three likeliest headings for a field that has these names (folded), the best first."""
    names = (*known, *_OFTEN.get(name, ()))
    scored = ((_best(folded(heading), names, MARKERS), heading) for heading in headings)
    fair = sorted((-score, heading) for score, heading in scored if score >= WORTH_SHOWING)
    return tuple(heading for _, heading in fair[:MOST])


def nearest(word: str, meanings: Mapping[str, str]) -> tuple[str, ...]:
    """The likeliest codes for a word that no list holds; ``meanings`` gives each known word's."""
    scored = [(_best(folded(word), [known], APART), code) for known, code in meanings.items()]
    fair = sorted((-score, code) for score, code in scored if score >= WORTH_SHOWING)
    return tuple(dict.fromkeys(code for _, code in fair))[:MOST]


def _best(text: str, names: Iterable[str], markers: frozenset[str]) -> float:
    fair = (name for name in names if _marked(name, markers) == _marked(text, markers))
    plain = " ".join(_words(text))
    return max((fuzz.token_sort_ratio(plain, name) for name in fair), default=0.0)


def _marked(text: str, markers: frozenset[str]) -> frozenset[str]:
    return frozenset(_SAME.get(word, word) for word in _words(text)) & markers


def _words(text: str) -> Iterator[str]:
    yield from re.findall(r"[a-z]+|\d", text)

"""Words that narrow what a number counts to something that the ledger does not know.

"61 parking complaints", "12 about a neighbour", "3 for Private Renting": such a number is a part
of a figure, and the figure's own value says nothing about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from hcreport.proofread.lexicon import GENERIC
from hcreport.proofread.numbers import Kind, Number


class Stretch(Protocol):
    """A stretch of a text that is understood."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’-]*|[.,;:()]")
_NOUNS = (
    *("action", "answer", "award", "case", "complaint", "decision", "determination", "escalation"),
    *("finding", "investigation", "order", "outcome", "payment", "refusal", "rejection", "request"),
    *("reply", "resident", "response", "review", "tenant"),
)
_NOUN = frozenset(form for noun in _NOUNS for form in (noun, f"{noun}s")) | {
    *("replies", "people", "households", "properties", "homes"),
}
# After these comes what a number is narrowed to: whatever it is, or at least a name.
_ALWAYS = frozenset(
    (
        *("about", "because", "concern", "concerned", "concerning", "involved", "involving"),
        *("regarding", "related", "relating", "where", "who", "whose"),
    )
)
_NARROWING = _ALWAYS | {
    *("against", "among", "at", "by", "for", "from", "in", "on", "over", "that", "through"),
    *("under", "via", "within"),
}
# What follows these is said of what a number counts, and narrows it no more.
_VERBS = frozenset({"has", "have", "had", "been"})


def restricted(
    text: str,
    number: Number,
    spans: Iterable[tuple[int, int]],
    known: Sequence[Stretch],
    own: frozenset[str],
) -> str:
    """The first word that narrows a number to what nobody knows; empty where there is none.

    ``known`` are the mentions and the numbers of the text, ``own`` the landlord's own name.
    """
    words = (_unknown(text, number, span, known, own) for span in spans)
    return next((word for word in words if word), "")


def modified(text: str, number: Number, known: Sequence[Stretch], own: frozenset[str]) -> str:
    """The unknown word between a number and the noun it counts: "61 parking complaints"."""
    tokens = list(_TOKEN.finditer(text, number.end))
    for n, token in enumerate(tokens[: _NEAR + 1]):
        word = _plain(token[0])
        if not word[0].isalpha():
            break
        if not _is_plain(token, word, known, own) and _modifies(tokens, n, number):
            return token[0]
    return ""


def other_noun(text: str, number: Number, *, strict: bool = False) -> str:
    """What a number counts, if that is nothing that a report of complaints counts; else empty.

    "7,800 tenants", "36,000 repairs", "two formal stages": the noun ends the words that follow.
    ``strict`` are those that count complaints and what is done with them, not homes or rules.
    """
    if number.kind is Kind.PERCENT:
        of = _OF.match(text, number.end)
        if strict or of is None:
            return ""
        after = _RUN.match(text, of.end())
    elif number.kind is Kind.COUNT:
        after = _RUN.match(text, number.end)
    else:
        return ""
    words = after[0].split() if after else []
    ends = next((n for n, word in enumerate(words) if word.lower() in _ENDS), len(words))
    plural = [w for w in words[:ends] if _is_plural(w)]
    head = plural[-1].lower() if plural else ""
    known = _NOUN - _DWELLINGS if strict else _NOUN | _COUNTABLE
    return "" if head in known | _NO_NOUN else head


def _is_plural(word: str) -> bool:
    is_formed = word[-1] == "s" and not word.endswith(("ss", "'s", "’s"))
    return is_formed or word.lower() in _PLURALS


def unknown_words(
    text: str,
    spans: Iterable[tuple[int, int]],
    known: Sequence[Stretch],
    own: frozenset[str],
) -> int:
    """How many words of some stretches say something that nobody knows."""
    tokens = {t.start(): t for span in spans for t in _TOKEN.finditer(text, *span)}
    words = ((t, _plain(t[0])) for t in tokens.values() if len(t[0]) >= _TELLING)
    return sum(w[0].isalpha() and not _is_plain(t, w, known, own) for t, w in words)


def narrowing_word(words: str, mentions: Sequence[Stretch], own: frozenset[str]) -> str:
    """The first word of a table's heading that nobody knows; empty where there is none."""
    for token in _TOKEN.finditer(words):
        word = _plain(token[0])
        if word[0].isalpha() and len(word) > 1 and not _is_plain(token, word, mentions, own):
            return token[0]
    return ""


def _plain(token: str) -> str:
    return token.lower().replace("’", "'").removesuffix("'s")


def _is_plain(
    token: re.Match[str], word: str, known: Sequence[Stretch], own: frozenset[str]
) -> bool:
    """Whether a word says nothing that is not understood."""
    if word in GENERIC or word in own:
        return True
    return any(m.start < token.end() and token.start() < m.end for m in known)


def _unknown(
    text: str,
    number: Number,
    span: tuple[int, int],
    known: Sequence[Stretch],
    own: frozenset[str],
) -> str:
    tokens = list(_TOKEN.finditer(text, *span))
    after = ""
    for n, token in enumerate(tokens):
        word = _plain(token[0])
        if not word[0].isalpha():
            after = ""
        elif word in _NARROWING or word in _VERBS:
            after = "" if word in _VERBS else word
        elif not _is_plain(token, word, known, own) and (
            after in _ALWAYS
            or (token[0][0].isupper() and (after or _is_inside(text, token.start())))
            or _modifies(tokens, n, number)
        ):
            return token[0]
    return ""


def _is_inside(text: str, at: int) -> bool:
    """Whether a capital is a name's, and not the sentence's."""
    before = text[:at].rstrip()
    return bool(before) and before[-1] not in ".?!:•“\"'‘"


def _modifies(tokens: Sequence[re.Match[str]], n: int, number: Number) -> bool:
    """Whether a word stands between a number and the noun it counts: "61 parking complaints"."""
    if tokens[n].start() < number.end:
        return False
    between = [t[0].lower() for t in tokens if number.end <= t.start() < tokens[n].start()]
    near = len(between) <= _NEAR and all(word in _LEADS or word not in GENERIC for word in between)
    return near and any(t[0].lower() in _NOUN for t in tokens[n + 1 : n + 1 + _NEAR])


_NEAR = 2
_OF = re.compile(r"\s+of(?=\s)(?:\s+(?:the|our|all|these|those|its|their)\b)*", re.IGNORECASE)
_PLURALS = frozenset({"staff", "children"})
# Up to five words without a stop between them.
_RUN = re.compile(r"(?:\s+(?:[A-Za-z][A-Za-z'’-]*|\d+)){1,5}")
# The words before these are a number's own.
_ENDS = frozenset(
    (
        *(
            "a",
            "about",
            "across",
            "after",
            "against",
            "and",
            "are",
            "as",
            "at",
            "because",
            "before",
        ),
        *(
            "between",
            "but",
            "by",
            "compared",
            "during",
            "each",
            "following",
            "for",
            "from",
            "had",
            "has",
            "have",
        ),
        *("in", "is", "more", "of", "on", "or", "our", "out", "over", "per", "than", "that", "the"),
        *("this", "to", "under", "was", "were", "when", "where", "which", "while", "who", "with"),
        *("came", "fell", "made", "received", "rose", "we", "within", "years", "months", "days"),
    )
)
_COUNTABLE = frozenset(
    {
        "",
        "homes",
        "points",
        "provisions",
        "recommendations",
        "residents",
        "rules",
        "things",
        "times",
    }
)
_NO_NOUN = frozenset({"", "us", "ones"})
# Shorter words tell nothing.
_TELLING = 3
_DWELLINGS = frozenset({"homes", "households", "properties"})
_LEADS = frozenset({"of", "the", "stage", "formal"})

"""Whether a number says how far something moved, and which way."""

from __future__ import annotations

import re

from hcreport.proofread import lexicon
from hcreport.proofread.numbers import Kind
from hcreport.proofread.spans import Spans

# "26 more than were received": beside another count, not beside another time.
THAN_ELSE = re.compile(
    r"\s+(?:more|fewer|less) (?:[^\s.,;]+ ){0,4}?than (?:were|was|we|had|there)\b", re.IGNORECASE
)

_SAID_AGAIN = re.compile(
    r",? (?:or|which is|that is) (?:about |nearly |some |just \w+ )?", re.IGNORECASE
)

_BY = re.compile(r"\bby (?:about |nearly |some |just \w+ )?\Z", re.IGNORECASE)
_VERB = re.compile(rf"(?P<up>{lexicon.ROSE.pattern})|(?P<down>{lexicon.FELL.pattern})")
_ENDS = 2


def changed(spans: Spans) -> tuple[bool, bool | None]:
    """Whether the number says how far something moved, and whether up."""
    number, lower = spans.number, spans.sentence.text.lower()
    found = lexicon.CHANGE_BEFORE.search(lower[: number.start]) or lexicon.CHANGE_AFTER.match(
        lower[number.end :]
    )
    if found is None:
        found = _again(spans) or _by(spans)
    if found is not None and THAN_ELSE.match(spans.sentence.text, number.end):
        return True, None  # beside another count, not beside another time
    if found is None:
        is_signed = number.text[0] in "+-−"
        return is_signed or number.kind is Kind.POINTS, number.text[0] == "+" if is_signed else None
    groups = found.groupdict()
    if groups.get("up") or groups.get("up2"):
        return True, True
    return True, False if groups.get("down") or groups.get("down2") else None


def _again(spans: Spans) -> re.Match[str] | None:
    """The change that a number says again in another unit: "up by seven, or 37%"."""
    before = [n for n in spans.sentence.figures if n.end <= spans.number.start][-1:]
    if not before or spans.number.kind is not Kind.PERCENT:
        return None
    between = spans.sentence.text[before[0].end : spans.number.start]
    lower = spans.sentence.text[: before[0].start].lower()
    return lexicon.CHANGE_BEFORE.search(lower) if _SAID_AGAIN.fullmatch(between) else None


def _by(spans: Spans) -> re.Match[str] | None:
    """The change said after its two ends: "climbs from 18% to 54%, that is by 36%"."""
    if not _BY.search(spans.before) or len(spans.sentence.figures) < _ENDS + 1:
        return None
    verbs = [*_VERB.finditer(spans.before.lower())]
    return verbs[-1] if verbs else None
